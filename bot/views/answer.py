"""An answer: the question, the passages with their citations, and what can be done next."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

import orjson

from bot.bidi import isolated
from bot.mrkdwn import escape, link, literal
from bot.texts.conversation import READ_WITH
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.ids import ActionId
from bot.views.message import Message, shorten
from knowledge.library import Library
from knowledge.models import Answer, Basis, Hit, Passage, Source

PASSAGES: Final = 3
LACKING: Final = 4  # words named that no passage has
# A passage with less than this part of the best one's score is seldom about the question; it waits behind a button.
LEADING_SHARE: Final = 0.45
_BASIS_WORDS = {Basis.SUMMARY: "Summary of", Basis.VERBATIM: "Quoted from", Basis.COMPILED: "Compiled from:"}
KEPT_CITATIONS: Final = 1 << 11
_DOT: Final = "  ·  "


@dataclass(frozen=True, slots=True)
class AnswerKey:
    """What a button must remember of the answer that it stands under: enough to compute it again.

    The same corpus version and the same question give the same answer, so nothing is stored. As JSON it stays far
    below the 2,000 characters of a button's value, since a question has at most 500, and what a follow-up is read with (which
    stands in the question's line) 250.
    """

    question: str
    start: int = 0
    version: str = ""
    helpful: bool | None = None

    def dump(self) -> str:
        """As a button's value."""
        return orjson.dumps(self).decode()

    @classmethod
    def load(cls, value: str) -> Self:
        """From a button's value; raises ValueError when it is not one of ours."""
        try:
            return cls(**orjson.loads(value))
        except (TypeError, ValueError) as error:
            raise ValueError(f"not the value of a button of an answer: {value[:40]!r}") from error


def answer(library: Library, found: Answer, *, shareable: bool, shared_by: str | None = None) -> Message:
    """The first passages, or the plain statement that none answers.

    `shareable` adds the button that posts a private answer to the channel; `shared_by` is the name of who did.
    """
    if not found.confident:
        return _no_answer(library, found)
    shown = leading(found)
    body = [_question(found), *_notes(found), *_passages(library, shown, 0), _as_of(library, shown)]
    if shared_by is not None:
        body.insert(0, b.context(f"Shared by {literal(shared_by)}"))
    more = len(found.hits) > len(shown)
    body += _controls(library, found, more=len(shown) if more else None, shareable=shareable)
    return Message(_spoken(library, found, shown, shared_by), tuple(body))


def notes(found: Answer) -> tuple[str, ...]:
    """What a reader must know of the answer: words put right (if that helped), filters left out, words not found."""
    said = list(found.notes)
    if found.query.before:
        said.insert(0, READ_WITH.format(question=isolated(found.query.before)))
    if found.corrections and found.confident:
        meant = ", ".join(f"“{one.meant}” for “{one.typed}”" for one in found.corrections)
        said.insert(0, f"Showing results for {meant}.")
    if found.lacking:
        said.append(f"This may not be the answer: nothing below has {_either(found.lacking)}.")
    elif found.doubtful:
        said.append("This may not be the answer: no passage has all of the question together.")
    return tuple(said)


def _either(words: Sequence[str]) -> str:
    named = [f"“{word}”" for word in words[:LACKING]]
    return " or ".join(filter(None, [", ".join(named[:-1]), named[-1]]))


def leading(found: Answer) -> tuple[Hit, ...]:
    """The one to three passages that are shown first."""
    least = LEADING_SHARE * found.hits[0].score if found.hits else 0.0
    return tuple(hit for hit in found.hits[:PASSAGES] if hit.score >= least)


def more_passages(library: Library, found: Answer, start: int) -> Message:
    """The next passages after the first `start`."""
    shown = found.hits[start : start + PASSAGES]
    if not shown:
        text = f"No more passages on “{literal(found.query.text)}”."
        return Message(text, (b.section(text),))
    title = f"Passages {start + 1} to {start + len(shown)} on “{found.query.text}”"
    body = [
        b.rich_text(b.rich_section(b.run(title, bold=True))),
        *_passages(library, shown, start),
        _as_of(library, shown),
    ]
    end = start + len(shown)
    if end < len(found.hits):
        key = AnswerKey(found.query.whole, end, library.corpus.version)
        body.append(b.actions(b.button("More passages", ActionId.MORE, key.dump())))
    return Message(f"{literal(title)}. {_cited_lines(library, shown, start)}", tuple(body))


def citation(library: Library, passage: Passage, number: int) -> str:
    """One line of mrkdwn: number, basis, each publication with link and date, the place in it, the passage's own date."""
    return f"*{number}*  {_cited(library, passage.id)}"


@functools.lru_cache(KEPT_CITATIONS)  # a library never changes
def _cited(library: Library, passage_id: str) -> str:
    passage = library.corpus.passages[passage_id]
    sources = library.sources_of(passage)
    parts = [f"{_BASIS_WORDS[passage.basis]} {'; '.join(map(_publication, sources))}"]
    if passage.locator:
        parts.append(escape(passage.locator))
    if passage.as_of is not None and (len(sources) > 1 or passage.as_of != sources[0].published):
        parts.append(f"as of {passage.as_of.label}")
    if passage.superseded_by is not None:
        newer = library.corpus.passages[passage.superseded_by]
        dated = f", {newer.as_of.label}" if newer.as_of else ""
        parts.append(f"*overtaken* by “{escape(newer.heading[-1])}”{dated}")
    return _DOT.join(parts)


def _publication(source: Source) -> str:
    name = f"{source.short}, {source.title}"
    linked = link(source.url, name) if source.url else escape(name)
    return f"{linked}, {source.published.label}" if source.published else linked


def _question(found: Answer) -> Block:
    runs = [b.run(found.query.text, bold=True)]
    if found.query.truncated:
        runs.append(b.run("\nOnly the first 500 characters of your question were searched.", italic=True))
    return b.rich_text(b.rich_section(*runs))


def _notes(found: Answer) -> list[Block]:
    """The notes as literal text: they repeat words of the reader."""
    return [b.rich_text(b.rich_section(b.run(note, italic=True))) for note in notes(found)]


def _passages(library: Library, hits: tuple[Hit, ...], before: int) -> list[Block]:
    body: list[Block] = []
    for number, hit in enumerate(hits, before + 1):
        body.append(b.rich_text(b.rich_quote(*_quoted(hit, whole=number == 1))))
        body.append(b.context(shorten(citation(library, hit.passage, number), 2_900)))
    return body


def _quoted(hit: Hit, *, whole: bool) -> list[b.Element]:
    """The passage, or its best sentences between ellipses that say that there is more."""
    text = hit.passage.text
    start, end = (0, len(text)) if whole else hit.best
    runs = b.highlighted(text, hit.highlights, start, end)
    if start > 0:
        runs.insert(0, b.run("… "))
    if end < len(text):
        runs.append(b.run(" …"))
    return runs


def _as_of(library: Library, hits: tuple[Hit, ...]) -> Block:
    dates = sorted(
        {hit.passage.as_of for hit in hits if hit.passage.as_of}, key=lambda date: (date.latest, date.earliest)
    )
    parts = [f"Facts as of {' to '.join(date.label for date in dict.fromkeys([dates[0], dates[-1]]))}"] if dates else []
    return b.context(_DOT.join([*parts, corpus_line(library), "Nothing here was generated"]))


def corpus_line(library: Library) -> str:
    """Which corpus answered."""
    return f"Corpus of {library.corpus.date.label}, version {library.corpus.version[:7]}"


def _controls(library: Library, found: Answer, *, more: int | None, shareable: bool) -> list[Block]:
    key = AnswerKey(found.query.whole, more or 0, library.corpus.version)
    buttons = []
    if more is not None:
        label = "More passages" if found.confident else "Show closest passages"
        buttons.append(b.button(label, ActionId.MORE, key.dump()))
    if shareable:
        confirm = b.confirm(
            "Share this answer?",
            "Everyone in this channel will see your question, the passages and your name.",
            yes="Share",
            no="Keep private",
        )
        buttons.append(b.button("Share to channel", ActionId.SHARE, key.dump(), confirm=confirm))
    return [*([b.actions(*buttons)] if buttons else []), _feedback(key)]


def _feedback(key: AnswerKey) -> Block:
    def choice(label: str, *, helpful: bool) -> b.Element:
        value = AnswerKey(key.question, 0, key.version, helpful).dump()
        return {"text": b.plain_text(label), "value": value, "accessibility_label": f"{label} answer"}

    return {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": ActionId.FEEDBACK,
                "positive_button": choice("Helpful", helpful=True),
                "negative_button": choice("Not helpful", helpful=False),
            }
        ],
    }


def _no_answer(library: Library, found: Answer) -> Message:
    closest = found.hits[:PASSAGES]
    body = [_question(found), *_notes(found), b.section("*No passage in the corpus answers this.*")]
    if closest:
        lines = [
            [b.run(hit.passage.heading[-1]), b.run(f"  ({_attribution(library, hit.passage)})")] for hit in closest
        ]
        body.append(b.rich_text(b.rich_section(b.run("The closest, which may not help:")), b.rich_list(lines)))
    body.append(
        b.context(
            f"Try other words, a name or a date. The corpus covers U.S.-Iraq relations only.{_DOT}{corpus_line(library)}"
        )
    )
    body += _controls(library, found, more=0 if closest else None, shareable=False)
    titles = "; ".join(f"{hit.passage.heading[-1]} ({_attribution(library, hit.passage)})" for hit in closest)
    ending = f" Closest: {escape(titles)}." if titles else ""
    said = "".join(f" {literal(note)}" for note in notes(found))
    return Message(f"No passage in the corpus answers “{literal(found.query.text)}”.{said}{ending}", tuple(body))


def _attribution(library: Library, passage: Passage) -> str:
    names = ", ".join(source.short for source in library.sources_of(passage))
    return f"{names}, {passage.as_of.label}" if passage.as_of else names


def _spoken(library: Library, found: Answer, hits: tuple[Hit, ...], shared_by: str | None) -> str:
    count = "1 passage" if len(hits) == 1 else f"{len(hits)} passages"
    by = f"{literal(shared_by)} shared: " if shared_by else ""
    said = "".join(f"{literal(note)} " for note in notes(found))
    return f"{by}{count} on “{literal(found.query.text)}”. {said}{_cited_lines(library, hits, 0)}"


def _cited_lines(library: Library, hits: tuple[Hit, ...], before: int) -> str:
    def line(number: int, hit: Hit) -> str:
        start, end = hit.best
        said = hit.passage.text if number == 1 else hit.passage.text[start:end]
        return f"{number}) {escape(said)} ({escape(_attribution(library, hit.passage))})"

    return " ".join(line(number, hit) for number, hit in enumerate(hits, before + 1))
