"""The digest's form: what was chosen, read from a submission; and the zones that its search finds."""

import asyncio
import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from bot.digests import zones
from bot.digests.wishes import Asked, Problem, Wanted
from bot.listeners.actions import refresh_home
from bot.listeners.forms import Form
from bot.listeners.options import Suggest
from bot.listeners.payloads import is_channel
from bot.listeners.submissions import SECONDS, Submission, errors, update
from bot.services import Services
from bot.texts import subscription as texts
from bot.views import subscription_notices as told
from bot.views.blocks import Element
from bot.views.ids import ActionId, BlockId, CallbackId
from bot.views.subscription_form import zone_option
from jobs.errors import ScheduleError
from jobs.periods import Frequency, Schedule
from jobs.ports import LedgerError
from jobs.subscriptions import Assurance
from jobs.subscriptions import Form as DigestForm


async def _on_submission(form: Form, services: Services) -> dict[str, Any]:
    """Save it before the modal changes; what is wrong is said at its place, and then nothing is saved."""
    wanted = _wanted(form)
    if isinstance(wanted, Problem):
        return errors({wanted.block: wanted.text})
    asked = Asked(form.team, wanted.channel, form.user)
    try:
        async with asyncio.timeout(SECONDS):
            answer = await services.digests.save(asked, wanted, form.metadata)
    except (LedgerError, TimeoutError):
        answer = Problem(BlockId.CHANNEL, texts.TRY_AGAIN)
    if isinstance(answer, Problem):
        return errors({answer.block: answer.text})
    refresh_home(asked.team, asked.user, services)
    return update(told.modal(answer))


def _zones(typed: str, _services: Services) -> list[Element]:
    """The zones that match what was typed."""
    now = dt.datetime.now(dt.UTC)
    return [zone_option(name, now) for name in zones.search(typed, now)]


def _wanted(form: Form) -> Wanted | Problem:
    """What was chosen. Slack itself lets nobody submit without the required inputs, but for a value that it lost."""
    channel = form.picked(BlockId.CHANNEL, ActionId.DIGEST_CHANNEL, "selected_conversation")
    if not is_channel(channel):
        return Problem(BlockId.CHANNEL, texts.NO_CHANNEL)
    at = _time(form.picked(BlockId.TIME, ActionId.DIGEST_TIME, "selected_time"))
    if at is None:
        return Problem(BlockId.TIME, texts.NO_TIME_CHOSEN)
    assurance = form.chosen(BlockId.ASSURANCE, ActionId.DIGEST_ASSURANCE)
    try:
        schedule = Schedule(
            frequency=Frequency(form.chosen(BlockId.FREQUENCY, ActionId.DIGEST_FREQUENCY)),
            weekday=int(form.chosen(BlockId.WEEKDAY, ActionId.DIGEST_WEEKDAY)),
            at=at,
            zone=form.chosen(BlockId.ZONE, ActionId.DIGEST_ZONE),
        )
        return Wanted(
            channel=channel,
            schedule=schedule,
            topics=form.ticked(BlockId.TOPICS, ActionId.DIGEST_TOPICS),
            form=DigestForm(form.chosen(BlockId.FORM, ActionId.DIGEST_FORM)),
            skip_unchanged=bool(form.ticked(BlockId.SKIP, ActionId.DIGEST_SKIP)),
            assurance=Assurance(assurance) if assurance else None,
        )
    except ScheduleError as error:
        return Problem(BlockId.ZONE, str(error))
    except ValueError:  # an option that the form does not have
        return Problem(BlockId.CHANNEL, texts.NO_SUCH_CHOICE)


def _time(text: str) -> dt.time | None:
    try:
        return dt.time.fromisoformat(text)
    except ValueError:
        return None


SUBMISSIONS: Final[Mapping[str, Submission]] = {CallbackId.DIGEST: _on_submission}
OPTIONS: Final[Mapping[str, Suggest]] = {ActionId.DIGEST_ZONE: _zones}
