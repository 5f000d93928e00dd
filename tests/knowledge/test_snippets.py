from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.analysis import Analyzer, Token
from knowledge.library import Library
from knowledge.snippets import MAX_LENGTH, Snippets, merge, sentences


@pytest.mark.parametrize(
    "text",
    [
        "One here. | Two here? | Three here!",
        "The U.S. Treasury asked. | It was refused.",
        "He came on Jan. 5 and left in Sept. 2020. | Nobody saw him.",
        "Mr. Smith, Dr. Jones and Gen. Brown met. | They agreed.",
        "See No. 5 and Art. 3 of the law. | It says so.",
        "It is 1.39 million. | More came.",
        "“Is it so?” | He nodded. | (He knew.) | So it was.",
        "Was it …? | It was.",
        "هل هذا صحيح؟ | نعم.",
        "No end here",
        "First paragraph\n\n | Second paragraph",
        "J. D. Vance spoke. | Others left.",
        "He wrote to the P.M. and left. | Then he slept.",
    ],
)
def test_sentences(text: str) -> None:
    """Dots of acronyms, titles, months and numbers do not end a sentence; the Arabic question mark does."""
    joined = text.replace(" | ", " ")
    assert [joined[start:end] for start, end in sentences(joined)] == [part.strip() for part in text.split(" | ")]


@given(st.text(st.sampled_from("ab .?!\n\"'؟)J"), max_size=80))
def test_sentences_hold_the_whole_text(text: str) -> None:
    """Sentences are in order and apart, and nothing that shows lies outside them."""
    spans = sentences(text)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert all(start < end for start, end in spans)
    assert "".join(text[start:end] for start, end in spans).split() == text.split() or "".join(
        "".join(text[start:end].split()) for start, end in spans
    ) == "".join(text.split())


@given(
    st.lists(
        st.tuples(st.integers(0, 30), st.integers(1, 9)).map(lambda pair: (pair[0], pair[0] + pair[1])), max_size=9
    )
)
def test_merged_spans_cover_the_same(spans: list[tuple[int, int]]) -> None:
    """Merging changes nothing but the number of spans, and leaves them in order and apart."""
    merged = merge(spans)
    assert {at for start, end in merged for at in range(start, end)} == {at for s, e in spans for at in range(s, e)}
    assert all(a[1] < b[0] for a, b in pairwise(merged))


TEXTS = st.lists(
    st.sampled_from(["alpha", "beta", "gamma.", "Delta?", "U.S.", "x" * 150, "y" * 400 + ".", "\n\n"]), max_size=25
).map(" ".join)


@given(TEXTS, st.dictionaries(st.sampled_from(["alpha", "beta", "gamma", "delta", "us", "no"]), st.floats(0, 5)))
def test_what_is_shown_lies_in_the_text(text: str, weights: dict[str, float]) -> None:
    """The best run is of whole sentences within the limit (or one longer one); marks are inside, in order and apart."""
    snippets = Snippets.of(text, Analyzer(()).tokens(text))
    start, end = snippets.best(weights)
    assert 0 <= start <= end <= len(text)
    ends = sentences(text)
    if ends:
        assert start in {span[0] for span in ends}
        assert end in {span[1] for span in ends}
        assert end - start <= MAX_LENGTH or (start, end) in ends
    marks = snippets.highlights(weights)
    assert all(a[1] < b[0] for a, b in pairwise(marks))
    assert all(0 <= s < e <= len(text) for s, e in marks)


def test_the_best_run_has_most() -> None:
    """The run with the greatest weight of different words wins; a repeated word counts once."""
    filler = "x" * 200
    text = f"Oil oil oil oil {filler}. Gas and banks {filler}. Oil and gas {filler}."
    snippets = Snippets.of(text, Analyzer(["and"]).tokens(text))
    assert text[slice(*snippets.best({"oil": 1.0, "gas": 1.0}))].startswith("Oil and gas")
    assert text[slice(*snippets.best({"oil": 1.0, "gas": 1.0, "bank": 1.5}))].startswith("Gas and banks")
    assert text[slice(*snippets.best({}))].startswith("Oil oil")


def test_marks_join_words_and_names() -> None:
    """A name's mark covers the words inside it."""
    text = "The Popular Mobilization Forces met."
    snippets = Snippets.of(text, [*Analyzer(()).tokens(text), Token("=PMF", 4, 31)])
    assert snippets.highlights(["=PMF", "forc", "met"]) == ((4, 31), (32, 35))


def test_shipped_passages_give_short_snippets(library: Library) -> None:
    """In the shipped corpus every best part is whole sentences and not the whole passage, if that is long."""
    for passage in library.corpus.passages.values():
        hits = [hit for hit in library.ask(passage.heading[-1]).hits if hit.passage == passage]
        assert hits
        start, end = hits[0].best
        assert end - start <= MAX_LENGTH or (start, end) in sentences(passage.text)
