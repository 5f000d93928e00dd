"""The page's side of the server: its files, the state of the workspace, a stream of changes, and acts.

The workspace is shown as one person, `me`, sees it.
"""

import asyncio
import contextlib
import json
from collections.abc import Mapping
from pathlib import Path

from aiohttp import web

from bot.playground.feed import (
    Change,
    Changed,
    ConnectionChanged,
    Deleted,
    HomeChanged,
    MembershipChanged,
    Noticed,
    Posted,
    PromptsChanged,
    StatusChanged,
    ViewRefused,
    ViewsChanged,
    WorkspaceChanged,
)
from bot.playground.model import (
    BOT_USER,
    TEAM_ID,
    TEAM_NAME,
    ActError,
    Channel,
    JsonObject,
    Message,
)
from bot.playground.page_acts import perform
from bot.playground.payloads import view_object
from bot.playground.user import User

HEARTBEAT_SECONDS = 30.0
CONTENT_TYPES: Mapping[str, str] = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".json": "application/json",
    ".woff2": "font/woff2",
}


class Page:
    """Serves the page to `me`. `folder` holds index.html and the files it names as /static/<name>."""

    def __init__(self, me: User, folder: Path) -> None:
        self._me = me
        self._folder = folder
        self._watchers: set[asyncio.Queue[JsonObject]] = set()

    def routes(self) -> list[web.RouteDef]:
        """The page's addresses."""
        return [
            web.get("/", self._index),
            web.get("/static/{name}", self._static),
            web.get("/playground/state", self._state),
            web.get("/playground/events", self._events),
            web.post("/playground/acts", self._acts),
        ]

    def watch(self, change: Change) -> None:
        """Push a change to every open page, if it concerns the person who looks."""
        push = self._push(change)
        if push is not None:
            for watcher in self._watchers:
                watcher.put_nowait(push)

    async def _index(self, _: web.Request) -> web.Response:
        return self._file("index.html")

    async def _static(self, request: web.Request) -> web.Response:
        return self._file(request.match_info["name"])

    def _file(self, name: str) -> web.Response:
        """A file of the folder itself: what is not listed there does not exist."""
        files = {path.name: path for path in self._folder.iterdir()} if self._folder.is_dir() else {}
        path = files.get(name)
        if path is None or path.suffix not in CONTENT_TYPES or not path.is_file():
            return web.Response(status=404, text=f"There is no {name} here.")
        return web.Response(body=path.read_bytes(), content_type=CONTENT_TYPES[path.suffix], charset="utf-8")

    async def _state(self, _: web.Request) -> web.Response:
        return web.json_response(self.snapshot())

    async def _events(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse(heartbeat=HEARTBEAT_SECONDS)
        await socket.prepare(request)
        queue: asyncio.Queue[JsonObject] = asyncio.Queue()
        self._watchers.add(queue)
        sender = asyncio.create_task(_send_all(queue, socket))
        try:
            async for _ in socket:
                pass
        finally:
            self._watchers.discard(queue)
            sender.cancel()
        return socket

    async def _acts(self, request: web.Request) -> web.Response:
        if request.content_type != "application/json":
            return _refusal("An act is sent as application/json.", 415)
        try:
            given = json.loads(await request.read())
        except (ValueError, RecursionError):
            return _refusal("This is not JSON.", 400)
        try:
            told = await perform(self._me, given)
        except ActError as error:
            return _refusal(str(error), 422)
        return web.json_response({"ok": True, **told})

    def snapshot(self) -> JsonObject:
        """Everything the page shows."""
        context = self._me.stage.context
        workspace, manifest = context.workspace, context.manifest
        mine = [channel for channel in workspace.channels.values() if self._me.id in channel.members]
        return {
            "team": {"id": TEAM_ID, "name": TEAM_NAME},
            "me": self._me.id,
            "app": {"name": workspace.app_name, "bot_user_id": BOT_USER, "connected": context.sockets.connected},
            "users": {
                member.id: {
                    "id": member.id,
                    "name": member.real_name,
                    "is_bot": member.is_bot,
                    "is_external": member.team != TEAM_ID,
                }
                for member in workspace.members.values()
            },
            "channels": [_channel(channel) for channel in mine],
            "commands": [command.model_dump(exclude={"should_escape"}) for command in manifest.features.slash_commands],
            "shortcuts": [shortcut.model_dump() for shortcut in manifest.features.shortcuts],
            "messages": {
                channel.id: [self._message(each) for each in workspace.messages[channel.id] if self._sees(each)]
                for channel in mine
            },
            "prompts": {
                channel.id: workspace.prompts[channel.id] for channel in mine if channel.id in workspace.prompts
            },
            "statuses": [
                {"channel": channel, "thread_ts": thread_ts, "text": text}
                for (channel, thread_ts), text in workspace.statuses.items()
                if self._is_in(channel)
            ],
            "home": view_object(self._me.home) if self._me.home else None,
            "views": [view_object(view) for view in self._me.views],
        }

    def _push(self, change: Change) -> JsonObject | None:
        """What the page is told of a change; None if it does not concern the person who looks."""
        workspace = self._me.stage.context.workspace
        push: JsonObject | None = None
        match change:
            case Posted(message) | Changed(message) | Deleted(message) if self._sees(message):
                push = self._message_push(change, message)
            case PromptsChanged(channel) if self._is_in(channel):
                push = {"type": "prompts", "channel": channel, "prompts": workspace.prompts[channel]}
            case StatusChanged(channel, thread_ts, text) if self._is_in(channel):
                push = {"type": "status", "channel": channel, "thread_ts": thread_ts, "text": text}
            case ViewsChanged(user) if user == self._me.id:
                push = {"type": "views", "views": [view_object(view) for view in self._me.views]}
            case HomeChanged(user) if user == self._me.id and self._me.home is not None:
                push = {"type": "home", "home": view_object(self._me.home)}
            case ViewRefused(user, view_id, errors) if user == self._me.id:
                push = {"type": "view_errors", "view_id": view_id, "errors": errors}
            case Noticed(notice) if notice.user == self._me.id:
                push = {"type": "notice", "level": notice.level, "text": notice.text, "channel": notice.channel}
            case ConnectionChanged(connected):
                push = {"type": "connected", "connected": connected}
            case MembershipChanged() | WorkspaceChanged():
                push = {"type": "state"}
            case _:
                pass
        return push

    def _message_push(self, change: Posted | Changed | Deleted, message: Message) -> JsonObject:
        match change:
            case Posted():
                return {"type": "message", "message": self._message(message)}
            case Changed():
                return {"type": "message_changed", "message": self._message(message)}
            case Deleted():
                return {"type": "message_deleted", "channel": message.channel, "ts": message.ts}

    def _sees(self, message: Message) -> bool:
        return self._is_in(message.channel) and message.can_be_seen_by(self._me.id)

    def _is_in(self, channel: str) -> bool:
        return self._me.id in self._me.stage.context.workspace.channels[channel].members

    def _message(self, message: Message) -> JsonObject:
        return {
            "channel": message.channel,
            "ts": message.ts,
            "thread_ts": message.thread_ts,
            "user": message.user,
            "text": message.text,
            "blocks": message.blocks,
            "ephemeral": message.visible_to is not None,
            "edited": message.edited_ts is not None,
            "is_bot": self._me.stage.context.workspace.members[message.user].is_bot,
            "pending": False,
            "metadata": message.metadata,
        }


async def _send_all(queue: asyncio.Queue[JsonObject], socket: web.WebSocketResponse) -> None:
    with contextlib.suppress(ConnectionError):
        while True:
            await socket.send_json(await queue.get())


def _channel(channel: Channel) -> JsonObject:
    if channel.kind == "im":
        return {"id": channel.id, "name": channel.name, "kind": "im"}
    return {
        "id": channel.id,
        "name": channel.name,
        "kind": "channel",
        "is_private": channel.kind == "private",
        "is_ext_shared": channel.is_ext_shared,
        "bot_is_member": BOT_USER in channel.members,
    }


def _refusal(sentence: str, status: int) -> web.Response:
    return web.json_response({"ok": False, "error": sentence}, status=status)
