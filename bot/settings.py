"""What can be set, from the environment or a `.env` file in the working folder; nothing is read at import."""

import os
from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_cache_path, user_data_path
from pydantic import DirectoryPath, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import SettingsError

PREFIX = "IRAQ_DESK_"


class Settings(BaseSettings):
    """All settings. Slack's own four keep Slack's names; the others are ``IRAQ_DESK_*``."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
    )

    slack_bot_token: SecretStr | None = Field(
        default=None, validation_alias="SLACK_BOT_TOKEN", description="Bot token of the installed app (xoxb-...)."
    )
    slack_app_token: SecretStr | None = Field(
        default=None,
        validation_alias="SLACK_APP_TOKEN",
        description="App-level token with connections:write (xapp-...).",
    )
    slack_signing_secret: SecretStr | None = Field(
        default=None,
        validation_alias="SLACK_SIGNING_SECRET",
        description="Signing secret of the app, for requests over HTTP.",
    )
    slack_api_url: Annotated[str, Field(pattern=r"^https?://\S+/api/$")] = Field(
        default="https://slack.com/api/", validation_alias="SLACK_API_URL", description="Another Slack; ends in /api/."
    )
    database_url: str = Field(
        default_factory=lambda: f"sqlite:///{user_data_path('iraq-desk') / 'iraq-desk.sqlite3'}",
        description="SQLite or PostgreSQL; by default a file in the platform's data folder.",
    )
    corpus: DirectoryPath | None = Field(
        default=None, description="A folder with another corpus; by default the one shipped."
    )
    cache: Path = Field(
        default_factory=lambda: user_cache_path("iraq-desk"),
        description="A folder of this user alone where the indexed corpus is kept, so that the next start is quick.",
    )
    queue_size: int = Field(default=200, ge=1, description="Requests that may wait; more are asked to try again.")
    workers: int = Field(default=4, ge=1, le=64, description="Requests handled at the same time.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(default="INFO", description="How much is logged.")


def load() -> Settings:
    """Read the settings.

    Raises:
        SettingsError: a value has no meaning, or a variable has our prefix and is not a setting.
    """
    try:
        settings = Settings()
    except ValidationError as error:
        first = error.errors()[0]
        raise SettingsError(_variable(str(first["loc"][0])), first["msg"]) from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(".env", f"cannot be read: {error}") from error
    known = {variable_of(name) for name in Settings.model_fields}
    for name in sorted(os.environ):
        if (
            name.upper().startswith(PREFIX)
            and name.upper() not in known
            and not name.upper().startswith(f"{PREFIX}TEST_")
        ):
            raise SettingsError(name, f"is not a setting; there are: {', '.join(sorted(known))}")
    return settings


def variable_of(field: str) -> str:
    """The environment variable of a field."""
    alias = Settings.model_fields[field].validation_alias
    return alias if isinstance(alias, str) else f"{PREFIX}{field.upper()}"


def _variable(location: str) -> str:
    return variable_of(location) if location in Settings.model_fields else location


def token(secret: SecretStr | None, name: str, prefix: str) -> str:
    """The token, if it has the form that Slack gives it.

    Raises:
        SettingsError: it is missing, or is a token of another kind.
    """
    if secret is None:
        raise SettingsError(name, "is not set; put it into .env (README, “A real workspace”)")
    value = secret.get_secret_value()
    if not value.startswith(prefix):
        raise SettingsError(name, f"does not start with {prefix}; it is a token of another kind")
    return value


def signing_secret(settings: Settings) -> str:
    """What Slack signs its requests with.

    Raises:
        SettingsError: it is missing: without it anybody could speak in Slack's name.
    """
    value = "" if settings.slack_signing_secret is None else settings.slack_signing_secret.get_secret_value().strip()
    if not value:
        raise SettingsError(
            "SLACK_SIGNING_SECRET",
            "is not set; --http needs it to tell Slack's requests from others (README, “A real workspace”)",
        )
    return value
