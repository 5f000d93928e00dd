"""Controls and forms that are not where they belong, or of an older version: a plain private sentence, and nothing breaks."""

import copy
from typing import Any, Final

import pytest
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.texts import notices as texts
from bot.views.ids import ActionId
from bot.views.passage_menu import Act
from tests.support.channels import settings
from tests.support.desk import Desk, said
from tests.support.digests import form, words
from tests.support.homes import opened_page

IRAN: Final = "what did USIP advise about Iran?"


async def deliver(desk: Desk, payload: dict[str, Any]) -> dict[str, Any]:
    """Hand the bot a payload as a socket would; what it acknowledges with."""
    response = await desk.running.app.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=payload))
    assert response.status == 200
    return AsyncBoltRequest(mode="socket_mode", body=response.body or "{}").body


def last(desk: Desk, kind: str) -> dict[str, Any]:
    """The last payload of a kind, to be changed and sent again as another one."""
    found = copy.deepcopy([one.payload for one in desk.slack.deliveries if one.payload.get("type") == kind][-1])
    for action in found.get("actions", ()):
        action["action_ts"] = "1.000100"
    return found


@pytest.mark.parametrize(("typed", "button"), [(IRAN, ActionId.SHARE), ("issues", ActionId.REGISTER_SHARE)])
async def test_a_share_without_a_response_url(desk: Desk, typed: str, button: ActionId) -> None:
    """Only private answers can be shared; a press from anywhere else is told so, and nothing is posted."""
    await desk.slack.user.press(await desk.asks(typed), button)
    await desk.slack.user.next_message()
    payload = last(desk, "block_actions")
    del payload["response_url"]
    del payload["container"]["is_ephemeral"]
    await desk.slack.settled()
    before = len(desk.slack.calls)
    await deliver(desk, payload)
    told = await desk.slack.user.next_message()

    assert (told.visible_to, said(told)) == (desk.slack.user.id, texts.STALE)
    assert [call.method for call in desk.slack.calls[before:]] == ["chat.postEphemeral"]


@pytest.mark.parametrize("action", [ActionId.SEARCH_MORE, ActionId.HOME_STOP, ActionId.REGISTER_BACK])
async def test_a_control_that_does_not_stand_in_messages(desk: Desk, action: ActionId) -> None:
    """What belongs in a modal or on Home does nothing under a message but say so."""
    await desk.slack.user.press(await desk.asks("issues"), ActionId.REGISTER_SHARE)
    await desk.slack.user.next_message()
    payload = last(desk, "block_actions")
    payload["actions"][0]["action_id"] = action.value
    await desk.slack.settled()
    await deliver(desk, payload)
    told = await desk.slack.user.next_message()
    while told.visible_to is None:  # the shared page
        told = await desk.slack.user.next_message()

    assert said(told) == texts.STALE


async def test_back_where_nothing_is_before(desk: Desk) -> None:
    """The window says that its button is of an older version."""
    await opened_page(desk, "Iran and the regional contest", "Iraq between Washington and Tehran")
    payload = last(desk, "block_actions")
    top = desk.slack.user.views[-1]
    payload["actions"][0] |= {"action_id": ActionId.REGISTER_BACK.value}
    payload["view"] |= {"id": top.id, "private_metadata": ""}
    await deliver(desk, payload)

    await desk.slack.wait_for(lambda: desk.slack.user.view and texts.STALE in words(desk.slack.user.view))


@pytest.mark.parametrize("refusal", ["push_limit_reached", "expired_trigger_id"])
async def test_a_menu_whose_window_does_not_open(desk: Desk, refusal: str) -> None:
    """Slack keeps three windows, and a trigger three seconds: the presser is told what to do."""
    user = desk.slack.user
    await user.shortcut("search_desk")
    await user.submit(await user.next_view(), {"search_question": IRAN})
    results = await user.next_view()
    menu = next(block["block_id"] for block in results.payload["blocks"] if "accessory" in block)
    desk.slack.faults.refuse("views.push", refusal)
    await user.press(results, ActionId.PASSAGE, Act.CONTEXT, block_id=menu)
    told = await user.next_message()

    assert (told.channel, said(told)) == (user.direct_channel, texts.NOT_OPENED)
    assert [view.id for view in user.views] == [results.id]


async def test_a_menu_under_a_message_whose_window_does_not_open(desk: Desk) -> None:
    """The sentence comes beside the answer, to the presser alone."""
    reply = await desk.mentions(IRAN)
    menu = next(block["block_id"] for block in reply.blocks or [] if "accessory" in block)
    desk.slack.faults.refuse("views.open", "expired_trigger_id")
    await desk.slack.user.press(reply, ActionId.PASSAGE, Act.CITE, block_id=menu)
    told = await desk.slack.user.next_message()

    assert (told.visible_to, said(told)) == (desk.slack.user.id, texts.NOT_OPENED)


@pytest.mark.parametrize("metadata", ["", "{}", "[1,2,3,4]", '{"question": ["x"]}', "\x00"])
async def test_a_form_of_an_older_version(desk: Desk, metadata: str) -> None:
    """A window over it says what to do; the form and what was entered stay, and nothing is stored."""
    reply = await desk.asks(IRAN)
    menu = next(block["block_id"] for block in reply.blocks or [] if "accessory" in block)
    await desk.slack.user.press(reply, ActionId.PASSAGE, Act.REPORT, block_id=menu)
    report = await desk.slack.user.next_view()
    await desk.slack.user.submit(report, {})
    payload = last(desk, "view_submission")
    payload["view"]["private_metadata"] = metadata
    answer = await deliver(desk, payload)

    assert answer["response_action"] == "push"
    assert texts.STALE_FORM in str(answer["view"])


@pytest.mark.parametrize("opens", [form, settings])
async def test_an_option_that_is_none(desk: Desk, opens: Any) -> None:  # noqa: ANN401 - one of two
    """What Slack never sends is refused with a reference, and nothing is saved."""
    view = await opens(desk)
    await desk.slack.user.submit(view, {})
    payload = last(desk, "view_submission")
    for inputs in payload["view"]["state"]["values"].values():
        for entry in inputs.values():
            if "selected_option" in entry:
                entry["selected_option"] = "odd"
    answer = await deliver(desk, payload)

    assert answer["response_action"] == "push"
    assert "reference" in str(answer["view"])
