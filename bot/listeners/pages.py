"""The controls of a page of the register: under a message they bring messages, in a modal they change the modal."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Final

from bot.channels import subjects
from bot.errors import ModalError
from bot.listeners.actions import Handler, enqueue
from bot.listeners.payloads import Press
from bot.listeners.permissions import share
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
    tell = _tell(press, services)
    enqueue(press, services, partial(tell, notices.stale_button()), tell)


async def _on_page(press: Press, key: PageKey, services: Services) -> None:
    async def run() -> None:
        await services.replies.tell(press.place, register_page(services.library, key, shareable=press.is_private))

    enqueue(press, services, run)


async def _on_share_page(press: Press, key: PageKey, services: Services) -> None:
    if not press.is_private:  # only private pages have the button, and only they can be replaced
        _say_stale(press, services)
        return

    async def run() -> None:
        library = services.library
        shared = register_page(library, key, shareable=False, shared_by=press.user_name)
        kept = register_page(library, key, shareable=False)
        await share(press, services, subjects.of_page(library, key), shared=shared, kept=kept)

    enqueue(press, services, run)


async def _on_open_in_modal(press: Press, key: PageKey, services: Services) -> None:
    """Another page goes above, where Slack has its own way back; in its place when three are open, or Slack is slow."""
    if press.can_push:
        try:
            await services.replies.push_modal(press.trigger_id, register_modal(services.library, [key]))
        except ModalError:
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

    enqueue(press, services, run, _tell(press, services))


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
