"""Which events the app hears of: the feed's changes, turned into Events API payloads for what the manifest subscribed to."""

import re

from bot.playground.delivery import Dispatcher
from bot.playground.feed import Change, Changed, Deleted, MembershipChanged, Posted
from bot.playground.manifest import Manifest
from bot.playground.model import BOT_USER, TEAM_ID, JsonObject, Message
from bot.playground.payloads import CHANNEL_TYPES, event_callback, message_object, view_object
from bot.playground.workspace import Workspace

MESSAGE_EVENTS = {"channel": "message.channels", "private": "message.groups", "im": "message.im"}
MENTION = re.compile(rf"<@{BOT_USER}(\|[^>]*)?>")


class Events:
    """Watches the workspace on behalf of the app."""

    def __init__(self, workspace: Workspace, manifest: Manifest, dispatcher: Dispatcher, token: str) -> None:
        self._workspace = workspace
        self._manifest = manifest
        self._dispatcher = dispatcher
        self._token = token

    def watch(self, change: Change) -> None:
        """Tell the app of a change, if it has a right to know."""
        match change:
            case Posted(message):
                self._posted(message)
            case Changed(message, previous):
                self._edited(message, previous)
            case Deleted(message):
                self._deleted(message)
            case MembershipChanged():
                self._membership(change)
            case _:
                pass

    def send(self, subscription: str, event: JsonObject) -> None:
        """Deliver one event if the manifest subscribes to it."""
        if subscription not in self._manifest.events:
            return
        now = self._workspace.clock()
        event_id = self._workspace.new_id("Ev")
        channel = event.get("channel")
        place = self._workspace.channels.get(channel) if isinstance(channel, str) else None
        shared = place is not None and place.is_ext_shared
        self._dispatcher.tell(event_callback(event, event_id, int(now), self._token, is_ext_shared=shared))

    def home_opened(self, user: str, tab: str) -> None:
        """A user looks at the app's Home or Messages tab."""
        event: JsonObject = {
            "type": "app_home_opened",
            "user": user,
            "channel": self._workspace.direct_channel(user).id,
            "event_ts": self._workspace.new_ts(),
            "tab": tab,
        }
        if tab == "home" and user in self._workspace.homes:
            event["view"] = view_object(self._workspace.homes[user])
        self.send("app_home_opened", event)

    def _posted(self, message: Message) -> None:
        if message.visible_to is not None or not self._app_is_in(message.channel):
            return
        place = self._workspace.channels[message.channel]
        kind = place.kind
        event = {**message_object(message), "channel": message.channel, "event_ts": message.ts}
        if place.is_ext_shared:  # as seen by the apps of every workspace in it
            team = self._workspace.members[message.user].team
            event |= {"team": team, "user_team": team, "source_team": team}
        self._send_message(kind, event)
        if kind != "im" and not message.is_from_app() and MENTION.search(message.text):
            self.send("app_mention", {**event, "type": "app_mention"})

    def _edited(self, message: Message, previous: Message) -> None:
        self._send_hidden(
            message,
            "message_changed",
            {"message": message_object(message), "previous_message": message_object(previous)},
        )

    def _deleted(self, message: Message) -> None:
        self._send_hidden(
            message, "message_deleted", {"deleted_ts": message.ts, "previous_message": message_object(message)}
        )

    def _send_hidden(self, message: Message, subtype: str, more: JsonObject) -> None:
        if message.visible_to is not None or not self._app_is_in(message.channel):
            return
        stamp = self._workspace.new_ts()
        kind = self._workspace.channels[message.channel].kind
        event = {"type": "message", "subtype": subtype, "hidden": True, "channel": message.channel}
        self._send_message(kind, {**event, "ts": stamp, "event_ts": stamp, **more})

    def _send_message(self, kind: str, event: JsonObject) -> None:
        self.send(MESSAGE_EVENTS[kind], {**event, "channel_type": CHANNEL_TYPES[kind]})

    def _membership(self, change: MembershipChanged) -> None:
        if not self._app_is_in(change.channel) and change.user != BOT_USER:
            return
        kind = "member_joined_channel" if change.joined else "member_left_channel"
        event: JsonObject = {
            "type": kind,
            "user": change.user,
            "channel": change.channel,
            "channel_type": "C",
            "team": TEAM_ID,
            "event_ts": self._workspace.new_ts(),
        }
        if change.joined:
            event["inviter"] = change.inviter
        self.send(kind, event)
        if change.user == BOT_USER and not change.joined:
            self._left(change)

    def _left(self, change: MembershipChanged) -> None:
        """What Slack tells somebody of their own leaving (docs.slack.dev/reference/events/channel_left)."""
        kind = "group_left" if self._workspace.channels[change.channel].kind == "private" else "channel_left"
        event = {"type": kind, "channel": change.channel, "actor_id": change.inviter}
        self.send(kind, {**event, "event_ts": self._workspace.new_ts()})

    def _app_is_in(self, channel: str) -> bool:
        return BOT_USER in self._workspace.channels[channel].members
