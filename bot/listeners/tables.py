"""Dispatch: one Bolt listener per payload kind, and behind it the handlers of every surface, by id.

A surface is a module with the tables that it has a part in: `ACTIONS`, `SUBMISSIONS`, `SHORTCUTS`, `OPTIONS`.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from slack_bolt.async_app import AsyncAck

from bot.listeners import (
    answers,
    background,
    channel_settings,
    digest,
    digest_form,
    feedback,
    home,
    pages,
    passages,
    search,
)
from bot.listeners.actions import Handler, enqueue
from bot.listeners.options import Suggest
from bot.listeners.payloads import Press
from bot.listeners.shortcuts import Shortcut
from bot.listeners.submissions import Submission
from bot.services import Services
from bot.views.ids import ActionId

ACTIONS: Final[Mapping[str, Handler]] = {
    **answers.ACTIONS,
    **passages.ACTIONS,
    **pages.ACTIONS,
    **search.ACTIONS,
    **digest.ACTIONS,
    **channel_settings.ACTIONS,
    **home.ACTIONS,
}
SUBMISSIONS: Final[Mapping[str, Submission]] = {
    **feedback.SUBMISSIONS,
    **passages.SUBMISSIONS,
    **search.SUBMISSIONS,
    **digest_form.SUBMISSIONS,
    **channel_settings.SUBMISSIONS,
}
SHORTCUTS: Final[Mapping[str, Shortcut]] = {**background.SHORTCUTS, **search.SHORTCUTS}
OPTIONS: Final[Mapping[str, Suggest]] = {**digest_form.OPTIONS, **search.OPTIONS}

# What a channel's settings do not bind: what is said about an answer, and what is about the desk itself.
UNBOUND: Final = frozenset({ActionId.FEEDBACK, *digest.ACTIONS, *channel_settings.ACTIONS, *home.ACTIONS})


async def on_action(ack: AsyncAck, body: dict[str, Any], *, services: Services) -> None:
    """Dispatch by `action_id`; an input of a form needs nothing before it is submitted."""
    handler = ACTIONS.get(body["actions"][0]["action_id"])
    if handler is not None:
        press = Press.read(body)
        refused = None if press.action_id in UNBOUND else channel_settings.must_not_press(press, services)
        if refused is None:
            await handler(press, services)
        else:
            enqueue(press, services, partial(services.replies.tell, press.place, refused))
    await ack()


async def on_submission(ack: AsyncAck, body: dict[str, Any], *, services: Services) -> None:
    """Dispatch by `callback_id`."""
    handler = SUBMISSIONS.get(body["view"]["callback_id"])
    await ack({} if handler is None else await handler(body, services))


async def on_shortcut(ack: AsyncAck, body: dict[str, Any], *, services: Services) -> None:
    """Dispatch by `callback_id`; one of an older manifest is only acknowledged."""
    handler = SHORTCUTS.get(body["callback_id"])
    if handler is not None:
        await handler(body, services)
    await ack()


async def on_options(ack: AsyncAck, body: dict[str, Any], *, services: Services) -> None:
    """What a menu offers for what was typed, by `action_id`; nothing for a menu of an older message."""
    suggest = OPTIONS.get(body.get("action_id") or "")
    await ack(options=[] if suggest is None else suggest(body.get("value") or "", services))
