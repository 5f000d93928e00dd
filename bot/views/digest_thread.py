"""The thread of a full digest: who wants what, all advice, and sources, in at most two replies."""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final

from bot.mrkdwn import literal
from bot.texts import DOT
from bot.texts import digest as texts
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.digest_sources import sources_of
from bot.views.digest_words import Told, newest_first
from bot.views.message import MOST_TEXT, Message, fits, shorten
from bot.views.register.citations import linked, words
from jobs.digest import Digest, Item
from knowledge.library import Library
from knowledge.models import Issue, Position, Recommendation

# What a reply gives up, step by step, until Slack takes it: first links, then (no shipped text is so long) words.
_LINKS: Final = (20, 12, 8, 5, 3, 0)
_WORDS: Final = (2_900, 1_200, 600)


def replies(library: Library, digest: Digest) -> tuple[Message, ...]:
    """The issues of a digest in detail: three in the first reply, the rest in the second."""
    numbered = list(enumerate(digest.items, 1))
    half = -(-len(numbered) // 2)
    return tuple(_reply(library, part) for part in (numbered[:half], numbered[half:]) if part)


def _reply(library: Library, part: Sequence[tuple[int, Item]]) -> Message:
    forms = (_body(library, part, longest, links) for longest, links in product(_WORDS, _LINKS))
    body = next((form for form in forms if fits(form)), ())
    room = MOST_TEXT // len(part) - 1
    return Message("\n".join(shorten(_spoken(library, number, item), room) for number, item in part), body)


def _body(library: Library, part: Sequence[tuple[int, Item]], longest: int, links: int) -> tuple[Block, ...]:
    body: list[Block] = []
    for number, item in part:
        paragraphs = _paragraphs(library, number, item.issue)
        body += [b.divider(), *(b.section(shorten(text, longest)) for text in paragraphs)]
        if links:
            body.append(b.context(_sources(library, item.issue, links)))
    return tuple(body[1:])


def _paragraphs(library: Library, number: int, issue: Issue) -> Iterator[str]:
    yield f"*{number}  {literal(issue.title)}*\n{words(issue.summary)}"
    if issue.positions:
        yield "\n".join([f"*{texts.POSITIONS}*", *_positions(library, issue)])
    if issue.recommendations:
        yield "\n".join([f"*{texts.ADVICE}*", *(Told.of(library, one).line("•") for one in _newest(issue))])


def _positions(library: Library, issue: Issue) -> Iterator[str]:
    """A line for each party and stance, in the order of the corpus."""
    for one in issue.positions:
        yield f"• *{_party(library, one)}* ({texts.STANCE[one.stance]}): {words(one.text)}"


def _party(library: Library, position: Position) -> str:
    return literal(library.corpus.actors[position.party].name)


def _newest(issue: Issue) -> list[Recommendation]:
    return sorted(issue.recommendations, key=lambda one: one.as_of.earliest, reverse=True)


def _sources(library: Library, issue: Issue, most: int) -> str:
    """Links: the sources of the advice and the newest of the text first."""
    advice = [id_ for one in issue.recommendations for id_ in one.sources]
    ids = dict.fromkeys([one.id for one in newest_first(library, advice)])
    ids |= dict.fromkeys([one.id for one in newest_first(library, sources_of(library, issue))])
    links = [linked(library.corpus.sources[id_]) for id_ in [*ids][:most]]
    more = [texts.MORE_BEHIND.format(number=len(ids) - most)] if len(ids) > most else []
    return texts.COMPILED_FROM.format(links=DOT.join([*links, *more]))


def _spoken(library: Library, number: int, item: Item) -> str:
    issue = item.issue
    said = [f"{number}) {words(issue.title)}. {words(issue.summary)}"]
    said += [f"{_party(library, one)} ({texts.STANCE[one.stance]}): {words(one.text)}" for one in issue.positions]
    return " ".join([*said, *(Told.of(library, one).spoken() for one in _newest(issue))])
