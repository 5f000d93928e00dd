"""The settings of a channel: the form opens at once, and what it says is saved before it changes."""

import asyncio
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final, TypeVar

from bot.channels.policy import Mode, Policy, Sharers, is_direct
from bot.listeners.actions import Handler, open_made
from bot.listeners.forms import Form
from bot.listeners.payloads import Entered, Press, is_channel
from bot.listeners.submissions import SECONDS, Submission, errors, stale, update
from bot.services import Services
from bot.texts import channels as texts
from bot.views import channel_settings as told
from bot.views.ids import ActionId, BlockId, CallbackId
from bot.views.message import Message
from jobs.ports import LedgerError

_Choice = TypeVar("_Choice", bound=StrEnum)


async def on_words(entered: Entered, services: Services) -> Message | None:
    """`/iraq settings`: open the form. Returns what is said at once, if anything."""
    channel = entered.place.channel
    if is_direct(channel):
        return told.offer(channel)
    return await open_form(channel, entered.place.user, entered.trigger_id, services)


async def _on_open(press: Press, services: Services) -> None:
    hindrance = await open_form(press.place.channel, press.place.user, press.trigger_id, services)
    if hindrance is not None:
        await services.replies.open_modal(press.trigger_id, told.modal(hindrance))


async def open_form(channel: str, user: str, trigger_id: str, services: Services) -> Message | None:
    """Open the form; the reason if it does not open."""
    try:
        return await open_made(services.channels.form(channel, user), trigger_id, services)
    except (LedgerError, TimeoutError):
        return told.try_again()


async def _on_submission(form: Form, services: Services) -> dict[str, Any]:
    if not is_channel(form.metadata):
        return stale()
    wanted = _wanted(form)
    if isinstance(wanted, dict):
        return errors(wanted)
    try:
        async with asyncio.timeout(SECONDS):
            shown = await services.channels.save(form.metadata, form.user, wanted)
    except (LedgerError, TimeoutError):
        return errors({BlockId.MODE: texts.TRY_AGAIN})
    return errors({BlockId.MODE: texts.NOT_TOLD}) if shown is None else update(shown)


def _wanted(form: Form) -> Policy | dict[str, str]:
    """What was chosen, or what is wrong with it by block. Slack itself lets nobody submit without what is required."""
    mode = _one_of(Mode, form.chosen(BlockId.MODE, ActionId.CHANNEL_MODE))
    sharers = _one_of(Sharers, form.chosen(BlockId.SHARERS, ActionId.CHANNEL_SHARERS))
    if mode is None:
        return {BlockId.MODE: texts.CHOOSE_MODE}
    if sharers is None:
        return {BlockId.SHARERS: texts.CHOOSE_SHARERS}
    return Policy(
        mode=mode,
        topics=frozenset(form.ticked(BlockId.TOPICS, ActionId.CHANNEL_TOPICS)),
        sharers=sharers,
        outsiders=bool(form.ticked(BlockId.OUTSIDERS, ActionId.CHANNEL_OUTSIDERS)),
    )


def _one_of(kind: type[_Choice], value: str) -> _Choice | None:
    try:
        return kind(value)
    except ValueError:
        return None


ACTIONS: Final[Mapping[str, Handler]] = {ActionId.CHANNEL_SETTINGS: _on_open}
SUBMISSIONS: Final[Mapping[str, Submission]] = {CallbackId.CHANNEL: _on_submission}
