"""An answer: the question, the passages with their citations, and what can be done next."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

import orjson

from bot.bidi import isolated, line
from bot.mrkdwn import escape, link, literal
from bot.texts import DOT, common, counted
from bot.texts import answer as texts
from bot.texts.conversation import READ_WITH
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.ids import ActionId
from bot.views.message import MOST_SECTION, Message, shorten
from bot.views.passage_menu import with_menu
from knowledge.library import Library
from knowledge.models import Answer, Hit, Passage, Source

PASSAGES: Final = 3
LACKING: Final = 4  # words named that no passage has
ECHOED: Final = 200  # characters of a question that are repeated
# A passage with less than this part of the best one's score is seldom about the question; it waits behind a button.
LEADING_SHARE: Final = 0.45
MOST_TITLE: Final = 250  # characters of mrkdwn; a document may have a whole sentence for a heading
KEPT_CITATIONS: Final = 1 << 11


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
            found: dict[str, Any] = orjson.loads(value)
            key = cls(**found)
        except (TypeError, ValueError) as error:
            raise ValueError(f"not the value of a button of an answer: {value[:40]!r}") from error
        said, start = (found["question"], found.get("version", "")), found.get("start", 0)
        if not (all(isinstance(one, str) for one in said) and type(start) is int):
            raise ValueError(f"not the value of a button of an answer: {value[:40]!r}")
        return key


def answer(
    library: Library, found: Answer, *, shareable: bool, shared_by: str | None = None, asked: str | None = None
) -> Message:
    """The first passages, or the plain statement that none answers.

    `shareable` adds the button that posts a private answer to the channel; `shared_by` is the name of who did. `asked` is
    the question as it is shown, where that is not as it was searched for.
    """
    asked = found.query.text if asked is None else asked
    blocks = body(library, found, asked)
    if not found.confident:
        return Message(
            _no_answer_spoken(library, found, asked), (*blocks, *_controls(library, found, 0, shareable=False))
        )
    by = "" if shared_by is None else _name(shared_by)
    if by:
        blocks.insert(0, b.context(common.SHARED_BY.format(name=by)))
    shown = leading(found)
    blocks += _controls(library, found, len(shown), shareable=shareable)
    return Message(_spoken(library, found, asked, shown, by), tuple(blocks))


def body(library: Library, found: Answer, asked: str) -> list[Block]:
    """An answer without the controls of a message: question, notes, passages with their menus. A modal takes it too."""
    head = [_question(found, asked), *_notes(found)]
    if not found.confident:
        return [*head, *_no_answer(library, found)]
    shown = leading(found)
    return [*head, *_passages(library, found.query.whole, shown, 0), _as_of(library, shown)]


def notes(found: Answer) -> tuple[str, ...]:
    """What a reader must know of the answer: words put right (if that helped), filters left out, words not found."""
    said = [isolated(note) for note in found.notes]
    if found.query.before:
        said.insert(0, READ_WITH.format(question=isolated(found.query.before)))
    if found.corrections and found.confident:
        meant = (texts.MEANT.format(meant=isolated(one.meant), typed=isolated(one.typed)) for one in found.corrections)
        said.insert(0, texts.SHOWING.format(meant=", ".join(meant)))
    if found.lacking:
        said.append(texts.LACKING.format(words=_either(found.lacking)))
    elif found.doubtful:
        said.append(texts.DOUBTFUL)
    return tuple(said)


def _either(words: Sequence[str]) -> str:
    named = [texts.WORD.format(word=isolated(word)) for word in words[:LACKING]]
    return texts.OR.join(filter(None, [", ".join(named[:-1]), named[-1]]))


def leading(found: Answer) -> tuple[Hit, ...]:
    """The one to three passages that are shown first."""
    least = LEADING_SHARE * found.hits[0].score if found.hits else 0.0
    return tuple(hit for hit in found.hits[:PASSAGES] if hit.score >= least)


def more_passages(library: Library, found: Answer, start: int, *, asked: str | None = None) -> Message:
    """The next passages after the first `start`; `asked` as in `answer`."""
    question = isolated(shorten(found.query.text if asked is None else asked, ECHOED))
    shown = found.hits[start : start + PASSAGES]
    if not shown:
        text = texts.NO_MORE.format(question=literal(question))
        return Message.saying(text)
    end = start + len(shown)
    title = texts.PASSAGES_ON.format(first=start + 1, last=end, question=question)
    blocks = [
        b.rich_text(b.rich_section(b.run(title, bold=True))),
        *_passages(library, found.query.whole, shown, start),
        _as_of(library, shown),
    ]
    if end < len(found.hits):
        key = AnswerKey(found.query.whole, end, library.corpus.version)
        blocks.append(b.actions(b.button(common.MORE_PASSAGES, ActionId.MORE, key.dump())))
    return Message(f"{literal(title)}. {_cited_lines(library, shown, start)}", tuple(blocks))


def citation(library: Library, passage: Passage) -> str:
    """One line of mrkdwn: basis, each publication with link and date, the place in it, the passage's own date."""
    return _citation(library, passage.id)


@functools.lru_cache(KEPT_CITATIONS)  # a library never changes
def _citation(library: Library, passage_id: str) -> str:
    passage = library.corpus.passages[passage_id]
    sources = library.sources_of(passage)
    parts = [texts.BASIS[passage.basis].format(sources="; ".join(map(_publication, sources)))]
    if passage.locator:
        parts.append(escape(isolated(passage.locator)))
    if passage.as_of is not None and (len(sources) > 1 or passage.as_of != sources[0].published):
        parts.append(common.AS_OF.format(date=passage.as_of.label))
    if passage.superseded_by is not None:
        newer = library.corpus.passages[passage.superseded_by]
        dated = f", {newer.as_of.label}" if newer.as_of else ""
        parts.append(texts.OVERTAKEN.format(heading=escape(isolated(newer.heading[-1])), dated=dated))
    return DOT.join(parts)


def _publication(source: Source) -> str:
    name = isolated(f"{source.short}, {source.title}")
    linked = link(source.url, name) if source.url else escape(name)
    return f"{linked}, {source.published.label}" if source.published else linked


def _question(found: Answer, asked: str) -> Block:
    question = b.rich_section(b.run(isolated(shorten(asked, ECHOED)), bold=True))
    if not found.query.truncated:
        return b.rich_text(question)
    return b.rich_text(question, b.rich_section(b.run(texts.TRUNCATED, italic=True)))


def _notes(found: Answer) -> list[Block]:
    """The notes as literal text: they repeat words of the reader."""
    return [b.rich_text(b.rich_section(b.run(note, italic=True))) for note in notes(found)]


def _passages(library: Library, question: str, hits: tuple[Hit, ...], before: int) -> list[Block]:
    shown: list[Block] = []
    for number, hit in enumerate(hits, before + 1):
        title = f"*{number}  {_title(hit.passage.heading[-1])}*"
        shown.append(with_menu(library, hit.passage, question, title))
        shown.append(b.rich_text(b.rich_quote(*_quoted(hit, whole=number == 1))))
        shown.append(b.context(shorten(citation(library, hit.passage), MOST_SECTION)))
    return shown


def _quoted(hit: Hit, *, whole: bool) -> list[b.Element]:
    """The passage, or its best sentences between ellipses that say that there is more."""
    text = hit.passage.text
    start, end = (0, len(text)) if whole else hit.best
    return b.quoted(text, hit.highlights, start, end)


def _as_of(library: Library, hits: tuple[Hit, ...]) -> Block:
    dates = sorted(
        {hit.passage.as_of for hit in hits if hit.passage.as_of}, key=lambda date: (date.latest, date.earliest)
    )
    ends = dict.fromkeys(date.label for date in (*dates[:1], *dates[-1:]))
    parts = [texts.FACTS.format(dates=common.TO.join(ends))] if dates else []
    return b.context(DOT.join([*parts, corpus_line(library), common.NOT_GENERATED]))


def corpus_line(library: Library) -> str:
    """Which corpus answered."""
    return texts.CORPUS.format(date=library.corpus.date.label, version=library.corpus.version[:7])


def _controls(library: Library, found: Answer, shown: int, *, shareable: bool) -> list[Block]:
    """At most three: what comes after the `shown` passages, sharing, and rating."""
    more = len(found.hits) > shown
    key = AnswerKey(found.query.whole, shown if more else 0, library.corpus.version)
    value = key.dump()
    buttons = []
    if more:
        label = common.MORE_PASSAGES if found.confident else common.SHOW_CLOSEST
        buttons.append(b.button(label, ActionId.MORE, value))
    if shareable:
        confirm = b.confirm(texts.SHARE_TITLE, texts.SHARE_TEXT, yes=common.SHARE_YES, no=common.SHARE_NO)
        buttons.append(b.button(common.SHARE, ActionId.SHARE, value, confirm=confirm))
    return [*([b.actions(*buttons)] if buttons else []), _feedback(key)]


def _feedback(key: AnswerKey) -> Block:
    def choice(label: str, *, helpful: bool) -> b.Element:
        value = AnswerKey(key.question, 0, key.version, helpful).dump()
        return {
            "text": b.plain_text(label),
            "value": value,
            "accessibility_label": texts.RATED.format(label=label),
        }

    return {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": ActionId.FEEDBACK,
                "positive_button": choice(texts.HELPFUL, helpful=True),
                "negative_button": choice(texts.NOT_HELPFUL, helpful=False),
            }
        ],
    }


def _no_answer(library: Library, found: Answer) -> list[Block]:
    closest = found.hits[:PASSAGES]
    said = [b.section(f"*{texts.NO_ANSWER}*")]
    if closest:
        lines = [
            [b.run(line(f"{isolated(hit.passage.heading[-1])}  ({_attribution(library, hit.passage)})"))]
            for hit in closest
        ]
        said.append(b.rich_text(b.rich_section(b.run(texts.CLOSEST)), b.rich_list(lines)))
    return [*said, b.context(f"{texts.TRY}\n{corpus_line(library)}")]


def _attribution(library: Library, passage: Passage) -> str:
    names = ", ".join(isolated(source.short) for source in library.sources_of(passage))
    return f"{names}, {passage.as_of.label}" if passage.as_of else names


def _no_answer_spoken(library: Library, found: Answer, asked: str) -> str:
    titles = "; ".join(
        f"{isolated(hit.passage.heading[-1])} ({_attribution(library, hit.passage)})" for hit in found.hits[:PASSAGES]
    )
    ending = f" {texts.CLOSEST_ARE.format(titles=escape(titles))}" if titles else ""
    said = "".join(f" {literal(note)}" for note in notes(found))
    return f"{texts.NO_ANSWER_TO.format(question=_name(asked))}{said}{ending}"


def _spoken(library: Library, found: Answer, asked: str, hits: tuple[Hit, ...], by: str) -> str:
    on = texts.ON.format(count=counted(len(hits), common.PASSAGES), question=_name(asked))
    shared = texts.SHARED.format(name=by) if by else ""
    said = "".join(f"{literal(note)} " for note in notes(found))
    return f"{shared}{on} {said}{_cited_lines(library, hits, 0)}"


def _cited_lines(library: Library, hits: tuple[Hit, ...], before: int) -> str:
    def told(number: int, hit: Hit) -> str:
        start, end = hit.best
        said = hit.passage.text if number == 1 else hit.passage.text[start:end]
        by = escape(_attribution(library, hit.passage))
        return f"{number}) {_title(hit.passage.heading[-1])}: {escape(isolated(said))} ({by})"

    return " ".join(told(number, hit) for number, hit in enumerate(hits, before + 1))


@functools.lru_cache(KEPT_CITATIONS)
def _title(heading: str) -> str:
    """A passage's heading in a line of mrkdwn."""
    return shorten(_name(heading), MOST_TITLE)


def _name(words: str) -> str:
    """Words of a reader in a line of mrkdwn."""
    return literal(isolated(words))
