"""What is thrown away, and when."""

from datetime import datetime, timedelta
from typing import Final, Protocol

# Slack repeats an event for up to 24 hours when Delayed Events is on (docs.slack.dev/apis/events-api), after retries
# within the first two.
KEEP_SEEN: Final = timedelta(hours=26)
KEEP_QUESTIONS: Final = timedelta(hours=24)  # so long a follow-up is read with the question before it


class SeenKeys(Protocol):
    """Where the keys of handled deliveries lie."""

    async def forget_seen(self, before: float) -> int:
        """Drop keys older than `before` (seconds since 1970); returns how many."""


class Questions(Protocol):
    """Where the last questions of threads lie."""

    async def forget_questions(self, before: float) -> int:
        """Drop those asked before `before` (seconds since 1970); returns how many."""


async def forget_seen(seen: SeenKeys, now: datetime) -> int:
    """Drop the keys of deliveries that will not come again."""
    return await seen.forget_seen((now - KEEP_SEEN).timestamp())


async def forget_questions(questions: Questions, now: datetime) -> int:
    """Drop the questions that no follow-up is read with any more."""
    return await questions.forget_questions((now - KEEP_QUESTIONS).timestamp())
