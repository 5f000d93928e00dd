"""A small Slack on loopback, with a web page and one app installed: the one of the manifest.

To start it and to connect an app, as a real one is connected:

    async with Playground(manifest) as slack:                    # port=0: any free port; PortTaken, ManifestError
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        app = AsyncApp(client=client, process_before_response=True)
        handler = AsyncSocketModeHandler(app, slack.app_token)
        await handler.connect_async()
        await slack.wait_for(lambda: slack.connected)

Places: `slack.policy` (#iraq-policy, the app is in it), `slack.general` (#general, it is not), `user.direct_channel`.
People: `slack.user` (Dana, an admin, whom the page shows), `slack.as_user(slack.colleague)` (Omar, no admin).

What a person does (an ActError where Slack's window would not allow it):

    reply = await user.command(slack.policy, "/iraq who ...")    # the reply in the ack, or None
    message = await user.say(channel, "@Iraq Desk who ...", thread_ts=None)
    await user.edit(message, "text"); await user.delete(message)
    await user.press(message_or_view, "action_id", value=None, block_id=None, state=None)
    errors = await user.submit(view, {"action or block id": value})   # {} when it went through
    await user.submit_state(view, {block_id: {action_id: {...}}})     # the same in Slack's form
    options = await user.suggestions(message_or_view, "action_id", "typed")
    await user.close(view); await user.open_home(); await user.open_home("messages")
    await user.shortcut("callback_id"); await user.shortcut("callback_id", message)
    await user.invite(channel); await user.remove(channel); await user.archive(channel)
    await user.rename(channel, "name"); await user.share_outside(channel); await user.uninstall()
    slack.other_bot_says(channel, "text")                             # a bot_message

A picked value is an option (`{"text": ..., "value": ...}`, or just its value or its text; lists of them for multi-selects and
checkboxes), an id, "YYYY-MM-DD", "HH:MM" or text; for feedback buttons the value of the one pressed.

What is seen: `user.view` (top modal), `user.views`, `user.home`, `slack.messages(channel)`, `slack.message(channel, ts)`,
`slack.notices` (what Slackbot told people). A Message has channel, ts, user, text, blocks, thread_ts, visible_to (whom alone,
if ephemeral), edited_ts, metadata and is_from_app(); a View has id, user, hash, payload (as the app sent it, ids filled in).

    message = await user.next_message(timeout=5)   # each message of the app that this user sees, once, in order
    view = await user.next_view(timeout=5)         # the top modal, once there is one
    value = await slack.wait_for(lambda: ..., timeout=5)   # the first truthy value, looked at after every change
    await slack.settled()                          # nothing on its way, nothing happened for 50 ms

What the app did: `slack.calls` (Call: method, payload, at, error; methods are Web API names, "response_url" and "ack"),
`slack.deliveries` (Delivery: type, payload, attempt, outcome), `slack.rejected` (acks Slack would have dropped in silence:
assert that there is none).

What goes wrong: `slack.faults` (rate_limit, server_error, refuse, drop, delay a method; duplicate deliveries; lose_acks),
`await slack.disconnect()`, `slack.drop_connections()`, `slack.scopes.discard("users:read")`, and the arguments `ack_seconds`
(3), `retry_seconds` (0, 60, 300) and `clock` (seconds since the epoch).

It differs from Slack where Slack is lenient or lossy: unknown arguments are refused; a text over 40,000 characters is refused,
not cut; a reply to a message that is no thread is refused; a status stays until the app's next message, not two minutes;
attachments and files are not supported. As in Slack, an ephemeral message is not shown in the payload of a press on it, only
its container is.
"""

import asyncio
import errno
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from aiohttp import web

from bot.playground.context import Context
from bot.playground.delivery import ACK_SECONDS, RETRY_SECONDS, Dispatcher
from bot.playground.events import Events
from bot.playground.faults import Faults
from bot.playground.feed import Change, Feed, Posted
from bot.playground.guard import add_headers, guard
from bot.playground.journal import Delivery, Journal
from bot.playground.manifest import read_manifest
from bot.playground.model import Call, Message, Notice, Secrets
from bot.playground.page import Page
from bot.playground.responses import Responses
from bot.playground.sockets import Sockets
from bot.playground.stage import Stage
from bot.playground.user import User
from bot.playground.webapi import WebApi
from bot.playground.workspace import COLLEAGUE, GENERAL, ME, OTHER_BOT, POLICY, Workspace, seed

T = TypeVar("T")

HOST = "127.0.0.1"
MOST_BYTES = 1024 * 1024
WEB = Path(__file__).parent / "web"


class PortTaken(Exception):  # noqa: N818 - it reads as what happened, and the command line says it so
    """Something else listens on the port."""

    def __init__(self, port: int) -> None:
        super().__init__(f"Port {port} of {HOST} is taken. Choose another, or 0 for any that is free.")
        self.port = port


class Playground:
    """A workspace, served while the context is open. The module's docstring tells how to use it."""

    policy = POLICY
    general = GENERAL
    colleague = COLLEAGUE

    def __init__(
        self,
        manifest: Mapping[str, object],
        *,
        port: int = 0,
        static: Path | None = None,
        clock: Callable[[], float] = time.time,
        ack_seconds: float = ACK_SECONDS,
        retry_seconds: Sequence[float] = RETRY_SECONDS,
    ) -> None:
        read = read_manifest(manifest)
        feed, self.faults = Feed(), Faults()
        workspace = Workspace(read.app_name, feed, clock)
        sockets = Sockets(feed, self.faults)
        keys = _new_secrets(set(read.scopes))
        self._port = port
        self._context = Context(workspace, read, keys, sockets)
        self._journal = Journal(feed)
        self._dispatcher = Dispatcher(sockets, self._journal, feed, ack_seconds, retry_seconds)
        responses = Responses(self._context, self._journal, self.faults)
        events = Events(workspace, read, self._dispatcher, keys.verification_token)
        self._stage = Stage(self._context, self._dispatcher, events, responses, self._journal)
        self._posts: list[Message] = []
        self._users: dict[str, User] = {}
        seed(workspace)
        page = Page(self.user, static or WEB)
        api = WebApi(self._context, self._journal, self.faults)
        for subscriber in (events.watch, page.watch, self._watch):
            feed.subscribe(subscriber)
        self._app = web.Application(client_max_size=MOST_BYTES, middlewares=[guard(self._context)])
        self._app.on_response_prepare.append(add_headers)
        self._app.add_routes(
            [
                *page.routes(),
                web.get("/link", sockets.handle),
                web.get("/api/{method}", api.handle),
                web.post("/api/{method}", api.handle),
                web.post("/response/{token}", responses.handle),
            ]
        )
        self._runner = web.AppRunner(self._app, access_log=None, shutdown_timeout=1.0)

    async def __aenter__(self) -> Self:
        """Start to listen.

        Raises:
            PortTaken: somebody else does, on that port.
        """
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, self._port)
        try:
            await site.start()
        except OSError as error:
            await self._runner.cleanup()
            if error.errno == errno.EADDRINUSE:
                raise PortTaken(self._port) from error
            raise
        self._context.host = f"{HOST}:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close every connection and stop."""
        await self._dispatcher.close()
        await self._context.sockets.disconnect("link_disabled")
        await self._runner.cleanup()

    # -- addresses and keys ---------------------------------------------------------------------------------------

    @property
    def url(self) -> str:
        """The page's address."""
        return f"{self._context.url}/"

    @property
    def api_url(self) -> str:
        """The Web API's address: the `base_url` of a client."""
        return f"{self._context.url}/api/"

    @property
    def bot_token(self) -> str:
        """The bot token."""
        return self._context.secrets.bot_token

    @property
    def app_token(self) -> str:
        """The app-level token, for Socket Mode."""
        return self._context.secrets.app_token

    @property
    def signing_secret(self) -> str:
        """The secret that signs HTTP requests."""
        return self._context.secrets.signing_secret

    @property
    def scopes(self) -> set[str]:
        """What the bot token is granted; take one out to see `missing_scope`."""
        return self._context.secrets.scopes

    @property
    def connected(self) -> bool:
        """Whether the app has a socket open."""
        return self._context.sockets.connected

    # -- people ---------------------------------------------------------------------------------------------------

    @property
    def user(self) -> User:
        """Dana, who looks at the page."""
        return self.as_user(ME)

    def as_user(self, user: str) -> User:
        """Another member of the workspace, e.g. `slack.colleague`."""
        if user not in self._users:
            self._users[user] = User(self._stage, user, self._posts)
        return self._users[user]

    def other_bot_says(self, channel: str, text: str) -> Message:
        """Let another app write in a channel; `text` is taken as it is."""
        workspace = self._context.workspace
        return workspace.post(Message(channel, workspace.new_ts(), OTHER_BOT, text, subtype="bot_message"))

    # -- what happened --------------------------------------------------------------------------------------------

    @property
    def workspace(self) -> Workspace:
        """The state itself."""
        return self._context.workspace

    @property
    def calls(self) -> list[Call]:
        """Everything the app sent: Web API calls, `response_url` posts and `ack` payloads of commands."""
        return self._journal.calls

    @property
    def rejected(self) -> list[Call]:
        """The acknowledgements whose payload broke a rule: Slack drops them in silence. A good app has none."""
        return self._journal.rejected

    @property
    def deliveries(self) -> list[Delivery]:
        """Every attempt to hand something to the app, with its outcome."""
        return self._journal.deliveries

    @property
    def notices(self) -> list[Notice]:
        """What Slackbot told people."""
        return self._context.workspace.notices

    def messages(self, channel: str) -> list[Message]:
        """The messages of a channel, oldest first, ephemeral ones included."""
        return list(self._context.workspace.messages[channel])

    def message(self, channel: str, ts: str) -> Message | None:
        """One message as it stands now."""
        return self._context.workspace.find_message(channel, ts)

    async def wait_for(self, predicate: Callable[[], T | None], timeout: float = 5.0) -> T:  # noqa: ASYNC109 - a test states its patience where it waits
        """The first truthy value of `predicate`; TimeoutError if there is none in time."""
        return await self._context.workspace.feed.wait_for(predicate, timeout)

    async def settled(self, quiet: float = 0.05, timeout: float = 5.0) -> None:  # noqa: ASYNC109 - the same
        """Wait until nothing is on its way and nothing happened for `quiet` seconds."""
        async with asyncio.timeout(timeout):
            before = -1
            while self._journal.busy or before != self._journal.activity:
                before = self._journal.activity
                await asyncio.sleep(quiet)

    # -- the app's connections ------------------------------------------------------------------------------------

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask the app to reconnect, as Slack does a few times a day (`warning` announces it and keeps the socket)."""
        await self._context.sockets.disconnect(reason)

    def drop_connections(self) -> None:
        """Break the app's sockets without a word."""
        self._context.sockets.drop()

    def _watch(self, change: Change) -> None:
        if isinstance(change, Posted) and change.message.is_from_app():
            self._posts.append(change.message)


def _new_secrets(scopes: set[str]) -> Secrets:
    return Secrets(
        bot_token=f"xoxb-1000000000001-1000000000002-{secrets.token_hex(12)}",
        app_token=f"xapp-1-A0PLAYAPP01-1000000000003-{secrets.token_hex(32)}",
        signing_secret=secrets.token_hex(16),
        verification_token=secrets.token_hex(12),
        scopes=scopes,
    )
