"""What a channel asked for: how often, about what, how long, and how sure."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from jobs.periods import Schedule

ON_REQUEST: Final = "on request"  # `Subscription.paused` when a person did it

IS_SHARED: Final = "shared with another organisation"  # the same when its channel was, and must not have one then


class Form(StrEnum):
    """How much of a digest is posted."""

    BRIEF = "brief"  # one message
    FULL = "full"  # the message, and at most two replies in its thread


class Assurance(StrEnum):
    """What to do with a message that may or may not have arrived, in a channel that cannot be read back."""

    AT_MOST_ONCE = "at-most-once"  # never a second copy: a digest may be lost
    AT_LEAST_ONCE = "at-least-once"  # never lost: a second copy may come


@dataclass(frozen=True, slots=True)
class Subscription:
    """A channel's digest. There is one a channel; `team`, `channel` and `owner` are Slack's ids.

    `topics` are ids of the corpus, none for all. `paused` says why it rests, None when it does not. `since` is when it
    was made or last resumed: a digest that was due before is never sent.
    """

    team: str
    channel: str
    owner: str
    schedule: Schedule
    topics: tuple[str, ...]
    form: Form
    skip_unchanged: bool
    assurance: Assurance
    paused: str | None
    since: dt.datetime
