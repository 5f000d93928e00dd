"""The part of a Slack app manifest that the playground acts upon."""

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

# What a bot must have been granted to receive an event (each event's reference page).
EVENT_SCOPES = {
    "app_mention": "app_mentions:read",
    "message.im": "im:history",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "member_joined_channel": "channels:read",
    "member_left_channel": "channels:read",
    "channel_archive": "channels:read",
    "channel_id_changed": "groups:read",
    "channel_shared": "channels:read",
    "channel_unarchive": "channels:read",
    "channel_rename": "channels:read",
    "channel_deleted": "channels:read",
    "channel_left": "channels:read",
    "group_archive": "groups:read",
    "group_deleted": "groups:read",
    "group_left": "groups:read",
}


class ManifestError(Exception):
    """The manifest cannot be installed; the message says which part and why."""


class _Part(BaseModel):
    """Keys the playground does not know are Slack's business, so they are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class SlashCommand(_Part):
    """A command and what the composer says about it."""

    command: str = Field(pattern=r"^/\S{1,31}$")
    description: str = Field(max_length=2000)
    usage_hint: str = ""
    should_escape: bool = False


class Shortcut(_Part):
    """An entry of the message menu (`message`) or of the lightning menu (`global`)."""

    name: str = Field(max_length=24)
    type: Literal["message", "global"]
    callback_id: str = Field(max_length=255)
    description: str = Field(max_length=150)


class _BotUser(_Part):
    display_name: str = Field(max_length=80)


class _AppHome(_Part):
    home_tab_enabled: bool = False
    messages_tab_enabled: bool = False
    messages_tab_read_only_enabled: bool = True


class _Features(_Part):
    app_home: _AppHome = _AppHome()
    bot_user: _BotUser
    slash_commands: tuple[SlashCommand, ...] = ()
    shortcuts: tuple[Shortcut, ...] = Field(default=(), max_length=10)


class _Display(_Part):
    name: str = Field(max_length=35)


class _Scopes(_Part):
    bot: tuple[str, ...] = ()
    bot_optional: tuple[str, ...] = ()


class _OAuth(_Part):
    scopes: _Scopes = _Scopes()


class _Events(_Part):
    bot_events: tuple[str, ...] = ()


class _Settings(_Part):
    event_subscriptions: _Events = _Events()


class Manifest(_Part):
    """A Slack app manifest (docs.slack.dev/reference/app-manifest)."""

    display_information: _Display
    features: _Features
    oauth_config: _OAuth = _OAuth()
    settings: _Settings = _Settings()

    @property
    def app_name(self) -> str:
        """What people see: the bot user's display name."""
        return self.features.bot_user.display_name

    @property
    def home_tab_enabled(self) -> bool:
        """Whether the app has a Home tab."""
        return self.features.app_home.home_tab_enabled

    @property
    def messages_allowed(self) -> bool:
        """Whether people may write to the app in its Messages tab."""
        home = self.features.app_home
        return home.messages_tab_enabled and not home.messages_tab_read_only_enabled

    @property
    def scopes(self) -> frozenset[str]:
        """Everything an installation grants, the optional scopes included."""
        return frozenset(self.oauth_config.scopes.bot + self.oauth_config.scopes.bot_optional)

    @property
    def events(self) -> frozenset[str]:
        """The events the app subscribed to."""
        return frozenset(self.settings.event_subscriptions.bot_events)

    def command(self, name: str) -> SlashCommand | None:
        """The command of that name."""
        return next((command for command in self.features.slash_commands if command.command == name), None)

    def shortcut(self, callback_id: str) -> Shortcut | None:
        """The shortcut of that callback id."""
        return next((shortcut for shortcut in self.features.shortcuts if shortcut.callback_id == callback_id), None)


def read_manifest(manifest: Mapping[str, object]) -> Manifest:
    """Check a manifest as Slack does when an app is created.

    Raises:
        ManifestError: a field is missing or too long, or an event is subscribed to without its scope.
    """
    try:
        read = Manifest.model_validate(manifest)
    except ValidationError as error:
        problems = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
        raise ManifestError(f"The app manifest is not valid: {problems}") from error
    for event in sorted(read.events):
        scope = EVENT_SCOPES.get(event)
        if scope and scope not in read.scopes:
            raise ManifestError(f"The app manifest subscribes to {event} but does not ask for the scope {scope}.")
    return read
