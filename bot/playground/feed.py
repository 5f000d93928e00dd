"""What happens in the workspace, told to whoever listens: the page, the event source, a waiting test."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from bot.playground.model import Message, Notice

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Posted:
    """A new message."""

    message: Message


@dataclass(frozen=True, slots=True)
class Changed:
    """A message was edited or replaced."""

    message: Message
    previous: Message


@dataclass(frozen=True, slots=True)
class Deleted:
    """A message is gone."""

    message: Message


@dataclass(frozen=True, slots=True)
class MembershipChanged:
    """A member joined a channel (invited by `inviter`) or left it."""

    channel: str
    user: str
    joined: bool
    inviter: str


@dataclass(frozen=True, slots=True)
class ViewsChanged:
    """The stack of a user's modals changed."""

    user: str


@dataclass(frozen=True, slots=True)
class HomeChanged:
    """The app published a user's Home tab."""

    user: str


@dataclass(frozen=True, slots=True)
class ViewRefused:
    """The app answered a submission with an error for some inputs: block id -> text."""

    user: str
    view_id: str
    errors: dict[str, str]


@dataclass(frozen=True, slots=True)
class Noticed:
    """Slackbot told a user something."""

    notice: Notice


@dataclass(frozen=True, slots=True)
class PromptsChanged:
    """The app pinned suggested prompts to a direct message channel."""

    channel: str


@dataclass(frozen=True, slots=True)
class StatusChanged:
    """What the app says it is doing in a thread changed; `status` is empty when it says nothing any more."""

    channel: str
    thread_ts: str
    status: str


@dataclass(frozen=True, slots=True)
class ConnectionChanged:
    """The app's first socket opened or its last one closed."""

    connected: bool


@dataclass(frozen=True, slots=True)
class WorkspaceChanged:
    """Something else: a channel was renamed, the app was uninstalled. Read the state again."""


Change: TypeAlias = (
    Posted
    | Changed
    | Deleted
    | MembershipChanged
    | ViewsChanged
    | HomeChanged
    | ViewRefused
    | Noticed
    | PromptsChanged
    | StatusChanged
    | ConnectionChanged
    | WorkspaceChanged
)


class Feed:
    """Tells every subscriber of every change, at once and in order."""

    def __init__(self) -> None:
        self._subscribers: list[Callable[[Change], None]] = []
        self._pulse = asyncio.Event()

    def subscribe(self, subscriber: Callable[[Change], None]) -> None:
        """Call `subscriber` with each later change."""
        self._subscribers.append(subscriber)

    def publish(self, change: Change) -> None:
        """Tell everybody, then wake those who wait."""
        for subscriber in self._subscribers:
            subscriber(change)
        self.wake()

    def wake(self) -> None:
        """Let everybody who waits look again."""
        self._pulse.set()
        self._pulse = asyncio.Event()

    async def wait_for(self, predicate: Callable[[], T | None], timeout: float | None) -> T:  # noqa: ASYNC109 - a test states its patience where it waits
        """The first truthy value of `predicate`, looked at after each change.

        Raises:
            TimeoutError: it stayed false for `timeout` seconds (None: for ever).
        """
        async with asyncio.timeout(timeout):
            while True:
                if found := predicate():
                    return found
                await self._pulse.wait()
