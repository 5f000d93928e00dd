"""Filters in a question: ``gas source:usip-2020 after:2021 "strategic dialogue" -Kuwait``.

A filter narrows what may answer; the words that are left are searched. `source:`, `topic:` and `actor:` take an id or a
name, `basis:` a word of `Basis`, `after:` and `before:` a date (YYYY, YYYY-MM or YYYY-MM-DD). A quoted phrase must stand
in the passage, a word after a minus must not; a minus turns a filter round as well. This module knows the form alone;
`knowledge.selection` knows what the values mean.
"""

import re
from dataclasses import dataclass
from enum import StrEnum


class Key(StrEnum):
    """What can be filtered by."""

    SOURCE = "source"
    TOPIC = "topic"
    ACTOR = "actor"
    AFTER = "after"
    BEFORE = "before"
    BASIS = "basis"


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter as typed; `excludes` when it stands after a minus."""

    key: Key
    value: str
    excludes: bool = False

    def __str__(self) -> str:
        value = f'"{self.value}"' if " " in self.value or not self.value else self.value
        return f"{'-' if self.excludes else ''}{self.key}:{value}"


@dataclass(frozen=True, slots=True)
class Request:
    """A question taken apart: the words to search (those of phrases too), and what narrows the passages."""

    words: str
    filters: tuple[Filter, ...] = ()
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    @property
    def narrows(self) -> bool:
        """Whether there is anything but words."""
        return bool(self.filters or self.phrases or self.without)


_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_MARKS = re.compile(r'["“„«＂:-]')  # without one of these there is nothing to take apart
_PART = re.compile(
    rf"""
    (?<![^\s(,;])(?P<minus>-?)(?P<key>{"|".join(Key)}):(?:"(?P<quoted>[^"]*)"|(?P<value>[^\s"]*))
    | (?<!\S)-"(?P<no_phrase>[^"]*)"
    | "(?P<phrase>[^"]*)"
    | (?<!\S)-(?P<no_word>[^\W\d_][^\s"]*)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ENDING = ".,;:!?؟،؛)"
_KEY = re.compile(rf"({'|'.join(Key)}):", re.IGNORECASE)
_MINUS = re.compile(r"(?<!\S)-(?=[^\W\d_])")


def split(text: str) -> Request:
    """Take a cleaned question apart. Never raises; what has not the form of a filter is searched as words."""
    if not _MARKS.search(text):
        return Request(text)
    filters: list[Filter] = []
    phrases: list[str] = []
    without: list[str] = []

    def take(match: re.Match[str]) -> str:
        if match["key"]:
            value = match["quoted"] if match["quoted"] is not None else match["value"].rstrip(_ENDING)
            filters.append(Filter(Key(match["key"].lower()), value.strip(), bool(match["minus"])))
        elif match["phrase"] is not None:
            phrases.append(match["phrase"].strip())
            return f" {match['phrase']} "
        else:
            without.append((match["no_phrase"] or match["no_word"] or "").rstrip(_ENDING).strip())
        return " "

    plain = text.translate(_QUOTES)
    words = " ".join(_PART.sub(take, plain).split())
    request = Request(words, tuple(dict.fromkeys(filters)), _unique(phrases), _unique(without))
    return request if request.narrows else Request(text)


def disarmed(text: str) -> str:
    """The text as mere words: `split` finds nothing in it that narrows.

    For what nobody wrote as a question: a message quotes people, and means no phrase that a passage must have.
    """
    return _MINUS.sub(" ", _KEY.sub(r"\1 ", text.translate(_QUOTES).replace('"', " ")))


def _unique(parts: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for part in parts if part))
