"""`/iraq settings`: how the desk behaves in a channel, and who may say so."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.channels.policy import Mode, Policy, Sharers
from bot.playground.model import BOT_USER
from bot.storage.channels import Channels
from knowledge.library import Library
from tests.support.channels import asks, kept, mentions, private, set_to, settings, shares
from tests.support.desk import Desk, action_ids, element_of, running_desk, said
from tests.support.digests import TEAM, Posts, add_channel, ask, demote, digest_desk, element, hide, words
from tests.support.digests import kept as kept_digest

IRAN = "what did USIP advise about Iran?"
OIL = "how much oil does the kurdistan pipeline export"
MILITIAS = "who controls the PMF?"
OFF = "The desk is off in <#"


# -- the form ---------------------------------------------------------------------------------------------------------


async def test_the_form_opens_at_once_with_the_usual(desk: Desk) -> None:
    """Prefilled: on, all topics, everyone shares, nobody from outside; it says that nobody set it and who may."""
    view = await settings(desk)

    assert element(view, "mode")["initial_option"]["value"] == "on"
    assert "initial_options" not in element(view, "topics")
    assert len(element(view, "topics")["options"]) == len(desk.running.services.library.corpus.topics)
    assert element(view, "sharers")["initial_option"]["value"] == "everyone"
    assert "initial_options" not in element(view, "outsiders")
    assert f"Settings of <#{desk.slack.policy}>. They are the usual ones; nobody has changed them." in words(view)
    assert "creator, workspace admins and whoever set them last can change them" in words(view)
    assert [call.method for call in desk.slack.calls if call.method.startswith("views.")] == ["views.open"]


async def test_what_was_chosen_is_kept(desk: Desk) -> None:
    """Every input ends in the database; the modal tells all of it in words, and the next form holds it."""
    told = await set_to(desk, mode="mentions", topics=["energy-oil", "iran"], sharers="setters", outsiders=["allowed"])
    found = await kept(desk)
    again = await settings(desk)

    assert found is not None
    assert replace(found, set_at=None) == Policy(
        Mode.MENTIONS, frozenset({"energy-oil", "iran"}), Sharers.SETTERS, outsiders=True, set_by=desk.slack.user.id
    )
    assert f"Saved for <#{desk.slack.policy}>." in told
    assert "*Where the desk answers:* to mentions only" in told
    assert desk.running.services.library.corpus.topics["energy-oil"].title in told
    assert "*Who may share answers here:* those who may change these settings" in told
    assert "Set by *Dana*, <!date^" in words(again)
    assert element(again, "mode")["initial_option"]["value"] == "mentions"
    assert {option["value"] for option in element(again, "topics")["initial_options"]} == {"energy-oil", "iran"}
    assert element(again, "outsiders")["initial_options"][0]["value"] == "allowed"


async def test_settings_are_of_one_channel(desk: Desk) -> None:
    """By its id: another channel stays as it was, and a renamed one keeps them."""
    await set_to(desk, mode="off")
    other = await asks(desk.slack.user, desk.slack.general, IRAN)
    await desk.slack.user.rename(desk.slack.policy, "iraq-only")
    here = await desk.asks(IRAN)

    assert "more_passages" in action_ids(other)
    assert private(here, desk.slack.user, OFF)


async def test_slips_of_the_word_open_the_form_too(desk: Desk) -> None:
    """`setings` is `settings`."""
    await desk.slack.user.command(desk.slack.policy, "/iraq Setings")

    assert (await desk.slack.user.next_view()).payload["callback_id"] == "channel_settings"


async def test_in_a_direct_message_there_is_no_channel_to_set(desk: Desk) -> None:
    """By command or in words, a sentence says where to type it."""
    user = desk.slack.user
    by_command = await asks(user, user.direct_channel, "settings")
    in_words = await desk.writes("settings")

    assert "Type `/iraq settings` in the one that you mean." in said(by_command)
    assert said(in_words) == said(by_command)
    assert user.view is None


async def test_a_mention_gets_the_button_that_opens_them(desk: Desk) -> None:
    """A mention can open no form, so a private button does."""
    user = desk.slack.user
    offered = await desk.mentions("settings")
    await user.press(offered, "channel_settings")

    assert offered.visible_to == user.id
    assert element(await user.next_view(), "mode")["initial_option"]["value"] == "on"


async def test_a_submission_that_slack_delivers_twice(desk: Desk) -> None:
    """The second changes nothing and is no error."""
    view = await settings(desk)
    desk.slack.faults.duplicate()
    errors = await desk.slack.user.submit(view, {"channel_mode": "off"})
    await desk.slack.settled()

    assert errors == {}
    assert "Saved for" in words(await desk.slack.user.next_view())


async def test_a_choice_that_does_not_exist(desk: Desk) -> None:
    """A value that is none is refused at its place, and nothing is saved."""
    view = await settings(desk)
    forged = {"text": {"type": "plain_text", "text": "Loud"}, "value": "loud"}
    modes = await desk.slack.user.submit(view, {"channel_mode": forged})
    sharers = await desk.slack.user.submit(view, {"channel_sharers": forged})

    assert (list(modes), list(sharers)) == (["mode"], ["sharers"])
    assert await kept(desk) is None


# -- who may ----------------------------------------------------------------------------------------------------------


async def test_others_may_look(desk: Desk) -> None:
    """Who may not change them sees what is set and who may; there is nothing to submit, and nobody is pinged."""
    omar = desk.slack.as_user(desk.slack.colleague)
    await set_to(desk, mode="mentions")
    view = await settings(desk, omar)
    await omar.close(view)
    add_channel(desk, "C0000OTHERS", "others")
    channel = desk.slack.workspace.channels["C0000OTHERS"]
    desk.slack.workspace.update_channel(replace(channel, creator=BOT_USER))
    await set_to(desk, channel="C0000OTHERS", mode="off")
    other = await settings(desk, omar, "C0000OTHERS")

    assert view.payload.get("submit") is None
    assert "to mentions only" in words(view)
    assert "These can change them: Dana (created the channel), workspace admins." in words(view)
    assert "Iraq Desk (created the channel), Dana (set them last), workspace admins." in words(other)
    assert "<@" not in words(view)


async def test_the_creator_may(desk: Desk) -> None:
    """Whoever made the channel sets it, admin or not."""
    desk.slack.workspace.add_channel(
        "C0000OMARS1",
        "omars",
        "channel",
        {desk.slack.user.id, desk.slack.colleague, BOT_USER},
        creator=desk.slack.colleague,
    )
    omar = desk.slack.as_user(desk.slack.colleague)
    told = await set_to(desk, omar, "C0000OMARS1", mode="off")

    assert "off in this channel" in told


async def test_whoever_set_it_last_may_change_it_again(desk: Desk) -> None:
    """An admin who is none any more still answers for what they set."""
    add_channel(desk, "C0000OTHERS", "others")
    channel = desk.slack.workspace.channels["C0000OTHERS"]
    desk.slack.workspace.update_channel(replace(channel, creator=desk.slack.colleague))
    await set_to(desk, channel="C0000OTHERS", mode="off")
    demote(desk)
    told = await set_to(desk, channel="C0000OTHERS", mode="on")
    elsewhere = replace(desk.slack.workspace.channels[desk.slack.general], creator=desk.slack.colleague)
    desk.slack.workspace.update_channel(elsewhere)
    view = await settings(desk, channel=desk.slack.general)

    assert "to `/iraq`, shortcuts and mentions" in told
    assert view.payload.get("submit") is None


async def test_what_slack_does_not_tell_counts_as_no(desk: Desk) -> None:
    """Without users:read no admin is known, and where the bot is not, no creator; the sheet says what to do."""
    omar = desk.slack.as_user(desk.slack.colleague)
    add_channel(desk, "C0000HIDDEN", "hidden", private=True, with_bot=False)
    desk.slack.scopes.discard("users:read")
    his = await settings(desk, omar)
    hidden = await settings(desk, channel="C0000HIDDEN")
    await desk.slack.user.close(hidden)
    hers = await settings(desk)

    assert "Slack did not tell me who is an admin" in words(his)
    assert (his.payload.get("submit"), hidden.payload.get("submit")) == (None, None)
    assert "/invite @Iraq Desk" in words(hidden)
    assert hers.payload["submit"]["text"] == "Save"  # she created it


async def test_a_slow_slack_loses_no_input(desk: Desk) -> None:
    """When it does not tell in time who submits, the form stays and says to try again."""
    add_channel(desk, "C0000OTHERS", "others")
    channel = desk.slack.workspace.channels["C0000OTHERS"]
    desk.slack.workspace.update_channel(replace(channel, creator=desk.slack.colleague))
    view = await settings(desk, channel="C0000OTHERS")
    desk.slack.faults.delay("users.info", 1.5)
    errors = await desk.slack.user.submit(view, {"channel_mode": "off"})
    again = await desk.slack.user.submit(view, {"channel_mode": "off"})

    assert "nothing was changed. Try again" in errors["mode"]
    assert again == {}
    assert await kept(desk, "C0000OTHERS") is not None


async def test_rights_are_looked_at_when_it_is_saved(desk: Desk) -> None:
    """Who lost them while the form was open changes nothing, and reads why."""
    add_channel(desk, "C0000OTHERS", "others")
    channel = desk.slack.workspace.channels["C0000OTHERS"]
    desk.slack.workspace.update_channel(replace(channel, creator=desk.slack.colleague))
    view = await settings(desk, channel="C0000OTHERS")
    demote(desk)
    await desk.slack.user.submit(view, {"channel_mode": "off"})

    assert "These can change them: Omar (created the channel), workspace admins." in words(
        await desk.slack.user.next_view()
    )
    assert await kept(desk, "C0000OTHERS") is None


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

        assert "The weekly digest still comes to this channel" in words(shown)
        assert said(digest).startswith("U.S.-Iraq weekly")
        assert await kept_digest(desk) is None
        assert "digest still comes" not in await set_to(desk, mode="off")


# -- what befalls channels, replicas and the database -----------------------------------------------------------------


async def test_another_replica_obeys_soon(library: Library, tmp_path: Path) -> None:
    """What one process saves, another obeys without a restart; what others would see it obeys at once."""
    url = f"sqlite:///{tmp_path / 'desk.sqlite3'}"
    async with running_desk(library=library, database_url=url) as desk:
        channels = desk.running.services.channels
        table: Channels = channels._channels  # noqa: SLF001
        await table.save(TEAM, desk.slack.policy, Policy(Mode.OFF, set_by="U1", set_at=1))
        by_mention = await desk.mentions(IRAN)
        async with asyncio.timeout(20):
            while channels.policy(desk.slack.policy).mode is Mode.ON:  # noqa: ASYNC110 - nothing tells of it
                await asyncio.sleep(0.05)
        by_command = await asks(desk.slack.user, desk.slack.policy, IRAN)

        assert private(by_mention, desk.slack.user, OFF)
        assert private(by_command, desk.slack.user, OFF)


async def test_a_desk_that_starts_knows_the_settings(library: Library, tmp_path: Path) -> None:
    """From the first question on."""
    url = f"sqlite:///{tmp_path / 'desk.sqlite3'}"
    async with running_desk(library=library, database_url=url) as desk:
        await set_to(desk, mode="off")
    async with running_desk(library=library, database_url=url) as desk:
        assert OFF in said(await desk.asks(IRAN))


async def test_a_database_that_is_down(library: Library, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The form says to try again; what was last known holds for commands; nothing is posted on a guess."""
    file = tmp_path / "desk.sqlite3"
    async with running_desk(library=library, database_url=f"sqlite:///{file}") as desk:
        user = desk.slack.user
        private_answer = await desk.asks(IRAN)
        view = await settings(desk)
        await hide(file, "channel")
        await desk.running.services.channels.keep_fresh()
        await desk.running.services.channels.keep_fresh()
        errors = await user.submit(view, {"channel_mode": "off"})
        await user.close(view)
        told = await asks(user, desk.slack.policy, "settings")
        shared = await shares(user, private_answer)
        answered = await asks(user, desk.slack.policy, IRAN)
        await hide(file, "channel", back=True)

        assert [record.message for record in caplog.records if "last known ones hold" in record.message][1:] == []
        assert "cannot be reached right now, and nothing was changed" in errors["mode"]
        assert "cannot be reached right now" in said(told)
        assert private(shared, user, "reference")
        assert "more_passages" in action_ids(answered)
        assert await kept(desk) is None


async def test_a_deleted_channel_is_forgotten_and_an_archived_one_kept(desk: Desk) -> None:
    """Who opens an archived channel again finds it as it was; of a deleted one no row remains."""
    user = desk.slack.user
    add_channel(desk, "C0000TRIAL1", "trial")
    await set_to(desk, channel="C0000TRIAL1", mode="off")
    await user.archive("C0000TRIAL1")
    await desk.slack.settled()
    archived = await kept(desk, "C0000TRIAL1")
    user.stage.events.send("channel_deleted", {"type": "channel_deleted", "channel": "C0000TRIAL1"})
    await desk.slack.settled()

    assert archived is not None
    assert await kept(desk, "C0000TRIAL1") is None
    assert desk.running.services.channels.policy("C0000TRIAL1").mode is Mode.ON
