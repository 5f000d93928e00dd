"""The Home tab: opening it, and its controls.

A press there has no message to answer in: it opens a modal, or changes the tab.
"""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any, Final

from bot.digests.desk import DigestDesk
from bot.digests.wishes import Asked
from bot.errors import ModalError
from bot.inbox import Task
from bot.listeners import channel_settings, digest
from bot.listeners.actions import Handler, enqueue
from bot.listeners.payloads import Press, is_channel, part, text, word
from bot.questions.search import Search
from bot.services import Services
from bot.texts import home as texts
from bot.views import notices, search
from bot.views.ids import ActionId
from bot.views.message import Message
from bot.views.register.key import PageKey
from bot.views.register.modal import register_modal

_MOST_DIGITS: Final = 4


def on_opened(body: dict[str, Any], services: Services) -> None:
    """Publish the tab that somebody looks at."""
    event, team = part(body, "event"), services.team
    if event.get("tab") != "home":
        return
    user, known = word(event, "user"), text(part(event, "view"), "hash") if event.get("view") else ""
    run = partial(services.homes.publish, team, user, known=known or None)
    services.inbox.offer(Task(team, None, run, partial(services.homes.tell, user)))


async def _on_open(press: Press, services: Services) -> None:
    """A page of the register."""
    try:
        view = register_modal(services.library, [PageKey.load(press.value)])
    except ValueError:
        _say(press, services, notices.stale_button())
        return
    try:
        await services.replies.open_modal(press.trigger_id, view)
    except ModalError:
        _say(press, services, Message(texts.TOO_SLOW))


async def _on_change(press: Press, services: Services) -> None:
    """The form of a channel's digest."""
    if is_channel(press.value):
        await _open_form(press, press.value, services)
    else:
        _say(press, services, notices.stale_button())


async def _on_search(press: Press, services: Services) -> None:
    """The empty form of a search."""
    try:
        await services.replies.open_modal(press.trigger_id, search.form(services.library, Search()))
    except ModalError:
        _say(press, services, Message(texts.TOO_SLOW))


async def _on_settings(press: Press, services: Services) -> None:
    """The settings of a channel that has a digest."""
    if not is_channel(press.value):
        _say(press, services, notices.stale_button())
        return
    try:
        hindrance = await channel_settings.open_form(press.value, press.place.user, press.trigger_id, services)
    except ModalError:
        hindrance = Message(texts.TOO_SLOW)
    if hindrance is not None:
        _say(press, services, hindrance)


async def _on_turn_on(press: Press, services: Services) -> None:
    """The form of a new one, in which the channel is chosen."""
    await _open_form(press, "", services)


async def _open_form(press: Press, channel: str, services: Services) -> None:
    try:
        await digest.change(Asked(press.team, channel, press.place.user), press.trigger_id, services)
    except ModalError:
        _say(press, services, Message(texts.TOO_SLOW))


async def _on_stop(press: Press, services: Services) -> None:
    if not is_channel(press.value):
        _say(press, services, notices.stale_button())
        return

    async def run() -> None:
        asked = Asked(press.team, press.value, press.place.user)
        for said in await digest.answered(DigestDesk.turn_off, asked, services):
            await services.homes.publish(press.team, press.place.user, notice=said.text)

    _enqueue(press, services, run)


async def _on_digests(press: Press, services: Services) -> None:
    """The next few."""
    start = int(press.value) if press.value.isdecimal() and len(press.value) <= _MOST_DIGITS else 0
    _enqueue(press, services, partial(services.homes.publish, press.team, press.place.user, start=start))


def _say(press: Press, services: Services, message: Message) -> None:
    _enqueue(press, services, partial(services.homes.publish, press.team, press.place.user, notice=message.text))


def _enqueue(press: Press, services: Services, run: Callable[[], Awaitable[None]]) -> None:
    enqueue(press, services, run, partial(services.homes.tell, press.place.user))


ACTIONS: Final[Mapping[str, Handler]] = {
    ActionId.HOME_OPEN: _on_open,
    ActionId.HOME_SEARCH: _on_search,
    ActionId.HOME_TURN_ON: _on_turn_on,
    ActionId.HOME_CHANGE: _on_change,
    ActionId.HOME_STOP: _on_stop,
    ActionId.HOME_SETTINGS: _on_settings,
    ActionId.HOME_DIGESTS: _on_digests,
}
