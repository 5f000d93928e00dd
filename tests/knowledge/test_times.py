import pytest

from knowledge.times import named


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("who leads the PMF?", []),
        ("in 2020.", ["2020"]),
        ("June 2020 and 2021-05-03", ["2020-06", "2021-05"]),
        ("on May 15, 2021", ["2021-05"]),
        ("Sept. of 2025", ["2025-09"]),
        ("في يونيو 2020", ["2020-06"]),
        ("from 2019 to 2021, in 2019", ["2019", "2021"]),
        ("2,500 troops, 2020%, resolution 12020, 2020.5, the 2020s, in 1066", []),
    ],
)
def test_times_in_a_question(text: str, dates: list[str]) -> None:
    """Years and months are found; other numbers are none."""
    assert [str(date) for date in named(text)] == dates


def test_a_year_in_a_name_is_no_time() -> None:
    """The 2002 AUMF is asked about today; a year beside the name still counts."""
    text = "was the 2002 AUMF repealed in 2025"

    assert [str(date) for date in named(text, [(8, 17)])] == ["2025"]
