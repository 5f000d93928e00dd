"""Slack's requests as they come in.

Over a socket each is acknowledged, whatever is in it. Over HTTP they are bounded in size, and Bolt checks their signatures
before anything is done with them (docs.slack.dev/authentication/verifying-requests-from-slack).
"""

import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, Final

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import send_async_response
from slack_bolt.adapter.socket_mode.internals import build_headers
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import SettingsError
from bot.listeners.errors import on_error
from bot.manifest import PATH
from bot.services import Services

MOST_BYTES: Final = 1 << 20  # a view of 250 KB, Slack's largest, thrice as long in a form
HEALTH: Final = "/healthz"
CLOSING_SECONDS: Final = 5.0  # for requests that are being answered when the process is asked to end

_DIGITS: Final = 12  # of a time in seconds

_log = logging.getLogger(__name__)


async def dispatched(
    app: AsyncApp,
    request: Callable[[], AsyncBoltRequest],
    body: object,
    services: Services,
) -> BoltResponse:
    """Bolt's response to a payload that Slack certainly sent; that of the error handler where Bolt itself stumbles."""
    try:
        return await app.async_dispatch(request())
    except Exception as error:  # noqa: BLE001 - unanswered, it would be delivered again and again
        return await on_error(error, body if isinstance(body, dict) else {}, services=services)


class SocketHandler(AsyncSocketModeHandler):
    """Bolt's own, but that it answers every envelope, whatever is in it."""

    def __init__(self, app: AsyncApp, app_token: str, web_client: AsyncWebClient, services: Services) -> None:
        super().__init__(app, app_token, web_client=web_client)
        self._services = services

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]  # as Bolt's
        """Answer one envelope."""
        start = time.time()
        await send_async_response(client, req, await self.answer(req.payload, build_headers(req)), start)

    async def answer(self, payload: Any, headers: dict[str, Any] | None = None) -> BoltResponse:  # noqa: ANN401 - JSON
        """What is acknowledged."""

        def request() -> AsyncBoltRequest:
            return AsyncBoltRequest(mode="socket_mode", body=payload, headers=headers)

        return await dispatched(self.app, request, payload, self._services)


@asynccontextmanager
async def listening(
    app: AsyncApp, services: Services, host: str, port: int, *, hindrance: Callable[[], Awaitable[str | None]]
) -> AsyncIterator[int]:
    """Serve `app` at `host`; gives the port, a free one for 0. Leaving takes no new request and ends what is under way.

    `hindrance` says why nothing can be answered right now, None if it can: for `/healthz`, which has status 200 or 503.

    Raises:
        SettingsError: the address cannot be listened at.
    """

    async def receive(request: web.Request) -> web.Response:
        return await _receive(app, services, request)

    async def health(_: web.Request) -> web.Response:
        problem = await hindrance()
        return web.Response(status=200 if problem is None else 503, text=f"{problem or 'ready'}\n")

    server = web.Application(client_max_size=MOST_BYTES)
    server.add_routes([web.post(PATH, receive), web.get(HEALTH, health)])
    runner = web.AppRunner(server, access_log=None, shutdown_timeout=CLOSING_SECONDS)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            raise SettingsError("--http", f"cannot listen at {host}:{port}: {error.strerror or error}") from error
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()


async def _receive(app: AsyncApp, services: Services, request: web.Request) -> web.Response:
    if not _could_be_signed(request):
        return _refused(request, 401, "no signature")
    try:
        body = (await request.read()).decode()
        bolt = AsyncBoltRequest(body=body, query=request.query_string, headers=dict(request.headers))
    except (
        ValueError,
        LookupError,
        AttributeError,
        TypeError,
        RecursionError,
    ):  # no UTF-8, no JSON, or of another shape
        return _refused(request, 400, "a body that is none of Slack's")
    # Bolt raises for nothing before it has checked the signature, now that the headers have their form.
    return await to_aiohttp_response(await dispatched(app, lambda: bolt, bolt.body, services))


def _could_be_signed(request: web.Request) -> bool:
    """Whether the headers have the form that Bolt's check takes for granted.

    It raises for others, and what raises is answered by the listeners' own error handler, to whoever sent it.
    """
    stamp, signature = (request.headers.get(f"X-Slack-{name}", "") for name in ("Request-Timestamp", "Signature"))
    return stamp.isascii() and stamp.isdecimal() and len(stamp) <= _DIGITS and signature.isascii()


def _refused(request: web.Request, status: int, why: str) -> web.Response:
    _log.warning("a request from %s was refused: %s", request.remote, why)
    return web.json_response({"error": "invalid request"}, status=status)
