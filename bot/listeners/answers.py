"""The controls under an answer. On a public one each answers only whoever pressed it."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Final

from bot.channels import subjects
from bot.listeners.actions import Handler, enqueue
from bot.listeners.payloads import Press
from bot.listeners.permissions import share
from bot.services import Services
from bot.storage.store import Feedback
from bot.views import notices
from bot.views.answer import AnswerKey, answer, more_passages
from bot.views.feedback import reason_modal, thanks_message
from bot.views.ids import ActionId
from knowledge.query import parse


def _of_answer(
    handler: Callable[[Press, AnswerKey, Services], Awaitable[None]],
) -> Handler:
    """A button under an answer, which carries the answer's key."""

    async def handle(press: Press, services: Services) -> None:
        try:
            key = AnswerKey.load(press.value)
        except ValueError:
            _say_stale(press, services)
        else:
            await handler(press, key, services)

    return handle


def _say_stale(press: Press, services: Services) -> None:
    enqueue(press, services, partial(services.replies.tell, press.place, notices.stale_button()))


async def _on_more(press: Press, key: AnswerKey, services: Services) -> None:
    async def run() -> None:
        found = services.library.ask(parse(key.question))
        await services.replies.tell(press.place, more_passages(services.library, found, key.start))

    enqueue(press, services, run)


async def _on_share(press: Press, key: AnswerKey, services: Services) -> None:
    if not press.is_private:  # only private answers have the button, and only they can be replaced
        _say_stale(press, services)
        return

    async def run() -> None:
        library = services.library
        found = library.ask(parse(key.question))
        shared = answer(library, found, shareable=False, shared_by=press.user_name)
        kept = answer(library, found, shareable=False)
        await share(press, services, subjects.of_answer(found), shared=shared, kept=kept)

    enqueue(press, services, run)


async def _on_feedback(press: Press, key: AnswerKey, services: Services) -> None:
    if key.helpful is False:
        await services.replies.open_modal(press.trigger_id, reason_modal(press.value))
        return

    async def run() -> None:
        said = Feedback(press.team, press.place.user, key.question, key.version, helpful=True)
        await services.store.add_feedback(said)
        await services.replies.tell(press.place, thanks_message())

    enqueue(press, services, run)


ACTIONS: Final[Mapping[str, Handler]] = {
    ActionId.MORE: _of_answer(_on_more),
    ActionId.SHARE: _of_answer(_on_share),
    ActionId.FEEDBACK: _of_answer(_on_feedback),
}
