"""Pressing, picking, suggesting and choosing shortcuts: through a real Bolt app and back."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Playground
from bot.playground.model import APP_ID, TEAM_ID, ActError, Message
from tests.playground.payloads import FEEDBACK, actions, button, option, plain, section

pytestmark = pytest.mark.usefixtures("handler")

Body = dict[str, Any]
SELECT: Body = {"type": "static_select", "action_id": "one", "options": [option("a"), option("b")]}


def _listen(app: AsyncApp, *action_ids: str) -> list[Body]:
    """Acknowledge these actions and keep their payloads."""
    seen: list[Body] = []

    async def keep(ack: AsyncAck, body: Body) -> None:
        seen.append(body)
        await ack()

    for action_id in action_ids:
        app.action(action_id)(keep)
    return seen


async def _message(
    slack: Playground, client: AsyncWebClient, blocks: list[Body], thread_ts: str | None = None
) -> Message:
    answer = await client.chat_postMessage(channel=slack.policy, text="words", blocks=blocks, thread_ts=thread_ts)
    message = slack.message(slack.policy, answer["ts"])
    assert message is not None
    return message


async def test_a_button_in_a_message(slack: Playground, app: AsyncApp, client: AsyncWebClient) -> None:
    """The payload says who pressed what, where, and how to answer."""
    seen = _listen(app, "go")
    parent = await slack.user.say(slack.policy, "parent")
    message = await _message(slack, client, actions(button(value="v", style="primary")), thread_ts=parent.ts)
    await slack.user.press(message, "go")
    body = seen[0]
    assert body["user"] == {"id": slack.user.id, "username": "dana", "name": "dana", "team_id": TEAM_ID}
    assert body["api_app_id"] == APP_ID
    assert body["channel"] == {"id": slack.policy, "name": "iraq-policy"}
    assert body["container"] == {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": slack.policy,
        "is_ephemeral": False,
        "thread_ts": parent.ts,
    }
    assert body["message"]["ts"] == message.ts
    assert body["response_url"].startswith(f"{slack.url}response/")
    action = body["actions"][0]
    assert {key: action[key] for key in ("type", "action_id", "value", "style")} == {
        "type": "button",
        "action_id": "go",
        "value": "v",
        "style": "primary",
    }
    assert message.blocks is not None
    assert action["block_id"] == message.blocks[0]["block_id"]


async def test_an_ephemeral_message_is_not_in_the_payload(slack: Playground, app: AsyncApp) -> None:
    """As in Slack: only its container is, and nobody but its reader can press it."""
    seen = _listen(app, "go")

    @app.command("/iraq")
    async def _(ack: AsyncAck) -> None:
        await ack(text="words", blocks=actions(button()))

    reply = await slack.user.command(slack.policy, "/iraq x")
    assert reply is not None
    await slack.user.press(reply, "go")
    assert "message" not in seen[0]
    assert seen[0]["container"]["is_ephemeral"] is True
    with pytest.raises(ActError, match="no longer there"):
        await slack.as_user(slack.colleague).press(reply, "go")


@pytest.mark.parametrize(
    "case",
    [
        (SELECT, "b", "selected_option", option("b")),
        (SELECT, option("a"), "selected_option", option("a")),
        ({"type": "overflow", "options": [option("a")]}, "a", "selected_option", option("a")),
        ({"type": "radio_buttons", "options": [option("a")]}, "a", "selected_option", option("a")),
        ({"type": "checkboxes", "options": [option("a"), option("b")]}, ["a"], "selected_options", [option("a")]),
        (
            {"type": "multi_static_select", "option_groups": [{"label": plain("G"), "options": [option("a")]}]},
            [option("a")],
            "selected_options",
            [option("a")],
        ),
        ({"type": "datepicker"}, "2026-11-22", "selected_date", "2026-11-22"),
        ({"type": "timepicker"}, "09:30", "selected_time", "09:30"),
        ({"type": "users_select"}, "U0PLAYDANA1", "selected_user", "U0PLAYDANA1"),
        ({"type": "conversations_select"}, "C0PLAYIRAQ1", "selected_conversation", "C0PLAYIRAQ1"),
    ],
)
async def test_picking(
    slack: Playground, app: AsyncApp, client: AsyncWebClient, case: tuple[Body, object, str, object]
) -> None:
    """Each element tells its value in its own field; options may be named by value or by text."""
    element, value, field, told = case
    seen = _listen(app, "pick")
    message = await _message(slack, client, actions({**element, "action_id": "pick"}))
    await slack.user.press(message, "pick", value)
    assert seen[0]["actions"][0][field] == told


async def test_feedback_buttons(slack: Playground, app: AsyncApp, client: AsyncWebClient) -> None:
    """The value of the pressed one is told; there is no third."""
    seen = _listen(app, "rate")
    message = await _message(slack, client, [FEEDBACK])
    await slack.user.press(message, "rate", "down")
    assert seen[0]["actions"][0]["value"] == "down"
    with pytest.raises(ActError, match="no feedback button"):
        await slack.user.press(message, "rate", "sideways")


async def test_state_of_a_message(slack: Playground, app: AsyncApp, client: AsyncWebClient) -> None:
    """What stands in the other elements comes along, initial values included."""
    seen = _listen(app, "go")
    picked = {**SELECT, "initial_option": option("b")}
    message = await _message(slack, client, [{"type": "actions", "block_id": "all", "elements": [picked, button()]}])
    await slack.user.press(message, "go", block_id="all")
    assert seen[0]["state"]["values"] == {"all": {"one": {"type": "static_select", "selected_option": option("b")}}}
    await slack.user.press(message, "go", state={"all": {"one": {"selected_option": option("a")}}})
    assert seen[1]["state"]["values"]["all"]["one"]["selected_option"] == option("a")


async def test_what_is_not_there_cannot_be_pressed(slack: Playground, client: AsyncWebClient) -> None:
    """A wrong id, a wrong option and a deleted message are the test's mistake, and said so."""
    message = await _message(slack, client, actions(button(), SELECT))
    with pytest.raises(ActError, match="no element 'gone' here; there is go, one"):
        await slack.user.press(message, "gone")
    with pytest.raises(ActError, match="no option 'c'; there is a, b"):
        await slack.user.press(message, "one", "c")
    await client.chat_delete(channel=slack.policy, ts=message.ts)
    with pytest.raises(ActError, match="no longer there"):
        await slack.user.press(message, "go")


async def test_a_press_nobody_answers(slack: Playground, client: AsyncWebClient) -> None:
    """The person is told that the app is silent."""
    message = await _message(slack, client, actions(button()))
    await slack.user.press(message, "go")
    assert [notice.text for notice in slack.notices] == ['Iraq Desk failed with the error "operation_timeout"']


async def test_home(slack: Playground, app: AsyncApp, client: AsyncWebClient) -> None:
    """The app publishes a Home tab when it is looked at; its buttons tell of their view; an old hash is refused."""
    seen = _listen(app, "go")
    events: list[Body] = []

    @app.event("app_home_opened")
    async def _(event: Body, client: AsyncWebClient) -> None:
        events.append(event)
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": actions(button())})

    await slack.user.open_home()
    home = await slack.wait_for(lambda: slack.user.home)
    await slack.user.press(home, "go")
    assert seen[0]["container"] == {"type": "view", "view_id": home.id}
    assert seen[0]["view"]["type"] == "home"
    await slack.user.open_home()
    await slack.settled()
    await slack.user.open_home("messages")
    await slack.settled()
    assert [(event["tab"], "view" in event) for event in events] == [
        ("home", False),
        ("home", True),
        ("messages", False),
    ]
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await client.views_publish(user_id=slack.user.id, hash="0.0", view={"type": "home", "blocks": []})


async def test_suggestions(slack: Playground, app: AsyncApp, client: AsyncWebClient) -> None:
    """An external select asks the app for options; only it does, and bad options are dropped."""
    answers: list[Body] = [{"options": [option("pmf")]}, {"options": [{"text": "pmf"}]}]

    @app.options("who")
    async def _(ack: AsyncAck, body: Body) -> None:
        assert body["value"] == "pm"
        await ack(answers.pop(0))

    message = await _message(slack, client, actions({"type": "external_select", "action_id": "who"}, button()))
    assert await slack.user.suggestions(message, "who", "pm") == [option("pmf")]
    assert await slack.user.suggestions(message, "who", "pm") == []
    assert len(slack.rejected) == 1
    with pytest.raises(ActError, match="external"):
        await slack.user.suggestions(message, "go", "pm")


async def test_message_shortcut(slack: Playground, app: AsyncApp, client: AsyncWebClient) -> None:
    """It carries the message it was chosen on."""
    seen: list[Body] = []

    @app.shortcut("context")
    async def _(ack: AsyncAck, body: Body) -> None:
        seen.append(body)
        await ack()

    message = await slack.user.say(slack.policy, "What of <PMF>?")
    await slack.user.shortcut("context", message)
    assert seen[0]["type"] == "message_action"
    assert seen[0]["message"]["text"] == "What of &lt;PMF&gt;?"
    assert seen[0]["response_url"]
    ephemeral = await client.chat_postEphemeral(channel=slack.policy, user=slack.user.id, text="psst")
    hidden = slack.message(slack.policy, ephemeral["message_ts"])
    assert hidden is not None
    with pytest.raises(ActError, match="has no shortcuts"):
        await slack.user.shortcut("context", hidden)


async def test_shortcuts_that_are_not_there(slack: Playground) -> None:
    """A global one is not in a message's menu, and an unknown one is nowhere."""
    message = await slack.user.say(slack.policy, "words")
    with pytest.raises(ActError, match="no shortcut 'search' in this menu"):
        await slack.user.shortcut("search", message)
    with pytest.raises(ActError, match="no shortcut 'nothing' here"):
        await slack.user.shortcut("nothing")


async def test_state_of_a_section(slack: Playground, app: AsyncApp, client: AsyncWebClient) -> None:
    """An accessory is an element like any other."""
    seen = _listen(app, "go")
    message = await _message(slack, client, section(accessory=button(value="v")))
    await slack.user.press(message, "go")
    assert seen[0]["actions"][0]["value"] == "v"
