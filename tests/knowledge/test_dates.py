import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.dates import PartialDate


@given(st.dates(), st.sampled_from([4, 7, 10]))
def test_what_is_written_is_read(day: dt.date, length: int) -> None:
    """A year, a month and a day come back as they were written, and hold the day they came from."""
    text = day.isoformat()[:length]
    date = PartialDate.parse(text)
    assert str(date) == text
    assert date.earliest <= day <= date.latest
    assert date.earliest == date.latest or length < 10


@pytest.mark.parametrize(
    "text", ["", "20", "2020-6", "2020-13", "2020-02-30", "0000", "2020-06-01T00", " 2020", "June 2020", "٢٠٢٠-٠٦-٩"]
)
def test_other_forms_are_refused(text: str) -> None:
    """Anything else is an error that repeats what was written."""
    with pytest.raises(ValueError, match="is not a da"):
        PartialDate.parse(text)


@pytest.mark.parametrize(
    ("text", "label", "latest"),
    [
        ("2020", "2020", dt.date(2020, 12, 31)),
        ("2020-02", "Feb 2020", dt.date(2020, 2, 29)),
        ("2026-11-05", "5 Nov 2026", dt.date(2026, 11, 5)),
    ],
)
def test_labels(text: str, label: str, latest: dt.date) -> None:
    """How a reader sees a date, and how late it may be."""
    assert PartialDate.parse(text).label == label
    assert PartialDate.parse(text).latest == latest
