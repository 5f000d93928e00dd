"""Citations, held against what The Chicago Manual of Style asks of notes for web pages."""

from dataclasses import replace

import pytest

from knowledge.citation import chicago, plain
from knowledge.dates import PartialDate
from knowledge.models import Basis, Passage, Source

SOURCE = Source(
    "usip-2020",
    "Dialogue Opens Door",
    "United States Institute of Peace",
    "USIP",
    ("Sarhang Hamasaeed",),
    PartialDate(2020, 6, 4),
    "https://example.org/door",
    "analysis",
    ("iran",),
)
PASSAGE = Passage(
    "usip-2020/one",
    ("Iran", "One part"),
    "Text.",
    PartialDate(2020, 6),
    "Answer on Iran",
    ("iran",),
    (),
    Basis.SUMMARY,
    ("usip-2020",),
)
HELD = "Iraq Desk, passage usip-2020/one, as of June 2020"


def test_a_summary_of_one_publication() -> None:
    """Author, title, publisher, date, place and address; then where it is summarised, and of when its facts are."""
    assert chicago(PASSAGE, [SOURCE]) == (
        "Sarhang Hamasaeed, “Dialogue Opens Door,” United States Institute of Peace, June 4, 2020, Answer on Iran, "
        f"https://example.org/door; summarized in {HELD}."
    )
    assert plain(PASSAGE, [SOURCE]) == (
        "Summary of: Sarhang Hamasaeed, USIP, Dialogue Opens Door, 4 Jun 2020 (Answer on Iran). "
        f"https://example.org/door [{HELD}]"
    )


@pytest.mark.parametrize(
    ("changes", "note"),
    [
        ({"authors": ()}, "“Dialogue Opens Door,” United States"),
        ({"authors": ("Ali Çelik", "Zoë Müller")}, "Ali Çelik and Zoë Müller, “Dialogue"),
        ({"authors": ("A. One", "B. Two", "C. Three")}, "A. One et al., “Dialogue"),
        ({"published": None}, "Peace, n.d., Answer on Iran, https"),
        ({"published": PartialDate(2020)}, "Peace, 2020, Answer"),
        ({"published": PartialDate(2020, 6)}, "Peace, June 2020, Answer"),
        ({"publisher": None}, "Door,” June 4, 2020"),
        ({"url": None}, "2020, Answer on Iran; summarized in"),
        ({"title": 'The "surge" and after'}, "“The ‘surge’ and after,” United"),
        ({"title": "The “surge”"}, "“The ‘surge’,” United"),
        ({"title": "Who are they?"}, "“Who are they?,” United"),
        ({"title": "مستقبل العراق"}, "“[مستقبل العراق],” United"),
        ({"authors": ("علي",)}, "[علي], “Dialogue"),
    ],
)
def test_what_is_missing_or_strange(changes: dict[str, object], note: str) -> None:
    """What is not known is left out, accents stay, and words of another script are set apart."""

    def apart(text: str) -> str:
        return text if text[0] < "\u0590" else f"[{text}]"

    assert note in chicago(PASSAGE, [replace(SOURCE, **changes)], apart=apart)  # type: ignore[arg-type]  # by its fields' names


def test_several_publications() -> None:
    """A compilation names them all in one note, and gives no place, which would be that of one."""
    compiled = replace(PASSAGE, basis=Basis.COMPILED, sources=("usip-2020", "other"))
    other = replace(SOURCE, id="other", authors=(), title="Second", url="https://example.org/2")

    assert chicago(compiled, [SOURCE, other]) == (
        "Sarhang Hamasaeed, “Dialogue Opens Door,” United States Institute of Peace, June 4, 2020, "
        "https://example.org/door; “Second,” United States Institute of Peace, June 4, 2020, https://example.org/2; "
        f"compiled in {HELD}."
    )
    assert plain(compiled, [SOURCE, other]).startswith("Compiled from: Sarhang Hamasaeed, USIP, Dialogue Opens Door")


def test_a_quotation_of_an_undated_document() -> None:
    """A reader's own file has neither date nor address, and the passage no date of its own."""
    own = Source("note", "A note", None, "note", (), None, None, "document", ())
    quoted = replace(PASSAGE, id="note/1", basis=Basis.VERBATIM, as_of=None, locator="Characters 1 to 9")

    assert chicago(quoted, [own]) == "“A note,” n.d., Characters 1 to 9; quoted in Iraq Desk, passage note/1."
    assert plain(quoted, [own]) == "Quoted from: note, A note (Characters 1 to 9). [Iraq Desk, passage note/1]"
