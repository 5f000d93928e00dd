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
from bot.listeners.errors import tell_sender
from bot.listeners.forms import Form
from bot.listeners.options import Suggest
from bot.listeners.payloads import Chosen, Container, Press, at_home, part, pressed, text
from bot.listeners.permissions import press_refused
from bot.listeners.shortcuts import Shortcut
from bot.listeners.submissions import Submission, stale
from bot.services import Services
from bot.views import notices
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

# Where the controls of a surface stand; what comes from elsewhere is of an older version.
_CONTAINERS: Final[Mapping[str, frozenset[Container]]] = {
    **dict.fromkeys(answers.ACTIONS, frozenset({Container.MESSAGE})),
    **dict.fromkeys(passages.ACTIONS, frozenset({Container.MESSAGE, Container.MODAL})),
    **dict.fromkeys(pages.ACTIONS, frozenset({Container.MESSAGE, Container.MODAL})),
    **dict.fromkeys(search.ACTIONS, frozenset({Container.MODAL})),
    **dict.fromkeys(digest.ACTIONS, frozenset({Container.MESSAGE, Container.MODAL})),
    **dict.fromkeys(channel_settings.ACTIONS, frozenset({Container.MESSAGE})),
    **dict.fromkeys(home.ACTIONS, frozenset({Container.HOME})),
}

LONGEST: Final = 100  # characters of what is typed to find an option
# What a channel's settings do not bind: what is said about an answer, and what is about the desk itself.
UNBOUND: Final = frozenset({ActionId.FEEDBACK, *digest.ACTIONS, *channel_settings.ACTIONS, *home.ACTIONS})


async def on_action(ack: AsyncAck, body: dict[str, Any], *, services: Services) -> None:
    """Dispatch by `action_id`; an input of a form needs nothing before it is submitted."""
    name = str(pressed(body).get("action_id"))
    handler = ACTIONS.get(name)
    if handler is not None:
        press = Press.read(at_home(body, services.team))
        refused = None if name in UNBOUND else press_refused(press, services)
        if press.container not in _CONTAINERS[name]:
            tell_sender(body, notices.stale_button(), services)
        elif refused is None:
            await handler(press, services)
        else:
            enqueue(press, services, partial(services.replies.tell, press.place, refused))
    elif name not in set(ActionId):
        tell_sender(body, notices.stale_button(), services)
    await ack()


async def on_submission(ack: AsyncAck, body: dict[str, Any], *, services: Services) -> None:
    """Dispatch by `callback_id`."""
    handler = SUBMISSIONS.get(str(part(body, "view").get("callback_id")))
    if handler is None:
        await ack(stale())
    else:
        await ack(await handler(Form.read(at_home(body, services.team)), services))


async def on_shortcut(ack: AsyncAck, body: dict[str, Any], *, services: Services) -> None:
    """Dispatch by `callback_id`."""
    handler = SHORTCUTS.get(str(body.get("callback_id")))
    if handler is None:
        tell_sender(body, notices.stale_button(), services)
    else:
        await handler(Chosen.read(at_home(body, services.team)), services)
    await ack()


async def on_options(ack: AsyncAck, body: dict[str, Any], *, services: Services) -> None:
    """What a menu offers for what was typed, by `action_id`; nothing for a menu of an older message."""
    suggest = OPTIONS.get(str(body.get("action_id")))
    await ack(options=[] if suggest is None else suggest(text(body, "value")[:LONGEST], services))
