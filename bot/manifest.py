"""The app's manifest, to paste where Slack asks for one (docs.slack.dev/reference/app-manifest)."""

from typing import Any, Final

from bot.views.ids import ShortcutId

COMMAND: Final = "/iraq"
NAME: Final = "Iraq Desk"
# Each scope is used: the command, mentions, every reply, and the text of direct messages; and, for the digest, whether the
# bot is in a channel, and the events of its being archived, deleted or left.
SCOPES: Final = ("commands", "app_mentions:read", "chat:write", "im:history", "channels:read", "groups:read")
# What the digest can do without (docs.slack.dev/changelog/2026/03/16/optional-scopes). Reading a channel back, to make sure
# that a digest is neither lost nor doubled; else its owner chooses which. A member's time zone, name and rank; else times
# are in UTC until somebody chooses, and admins are not known.
OPTIONAL_SCOPES: Final = ("channels:history", "groups:history", "users:read")
EVENTS: Final = (
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "channel_archive",
    "channel_deleted",
    "channel_left",
    "group_archive",
    "group_deleted",
    "group_left",
    "message.im",
    "tokens_revoked",
)


def manifest() -> dict[str, Any]:
    """Socket Mode, one command, no scope that is not used, and none required that can be done without."""
    return {
        "display_information": {
            "name": NAME,
            "description": "Dated, cited passages on U.S.-Iraq relations. No generated text.",
            "long_description": (
                "Ask /iraq a question and get short passages from a curated corpus on U.S.-Iraq relations, each with "
                "its source, its date and its place in the source. Nothing is generated: every sentence is curated or "
                "quoted, and when no passage answers, the desk says so."
            ),
            "background_color": "#1f3a4d",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": NAME, "always_online": True},
            "slash_commands": [
                {
                    "command": COMMAND,
                    "description": "Ask about U.S.-Iraq relations",
                    "usage_hint": "[question] | issues | who | timeline | digest | help",
                    "should_escape": False,
                }
            ],
            "shortcuts": [
                {
                    "name": "Find background",
                    "type": "message",
                    "callback_id": ShortcutId.BACKGROUND.value,
                    "description": "Cited passages on what a message is about, for you alone",
                },
                {
                    "name": "Search the desk",
                    "type": "global",
                    "callback_id": ShortcutId.SEARCH.value,
                    "description": "Search passages by words, topic, source and date",
                },
            ],
        },
        "oauth_config": {"scopes": {"bot": [*SCOPES, *OPTIONAL_SCOPES], "bot_optional": list(OPTIONAL_SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True},
            "org_deploy_enabled": False,
            "socket_mode_enabled": True,
            "token_rotation_enabled": False,
        },
    }
