"""What a channel's members set, and what the desk must not do there because of it. Pure: the one place that decides.

Nothing here binds help, settings, errors and ratings of answers: those are always private, and are how a reader gets out.
The weekly digest has a switch of its own (`/iraq digest`).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Mode(StrEnum):
    """Where the desk answers."""

    ON = "on"  # commands, shortcuts and mentions
    MENTIONS = "mentions"
    OFF = "off"


class Sharers(StrEnum):
    """Who may post a private answer to the channel."""

    EVERYONE = "everyone"
    SETTERS = "setters"  # those who may change the settings
    NOBODY = "nobody"


class Way(StrEnum):
    """How somebody asks, and so who would see the answer."""

    COMMAND = "command"  # the asker alone
    SHORTCUT = "shortcut"  # the asker alone
    CONTROL = "control"  # a button or menu under an answer: the presser alone
    MENTION = "mention"  # everybody in the channel
    SHARE = "share"  # everybody in the channel


class Refusal(StrEnum):
    """Why the desk does not."""

    OFF = "off"
    MENTIONS_ONLY = "mentions-only"
    GUEST = "guest"  # the asker is of another organisation
    OUTSIDERS = "outsiders"  # people of another organisation would see it
    UNKNOWN = "unknown"  # Slack does not tell whether they would
    NO_SHARING = "no-sharing"
    RESERVED = "reserved"  # only those who may change the settings may share
    OTHER_TOPIC = "other-topic"


@dataclass(frozen=True, slots=True)
class Policy:
    """The settings of a channel. `topics` are ids, none for all; they bind what everybody in the channel sees.

    `outsiders` says whether the desk answers in public where people of another organisation listen (Slack Connect).
    `set_by` is a user's id and `set_at` seconds since 1970; None for the usual settings, which nobody has changed.
    """

    mode: Mode = Mode.ON
    topics: frozenset[str] = frozenset()
    sharers: Sharers = Sharers.EVERYONE
    outsiders: bool = False
    set_by: str | None = None
    set_at: int | None = None


USUAL: Final = Policy()
_DIRECT: Final = "D"


def is_direct(channel: str) -> bool:
    """Whether this is the id of a direct message, in which nobody else is there to set anything."""
    return channel.startswith(_DIRECT)


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody asks the desk to do in a channel.

    `topics` are those of what would be shown; None where it is about no topic, or about all. `outside` says whether
    another organisation listens, None where Slack does not tell; `guest` that the asker belongs to one (a guest account of
    the workspace itself is a member here like any other). `may_set` says whether the asker may change the settings. What is
    not yet known has the value that forbids nothing.
    """

    channel: str
    user: str
    way: Way
    topics: frozenset[str] | None = None
    outside: bool | None = False
    guest: bool = False
    may_set: bool = True


def decide(policy: Policy, act: Act) -> Refusal | None:
    """Why the desk must not do it; None when it may. What shuts out most is named first."""
    if act.guest and not policy.outsiders:
        return Refusal.GUEST
    if policy.mode is Mode.OFF:
        return Refusal.GUEST if act.guest else Refusal.OFF
    if policy.mode is Mode.MENTIONS and act.way in _BY_ONESELF:
        return Refusal.MENTIONS_ONLY
    return _in_public(policy, act) if act.way in _PUBLIC else None


_BY_ONESELF: Final = frozenset({Way.COMMAND, Way.SHORTCUT})
_PUBLIC: Final = frozenset({Way.MENTION, Way.SHARE})


def _in_public(policy: Policy, act: Act) -> Refusal | None:
    if act.outside is not False and not policy.outsiders:
        return Refusal.UNKNOWN if act.outside is None else Refusal.OUTSIDERS
    if act.way is Way.SHARE and policy.sharers is Sharers.NOBODY:
        return Refusal.NO_SHARING
    if act.way is Way.SHARE and policy.sharers is Sharers.SETTERS and not act.may_set:
        return Refusal.RESERVED
    if policy.topics and act.topics is not None and not policy.topics & act.topics:
        return Refusal.OTHER_TOPIC
    return None
