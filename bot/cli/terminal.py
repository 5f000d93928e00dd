"""An answer for a terminal: the same words as in Slack, wrapped, with matches in bold where the terminal can."""

import textwrap
from collections.abc import Iterable, Sequence

import click

from bot.views.answer import PASSAGES, corpus_line, leading, notes
from knowledge.explanation import Share
from knowledge.library import Library
from knowledge.models import Answer, Basis, Hit, Passage, Source

_BASIS = {Basis.SUMMARY: "Summary of", Basis.VERBATIM: "Quoted from", Basis.COMPILED: "Compiled from"}


def render(library: Library, found: Answer, *, width: int, explain: bool = False) -> str:
    """The answer as lines of at most `width` characters (URLs may be longer); `explain` adds why each was found."""
    width = max(40, min(width, 100))
    reasons = library.explain(found) if explain else ()
    body = [textwrap.fill(note, width) for note in notes(found)]
    if found.confident:
        for number, hit in enumerate(leading(found), 1):
            body.append(_passage(library, hit, number, width))
            body += [_reasons(hit, shares) for shares in reasons[number - 1 : number]]
    else:
        body.append("No passage in the corpus answers this.")
        if found.hits:
            body.append("The closest, which may not help:\n" + "\n".join(_closest(library, found.hits[:PASSAGES])))
            body += [_reasons(hit, shares) for hit, shares in zip(found.hits[:PASSAGES], reasons, strict=False)]
    return "\n\n".join([*body, f"{corpus_line(library)}. Nothing here was generated."])


def _passage(library: Library, hit: Hit, number: int, width: int) -> str:
    wrapped = textwrap.fill(hit.passage.text, width - 4, initial_indent="  | ", subsequent_indent="  | ")
    return f"{_bold(wrapped, hit)}\n{_citation(library, hit.passage, number, width)}"


def _bold(wrapped: str, hit: Hit) -> str:
    """Mark the matched words; wrapping moves only white space, so that words are found again in their order."""
    out, at = [], 0
    for start, end in hit.highlights:
        word = hit.passage.text[start:end]
        found = wrapped.find(word, at)
        if found < 0:  # the match is broken over two lines
            continue
        out += [wrapped[at:found], click.style(word, bold=True)]
        at = found + len(word)
    return "".join([*out, wrapped[at:]])


def _citation(library: Library, passage: Passage, number: int, width: int) -> str:
    sources = library.sources_of(passage)
    names = "; ".join(_publication(source) for source in sources)
    words = f"{number}  {_BASIS[passage.basis]} {names}. {passage.locator}."
    lines = textwrap.wrap(words, width - 4, initial_indent="  ", subsequent_indent="     ")
    return "\n".join(lines + [f"     {source.url}" for source in sources if source.url])


def _publication(source: Source) -> str:
    name = f"{source.short}, {source.title}"
    return f"{name}, {source.published.label}" if source.published else name


def _reasons(hit: Hit, shares: Sequence[Share]) -> str:
    """A line for each part of a passage's score, with the words of the question and how they matched."""
    head = f"  why {hit.passage.id} (score {hit.score:.2f}):"
    return "\n".join([head, *(f"    {share.share:4.0%}  {share.how:14} {share.what}".rstrip() for share in shares)])


def _closest(library: Library, hits: Iterable[Hit]) -> list[str]:
    return [
        f"  - {hit.passage.heading[-1]} ({', '.join(source.short for source in library.sources_of(hit.passage))})"
        for hit in hits
    ]
