"""What people set for a channel, kept in memory so that `/iraq` obeys without a query, and what the desk does about it.

Every replica obeys soon: `refresh` reads the settings of the whole workspace again every `REFRESH`, and whoever saves has
them at once. That lag is about private answers alone; before anything is posted for others to see, `refusal_now` reads the
channel's row itself. While the database is down the last known settings hold.

All rows are kept under the workspace of the bot's own token and never under the one that a payload names: in a channel
that is shared with another organisation, that may be theirs.
"""

import asyncio
import dataclasses
import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from bot.channels.policy import USUAL, Act, Mode, Policy, Sharers, Way, decide, is_direct
from bot.slack.directory import SECONDS, Directory, Footing, Person
from bot.storage.channels import Channels
from bot.storage.subscriptions import Subscriptions
from bot.views import channel_settings as told
from bot.views.blocks import View
from bot.views.channel_settings import Sheet
from bot.views.message import Message
from jobs.ports import LedgerError
from knowledge.library import Library

REFRESH: Final = timedelta(seconds=2)

_log = logging.getLogger(__name__)


class ChannelDesk:
    """`team` is the workspace of the bot's token, `clock` gives seconds since 1970.

    `form` and `save` raise `jobs.ports.LedgerError` when the database is down, and then nothing was changed.
    """

    def __init__(
        self,
        library: Library,
        channels: Channels,
        subscriptions: Subscriptions,
        directory: Directory,
        *,
        team: str,
        clock: Callable[[], float],
    ) -> None:
        self._library = library
        self._channels = channels
        self._subscriptions = subscriptions
        self._directory = directory
        self._team = team
        self._clock = clock
        self._policies: dict[str, Policy] = {}
        self._stale = False
        self._changing = asyncio.Lock()  # no reading that began before a save may end after it

    # -- what holds -----------------------------------------------------------------------------------------------

    def policy(self, channel: str) -> Policy:
        """What is set for a channel, as far as this process knows: at most `REFRESH` old while the database answers."""
        return self._policies.get(channel, USUAL)

    def is_ours(self, team: str | None) -> bool:
        """Whether somebody of that workspace belongs to this one; whose workspace Slack does not name does.

        Another workspace of the same Enterprise Grid organisation counts as another organisation.
        """
        return team is None or team == self._team

    async def admits_outsiders(self, channel: str) -> bool:
        """Whether people of another organisation may read the desk there, by what the database says at this moment.

        Raises:
            LedgerError: the database cannot be used.
        """
        return (await self._current(channel)).outsiders

    def refusal(self, act: Act) -> Message | None:
        """Why not, said at once: no query, no call. For what only the asker sees."""
        return self._refused(self.policy(act.channel), act)

    async def refusal_now(self, act: Act) -> Message | None:
        """Why not, by what the database and Slack say at this moment. For what others would see.

        Before something is shared it asks Slack whether another organisation listens, and who the sharer is if that
        counts.

        Raises:
            LedgerError: the database cannot be used.
        """
        if _is_nowhere(act.channel):
            return None
        policy = await self._current(act.channel)
        if act.way is Way.SHARE:
            act = await self._completed(policy, act)
        return self._refused(policy, act)

    async def refresh(self) -> None:
        """Read all settings again."""
        async with self._changing:
            self._policies = await self._channels.of_team(self._team)

    async def keep_fresh(self) -> None:
        """Read them again if the database answers; the log hears once that it does not."""
        try:
            await self.refresh()
        except LedgerError as error:
            if not self._stale:
                _log.warning("the settings of channels cannot be read, and the last known ones hold: %s", error)
            self._stale = True
        else:
            self._stale = False

    async def forget(self, channel: str) -> None:
        """The channel was deleted."""
        async with self._changing:
            await self._channels.remove(self._team, channel)
            self._policies.pop(channel, None)

    # -- the form -------------------------------------------------------------------------------------------------

    async def form(self, channel: str, user: str) -> View:
        """The modal to open: the form for those who may change it, and for others what is set."""
        async with asyncio.timeout(SECONDS):
            policy = await self._current(channel)
        person, setter, footing = await asyncio.gather(
            self._directory.person(user), self._name(policy.set_by), self._directory.footing(channel)
        )
        if self._may_set(user, policy, person, footing):
            return told.form(self._library, self._sheet(channel, policy, footing, setter))
        return await self._read_only(channel, policy, person, footing, setter)

    async def save(self, channel: str, user: str, wanted: Policy) -> View | None:
        """The modal that follows a submission: what is saved now, or who may save; None when Slack did not tell."""
        person, footing = await asyncio.gather(self._directory.person(user), self._directory.footing(channel))
        async with self._changing:
            before = await self._channels.get(self._team, channel) or USUAL
            if may := self._may_set(user, before, person, footing):
                saved = dataclasses.replace(wanted, set_by=user, set_at=int(self._clock()))
                await self._channels.save(self._team, channel, saved)
                self._policies = {**self._policies, channel: saved}
        if not may and (person is None or footing.creator is None):
            return None
        if not may:
            return await self._read_only(channel, before, person, footing, await self._name(before.set_by))
        sheet = self._sheet(channel, self.policy(channel), footing, person.name if person else None)
        digest = await self._subscriptions.get(self._team, channel) if sheet.policy.mode is Mode.OFF else None
        comes = digest is not None and digest.paused is None
        return told.saved(self._library, sheet, digest_comes=comes)

    # -- helpers --------------------------------------------------------------------------------------------------

    def _refused(self, policy: Policy, act: Act) -> Message | None:
        refusal = None if _is_nowhere(act.channel) else decide(policy, act)
        return None if refusal is None else told.refused(self._library, policy, act, refusal)

    async def _current(self, channel: str) -> Policy:
        return await self._channels.get(self._team, channel) or USUAL

    async def _completed(self, policy: Policy, act: Act) -> Act:
        """The act with what Slack knows of it, as far as the settings ask for that."""
        reserved = policy.sharers is Sharers.SETTERS
        if policy.outsiders and not reserved:
            return act
        footing = await self._directory.footing(act.channel)
        person = await self._directory.person(act.user) if reserved else None
        may_set = not reserved or self._may_set(act.user, policy, person, footing)
        return dataclasses.replace(act, outside=footing.is_shared, may_set=may_set)

    def _may_set(self, user: str, policy: Policy, person: Person | None, footing: Footing) -> bool:
        """Whoever set it last, admins, and the channel's creator, if they belong here; what Slack does not tell is no."""
        if person is not None and not self.is_ours(person.team):
            return False
        return user in {policy.set_by, footing.creator} or (person is not None and person.is_admin)

    async def _read_only(
        self, channel: str, policy: Policy, person: Person | None, footing: Footing, setter: str | None
    ) -> View:
        sheet = self._sheet(channel, policy, footing, setter)
        creator = await self._name(footing.creator)
        sheet = dataclasses.replace(sheet, creator=creator, admins_known=person is not None)
        return told.read_only(self._library, sheet)

    def _sheet(self, channel: str, policy: Policy, footing: Footing, setter: str | None) -> Sheet:
        return Sheet(channel, policy, setter, creator_id=footing.creator, is_shared=footing.is_shared)

    async def _name(self, user: str | None) -> str | None:
        person = await self._directory.person(user) if user is not None else None
        return person.name if person else None


def _is_nowhere(channel: str) -> bool:
    """Whether this is a direct message, or a modal, which belongs to no channel: nothing is set there."""
    return not channel or is_direct(channel)
