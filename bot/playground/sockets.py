"""Socket Mode, Slack's side: tickets, up to ten connections, envelopes out and acknowledgements in.

https://docs.slack.dev/apis/events-api/using-socket-mode
"""

import asyncio
import contextlib
import json
import secrets
from dataclasses import dataclass

from aiohttp import WSMsgType, web

from bot.playground.delivery import Ack, DeliveryError, Envelope
from bot.playground.faults import Faults
from bot.playground.feed import ConnectionChanged, Feed
from bot.playground.model import APP_ID, JsonObject

MOST_CONNECTIONS = 10
HEARTBEAT_SECONDS = 30.0


@dataclass(frozen=True, slots=True, eq=False)
class _Connection:
    socket: web.WebSocketResponse
    transport: asyncio.Transport


class Sockets:
    """The app's open connections. An envelope goes to one of them, in turn."""

    def __init__(self, feed: Feed, faults: Faults) -> None:
        self._feed = feed
        self._faults = faults
        self._tickets: set[str] = set()
        self._connections: list[_Connection] = []
        self._waiting: dict[str, tuple[_Connection, asyncio.Future[Ack]]] = {}

    @property
    def connected(self) -> bool:
        """Whether the app has a socket open."""
        return bool(self._connections)

    def new_ticket(self) -> str:
        """A ticket for one connection."""
        ticket = secrets.token_urlsafe(24)
        self._tickets.add(ticket)
        return ticket

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection until it closes."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets or not isinstance(request.transport, asyncio.Transport):
            return web.json_response({"ok": False, "error": "invalid_ticket"}, status=403)
        self._tickets.remove(ticket)
        connection = _Connection(web.WebSocketResponse(heartbeat=HEARTBEAT_SECONDS), request.transport)
        await connection.socket.prepare(request)
        if len(self._connections) >= MOST_CONNECTIONS:
            await self._send_disconnect(connection, "too_many_websockets")
            return connection.socket
        await connection.socket.send_json(self._hello())
        self._open(connection)
        try:
            async for message in connection.socket:
                if message.type is WSMsgType.TEXT:
                    self._receive(message.data)
        finally:
            self._close(connection)
        return connection.socket

    async def deliver(self, envelope: Envelope, timeout: float) -> Ack:  # noqa: ASYNC109 - Slack's three seconds belong to the delivery
        """Send an envelope to one connection and wait for its acknowledgement.

        Raises:
            DeliveryError: no connection is open, it broke, or no acknowledgement came within `timeout` seconds.
        """
        connection = self._next_connection()
        answer: asyncio.Future[Ack] = asyncio.get_running_loop().create_future()
        self._waiting[envelope.envelope_id] = (connection, answer)
        try:
            await self._send(connection, envelope)
            async with asyncio.timeout(timeout):
                return await answer
        except TimeoutError:
            raise DeliveryError("operation_timeout") from None
        finally:
            del self._waiting[envelope.envelope_id]

    async def disconnect(self, reason: str) -> None:
        """Tell the app to open new connections (`warning`, `refresh_requested`); all but a warning close these."""
        for connection in tuple(self._connections):
            await self._send_disconnect(connection, reason)

    def drop(self) -> None:
        """Break every connection without a word, as networks do."""
        for connection in tuple(self._connections):
            connection.transport.abort()

    def _hello(self) -> JsonObject:
        return {
            "type": "hello",
            "num_connections": len(self._connections) + 1,
            "debug_info": {"host": "playground", "build_number": 1, "approximate_connection_time": 18060},
            "connection_info": {"app_id": APP_ID},
        }

    def _open(self, connection: _Connection) -> None:
        self._connections.append(connection)
        if len(self._connections) == 1:
            self._feed.publish(ConnectionChanged(connected=True))

    def _close(self, connection: _Connection) -> None:
        self._connections.remove(connection)
        for used, answer in self._waiting.values():
            if used is connection and not answer.done():
                answer.set_exception(DeliveryError("dispatch_failed"))
        if not self._connections:
            self._feed.publish(ConnectionChanged(connected=False))

    def _next_connection(self) -> _Connection:
        if not self._connections:
            raise DeliveryError("dispatch_failed")
        self._connections.append(self._connections.pop(0))
        return self._connections[-1]

    async def _send(self, connection: _Connection, envelope: Envelope) -> None:
        try:
            await connection.socket.send_json(envelope.frame())
            if self._faults.take_duplicate():
                await self._next_connection().socket.send_json(envelope.frame())
        except ConnectionError:
            raise DeliveryError("dispatch_failed") from None

    async def _send_disconnect(self, connection: _Connection, reason: str) -> None:
        with contextlib.suppress(ConnectionError):
            await connection.socket.send_json(
                {"type": "disconnect", "reason": reason, "debug_info": {"host": "playground"}},
            )
        if reason != "warning":
            await connection.socket.close()

    def _receive(self, data: str) -> None:
        """Match an acknowledgement with its envelope. What is neither is passed over, as Slack does."""
        try:
            frame = json.loads(data)
            envelope_id, payload = frame["envelope_id"], frame.get("payload")
        except (ValueError, TypeError, KeyError, AttributeError):
            return
        if self._faults.take_lost_ack():
            return
        _, answer = self._waiting.get(str(envelope_id), (None, None))
        if answer is not None and not answer.done():
            answer.set_result(Ack(payload if isinstance(payload, dict) else None))
