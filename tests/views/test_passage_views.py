"""The menu of a passage and its modals, on their own."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.views.answer import answer, body
from bot.views.message import MOST_CHARACTERS
from bot.views.passage import citation_modal, context_modal
from bot.views.passage_menu import MOST_ID, PassageKey, issue_of, with_menu
from bot.views.ranking import MOST_ROWS, ranking_modal
from knowledge.library import Library
from knowledge.models import Basis
from tests.support import blockcheck

IRAN = "what did USIP advise about Iran?"


@given(st.text(max_size=500), st.from_regex(r"[a-z0-9-]{1,60}/[a-z0-9-]{1,60}", fullmatch=True))
def test_a_key_comes_back(question: str, passage: str) -> None:
    """Any question is kept whole or as its beginning, within what a block's id holds in any way of counting."""
    key = PassageKey(passage, "0123456789ab", question)
    value = key.dump()
    assert value is not None
    assert len(value.encode()) <= MOST_ID
    kept = PassageKey.load(value)
    assert (kept.passage, kept.version) == (passage, "0123456789ab")
    assert kept.whole == (kept.question == question)
    assert question.startswith(kept.question)


def test_a_long_question_is_cut_between_words() -> None:
    """No word is kept by half, which would be searched as another."""
    kept = PassageKey.load(str(PassageKey("a/b", "v", "Baghdad “Erbil” " * 30).dump()))
    assert not kept.whole
    assert set(kept.question.split()) == {"Baghdad", "“Erbil”"}
    assert len(kept.question) > 150


def test_an_id_that_leaves_no_room(library: Library) -> None:
    """A document whose name is as long as a file's may be has no menu, and its title is shown all the same."""
    passage = replace(next(iter(library.corpus.passages.values())), id=f"{'n' * 250}/1")
    assert PassageKey(passage.id, "v", "q").dump() is None
    assert "accessory" not in with_menu(library, passage, "q", "*1  Title*")


@pytest.mark.parametrize("value", ["", "b1", "[]", "{}", "null", '["a","b"]', '["a","b",1,true]', '[1,"b","c",true]'])
def test_a_foreign_id_is_refused(value: str) -> None:
    """Only what an answer's blocks carry is read as such."""
    with pytest.raises(ValueError, match="not the id of a passage's block"):
        PassageKey.load(value)


def test_the_longest_answer_fits(library: Library) -> None:
    """The three longest passages with the longest question are taken whole."""
    longest = sorted(library.corpus.passages.values(), key=lambda one: -len(one.text))[:3]
    found = library.ask(IRAN)
    hits = tuple(replace(hit, passage=one, highlights=()) for hit, one in zip(found.hits, longest, strict=False))
    message = answer(library, replace(found, query=replace(found.query, text="x" * 500), hits=hits), shareable=True)
    assert "blocks" in message.payload()
    assert sum(len(str(block)) for block in message.blocks) < MOST_CHARACTERS


def test_the_text_says_the_titles_too(library: Library) -> None:
    """A message's own text has every title and citation that its blocks show."""
    found = library.ask(IRAN)
    text = answer(library, found, shareable=True).text
    assert all(f"{number}) {hit.passage.heading[-1]}: " in text for number, hit in enumerate(found.hits[:3], 1))


@pytest.mark.parametrize("question", [IRAN, "which Kurdish singer won a prize for a duet about Iran"])
def test_what_a_modal_takes_of_an_answer(library: Library, question: str) -> None:
    """The body of an answer has no control that only a message may have."""
    modal = {
        "type": "modal",
        "title": {"type": "plain_text", "text": "Results"},
        "blocks": body(library, library.ask(question), question),
    }
    assert blockcheck.check(modal) == []


def test_every_passage_in_every_modal(library: Library) -> None:
    """Context and citation of each passage of the corpus hold Slack's rules, and a compilation names each source."""
    for passage in library.corpus.passages.values():
        key = PassageKey(passage.id, library.corpus.version, IRAN)
        cited = citation_modal(library, key, passage)
        assert blockcheck.check(context_modal(library, key, passage)) == []
        assert blockcheck.check(cited) == []
        assert all(str(library.corpus.sources[id_].url) in str(cited) for id_ in passage.sources)
        assert (passage.basis is Basis.COMPILED) == ("*compiled* from several" in str(cited))
        undated = any(library.corpus.sources[id_].published is None for id_ in passage.sources)
        assert undated == ("add “accessed”" in str(cited))


def rows(view: dict[str, Any]) -> list[tuple[str, str]]:
    """The table of a ranking, without its head."""
    cells = [field["text"] for block in view["blocks"] for field in block.get("fields", [])]
    return list(zip(cells[2::2], cells[3::2], strict=True))


@pytest.mark.parametrize(
    "question",
    [
        IRAN,
        "war authorisation repealed",
        "elctricity imports",
        "militias displaced in 2020",
        "الحشد الشعبي والغاز",
        "basis:compiled topic:iran",
        "who killed Soleimani and Muhandis at the airport in Baghdad and what did the parliament vote on the troops",
    ],
)
def test_the_numbers_shown_add_up(library: Library, question: str) -> None:
    """For every passage of an answer the hundredths of the table make the total, which is its score."""
    for place, hit in enumerate(library.ask(question).hits):
        view = ranking_modal(library, PassageKey(hit.passage.id, library.corpus.version, question), hit.passage)
        *parts, (_, total) = rows(view)
        points = [round(float(cell.replace("\u2212", "-")) * 100) for _, cell in parts]
        assert sum(points) == round(float(total.strip("*")) * 100) == round(hit.score * 100)
        assert len(parts) <= MOST_ROWS
        assert blockcheck.check(view) == []
        shown = str(view["blocks"])
        assert ("The next has" in shown) == (place == 0)
        assert ("The first has" in shown) == (place > 0)


def test_many_words_are_summed(library: Library) -> None:
    """A table stays small: what adds least is one row."""
    passage = max(library.corpus.passages.values(), key=lambda one: len(one.text))
    question = " ".join(dict.fromkeys(passage.text.split()))[:190].rpartition(" ")[0]
    parts = rows(ranking_modal(library, PassageKey(passage.id, library.corpus.version, question), passage))
    assert len(parts) == MOST_ROWS + 1
    assert parts[-2][0].endswith("other words")


def test_the_only_passage(library: Library) -> None:
    """Where nothing else was found there is nothing to compare with."""
    passage = library.corpus.passages["usip-2020/iran-one-component"]
    alone = Library(replace(library.corpus, passages={passage.id: passage}, issues={}, actors={}))
    shown = str(ranking_modal(alone, PassageKey(passage.id, alone.corpus.version, "Iran"), passage))
    assert "It is the only passage found, with " in shown


def test_the_issue_of_a_passage(library: Library) -> None:
    """Of the issues that a passage belongs to, one with its main topic is taken."""
    for passage in library.corpus.passages.values():
        own = [
            issue
            for issue in library.corpus.issues.values()
            if passage.id
            in {
                *issue.passages,
                *(id_ for one in issue.positions for id_ in one.passages),
                *(id_ for one in issue.recommendations for id_ in one.passages),
            }
        ]
        main = [issue for issue in own if issue.topics[0] == passage.topics[0]]
        assert issue_of(library, passage) == next(iter([*main, *own]), None)
