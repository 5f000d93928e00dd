"""What counts as content: what a reader can see."""

import dataclasses

from knowledge.contents import contents
from knowledge.library import Library


def test_what_is_only_searched_is_no_change(library: Library) -> None:
    """A digest does not tell of new `asks` and `wordings`; it does of a changed sentence."""
    corpus = library.corpus
    (id_, first), *_ = corpus.passages.items()
    searched = dataclasses.replace(first, asks=("another way to ask",), wordings=("yet another",))
    reworded = dataclasses.replace(first, text=f"{first.text} And more.")

    def with_first(passage: object) -> dict[str, str]:
        return contents(dataclasses.replace(corpus, passages={**corpus.passages, id_: passage}))  # type: ignore[dict-item]

    assert with_first(searched) == contents(corpus)
    assert {key for key, value in with_first(reworded).items() if value != contents(corpus)[key]} == {f"passage:{id_}"}
