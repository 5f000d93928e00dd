"""The controls of a page of the register."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Final

from bot.channels import subjects
from bot.listeners.actions import Handler, enqueue
from bot.listeners.channel_settings import must_not_share
from bot.listeners.payloads import Press
from bot.services import Services
from bot.views import notices
from bot.views.ids import ActionId
from bot.views.register.key import PageKey
from bot.views.register.pages import register_page


def _of_register(
    handler: Callable[[Press, PageKey, Services], Awaitable[None]],
) -> Handler:
    """A control of a page of the register, which carries a page's key."""

    async def handle(press: Press, services: Services) -> None:
        try:
            key = PageKey.load(press.value)
        except ValueError:
            enqueue(press, services, partial(services.replies.tell, press.place, notices.stale_button()))
        else:
            await handler(press, key, services)

    return handle


async def _on_page(press: Press, key: PageKey, services: Services) -> None:
    async def run() -> None:
        await services.replies.tell(press.place, register_page(services.library, key, shareable=press.is_private))

    enqueue(press, services, run)


async def _on_share_page(press: Press, key: PageKey, services: Services) -> None:
    async def run() -> None:
        if await must_not_share(press, services, subjects.of_page(services.library, key)):
            return
        shared = register_page(services.library, key, shareable=False, shared_by=press.user_name)
        await services.replies.respond(press.place, shared, response_type="in_channel", replace_original=False)
        kept = register_page(services.library, key, shareable=False)
        await services.replies.respond(press.place, kept, response_type="ephemeral", replace_original=True)

    enqueue(press, services, run)


ACTIONS: Final[Mapping[str, Handler]] = {
    ActionId.REGISTER_OPEN: _of_register(_on_page),
    ActionId.REGISTER_MORE: _of_register(_on_page),
    ActionId.REGISTER_SHARE: _of_register(_on_share_page),
}
