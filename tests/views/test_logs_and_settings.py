"""What is logged, and what can be set."""

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import logs, settings
from bot.errors import SettingsError


@pytest.fixture(name="output")
def _output(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What a configured process writes to standard error."""
    stream, root = io.StringIO(), logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    monkeypatch.setattr("sys.stderr", stream)
    root.handlers.clear()
    logs.configure("DEBUG")
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.mark.parametrize(
    "secret",
    [
        "xoxb-1000-2000-abcDEF123",
        "xapp-1-A0-123-abcdef",
        "xoxe.xoxb-1-abc",
        "https://hooks.slack.com/commands/T1/2/abc",
        "https://hooks.slack.com/actions/T1/2/abc",
        "http://127.0.0.1:8765/response/abc",
        "wss://wss-primary.slack.com/link/?ticket=abc&app_id=def",
        "Bearer abc.def",
    ],
)
def test_no_secret_reaches_the_log(output: io.StringIO, secret: str) -> None:
    """Tokens, response URLs and socket tickets are blanked, in messages and in tracebacks."""
    logger = logging.getLogger("bot.test")
    logger.setLevel("INFO")
    logger.info("calling with %s", secret)
    logger.error("failed", exc_info=RuntimeError(secret))

    assert secret.split("-", 1)[-1] not in output.getvalue()
    assert output.getvalue().count("[secret]") == 2


def test_libraries_are_quiet(output: io.StringIO) -> None:
    """What carries payloads at a low level is not let out, whatever level its logger sets itself."""
    for name in ("slack_bolt.AsyncApp", "slack_sdk.web", "aiohttp.access"):
        logging.getLogger(name).setLevel("DEBUG")
        logging.getLogger(name).info("the question was ...")
    logging.getLogger("slack_bolt.AsyncApp").error("broken")

    assert output.getvalue().count("\n") == 1
    assert "broken" in output.getvalue()


def test_a_dot_env_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`.env` in the working folder counts; the environment counts more; empty values are as good as none."""
    (tmp_path / ".env").write_text(
        "SLACK_BOT_TOKEN=xoxb-file\nSLACK_APP_TOKEN=\nIRAQ_DESK_WORKERS=7\nOTHER=1\n", encoding="utf-8"
    )
    monkeypatch.setenv("IRAQ_DESK_WORKERS", "3")
    loaded = settings.load()

    assert settings.token(loaded.slack_bot_token, "SLACK_BOT_TOKEN", "xoxb-") == "xoxb-file"
    assert loaded.slack_app_token is None
    assert loaded.workers == 3


def test_the_database_lies_in_the_platforms_folder() -> None:
    """Unless set, an SQLite file outside the working folder."""
    assert settings.load().database_url.startswith("sqlite:///")
    assert settings.load().database_url.endswith("iraq-desk.sqlite3")


def test_tokens_do_not_show_when_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A settings object that ends up in a log or a traceback holds no secret."""
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-very-secret")

    assert "very-secret" not in repr(settings.load())


def test_a_dot_env_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """A file in another encoding gives one line that names it."""
    (tmp_path / ".env").write_bytes(b"SLACK_BOT_TOKEN=\xff\xfe\n")

    with pytest.raises(SettingsError, match=r"\.env"):
        settings.load()
