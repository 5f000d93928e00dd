"""The state of the workspace and the only hands that change it. Every change is published on the feed."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count

from bot.playground.feed import (
    Changed,
    Deleted,
    Feed,
    HomeChanged,
    MembershipChanged,
    Noticed,
    Posted,
    PromptsChanged,
    StatusChanged,
    ViewsChanged,
    WorkspaceChanged,
)
from bot.playground.model import (
    BOT_USER,
    Channel,
    ChannelKind,
    JsonObject,
    Member,
    Message,
    Notice,
    ResponseUrl,
    SlackError,
    Trigger,
    View,
)

ME = "U0PLAYDANA1"
COLLEAGUE = "U0PLAYOMAR1"
OTHER_BOT = "U0PLAYFEED1"
POLICY = "C0PLAYIRAQ1"
GENERAL = "C0PLAYGEN01"
MICROSECONDS = 1_000_000


class Workspace:
    """A team with its members and channels, what was said in them, and what is open on each screen.

    `clock` gives seconds since the epoch. Ids count up from one, so that a run can be repeated; what grants access (tokens,
    response URLs) is random.
    """

    def __init__(self, app_name: str, feed: Feed, clock: Callable[[], float]) -> None:
        self.app_name = app_name
        self.feed = feed
        self.clock = clock
        self.members: dict[str, Member] = {}
        self.channels: dict[str, Channel] = {}
        self.messages: dict[str, list[Message]] = {}
        self.modals: dict[str, tuple[View, ...]] = {}
        self.homes: dict[str, View] = {}
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.notices: list[Notice] = []
        self.prompts: dict[str, list[JsonObject]] = {}
        self.statuses: dict[tuple[str, str], str] = {}
        self._serial: Iterator[int] = count(1)
        self._last_stamp = 0

    # -- names and times ------------------------------------------------------------------------------------------

    def serial(self) -> int:
        """The next number nothing else has."""
        return next(self._serial)

    def new_id(self, prefix: str) -> str:
        """A fresh id as Slack's look: a letter or two and ten characters."""
        return f"{prefix}{self.serial():010d}"

    def new_ts(self) -> str:
        """A message's ts: seconds.microseconds, later than every one before."""
        self._last_stamp = max(int(self.clock() * MICROSECONDS), self._last_stamp + 1)
        return f"{self._last_stamp // MICROSECONDS}.{self._last_stamp % MICROSECONDS:06d}"

    # -- people and channels --------------------------------------------------------------------------------------

    def add_member(self, member: Member) -> None:
        """Let somebody into the workspace. People get a direct message channel with the app."""
        self.members[member.id] = member
        if not member.is_bot:
            self.add_channel(f"D{member.id[1:]}", self.app_name, "im", {member.id, BOT_USER})

    def add_channel(self, channel_id: str, name: str, kind: ChannelKind, members: set[str]) -> Channel:
        """Open a conversation."""
        channel = Channel(channel_id, name, kind, frozenset(members), int(self.clock()))
        self.channels[channel_id] = channel
        self.messages[channel_id] = []
        self.feed.publish(WorkspaceChanged())
        return channel

    def direct_channel(self, user: str) -> Channel:
        """Where a user and the app talk alone."""
        return self.channels[f"D{user[1:]}"]

    def update_channel(self, channel: Channel) -> None:
        """Rename or archive a channel."""
        self.channels[channel.id] = channel
        self.feed.publish(WorkspaceChanged())

    def set_membership(self, channel_id: str, user: str, *, joined: bool, inviter: str) -> None:
        """Add a user to a channel or take them out; nothing happens when they are as wished."""
        channel = self.channels[channel_id]
        if (user in channel.members) == joined:
            return
        members = channel.members | {user} if joined else channel.members - {user}
        self.channels[channel_id] = replace(channel, members=members)
        self.feed.publish(MembershipChanged(channel_id, user, joined, inviter))

    # -- messages -------------------------------------------------------------------------------------------------

    def post(self, message: Message) -> Message:
        """Put a message at the end of its channel. The app's own ends its status in that thread."""
        self.messages[message.channel].append(message)
        self.feed.publish(Posted(message))
        if message.is_from_app() and message.thread_ts is not None:
            self.set_status(message.channel, message.thread_ts, "")
        return message

    def find_message(self, channel: str, ts: str) -> Message | None:
        """The message of that identity."""
        return next((message for message in self.messages.get(channel, []) if message.ts == ts), None)

    def change(self, previous: Message, message: Message) -> Message:
        """Put `message` in the place of `previous`."""
        told = self.messages[previous.channel]
        told[told.index(previous)] = message
        self.feed.publish(Changed(message, previous))
        return message

    def delete(self, message: Message) -> None:
        """Take a message away."""
        self.messages[message.channel].remove(message)
        self.feed.publish(Deleted(message))

    def notify(self, notice: Notice) -> None:
        """Let Slackbot tell a user something."""
        self.notices.append(notice)
        self.feed.publish(Noticed(notice))

    def set_prompts(self, channel: str, prompts: list[JsonObject]) -> None:
        """Pin suggested prompts, each ``{"title", "message"}``, to a channel in the place of those before."""
        self.prompts[channel] = prompts
        self.feed.publish(PromptsChanged(channel))

    def set_status(self, channel: str, thread_ts: str, status: str) -> None:
        """Say what the app is doing in a thread; an empty status ends that."""
        before = self.statuses.pop((channel, thread_ts), "")
        if status:
            self.statuses[channel, thread_ts] = status
        if status != before:
            self.feed.publish(StatusChanged(channel, thread_ts, status))

    # -- views ----------------------------------------------------------------------------------------------------

    def set_modals(self, user: str, views: tuple[View, ...]) -> None:
        """Replace the stack of modals on a user's screen; the last one is on top."""
        self.modals[user] = views
        self.feed.publish(ViewsChanged(user))

    def find_view(self, view_id: str) -> View | None:
        """An open modal or a published Home tab."""
        everything = (*(view for stack in self.modals.values() for view in stack), *self.homes.values())
        return next((view for view in everything if view.id == view_id), None)

    def set_home(self, view: View) -> None:
        """Show a Home tab."""
        self.homes[view.user] = view
        self.feed.publish(HomeChanged(view.user))

    # -- rights that run out --------------------------------------------------------------------------------------

    def new_trigger(self, user: str, view_id: str | None = None) -> str:
        """A trigger_id for an interaction of this user."""
        trigger = Trigger(f"{self.serial()}.{self.serial()}.{secrets.token_hex(16)}", user, self.clock(), view_id)
        self.triggers[trigger.id] = trigger
        return trigger.id

    def use_trigger(self, trigger_id: str, lifetime: float = 3.0) -> Trigger:
        """Spend a trigger_id.

        Raises:
            SlackError: it is unknown, used, or older than `lifetime` seconds.
        """
        trigger = self.triggers.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.made_at < 0:
            raise SlackError("exchanged_trigger_id")
        if self.clock() - trigger.made_at > lifetime:
            raise SlackError("expired_trigger_id")
        self.triggers[trigger_id] = replace(trigger, made_at=-1.0)
        return trigger

    def new_response_url(
        self, channel: str, user: str, source_ts: str | None = None, thread_ts: str | None = None
    ) -> ResponseUrl:
        """The right to answer an interaction in this channel."""
        url = ResponseUrl(secrets.token_urlsafe(24), channel, user, self.clock(), source_ts, thread_ts)
        self.response_urls[url.token] = url
        return url


def seed(workspace: Workspace) -> None:
    """Fill a new workspace: Dana (you), Omar (a colleague), the app, another bot; one channel with the app and one without."""
    for member in (
        Member(BOT_USER, "app", workspace.app_name, is_bot=True),
        Member(OTHER_BOT, "newsfeed", "News Feed", is_bot=True),
        Member(ME, "dana", "Dana", is_admin=True),
        Member(COLLEAGUE, "omar", "Omar", tz="America/New_York", tz_offset=-18_000),
    ):
        workspace.add_member(member)
    workspace.add_channel(POLICY, "iraq-policy", "channel", {ME, COLLEAGUE, OTHER_BOT, BOT_USER})
    workspace.add_channel(GENERAL, "general", "channel", {ME, COLLEAGUE, OTHER_BOT})
