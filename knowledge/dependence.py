"""Whether a question says itself what it asks, or needs the one before it.

"and the Kurds?", "why?", "did parliament approve it?" and "was a ransom paid?" need one; "dollar auction", "who is Sistani?"
and "is it true that Iran stopped the gas?" do not. The rules look at the words alone: how it begins, what points back, and
how many things and names it has of its own.
"""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import dropwhile
from typing import Final

from knowledge.analysis import Token, folded
from knowledge.confidence import Thing
from knowledge.meaning import Meaning

MOST_FRAGMENT: Final = 3  # things in "and the dollar shipments to Basra?"; more say what they ask
MOST_CLAUSE: Final = 2  # things in "was a ransom paid?", none of them a name
ENOUGH: Final = 3  # things before a pronoun, which then means one of them
MOST_COMPARED: Final = 3  # things in "how many other objects came home?", none of them a name


def _words(text: str) -> frozenset[str]:
    """Words as `folded` leaves them."""
    return frozenset(token.term for token in folded(text))


_GREETINGS: Final = _words("hi hello hey thanks thank you ok okay great good please well شكرا مرحبا طيب")
_CONNECTIVES: Final = _words("and but or so then also plus ثم لكن او")
_TURNS: Final = (("what", "about"), ("how", "about"), ("what", "of"), ("same", "for"), ("ماذا", "عن"))
_ASKING: Final = _words(
    "who whom whose what which when where why how is are was were do does did has have had can could will would should may"
    " might من ما ماذا متى أين لماذا كيف كم هل أي"
)
_PLACING: Final = _words(
    "in on at by for from with without under until since during after before between to of في منذ بعد قبل مع"
)
# With one name these ask what it says of something: "what does Human Rights Watch say?".
_STATING: Final = _words(
    "say says said think thinks thought want wants wanted respond responds responded react reacts reacted retaliate"
    " retaliated advise advises advised recommend recommended ask asks asked demand demands demanded reply replied answer"
    " answered propose proposed happen happens happened mean means view position opinion قال قالت موقف رأي"
)
# These compare with something before.
_COMPARING: Final = _words(
    "other others another instead total first second third next last later left afterwards further latest recent آخر"
)
# These say nothing of what a question is about.
_EMPTY: Final = _words(
    "else more same still again too also ever exactly long now today itself themselves himself herself recently currently أيضا"
)
_PRONOUNS: Final = _words("it he she him they them")
_OWNERS: Final = _words("its their his her theirs hers")
_DEMONSTRATIVES: Final = _words("this these those that ذلك هذا هذه تلك")
_EMPTY_IT: Final = _words("true possible likely take takes took taken legal fair clear")  # "is it true", "did it take"
_NO_POINTING: Final = _words(
    "year month week weekend decade morning evening spring summer autumn winter who which that is are was were العام السنة الشهر"
)
# "Is that legal", "after that", "who said that"; but "the law that", "groups that".
_BEFORE_THAT: Final = _words(
    "is was did does do of about after before since for with to by from in on said say says why how mean than"
)
_BEING: Final = _words("is are was were")
_JOINING: Final = _words("and but or")
# Arabic words without a subject; the corpus's stop words are English.
_FUNCTION: Final = _words(
    "في من عن على إلى ما ماذا متى أين لماذا كيف كم هل أي هو هي هم هذا هذه ذلك تلك كان كانت التي الذي ثم أو و منذ تم عدد"
)
_LOOSE: Final = _EMPTY | _PLACING | _FUNCTION
_ARABIC_AND: Final = "و"
_ARABIC_ARTICLE: Final = "ال"
YEAR: Final = re.compile(r"(?:19|20)\d\d")


def depends(text: str, meaning: Meaning) -> bool:
    """Whether a question needs the one before it. `text` is what is left of it without filters, and `meaning` is its own."""
    said = _after(_GREETINGS, folded(text))
    if text and not said:  # "thanks!" asks nothing
        return False
    rest = _without_turn(said)
    told = [thing for _, thing in meaning.evidence.parts if _tells(text, thing)]
    if not told or _points_back(rest, [thing.start for thing in told]):
        return True
    words = {token.term for token in rest}
    if rest[0].term in _ASKING:
        names = [thing for thing in told if thing.concepts]
        return _stated(text, told, words) if names else _short(len(told) + len(meaning.times), words)
    if rest[0] is not said[0] or rest[0].term in _PLACING:
        return len(told) <= MOST_FRAGMENT
    return len(told) == 1 and text.rstrip().endswith(("?", "؟"))


def _stated(text: str, told: Sequence[Thing], words: AbstractSet[str]) -> bool:
    """Whether a clause asks what one name says or does of something that it does not tell."""
    subjects = [thing for thing in told if _STATING.isdisjoint(_terms(text, thing))]
    return len(subjects) == 1 and not _STATING.isdisjoint(words)


def _short(told: int, words: AbstractSet[str]) -> bool:
    """Whether a clause without a name says too little."""
    return told <= (MOST_CLAUSE if (_COMPARING | _EMPTY).isdisjoint(words) else MOST_COMPARED)


def _terms(text: str, thing: Thing) -> list[str]:
    return [token.term for token in folded(text[thing.start : thing.end])]


def is_loose(word: str) -> bool:
    """Whether a word as typed only places, joins or asks, and says nothing of what a question is about."""
    return all(term in _LOOSE or term.removeprefix(_ARABIC_AND) in _LOOSE for term in _words(word))


def _tells(text: str, thing: Thing) -> bool:
    """Whether a thing of a question tells what it is about, and is no time."""
    words = text[thing.start : thing.end]
    return not (is_loose(words) or _words(words) <= _COMPARING or YEAR.fullmatch(words))


def _after(leading: AbstractSet[str], words: list[Token]) -> list[Token]:
    return list(dropwhile(lambda token: token.term in leading, words))


def _without_turn(said: list[Token]) -> list[Token]:
    """The words after "and", "what about" and the like. The Arabic "and" is written onto its word."""
    rest = _after(_CONNECTIVES, said)
    if rest and rest[0].term.startswith(_ARABIC_AND):
        bare = rest[0].term.removeprefix(_ARABIC_AND)
        if bare.startswith(_ARABIC_ARTICLE) or bare in _ASKING or bare in _PLACING or len(rest) == 1:
            rest = [rest[0]._replace(term=bare), *rest[1:]]
    if tuple(token.term for token in rest[:2]) in _TURNS:
        rest = rest[2:]
    return rest


def _points_back(rest: Sequence[Token], told: Sequence[int]) -> bool:
    """Whether a word points at something that the question does not name itself; `told` is where it tells something."""
    for place, (word, start, _) in enumerate(rest):
        after = rest[place + 1].term if place + 1 < len(rest) else ""
        before = rest[place - 1].term if place else ""
        named = sum(one < start for one in told)
        if named >= ENOUGH or (named and word in _JOINING):  # "who is Sadr and what did he do": in its own first half
            return False
        if _points(word, before, after) or (word in _OWNERS and not named):
            return True
    return False


def _points(word: str, before: str, after: str) -> bool:
    if word in _PRONOUNS:
        return after not in _EMPTY_IT
    if word == "there":
        return not after and before not in _BEING
    return word in _DEMONSTRATIVES and after not in _NO_POINTING and (word != "that" or before in _BEFORE_THAT)
