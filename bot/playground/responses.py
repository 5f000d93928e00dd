"""Answers to an interaction: by its acknowledgement or by its response_url (five times within thirty minutes).

https://docs.slack.dev/interactivity/handling-user-interaction
"""

import json
from typing import Literal

from aiohttp import web
from pydantic import ValidationError

from bot.playground import content
from bot.playground.arguments import NewContent
from bot.playground.context import Context
from bot.playground.faults import Faults
from bot.playground.journal import Journal
from bot.playground.model import Call, JsonObject, Message, ResponseUrl, SlackError
from bot.playground.webapi import NoAnswerError, hang_up, under_faults

MOST_USES = 5
LIFETIME_SECONDS = 1800.0


class Response(NewContent):
    """What an acknowledgement of a command, or a post to a response_url, may hold."""

    response_type: Literal["ephemeral", "in_channel"] | None = None
    replace_original: bool | None = None
    delete_original: bool | None = None


class Responses:
    """Puts the app's answers on the screen."""

    def __init__(self, context: Context, journal: Journal, faults: Faults) -> None:
        self._context = context
        self._journal = journal
        self._faults = faults
        self._uses: dict[str, int] = {}

    async def handle(self, request: web.Request) -> web.Response:
        """Serve POST /response/<token>."""
        with self._journal.working():
            token, data = request.match_info["token"], await request.read()
            try:
                return await under_faults(
                    self._faults.take_api("response_url"),
                    lambda: self._answer(token, data),
                    lambda error: self._record("response_url", _readable(data), error),
                )
            except NoAnswerError:
                hang_up(request)

    def acknowledge(self, url: ResponseUrl, payload: JsonObject | None) -> Message | None:
        """Show what the app put into the acknowledgement of a command; return it.

        A payload that breaks a rule is dropped, as Slack drops it: the app is told nothing and the user sees nothing. The
        journal keeps it among the rejected.
        """
        if not payload:
            return None
        shown, error = None, None
        try:
            shown = self._show(url, _read(payload))
        except SlackError as refusal:
            error = ": ".join([refusal.code, *refusal.messages])
        self._record("ack", payload, error)
        return shown

    def _answer(self, token: str, data: bytes) -> web.Response:
        payload: JsonObject = {}
        try:
            payload = _decode(data)
            self._show(self._spend(token), _read(payload))
        except SlackError as refusal:
            self._record("response_url", payload, refusal.code)
            if refusal.code in ("used_url", "expired_url"):
                return web.json_response(refusal.body(), status=404)
            return web.Response(text=refusal.code, status=400)
        self._record("response_url", payload)
        return web.Response(text="ok")

    def _record(self, method: str, payload: JsonObject, error: str | None = None) -> None:
        self._journal.record_call(Call(method, payload, self._context.workspace.clock(), error))

    def _spend(self, token: str) -> ResponseUrl:
        url = self._context.workspace.response_urls.get(token)
        if url is None or self._context.workspace.clock() - url.made_at > LIFETIME_SECONDS:
            raise SlackError("expired_url")
        if self._uses.get(token, 0) >= MOST_USES:
            raise SlackError("used_url")
        self._uses[token] = self._uses.get(token, 0) + 1
        return url

    def _show(self, url: ResponseUrl, response: Response) -> Message | None:
        workspace = self._context.workspace
        source = workspace.find_message(url.channel, url.source_ts) if url.source_ts else None
        if response.delete_original:
            if source is not None:
                workspace.delete(source)
            return None
        body = response.body()
        if source is not None and _replaces(response):
            return workspace.change(source, content.edited(workspace, source, body))
        channel = workspace.channels[url.channel]
        if channel.is_archived:
            raise SlackError("channel_is_archived")
        visible_to = None if response.response_type == "in_channel" else url.user
        return workspace.post(content.app_message(workspace, channel, body, visible_to))


def _replaces(response: Response) -> bool:
    """An answer replaces the message it came from if it says so, or says nothing of where it wants to go."""
    if response.replace_original is None:
        return response.response_type is None and response.thread_ts is None
    return response.replace_original


def _decode(data: bytes) -> JsonObject:
    try:
        payload = json.loads(data)
    except (ValueError, RecursionError):
        raise SlackError("invalid_payload") from None
    if not isinstance(payload, dict):
        raise SlackError("invalid_payload")
    return payload


def _readable(data: bytes) -> JsonObject:
    """The payload, as far as it is one."""
    try:
        return _decode(data)
    except SlackError:
        return {}


def _read(payload: JsonObject) -> Response:
    try:
        return Response.model_validate(payload)
    except ValidationError as error:
        problems = [
            f"[ERROR] {each['msg']} [json-pointer:/{'/'.join(map(str, each['loc']))}]" for each in error.errors()
        ]
        raise SlackError("invalid_payload", problems) from error
