"""Modals: opened, submitted, answered, pushed, updated and closed, through a real Bolt app and back."""

import asyncio
from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Playground
from bot.playground.model import ActError, View
from tests.playground.conftest import Clock
from tests.playground.payloads import MODAL, actions, button, entry, plain

pytestmark = pytest.mark.usefixtures("handler")

Body = dict[str, Any]
TYPED: Body = {"type": "plain_text_input", "action_id": "typed", "min_length": 2, "max_length": 5}
FORM: Body = {**MODAL, "callback_id": "form", "submit": plain("Go"), "blocks": [entry(TYPED)]}


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


async def _form(slack: Playground, app: AsyncApp, view: Body = FORM) -> View:
    _open_by_shortcut(app, view)
    await slack.user.shortcut("search")
    return await slack.user.next_view()


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
