"""What follows `/iraq digest`: a table of words that forgives a slip of the keys. Pure."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

DIGEST: Final = "digest"
_LONG: Final = 5  # letters from which two slips are forgiven; below it one
_SLIPS: Final = 2  # in the word itself


class Verb(StrEnum):
    """What is asked of the digest."""

    SETTINGS = "settings"
    ON = "on"
    OFF = "off"
    PAUSE = "pause"
    RESUME = "resume"
    STATUS = "status"
    PREVIEW = "preview"
    NOW = "now"
    LIST = "list"
    HELP = "help"


_SYNONYMS: Final = {
    "": Verb.SETTINGS,
    "?": Verb.HELP,
    "change": Verb.SETTINGS,
    "edit": Verb.SETTINGS,
    "setup": Verb.SETTINGS,
    "start": Verb.ON,
    "subscribe": Verb.ON,
    "stop": Verb.OFF,
    "unsubscribe": Verb.OFF,
    "unpause": Verb.RESUME,
    "continue": Verb.RESUME,
    "show": Verb.PREVIEW,
    "send": Verb.NOW,
}
_VERBS: Final = {**{verb.value: verb for verb in Verb}, **_SYNONYMS}
_TAKES_MORE: Final = {Verb.ON, Verb.SETTINGS}
_POLITE: Final = re.compile(r"[.!]+$|\s+please[.!]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Request:
    """A verb and what was written after it; `unknown` is the word that is no verb, with help as the answer."""

    verb: Verb
    rest: str = ""
    unknown: str = ""


def read(text: str) -> Request | None:
    """What is asked of the digest; None when the text is a question.

    `digest`, and whatever of the table stands behind it, is meant for the digest. So is a single word that is not in the
    table; more of them (`digest of what USIP advised`) are a question.
    """
    first, _, rest = _POLITE.sub("", text.strip()).partition(" ")
    if OSA.distance(first.casefold(), DIGEST, score_cutoff=_SLIPS) > _SLIPS:
        return None
    slipped = first.casefold() != DIGEST
    word, _, more = rest.strip().partition(" ")
    verb = _verb(word.casefold())
    if slipped and word.casefold() not in _VERBS:
        return None  # two slips in two words are another word
    if verb is not None and (verb in _TAKES_MORE or not more.strip()):
        return Request(verb, more.strip())
    if verb is None and not more.strip():
        return Request(Verb.HELP, unknown=word)
    return None


def _verb(word: str) -> Verb | None:
    if word in _VERBS:
        return _VERBS[word]
    near = _near(word, [known for known in _VERBS if known])
    return None if near is None else _VERBS[near]


def _near(word: str, known: list[str]) -> str | None:
    """The one known word that is near; None when none is, or several that mean different things are equally near."""
    most = 2 if len(word) >= _LONG else 1
    found = process.extract(word, known, scorer=OSA.distance, score_cutoff=most, limit=None)
    best = [name for name, slips, _ in found if slips == found[0][1]]
    if not best or len({_VERBS.get(name) for name in best}) > 1:
        return None
    return best[0]
