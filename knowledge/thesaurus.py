"""Other names for the same thing: aliases, acronyms, transliterations, Arabic names.

A concept is one entry of the thesaurus. Its occurrences are found in passages and questions alike, longest form first,
and each becomes a term of its own beside the words. So a passage that says "Popular Mobilization Forces" and a question
that says "PMU" meet in one term, whose frequency counts every form, and a highlight marks the form the text has.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from knowledge.analysis import Analyzer, Token
from knowledge.models import Synonyms

MARK = "="  # begins the term of a concept; no analysed word has it

_CLITIC = re.compile("[وفبلك](?=[\u0621-\u064a]{3})")  # "and", "so", "in", "to", "like": written onto an Arabic word


class Thesaurus:
    """The concepts of a corpus."""

    def __init__(self, entries: Iterable[Synonyms], analyzer: Analyzer) -> None:
        self._forms: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        self._cautious: dict[str, str] = {}
        for entry in entries:
            concept = MARK + entry.name
            for form in (entry.name, *entry.aliases):
                terms = tuple(analyzer.terms(form))
                for key in {terms, ("".join(terms),)} if terms else ():  # also written together: abdulmahdi, pullout
                    if concept not in self._forms[key]:
                        self._forms[key].append(concept)
            self._cautious.update((form, concept) for form in entry.cautious)
        self._longest: dict[str, int] = {}
        for terms in self._forms:
            self._longest[terms[0]] = max(len(terms), self._longest.get(terms[0], 0))
        alternatives = "|".join(re.escape(form) for form in sorted(self._cautious, key=len, reverse=True))
        self._cautious_form = re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)" if alternatives else r"(?!)")

    def concepts(self, tokens: Sequence[Token], text: str) -> list[Token]:
        """Every concept named in a text, where it is named. `tokens` are the analysed tokens of `text`."""
        return sorted((*self._phrases(tokens), *self._exact(text)), key=lambda token: token.start)

    def _phrases(self, tokens: Sequence[Token]) -> Iterator[Token]:
        at = 0
        while at < len(tokens):
            length, concepts = self._match(tokens, at)
            for concept in concepts:
                yield Token(concept, tokens[at].start, tokens[at + length - 1].end)
            at += length

    def _match(self, tokens: Sequence[Token], at: int) -> tuple[int, Sequence[str]]:
        """The longest form that begins at a token: its length and concepts; of none, one token and no concept."""
        first = tokens[at].term
        for start in (first, _CLITIC.sub("", first, count=1)) if not first.isascii() else (first,):
            for length in range(min(self._longest.get(start, 0), len(tokens) - at), 0, -1):
                terms = (start, *(token.term for token in tokens[at + 1 : at + length]))
                if terms in self._forms:
                    return length, self._forms[terms]
        return 1, ()

    def _exact(self, text: str) -> Iterator[Token]:
        for match in self._cautious_form.finditer(text):
            yield Token(self._cautious[match[0]], match.start(), match.end())
