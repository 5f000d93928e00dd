"""How Slack writes down what it sends: messages, views, events, commands and interactions.

Shapes follow the payload pages under docs.slack.dev/reference (events, interaction-payloads, views).
"""

import uuid

from bot.playground.model import (
    APP_ID,
    BOT_ID,
    BOT_USER,
    TEAM_DOMAIN,
    TEAM_ID,
    Channel,
    JsonObject,
    Member,
    Message,
    View,
)
from bot.playground.state import state_values

CHANNEL_TYPES = {"channel": "channel", "private": "group", "im": "im"}


def message_object(message: Message, *, metadata: bool = False) -> JsonObject:
    """A message as history, events and interactions show it. Metadata is left out unless asked for."""
    shown: JsonObject = {
        "type": "message",
        "user": message.user,
        "ts": message.ts,
        "text": message.text,
        "team": TEAM_ID,
    }
    if message.subtype:
        shown["subtype"] = message.subtype
    if message.is_from_app():
        shown |= {"bot_id": BOT_ID, "app_id": APP_ID, "bot_profile": {"id": BOT_ID, "app_id": APP_ID, "deleted": False}}
    elif message.subtype == "bot_message":
        shown["bot_id"] = f"B{message.user[1:]}"
    else:
        shown["client_msg_id"] = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{message.channel}/{message.ts}"))
    if message.blocks is not None:
        shown["blocks"] = message.blocks
    if message.thread_ts:
        shown["thread_ts"] = message.thread_ts
    if message.edited_ts:
        shown["edited"] = {"user": message.user, "ts": message.edited_ts}
    if metadata and message.metadata is not None:
        shown["metadata"] = message.metadata
    return shown


def view_object(view: View, values: JsonObject | None = None) -> JsonObject:
    """A view as methods return it and interactions carry it. `values` is its `state.values`; the initial ones if None."""
    blank = {
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
        "clear_on_close": False,
        "notify_on_close": False,
        "close": None,
        "submit": None,
        "title": None,
    }
    return {
        **blank,
        **view.payload,
        "id": view.id,
        "team_id": TEAM_ID,
        "app_id": APP_ID,
        "app_installed_team_id": TEAM_ID,
        "bot_id": BOT_ID,
        "hash": view.hash,
        "root_view_id": view.root_view_id,
        "previous_view_id": view.previous_view_id,
        "state": {"values": state_values(view.payload["blocks"]) if values is None else values},
    }


def event_callback(
    event: JsonObject, event_id: str, event_time: int, token: str, *, is_ext_shared: bool = False
) -> JsonObject:
    """An event in its wrapper (docs.slack.dev/apis/events-api); `is_ext_shared` is about the channel it is of."""
    return {
        "token": token,
        "team_id": TEAM_ID,
        "context_team_id": TEAM_ID,
        "context_enterprise_id": None,
        "api_app_id": APP_ID,
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": event_time,
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM_ID,
                "user_id": BOT_USER,
                "is_bot": True,
                "is_enterprise_install": False,
            },
        ],
        "is_ext_shared_channel": is_ext_shared,
        "event_context": f"4-{event_id}",
    }


def command(
    *,
    token: str,
    channel: Channel,
    user: Member,
    name: str,
    text: str,
    trigger_id: str,
    response_url: str,
) -> JsonObject:
    """A slash command. Every value is text, as it is in the form that HTTP apps get."""
    return {
        "token": token,
        "team_id": TEAM_ID,
        "team_domain": TEAM_DOMAIN,
        "channel_id": channel.id,
        "channel_name": "directmessage" if channel.kind == "im" else channel.name,
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": text,
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger_id,
    }


def interaction(kind: str, user: Member, token: str) -> JsonObject:
    """What every interaction starts with."""
    return {
        "type": kind,
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team},
        "api_app_id": APP_ID,
        "token": token,
        "team": {"id": TEAM_ID, "domain": TEAM_DOMAIN},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def place(channel: Channel) -> JsonObject:
    """A channel as interactions name it."""
    return {"id": channel.id, "name": "directmessage" if channel.kind == "im" else channel.name}


def message_container(message: Message) -> JsonObject:
    """Where an element was pressed: in a message."""
    container: JsonObject = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel,
        "is_ephemeral": message.visible_to is not None,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    return container
