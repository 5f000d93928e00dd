"""Channels that another organisation is in (Slack Connect): refused by default, and everybody is told why."""

from dataclasses import replace

import pytest

from bot.playground.model import ActError
from knowledge.library import Library
from tests.support.channels import asks, mentions, private, set_to, settings, shared_channel, shares
from tests.support.desk import Desk, action_ids, rating, running_desk, said
from tests.support.digests import add_channel, ask, form, kept, words

IRAN = "what did USIP advise about Iran?"
READS = "nother organisation reads along"


async def test_a_member_who_mentions_the_desk_is_told_why_not(desk: Desk) -> None:
    """Privately: that others read along, how to ask alone, and who can allow it."""
    await shared_channel(desk)
    told = await desk.mentions(IRAN)

    assert private(told, desk.slack.user, READS, "Ask with `/iraq`", "can allow public answers")
    assert action_ids(told) == ["channel_settings"]


async def test_a_guest_is_told_why_not(desk: Desk) -> None:
    """In a sentence that a stranger understands; nobody else sees it, and it leads nowhere."""
    lea = await shared_channel(desk)
    told = await mentions(lea, desk.slack.policy, IRAN)

    assert private(told, lea, "belongs to another organisation in this channel")
    assert action_ids(told) == []
    assert "settings" not in said(told)


async def test_a_command_is_answered_and_not_shared(desk: Desk) -> None:
    """Only the asker sees an answer; to share it, or a page, is refused with the reason."""
    lea = await shared_channel(desk)
    user = desk.slack.user
    with pytest.raises(ActError):  # Slack offers it to members of the workspace alone
        await lea.command(desk.slack.policy, f"/iraq {IRAN}")
    answer, page = await desk.asks(IRAN), await desk.asks("issues")
    refused = [await shares(user, answer), await shares(user, page)]

    assert "more_passages" in action_ids(answer)
    assert all(private(one, user, "Nothing was shared", READS) for one in refused)


async def test_it_can_be_allowed(desk: Desk) -> None:
    """Then members and guests are answered for everybody, sharing works, and a guest's press is answered alone."""
    lea = await shared_channel(desk)
    user = desk.slack.user
    shown = words(await settings(desk))
    await user.close(await user.next_view())
    told = await set_to(desk, outsiders=["allowed"])
    mine = await mentions(user, desk.slack.policy, IRAN)
    hers = await mentions(lea, desk.slack.policy, IRAN)
    await lea.press(hers, "more_passages")
    more = await lea.next_message()
    await lea.press(hers, "feedback", rating(hers, helpful=False))
    modal = await lea.next_view()
    shared = await shares(user, await asks(user, desk.slack.policy, IRAN))

    assert "The channel is shared with another organisation." in shown
    assert "answered in public although another organisation reads along" in told
    assert (mine.visible_to, hers.visible_to, shared.visible_to) == (None, None, None)
    assert private(more, lea, "Passages 4 to 6")
    assert await lea.submit(modal, {"feedback_reason": "other"}) == {}


async def test_a_guest_at_an_older_answer(desk: Desk) -> None:
    """A control of what was posted before the channel was shared tells a guest why it does nothing; members use it."""
    public = await desk.mentions(IRAN)
    lea = await shared_channel(desk)
    await lea.press(public, "more_passages")
    told = await desk.slack.wait_for(
        lambda: [one for one in desk.slack.messages(desk.slack.policy) if one.visible_to == lea.id]
    )
    await desk.slack.user.press(public, "more_passages")
    more = await desk.slack.user.next_message()

    assert len(told) == 1
    assert private(told[0], lea, "belongs to another organisation")
    assert private(more, desk.slack.user, "Passages 4 to 6")


async def test_off_says_no_more_to_a_guest(desk: Desk) -> None:
    """How the channel is set is its members' business."""
    lea = await shared_channel(desk)
    await set_to(desk, mode="off", outsiders=["allowed"])

    assert private(await mentions(lea, desk.slack.policy, IRAN), lea, "belongs to another organisation")


async def test_a_guest_may_not_change_the_settings(desk: Desk) -> None:
    """Not even one who created the channel, which may be the other organisation's."""
    lea = await shared_channel(desk)
    shared = desk.slack.workspace.channels[desk.slack.policy]
    desk.slack.workspace.update_channel(replace(shared, creator=lea.id))
    channels = desk.running.services.channels
    shown = await channels.form(desk.slack.policy, lea.id)

    assert "submit" not in shown


@pytest.mark.parametrize("why", ["missing_scope", "channel_not_found"])
async def test_what_slack_does_not_tell(desk: Desk, why: str) -> None:
    """Where nobody knows who reads along, nothing is shared, and what to do is said."""
    add_channel(desk, "C0000HIDDEN", "hidden", private=True, with_bot=False)
    user = desk.slack.user
    if why == "missing_scope":
        desk.slack.faults.refuse("conversations.info", "missing_scope")
    refused = await shares(user, await asks(user, "C0000HIDDEN", IRAN))
    await user.invite("C0000HIDDEN")
    await user.next_message()  # the bot says hello
    shared = await shares(user, await asks(user, "C0000HIDDEN", IRAN))

    assert private(refused, user, "Slack does not tell me", "/invite @Iraq Desk")
    assert shared.visible_to is None


async def test_the_digest_is_refused_too(desk: Desk) -> None:
    """By words and by the form, until the settings allow it."""
    await shared_channel(desk)
    user = desk.slack.user
    by_words = await ask(user, desk.slack.policy, "on")
    view = await form(desk)
    errors = await user.submit(view, {"digest_channel": desk.slack.policy})
    await user.close(view)
    nothing = await kept(desk)
    await set_to(desk, outsiders=["allowed"])
    now = await ask(user, desk.slack.policy, "on")

    assert private(by_words, user, READS, "/iraq settings")
    assert READS in errors["channel"]
    assert nothing is None
    assert "is on." in said(now)


async def test_a_digest_rests_when_its_channel_is_shared(desk: Desk) -> None:
    """Nothing is posted where others would read it; the owner is told, and it goes on once the settings allow it."""
    user, policy = desk.slack.user, desk.slack.policy
    await ask(user, policy, "on")
    await shared_channel(desk)
    told = await desk.slack.wait_for(lambda: desk.slack.messages(user.direct_channel))
    status = await ask(user, policy, "status")
    refused = await ask(user, policy, "resume")
    await set_to(desk, outsiders=["allowed"])
    resumed = await ask(user, policy, "resume")

    assert "shared with another organisation" in told[0].text
    assert "`/iraq settings`" in told[0].text
    assert "*Paused:* the channel was shared with another organisation" in said(status)
    assert READS in said(refused)
    assert "is on." in said(resumed)


async def test_a_digest_goes_on_where_that_is_allowed(desk: Desk) -> None:
    """Who allowed it before need do nothing when the channel is shared."""
    await set_to(desk, outsiders=["allowed"])
    await ask(desk.slack.user, desk.slack.policy, "on")
    await shared_channel(desk)
    await desk.slack.settled()
    found = await kept(desk)

    assert found is not None
    assert found.paused is None


async def test_a_channel_with_another_id(desk: Desk) -> None:
    """A private channel that is being shared gets a new id; its settings and its digest are there under it."""
    services, new = desk.running.services, "C0000NEWID1"
    await set_to(desk, mode="mentions")
    await ask(desk.slack.user, desk.slack.policy, "on")
    changed = {"type": "channel_id_changed", "old_channel_id": desk.slack.policy, "new_channel_id": new}
    desk.slack.user.stage.events.send("channel_id_changed", changed)
    await desk.slack.settled()
    await services.inbox._queue.join()  # noqa: SLF001 - until it is done, of which Slack sees nothing

    assert services.channels.policy(new).mode == "mentions"
    assert await kept(desk) is None
    assert await kept(desk, new) is not None
    assert services.channels.policy(desk.slack.policy).mode == "on"


async def test_the_workspace_is_the_one_of_the_token(library: Library) -> None:
    """In a shared channel Slack may name the other organisation's workspace; the settings hold all the same."""
    async with running_desk(library=library) as desk:
        await set_to(desk, mode="off")
        channels = desk.running.services.channels

        assert channels.is_ours(None)
        assert not channels.is_ours("T0OTHERORG1")
        assert channels.policy(desk.slack.policy).mode == "off"
