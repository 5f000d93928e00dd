"""The Messages tab, with agents and without, and the hello to whoever invites the bot."""

from typing import Any

import pytest

from bot.manifest import manifest
from bot.playground.workspace import OTHER_BOT
from bot.slack.agent import Agent
from bot.slack.replies import Place
from bot.texts import conversation as texts
from bot.texts.manifest import PROMPTS as SUGGESTED
from knowledge.library import Library
from tests.support.desk import Desk, running_desk, said

QUESTION = "how many people were displaced in 2020?"
PROMPTS = "assistant.threads.setSuggestedPrompts"
STATUS = "assistant.threads.setStatus"


def without_agent() -> dict[str, Any]:
    """The manifest of a workspace whose plan has no agents."""
    app = manifest()
    app["features"].pop("agent_view", None)
    app["oauth_config"]["scopes"]["bot"].remove("assistant:write")
    return app


def calls(desk: Desk, method: str) -> list[str | None]:
    """The errors (None: none) of the calls of a method."""
    return [call.error for call in desk.slack.calls if call.method == method]


async def opens_messages(desk: Desk) -> None:
    """Dana opens the Messages tab, and what comes of it has come."""
    await desk.slack.user.open_home("messages")
    await desk.slack.settled()


async def test_prompts_and_a_welcome(desk: Desk) -> None:
    """Who opens the Messages tab finds up to four prompts, and the first time a welcome."""
    await opens_messages(desk)
    welcome = await desk.slack.user.next_message()
    prompts = desk.slack.workspace.prompts[desk.slack.user.direct_channel]

    assert [(one["title"], one["message"]) for one in prompts] == list(SUGGESTED)
    assert 1 <= len(prompts) <= 4
    assert texts.WELCOME in said(welcome)
    assert (welcome.channel, welcome.thread_ts) == (desk.slack.user.direct_channel, None)


async def test_every_prompt_is_answered(desk: Desk) -> None:
    """What the bot itself proposes to ask has an answer."""
    for _, message in SUGGESTED:
        reply = await desk.writes(message)

        assert "No passage in the corpus" not in said(reply)
        assert "This may not be the answer" not in said(reply)


async def test_the_welcome_comes_once(desk: Desk) -> None:
    """Opened again, delivered twice, opened twice at once: one welcome each for two people."""
    omar = desk.slack.as_user(desk.slack.colleague)
    desk.slack.faults.duplicate(times=2)
    for _ in range(3):
        await desk.slack.user.open_home("messages")
        await omar.open_home("messages")
    await desk.slack.settled()

    for channel in (desk.slack.user.direct_channel, omar.direct_channel):
        assert [texts.WELCOME in said(one) for one in desk.slack.messages(channel)] == [True]


async def test_a_refused_welcome_comes_later(desk: Desk) -> None:
    """When Slack did not take it, it comes when the tab is opened again; and the refusal bothers nobody."""
    desk.slack.faults.refuse("chat.postMessage", "internal_error")
    await opens_messages(desk)
    assert desk.slack.messages(desk.slack.user.direct_channel) == []
    await opens_messages(desk)

    assert [texts.WELCOME in said(one) for one in desk.slack.messages(desk.slack.user.direct_channel)] == [True]


async def test_quick_work_needs_no_status(desk: Desk) -> None:
    """Work that ends before anybody gets impatient, well or badly, makes no call."""
    agent = Agent(desk.running.client, patience=3600)
    place = Place(desk.slack.user.direct_channel, desk.slack.user.id, "1.0")
    async with agent.working(place, texts.STATUS):
        pass
    with pytest.raises(ZeroDivisionError):
        async with agent.working(place, texts.STATUS):
            raise ZeroDivisionError

    assert calls(desk, STATUS) == []


@pytest.mark.parametrize("late", [False, True], ids=["while it waits", "after it has come"])
async def test_a_slow_answer_has_a_status(desk: Desk, late: bool) -> None:  # noqa: FBT001 - a case
    """Work that takes long shows what is going on, in its thread, and no longer than that, even when Slack is slow there."""
    desk.slack.faults.delay("chat.postMessage", 0.9)
    if late:
        desk.slack.faults.delay(STATUS, 0.8)
    user, workspace = desk.slack.user, desk.slack.workspace
    asked = await user.say(user.direct_channel, QUESTION)
    if not late:
        shown = await desk.slack.wait_for(lambda: dict(workspace.statuses))
        assert shown == {(user.direct_channel, asked.ts): texts.STATUS}
    reply = await user.next_message()
    await desk.slack.settled()

    assert "1.39 million" in said(reply)
    assert calls(desk, STATUS) == [None, None]
    assert workspace.statuses == {}


@pytest.mark.parametrize("trouble", ["refuse", "server_error", "drop"])
async def test_trouble_with_status_and_prompts_is_no_trouble(desk: Desk, trouble: str) -> None:
    """A status or prompts that fail change nothing of the answer and of the welcome."""
    faults = desk.slack.faults
    for method in (STATUS, PROMPTS):
        if trouble == "refuse":
            faults.refuse(method, "feature_not_enabled")
        else:
            getattr(faults, trouble)(method)
    faults.delay("chat.postMessage", 0.6)
    reply = await desk.writes(QUESTION)
    await opens_messages(desk)
    welcome = await desk.slack.user.next_message()

    assert "1.39 million" in said(reply)
    assert texts.WELCOME in said(welcome)
    assert len(calls(desk, "chat.postMessage")) == 2


async def test_without_agents_all_else_is_the_same(library: Library) -> None:
    """Without the scope there are no prompts and no status, one try finds that out, and everything else works."""
    async with running_desk(library=library, app=without_agent()) as desk:
        for _ in range(3):
            await opens_messages(desk)
        welcome = await desk.slack.user.next_message()
        desk.slack.faults.delay("chat.postMessage", 0.6)
        first = await desk.writes(QUESTION)
        second = await desk.writes("what about 2025?", first.thread_ts)

        assert texts.WELCOME in said(welcome)
        assert "1.39 million" in said(first)
        assert "About one million" in second.text
        assert calls(desk, PROMPTS) == ["missing_scope"]
        assert calls(desk, STATUS) == []


async def test_who_invites_it_is_told_how_it_behaves(desk: Desk) -> None:
    """One short hello to the inviter alone, and nothing for anybody else in the channel."""
    await desk.slack.user.invite(desk.slack.general)
    hello = await desk.slack.user.next_message()
    await desk.slack.settled()

    assert hello.visible_to == desk.slack.user.id
    assert hello.channel == desk.slack.general
    assert all(word in said(hello) for word in ("only when somebody mentions me", "`/iraq digest`", "`/iraq settings`"))
    assert [call.method for call in desk.slack.calls if call.method.startswith("chat.")] == ["chat.postEphemeral"]


async def test_the_hello_comes_once_a_channel_and_inviter(desk: Desk) -> None:
    """Invited again by the same person it says nothing; another person is told too."""
    general, omar = desk.slack.general, desk.slack.as_user(desk.slack.colleague)
    desk.slack.faults.duplicate()
    for inviter in (desk.slack.user, desk.slack.user, omar):
        await inviter.invite(general)
        await desk.slack.settled()
        await inviter.remove(general)
        await desk.slack.settled()
    told = [call.payload["user"] for call in desk.slack.calls if call.method == "chat.postEphemeral"]

    assert told == [desk.slack.user.id, omar.id]


async def test_others_who_join_are_left_alone(desk: Desk) -> None:
    """That somebody else comes into a channel is no business of the bot's."""
    await desk.slack.user.remove(desk.slack.policy, OTHER_BOT)
    await desk.slack.user.invite(desk.slack.policy, OTHER_BOT)
    await desk.slack.settled()

    assert [call.method for call in desk.slack.calls if call.method.startswith("chat.")] == []
