"""Payloads with wrong ids, missing fields, expired triggers, stale messages, strangers and nonsense.

Always a private plain answer; or, when a payload names nobody to answer, an acknowledgement and a line in the log. Never a
500, never a wrong person's data. `IRAQ_DESK_TEST_PAYLOADS` says how many are tried: `make fuzz` tries 20,000.
"""

import json
import logging
import os
import traceback
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

import pytest
import pytest_asyncio
from pydantic import SecretStr
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.app import Runtime, runtime
from bot.errors import SlackError
from bot.listeners import events, fates, tables
from bot.listeners.payloads import PayloadError, reachable
from bot.settings import Settings
from bot.slack.publisher import EVENT_TYPE
from bot.slack.receiver import SocketHandler
from bot.storage.subscriptions import Subscriptions
from bot.texts import subscription as texts
from bot.views.ids import ActionId, CallbackId
from knowledge.library import Library
from tests.contracts.test_subscriptions import ONE
from tests.support.desk import running_desk
from tests.support.payloads import FOREIGN, WRONG, Case, Json, cases, everything, slim
from tests.support.rows import TABLES, count, fill
from tests.support.uses import use
from tests.support.wire import CHANNELS, PEOPLE, TEAM, Sent, Wire, wired

NUMBER: Final = int(os.environ.get("IRAQ_DESK_TEST_PAYLOADS", "2000"))
SECRET: Final = "Antarctica/Troll"  # the zone of the other workspace's digest, in a channel of the same id
TOLD: Final = texts.TOLD.partition("{")[0]  # the owner of a digest that rests, a moment after its channel was closed
OWNERS: Final = {*PEOPLE, *WRONG["user_id"]}  # whoever may have turned a digest of this workspace on
READS: Final = {"users.info", "conversations.info", "auth.test"}
# What somebody waits for.
AWAITED: Final = {"block_actions", "block_suggestion", "message_action", "shortcut", "view_submission"}
# What posts a private answer for all to see.
SHARES: Final = {ActionId.SHARE, ActionId.REGISTER_SHARE, CallbackId.SEARCH_SHARE}
# What may go wrong on the way of a payload: it is none of Slack's, or Slack refuses a call. Else the code did not expect it.
EXPECTED: Final = (PayloadError, SlackApiError, SlackError, BoltUnhandledRequestError)


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a payload."""

    case: Case
    response: BoltResponse
    sent: list[Sent]
    logged: list[logging.LogRecord]

    @property
    def payload(self) -> Json:
        """What was sent to the bot."""
        return self.case.payload


@pytest_asyncio.fixture(name="good", scope="module", loop_scope="module")
async def _good(library: Library) -> list[Json]:
    """What a person's acts send: every kind of payload that the desk gets."""
    async with running_desk(library=library) as desk:
        await use(desk)
        await desk.slack.settled()
        return [slim(one.payload) for one in desk.slack.deliveries]


@pytest.fixture(name="wire")
def _wire(good: list[Json]) -> Iterator[Wire]:
    assert good  # they come from the playground, which the wire cuts off
    with wired() as wire:
        yield wire


@pytest.fixture(name="running")
async def _running(library: Library, wire: Wire) -> AsyncIterator[Runtime]:
    """The bot, and in its database a digest of another workspace in a channel of the same id."""
    assert wire.sent == []
    update = {"slack_bot_token": SecretStr("xoxb-1"), "database_url": "sqlite://"}
    async with runtime(Settings().model_copy(update=update), library=library) as running:
        engine = database(running)
        await fill(engine, FOREIGN, but={"subscription", "delivery"})
        other = replace(ONE, team=FOREIGN, channel=CHANNELS[0], schedule=replace(ONE.schedule, zone=SECRET))
        await Subscriptions(engine).save(replace(other, paused="on request"))
        yield running


def test_every_kind_is_among_them(good: list[Json]) -> None:
    """What a person's acts send reaches every handler of a control, a form, a shortcut and a menu with a search."""
    pressed = {name for one in good for name in controls(one)}
    chosen = {str(one.get(name)) for one in good for name in ("callback_id", "action_id")}
    kinds = {one.get("type") for one in good} | {part_of(one, "event").get("type") for one in good}

    assert {*tables.ACTIONS, *tables.SUBMISSIONS} <= pressed
    assert {*tables.SHORTCUTS, *tables.OPTIONS} <= chosen
    assert AWAITED | {"app_mention", "message", "app_home_opened", "member_joined_channel"} <= kinds


def database(running: Runtime) -> AsyncEngine:
    """What the bot writes to."""
    return running.services.store._engine  # noqa: SLF001 - it is in memory, so nobody else can open it


async def test_payloads_that_are_wrong(
    good: list[Json], running: Runtime, wire: Wire, caplog: pytest.LogCaptureFixture
) -> None:
    """Each is answered as it should be, and no row of another workspace is read or written."""
    whole = list(everything(good, set(events.EVENTS) - fates.REMOVED))  # an uninstalling is meant to drop rows
    before = await count(database(running), FOREIGN)
    handler = SocketHandler(running.app, "xapp-1", running.client, running.services)
    found: list[str] = []
    for case in cases(whole, NUMBER, seed=6):
        sent, logged = len(wire.sent), len(caplog.records)
        with caplog.at_level(logging.WARNING):
            response = await handler.answer(case.payload)
            await idle(running)
        tried = Tried(case, response, wire.sent[sent:], caplog.records[logged:])
        found += [f"{problem}: {case.wrong}: {json.dumps(case.payload)[:600]}" for problem in problems(tried)]
        caplog.clear()
        wire.sent.clear()

    await AsyncSocketModeHandler.close_async(handler)
    assert found[:5] == []
    assert await count(database(running), FOREIGN) == before
    assert (await strangers(running)) == set()


async def idle(running: Runtime) -> None:
    """Until everything that was queued is done."""
    inbox = running.services.inbox
    await inbox._queue.join()  # noqa: SLF001 - so that what is sent belongs to one payload
    await inbox._lane.join()  # noqa: SLF001 - the same


def problems(tried: Tried) -> Iterator[str]:
    """What is wrong with what came of a payload."""
    if tried.response.status != 200:
        yield f"status {tried.response.status}"
    body = json.loads(tried.response.body) if tried.response.body else {}
    if body.get("response_type", "ephemeral") != "ephemeral":
        yield "the acknowledgement is public"
    if SECRET in tried.response.body or any(SECRET in json.dumps(one.arguments) for one in tried.sent):
        yield "another workspace's data"
    yield from (f"{one.method} to somebody else" for one in tried.sent if not is_rightful(one, tried.payload))
    raised = [one.exc_info[1] for one in tried.logged if one.exc_info]
    yield from (f"unexpected {one!r}" for one in raised if not isinstance(one, EXPECTED) and not is_bolts(one))
    if not is_answered(tried, body):
        yield "no answer"


def is_bolts(error: BaseException | None) -> bool:
    """Whether Bolt itself could not read the payload; who sent it is answered all the same."""
    *_, (frame, _) = traceback.walk_tb(error.__traceback__ if error else None)
    return "slack_bolt" in frame.f_code.co_filename


def is_rightful(sent: Sent, payload: Json) -> bool:
    """Whether a call concerns whoever the payload came from and where they were, and nobody else."""
    given, people, event = sent.arguments, senders(payload), part_of(payload, "event")
    own: dict[str, bool] = {
        "response_url": is_own_address(given, payload),
        "chat.postEphemeral": given.get("user") in people,
        "chat.postMessage": given.get("channel") in people or is_public(given, payload),
        "users.conversations": given.get("user") in people,
        "views.open": given.get("trigger_id") == payload.get("trigger_id"),
        "views.push": given.get("trigger_id") == payload.get("trigger_id"),
        "views.publish": given.get("user_id") in people,
        "views.update": given.get("view_id") == part_of(payload, "view").get("id"),
        "assistant.threads.setSuggestedPrompts": given.get("channel_id") == event.get("channel"),
        "assistant.threads.setStatus": given.get("channel_id") == event.get("channel"),
    }
    return sent.method in READS or own.get(sent.method, False)


def is_own_address(given: Json, payload: Json) -> bool:
    """Whether a response URL is one that the payload brought, and is public only for a share."""
    urls = payload.get("response_urls")
    brought = [one.get("response_url") for one in urls if isinstance(one, dict)] if isinstance(urls, list) else []
    if given.get("url") not in [payload.get("response_url"), *brought]:
        return False
    return given.get("response_type") == "ephemeral" or bool(SHARES & set(controls(payload)))


def controls(payload: Json) -> Iterator[str]:
    """The control that was pressed, or the form that was submitted."""
    actions = payload.get("actions")
    if isinstance(actions, list) and actions and isinstance(actions[0], dict):
        yield str(actions[0].get("action_id"))
    yield str(part_of(payload, "view").get("callback_id"))


def is_public(given: Json, payload: Json) -> bool:
    """A digest that somebody wanted now, what its owner is told, or the answer to a mention, in its thread."""
    if "metadata" in given:
        return bool(given["metadata"]["event_type"] == EVENT_TYPE)
    if str(given.get("text")).startswith(TOLD):
        return given["channel"] in OWNERS
    event = part_of(payload, "event")
    if "channel" not in given or given["channel"] != event.get("channel") or payload.get("type") != "event_callback":
        return False
    if event.get("type") == "app_home_opened":  # the welcome, in the direct messages that were opened
        return str(given["channel"]).startswith("D") or event.get("tab") == "messages"
    threads = [event.get("ts"), event.get("thread_ts")]
    return event.get("type") in ("app_mention", "message") and given.get("thread_ts") in threads


def senders(payload: Json) -> set[object]:
    """Whoever sent a payload, wherever the kind names them."""
    named = [payload.get("user_id"), part_of(payload, "user").get("id")]
    named += [part_of(payload, "event").get(name) for name in ("user", "inviter")]
    return {one for one in named if isinstance(one, str)}


def part_of(payload: Json, name: str) -> Json:
    """An object within a payload, empty where there is none."""
    found = payload.get(name)
    return found if isinstance(found, dict) else {}


def is_answered(tried: Tried, body: dict[str, Any]) -> bool:
    """Whether somebody who waits for an answer got one; or, if nobody is named, whether the log says so."""
    payload, kind = tried.payload, str(tried.payload.get("type"))
    if body or any(one.method not in READS for one in tried.sent):
        return True
    if "command" in payload:
        return False
    if kind not in AWAITED or "event" in payload:
        return True  # an event, a modal that was closed, or nothing that Slack knows
    if kind == "view_submission":
        return True  # it closes: that is what was asked for
    return is_an_input(payload) or (reachable(payload) is None and tried.logged != [])


def is_an_input(payload: Json) -> bool:
    """Whether a press is a choice in a form, which waits for its submission."""
    actions = payload.get("actions")
    action = actions[0] if isinstance(actions, list) and actions else {}
    name = action.get("action_id") if isinstance(action, dict) else None
    return name in list(ActionId) and name not in tables.ACTIONS


async def strangers(running: Runtime) -> set[str]:
    """Workspaces that have rows and should not."""
    async with database(running).connect() as connection:
        found = [await connection.execute(table.select().with_only_columns(table.c.team)) for table in TABLES]
    return {str(team) for rows in found for team in rows.scalars()} - {TEAM, FOREIGN}
