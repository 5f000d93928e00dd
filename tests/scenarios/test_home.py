"""The Home tab in Slack: whole and at once, its owner's alone, fresh after every change, and a way into the register."""

import asyncio
import dataclasses
import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.policy import Mode
from bot.digests.overview import MOST, Overview
from bot.homes import Homes
from bot.listeners.payloads import Press
from bot.listeners.tables import ACTIONS
from bot.playground.model import View
from bot.slack.directory import Directory
from bot.slack.replies import Place
from bot.texts import channels as channel_texts
from bot.texts import common
from bot.texts import help as help_texts
from bot.texts import home as texts
from bot.texts import manifest as manifest_texts
from bot.texts import register as register_texts
from bot.views.ids import ActionId
from knowledge.library import Library
from tests.support.desk import Desk, running_desk
from tests.support.digests import TEAM, add_channel, ask, demote, digest_desk, hide, kept, words
from tests.support.homes import button, chosen, elements, open_home, opened_page, press

ENERGY = "C0000ENERGY"


@pytest.fixture(name="desk")
async def _desk(library: Library) -> AsyncIterator[Desk]:
    async with digest_desk(library=library) as (desk, _):
        yield desk


async def _renewed(desk: Desk, before: View) -> View:
    """The tab once it is another than before."""
    return await desk.slack.wait_for(lambda: desk.slack.user.home if desk.slack.user.home != before else None)


async def _changed(desk: Desk, before: View) -> View:
    """The modal on top once it is another than before."""
    return await desk.slack.wait_for(lambda: desk.slack.user.view if desk.slack.user.view != before else None)


def _published(desk: Desk) -> list[dict[str, object]]:
    return [call.payload for call in desk.slack.calls if call.method == "views.publish"]


# -- what is on it -------------------------------------------------------------------------------------------------


async def test_it_comes_in_one_publish(desk: Desk) -> None:
    """News, digests, issues by topic, three questions, the corpus and privacy: all there at once."""
    tab = words(await open_home(desk))
    library = desk.running.services.library

    assert len(_published(desk)) == 1
    assert library.corpus.date.label in tab
    assert library.corpus.version[:7] in tab
    assert tab.count("• `/iraq ") == 3
    assert help_texts.PRIVACY in tab
    assert all(f"*{topic.title}*" in tab for topic in library.corpus.topics.values())


async def test_the_messages_tab_publishes_nothing(desk: Desk) -> None:
    """Looking at the messages is not looking at Home."""
    await desk.slack.user.open_home("messages")
    await desk.slack.settled()

    assert _published(desk) == []


async def test_a_person_sees_their_own_digests(desk: Desk) -> None:
    """Of their own all is known and can be changed; the next one stands in the reader's own time."""
    await ask(desk.slack.user, desk.slack.policy, "on monday 9:00 Asia/Baghdad")
    tab = await open_home(desk)

    assert f"<#{desk.slack.policy}>*  every Monday at 09:00, Asia/Baghdad" in words(tab)
    assert "Next: <!date^" in words(tab)
    assert button(tab, texts.CHANGE)["value"] == desk.slack.policy


async def test_a_colleague_sees_those_of_channels_they_are_in(desk: Desk) -> None:
    """By Slack's own word who is in a channel; only an admin, or its owner, may change one."""
    omar = desk.slack.as_user(desk.slack.colleague)
    add_channel(desk, ENERGY, "energy")
    desk.slack.workspace.set_membership(ENERGY, omar.id, joined=False, inviter=desk.slack.user.id)
    await ask(desk.slack.user, ENERGY, "on")
    await ask(desk.slack.user, desk.slack.policy, "on")
    theirs, mine = await open_home(desk, omar), await open_home(desk)

    assert f"<#{desk.slack.policy}>" in words(theirs)
    assert texts.OF_COLLEAGUE in words(theirs)
    assert ENERGY not in words(theirs)
    assert "home_change" not in [one["action_id"] for one in elements(theirs)]
    assert ENERGY in words(mine)
    assert texts.OF_COLLEAGUE not in words(mine)


async def test_an_admin_may_change_those_of_others(desk: Desk) -> None:
    """As with `/iraq digest`; who is none any more may not."""
    await ask(desk.slack.as_user(desk.slack.colleague), desk.slack.policy, "on")
    as_admin = await open_home(desk)
    demote(desk)
    as_member = await open_home(desk)

    assert button(as_admin, texts.CHANGE)["value"] == desk.slack.policy
    assert "home_change" not in [one["action_id"] for one in elements(as_member)]


@pytest.mark.parametrize("scope", ["users:read", "channels:read"])
async def test_without_a_scope_there_are_only_their_own(desk: Desk, scope: str) -> None:
    """What Slack does not tell of a person is not guessed: nobody else's settings are shown."""
    await ask(desk.slack.as_user(desk.slack.colleague), desk.slack.policy, "on")
    add_channel(desk, ENERGY, "energy")
    await ask(desk.slack.user, ENERGY, "on")
    desk.slack.scopes.discard(scope)
    tab = words(await open_home(desk))

    assert ENERGY in tab
    assert desk.slack.policy not in tab


async def test_a_guest_sees_nobody_elses(desk: Desk) -> None:
    """A guest of another organisation sees what they turned on, and nothing of the channels they were let into."""
    await ask(desk.slack.user, desk.slack.policy, "on")
    omar = desk.slack.as_user(desk.slack.colleague)
    members = desk.slack.workspace.members
    members[omar.id] = dataclasses.replace(members[omar.id], is_guest=True)

    assert desk.slack.policy not in words(await open_home(desk, omar))


async def test_other_workspaces_are_not_shown(desk: Desk) -> None:
    """The same ids in another workspace are other people and channels."""
    await ask(desk.slack.user, desk.slack.policy, "on")
    table = desk.running.services.digests._subscriptions  # noqa: SLF001 - what the database has
    own = await kept(desk)
    assert own is not None
    await table.save(dataclasses.replace(own, team="T0000OTHER1", channel="C0000OTHER1"))

    assert "C0000OTHER1" not in words(await open_home(desk))


async def test_sixty_digests_come_in_pages(desk: Desk) -> None:
    """A few at a time, all of them reachable, and each shown once."""
    table = desk.running.services.digests._subscriptions  # noqa: SLF001 - sixty commands would take a minute
    await ask(desk.slack.user, desk.slack.policy, "on")
    own = await kept(desk)
    assert own is not None
    for number in range(1, 60):
        await table.save(dataclasses.replace(own, channel=f"C0000MANY{number:02}"))
    tab, shown = await open_home(desk), []
    for first in range(1, 60, MOST):
        shown += [one["value"] for one in elements(tab) if one["action_id"] == "home_change"]
        assert f"{first} to {first + MOST - 1} of 60" in words(tab)
        label = texts.MORE_DIGESTS if first + MOST <= 60 else texts.FIRST_DIGESTS
        await press(desk.slack.user, tab, button(tab, label))
        tab = await _renewed(desk, tab)

    assert len(shown) == len(set(shown)) == 60
    assert f"1 to {MOST} of 60" in words(tab)


@pytest.mark.parametrize("value", ["5", "99999", "-1", "x", "٣٣٣٣٣"])
async def test_a_page_that_is_gone(desk: Desk, value: str) -> None:
    """A press for digests that were stopped meanwhile, or one that is none of ours, shows the first ones."""
    await ask(desk.slack.user, desk.slack.policy, "on")
    services, user = desk.running.services, desk.slack.user.id
    tab = await open_home(desk)
    press_ = Press(TEAM, f"action:{value}", "dana", "1.1", Place("", user), value, ActionId.HOME_DIGESTS)
    await ACTIONS[ActionId.HOME_DIGESTS](press_, services)

    assert f"<#{desk.slack.policy}>" in words(await _renewed(desk, tab))


async def test_trouble_comes_first(library: Library) -> None:
    """A digest that cannot be posted stands above those that can, and says why; what rests on request stands last."""
    async with digest_desk(library=library) as (desk, _):
        user = desk.slack.user
        for channel, name in ((ENERGY, "energy"), ("C00000FRONT", "front-office")):
            add_channel(desk, channel, name)
            await ask(user, channel, "on")
        await ask(user, desk.slack.policy, "on")
        await ask(user, ENERGY, "pause")
        await user.archive("C00000FRONT")
        await user.next_message()  # which tells its owner
        tab = words(await open_home(desk))

        places = [tab.index(f"<#{channel}>") for channel in ("C00000FRONT", desk.slack.policy, ENERGY)]
        assert places == sorted(places)
        assert "*Paused:* the channel is archived" in tab


# -- when things go wrong ------------------------------------------------------------------------------------------


async def test_without_the_database_the_rest_is_there(library: Library, tmp_path: Path) -> None:
    """A plain line stands where the digests were; the next time all is there."""
    file = tmp_path / "desk.sqlite3"
    async with running_desk(library=library, database_url=f"sqlite:///{file}") as desk:
        await hide(file, "subscription")
        without = await open_home(desk)
        await hide(file, "subscription", back=True)
        healed = await open_home(desk)

        assert texts.DIGESTS_UNREADABLE in words(without)
        assert texts.LATEST in words(without)
        assert texts.ISSUES in words(without)
        assert texts.DIGESTS_UNREADABLE not in words(healed)


async def test_a_slow_slack_does_not_hold_it_up(desk: Desk) -> None:
    """What Slack does not tell in time is done without."""
    await ask(desk.slack.user, desk.slack.policy, "on")
    desk.slack.faults.delay("users.info", 1.5)
    desk.slack.faults.delay("users.conversations", 1.5)
    tab = await open_home(desk)

    assert f"<#{desk.slack.policy}>" in words(tab)


async def test_a_conflict_of_hashes_is_settled(desk: Desk) -> None:
    """When Slack says that the tab was published meanwhile, it is made anew, and published once more."""
    await open_home(desk)
    desk.slack.faults.refuse("views.publish", "hash_conflict")
    await open_home(desk)
    hashes = [payload.get("hash") for payload in _published(desk)]

    assert hashes[0] is None
    assert hashes[1] is not None
    assert hashes[2:] == [None]


async def test_an_older_view_never_covers_a_newer_one(desk: Desk) -> None:
    """A process that read first and publishes last notices, reads again, and shows what is there by then."""
    first = await open_home(desk)
    desk.slack.faults.delay("views.publish", 0.5)
    await desk.slack.user.open_home()
    await _struck(desk)
    await ask(desk.slack.user, desk.slack.policy, "on")
    await _other_process(desk).publish(TEAM, desk.slack.user.id)
    await desk.slack.wait_for(lambda: len(_published(desk)) == 4)  # first, the other's, too late, and again
    tab = await _renewed(desk, first)

    assert [call.error for call in desk.slack.calls if call.method == "views.publish"].count("hash_conflict") == 1
    assert f"<#{desk.slack.policy}>" in words(tab)


async def _struck(desk: Desk) -> None:
    """Until every fault has struck."""
    async with asyncio.timeout(5):
        while desk.slack.faults._api:  # noqa: SLF001, ASYNC110 - a fault tells nobody when it strikes
            await asyncio.sleep(0.01)


def _other_process(desk: Desk) -> Homes:
    """What another replica has: the same database and the same Slack, and nothing else in common."""
    services = desk.running.services
    digests = services.digests
    client = AsyncWebClient(desk.slack.bot_token, base_url=desk.slack.api_url)
    overview = Overview(digests._subscriptions, digests._ledger, Directory(client), digests._clock)  # noqa: SLF001 - the same database
    return Homes(services.library, overview, services.replies, digests._clock)  # noqa: SLF001 - and the same time


async def test_two_openings_at_once(desk: Desk) -> None:
    """Who opens it in two windows gets a tab that is whole."""
    await asyncio.gather(*(desk.slack.user.open_home() for _ in range(5)))
    await desk.slack.wait_for(lambda: len(_published(desk)) == 5)

    assert {call.error for call in desk.slack.calls} == {None}
    assert texts.ISSUES in words(await desk.slack.wait_for(lambda: desk.slack.user.home))


async def test_when_publishing_fails_there_is_a_tab_all_the_same(desk: Desk) -> None:
    """The plain part comes with a reference; nobody looks at a spinner."""
    desk.slack.faults.server_error("views.publish")
    tab = await open_home(desk)

    assert "Something broke" in words(tab)
    assert texts.ISSUES in words(tab)


# -- settings from here --------------------------------------------------------------------------------------------


async def test_a_digest_is_turned_on_from_here(desk: Desk) -> None:
    """The form asks for the channel; once it is saved, the tab behind it has the digest."""
    user, tab = desk.slack.user, await open_home(desk)
    await press(user, tab, button(tab, texts.TURN_ON))
    errors = await user.submit(await user.next_view(), {"digest_channel": desk.slack.policy})
    tab = await _renewed(desk, tab)

    assert errors == {}
    assert await kept(desk) is not None
    assert f"<#{desk.slack.policy}>" in words(tab)


async def test_a_digest_is_changed_from_here(desk: Desk) -> None:
    """The form of that channel opens, and what is saved stands on the tab."""
    user = desk.slack.user
    await ask(user, desk.slack.policy, "on monday 9:00")
    tab = await open_home(desk)
    await press(user, tab, button(tab, texts.CHANGE))
    await user.submit(await user.next_view(), {"digest_weekday": "5"})

    assert "every Friday" in words(await _renewed(desk, tab))


async def test_a_search_from_here(desk: Desk) -> None:
    """The button beside the questions opens the form of the shortcut, and its results stand in the same window."""
    user, tab = desk.slack.user, await open_home(desk)
    await press(user, tab, button(tab, manifest_texts.SEARCH))
    form = await user.next_view()
    errors = await user.submit(form, {"search_question": "what did USIP advise about Iran?"})
    results = await desk.slack.wait_for(lambda: user.view if user.view and user.view.hash != form.hash else None)

    assert errors == {}
    assert results.id == form.id
    assert "Iran as a component of the dialogue" in words(results)


async def test_the_settings_of_a_channel_from_here(desk: Desk) -> None:
    """The form of that channel opens beside its digest, also where the digest is a colleague's; what is saved is kept."""
    omar = desk.slack.as_user(desk.slack.colleague)
    await ask(omar, desk.slack.policy, "on")
    demote(desk)
    tab = await open_home(desk)
    await press(desk.slack.user, tab, button(tab, channel_texts.TITLE))
    form = await desk.slack.user.next_view()
    errors = await desk.slack.user.submit(form, {"channel_mode": "off"})

    assert f"Settings of <#{desk.slack.policy}>" in words(form)
    assert errors == {}
    assert desk.running.services.channels.policy(desk.slack.policy).mode is Mode.OFF


@pytest.mark.parametrize(("action", "says"), [("digest_pause", "*Paused*"), ("digest_off", texts.DIGESTS_NONE)])
async def test_pausing_and_stopping_in_the_form(desk: Desk, action: str, says: str) -> None:
    """What is done by the form's own buttons shows on the tab too."""
    user = desk.slack.user
    await ask(user, desk.slack.policy, "on")
    tab = await open_home(desk)
    await press(user, tab, button(tab, texts.CHANGE))
    await user.press(await user.next_view(), action)

    assert says in words(await _renewed(desk, tab))


async def test_a_digest_is_stopped_from_here(desk: Desk) -> None:
    """After its question the digest is gone, from the database and from the tab, which says so."""
    await ask(desk.slack.user, desk.slack.policy, "on")
    tab = await open_home(desk)
    stop = button(tab, common.STOP_DIGEST)
    await press(desk.slack.user, tab, stop)
    tab = await _renewed(desk, tab)

    assert stop["confirm"]["title"]["text"] == common.STOP_TITLE
    assert await kept(desk) is None
    assert f"The digest in <#{desk.slack.policy}> is off" in words(tab)
    assert "home_stop" not in [one["action_id"] for one in elements(tab)]


async def test_who_may_no_more_is_refused(desk: Desk) -> None:
    """A tab that was drawn while they might: the press is answered with who may, and nothing changes."""
    omar = desk.slack.as_user(desk.slack.colleague)
    await ask(omar, desk.slack.policy, "on")
    tab = await open_home(desk)
    demote(desk)
    await press(desk.slack.user, tab, button(tab, texts.CHANGE))
    refused = await desk.slack.user.next_view()
    await press(desk.slack.user, tab, button(tab, common.STOP_DIGEST))
    told = await _renewed(desk, tab)

    assert "was turned on by Omar" in words(refused)
    assert "was turned on by Omar" in words(told)
    assert await kept(desk) is not None


async def test_a_window_that_does_not_open(desk: Desk) -> None:
    """The trigger died on the way: the tab says to press again."""
    await ask(desk.slack.user, desk.slack.policy, "on")
    tab = await open_home(desk)
    for label in (texts.TURN_ON, manifest_texts.SEARCH, channel_texts.TITLE):
        desk.slack.faults.refuse("views.open", "expired_trigger_id")
        await press(desk.slack.user, tab, button(tab, label))
        assert texts.TOO_SLOW in words(await _renewed(desk, tab))
        tab = await open_home(desk)


async def test_stopping_without_the_database(library: Library, tmp_path: Path) -> None:
    """Nothing is changed, and the tab says so."""
    file = tmp_path / "desk.sqlite3"
    async with running_desk(library=library, database_url=f"sqlite:///{file}") as desk:
        await ask(desk.slack.user, desk.slack.policy, "on")
        tab = await open_home(desk)
        await hide(file, "subscription")
        await press(desk.slack.user, tab, button(tab, common.STOP_DIGEST))
        tab = await _renewed(desk, tab)
        await hide(file, "subscription", back=True)

        assert "Nothing was changed" in words(tab)
        assert await kept(desk) is not None


# -- the register from here ----------------------------------------------------------------------------------------


async def test_a_topic_opens_its_issues(desk: Desk) -> None:
    """In a modal, with a button at each issue; a page of an issue goes above the list."""
    issues = await opened_page(desk, "Iran and the regional contest")
    issue = await chosen(desk, issues, "The war of 2026 on Iraqi soil")

    assert "Key issues: Iran and the regional contest" in words(issues)
    assert register_texts.WHY in words(issue)
    assert issue.previous_view_id == issues.id


async def test_three_windows_deep_a_page_changes_in_its_place(desk: Desk) -> None:
    """Slack keeps three; beyond that a page takes the place of another, with a button back."""
    user = desk.slack.user
    deep = await opened_page(
        desk, "Iran and the regional contest", "Iraq between Washington and Tehran", "United States"
    )
    stack = [view.id for view in user.views]
    instead = await chosen(desk, deep, "Positions")
    await press(user, instead, button(instead, common.BACK))
    again = await _changed(desk, instead)

    assert len(stack) == 3
    assert {call.error for call in desk.slack.calls} == {None}  # no fourth was tried
    assert [view.id for view in user.views] == stack
    assert "Positions of United States" in words(instead)
    assert words(again) == words(deep)


async def test_a_long_list_goes_on_in_its_window(desk: Desk) -> None:
    """More brings the next part, Back the one before, as it was; no message is posted anywhere."""
    user, shown = desk.slack.user, [await opened_page(desk, texts.OPEN_TIMELINE)]
    for _ in range(3):
        await press(user, shown[-1], button(shown[-1], register_texts.EARLIER))
        shown.append(await _changed(desk, shown[-1]))
    back = []
    for before in reversed(shown[1:]):
        now = user.view or before
        await press(user, now, button(now, common.BACK))
        back.append(await _changed(desk, now))

    assert len({words(view) for view in shown}) == 4
    assert [words(view) for view in back] == [words(view) for view in reversed(shown[:-1])]
    assert len(user.views) == 1
    assert not [call for call in desk.slack.calls if call.method.startswith("chat.")]


async def test_a_push_that_fails_changes_the_window(desk: Desk) -> None:
    """Where Slack does not put a window above, the page comes all the same."""
    issues = await opened_page(desk, "Iran and the regional contest")
    desk.slack.faults.refuse("views.push", "expired_trigger_id")
    issue = await chosen(desk, issues, "The war of 2026 on Iraqi soil")

    assert issue.id == issues.id
    assert register_texts.WHY in words(issue)
    assert button(issue, common.BACK)


async def test_the_tab_tells_the_time_by_its_own_clock(library: Library) -> None:
    """The age is by the bot's clock, not by when the corpus was read."""
    async with digest_desk(library=library) as (desk, calendar):
        calendar.turn(dt.datetime.combine(library.corpus.date.latest, dt.time(12), dt.UTC) + dt.timedelta(days=40))

        assert "last curated 40 days ago" in words(await open_home(desk))
