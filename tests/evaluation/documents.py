"""How well a reader's own documents answer: Success@1 and @3 over saved pages, with nobody's hand work in them.

    python -m tests.evaluation.documents --sources DIR     DIR has hollings-2022.txt and usip-2020.txt

The questions are in documents.yaml. A result is right when it has one of the judged runs of words.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import yaml

from knowledge import curated, documents
from knowledge.library import Library

QUESTIONS = Path(__file__).with_name("documents.yaml")


def ranks(sources: Path) -> dict[str, int]:
    """The rank of the first right passage for every question; 0 where there is none."""
    library = Library(documents.load([sources], curated.load(curated.packaged())))
    found = {}
    for entry in yaml.safe_load(QUESTIONS.read_text("utf-8")):
        texts = [hit.passage.text for hit in library.ask(entry["question"]).hits]
        right = (rank for rank, text in enumerate(texts, 1) if any(run in text for run in entry["passage"]))
        found[entry["question"]] = next(right, 0)
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Print what was not first, and the two figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sources", type=Path, required=True)
    found = ranks(parser.parse_args(arguments).sources)
    for question, rank in found.items():
        if rank != 1:
            print(f"  {rank or '-':>2}  {question}")  # noqa: T201 - the output
    for most in (1, 3):
        share = sum(0 < rank <= most for rank in found.values()) / len(found)
        print(f"Success@{most} {share:.3f} of {len(found)} questions")  # noqa: T201 - the output


if __name__ == "__main__":
    main()
