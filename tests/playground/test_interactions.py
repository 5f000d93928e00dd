"""Pressing, submitting, closing, suggesting: through a real Bolt app and back."""

import asyncio
from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Playground
from bot.playground.model import APP_ID, TEAM_ID, ActError, Message, View
from tests.playground.conftest import Clock
from tests.playground.payloads import FEEDBACK, MODAL, actions, button, entry, option, plain, section

pytestmark = pytest.mark.usefixtures("handler")

Body = dict[str, Any]
TYPED: Body = {"type": "plain_text_input", "action_id": "typed", "min_length": 2, "max_length": 5}
FORM: Body = {**MODAL, "callback_id": "form", "submit": plain("Go"), "blocks": [entry(TYPED)]}
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


def _answer_submissions(app: AsyncApp, **answer: object) -> list[Body]:
    """Answer submissions of the form and keep their payloads."""
    seen: list[Body] = []

    @app.view("form")
    async def _(ack: AsyncAck, body: Body) -> None:
        seen.append(body)
        await ack(answer)

    return seen


def _open_by_shortcut(app: AsyncApp, *views: Body) -> list[str]:
    """Let the global shortcut open (and push) views; returns the errors."""
    errors: list[str] = []

    @app.shortcut("search")
    async def _(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        for view in views:
            try:
                await client.views_open(trigger_id=body["trigger_id"], view=view)
            except SlackApiError as error:
                errors.append(error.response["error"])
        await ack()  # last, so that whoever waits for it finds the errors

    return errors


async def _message(
    slack: Playground, client: AsyncWebClient, blocks: list[Body], thread_ts: str | None = None
) -> Message:
    answer = await client.chat_postMessage(channel=slack.policy, text="words", blocks=blocks, thread_ts=thread_ts)
    message = slack.message(slack.policy, answer["ts"])
    assert message is not None
    return message


async def _form(slack: Playground, app: AsyncApp, view: Body = FORM) -> View:
    _open_by_shortcut(app, view)
    await slack.user.shortcut("search")
    return await slack.user.next_view()


# -- pressing ---------------------------------------------------------------------------------------------------------


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


# -- modals -----------------------------------------------------------------------------------------------------------


async def test_a_modal_is_opened_once(slack: Playground, app: AsyncApp) -> None:
    """A trigger opens one modal; a second use is refused."""
    errors = _open_by_shortcut(app, FORM, FORM)
    await slack.user.shortcut("search")
    assert errors == ["exchanged_trigger_id"]
    view = await slack.user.next_view()
    assert view.payload["title"] == plain("Title")
    assert (view.root_view_id, view.previous_view_id) == (view.id, None)


async def test_a_trigger_lives_three_seconds(slack: Playground, app: AsyncApp, clock: Clock) -> None:
    """Later it opens nothing."""
    errors: asyncio.Queue[str] = asyncio.Queue()

    @app.shortcut("search")
    async def _(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        clock.now += 3.1
        try:
            await client.views_open(trigger_id=body["trigger_id"], view=FORM)
        except SlackApiError as error:
            errors.put_nowait(error.response["error"])

    await slack.user.shortcut("search")
    assert await asyncio.wait_for(errors.get(), 10) == "expired_trigger_id"
    assert slack.user.view is None


async def test_a_bad_modal_says_where(slack: Playground, app: AsyncApp) -> None:
    """views.open refuses what breaks a rule."""
    errors = _open_by_shortcut(app, {**FORM, "title": plain("x" * 25)})
    await slack.user.shortcut("search")
    assert errors == ["invalid_arguments"]


async def test_submitting(slack: Playground, app: AsyncApp) -> None:
    """The values arrive in state.values, and the modal closes."""
    seen = _answer_submissions(app)
    view = await _form(slack, app)
    assert await slack.user.submit(view, {"typed": "PMF"}) == {}
    assert seen[0]["view"]["state"]["values"] == {"in": {"typed": {"type": "plain_text_input", "value": "PMF"}}}
    assert seen[0]["view"]["hash"] == view.hash
    assert slack.user.views == ()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "Please complete this required field."),
        ({"typed": "x"}, "Please write at least 2 characters."),
        ({"in": "x" * 6}, "Please write at most 5 characters."),
    ],
)
async def test_slacks_own_checks(slack: Playground, app: AsyncApp, values: Body, sentence: str) -> None:
    """An empty or badly sized input is refused before the app hears of it."""
    seen = _answer_submissions(app)
    view = await _form(slack, app)
    assert await slack.user.submit(view, values) == {"in": sentence}
    assert seen == []
    assert slack.user.view == view


async def test_an_optional_input_may_be_empty(slack: Playground, app: AsyncApp) -> None:
    """Nothing is a value for an optional input."""
    seen = _answer_submissions(app)
    view = await _form(slack, app, {**FORM, "blocks": [entry(TYPED, optional=True)]})
    assert await slack.user.submit(view) == {}
    assert seen[0]["view"]["state"]["values"]["in"]["typed"]["value"] is None


async def test_unknown_inputs(slack: Playground, app: AsyncApp) -> None:
    """A value for an input that is not there is the test's mistake."""
    view = await _form(slack, app)
    with pytest.raises(ActError, match="no input named other"):
        await slack.user.submit(view, {"other": "x"})


async def test_errors(slack: Playground, app: AsyncApp) -> None:
    """The app's errors are shown, and the modal stays."""
    _answer_submissions(app, response_action="errors", errors={"in": "No such topic."})
    view = await _form(slack, app)
    assert await slack.user.submit(view, {"typed": "PMF"}) == {"in": "No such topic."}
    assert slack.user.view == view
    assert slack.rejected == []


async def test_update(slack: Playground, app: AsyncApp) -> None:
    """The modal gets other content and another hash, and keeps its id."""
    _answer_submissions(app, response_action="update", view={**MODAL, "title": plain("Thanks")})
    view = await _form(slack, app)
    await slack.user.submit(view, {"typed": "PMF"})
    now = slack.user.view
    assert now is not None
    assert (now.id, now.payload["title"]) == (view.id, plain("Thanks"))
    assert now.hash != view.hash


async def test_push_and_close(slack: Playground, app: AsyncApp) -> None:
    """A pushed modal knows what is below it; closing it shows that again."""
    _answer_submissions(app, response_action="push", view=MODAL)
    view = await _form(slack, app)
    await slack.user.submit(view, {"typed": "PMF"})
    top = await slack.user.next_view()
    assert (top.previous_view_id, top.root_view_id) == (view.id, view.id)
    await slack.user.close(top)
    assert slack.user.views == (view,)


async def test_clear(slack: Playground, app: AsyncApp) -> None:
    """`clear` closes all of them."""
    _answer_submissions(app, response_action="clear")
    view = await _form(slack, app)
    await slack.user.submit(view, {"typed": "PMF"})
    assert slack.user.views == ()


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"elsewhere": "No."}},
        {"response_action": "update", "view": {**MODAL, "title": plain("x" * 25)}},
        {"response_action": "update"},
        {"response_action": "shout"},
    ],
)
async def test_bad_answers(slack: Playground, app: AsyncApp, answer: Body) -> None:
    """An answer that breaks a rule is dropped: the person sees trouble, the modal stays, the tests see why."""
    _answer_submissions(app, **answer)
    view = await _form(slack, app)
    assert await slack.user.submit(view, {"typed": "PMF"}) == {}
    assert slack.user.view == view
    assert [call.payload for call in slack.rejected] == [answer]
    assert "trouble connecting" in slack.notices[0].text


async def test_a_submission_nobody_answers(slack: Playground, app: AsyncApp) -> None:
    """The modal stays, and the person sees trouble."""
    view = await _form(slack, app, {**FORM, "callback_id": "nobody"})
    assert await slack.user.submit(view, {"typed": "PMF"}) == {}
    assert slack.user.view == view
    assert "trouble connecting" in slack.notices[0].text


async def test_views_push_and_update(slack: Playground, app: AsyncApp) -> None:
    """A button in a modal may push two more, and each may be updated while its hash is known."""
    told: list[str] = []
    pressable = {**MODAL, "external_id": "outer", "blocks": actions(button())}

    @app.action("go")
    async def _(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        try:
            pushed = await client.views_push(trigger_id=body["trigger_id"], view={**pressable, "external_id": ""})
        except SlackApiError as error:
            told.append(error.response["error"])
        else:
            view = {**pressable, "title": plain("Pushed"), "external_id": ""}
            await client.views_update(view_id=pushed["view"]["id"], hash=pushed["view"]["hash"], view=view)

    await _form(slack, app, pressable)
    for _attempt in range(3):
        await slack.user.press(await slack.user.next_view(), "go")
    assert told == ["push_limit_reached"]
    assert [view.payload["title"]["text"] for view in slack.user.views] == ["Title", "Pushed", "Pushed"]


async def test_views_update_refusals(slack: Playground, app: AsyncApp, client: AsyncWebClient) -> None:
    """An old hash and an external id in use are refused; the external id finds its view."""
    errors = _open_by_shortcut(app, {**MODAL, "external_id": "mine"})
    await slack.user.shortcut("search")
    view = await slack.user.next_view()
    await client.views_update(external_id="mine", view={**MODAL, "external_id": "mine", "title": plain("New")})
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await client.views_update(view_id=view.id, hash=view.hash, view=MODAL)
    await slack.as_user(slack.colleague).shortcut("search")
    assert errors == ["duplicate_external_id"]


async def test_push_needs_a_modal(slack: Playground, app: AsyncApp) -> None:
    """A trigger that does not come from a modal pushes nothing."""
    errors: list[str] = []

    @app.shortcut("search")
    async def _(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        try:
            await client.views_push(trigger_id=body["trigger_id"], view=MODAL)
        except SlackApiError as error:
            errors.append(error.response["error"])

    await slack.user.shortcut("search")
    assert errors == ["invalid_trigger_id"]


@pytest.mark.parametrize("cleared", [True, False])
async def test_closing_is_told(slack: Playground, app: AsyncApp, *, cleared: bool) -> None:
    """With notify_on_close the app hears of it; with clear_on_close everything below closes, too."""
    seen: list[Body] = []

    @app.view_closed("form")
    async def _(ack: AsyncAck, body: Body) -> None:
        seen.append(body)
        await ack()

    view = await _form(slack, app, {**FORM, "notify_on_close": True, "clear_on_close": cleared})
    await slack.user.close(view)
    assert [(body["type"], body["is_cleared"]) for body in seen] == [("view_closed", cleared)]
    with pytest.raises(ActError, match="no longer open"):
        await slack.user.close(view)


async def test_others_modals_are_theirs(slack: Playground, app: AsyncApp) -> None:
    """Nobody submits what is open on another's screen."""
    view = await _form(slack, app)
    with pytest.raises(ActError, match="no longer open"):
        await slack.as_user(slack.colleague).submit(view, {"typed": "PMF"})


async def test_files_are_not_taken(slack: Playground, app: AsyncApp) -> None:
    """The playground keeps no files: a file input cannot be used, and is in the way if it is required."""
    view = await _form(slack, app, {**FORM, "blocks": [entry({"type": "file_input", "action_id": "file"})]})
    with pytest.raises(ActError, match="file_input cannot be used"):
        await slack.user.submit(view, {"file": "a.pdf"})
    assert await slack.user.submit(view) == {"in": "Please complete this required field."}


async def test_response_urls_of_a_modal(slack: Playground, app: AsyncApp) -> None:
    """A conversation picked in a select that asks for it comes with a response_url."""
    seen = _answer_submissions(app)
    chosen = {"type": "conversations_select", "action_id": "where", "response_url_enabled": True}
    view = await _form(slack, app, {**FORM, "blocks": [entry(chosen), {"type": "divider"}]})
    await slack.user.submit(view, {"where": slack.policy})
    assert [url["channel_id"] for url in seen[0]["response_urls"]] == [slack.policy]


# -- Home, suggestions, shortcuts -------------------------------------------------------------------------------------


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
