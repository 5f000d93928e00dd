"""When the bot itself is broken: a plain sentence with a reference, and the detail in the log."""

import logging
import re
from typing import Any

import pytest
from slack_bolt.request.async_request import AsyncBoltRequest

from knowledge.library import Library
from tests.support.desk import Desk, rating, running_desk, said


def reference_in(text: str) -> str:
    """The reference that a reader is given."""
    found = re.search(r"reference: ([0-9a-f]{8})", text)
    assert found is not None
    return found.group(1)


async def test_a_command_that_fails(broken: Library, caplog: pytest.LogCaptureFixture) -> None:
    """The asker gets a sentence and a reference in place of a timeout; the log has both the reference and the cause."""
    with caplog.at_level(logging.ERROR):
        async with running_desk(library=broken) as desk:
            reply = await desk.asks("who is Sistani?")

    assert reply.visible_to == desk.slack.user.id
    assert reference_in(said(reply)) in caplog.text
    assert "the index is gone" not in said(reply)
    assert "the index is gone" in caplog.text
    assert "Sistani" not in caplog.text


async def test_a_mention_that_fails(broken: Library, caplog: pytest.LogCaptureFixture) -> None:
    """The same in a thread, and only the asker sees it."""
    with caplog.at_level(logging.ERROR):
        async with running_desk(library=broken) as desk:
            reply = await desk.mentions("who is Sistani?")

    assert reply.visible_to == desk.slack.user.id
    assert reference_in(said(reply)) in caplog.text


async def test_a_modal_that_cannot_open(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    """When Slack refuses the modal, the presser is told instead of being left with a warning sign."""
    reply = await desk.asks("who is Sistani?")
    desk.slack.faults.server_error("views.open")
    with caplog.at_level(logging.WARNING):
        await desk.slack.user.press(reply, "feedback", rating(reply, helpful=False))
        told = await desk.slack.user.next_message()

    assert said(told).startswith("The window did not open")
    assert "a modal did not open: internal_error" in caplog.text


@pytest.mark.parametrize(
    "event",
    [
        {"type": "reaction_added", "user": "U0PLAYDANA1"},
        {"type": "member_joined_channel", "user": "U0PLAYBOT01", "channel": "C0PLAYIRAQ1"},
        {"type": "message", "subtype": "channel_join", "user": "U0PLAYDANA1", "channel": "D1", "channel_type": "im"},
        {"type": "message", "subtype": "message_changed", "channel": "D1", "channel_type": "im"},
        {"type": "message", "subtype": "bot_message", "bot_id": "B1", "channel": "D1", "channel_type": "im"},
        {"type": "message", "user": "U0PLAYBOT01", "channel": "D1", "channel_type": "im", "text": "own", "ts": "1.2"},
        {"type": "message", "user": "USLACKBOT", "channel": "D1", "channel_type": "im", "text": "hi", "ts": "1.2"},
        {
            "type": "message",
            "user": "U0PLAYDANA1",
            "channel": "C1",
            "channel_type": "channel",
            "text": "a",
            "ts": "1.2",
        },
        {"type": "app_mention", "user": "U1", "bot_id": "B1", "channel": "C1", "text": "<@U0PLAYBOT01>", "ts": "1.2"},
        {"type": "app_mention", "user": "U1", "bot_profile": {}, "channel": "D1", "text": "x", "ts": "1.2"},
    ],
    ids=str,
)
async def test_what_is_left_alone_is_acknowledged(desk: Desk, event: dict[str, Any]) -> None:
    """Other bots, edits, joins, the bot's own words and unknown events: acknowledged, and nothing is said."""
    before = len(desk.slack.calls)
    body = {"type": "event_callback", "team_id": "T0PLAYTEAM1", "event_id": "Ev1", "event": event}
    response = await desk.running.app.async_dispatch(AsyncBoltRequest(body=body, mode="socket_mode"))
    await desk.slack.settled()

    assert response.status == 200
    assert desk.slack.calls[before:] == []


@pytest.mark.parametrize(
    "body",
    [
        {"type": "event_callback", "team_id": "T1", "event_id": "E", "event": {"type": "app_mention", "user": "U1"}},
        {
            "type": "view_closed",
            "team": {"id": "T1"},
            "user": {"id": "U1"},
            "view": {"type": "modal", "callback_id": "old"},
        },
        {"type": "shortcut", "callback_id": "old", "team": {"id": "T1"}, "user": {"id": "U1"}, "trigger_id": "1"},
        {"type": "message_action", "callback_id": "old", "team": {"id": "T1"}, "user": {"id": "U1"}},
        {"type": "block_suggestion", "action_id": "old", "team": {"id": "T1"}, "user": {"id": "U1"}, "value": "x"},
        {
            "type": "view_submission",
            "team": {"id": "T1"},
            "user": {"id": "U1"},
            "view": {"type": "modal", "callback_id": "old"},
        },
        {
            "type": "block_actions",
            "team": {"id": "T1"},
            "user": {"id": "U1"},
            "container": {"type": "view"},
            "actions": [{"action_id": "old", "block_id": "b", "type": "button"}],
        },
    ],
    ids=lambda body: str(body["type"]),
)
async def test_whatever_comes_is_acknowledged(desk: Desk, body: dict[str, Any]) -> None:
    """A payload of an older version or a broken one never leaves Slack without an answer."""
    response = await desk.running.app.async_dispatch(AsyncBoltRequest(body=body, mode="socket_mode"))

    assert response.status == 200
