"""Which part of a passage to show, and which words to mark: offsets into its text, never markup."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.analysis import Token

MAX_LENGTH = 320  # characters of whole sentences: what fits a phone's screen beside its source

Span = tuple[int, int]

# A sentence ends with . ! ? or the Arabic question mark, and quotes or brackets that close, before a space and a
# beginning; a blank line ends it always.
_END = re.compile("(?<![.!?؟…])[.!?؟…]++[\"'”’»)\\]]*+(?=\\s+[\"'“‘«(\\[]*[^\\s\\W_])|(?=\\n\\s*\\n)")
# After these a full stop does not end a sentence: initials and dotted acronyms, titles, months, and the like.
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[\"'“‘«])(?:(?:\w\.)+|(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Sgt|Sen|Rep|Gov|St|No|Nos|Art|vs|etc|approx"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Inc|Ltd|Co|Corp|Vol|pp?|fig|cf|al)\.)$",
    re.IGNORECASE,
)


def sentences(text: str) -> list[Span]:
    """The (start, end) of every sentence, in order; together they hold every visible character of the text."""
    spans, start = [], 0
    for match in _END.finditer(text):
        end = match.end()
        if _ABBREVIATION.search(text, start, end):
            continue
        spans.append((start, end))
        start = end
    spans.append((start, len(text)))
    return [span for span in (_trim(text, span) for span in spans) if span[0] < span[1]]


def _trim(text: str, span: Span) -> Span:
    piece = text[span[0] : span[1]]
    return span[0] + len(piece) - len(piece.lstrip()), span[0] + len(piece.rstrip())


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in order, those that touch or overlap made one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


@dataclass(frozen=True, slots=True)
class Snippets:
    """A passage's text prepared for marking: where each term is, and the runs of sentences that may be shown.

    `runs` are the longest runs of whole sentences within `MAX_LENGTH`, in order; of a longer sentence, it alone.
    `within` has the numbers of the runs that a term stands in.
    """

    places: Mapping[str, tuple[Span, ...]]
    runs: tuple[Span, ...]
    within: Mapping[str, tuple[int, ...]]

    @classmethod
    def of(cls, text: str, tokens: Iterable[Token]) -> "Snippets":
        """Prepare a text and the tokens found in it (words and concepts)."""
        places: defaultdict[str, list[Span]] = defaultdict(list)
        for token in tokens:
            places[token.term].append((token.start, token.end))
        runs = tuple(_runs(sentences(text))) or ((0, 0),)
        within = {
            term: tuple(number for number, run in enumerate(runs) if any(_inside(span, run) for span in spans))
            for term, spans in places.items()
        }
        return cls({term: tuple(spans) for term, spans in places.items()}, runs, within)

    def highlights(self, terms: Iterable[str]) -> tuple[Span, ...]:
        """The places of the terms in the text, in order and apart."""
        return merge(span for term in terms for span in self.places.get(term, ()))

    def best(self, weights: Mapping[str, float]) -> Span:
        """The run that holds the greatest weight of different terms; the first of equals."""
        if len(self.runs) == 1:
            return self.runs[0]
        held = [0.0] * len(self.runs)
        for term, weight in weights.items():
            for number in self.within.get(term, ()):
                held[number] += weight
        return self.runs[held.index(max(held))]


def _inside(span: Span, run: Span) -> bool:
    return run[0] <= span[0] and span[1] <= run[1]


def _runs(spans: Sequence[Span]) -> Iterable[Span]:
    """For every sentence the longest run that begins with it, without those inside another."""
    last = -1
    for first, (start, _) in enumerate(spans):
        end = first
        while end + 1 < len(spans) and spans[end + 1][1] - start <= MAX_LENGTH:
            end += 1
        if end > last:
            yield start, spans[end][1]
            last = end
