"""Which sub-command of `/iraq` somebody typed, if any: tolerant of prefixes, plurals and slips of the keys.

A question must never be mistaken for a sub-command, since the corpus answers it better than a list would. So a text is
a sub-command only when its first word is one and the rest is wholly a name that the sub-command knows, a time, or
nothing: "who sadr" is one, "who controls the PMF?" and "issues with the budget" are questions. A word that the corpus
itself uses is never taken for a slip of another, and a leading question mark makes anything a question.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rapidfuzz.distance import OSA

from bot import readings
from bot.readings import MARKS, MOST_CHOICES, Reading
from bot.texts import register as texts
from bot.views.message import Message, shorten
from bot.views.register.choice import choice
from bot.views.register.key import PageKey
from bot.views.register.pages import register_page, title
from knowledge.library import Library
from knowledge.query import parse
from knowledge.register import Register, register_of
from knowledge.spelling import LONG

LEAST_PREFIX: Final = 3  # letters
MOST_REPEATED: Final = 80  # characters of what was typed


class Command(StrEnum):
    """The sub-commands."""

    ISSUES = "issues"
    ISSUE = "issue"
    RECOMMENDATIONS = "recommendations"
    WHO = "who"
    COMPARE = "compare"
    TIMELINE = "timeline"
    SOURCES = "sources"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Route:
    """A sub-command as it was understood.

    `keys` is the page of the register that it shows, or several to choose from. `typed` is the whole text; `slipped` when a slip was put right.
    """

    command: Command
    typed: str
    rest: str = ""
    keys: tuple[PageKey, ...] = ()
    question: str = texts.WHICH
    slipped: bool = False


def route(library: Library, text: str) -> Route | None:
    """The sub-command that a text is; None for a question. Never raises for what somebody may type."""
    typed = parse(text).text
    first, _, rest = typed.partition(" ")
    word = first.strip(MARKS).casefold()
    command = _WORDS.get(word)
    meant = command or _meant(library, word)
    return None if meant is None else _register_route(library, meant, typed, rest, sure=command is not None)


def message(library: Library, found: Route, *, shareable: bool) -> Message | None:
    """The page of a route, or the question which one was meant; None where the register has no part in it."""
    match found.keys:
        case ():
            return None
        case (key,) if found.question == texts.WHICH:
            note = (
                texts.SHOWING.format(title=title(library, key), typed=shorten(found.typed, MOST_REPEATED))
                if found.slipped
                else None
            )
            return register_page(library, key, shareable=shareable, note=note)
        case keys:
            return choice(library, found.question, found.rest, keys)


def _meant(library: Library, word: str) -> Command | None:
    """The sub-command of which a word is the beginning or a slip, unless it is a word in its own right."""
    if len(word) < LEAST_PREFIX:
        return None
    meant = _begun(word) or _nearest(word)
    return None if meant is None or register_of(library).names.knows(word) else meant


def _begun(word: str) -> Command | None:
    begun = {command for known, command in _WORDS.items() if known.startswith(word)}
    of_one = len({command.rstrip("s") for command in begun}) == 1
    return max(begun) if of_one else None  # the plural


def _nearest(word: str) -> Command | None:
    most = 2 if len(word) >= LONG else 1
    near = [
        (slips, known)
        for known in _WORDS
        if len(known) > LEAST_PREFIX and (slips := OSA.distance(word, known)) <= most and known[0] == word[0]
    ]
    return _WORDS[min(near)[1]] if near else None


def _register_route(library: Library, command: Command, typed: str, rest: str, *, sure: bool) -> Route | None:
    name = rest.strip(MARKS)
    reading = _READERS[command](register_of(library), name)
    if reading is None or len(reading.keys) > MOST_CHOICES or (reading.slipped and not sure and len(reading.keys) > 1):
        return None
    return Route(command, typed, name, reading.keys, reading.question, reading.slipped or not sure)


_READERS: Mapping[Command, Callable[[Register, str], Reading | None]] = {
    Command.ISSUES: readings.issues,
    Command.ISSUE: readings.issue,
    Command.RECOMMENDATIONS: readings.recommendations,
    Command.WHO: readings.who,
    Command.COMPARE: readings.compare,
    Command.TIMELINE: readings.timeline,
    Command.SOURCES: readings.sources,
    Command.SOURCE: readings.source,
}
_SYNONYMS: Mapping[Command, Sequence[str]] = {
    Command.RECOMMENDATIONS: ("recommendation", "recs", "rec", "advice"),
    Command.COMPARE: ("comparison",),
    Command.TIMELINE: ("timelines", "chronology"),
}
_WORDS: Mapping[str, Command] = {
    word: command for command in Command for word in (command.value, *_SYNONYMS.get(command, ()))
}
