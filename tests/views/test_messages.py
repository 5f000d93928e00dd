"""Views on their own: the longest texts, both colours of an answer, and what happens past a limit."""

from dataclasses import replace

import pytest

from bot.playground.model import Message as Shown
from bot.views import blocks as b
from bot.views.answer import AnswerKey, answer, more_passages
from bot.views.feedback import failed_modal, reason_modal, thanks_message, thanks_modal
from bot.views.help import help_message
from bot.views.home import home
from bot.views.ids import ActionId
from bot.views.message import MOST_CHARACTERS, MOST_TEXT, Message, fits, shorten
from bot.views.notices import busy, failed, stale_button
from knowledge.dates import PartialDate
from knowledge.library import Library
from knowledge.models import Answer, Basis, Corpus, Hit, Passage, Query, Source
from tests.support import blockcheck
from tests.support.desk import said

LONGEST_WORDS = "wwwwwwwwwwwwwwwwwwww " * 119 + "wwwwwwwwwwwwwwwwwwww"


def words(message: Message) -> str:
    """Everything a reader can see of it."""
    return said(Shown("", "", "", message.text, list(message.blocks)))


def corpus_of(library: Library, *passages: Passage, sources: tuple[Source, ...] = ()) -> Library:
    """A library of these passages beside the real topics and sources."""
    corpus: Corpus = library.corpus
    return Library(
        replace(
            corpus,
            passages={passage.id: passage for passage in passages},
            sources={**corpus.sources, **{source.id: source for source in sources}},
        )
    )


def hit_of(passage: Passage, *, start: int = 0, end: int | None = None) -> Hit:
    """A hit on a passage whose first word matched."""
    return Hit(passage, 1.0, ((0, 4),), (start, len(passage.text) if end is None else end))


@pytest.fixture(name="passage")
def _passage(library: Library) -> Passage:
    return next(iter(library.corpus.passages.values()))


def test_every_passage_of_the_corpus_fits(library: Library) -> None:
    """An answer or a page of any three passages of the corpus holds Slack's rules, blocks and all."""
    passages = sorted(library.corpus.passages.values(), key=lambda passage: -len(passage.text))
    for start in range(0, len(passages), 3):
        hits = tuple(hit_of(passage) for passage in passages[start : start + 3])
        found = Answer(Query("x" * 500), hits, confident=True)
        for message in (
            answer(library, found, shareable=True),
            answer(library, found, shareable=False, shared_by="dana"),
            answer(library, replace(found, confident=False), shareable=True),
            more_passages(library, found, 0),
        ):
            payload = message.payload()
            assert "blocks" in payload
            assert blockcheck.check(payload) == []


def test_the_longest_texts_that_a_corpus_may_hold(library: Library, passage: Passage) -> None:
    """120 long words, three times over, with ten long sources: it still fits, or degrades to text that does."""
    sources = tuple(
        Source(
            f"s{i}",
            "t" * 250,
            "p" * 100,
            "p" * 60,
            (),
            PartialDate(2020),
            f"https://example.org/{'u' * 300}{i}",
            "report",
            passage.topics,
        )
        for i in range(10)
    )
    long = replace(passage, text=LONGEST_WORDS, basis=Basis.COMPILED, sources=tuple(source.id for source in sources))
    wide = corpus_of(library, long, sources=sources)
    found = Answer(Query("q" * 500), (hit_of(long),) * 3, confident=True)
    payload = answer(wide, found, shareable=True).payload()

    assert [problem for problem in blockcheck.check(payload) if problem.level == "ERROR"] == []
    assert len(payload["text"]) <= MOST_TEXT


@pytest.mark.parametrize(
    ("basis", "count", "says"),
    [
        (Basis.SUMMARY, 1, "Summary of <https://"),
        (Basis.VERBATIM, 1, "Quoted from <https://"),
        (Basis.COMPILED, 2, "Compiled from: <https://"),
    ],
)
def test_the_basis_is_said(library: Library, passage: Passage, basis: Basis, count: int, says: str) -> None:
    """Summaries, quotations and compilations are never taken for each other; a compilation links every source."""
    sources = tuple(list(library.corpus.sources)[:count])
    made = replace(passage, basis=basis, sources=sources)
    shown = words(
        answer(corpus_of(library, made), Answer(Query("q"), (hit_of(made),), confident=True), shareable=False)
    )

    assert says in shown
    assert all(str(library.corpus.sources[source].url) in shown for source in sources)


def test_a_superseded_passage_names_its_successor(library: Library) -> None:
    """An older fact says so, with the newer one's title and date."""
    old, new = list(library.corpus.passages.values())[:2]
    old = replace(old, superseded_by=new.id)
    shown = words(
        answer(corpus_of(library, old, new), Answer(Query("q"), (hit_of(old),), confident=True), shareable=False)
    )

    assert f"*overtaken* by “{new.heading[-1]}”" in shown


def test_cut_passages_show_that_they_are_cut(library: Library, passage: Passage) -> None:
    """Where only the best sentences are shown, ellipses say that there is more."""
    middle = hit_of(passage, start=10, end=len(passage.text) - 10)
    shown = answer(library, Answer(Query("q"), (middle, middle), confident=True), shareable=False).blocks

    quotes = [
        "".join(run["text"] for run in block["elements"][0]["elements"])
        for block in shown
        if block["type"] == "rich_text" and block["elements"][0]["type"] == "rich_text_quote"
    ]
    assert quotes == [passage.text, f"… {passage.text[10:-10]} …"]


def test_weak_passages_wait_behind_the_button(library: Library) -> None:
    """Only passages that score near the best one are shown at first, and More passages goes on after them."""
    hits = [hit_of(passage) for passage in list(library.corpus.passages.values())[:3]]
    weak = (hits[0], replace(hits[1], score=0.2), replace(hits[2], score=0.1))
    message = answer(library, Answer(Query("q"), weak, confident=True), shareable=False)
    (more,) = [
        element
        for block in message.blocks
        for element in block.get("elements", [])
        if element.get("action_id") == ActionId.MORE
    ]

    assert words(message).count("Summary of") == 1
    assert AnswerKey.load(more["value"]).start == 1


def test_past_the_last_passage(library: Library, passage: Passage) -> None:
    """A press that asks for more than there is gets a plain sentence."""
    message = more_passages(library, Answer(Query("q"), (hit_of(passage),), confident=True), 3)

    assert words(message) == "No more passages on “q”."


@pytest.mark.parametrize("value", ["", "{}", "[]", "null", '{"question": "x", "nosuch": 1}', "q=iran"])
def test_a_foreign_value_is_refused(value: str) -> None:
    """Only what an answer's buttons carry is read as such."""
    with pytest.raises(ValueError, match="not the value of a button"):
        AnswerKey.load(value)


def test_a_value_comes_back() -> None:
    """A button's value holds the longest question in any script, far below Slack's limit."""
    key = AnswerKey("ع" * 500, 9, "0123456789ab", helpful=False)

    assert AnswerKey.load(key.dump()) == key
    assert len(key.dump()) <= 2_000


def test_fixed_views_hold_slacks_rules(library: Library) -> None:
    """Help, Home, modals and notices pass the independent checker with no warning."""
    key = AnswerKey("q" * 500, 0, "0123456789ab", helpful=False).dump()
    payloads = [
        help_message(library, "U0PLAYBOT01").payload(),
        busy().payload(),
        failed("0123abcd").payload(),
        stale_button().payload(),
        thanks_message().payload(),
        home(library, None, library.corpus.date.latest),
        reason_modal(key),
        thanks_modal(),
        failed_modal("0123abcd"),
    ]

    assert [problem for payload in payloads for problem in blockcheck.check(payload)] == []


@pytest.mark.parametrize(
    "blocks",
    [
        (b.section("x" * 3_001),),
        (b.header("x" * 151),),
        (b.divider(),) * 51,
        (b.context("x" * 3_001),),
        (b.actions(b.button("More", ActionId.MORE, "x" * 2_001)),),
        (b.section("x" * 2_900),) * (MOST_CHARACTERS // 2_900 + 1),
    ],
)
def test_what_does_not_fit_becomes_text(blocks: tuple[b.Block, ...]) -> None:
    """Blocks past a limit are not sent at all: the message is its text."""
    assert not fits(blocks)
    assert "blocks" not in Message("said", blocks).payload()


@pytest.mark.parametrize(
    ("text", "most", "short"),
    [
        ("short", 10, "short"),
        ("one two three", 9, "one two…"),
        ("onetwothree", 6, "onetw…"),
        ("aaaa&amp;", 8, "aaaa…"),
    ],
)
def test_shortening_breaks_no_word_and_no_entity(text: str, most: int, short: str) -> None:
    """A cut falls between words where it can, and never inside an escape."""
    assert shorten(text, most) == short
