"""Payloads with wrong ids, missing fields, expired triggers, stale messages, strangers and nonsense.

Always a private plain answer; or, when a payload names nobody to answer, an acknowledgement and a line in the log. Never a
500, never a wrong person's data. `IRAQ_DESK_TEST_PAYLOADS` says how many are tried: `make fuzz` tries 20,000.
"""

import json
import logging
import os
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

import pytest
from pydantic import SecretStr
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.response import BoltResponse
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.app import Runtime, runtime
from bot.listeners import events, fates, tables
from bot.listeners.payloads import reachable
from bot.publisher import EVENT_TYPE
from bot.receiver import SocketHandler
from bot.settings import Settings
from bot.storage.subscriptions import Subscriptions
from bot.texts import subscription as texts
from bot.views.ids import ActionId
from knowledge.library import Library
from tests.contracts.test_subscriptions import ONE
from tests.support.desk import Desk, rating, running_desk
from tests.support.digests import ask, element, form
from tests.support.payloads import FOREIGN, Case, Json, cases, everything, slim
from tests.support.rows import TABLES, count, fill
from tests.support.wire import CHANNELS, PEOPLE, TEAM, Sent, Wire, wired

NUMBER: Final = int(os.environ.get("IRAQ_DESK_TEST_PAYLOADS", "2000"))
SECRET: Final = "Antarctica/Troll"  # the zone of the other workspace's digest, in a channel of the same id
TOLD: Final = texts.TOLD.partition("{")[0]  # the owner of a digest that rests, a moment after its channel was closed
READS: Final = {"users.info", "conversations.info", "auth.test"}
# What somebody waits for. A shortcut is acknowledged alone until its surface is there: then both belong to these.
AWAITED: Final = {"block_actions", "block_suggestion", "view_submission"}


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a payload."""

    case: Case
    response: BoltResponse
    sent: list[Sent]
    logged: list[str]

    @property
    def payload(self) -> Json:
        """What was sent to the bot."""
        return self.case.payload


@pytest.fixture(name="good")
async def _good(library: Library) -> list[Json]:
    """What a person's acts send: every kind of payload that the desk gets."""
    async with running_desk(library=library) as desk:
        await use(desk)
        await desk.slack.settled()
        return [slim(one.payload) for one in desk.slack.deliveries]


async def use(desk: Desk) -> None:
    """Ask everywhere, press what there is, fill in the forms, look at Home."""
    user, policy = desk.slack.user, desk.slack.policy
    private = await desk.asks("who is Sistani?")
    public = await desk.mentions("what did USIP advise about Iran?")
    direct = await desk.writes("who controls the PMF?")
    page = await desk.asks("issues")
    assert page.visible_to == user.id
    for message in (private, public, direct):
        await user.press(message, "feedback", rating(message, helpful=True))
        await user.next_message()
    await user.press(private, "more_passages")
    await user.next_message()
    await user.press(public, "feedback", rating(public, helpful=False))
    reason = await user.next_view()
    await user.submit(reason, {"feedback_reason": element(reason, "reason")["options"][0]["value"]})
    await user.close(user.views[-1])
    settings = await form(desk)
    await user.suggestions(settings, "digest_zone", "bagh")
    await user.submit(settings, {"digest_channel": policy})
    await user.close(user.views[-1])
    await user.open_home()
    await ask(user, policy, "off")


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
        lines = [record.getMessage() for record in caplog.records[logged:]]
        tried = Tried(case, response, wire.sent[sent:], lines)
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
    if not is_answered(tried, body):
        yield "no answer"


def is_rightful(sent: Sent, payload: Json) -> bool:
    """Whether a call concerns whoever the payload came from, and nobody else."""
    given, people = sent.arguments, senders(payload)
    own: dict[str, bool] = {
        "response_url": given.get("url") == payload.get("response_url"),
        "chat.postEphemeral": given.get("user") in people,
        "chat.postMessage": given.get("channel") in people or is_public(given, payload),
        "views.open": given.get("trigger_id") == payload.get("trigger_id"),
        "views.publish": given.get("user_id") in people,
        "views.update": given.get("view_id") == part_of(payload, "container").get("view_id"),
    }
    return sent.method in READS or own.get(sent.method, False)


def is_public(given: Json, payload: Json) -> bool:
    """A digest that somebody wanted now, what its owner is told, or the answer to a mention where it was made."""
    if "metadata" in given:
        return bool(given["metadata"]["event_type"] == EVENT_TYPE)
    if str(given.get("text")).startswith(TOLD):
        return given["channel"] in PEOPLE
    return payload.get("type") == "event_callback" and bool(
        given.get("channel") == part_of(payload, "event").get("channel")
    )


def senders(payload: Json) -> set[object]:
    """Whoever sent a payload, wherever the kind names them."""
    named = [payload.get("user_id"), part_of(payload, "event").get("user"), part_of(payload, "user").get("id")]
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
    if kind not in AWAITED:
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
