"""The Web API over HTTP: who calls, with which arguments, what goes wrong on the way, and the answer.

https://docs.slack.dev/apis/web-api
"""

import asyncio
import json
from collections.abc import Callable
from typing import NoReturn

from aiohttp import web

from bot.playground.context import Context
from bot.playground.faults import ApiFault, Faults
from bot.playground.journal import Journal
from bot.playground.methods import METHODS, Method
from bot.playground.model import Call, JsonObject, SlackError

SCOPE_FAMILIES = {"private": "groups:", "im": "im:"}


class NoAnswerError(Exception):
    """The connection breaks before an answer."""


async def under_faults(
    fault: ApiFault | None, act: Callable[[], web.Response], missed: Callable[[str], None]
) -> web.Response:
    """Do `act` as the fault lets it; `missed` is told the error when it does not let it at all.

    Raises:
        NoAnswerError: the connection is to break.
    """
    if fault is None:
        return act()
    await asyncio.sleep(fault.seconds)
    done = act() if fault.accepted else None
    if done is None:
        missed(fault.error)
    elif not fault.error:
        return done
    if not fault.status:
        raise NoAnswerError
    headers = {"Retry-After": str(fault.retry_after)} if fault.retry_after is not None else {}
    return web.json_response({"ok": False, "error": fault.error}, status=fault.status, headers=headers)


def hang_up(request: web.Request) -> NoReturn:
    """Break the connection of a request without an answer."""
    if request.transport is not None:
        request.transport.abort()
    raise asyncio.CancelledError


class WebApi:
    """Serves POST (and GET) /api/<method>."""

    def __init__(self, context: Context, journal: Journal, faults: Faults) -> None:
        self._context = context
        self._journal = journal
        self._faults = faults

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one call."""
        name = request.match_info["method"]
        with self._journal.working():
            try:
                given = await _arguments(request)
            except (ValueError, LookupError, RecursionError):
                return web.json_response(SlackError("invalid_json").body())
            token = _token(request, given)
            try:
                return await under_faults(
                    self._faults.take_api(name),
                    lambda: self._answer(name, token, given),
                    lambda error: self._record(name, given, error),
                )
            except NoAnswerError:
                hang_up(request)

    def _answer(self, name: str, token: str, given: JsonObject) -> web.Response:
        error: str | None = None
        try:
            body = self._run(name, token, given)
        except SlackError as refusal:
            error, body = refusal.code, refusal.body()
        self._record(name, given, error)
        headers = {"X-OAuth-Scopes": ",".join(sorted(self._context.secrets.scopes))}
        return web.json_response(body, headers=headers)

    def _record(self, name: str, given: JsonObject, error: str | None) -> None:
        self._journal.record_call(Call(name, given, self._context.workspace.clock(), error))

    def _run(self, name: str, token: str, given: JsonObject) -> JsonObject:
        method = METHODS.get(name)
        if method is None:
            raise SlackError("unknown_method")
        self._check_token(method, token)
        self._check_scope(method, given)
        return method.run(self._context, given)

    def _check_token(self, method: Method, token: str) -> None:
        secrets = self._context.secrets
        if not token:
            raise SlackError("not_authed")
        if token not in (secrets.bot_token, secrets.app_token):
            raise SlackError("invalid_auth")
        if (token == secrets.app_token) != method.for_app:
            raise SlackError("not_allowed_token_type")
        if secrets.revoked:
            raise SlackError("account_inactive")

    def _check_scope(self, method: Method, given: JsonObject) -> None:
        if method.scope is None:
            return
        needed = method.scope
        channel = self._context.workspace.channels.get(str(given.get("channel")))
        if channel is not None and channel.kind in SCOPE_FAMILIES:
            needed = needed.replace("channels:", SCOPE_FAMILIES[channel.kind])
        provided = self._context.secrets.scopes
        if needed not in provided:
            raise SlackError("missing_scope", extra={"needed": needed, "provided": ",".join(sorted(provided))})


async def _arguments(request: web.Request) -> JsonObject:
    """Query, form or JSON, in one object. What is not what it says raises ValueError, LookupError (charset) or RecursionError."""
    given: JsonObject = dict(request.query)
    if request.content_type == "application/json":
        body = json.loads(await request.read() or b"{}")
        if not isinstance(body, dict):
            raise ValueError("not an object")
        return given | body
    if request.content_type == "application/x-www-form-urlencoded":
        form = await request.post()
        given |= {key: value for key, value in form.items() if isinstance(value, str)}
    return given


def _token(request: web.Request, given: JsonObject) -> str:
    """The token, taken out of the arguments if it is among them; so is the team, which every method takes."""
    inside = given.pop("token", "")
    given.pop("team_id", None)
    scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
    return bearer.strip() if scheme.lower() == "bearer" and bearer else str(inside)
