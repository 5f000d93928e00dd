"""Passages and questions to measure engines with: made up, or a public collection's."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

Tokens = list[str]

# What the analysed passages of public collections are like (a mixture of 165,000: news, encyclopaedia, fact book,
# questions' passages): 43 terms, 37 of them distinct, the most frequent word in a fifth of the passages. Questions of
# four to six words touch as many postings as there: at 100,000 passages some 12,000 in the median, 40,000 at the 95th
# percentile.
_WORDS, _EXPONENT, _SHIFT = 300_000, 1.1, 20  # Zipf's law as Mandelbrot has it
_MEDIAN, _SPREAD = 34.0, 0.7  # of the lengths, whose logarithm is normal
_REPEATED = 0.12  # how many words of a passage repeat one that stood there


def numbers(size: int, seed: int = 1) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
    """The words of `size` passages, by rank in the vocabulary, one passage after another; and the passages' lengths."""
    chance = np.random.default_rng(seed)
    falling = np.cumsum(1 / (np.arange(1, _WORDS + 1) + _SHIFT) ** _EXPONENT)
    lengths = np.clip(chance.lognormal(np.log(_MEDIAN), _SPREAD, size), 2, 1000).astype(np.int64)
    words = np.searchsorted(falling / falling[-1], chance.random(lengths.sum(), np.float32)).astype(np.int32)
    repeated = np.flatnonzero(chance.random(len(words), np.float32) < _REPEATED)
    begins = np.repeat(np.cumsum(lengths) - lengths, lengths)[repeated]
    words[repeated] = words[begins + (chance.random(len(repeated)) * (repeated - begins)).astype(np.int64)]
    return np.minimum(words, _WORDS - 1), lengths


def made(size: int) -> Iterator[Tokens]:
    """Passages whose words are as frequent as a language's and whose lengths are real."""
    names = [f"w{number:06}" for number in range(_WORDS)]
    words, lengths = numbers(size)
    at = 0
    for length in lengths.tolist():
        yield [names[number] for number in words[at : at + length].tolist()]
        at += length


def questions(passages: list[Tokens], count: int, seed: int = 2) -> list[Tokens]:
    """Words drawn from a passage: two, and as many more as the questions of the collections have."""
    chance = np.random.default_rng(seed)
    found: list[Tokens] = []
    while len(found) < count:
        passage = passages[chance.integers(len(passages))]
        length = min(2 + chance.poisson(3), len(passage))
        found.append([passage[place] for place in chance.choice(len(passage), length, replace=False)])
    return found


def collection(folder: Path) -> tuple[list[Tokens], list[Tokens]]:
    """A collection's passages and questions, analysed: corpus.jsonl ({title, text}) and queries.jsonl ({text})."""
    from knowledge.analysis import Analyzer  # noqa: PLC0415 - an index of made passages is to be measured without these
    from tests.evaluation.collections import STOPWORDS, lines  # noqa: PLC0415 - the same

    terms = Analyzer(STOPWORDS).terms
    passages = [terms(f"{one.get('title', '')} {one['text']}") for one in lines(folder / "corpus.jsonl")]
    return passages, [terms(one["text"]) for one in lines(folder / "queries.jsonl")]
