"""A small Bolt app on trial: it answers with every kind of payload, so that the page has something to draw."""

import asyncio
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from tests.playground.web.samples import ANSWER, HOME, MODAL, PROMPTS, option

MANIFEST: dict[str, object] = {
    "display_information": {"name": "Iraq Desk"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
        "bot_user": {"display_name": "Iraq Desk"},
        "slash_commands": [
            {"command": "/iraq", "description": "Ask the corpus", "usage_hint": "[question] | help | digest on"}
        ],
        "shortcuts": [
            {"name": "Find context", "type": "message", "callback_id": "context", "description": "About this message"},
            {"name": "Search", "type": "global", "callback_id": "search", "description": "With filters"},
        ],
    },
    "oauth_config": {
        "scopes": {"bot": ["commands", "app_mentions:read", "chat:write", "im:history", "assistant:write"]}
    },
    "settings": {"event_subscriptions": {"bot_events": ["app_home_opened", "app_mention", "message.im"]}},
}


def trial_app(client: AsyncWebClient) -> AsyncApp:
    """The app, with its listeners."""
    app = AsyncApp(client=client, process_before_response=True)
    app.command("/iraq")(_command)
    app.event("app_mention")(_answer_in_thread)
    app.event("message")(_answer_directly)
    app.event("app_home_opened")(_open_tab)
    app.shortcut("search")(_open_search)
    app.shortcut("context")(_open_search)
    app.action("more")(_open_search)
    app.action("open_search")(_open_search)
    app.action("deeper")(_push_search)
    for action in (
        "share",
        "drop",
        "feedback",
        "topic",
        "topics",
        "passage",
        "day",
        "radio",
        "boxes",
        "menu",
        "languages",
    ):
        app.action(action)(_take)
    app.options("passage")(_suggest)
    app.view("search")(_search)
    return app


async def _command(ack: AsyncAck, command: dict[str, Any]) -> None:
    if command["text"] == "sleep":
        await asyncio.sleep(60)
    await ack(text=f"1 passage on “{command['text']}”", blocks=ANSWER)


async def _answer_in_thread(event: dict[str, Any], client: AsyncWebClient) -> None:
    if event.get("bot_id") or event.get("subtype"):
        return
    root = event.get("thread_ts") or event["ts"]
    await client.chat_postMessage(channel=event["channel"], thread_ts=root, text="1 passage", blocks=ANSWER)


async def _answer_directly(event: dict[str, Any], client: AsyncWebClient) -> None:
    """Say what it does, answer; a question to `wait` is not answered."""
    if event.get("bot_id") or event.get("subtype"):
        return
    root = event.get("thread_ts") or event["ts"]
    await client.assistant_threads_setStatus(channel_id=event["channel"], thread_ts=root, status="is searching…")
    if "wait" not in event["text"]:
        await _answer_in_thread(event, client)


async def _open_tab(event: dict[str, Any], client: AsyncWebClient) -> None:
    if event["tab"] == "home":
        await client.views_publish(user_id=event["user"], view=HOME)
    else:
        await client.assistant_threads_setSuggestedPrompts(channel_id=event["channel"], prompts=PROMPTS)


async def _open_search(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
    await client.views_open(trigger_id=body["trigger_id"], view=MODAL)
    await ack()


async def _push_search(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
    view = {**MODAL, "title": {"type": "plain_text", "text": "More filters"}}
    await client.views_push(trigger_id=body["trigger_id"], view=view)
    await ack()


async def _take(ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond) -> None:
    """Say what was pressed, so that a test can read it on the screen."""
    action = body["actions"][0]
    chosen = action.get("selected_option") or {}
    many = [each["value"] for each in action.get("selected_options", [])]
    said = chosen.get("value") or many or action.get("selected_date") or action.get("value")
    await ack()
    await respond(text=f"took {action['action_id']}: {said}", replace_original=False)


async def _suggest(ack: AsyncAck, payload: dict[str, Any]) -> None:
    await ack(
        options=[option(f"{payload['value']} in the north", "n"), option(f"{payload['value']} in the south", "s")]
    )


async def _search(ack: AsyncAck, view: dict[str, Any]) -> None:
    text = view["state"]["values"]["question"]["text"]["value"]
    if text == "nonsense":
        await ack(response_action="errors", errors={"question": "The corpus has nothing on that."})
    else:
        await ack()
