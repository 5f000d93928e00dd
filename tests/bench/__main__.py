"""`make bench`: what a question costs in Slack, and our BM25 beside its peers, as ratios in one run on one machine."""

import argparse
import platform
import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from tests.bench import desk
from tests.bench.figures import costs, latencies
from tests.bench.latency import Measured, draw, measure, table
from tests.bench.passages import Tokens, collection, made, questions
from tests.bench.serving import apart, building, memory, opening, sharing

SIZES = (1_000, 10_000, 100_000)
MILLION = 1_000_000
GROUP = ("bm25s", "matplotlib", "numba", "tantivy")


def corpora(sizes: Sequence[int], data: Path | None, asked: int) -> Iterator[tuple[str, list[Tokens], list[Tokens]]]:
    """What to measure on, one after another: name, passages, queries."""
    for size in sizes:
        passages = list(made(size))
        yield "made", passages, questions(passages, asked)
    for file in sorted(data.glob("**/corpus.jsonl")) if data else ():
        passages, queries = collection(file.parent)
        yield file.parent.name, passages, queries[:asked]


def search(options: argparse.Namespace) -> None:
    """Print the tables of engines and of figures, and draw the picture."""
    sizes = (*SIZES, MILLION) if options.million else SIZES
    _say(f"\nPython {platform.python_version()}, NumPy {np.__version__}, {platform.machine()}")
    found: list[Measured] = []
    for name, passages, queries in corpora(sizes, options.data, options.asked):
        found.append(measure(name, passages, queries, options.timed, options.rounds))
        _say("", *table(found[-1]))
    if options.picture:
        draw([one for one in found if one.name == "made"], options.picture)
    _say("", f"  {'':80}{'promised':>12}{'found':>12}")
    _say(*map(str, latencies(found)))
    kept = apart(memory, sizes[-1])
    _say(
        *map(
            str,
            costs(sizes[-1], apart(building, SIZES[-1]), kept, apart(opening, sizes[-1]), apart(sharing, SIZES[-1])),
        )
    )


def _say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


def main(arguments: Sequence[str] | None = None) -> None:
    """Both parts, or one of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=("desk", "search"), help="one of the two parts")
    parser.add_argument("--million", action="store_true", help="up to 1,000,000 passages: some six minutes more, 3 GiB")
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="also collections: folders of corpus.jsonl, queries.jsonl"
    )
    parser.add_argument("--asked", type=int, default=2000, help="queries compared with a full scan")
    parser.add_argument("--timed", type=int, default=500, help="of which timed")
    parser.add_argument("--rounds", type=int, default=4, help="how often; the best time of each query counts")
    parser.add_argument("--picture", type=Path, metavar="PNG", help="where to draw the latencies")
    options = parser.parse_args(arguments)
    if options.only != "search":
        desk.main([])
    missing = [name for name in GROUP if find_spec(name) is None]
    if missing and options.only != "desk":
        parser.exit(1, f"the group `bench` is not installed ({', '.join(missing)} missing): run `make bench`\n")
    if options.only != "desk":
        search(options)


if __name__ == "__main__":
    main()
