"""Buttons. On a public answer or digest each answers only whoever pressed it."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.inbox import Task
from bot.listeners import digest
from bot.listeners.payloads import Press
from bot.services import Services
from bot.storage.store import Feedback
from bot.views import notices
from bot.views.answer import AnswerKey, answer, more_passages
from bot.views.feedback import reason_modal, thanks_message
from bot.views.ids import ActionId
from bot.views.register.key import PageKey
from bot.views.register.pages import register_page
from knowledge.query import parse


async def on_action(ack: AsyncAck, body: dict[str, Any], *, services: Services) -> None:
    """Dispatch by `action_id`; an input of a form needs nothing before it is submitted."""
    handler = _TABLE.get(body["actions"][0]["action_id"])
    if handler is not None:
        await handler(Press.read(body), services)
    await ack()


def _of_answer(
    handler: Callable[[Press, AnswerKey, Services], Awaitable[None]],
) -> Callable[[Press, Services], Awaitable[None]]:
    """A button under an answer, which carries the answer's key."""

    async def handle(press: Press, services: Services) -> None:
        try:
            key = AnswerKey.load(press.value)
        except ValueError:
            _enqueue(press, services, partial(services.replies.tell, press.place, notices.stale_button()))
        else:
            await handler(press, key, services)

    return handle


async def _on_more(press: Press, key: AnswerKey, services: Services) -> None:
    async def run() -> None:
        found = services.library.ask(parse(key.question))
        await services.replies.tell(press.place, more_passages(services.library, found, key.start))

    _enqueue(press, services, run)


async def _on_share(press: Press, key: AnswerKey, services: Services) -> None:
    async def run() -> None:
        library = services.library
        found = library.ask(parse(key.question))
        shared = answer(library, found, shareable=False, shared_by=press.user_name)
        await services.replies.respond(press.place, shared, response_type="in_channel", replace_original=False)
        # Without the button on the private copy nobody shares twice by accident.
        kept = answer(library, found, shareable=False)
        await services.replies.respond(press.place, kept, response_type="ephemeral", replace_original=True)

    _enqueue(press, services, run)


def _of_register(
    handler: Callable[[Press, PageKey, Services], Awaitable[None]],
) -> Callable[[Press, Services], Awaitable[None]]:
    """A control of a page of the register, which carries a page's key."""

    async def handle(press: Press, services: Services) -> None:
        try:
            key = PageKey.load(press.value)
        except ValueError:
            _enqueue(press, services, partial(services.replies.tell, press.place, notices.stale_button()))
        else:
            await handler(press, key, services)

    return handle


async def _on_page(press: Press, key: PageKey, services: Services) -> None:
    async def run() -> None:
        await services.replies.tell(press.place, register_page(services.library, key, shareable=press.is_private))

    _enqueue(press, services, run)


async def _on_share_page(press: Press, key: PageKey, services: Services) -> None:
    async def run() -> None:
        shared = register_page(services.library, key, shareable=False, shared_by=press.user_name)
        await services.replies.respond(press.place, shared, response_type="in_channel", replace_original=False)
        kept = register_page(services.library, key, shareable=False)
        await services.replies.respond(press.place, kept, response_type="ephemeral", replace_original=True)

    _enqueue(press, services, run)


async def _on_feedback(press: Press, key: AnswerKey, services: Services) -> None:
    if key.helpful is False:
        await services.replies.open_modal(press.trigger_id, reason_modal(press.value))
        return

    async def run() -> None:
        said = Feedback(press.team, press.place.user, key.question, key.version, helpful=True)
        await services.store.add_feedback(said)
        await services.replies.tell(press.place, thanks_message())

    _enqueue(press, services, run)


async def _on_step(press: Press, services: Services) -> None:
    digest.on_step(press, services)


def _enqueue(press: Press, services: Services, run: Callable[[], Awaitable[None]]) -> None:
    services.inbox.offer(Task(press.team, press.key, run, partial(services.replies.tell, press.place)))


_TABLE: dict[str, Callable[[Press, Services], Awaitable[None]]] = {
    ActionId.MORE: _of_answer(_on_more),
    ActionId.SHARE: _of_answer(_on_share),
    ActionId.FEEDBACK: _of_answer(_on_feedback),
    ActionId.REGISTER_OPEN: _of_register(_on_page),
    ActionId.REGISTER_MORE: _of_register(_on_page),
    ActionId.REGISTER_SHARE: _of_register(_on_share_page),
    ActionId.DIGEST_CITATIONS: digest.on_citations,
    ActionId.DIGEST_SETTINGS: digest.on_settings,
    ActionId.DIGEST_NOW: _on_step,
    ActionId.DIGEST_OFF: _on_step,
    ActionId.DIGEST_PAUSE: _on_step,
}
