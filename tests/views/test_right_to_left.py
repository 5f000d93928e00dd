"""Arabic words, of readers and of the corpus, in every view: no line around them is turned."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from bot.bidi import ISOLATE, LEFT_TO_RIGHT, POP, isolated, right_to_left
from bot.texts.register import WHICH
from bot.views.answer import answer, more_passages
from bot.views.blocks import quoted
from bot.views.feedback import report_modal, reported_modal
from bot.views.home import home
from bot.views.passage import citation_modal, context_modal
from bot.views.passage_menu import PassageKey
from bot.views.ranking import ranking_modal
from bot.views.register.choice import choice
from bot.views.register.key import About, Page, PageKey
from bot.views.register.modal import register_modal
from bot.views.register.pages import has, register_page
from knowledge.library import Library
from knowledge.models import Basis, Issue, Passage, Source
from tests.support import blockcheck

NAME = "فصيل مسلح"
QUESTION = "من يسيطر على الحشد الشعبي (PMF)؟"
TEXT = "أكد البيان أن الحشد الشعبي يخضع للقائد العام. وقال إن 2014 كانت سنة التأسيس؛ وهذا نص ثان. " * 6


def arabic(library: Library) -> tuple[Library, Passage]:
    """The corpus with a quoted Arabic publication in it, and one of its passages."""
    source = Source(
        "bayan-2024",
        "بيان حول الحشد",
        "رئاسة الوزراء",
        "المجلس",
        ("علي حسن", "زينب"),
        None,
        "https://example.org/b",
        "x",
        ("iran",),
    )
    basis = next(iter(library.corpus.passages.values()))
    passages = {
        f"bayan-2024/{number}": replace(
            basis,
            id=f"bayan-2024/{number}",
            heading=("البيان", f"الحشد الشعبي {number}"),
            text=TEXT,
            locator="الفقرة 2",
            basis=Basis.VERBATIM,
            sources=("bayan-2024",),
            asks=(),
            wordings=(),
            superseded_by="bayan-2024/2" if number == 1 else None,
        )
        for number in (1, 2, 3)
    }
    old = library.corpus
    corpus = replace(
        old,
        sources={**old.sources, "bayan-2024": source},
        passages={**old.passages, **passages},
        actors={id_: replace(one, name=NAME, role=TEXT, kind="حزب") for id_, one in old.actors.items()},
        topics={id_: replace(one, title="النفط", introduction=TEXT) for id_, one in old.topics.items()},
        events={id_: replace(one, text=TEXT, sources=("bayan-2024", *one.sources)) for id_, one in old.events.items()},
        issues={id_: _arabic_issue(one, tuple(passages)) for id_, one in old.issues.items()},
    )
    return Library(corpus), passages["bayan-2024/2"]


def _arabic_issue(issue: Issue, passages: tuple[str, ...]) -> Issue:
    return replace(
        issue,
        title="سلاح الحشد",
        summary=TEXT,
        why=TEXT,
        passages=(*passages, *issue.passages),
        positions=tuple(replace(one, text=TEXT, passages=(*passages, *one.passages)) for one in issue.positions),
        recommendations=tuple(replace(one, text=TEXT, sources=("bayan-2024",)) for one in issue.recommendations),
    )


def pages(library: Library) -> Iterator[PageKey]:
    """A key of every page that the register has, about everything that it can be about."""
    corpus = library.corpus
    subjects = {
        About.ALL: "",
        About.TOPIC: next(iter(corpus.topics)),
        About.ISSUE: next(iter(corpus.issues)),
        About.ACTOR: "iran",
        About.SOURCE: "bayan-2024",
        About.PUBLISHER: "بيان حول الحشد",
    }
    keys = (PageKey(page, about, subject) for page in Page for about, subject in subjects.items())
    return (key for key in keys if has(library, key))


def views(library: Library, passage: Passage) -> Iterator[tuple[str, dict[str, Any]]]:
    """Everything that shows a question, a passage or a name, as it goes to Slack."""
    found = library.ask(f"{QUESTION} source:bayan-2024")
    key = PassageKey(passage.id, library.corpus.version, QUESTION)
    for page in pages(library):
        yield f"page {page.dump()}", register_page(library, page, shareable=True, shared_by="دانا").payload()
        yield f"modal {page.dump()}", register_modal(library, [page])
    yield "choice", choice(library, WHICH, "الحشد", list(pages(library))[:5]).payload()
    yield "home", home(library, None, dt.date(2026, 11, 1))
    yield "answer", answer(library, found, shareable=True).payload()
    yield "shared", answer(library, found, shareable=False, shared_by="دانا").payload()
    yield "no answer", answer(library, replace(found, confident=False), shareable=True).payload()
    yield "doubtful", answer(library, replace(found, doubtful=True, lacking=("الحشد", "نفط")), shareable=True).payload()
    yield "wrong filter", answer(library, library.ask(f"gas topic:نفط {QUESTION}"), shareable=True).payload()
    yield "truncated", answer(library, library.ask(f"{QUESTION} " * 30), shareable=True).payload()
    yield "more", more_passages(library, found, 1).payload()
    yield "no more", more_passages(library, found, 100).payload()
    yield "context", context_modal(library, key, passage)
    yield "ranking", ranking_modal(library, key, passage)
    yield "ranking, cut", ranking_modal(library, replace(key, whole=False), passage)
    yield "ranking, not found", ranking_modal(library, replace(key, question="نفط xyzzy"), passage)
    yield "citation", citation_modal(library, key, passage)
    yield "report", report_modal(str(key.dump()), passage)
    yield "reported", reported_modal(passage, again=True)


def lines(part: object) -> Iterator[str]:
    """Every text that is shown as one: the runs of a rich text together, and any other text alone."""
    if isinstance(part, list):
        for item in part:
            yield from lines(item)
    elif isinstance(part, dict):
        elements = part.get("elements", [])
        if str(part.get("type", "")).startswith("rich_text_") and part["type"] != "rich_text_list":
            yield "".join(run["text"] for run in elements)
            return
        if isinstance(part.get("text"), str):
            yield part["text"]
        for value in part.values():
            yield from lines(value)


def shown_lines(payload: object) -> list[str]:
    """The lines as a reader sees them: the address of a link is not shown."""
    return [one for text in lines(payload) for one in re.sub(r"<[^<>|]*[|]", "", text).split("\n")]


def exposed(line: str) -> list[str]:
    """The right-to-left letters that stand in no isolate; a word when isolates stay open, or turn the line around them.

    They turn a line that has left-to-right letters too when they come before those: browsers look into an isolate for
    the letter that gives a line its direction.
    """
    depth, found, outside = 0, [], []
    for place, character in enumerate(line):
        depth += (character == ISOLATE) - (character == POP)
        if depth == 0 and right_to_left(character):
            found.append(character)
        if depth == 0 and (character.isalpha() or character == LEFT_TO_RIGHT):
            outside.append(place)
    inside = [place for place, character in enumerate(line) if right_to_left(character)]
    if inside and outside and inside[0] < outside[0]:
        found.append("turned")
    return found if depth == 0 else [*found, "open"]


def test_no_line_is_turned(library: Library) -> None:
    """In no view does an Arabic letter stand outside an isolate, every isolate closes, and each view has such letters."""
    wide, passage = arabic(library)
    for name, payload in views(wide, passage):
        shown = shown_lines(payload)
        assert [(name, line) for line in shown if exposed(line)] == []
        assert blockcheck.check(payload) == []
        assert any(map(right_to_left, shown)), name


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("USIP", False), ("Ağ é", False), ("الحشد", True), ("the الحشد", True), ("ﷺ", True), ("שלום", True)],
)
def test_right_to_left_letters(text: str, *, is_one: bool) -> None:
    """Hebrew and Arabic letters, presentation forms too; accents are none."""
    assert right_to_left(text) is is_one
    assert isolated(text) == (f"{ISOLATE}{text}{POP}" if is_one else text)


def test_a_cut_quotation_is_set_apart_from_its_ellipses() -> None:
    """The ellipses belong to the line, the quotation does not."""
    runs = quoted("أكد البيان ذلك", ((0, 3),), 4, 10)

    assert [run["text"] for run in runs] == [f"… {ISOLATE}", "البيان", f"{POP} …"]
