"""`/iraq digest`: the settings as a form."""

import datetime as dt

import pytest

from jobs.periods import Frequency, Schedule
from jobs.subscriptions import Assurance, Form
from knowledge.library import Library
from tests.support.desk import Desk, said
from tests.support.digests import TEAM, Posts, add_channel, ask, digest_desk, element, form, kept, words


async def test_the_form_opens_at_once_with_the_usual(desk: Desk) -> None:
    """Prefilled: this channel, weekly, Monday 9:00 where the asker is, all topics, brief, nothing skipped."""
    view = await form(desk)

    assert element(view, "channel")["initial_conversation"] == desk.slack.policy
    assert element(view, "channel")["default_to_current_conversation"] is True
    assert element(view, "frequency")["initial_option"]["value"] == "weekly"
    assert element(view, "weekday")["initial_option"]["text"]["text"] == "Monday"
    assert element(view, "time")["initial_time"] == "09:00"
    assert element(view, "zone")["initial_option"]["value"] == "Asia/Baghdad"
    assert "initial_options" not in element(view, "topics")
    assert len(element(view, "topics")["options"]) == len(desk.running.services.library.corpus.topics)
    assert element(view, "form")["initial_option"]["value"] == "brief"
    assert "initial_options" not in element(view, "skip")
    assert "Turned on by" not in words(view)


async def test_what_was_chosen_is_kept(library: Library) -> None:
    """Every input ends in the subscription; the answer in the modal tells all of it, and when the first one comes."""
    topics = [*library.corpus.topics][:2]
    async with digest_desk(library=library) as (desk, calendar):
        view = await form(desk)
        zone = (await desk.slack.user.suggestions(view, "digest_zone", "berlin"))[0]
        chosen: dict[str, object] = {
            "digest_frequency": "monthly",
            "digest_weekday": "Thursday",
            "digest_time": "17:45",
            "digest_zone": zone,
            "digest_topics": topics,
            "digest_form": "full",
            "digest_skip": ["skip"],
        }
        errors = await desk.slack.user.submit(view, chosen)
        told = words(await desk.slack.user.next_view())
        found = await kept(desk)

        assert errors == {}
        assert found is not None
        assert found.schedule == Schedule(Frequency.MONTHLY, 4, dt.time(17, 45), "Europe/Berlin")
        assert (found.topics, found.form, found.skip_unchanged) == (tuple(topics), Form.FULL, True)
        assert (found.owner, found.paused) == (desk.slack.user.id, None)
        assert abs(found.since - calendar.start) < dt.timedelta(minutes=1)
        assert "is on." in told
        assert "the first Thursday of every month at 17:45, Europe/Berlin" in told
        assert library.corpus.topics[topics[0]].title in told
        assert "*Next:* <!date^" in told
        assert "*Turned on by:* Dana" in told


async def test_the_form_of_a_channel_that_has_one(library: Library) -> None:
    """It holds what is set, says who turned it on, and saving changes that one."""
    async with digest_desk(library=library) as (desk, _):
        omar = desk.slack.as_user(desk.slack.colleague)
        await ask(omar, desk.slack.policy, "on friday 14:00")
        view = await form(desk)
        shown = (element(view, "weekday")["initial_option"]["value"], element(view, "time")["initial_time"])
        zone = element(view, "zone")["initial_option"]["value"]
        errors = await desk.slack.user.submit(view, {"digest_form": "full"})
        found = await kept(desk)

        assert shown == ("5", "14:00")
        assert zone == "America/New_York"
        assert "Turned on by *Omar*" in words(view)
        assert errors == {}
        assert found is not None
        assert (found.form, found.schedule.weekday) == (Form.FULL, 5)
        assert found.owner == omar.id  # an admin changed it; it is still Omar's


async def test_the_zone_is_found_by_search(desk: Desk) -> None:
    """Every zone of the IANA database: by city, by a slip of the keys, by offset; the usual ones before anything is typed."""
    view = await form(desk)

    async def found(typed: str) -> list[str]:
        options = await desk.slack.user.suggestions(view, "digest_zone", typed)
        assert len(options) <= 100
        return [option["value"] for option in options]

    assert (await found(""))[:2] == ["Asia/Baghdad", "America/New_York"]
    assert (await found("erbil"))[0] == "Asia/Baghdad"
    assert (await found("new yo"))[0] == "America/New_York"
    assert "America/Argentina/Ushuaia" in await found("ushuaia")
    assert "Europe/Berlin" in await found("Brelin")
    assert "Asia/Kolkata" in await found("+5:30")
    assert await found("qqqqqqqq") == []


async def test_without_users_read_the_zone_is_utc(desk: Desk) -> None:
    """A scope that was not granted leaves a default, and the form opens all the same."""
    desk.slack.scopes.discard("users:read")
    view = await form(desk)

    assert element(view, "zone")["initial_option"]["value"] == "UTC"


@pytest.mark.parametrize("private", [False, True])
async def test_a_channel_that_cannot_be_read_asks_what_then(library: Library, *, private: bool) -> None:
    """Without the scope for reading it back the owner chooses; with it nobody is bothered."""
    async with digest_desk(library=library) as (desk, _):
        channel, scope = "C0000TRIAL1", "groups:history" if private else "channels:history"
        add_channel(desk, channel, "trial", private=private)
        readable = await form(desk, channel=channel)
        await desk.slack.user.close(readable)
        desk.slack.scopes.discard(scope)
        view = await form(desk, channel=channel)
        await desk.slack.user.submit(view, {"digest_assurance": "at-least-once"})
        told = words(await desk.slack.user.next_view())
        found = await kept(desk, channel)

        assert "assurance" not in [block.get("block_id") for block in readable.payload["blocks"]]
        assert found is not None
        assert found.assurance is Assurance.AT_LEAST_ONCE
        assert "at least once" in told


async def test_a_channel_that_the_bot_is_not_in(desk: Desk) -> None:
    """The error stands at the channel and says how to invite the bot; nothing is saved; after the invitation it works."""
    user = desk.slack.user
    view = await form(desk)
    errors = await user.submit(view, {"digest_channel": desk.slack.general})
    nothing = await kept(desk, desk.slack.general)
    await user.invite(desk.slack.general)
    again = await user.submit(view, {"digest_channel": desk.slack.general})

    assert list(errors) == ["channel"]
    assert "/invite @Iraq Desk" in errors["channel"]
    assert "#general" in errors["channel"]
    assert nothing is None
    assert again == {}
    assert await kept(desk, desk.slack.general) is not None


async def test_an_archived_channel(desk: Desk) -> None:
    """It is refused at its place."""
    add_channel(desk, "C0000000OLD", "old")
    await desk.slack.user.archive("C0000000OLD")
    errors = await desk.slack.user.submit(await form(desk), {"digest_channel": "C0000000OLD"})

    assert errors == {"channel": "#old is archived. Choose a channel that is open."}


async def test_one_subscription_a_channel(desk: Desk) -> None:
    """Choosing a channel that has one in the form of another changes neither, and says where to go."""
    user = desk.slack.user
    add_channel(desk, "C0000OTHER1", "other")
    await ask(user, "C0000OTHER1", "on friday 14:00")
    view = await form(desk)
    errors = await user.submit(view, {"digest_channel": "C0000OTHER1"})
    other = await kept(desk, "C0000OTHER1")

    assert "#other has a digest already, turned on by Dana" in errors["channel"]
    assert other is not None
    assert other.schedule.weekday == 5
    assert await kept(desk) is None


async def test_two_people_with_the_form_open(desk: Desk) -> None:
    """Who submits second does not take the digest over."""
    omar = desk.slack.as_user(desk.slack.colleague)
    mine, his = await form(desk), await form(desk, omar)
    await desk.slack.user.submit(mine, {})
    errors = await omar.submit(his, {})
    found = await kept(desk)

    assert "has a digest already, turned on by Dana" in errors["channel"]
    assert found is not None
    assert found.owner == desk.slack.user.id


async def test_a_submission_that_slack_delivers_twice(desk: Desk) -> None:
    """The second changes nothing and is no error."""
    user = desk.slack.user
    view = await form(desk)
    desk.slack.faults.duplicate()
    errors = await user.submit(view, {})
    shown = await desk.slack.wait_for(
        lambda: user.view if user.view and "is on." in words(user.view) else None, timeout=20
    )
    await desk.slack.settled(timeout=20)

    assert errors == {}
    assert user.view == shown
    assert len(await desk.running.services.digests._subscriptions.of_team(TEAM)) == 1  # noqa: SLF001


async def test_a_zone_that_does_not_exist(desk: Desk) -> None:
    """A value that is no zone is refused at the zone, and nothing is saved."""
    forged = {"text": {"type": "plain_text", "text": "Mars"}, "value": "Mars/Olympus"}
    errors = await desk.slack.user.submit(await form(desk), {"digest_zone": forged})

    assert list(errors) == ["zone"]
    assert "Mars/Olympus" in errors["zone"]
    assert await kept(desk) is None


async def test_a_time_that_does_not_exist(desk: Desk) -> None:
    """So is a time that is none."""
    errors = await desk.slack.user.submit(await form(desk), {"digest_time": "25:99"})

    assert list(errors) == ["time"]
    assert await kept(desk) is None


async def test_pause_and_stop_stand_in_the_form(library: Library) -> None:
    """Both work from there, and what was done takes the form's place; a paused one resumes when it is saved."""
    async with digest_desk(library=library) as (desk, calendar):
        user = desk.slack.user
        await ask(user, desk.slack.policy, "on")
        await user.press(await form(desk), "digest_pause")
        await desk.slack.wait_for(lambda: user.view and "is paused." in words(user.view))
        paused = await kept(desk)
        calendar.turn(calendar.start + dt.timedelta(days=1))
        view = await form(desk)
        submit = view.payload["submit"]["text"]
        await user.submit(view, {})
        resumed = await kept(desk)
        await user.press(await form(desk), "digest_off")
        await desk.slack.wait_for(lambda: user.view and "is off." in words(user.view))

        assert paused is not None
        assert paused.paused is not None
        assert submit == "Save and resume"
        assert resumed is not None
        assert resumed.paused is None
        assert resumed.since > paused.since  # what was due during the rest stays unsent
        assert await kept(desk) is None


async def test_changing_the_topics_does_not_skip_what_is_due(library: Library) -> None:
    """Only a new time, or a rest, makes a digest start anew."""
    async with digest_desk(library=library) as (desk, calendar):
        await ask(desk.slack.user, desk.slack.policy, "on")
        before = await kept(desk)
        calendar.turn(calendar.start + dt.timedelta(hours=5))
        await desk.slack.user.submit(await form(desk), {"digest_form": "full"})
        same_time = await kept(desk)
        await desk.slack.user.submit(await form(desk), {"digest_time": "10:00"})
        new_time = await kept(desk)

        assert before is not None
        assert same_time is not None
        assert new_time is not None
        assert same_time.since == before.since
        assert new_time.since > before.since


async def test_a_slow_slack_does_not_hold_the_form_up(desk: Desk) -> None:
    """What Slack does not tell in time is done without: the trigger lives three seconds."""
    desk.slack.faults.delay("users.info", 5)
    desk.slack.faults.delay("conversations.info", 5)
    view = await form(desk)

    assert element(view, "zone")["initial_option"]["value"] == "UTC"
    assert element(view, "channel").get("initial_conversation") is None  # Slack's own window fills it in
    assert desk.slack.notices == []


async def test_a_digest_made_by_the_form_comes(library: Library) -> None:
    """From the form to the channel, on time and once."""
    async with digest_desk(library=library) as (desk, calendar):
        await desk.slack.user.submit(await form(desk), {"digest_weekday": "4", "digest_time": "09:00"})
        posts = Posts(desk, desk.slack.policy)
        assert posts.all() == []
        calendar.turn(calendar.start.replace(hour=6) + dt.timedelta(days=1, seconds=1))
        (digest,) = await posts.wait(1)

        assert said(digest).startswith("U.S.-Iraq weekly")
