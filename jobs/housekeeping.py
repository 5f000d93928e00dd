"""What is thrown away, and when."""

from datetime import datetime, timedelta
from typing import Final, Protocol

# Slack repeats an event for up to 24 hours when Delayed Events is on (docs.slack.dev/apis/events-api), after retries
# within the first two.
KEEP_SEEN: Final = timedelta(hours=26)


class SeenKeys(Protocol):
    """Where the keys of handled deliveries lie."""

    async def forget_seen(self, before: float) -> int:
        """Drop keys older than `before` (seconds since 1970); returns how many."""


async def forget_seen(seen: SeenKeys, now: datetime) -> int:
    """Drop the keys of deliveries that will not come again."""
    return await seen.forget_seen((now - KEEP_SEEN).timestamp())
