"""Dispatch: one Bolt listener per payload kind, and behind it the handlers of every surface, by id.

A surface is a module with the tables that it has a part in: `ACTIONS`, `SUBMISSIONS`.
"""

from collections.abc import Mapping
from typing import Any, Final

from slack_bolt.async_app import AsyncAck

from bot.listeners import answers, digest, digest_form, feedback, home, pages
from bot.listeners.actions import Handler
from bot.listeners.payloads import Press
from bot.listeners.submissions import Submission
from bot.services import Services

ACTIONS: Final[Mapping[str, Handler]] = {
    **answers.ACTIONS,
    **pages.ACTIONS,
    **digest.ACTIONS,
    **home.ACTIONS,
}
SUBMISSIONS: Final[Mapping[str, Submission]] = {**feedback.SUBMISSIONS, **digest_form.SUBMISSIONS}


async def on_action(ack: AsyncAck, body: dict[str, Any], *, services: Services) -> None:
    """Dispatch by `action_id`; an input of a form needs nothing before it is submitted."""
    handler = ACTIONS.get(body["actions"][0]["action_id"])
    if handler is not None:
        await handler(Press.read(body), services)
    await ack()


async def on_submission(ack: AsyncAck, body: dict[str, Any], *, services: Services) -> None:
    """Dispatch by `callback_id`."""
    handler = SUBMISSIONS.get(body["view"]["callback_id"])
    await ack({} if handler is None else await handler(body, services))
