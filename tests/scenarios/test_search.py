"""The global shortcut “Search the desk”: its form, its results in the same modal, and sharing them."""

import logging
from typing import Any

import pytest

from bot.playground.model import Message, View
from knowledge.library import Library
from tests.support.desk import Desk, action_ids, running_desk, said

SHORTCUT = "search_desk"
IRAN = "What did USIP advise about Iran?"


async def opened(desk: Desk) -> View:
    """The form, open on Dana's screen."""
    await desk.slack.user.shortcut(SHORTCUT)
    return await desk.slack.user.next_view()


async def searched(desk: Desk, **filled: object) -> View:
    """The results of a form that is filled in so; the names are the action ids without `search_`."""
    form = await opened(desk)
    errors = await desk.slack.user.submit(form, {f"search_{name}": value for name, value in filled.items()})
    assert errors == {}
    return await desk.slack.user.next_view()


async def pressed(desk: Desk, view: View, action_id: str) -> View:
    """The modal on top after a press in one, once it is another or has other content."""
    user = desk.slack.user
    await user.press(view, action_id)
    return await desk.slack.wait_for(lambda: user.view if user.view and user.view.hash != view.hash else None)


def shown(view: View) -> str:
    """Everything a reader sees in a modal."""
    return said(_as_message(view))


def controls(view: View) -> list[str]:
    """The buttons of a modal."""
    return action_ids(_as_message(view))


def _as_message(view: View) -> Message:
    return Message("", "", "", "", view.payload["blocks"])


async def test_the_form_opens_at_once(desk: Desk) -> None:
    """Empty, with everything optional: a question, a topic, a source and two days."""
    form = await opened(desk)
    inputs = [block for block in form.payload["blocks"] if block["type"] == "input"]

    assert [block["block_id"] for block in inputs] == ["question", "topic", "source", "since", "until"]
    assert all(block["optional"] for block in inputs)
    assert len(inputs[1]["element"]["options"]) == len(desk.running.services.library.corpus.topics)


async def test_results_stand_in_the_modal(desk: Desk) -> None:
    """The passages of a filtered search with their citations, the filters in words, and three things to do."""
    view = await searched(desk, question=IRAN, topic="iran", since="2019-05-01", until="2021-01-01")

    assert shown(view).startswith("Only: Iran and the regional contest  ·  1 May 2019 to 1 Jan 2021 " + IRAN)
    assert "*1  " in shown(view)
    assert "Facts as of Jun 2020" in shown(view)
    assert "topic:" not in shown(view)
    assert controls(view) == ["search_more", "search_change", "search_share"]
    assert "submit" not in view.payload


async def test_days_belong_to_the_time(desk: Desk, library: Library) -> None:
    """The first and the last day count; passages of another time, or of none, are left out."""
    view = await searched(desk, since="2026-01-17", until="2026-01-17")
    dates = {str(one.as_of) for one in library.corpus.passages.values() if one.text[:40] in shown(view)}

    assert dates == {"2026-01-17"}
    assert shown(view).startswith("Only: 17 Jan 2026 The newest passages")


async def test_more_passages_come_in_the_modal(desk: Desk) -> None:
    """Each press adds the next, numbered on, until all ten are there; the modal holds what Slack takes."""
    view = await searched(desk, question=IRAN)
    pages = 0
    while "search_more" in controls(view):
        view = await pressed(desk, view, "search_more")
        pages += 1

    assert pages == 3
    assert [f"*{number}  " in shown(view) for number in range(1, 11)] == [True] * 10
    assert len(view.payload["blocks"]) <= 100
    assert controls(view) == ["search_change", "search_share"]


async def test_a_search_can_be_changed(desk: Desk) -> None:
    """The form comes back as it was filled in, and what is sent again stands in place of the old results."""
    form = await opened(desk)
    (source,) = await desk.slack.user.suggestions(form, "search_source", "usip opens door")
    filled: dict[str, object] = {
        "search_question": 'what "about" Iran',
        "search_topic": "iran",
        "search_source": source,
        "search_since": "2020-01-01",
    }
    await desk.slack.user.submit(form, filled)
    form = await pressed(desk, await desk.slack.user.next_view(), "search_change")
    values = {block["block_id"]: block["element"] for block in form.payload["blocks"]}

    assert values["question"]["initial_value"] == 'what "about" Iran'
    assert values["topic"]["initial_option"]["value"] == "iran"
    assert values["source"]["initial_option"] == source
    assert values["since"]["initial_date"] == "2020-01-01"
    assert "initial_date" not in values["until"]
    assert await desk.slack.user.submit(form, {"search_question": "ISIS"}) == {}
    assert " ISIS " in shown(await desk.slack.user.next_view())
    assert len(desk.slack.user.views) == 1


async def test_without_a_question_the_newest(desk: Desk, library: Library) -> None:
    """A topic alone lists its newest passages."""
    view = await searched(desk, topic="climate-water")
    newest = max(
        (one.as_of for one in library.corpus.passages.values() if "climate-water" in one.topics and one.as_of),
        key=lambda date: date.latest,
    )

    assert "Only: Climate and water The newest passages" in shown(view)
    assert newest.label in shown(view)


@pytest.mark.parametrize(
    ("filled", "where", "words"),
    [
        ({}, "question", "Type a question, or choose a topic, a source or a date."),
        ({"search_question": " \u200b \n"}, "question", "Type a question"),
        ({"search_since": "2024-05-02", "search_until": "2024-05-01"}, "until", "before the first day, 2 May 2024"),
        ({"search_question": "Iran", "search_since": "2031-01-01"}, "since", "The corpus ends on 22 Nov 2026."),
    ],
)
async def test_what_is_wrong_is_said_at_its_place(
    desk: Desk, filled: dict[str, object], where: str, words: str
) -> None:
    """One sentence that says what to do, and the form stays as it is."""
    form = await opened(desk)
    errors = await desk.slack.user.submit(form, filled)

    assert list(errors) == [where]
    assert words in errors[where]
    assert desk.slack.user.view == form


async def test_a_source_without_passages_in_that_time(desk: Desk) -> None:
    """Nothing found by the filters is said in words, with what there is instead."""
    form = await opened(desk)
    (source,) = await desk.slack.user.suggestions(form, "search_source", "usip podcast")
    await desk.slack.user.submit(
        form, {"search_question": "Iran", "search_source": source, "search_since": "2025-01-01"}
    )
    view = await desk.slack.user.next_view()

    assert "The corpus has no passage like that. What it has from this source is dated " in shown(view)
    assert "2020" in shown(view)
    assert "source:" not in shown(view)
    assert controls(view) == ["search_change"]


async def test_words_that_the_chosen_passages_lack(desk: Desk) -> None:
    """Where the filters leave passages but none has the words, that is what is said."""
    view = await searched(desk, question="Tsurkov", topic="climate-water")

    assert "None of the passages that you chose has these words." in shown(view)


async def test_no_answer_in_the_modal(desk: Desk) -> None:
    """No answer is shared, and the closest passages are one press away."""
    view = await searched(desk, question="who won the 2018 World Cup?")
    assert "No passage in the corpus answers this." in shown(view)
    assert controls(view) == ["search_more", "search_change"]
    view = await pressed(desk, view, "search_more")

    assert "Passages 1 to 3 on “who won the 2018 World Cup?”" in shown(view)


async def test_sources_are_found_by_what_is_typed(desk: Desk) -> None:
    """By publisher, title, year or id, in any case, the newest first; nothing typed offers the newest of all."""
    form = await opened(desk)
    suggest = desk.slack.user.suggestions
    offered = await suggest(form, "search_source", "")

    assert len(offered) == 50
    assert [one["text"]["text"][:5] for one in await suggest(form, "search_source", "USIP")] == ["USIP,"] * 2
    assert [one["value"] for one in await suggest(form, "search_source", "ap 2026 malik")] == [
        "ap-2026-01-maliki-nominated"
    ]
    assert await suggest(form, "search_source", "zzzz") == []
    assert await suggest(form, "search_source", "…") == offered


async def test_sharing_asks_for_the_channel_and_says_who_sees_it(desk: Desk) -> None:
    """The confirmation is a window of its own; then everybody there sees the answer and who shared it."""
    user = desk.slack.user
    results = await searched(desk, question=IRAN, topic="iran", since="2019-05-01")
    form = await pressed(desk, results, "search_share")
    assert "Everyone in that channel will see your question, the passages and your name." in shown(form)
    assert form.payload["submit"]["text"] == "Share"
    assert await user.submit(form, {"search_channel": desk.slack.general}) == {}
    done = await user.next_view()
    posted = await user.next_message()

    assert (posted.channel, posted.visible_to) == (desk.slack.general, None)
    assert said(posted).startswith(f"Shared by dana {IRAN} (only: Iran and the regional contest  ·  from 1 May 2019)")
    assert posted.text.startswith(f"dana shared: 3 passages on “{IRAN} (only: Iran and the regional contest")
    assert action_ids(posted) == ["more_passages", "feedback"]
    assert "The passages are in the channel" in shown(done)
    await user.close(done)
    assert user.view is not None
    assert user.view.id == results.id


async def test_the_buttons_of_a_shared_search_keep_its_filters(desk: Desk, library: Library) -> None:
    """A colleague who asks for more gets passages within the filters, alone."""
    results = await searched(desk, question='the "budget', topic="climate-water", until="2025-12-31")
    form = await pressed(desk, results, "search_share")
    await desk.slack.user.submit(form, {"search_channel": desk.slack.policy})
    posted = await desk.slack.user.next_message()
    colleague = desk.slack.as_user(desk.slack.colleague)
    await colleague.press(posted, "more_passages")
    more = await colleague.next_message()
    while more.ts == posted.ts:
        more = await colleague.next_message()
    quoted = (block for block in more.blocks or [] if block["type"] == "rich_text")
    texts = [_first_run(block) for block in quoted if block["elements"][0]["type"] == "rich_text_quote"]

    assert more.visible_to == colleague.id
    assert texts
    for text in texts:
        (passage,) = (one for one in library.corpus.passages.values() if text in one.text)
        assert "climate-water" in passage.topics
        assert passage.as_of is not None
        assert passage.as_of.latest.year <= 2025


async def test_sharing_twice_posts_once(desk: Desk) -> None:
    """The same submission delivered twice, as happens when sockets are exchanged."""
    form = await pressed(desk, await searched(desk, question=IRAN), "search_share")
    desk.slack.faults.duplicate()
    await desk.slack.user.submit(form, {"search_channel": desk.slack.policy})
    await desk.slack.settled()

    assert len(desk.slack.messages(desk.slack.policy)) == 1


@pytest.mark.parametrize(
    ("fault", "words", "posted"),
    [
        ({"status": 500}, "Slack did not take it", 0),
        ({"drop": True}, "Slack did not say whether it was shared", 0),
        ({"drop": True, "accepted": True}, "Slack did not say whether it was shared", 1),
    ],
)
async def test_a_share_that_fails(desk: Desk, fault: dict[str, Any], words: str, posted: int) -> None:
    """The window stays, says what happened, and sending again works."""
    form = await pressed(desk, await searched(desk, question=IRAN), "search_share")
    if fault.get("drop"):
        desk.slack.faults.drop("response_url", accepted=fault.get("accepted", False))
    else:
        desk.slack.faults.server_error("response_url")
    errors = await desk.slack.user.submit(form, {"search_channel": desk.slack.policy})

    assert words in errors["channel"]
    assert len(desk.slack.messages(desk.slack.policy)) == posted
    assert await desk.slack.user.submit(form, {"search_channel": desk.slack.policy}) == {}


async def test_an_archived_channel(desk: Desk) -> None:
    """A channel that was archived meanwhile takes nothing, and the sharer is told at the place to choose another."""
    form = await pressed(desk, await searched(desk, question=IRAN), "search_share")
    await desk.slack.user.archive(desk.slack.general)
    errors = await desk.slack.user.submit(form, {"search_channel": desk.slack.general})

    assert "the channel may be archived or gone" in errors["channel"]


async def test_a_window_that_does_not_open(desk: Desk) -> None:
    """For sharing, the results say so; for the form itself, a direct message does, since nothing else is there."""
    results = await searched(desk, question=IRAN)
    desk.slack.faults.refuse("views.push", "expired_trigger_id")
    results = await pressed(desk, results, "search_share")
    assert shown(results).startswith("*Slack did not open the window for sharing. Press “Share to channel” again.*")
    assert "search_share" in controls(results)

    desk.slack.faults.refuse("views.open", "expired_trigger_id")
    await desk.slack.user.shortcut(SHORTCUT)
    told = await desk.slack.user.next_message()
    assert told.channel == desk.slack.user.direct_channel
    assert said(told).startswith("The window did not open")


async def test_results_that_were_closed(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    """Whoever closes the modal wants nothing more of it; that is no failure."""
    results = await searched(desk, question=IRAN)
    desk.slack.faults.refuse("views.update", "not_found")
    with caplog.at_level(logging.WARNING):
        await desk.slack.user.press(results, "search_more")
        await desk.slack.settled()

    assert caplog.records == []


async def test_a_button_of_an_older_version(desk: Desk) -> None:
    """A value that is not ours any more gets a plain sentence, and so does a window with it."""
    results = await searched(desk, question=IRAN)
    form = await pressed(desk, results, "search_share")
    form.payload["private_metadata"] = '{"q": 1}'
    await desk.slack.user.submit(form, {"search_channel": desk.slack.policy})
    assert "older version" in shown(await desk.slack.user.next_view())
    await desk.slack.user.close(await desk.slack.user.next_view())

    results.payload["blocks"][-1]["elements"][0]["value"] = "q=iran"
    assert "older version" in shown(await pressed(desk, results, "search_more"))


async def test_a_search_that_fails(broken: Library, caplog: pytest.LogCaptureFixture) -> None:
    """A window over the form has a reference, the log the cause, and nobody the question; the form is kept."""
    with caplog.at_level(logging.ERROR):
        async with running_desk(library=broken) as desk:
            form = await opened(desk)
            await desk.slack.user.submit(form, {"search_question": "who is Sistani?"})
            failed = await desk.slack.user.next_view()

            assert "reference: " in shown(failed)
            assert [view.id for view in desk.slack.user.views] == [form.id, failed.id]
    assert "the index is gone" in caplog.text
    assert "Sistani" not in caplog.text


def _first_run(block: dict[str, Any]) -> str:
    """The longest run of a quotation."""
    return max((str(run["text"]) for run in block["elements"][0]["elements"]), key=len)
