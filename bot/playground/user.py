"""A person at Slack's window: the acts behind the page and behind every scenario test."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeVar

from bot.playground import interactions, payloads
from bot.playground.composer import typed_blocks, typed_command, typed_text
from bot.playground.delivery import DeliveryError
from bot.playground.events import MENTION
from bot.playground.interactions import Container
from bot.playground.model import BOT_USER, TEAM_ID, ActError, Blocks, JsonObject, Message, Notice, View
from bot.playground.stage import Stage
from bot.playground.state import state_from

_ANOTHER = "T0OTHERORG1"  # the workspace that a channel is shared with
T = TypeVar("T")


@dataclass(slots=True)
class User:
    """One member of the workspace, acting. Every act raises ActError where Slack's window would not allow it.

    `posts` is the log of everything the app posted; `returned` is what of it next_message handed out.
    """

    stage: Stage
    id: str
    posts: Sequence[Message]
    returned: set[str] = field(default_factory=set)

    # -- what is on the screen ------------------------------------------------------------------------------------

    @property
    def direct_channel(self) -> str:
        """The id of the direct message channel with the app."""
        return self.stage.context.workspace.direct_channel(self.id).id

    @property
    def views(self) -> tuple[View, ...]:
        """The open modals, the top one last."""
        return self.stage.context.workspace.modals.get(self.id, ())

    @property
    def view(self) -> View | None:
        """The modal on top."""
        return self.views[-1] if self.views else None

    @property
    def home(self) -> View | None:
        """The app's Home tab, once published."""
        return self.stage.context.workspace.homes.get(self.id)

    async def next_message(self, timeout: float = 5.0) -> Message:  # noqa: ASYNC109 - a test states its patience where it waits
        """The next message of the app that this user can see and was not returned before.

        Raises:
            TimeoutError: none came.
        """
        return await self._wait(self._unread, timeout)

    async def next_view(self, timeout: float = 5.0) -> View:  # noqa: ASYNC109 - the same
        """The modal on top, waiting for one if none is open."""
        return await self._wait(lambda: self.view, timeout)

    # -- messages -------------------------------------------------------------------------------------------------

    async def say(self, channel: str, text: str, thread_ts: str | None = None) -> Message:
        """Write a message. `@Name` mentions somebody; the app hears of it as it would in Slack."""
        workspace = self.stage.context.workspace
        place = self.stage.channel(channel, self.id)
        if place.is_archived:
            raise ActError("This channel is archived.")
        if not text.strip():
            raise ActError("There is nothing to send.")
        if place.kind == "im" and not self.stage.context.manifest.messages_allowed:
            raise ActError("Sending messages to this app has been turned off.")
        if thread_ts is not None and workspace.find_message(channel, thread_ts) is None:
            raise ActError("That thread is no longer there.")
        written = typed_text(workspace, text)
        stamp = workspace.new_ts()
        message = Message(channel, stamp, self.id, written, typed_blocks(written), thread_ts=thread_ts)
        workspace.post(message)
        if MENTION.search(written) and BOT_USER not in place.members:
            text = f"You mentioned @{workspace.app_name}, but they're not in this channel."
            workspace.notify(Notice("info", text, self.id, channel))
        return message

    async def edit(self, message: Message, text: str) -> Message:
        """Edit an own message."""
        workspace = self.stage.context.workspace
        before = self._own(message)
        written = typed_text(workspace, text)
        after = replace(before, text=written, blocks=typed_blocks(written), edited_ts=workspace.new_ts())
        return workspace.change(before, after)

    async def delete(self, message: Message) -> None:
        """Delete an own message."""
        self.stage.context.workspace.delete(self._own(message))

    async def command(self, channel: str, text: str) -> Message | None:
        """Enter a slash command, e.g. `/iraq who ...`; returns the reply that came with its acknowledgement."""
        context = self.stage.context
        place = self.stage.channel(channel, self.id)
        name, _, rest = text.strip().partition(" ")
        known = context.manifest.command(name)
        if known is None or context.workspace.members[self.id].team != TEAM_ID:
            raise ActError(f"{name} is not a valid command.")
        url = context.workspace.new_response_url(channel, self.id)
        payload = payloads.command(
            token=context.secrets.verification_token,
            channel=place,
            user=context.workspace.members[self.id],
            name=name,
            text=typed_command(context.workspace, rest.strip(), should_escape=known.should_escape),
            trigger_id=context.workspace.new_trigger(self.id),
            response_url=context.response_url(url.token),
        )
        try:
            answer = await self.stage.ask(
                "slash_commands", payload, what=name, user=self.id, channel=channel, takes_answer=True
            )
        except DeliveryError:
            return None
        return self.stage.responses.acknowledge(url, answer)

    # -- the app's blocks, modals and tabs ------------------------------------------------------------------------

    async def press(
        self,
        container: Container,
        action_id: str,
        value: object = None,
        *,
        block_id: str | None = None,
        state: JsonObject | None = None,
    ) -> None:
        """Press a button or pick a value in a message or view; options may be named by value or text."""
        await interactions.press(self.stage, self.id, container, action_id, value, block_id=block_id, state=state)

    async def suggestions(
        self, container: Container, action_id: str, typed: str, *, block_id: str | None = None
    ) -> Blocks:
        """The options the app suggests in an external select."""
        return await interactions.suggest(self.stage, self.id, container, action_id, typed, block_id=block_id)

    async def submit(self, view: View, values: dict[str, object] | None = None) -> dict[str, str]:
        """Submit a modal; `values` by action id or block id. Returns the errors shown (block id -> text), none if it passed."""
        state = state_from(view.payload["blocks"], values or {})
        return await self.submit_state(view, state)

    async def submit_state(self, view: View, state: JsonObject) -> dict[str, str]:
        """Submit a modal with its inputs in the form of `view.state.values`."""
        return await interactions.submit(self.stage, self.id, view, state)

    async def close(self, view: View) -> None:
        """Close a modal."""
        await interactions.close(self.stage, self.id, view)

    async def shortcut(self, callback_id: str, message: Message | None = None) -> None:
        """Choose a global shortcut, or a message shortcut on `message`."""
        await interactions.shortcut(self.stage, self.id, callback_id, message)

    async def open_home(self, tab: Literal["home", "messages"] = "home") -> None:
        """Look at the app's Home tab, or at its Messages tab."""
        self.stage.events.home_opened(self.id, tab)

    # -- channels and the app itself ------------------------------------------------------------------------------

    async def invite(self, channel: str, member: str = BOT_USER) -> None:
        """Invite somebody, by default the app."""
        self.stage.channel(channel, self.id)
        self.stage.context.workspace.set_membership(channel, member, joined=True, inviter=self.id)

    async def remove(self, channel: str, member: str = BOT_USER) -> None:
        """Take somebody out of a channel, by default the app."""
        self.stage.channel(channel, self.id)
        self.stage.context.workspace.set_membership(channel, member, joined=False, inviter=self.id)

    async def archive(self, channel: str) -> None:
        """Archive a channel."""
        place = self.stage.channel(channel, self.id)
        self.stage.context.workspace.update_channel(replace(place, is_archived=True))
        stamp = self.stage.context.workspace.new_ts()
        kind = "group_archive" if place.kind == "private" else "channel_archive"
        self.stage.events.send(kind, {"type": kind, "channel": channel, "user": self.id, "event_ts": stamp})

    async def rename(self, channel: str, name: str) -> None:
        """Rename a channel."""
        place = self.stage.channel(channel, self.id)
        self.stage.context.workspace.update_channel(replace(place, name=name))
        shown = {"id": channel, "name": name, "created": place.created}
        stamp = self.stage.context.workspace.new_ts()
        self.stage.events.send("channel_rename", {"type": "channel_rename", "channel": shown, "event_ts": stamp})

    async def share_outside(self, channel: str) -> None:
        """Connect a channel with another organisation (Slack Connect)."""
        place = self.stage.channel(channel, self.id)
        workspace = self.stage.context.workspace
        workspace.update_channel(replace(place, is_ext_shared=True))
        event = {"channel": channel, "connected_team_id": _ANOTHER, "event_ts": workspace.new_ts()}
        self.stage.events.send("channel_shared", {"type": "channel_shared", **event})

    async def uninstall(self) -> None:
        """Remove the app from the workspace: its tokens die, and it hears of both, in either order."""
        self.stage.events.send("tokens_revoked", {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [BOT_USER]}})
        self.stage.events.send("app_uninstalled", {"type": "app_uninstalled"})
        self.stage.context.secrets.revoked = True

    # -- helpers --------------------------------------------------------------------------------------------------

    async def _wait(self, predicate: Callable[[], T | None], seconds: float) -> T:
        return await self.stage.context.workspace.feed.wait_for(predicate, seconds)

    def _unread(self) -> Message | None:
        channels = self.stage.context.workspace.channels
        for message in self.posts:
            visible = message.can_be_seen_by(self.id) and self.id in channels[message.channel].members
            if visible and message.ts not in self.returned:
                self.returned.add(message.ts)
                return message
        return None

    def _own(self, message: Message) -> Message:
        current = self.stage.message(message, self.id)
        if current.user != self.id:
            raise ActError("Only the author can do that to a message.")
        return current
