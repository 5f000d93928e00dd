"""The digest's form: what was chosen, read from a submission; and the zones that its search finds."""

import asyncio
import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from bot.digests import zones
from bot.digests.wishes import Asked, Problem, Wanted
from bot.listeners.actions import refresh_home
from bot.listeners.options import Suggest
from bot.listeners.submissions import Submission
from bot.services import Services
from bot.texts import subscription as texts
from bot.views import subscription_notices as told
from bot.views.blocks import Element
from bot.views.ids import ActionId, BlockId, CallbackId
from bot.views.subscription_form import zone_option
from jobs.errors import ScheduleError
from jobs.periods import Frequency, Schedule
from jobs.ports import LedgerError
from jobs.subscriptions import Assurance, Form

SECONDS: Final = 2.5  # of the three that Slack waits


async def _on_submission(body: dict[str, Any], services: Services) -> dict[str, Any]:
    """Save it before the modal changes; what is wrong is said at its place, and then nothing is saved."""
    view = body["view"]
    wanted = _wanted(view["state"]["values"])
    if isinstance(wanted, Problem):
        return _errors(wanted)
    asked = Asked(body["team"]["id"], wanted.channel, body["user"]["id"])
    try:
        async with asyncio.timeout(SECONDS):
            answer = await services.digests.save(asked, wanted, view.get("private_metadata") or "")
    except (LedgerError, TimeoutError):
        answer = Problem(BlockId.CHANNEL, texts.TRY_AGAIN)
    if isinstance(answer, Problem):
        return _errors(answer)
    refresh_home(asked.team, asked.user, services)
    return {"response_action": "update", "view": told.modal(answer)}


def _zones(typed: str, _services: Services) -> list[Element]:
    """The zones that match what was typed."""
    now = dt.datetime.now(dt.UTC)
    return [zone_option(name, now) for name in zones.search(typed, now)]


def _errors(problem: Problem) -> dict[str, Any]:
    return {"response_action": "errors", "errors": {problem.block: problem.text}}


def _wanted(values: dict[str, dict[str, dict[str, Any]]]) -> Wanted | Problem:
    """What was chosen. Slack itself lets nobody submit without the required inputs, but for a value that it lost."""

    def chosen(block: BlockId, action: ActionId, field: str) -> Any:  # noqa: ANN401 - JSON; each use knows its form
        return values.get(block, {}).get(action, {}).get(field)

    channel = chosen(BlockId.CHANNEL, ActionId.DIGEST_CHANNEL, "selected_conversation")
    if not channel:
        return Problem(BlockId.CHANNEL, texts.NO_CHANNEL)
    at = _time(chosen(BlockId.TIME, ActionId.DIGEST_TIME, "selected_time"))
    if at is None:
        return Problem(BlockId.TIME, texts.NO_TIME_CHOSEN)
    try:
        schedule = Schedule(
            frequency=Frequency(_value(chosen(BlockId.FREQUENCY, ActionId.DIGEST_FREQUENCY, "selected_option"))),
            weekday=int(_value(chosen(BlockId.WEEKDAY, ActionId.DIGEST_WEEKDAY, "selected_option"))),
            at=at,
            zone=_value(chosen(BlockId.ZONE, ActionId.DIGEST_ZONE, "selected_option")),
        )
    except ScheduleError as error:
        return Problem(BlockId.ZONE, str(error))
    topics = chosen(BlockId.TOPICS, ActionId.DIGEST_TOPICS, "selected_options") or []
    assurance = chosen(BlockId.ASSURANCE, ActionId.DIGEST_ASSURANCE, "selected_option")
    return Wanted(
        channel=channel,
        schedule=schedule,
        topics=tuple(map(_value, topics)),
        form=Form(_value(chosen(BlockId.FORM, ActionId.DIGEST_FORM, "selected_option"))),
        skip_unchanged=bool(chosen(BlockId.SKIP, ActionId.DIGEST_SKIP, "selected_options")),
        assurance=Assurance(_value(assurance)) if assurance else None,
    )


def _value(option: dict[str, Any] | None) -> str:
    return str((option or {}).get("value") or "")


def _time(text: str | None) -> dt.time | None:
    try:
        return dt.time.fromisoformat(text or "")
    except ValueError:
        return None


SUBMISSIONS: Final[Mapping[str, Submission]] = {CallbackId.DIGEST: _on_submission}
OPTIONS: Final[Mapping[str, Suggest]] = {ActionId.DIGEST_ZONE: _zones}
