"""The settings of a channel: the form opens at once, and what it says is saved before it changes."""

import asyncio
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final, TypeVar

from bot.channels.policy import Act, Mode, Policy, Sharers, Way
from bot.listeners.actions import Handler
from bot.listeners.payloads import Entered, Press, Said
from bot.listeners.submissions import Submission
from bot.services import Services
from bot.texts import channels as texts
from bot.views import channel_settings as told
from bot.views.ids import ActionId, BlockId, CallbackId
from bot.views.message import Message
from jobs.ports import LedgerError

# Slack waits three seconds for the acknowledgement, and as long does a trigger_id live.
SECONDS: Final = 2.8
_DIRECT: Final = "D"

_Choice = TypeVar("_Choice", bound=StrEnum)


async def on_words(entered: Entered, services: Services) -> Message | None:
    """`/iraq settings`: open the form. Returns what is said at once, if anything."""
    channel = entered.place.channel
    if channel.startswith(_DIRECT):
        return told.offer(channel)
    return await open_form(channel, entered.place.user, entered.trigger_id, services)


def said_act(said: Said, services: Services, topics: frozenset[str] | None) -> Act:
    """A mention, to be answered for everybody in the channel."""
    guest = said.outside and not services.channels.is_ours(said.user_team)
    return Act(said.place.channel, said.place.user, Way.MENTION, topics, outside=said.outside, guest=guest)


def must_not_press(press: Press, services: Services) -> Message | None:
    """Why a control under an answer does nothing here, if it must not; at once, since it may open a modal."""
    return services.channels.refusal(_pressed(press, Way.CONTROL, services))


async def must_not_share(press: Press, services: Services, topics: frozenset[str] | None) -> bool:
    """Whether this must not be posted in the channel; the presser is told why. For the inbox's workers."""
    refused = await services.channels.refusal_now(_pressed(press, Way.SHARE, services, topics))
    if refused is not None:
        await services.replies.tell(press.place, refused)
    return refused is not None


def _pressed(press: Press, way: Way, services: Services, topics: frozenset[str] | None = None) -> Act:
    guest = not services.channels.is_ours(press.user_team)
    return Act(press.place.channel, press.place.user, way, topics, guest=guest)


async def _on_open(press: Press, services: Services) -> None:
    hindrance = await open_form(press.place.channel, press.place.user, press.trigger_id, services)
    if hindrance is not None:
        await services.replies.open_modal(press.trigger_id, told.modal(hindrance))


async def open_form(channel: str, user: str, trigger_id: str, services: Services) -> Message | None:
    """Open the form; the reason if it does not open."""
    try:
        async with asyncio.timeout(SECONDS):
            await services.replies.open_modal(trigger_id, await services.channels.form(channel, user))
    except (LedgerError, TimeoutError):
        return told.try_again()
    return None


async def _on_submission(body: dict[str, Any], services: Services) -> dict[str, Any]:
    view = body["view"]
    values = view["state"]["values"]
    wanted = _wanted(values)
    if isinstance(wanted, dict):
        return _errors(wanted)
    try:
        async with asyncio.timeout(SECONDS):
            shown = await services.channels.save(view["private_metadata"], body["user"]["id"], wanted)
    except (LedgerError, TimeoutError):
        return _errors({BlockId.MODE: texts.TRY_AGAIN})
    return _errors({BlockId.MODE: texts.NOT_TOLD}) if shown is None else {"response_action": "update", "view": shown}


def _errors(found: dict[BlockId, str]) -> dict[str, Any]:
    return {"response_action": "errors", "errors": found}


def _wanted(values: dict[str, dict[str, dict[str, Any]]]) -> Policy | dict[BlockId, str]:
    """What was chosen, or what is wrong with it by block. Slack itself lets nobody submit without what is required."""

    def chosen(block: BlockId, action: ActionId, field: str) -> Any:  # noqa: ANN401 - JSON; each use knows its form
        return values.get(block, {}).get(action, {}).get(field)

    mode = _one_of(Mode, chosen(BlockId.MODE, ActionId.CHANNEL_MODE, "selected_option"))
    sharers = _one_of(Sharers, chosen(BlockId.SHARERS, ActionId.CHANNEL_SHARERS, "selected_option"))
    if mode is None:
        return {BlockId.MODE: texts.CHOOSE_MODE}
    if sharers is None:
        return {BlockId.SHARERS: texts.CHOOSE_SHARERS}
    topics = chosen(BlockId.TOPICS, ActionId.CHANNEL_TOPICS, "selected_options") or []
    return Policy(
        mode=mode,
        topics=frozenset(str(each["value"]) for each in topics),
        sharers=sharers,
        outsiders=bool(chosen(BlockId.OUTSIDERS, ActionId.CHANNEL_OUTSIDERS, "selected_options")),
    )


def _one_of(kind: type[_Choice], option: dict[str, Any] | None) -> _Choice | None:
    try:
        return kind(str((option or {}).get("value")))
    except ValueError:
        return None


ACTIONS: Final[Mapping[str, Handler]] = {ActionId.CHANNEL_SETTINGS: _on_open}
SUBMISSIONS: Final[Mapping[str, Submission]] = {CallbackId.CHANNEL: _on_submission}
