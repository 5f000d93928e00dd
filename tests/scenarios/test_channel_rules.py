"""What the settings of a channel forbid: off, mentions only, topics, who may share; and what they do not bind."""

import pytest

from knowledge.library import Library
from tests.support.channels import asks, mentions, private, set_to, settings, shares
from tests.support.desk import Desk, action_ids, element_of, said
from tests.support.digests import Posts, ask, digest_desk, words
from tests.support.digests import kept as kept_digest

IRAN = "what did USIP advise about Iran?"
OIL = "how much oil does the kurdistan pipeline export"
MILITIAS = "who controls the PMF?"
OFF = "The desk is off in <#"


# -- off, and mentions only -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [IRAN, "issues", "who sadr", "source nobody-2021"])
async def test_off_means_off(desk: Desk, text: str) -> None:
    """Questions and pages, by command and by mention, get one private sentence that says who can turn it on."""
    await set_to(desk, mode="off")
    user = desk.slack.user
    by_command = await asks(user, desk.slack.policy, text)
    by_mention = await mentions(user, desk.slack.policy, text)
    await desk.slack.settled()

    assert private(by_command, user, OFF, "creator, workspace admins and whoever turned it off")
    assert private(by_mention, user, OFF)
    assert action_ids(by_command) == action_ids(by_mention) == ["channel_settings"]
    assert [one for one in desk.slack.messages(desk.slack.policy) if one.is_from_app() and not one.visible_to] == []


async def test_off_binds_what_was_answered_before(desk: Desk) -> None:
    """The controls of older answers say so too, private or public; rating one still works."""
    user, omar = desk.slack.user, desk.slack.as_user(desk.slack.colleague)
    mine, page = await desk.asks(IRAN), await desk.asks("issues")
    public = await desk.mentions(IRAN)
    await set_to(desk, mode="off")
    shared = [await shares(user, mine), await shares(user, page)]
    await omar.press(public, "more_passages")
    more = await omar.next_message()
    while more.visible_to is None:
        more = await omar.next_message()
    await omar.press(public, "feedback", element_of(public, "feedback")["positive_button"]["value"])
    thanks = await omar.next_message()

    assert all(private(one, user, OFF) for one in shared)
    assert private(more, omar, OFF)
    assert private(thanks, omar, "Thank you")


async def test_what_is_not_bound(desk: Desk) -> None:
    """Help, settings, the digest's words and direct messages work where the desk is off."""
    await set_to(desk, mode="off")
    user = desk.slack.user

    assert "Where to ask" in said(await asks(user, desk.slack.policy, "help"))
    assert "no digest in" in said(await ask(user, desk.slack.policy, "status"))
    assert "Where to ask" in said(await mentions(user, desk.slack.policy, "help"))
    assert "more_passages" in action_ids(await desk.writes(IRAN))
    assert (await settings(desk)).payload["submit"]["text"] == "Save"


async def test_mentions_only(desk: Desk) -> None:
    """A command is refused with how to ask instead; a mention is answered for everybody, and its controls work."""
    await set_to(desk, mode="mentions")
    user = desk.slack.user
    by_command = await asks(user, desk.slack.policy, IRAN)
    by_mention = await mentions(user, desk.slack.policy, IRAN)
    await user.press(by_mention, "more_passages")
    more = await user.next_message()

    assert private(by_command, user, "answers mentions only", "@Iraq Desk")
    assert by_mention.visible_to is None
    assert private(more, user, "Passages 4 to 6")


async def test_a_refusal_opens_the_settings(desk: Desk) -> None:
    """The button in it leads to the form, and for others to what is set; after a change the desk answers."""
    await set_to(desk, mode="off")
    omar = desk.slack.as_user(desk.slack.colleague)
    await omar.press(await asks(omar, desk.slack.policy, IRAN), "channel_settings")
    his = await omar.next_view()
    refused = await desk.asks(IRAN)
    await desk.slack.user.press(refused, "channel_settings")
    hers = await desk.slack.user.next_view()
    await desk.slack.user.submit(hers, {"channel_mode": "on"})

    assert his.payload.get("submit") is None
    assert "nowhere; it is off in this channel" in words(his)
    assert "more_passages" in action_ids(await asks(omar, desk.slack.policy, IRAN))


# -- topics and sharing -----------------------------------------------------------------------------------------------


async def test_topics_bind_what_everybody_sees(desk: Desk) -> None:
    """A mention on another topic is told privately what the channel is set to, and what the question is about."""
    await set_to(desk, topics=["energy-oil"])
    user, titles = desk.slack.user, desk.running.services.library.corpus.topics
    other = await mentions(user, desk.slack.policy, MILITIAS)
    page = await mentions(user, desk.slack.policy, "issues militias")
    own = await mentions(user, desk.slack.policy, OIL)
    own_page = await mentions(user, desk.slack.policy, "issues energy")
    unknown = await mentions(user, desk.slack.policy, "how do I bake sourdough bread?")

    assert private(
        other, user, f"is set to *{titles['energy-oil'].title}*", titles["militias-pmf"].title, "with `/iraq`"
    )
    assert private(page, user, f"is set to *{titles['energy-oil'].title}*")
    assert (own.visible_to, own_page.visible_to, unknown.visible_to) == (None, None, None)
    assert "No passage in the corpus answers this" in said(unknown)


async def test_topics_leave_private_answers_alone(desk: Desk) -> None:
    """What only the asker sees is answered on any topic; to share it is refused."""
    await set_to(desk, topics=["energy-oil"])
    user = desk.slack.user
    other = await asks(user, desk.slack.policy, MILITIAS)
    refused = await shares(user, other)
    own = await shares(user, await asks(user, desk.slack.policy, OIL))

    assert "more_passages" in action_ids(other)
    assert private(refused, user, "Nothing was shared", "is set to")
    assert own.visible_to is None


@pytest.mark.parametrize("text", [IRAN, "issues"])
async def test_nobody_shares(desk: Desk, text: str) -> None:
    """The button is not there; one of an older answer says why."""
    user = desk.slack.user
    older = await asks(user, desk.slack.policy, text)
    await set_to(desk, sharers="nobody")
    newer = await asks(user, desk.slack.policy, text)
    refused = await shares(user, older)

    assert not {"share_answer", "register_share"} & set(action_ids(newer))
    assert private(refused, user, "nobody shares answers there")


@pytest.mark.parametrize("text", [IRAN, "issues"])
async def test_only_those_who_may_change_the_settings_share(desk: Desk, text: str) -> None:
    """Omar is told why not, and Dana shares."""
    await set_to(desk, sharers="setters")
    dana, omar = desk.slack.user, desk.slack.as_user(desk.slack.colleague)
    his = await shares(omar, await asks(omar, desk.slack.policy, text))
    hers = await shares(dana, await asks(dana, desk.slack.policy, text))

    assert private(his, omar, "only the channel’s creator, workspace admins and whoever changed its settings last")
    assert hers.visible_to is None


async def test_no_sharing_in_a_direct_message(desk: Desk) -> None:
    """There is nobody to share with, or nobody that Slack tells of."""
    user = desk.slack.user

    assert "share_answer" not in action_ids(await asks(user, user.direct_channel, IRAN))
    assert "register_share" not in action_ids(await asks(user, user.direct_channel, "issues"))


# -- the digest -------------------------------------------------------------------------------------------------------


async def test_the_digest_has_its_own_switch(library: Library) -> None:
    """A channel that is off still gets its digest; the modal says so and offers to stop it, and that stops it."""
    async with digest_desk(library=library) as (desk, _):
        user = desk.slack.user
        await ask(user, desk.slack.policy, "on")
        await user.submit(await settings(desk), {"channel_mode": "off"})
        shown = await user.next_view()
        await user.press(await ask(user, desk.slack.policy, "now"), "digest_now")
        (digest,) = await Posts(desk, desk.slack.policy).wait(1)
        await user.press(shown, "digest_off")
        await desk.slack.wait_for(lambda: user.view and "is off." in words(user.view))
        await user.close(await user.next_view())

        assert "The digest still comes to this channel" in words(shown)
        assert said(digest).startswith("U.S.-Iraq weekly")
        assert await kept_digest(desk) is None
        assert "digest still comes" not in await set_to(desk, mode="off")
