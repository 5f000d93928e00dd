"""The digest by words and by buttons. A modal opens at once; all the rest is done by the inbox's workers."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Final

from bot.channels.policy import is_direct
from bot.digests import schedule_words
from bot.digests.commands import Request, Verb
from bot.digests.desk import DigestDesk
from bot.digests.wishes import Asked
from bot.inbox import Task
from bot.listeners.actions import Handler, enqueue, open_made, refresh_home
from bot.listeners.payloads import Entered, Press, is_channel
from bot.services import Services
from bot.views import notices
from bot.views import subscription_notices as told
from bot.views.digest_sources import DigestKey, citations
from bot.views.ids import ActionId
from bot.views.message import Message
from jobs.periods import Schedule
from jobs.ports import LedgerError

_Answer = Message | tuple[Message, ...]
Operation = Callable[[DigestDesk, Asked], Awaitable[_Answer]]


async def on_words(entered: Entered, request: Request, services: Services) -> Message | None:
    """Open the form, or queue the answer. Returns what is said at once, if anything."""
    if request.verb is Verb.HELP:
        return told.manual(request.unknown)
    direct = is_direct(entered.place.channel)
    if direct and request.verb not in {Verb.LIST, Verb.STATUS}:
        return told.in_a_channel()
    if request.verb is Verb.SETTINGS:
        return await _open(entered.asked, entered.trigger_id, services)
    operation = _BY_WORD[Verb.LIST if direct else request.verb]
    if request.verb is Verb.ON:
        operation = partial(_turn_on, words=request.rest)

    async def run() -> None:
        for message in await answered(operation, entered.asked, services):
            await services.replies.tell(entered.place, message)

    services.inbox.offer(Task(entered.asked.team, entered.key, run, partial(services.replies.tell, entered.place)))
    return None


async def _on_settings(press: Press, services: Services) -> None:
    """“Change or stop”: the form, or the reason why not, which a modal shows better than a thread nobody has open."""
    await change(Asked(press.team, press.place.channel, press.place.user), press.trigger_id, services)


async def change(asked: Asked, trigger_id: str, services: Services) -> None:
    """Open the form of a channel's digest, or the reason why not, in a modal."""
    hindrance = await _open(asked, trigger_id, services)
    if hindrance is not None:
        await services.replies.open_modal(trigger_id, told.modal(hindrance))


async def _on_citations(press: Press, services: Services) -> None:
    """“Show citations”: in a modal, whoever presses."""
    try:
        shown = told.citations_modal(citations(services.library, DigestKey.load(press.value)))
    except ValueError:
        shown = told.modal(notices.stale_button())
    await services.replies.open_modal(press.trigger_id, shown)


async def _on_step(press: Press, services: Services) -> None:
    """A button that changes something: its question, or the form that it stands in, becomes the answer."""
    if not is_channel(press.value):
        enqueue(press, services, partial(services.replies.tell, press.place, notices.stale_button()))
        return
    asked = Asked(press.team, press.value, press.place.user)
    operation = _BY_BUTTON[press.action_id]

    async def say(message: Message) -> None:
        if press.view_id is not None:
            await services.replies.update_modal(press.view_id, told.modal(message))
        elif press.place.response_url is not None:
            await services.replies.respond(press.place, message, response_type="ephemeral", replace_original=True)
        else:
            await services.replies.tell(press.place, message)

    async def run() -> None:
        for message in await answered(operation, asked, services):
            await say(message)
        if press.view_id is not None:
            refresh_home(press.team, press.place.user, services)

    enqueue(press, services, run, say)


async def _open(asked: Asked, trigger_id: str, services: Services) -> Message | None:
    """Open the form; the reason if it does not open."""
    try:
        return await open_made(services.digests.form(asked), trigger_id, services)
    except (LedgerError, TimeoutError):
        return told.try_again()


async def answered(operation: Operation, asked: Asked, services: Services) -> tuple[Message, ...]:
    """What an operation says, or that the settings cannot be reached."""
    try:
        answer = await operation(services.digests, asked)
    except LedgerError:
        return (told.try_again(),)
    return (answer,) if isinstance(answer, Message) else answer


async def _turn_on(desk: DigestDesk, asked: Asked, *, words: str = "") -> Message:
    def changed(schedule: Schedule) -> Schedule:
        return schedule_words.read(words, schedule)

    return await desk.turn_on(asked, changed)


_BY_WORD: Final[dict[Verb, Operation]] = {
    Verb.ON: _turn_on,
    Verb.OFF: DigestDesk.ask_off,
    Verb.PAUSE: DigestDesk.pause,
    Verb.RESUME: DigestDesk.resume,
    Verb.STATUS: DigestDesk.status,
    Verb.PREVIEW: DigestDesk.preview,
    Verb.NOW: DigestDesk.ask_now,
    Verb.LIST: DigestDesk.list,
}
_BY_BUTTON: Final[dict[str, Operation]] = {
    ActionId.DIGEST_OFF: DigestDesk.turn_off,
    ActionId.DIGEST_PAUSE: DigestDesk.pause,
    ActionId.DIGEST_NOW: DigestDesk.come_now,
}


ACTIONS: Final[Mapping[str, Handler]] = {
    ActionId.DIGEST_CITATIONS: _on_citations,
    ActionId.DIGEST_SETTINGS: _on_settings,
    **dict.fromkeys(_BY_BUTTON, _on_step),
}
