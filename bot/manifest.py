"""The app's manifest, to paste where Slack asks for one (docs.slack.dev/reference/app-manifest)."""

from typing import Any, Final

COMMAND: Final = "/iraq"
NAME: Final = "Iraq Desk"
# Each scope is used: the command, mentions, every reply, and the text of direct messages.
SCOPES: Final = ("commands", "app_mentions:read", "chat:write", "im:history")
EVENTS: Final = ("app_home_opened", "app_mention", "message.im")


def manifest() -> dict[str, Any]:
    """Socket Mode, one command, and no scope that is not used."""
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
                    "usage_hint": "[question] | help",
                    "should_escape": False,
                }
            ],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True},
            "org_deploy_enabled": False,
            "socket_mode_enabled": True,
            "token_rotation_enabled": False,
        },
    }
