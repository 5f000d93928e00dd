"""The same pipeline, untuned, on public collections, beside the reference line rebuilt in the same run.

``python -m tests.evaluation.collections --data DIR``: for every folder of DIR with corpus.jsonl ({_id, title, text}),
queries.jsonl ({_id, text}) and qrels.tsv (query-id, corpus-id, score). The reference line is BM25 with Lucene's idf,
k1 0.9 and b 0.6, over Snowball stems without 33 stop words and the words questions are made of, the title twice.
"""

import argparse
import json
import math
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from knowledge import curated
from knowledge.analysis import Analyzer
from knowledge.bm25 import BM25
from knowledge.dates import PartialDate
from knowledge.library import Library
from knowledge.models import Basis, Corpus, Passage, Source

DEPTH = 10
STOPWORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "but",
        "by",
        "for",
        "if",
        "in",
        "into",
        "is",
        "it",
        "no",
        "not",
        "of",
        "on",
        "or",
        "such",
        "that",
        "the",
        "their",
        "then",
        "there",
        "these",
        "they",
        "this",
        "to",
        "was",
        "will",
        "with",
        "what",
        "who",
        "whom",
        "whose",
        "which",
        "when",
        "where",
        "why",
        "how",
        "did",
        "does",
        "do",
        "has",
        "have",
        "had",
        "been",
        "were",
        "can",
        "could",
        "would",
        "should",
        "from",
    ]
)
Search = Callable[[str], Sequence[str]]


def lines(file: Path) -> Iterator[dict[str, str]]:
    """The objects of a file of JSON lines."""
    with file.open(encoding="utf-8") as opened:
        yield from map(json.loads, opened)


def reference(documents: Sequence[Mapping[str, str]]) -> Search:
    """The reference line."""
    analyzer = Analyzer(STOPWORDS)
    index = BM25(2 * analyzer.terms(one["title"]) + analyzer.terms(one["text"]) for one in documents)
    ids = [one["_id"] for one in documents]

    def search(query: str) -> Sequence[str]:
        scores = index.get_scores(analyzer.terms(query))
        best = np.argsort(-scores, kind="stable")[:DEPTH]
        return [ids[place] for place in best if scores[place] > 0]

    return search


def pipeline(documents: Sequence[Mapping[str, str]]) -> Search:
    """The library as it is, over these documents as passages without `asks`."""
    shipped = curated.load(curated.packaged())
    source = Source("x", "x", None, "x", (), None, None, "document", ())
    passages = {
        one["_id"]: Passage(one["_id"], (one["title"],), one["text"], None, "", (), (), Basis.SUMMARY, ("x",))
        for one in documents
    }
    library = Library(
        Corpus("", PartialDate(2026), {"x": source}, passages, {}, {}, {}, {}, shipped.thesaurus, shipped.stopwords)
    )
    return lambda query: [hit.passage.id for hit in library.ask(query, DEPTH).hits]


def ndcg(found: Sequence[str], right: Mapping[str, int]) -> float:
    """The normalised discounted cumulative gain at ten."""
    gain = sum(right.get(id_, 0) / math.log2(rank + 1) for rank, id_ in enumerate(found, 1))
    ideal = sorted(right.values(), reverse=True)[:DEPTH]
    return gain / sum(value / math.log2(rank + 1) for rank, value in enumerate(ideal, 1))


def measure(folder: Path) -> tuple[float, float, int]:
    """The mean nDCG@10 of the reference line and of the pipeline, and over how many queries."""
    documents = [{"title": "", **one} for one in lines(folder / "corpus.jsonl")]
    qrels: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for line in (folder / "qrels.tsv").read_text("utf-8").splitlines()[1:]:
        query, document, value = line.split("\t")
        qrels[query][document] = int(value)
    queries = [(one["text"], qrels[one["_id"]]) for one in lines(folder / "queries.jsonl") if one["_id"] in qrels]
    means = [
        math.fsum(ndcg(search(text), right) for text, right in queries) / len(queries)
        for search in (reference(documents), pipeline(documents))
    ]
    return means[0], means[1], len(queries)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a line for every collection, and the means."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args(arguments)
    folders = sorted(file.parent for file in options.data.glob("*/qrels.tsv"))
    means = []
    for folder in folders:
        start = time.perf_counter()
        base, ours, count = measure(folder)
        means.append((base, ours))
        seconds = time.perf_counter() - start
        sys.stdout.write(
            f"{folder.name:16}{count:>7} queries  reference {base:.4f}  pipeline {ours:.4f}"
            f"  {ours - base:+.4f}  {seconds:.0f} s\n"
        )
    if means:
        base, ours = np.mean(means, axis=0)
        sys.stdout.write(f"{'mean':31}  reference {base:.4f}  pipeline {ours:.4f}  {ours - base:+.4f}\n")


if __name__ == "__main__":
    main()
