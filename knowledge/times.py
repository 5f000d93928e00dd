"""The times that a question names: years, and months of years."""

import re
from collections.abc import Iterable

from knowledge.dates import PartialDate

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan يناير",
            "february feb فبراير",
            "march mar مارس",
            "april apr أبريل ابريل",
            "may مايو",
            "june jun يونيو حزيران",
            "july jul يوليو",
            "august aug أغسطس اغسطس",
            "september sept sep سبتمبر",
            "october oct أكتوبر اكتوبر",
            "november nov نوفمبر",
            "december dec ديسمبر",
        ),
        1,
    )
    for name in names.split()
}
_YEAR = re.compile(r"(?:19|20)\d\d")
_TIME = re.compile(
    rf"(?:(?<!\w)(?P<month>{'|'.join(_MONTHS)})\.?,?\s+(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?(?:of\s+)?)?"
    r"(?<![\w.,])(?P<year>(?:19|20)\d\d)(?:-(?P<number>0[1-9]|1[0-2])(?:-\d\d)?)?(?![\w%]|[.,]\d)",
    re.IGNORECASE,
)


def named(text: str, names: Iterable[tuple[int, int]] = ()) -> tuple[PartialDate, ...]:
    """The years (1900 to 2099) and months that a text names, in order: ``June 2020``, ``2020-06``, ``2020``.

    A year inside one of `names` (start and end offsets) is a part of a name and no time: the 2002 AUMF.
    """
    found: list[PartialDate] = []
    if not _YEAR.search(text):
        return ()
    spans = tuple(names)
    for match in _TIME.finditer(text):
        if any(start <= match.start("year") and match.end("year") <= end for start, end in spans):
            continue
        month = _MONTHS[match["month"].lower()] if match["month"] else match["number"] and int(match["number"])
        found.append(PartialDate(int(match["year"]), month or None))
    return tuple(dict.fromkeys(found))
