"""What readers call time zones: cities and names that they type and the IANA database lacks, in lower case."""

from collections.abc import Mapping
from typing import Final

LABEL: Final = "{name} (UTC{offset})"
ALSO: Final[Mapping[str, str]] = {
    "Asia/Baghdad": "iraq erbil arbil hewler sulaymaniyah basra basrah mosul kirkuk najaf karbala",
    "America/New_York": "washington dc boston eastern est edt et",
    "America/Chicago": "houston dallas central cst cdt",
    "America/Denver": "mountain mst mdt",
    "America/Los_Angeles": "san francisco seattle pacific pst pdt",
    "Asia/Riyadh": "saudi jeddah",
    "Asia/Dubai": "abu dhabi emirates uae",
    "Europe/Istanbul": "ankara turkey",
    "Europe/London": "uk britain bst",
    "Europe/Berlin": "germany frankfurt cet",
    "Europe/Brussels": "eu nato",
    "Asia/Kolkata": "india delhi mumbai ist",
    "UTC": "gmt zulu universal",
}
