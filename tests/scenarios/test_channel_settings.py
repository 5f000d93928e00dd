"""`/iraq settings`: how the desk behaves in a channel, and who may say so."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.channels.policy import Mode, Policy, Sharers
from bot.playground.model import BOT_USER
from bot.storage.channels import Channels
from knowledge.library import Library
from tests.support.channels import asks, kept, private, set_to, settings, shares
from tests.support.desk import Desk, action_ids, running_desk, said
from tests.support.digests import TEAM, add_channel, demote, element, hide, words

IRAN = "what did USIP advise about Iran?"
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
    user = desk.slack.user
    view = await settings(desk)
    desk.slack.faults.duplicate()
    errors = await user.submit(view, {"channel_mode": "off"})
    shown = await desk.slack.wait_for(
        lambda: user.view if user.view and "Saved for" in words(user.view) else None, timeout=20
    )
    await desk.slack.settled(timeout=20)

    assert errors == {}
    assert user.view == shown


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
