"""The controls of a page of the register: under a message they bring messages, in a modal they change the modal."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Final

from bot.channels import subjects
from bot.inbox import Task
from bot.listeners.actions import NOT_OPENED, Handler, enqueue
from bot.listeners.channel_settings import must_not_share
from bot.listeners.payloads import Press
from bot.services import Services
from bot.views import notices
from bot.views.ids import ActionId
from bot.views.message import Message
from bot.views.register.key import PageKey
from bot.views.register.modal import register_modal, told_modal, trail_of
from bot.views.register.pages import register_page

_Answer = Callable[[Press, PageKey, Services], Awaitable[None]]


def _of_register(under_message: _Answer, in_modal: _Answer) -> Handler:
    """A control of a page of the register, which carries a page's key."""

    async def handle(press: Press, services: Services) -> None:
        try:
            key = PageKey.load(press.value)
        except ValueError:
            _say_stale(press, services)
        else:
            await (under_message if press.view_id is None else in_modal)(press, key, services)

    return handle


def _say_stale(press: Press, services: Services) -> None:
    _enqueue(press, services, lambda: _tell(press, services)(notices.stale_button()))


async def _on_page(press: Press, key: PageKey, services: Services) -> None:
    async def run() -> None:
        await services.replies.tell(press.place, register_page(services.library, key, shareable=press.is_private))

    enqueue(press, services, run)


async def _on_share_page(press: Press, key: PageKey, services: Services) -> None:
    if not press.is_private:  # only private pages have the button, and only they can be replaced
        _say_stale(press, services)
        return

    async def run() -> None:
        if await must_not_share(press, services, subjects.of_page(services.library, key)):
            return
        shared = register_page(services.library, key, shareable=False, shared_by=press.user_name)
        await services.replies.respond(press.place, shared, response_type="in_channel", replace_original=False)
        kept = register_page(services.library, key, shareable=False)
        await services.replies.respond(press.place, kept, response_type="ephemeral", replace_original=True)

    enqueue(press, services, run)


async def _on_open_in_modal(press: Press, key: PageKey, services: Services) -> None:
    """Another page goes above, where Slack has its own way back; in its place when three are open, or Slack is slow."""
    if press.can_push:
        try:
            await services.replies.push_modal(press.trigger_id, register_modal(services.library, [key]))
        except NOT_OPENED:
            pass
        else:
            return
    await _on_more_in_modal(press, key, services)


async def _on_more_in_modal(press: Press, key: PageKey, services: Services) -> None:
    """The next part of a list takes the place of this one."""
    _show(press, services, [*trail_of(press.metadata), key])


async def _on_back(press: Press, services: Services) -> None:
    before = trail_of(press.metadata)[:-1]
    if press.view_id is not None and before:
        _show(press, services, before)
    else:
        _say_stale(press, services)


def _show(press: Press, services: Services, trail: Sequence[PageKey]) -> None:
    async def run() -> None:
        await services.replies.update_modal(str(press.view_id), register_modal(services.library, trail))

    _enqueue(press, services, run)


def _enqueue(press: Press, services: Services, run: Callable[[], Awaitable[None]]) -> None:
    services.inbox.offer(Task(press.team, press.key, run, _tell(press, services)))


def _tell(press: Press, services: Services) -> Callable[[Message], Awaitable[None]]:
    """How the presser is told something: nobody can be posted to from a modal, so it says it itself."""
    if press.view_id is None:
        return partial(services.replies.tell, press.place)

    async def say(message: Message) -> None:
        await services.replies.update_modal(str(press.view_id), told_modal(message, trail_of(press.metadata)))

    return say


ACTIONS: Final[Mapping[str, Handler]] = {
    ActionId.REGISTER_OPEN: _of_register(_on_page, _on_open_in_modal),
    ActionId.REGISTER_MORE: _of_register(_on_page, _on_more_in_modal),
    ActionId.REGISTER_SHARE: _of_register(_on_share_page, _on_more_in_modal),
    ActionId.REGISTER_BACK: _on_back,
}
