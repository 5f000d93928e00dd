"""When things go wrong around the digest's settings: a clear private sentence, and nothing half-saved."""

import dataclasses
from pathlib import Path

import pytest

from bot.digests import desk as desks
from knowledge.library import Library
from tests.support.desk import Desk, action_ids, said
from tests.support.digests import Posts, add_channel, ask, digest_desk, form, hide, kept, words

AGAIN = "The settings of digests cannot be reached right now. Nothing was changed; try again in a minute."


async def test_a_database_that_is_down_at_the_submission(library: Library, tmp_path: Path) -> None:
    """The form stays, says to try again, and sending it again works; questions are answered meanwhile."""
    file = tmp_path / "desk.sqlite3"
    async with digest_desk(library=library, database_url=f"sqlite:///{file}") as (desk, _):
        user = desk.slack.user
        view = await form(desk)
        await hide(file, "subscription")
        errors = await user.submit(view, {})
        stays = user.view
        answer = await desk.asks("what did USIP advise about Iran?")
        await hide(file, "subscription", back=True)
        nothing = await kept(desk)
        again = await user.submit(view, {})

        assert errors == {"channel": AGAIN}
        assert stays == view
        assert "more_passages" in action_ids(answer)
        assert nothing is None
        assert again == {}
        assert await kept(desk) is not None


async def test_a_database_that_is_down_before_the_form(library: Library, tmp_path: Path) -> None:
    """No form opens on guesses: a sentence says to try again."""
    file = tmp_path / "desk.sqlite3"
    async with digest_desk(library=library, database_url=f"sqlite:///{file}") as (desk, _):
        await hide(file, "subscription")
        told = await ask(desk.slack.user, desk.slack.policy, "")
        await hide(file, "subscription", back=True)

        assert said(told) == AGAIN
        assert told.visible_to == desk.slack.user.id
        assert desk.slack.user.view is None


@pytest.mark.parametrize("word", ["on", "off", "pause", "resume", "status", "preview", "now", "list"])
async def test_a_database_that_is_down_for_the_words(library: Library, tmp_path: Path, word: str) -> None:
    """Every word says so, and changes nothing."""
    file = tmp_path / "desk.sqlite3"
    async with digest_desk(library=library, database_url=f"sqlite:///{file}") as (desk, _):
        await ask(desk.slack.user, desk.slack.policy, "on")
        before = await kept(desk)
        await hide(file, "subscription")
        told = await ask(desk.slack.user, desk.slack.policy, word)
        await hide(file, "subscription", back=True)

        assert said(told) == AGAIN
        assert await kept(desk) == before


async def test_by_words_in_a_channel_that_the_bot_is_not_in(desk: Desk) -> None:
    """It says how to invite it, and nothing is saved."""
    told = await desk.asks("digest on", desk.slack.general)

    assert "/invite @Iraq Desk" in said(told)
    assert told.visible_to == desk.slack.user.id
    assert await kept(desk, desk.slack.general) is None


async def test_a_private_channel_that_the_bot_cannot_see(desk: Desk) -> None:
    """Slack calls it unknown; the reader is told what to do all the same."""
    add_channel(desk, "C000PRIVATE", "private", private=True, with_bot=False)
    view = await form(desk, channel="C000PRIVATE")
    errors = await desk.slack.user.submit(view, {"digest_channel": "C000PRIVATE"})

    assert "I am not in that channel" in errors["channel"]
    assert "/invite @Iraq Desk" in errors["channel"]


async def test_a_workspace_that_is_full(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """One more than can be posted on time is refused in a sentence, by words and in the form; what is there may change."""
    monkeypatch.setattr(desks, "MOST", 2)
    for number in range(2):
        add_channel(desk, f"C{number:09d}", f"room-{number}")
        await ask(desk.slack.user, f"C{number:09d}", "on")
    by_word = await ask(desk.slack.user, desk.slack.policy, "on")
    by_form = await desk.slack.user.submit(await form(desk), {})
    changed = await ask(desk.slack.user, "C000000000", "on friday")

    assert "This workspace has 2 digests" in said(by_word)
    assert "This workspace has 2 digests" in by_form["channel"]
    assert "every Friday" in said(changed)
    assert await kept(desk) is None


async def test_a_corpus_without_issues(library: Library) -> None:
    """Form, preview, status and the digest itself: nothing breaks, and the digest says that there are none."""
    bare = Library(dataclasses.replace(library.corpus, issues={}))
    async with digest_desk(library=bare) as (desk, _):
        user = desk.slack.user
        head = await ask(user, desk.slack.policy, "preview")
        shown = await user.next_message()
        await user.submit(await form(desk), {"digest_form": "full"})
        await user.press(await ask(user, desk.slack.policy, "now"), "digest_now")
        (digest,) = await Posts(desk, desk.slack.policy).wait(1)

        assert said(head).startswith("*Preview*")
        assert "no key issues" in said(shown)
        assert "no key issues" in said(digest)


async def test_a_corpus_without_topics(library: Library) -> None:
    """A menu without options is none; the form does without."""
    bare = Library(dataclasses.replace(library.corpus, topics={}, issues={}, passages={}, events={}))
    async with digest_desk(library=bare) as (desk, _):
        view = await form(desk)

        assert "topics" not in [block.get("block_id") for block in view.payload["blocks"]]
        assert await desk.slack.user.submit(view, {}) == {}
        assert "*Topics:* all" in words(await desk.slack.user.next_view())


async def test_a_button_that_is_pressed_twice(desk: Desk) -> None:
    """Slack delivers a press twice, or somebody presses twice: one digest comes."""
    await desk.asks("digest on")
    question = await desk.asks("digest now")
    desk.slack.faults.duplicate()
    await desk.slack.user.press(question, "digest_now")

    await Posts(desk, desk.slack.policy).wait(1)


async def test_citations_of_an_older_version(desk: Desk) -> None:
    """A value that is not ours any more gets a plain sentence."""
    await desk.asks("digest preview")
    shown = await desk.slack.user.next_message()
    for block in shown.blocks or []:
        for control in block.get("elements", []):
            if control.get("action_id") == "digest_citations":
                control["value"] = "v0"
    await desk.slack.user.press(shown, "digest_citations")

    assert "older version" in words(await desk.slack.user.next_view())
