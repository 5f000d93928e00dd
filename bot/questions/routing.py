"""What somebody means by a text: help, settings, the digest, a page of the register, thanks, or a question. Pure.

It forgives prefixes, plurals and slips of the keys. But a question must never be mistaken for a sub-command, since the
corpus answers it better than a list would. So a text is a sub-command only when its first word is one and the rest is
wholly a name that the sub-command knows, a time, or nothing: "who sadr" is one, "who controls the PMF?" and "settings of
the oil price" are questions. A word that the corpus itself uses is never taken for a slip of another, and a leading
question mark makes anything a question.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from rapidfuzz.distance import OSA

from bot.digests import commands as digest_commands
from bot.questions import readings
from bot.questions.readings import MARKS, MOST_CHOICES, Reading
from bot.texts import register as texts
from bot.views.register.key import PageKey
from knowledge.library import Library
from knowledge.models import Query
from knowledge.query import parse
from knowledge.register import Register, register_of
from knowledge.spelling import LONG

LEAST_PREFIX: Final = 3  # letters


class Command(StrEnum):
    """The sub-commands; those of the digest have a grammar of their own (`bot.digests.commands`)."""

    HELP = "help"
    SETTINGS = "settings"
    ISSUES = "issues"
    ISSUE = "issue"
    RECOMMENDATIONS = "recommendations"
    WHO = "who"
    COMPARE = "compare"
    TIMELINE = "timeline"
    SOURCES = "sources"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Help:
    """What the desk is and how to ask it; `slip` is the word that was put right, if one was."""

    slip: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of the channel."""


@dataclass(frozen=True, slots=True)
class Thanks:
    """A courtesy, and nothing that could be searched for."""


@dataclass(frozen=True, slots=True)
class Digest:
    """The weekly digest."""

    request: digest_commands.Request


@dataclass(frozen=True, slots=True)
class Pages:
    """A page of the register, or several to choose from: `question` then asks which.

    `typed` is the whole text and `rest` what stands after the sub-command; `slipped` when a slip was put right.
    """

    command: Command
    typed: str
    rest: str
    keys: tuple[PageKey, ...]
    question: str = texts.WHICH
    slipped: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What the corpus is searched for: everything else."""

    query: Query


Route: TypeAlias = Help | Settings | Thanks | Digest | Pages | Question


def route(library: Library, text: str) -> Route:
    """What a text means. Never raises for what somebody may type."""
    query = parse(text)
    typed = query.text
    request = digest_commands.read(typed)
    if request is not None:
        return Digest(request)
    first, _, rest = typed.partition(" ")
    word, name = first.strip(MARKS).casefold(), rest.strip(MARKS)
    if not word and not name:
        return Help()
    if word and _is_courtesy(typed):
        return Thanks()
    command = _WORDS.get(word)
    meant = command or _meant(library, word)
    if meant is None:
        return Question(query)
    return _read(library, meant, typed, name, sure=command is not None) or Question(query)


def _is_courtesy(typed: str) -> bool:
    """Whether all of it thanks or agrees: "great, thanks a lot!"."""
    if len(typed) > _LONGEST_COURTESY:
        return False
    words = [bare for one in _EMOJI.sub(" ", typed).split() if (bare := one.strip(MARKS).casefold())]
    return not _COURTESIES.isdisjoint(words) and _WITH_COURTESIES.issuperset(words)


def _meant(library: Library, word: str) -> Command | None:
    """The sub-command of which a word is the beginning or a slip, unless it is a word in its own right."""
    known = _BY_LETTER.get(word[:1])
    if known is None or len(word) < LEAST_PREFIX:
        return None
    meant = _begun(word, known) or _nearest(word, known)
    return None if meant is None or register_of(library).names.knows(word) else meant


def _begun(word: str, known: Sequence[str]) -> Command | None:
    begun = {_WORDS[one] for one in known if one.startswith(word)}
    of_one = len({command.rstrip("s") for command in begun}) == 1
    return max(begun) if of_one else None  # the plural


def _nearest(word: str, known: Sequence[str]) -> Command | None:
    """Of the words that begin with the same letter, which is seldom wrong."""
    most = 2 if len(word) >= LONG else 1
    near = [
        (slips, one)
        for one in known
        if len(one) > LEAST_PREFIX and (slips := OSA.distance(word, one, score_cutoff=most)) <= most
    ]
    return _WORDS[min(near)[1]] if near else None


def _read(library: Library, command: Command, typed: str, name: str, *, sure: bool) -> Route | None:
    match command:
        case Command.HELP:
            return _help(name.casefold(), "" if sure else typed)
        case Command.SETTINGS:
            return Settings() if name.casefold() in _NOTHING else None
        case _:
            return _pages(library, command, typed, name, sure=sure)


def _help(name: str, slip: str) -> Route | None:
    """`help`, or `help` with a sub-command."""
    if name == digest_commands.DIGEST:
        return Digest(digest_commands.Request(digest_commands.Verb.HELP))
    return Help(slip) if name in _NOTHING or name in _WORDS else None


def _pages(library: Library, command: Command, typed: str, name: str, *, sure: bool) -> Pages | None:
    reading = _READERS[command](register_of(library), name)
    if reading is None or len(reading.keys) > MOST_CHOICES or (reading.slipped and not sure and len(reading.keys) > 1):
        return None
    return Pages(command, typed, name, reading.keys, reading.question, reading.slipped or not sure)


_READERS: Final[Mapping[Command, Callable[[Register, str], Reading | None]]] = {
    Command.ISSUES: readings.issues,
    Command.ISSUE: readings.issue,
    Command.RECOMMENDATIONS: readings.recommendations,
    Command.WHO: readings.who,
    Command.COMPARE: readings.compare,
    Command.TIMELINE: readings.timeline,
    Command.SOURCES: readings.sources,
    Command.SOURCE: readings.source,
}
_EMOJI: Final = re.compile(r":[a-z0-9_+'-]+:|[\u2600-\u27bf\ufe0f\U0001f300-\U0001faff]")
_LONGEST_COURTESY: Final = 60  # characters; what is longer has something else to say
_COURTESIES: Final = frozenset(
    {"thanks", "thank", "thx", "ty", "cheers", "ok", "okay", "great", "perfect", "cool", "nice"}
    | {"شكرا", "شكراً", "شكرًا", "مشكور", "تمام", "ممتاز"}
)
_WITH_COURTESIES: Final = _COURTESIES | {
    *("you", "a", "lot", "so", "very", "much", "many", "again", "for", "this", "that", "got", "it", "all", "good"),
    *("helpful", "appreciated", "جزيلا", "جزيلاً", "لك", "لكم", "كثيرا"),
}
_NOTHING: Final = frozenset({"", "me", "please"})  # after `help` or `settings`
_SYNONYMS: Final[Mapping[Command, Sequence[str]]] = {
    Command.HELP: ("مساعدة",),
    Command.SETTINGS: ("setting", "preferences", "إعدادات", "الإعدادات"),
    Command.RECOMMENDATIONS: ("recommendation", "recs", "rec", "advice"),
    Command.COMPARE: ("comparison",),
    Command.TIMELINE: ("timelines", "chronology"),
}
_WORDS: Final[Mapping[str, Command]] = {
    word: command for command in Command for word in (command.value, *_SYNONYMS.get(command, ()))
}


def _by_letter() -> Mapping[str, Sequence[str]]:
    """The words by their first letter, so that a question costs next to nothing."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for word in _WORDS:
        found[word[0]].append(word)
    return dict(found)


_BY_LETTER: Final = _by_letter()
