"""The app's manifest, to paste where Slack asks for one (docs.slack.dev/reference/app-manifest)."""

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import urlsplit

from bot.errors import DeskError
from bot.texts import manifest as texts
from bot.views.ids import ShortcutId

COMMAND: Final = "/iraq"
NAME: Final = texts.NAME
PATH: Final = "/slack/events"  # where Bolt answers, all kinds of requests alike


@dataclass(frozen=True, slots=True)
class Scope:
    """A right, and why it is asked for. An optional one can be refused at the installation; `agent` needs a paid plan."""

    name: str
    reason: str
    optional: bool = False
    agent: bool = False


SCOPES: Final = (
    Scope("commands", "/iraq and the two shortcuts"),
    Scope("app_mentions:read", "questions that mention the bot"),
    Scope("chat:write", "answers and digests, in channels that the bot was invited to"),
    Scope("im:history", "questions in direct messages to the bot; no others"),
    Scope("channels:read", "whether a channel is open and the bot in it; its archiving, and invitations"),
    Scope("groups:read", "the same of private channels that the bot was invited to"),
    Scope("assistant:write", "suggested prompts, and a status while an answer is looked up", agent=True),
    Scope("channels:history", "reads a channel back, so that no digest comes twice or is lost", optional=True),
    Scope("groups:history", "the same of private channels", optional=True),
    Scope("users:read", "time zone, name and rank of who sets a digest; else UTC, and no admins", optional=True),
)
EVENTS: Final = (
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "channel_archive",
    "channel_deleted",
    "channel_id_changed",
    "channel_left",
    "channel_shared",
    "group_archive",
    "group_deleted",
    "group_left",
    "member_joined_channel",
    "message.im",
    "tokens_revoked",
)


class AddressError(DeskError):
    """Slack cannot send requests to an address."""

    def __init__(self, url: str, problem: str) -> None:
        super().__init__(f"--http {url}: {problem}")


def manifest(*, http: str | None = None, agent: bool = True) -> dict[str, Any]:
    """One command, two shortcuts, no scope that is not used, and none required that can be done without.

    With `http`, the address that Slack sends requests to (`request_url`); else over Socket Mode. Without `agent`, what
    needs a paid plan is left out: suggested prompts and the status line.
    """
    scopes = [scope for scope in SCOPES if agent or not scope.agent]
    return {
        "display_information": {
            "name": NAME,
            "description": texts.DESCRIPTION,
            "long_description": texts.LONG_DESCRIPTION,
            "background_color": "#1f3a4d",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            **({"agent_view": _agent_view()} if agent else {}),
            "bot_user": {"display_name": NAME, "always_online": True},
            "shortcuts": [
                _shortcut(ShortcutId.BACKGROUND, "message", texts.BACKGROUND, texts.BACKGROUND_SAYS),
                _shortcut(ShortcutId.SEARCH, "global", texts.SEARCH, texts.SEARCH_SAYS),
            ],
            "slash_commands": [
                {
                    "command": COMMAND,
                    **_at("url", http),
                    "description": texts.COMMAND,
                    "usage_hint": texts.USAGE,
                    "should_escape": False,
                }
            ],
        },
        "oauth_config": {
            "scopes": {
                "bot": [scope.name for scope in scopes],
                "bot_optional": [scope.name for scope in scopes if scope.optional],
            }
        },
        "settings": {
            "event_subscriptions": {**_at("request_url", http), "bot_events": list(EVENTS)},
            "interactivity": {
                "is_enabled": True,
                **_at("request_url", http),
                **_at("message_menu_options_url", http),
            },
            "org_deploy_enabled": False,
            "socket_mode_enabled": http is None,
            "token_rotation_enabled": False,
        },
    }


def request_url(url: str) -> str:
    """The address as the manifest has it: a bare host is completed by Bolt's own path.

    Raises:
        AddressError: it is not one that Slack can send requests to. Plain http is for trying on this machine alone.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise AddressError(url, str(error)) from error
    if parts.scheme not in {"https", "http"} or not host or not url.isascii() or any(map(str.isspace, url)):
        raise AddressError(url, "give the address of the bot as Slack reaches it, such as https://desk.example.org")
    if parts.scheme == "http" and not _is_loopback(host):
        raise AddressError(url, "Slack sends requests to https alone")
    if parts.query or parts.fragment or "?" in url or "#" in url or parts.username is not None:
        raise AddressError(url, "leave out what is not scheme, host, port and path")
    return parts._replace(path=PATH if parts.path in {"", "/"} else parts.path).geturl()


def reasons(scopes: Sequence[Scope] = SCOPES) -> dict[str, str]:
    """Each scope with its reason, and whether it is optional."""
    return {one.name: f"optional: {one.reason}" if one.optional else one.reason for one in scopes}


def _agent_view() -> dict[str, Any]:
    prompts = [{"title": title, "message": message} for title, message in texts.PROMPTS]
    return {"agent_description": texts.AGENT, "suggested_prompts": prompts}


def _shortcut(callback_id: ShortcutId, kind: str, name: str, description: str) -> dict[str, str]:
    return {"name": name, "type": kind, "callback_id": callback_id.value, "description": description}


def _at(key: str, http: str | None) -> dict[str, str]:
    return {} if http is None else {key: http}


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
