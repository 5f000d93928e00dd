"""What people may do with a channel's digest: turn on, change, pause, stop, look, and have it early.

Every answer is a message for the asker alone. What needs the database raises `jobs.ports.LedgerError` when that is down,
and then nothing was changed: a subscription is one row, written at once.
"""

import asyncio
import dataclasses
import datetime as dt
from collections.abc import Awaitable, Callable
from typing import Final

from bot.digests.rendering import render
from bot.digests.wishes import Asked, Problem, Wanted, coming, merged, same, usual
from bot.slack.directory import SECONDS, Directory, Footing, Person
from bot.storage.ledger import Ledger
from bot.storage.subscriptions import Subscriptions
from bot.texts import subscription as texts
from bot.views import subscription_notices as notices
from bot.views.blocks import View
from bot.views.ids import BlockId
from bot.views.message import Message
from bot.views.subscription import Standing, owned, status
from bot.views.subscription_form import form
from jobs.digest import HISTORY
from jobs.errors import ScheduleError
from jobs.periods import Schedule, period_of
from jobs.subscriptions import ON_REQUEST, Subscription
from knowledge.library import Library

MOST: Final = 1_000  # digests of a workspace: so many, due at one minute, are all posted within a quarter of an hour


class DigestDesk:
    """`advance` lets a digest come early, `nudge` lets the delivery look at once; `clock` gives seconds since 1970.

    `outsiders` says whether a channel may have one although another organisation listens (`bot.channels`).
    """

    def __init__(
        self,
        library: Library,
        subscriptions: Subscriptions,
        ledger: Ledger,
        directory: Directory,
        *,
        advance: Callable[[Subscription], Awaitable[bool]],
        nudge: Callable[[], None],
        outsiders: Callable[[str], bool],
        clock: Callable[[], float],
    ) -> None:
        self._library = library
        self._subscriptions = subscriptions
        self._ledger = ledger
        self._directory = directory
        self._advance = advance
        self._nudge = nudge
        self._outsiders = outsiders
        self._clock = clock
        self._saving = asyncio.Lock()  # nobody's look and save come between another's

    # -- the form -------------------------------------------------------------------------------------------------

    async def form(self, asked: Asked) -> View | Message:
        """The modal to open, or why it does not open. Without a channel (""), it is one for a channel to be chosen."""
        async with asyncio.timeout(SECONDS):
            existing = await self._subscriptions.get(asked.team, asked.channel)
        person, footing = await asyncio.gather(self._directory.person(asked.user), self._footing(asked.channel))
        if existing is None:
            new = usual(asked, person.zone if person else "", self._now())
            standing = Standing(new, None, None, footing.can_read)
        elif (refusal := await self._refusal(asked, existing, person)) is not None:
            return Message.saying(refusal)
        else:
            standing = await self._standing(existing, footing, person if asked.user == existing.owner else None)
        return form(
            self._library,
            standing,
            is_new=existing is None,
            channel_known=footing.name is not None,
            today=self._now(),
        )

    async def save(self, asked: Asked, wanted: Wanted, origin: str) -> Message | Problem:
        """Turn a channel's digest on, or change it. `origin` is the channel whose form it was, "" for a new one."""
        footing, person = await asyncio.gather(
            self._directory.footing(wanted.channel), self._directory.person(asked.user)
        )
        if (why_not := self._unfit(wanted.channel, footing, _plain(footing))) is not None:
            return Problem(BlockId.CHANNEL, why_not)
        async with self._saving:
            existing = await self._subscriptions.get(asked.team, wanted.channel)
            if existing is not None and existing.channel != origin and not same(existing, asked, wanted):
                owner = await self._directory.person(existing.owner)
                return Problem(BlockId.CHANNEL, notices.taken(_plain(footing), owner.name if owner else None))
            if existing is not None and (refusal := await self._refusal(asked, existing, person)) is not None:
                return Problem(BlockId.CHANNEL, refusal.replace(f"<#{wanted.channel}>", _plain(footing)))
            if existing is None and await self._is_full(asked.team):
                return Problem(BlockId.CHANNEL, notices.too_many(MOST))
            saved = await self._save(merged(existing, asked, wanted, self._now()))
        standing = await self._standing(saved, footing)
        lead = texts.IS_CHANGED if existing else texts.IS_ON
        return status(self._library, standing, lead=lead.format(channel=f"<#{saved.channel}>"))

    # -- by words -------------------------------------------------------------------------------------------------

    async def turn_on(self, asked: Asked, words: Callable[[Schedule], Schedule]) -> Message:
        """Make the usual one, resume one that rests, or change when it comes; `words` changes a schedule."""
        person, footing = await asyncio.gather(
            self._directory.person(asked.user), self._directory.footing(asked.channel)
        )
        if (why_not := self._unfit(asked.channel, footing, f"<#{asked.channel}>")) is not None:
            return Message.saying(why_not)
        async with self._saving:
            existing = await self._subscriptions.get(asked.team, asked.channel)
            if existing is not None and (refusal := await self._refusal(asked, existing, person)) is not None:
                return Message.saying(refusal)
            if existing is None and await self._is_full(asked.team):
                return Message.saying(notices.too_many(MOST))
            before = existing or usual(asked, person.zone if person else "", self._now())
            try:
                schedule = words(before.schedule)
            except ScheduleError as error:
                return Message.saying(texts.UNCHANGED.format(problem=error))
            if existing is not None and existing.paused is None and schedule == existing.schedule:
                lead = notices.already(asked.channel)
                return await self._told(existing, footing, lead=lead)
            saved = await self._save(dataclasses.replace(before, schedule=schedule, paused=None, since=self._now()))
        return await self._told(saved, footing, lead=texts.IS_ON.format(channel=f"<#{asked.channel}>"))

    async def turn_off(self, asked: Asked) -> Message:
        """Forget the settings."""
        found = await self._to_change(asked)
        if isinstance(found, Message):
            return found
        await self._subscriptions.remove(asked.team, asked.channel)
        return notices.is_off(asked.channel)

    async def pause(self, asked: Asked) -> Message:
        """Let it rest."""
        found = await self._to_change(asked)
        if isinstance(found, Message):
            return found
        if found.paused is None:
            found = await self._save(dataclasses.replace(found, paused=ON_REQUEST))
        return await self._told(found, await self._directory.footing(asked.channel))

    async def resume(self, asked: Asked) -> Message:
        """Go on after a rest."""
        found = await self._to_change(asked)
        if isinstance(found, Message):
            return found
        return await self.turn_on(asked, lambda schedule: schedule)

    async def status(self, asked: Asked) -> Message:
        """What is set, and how it goes."""
        found = await self._subscriptions.get(asked.team, asked.channel)
        if found is None:
            return notices.none_here(asked.channel)
        footing = await self._directory.footing(asked.channel)
        may_change = await self._refusal(asked, found, None) is None
        return await self._told(found, footing, may_change=may_change)

    async def list(self, asked: Asked) -> Message:
        """The digests of the asker."""
        return owned(await self._subscriptions.of_team(asked.team), asked.user)

    async def preview(self, asked: Asked) -> tuple[Message, ...]:
        """A line on what follows, and then the very messages that would be posted."""
        found = await self._subscriptions.get(asked.team, asked.channel)
        shown = found or await self._usual(asked)
        period, due = coming(shown, await self._ledger.status(asked.team, asked.channel), self._now())
        history = await self._ledger.history(asked.team, asked.channel, HISTORY)
        missed = await self._ledger.missed(asked.team, asked.channel)
        rendered = render(self._library, shown, period, history, missed)
        head = notices.previews(asked.channel, due, is_on=found is not None, skipped=rendered.skip)
        messages = (Message(one["text"], tuple(one.get("blocks", ()))) for one in rendered.messages)
        return head, *messages

    async def ask_off(self, asked: Asked) -> Message:
        """The question before `turn_off`."""
        found = await self._to_change(asked)
        return found if isinstance(found, Message) else notices.ask_off(asked.channel)

    async def ask_now(self, asked: Asked) -> Message:
        """The question before `come_now`."""
        found = await self._to_change(asked)
        return found if isinstance(found, Message) else await self._early(found) or self._ask_now(found)

    async def come_now(self, asked: Asked) -> Message:
        """Let this period's digest come early; it counts as this period's."""
        found = await self._to_change(asked)
        if isinstance(found, Message):
            return found
        if (hindrance := await self._early(found)) is not None:
            return hindrance
        period = period_of(found.schedule, self._now())
        await self._advance(found)
        self._nudge()
        _, following = coming(found, await self._ledger.status(asked.team, asked.channel), self._now())
        return notices.on_its_way(asked.channel, period, following)

    # -- what the channel's fate does -----------------------------------------------------------------------------

    async def suspend(self, team: str, channel: str, why: str) -> None:
        """The channel was archived, deleted or left: rest, and let the owner be told."""
        await self._subscriptions.suspend(team, channel, why)
        self._nudge()

    # -- helpers --------------------------------------------------------------------------------------------------

    def _now(self) -> dt.datetime:
        return dt.datetime.fromtimestamp(self._clock(), dt.UTC)

    async def _footing(self, channel: str) -> Footing:
        return await self._directory.footing(channel) if channel else Footing()

    async def _usual(self, asked: Asked) -> Subscription:
        person = await self._directory.person(asked.user)
        return usual(asked, person.zone if person else "", self._now())

    async def _standing(self, subscription: Subscription, footing: Footing, owner: Person | None = None) -> Standing:
        last = await self._ledger.status(subscription.team, subscription.channel)
        owner = owner or await self._directory.person(subscription.owner)
        due = coming(subscription, last, self._now())[1] if subscription.paused is None else None
        return Standing(subscription, owner.name if owner else None, due, footing.can_read, last)

    async def _told(
        self, subscription: Subscription, footing: Footing, *, lead: str = "", may_change: bool = False
    ) -> Message:
        standing = await self._standing(subscription, footing)
        return status(self._library, standing, lead=lead, may_change=may_change)

    async def _save(self, subscription: Subscription) -> Subscription:
        await self._subscriptions.save(subscription)
        self._nudge()
        return subscription

    async def _is_full(self, team: str) -> bool:
        return len(await self._subscriptions.of_team(team)) >= MOST

    async def _to_change(self, asked: Asked) -> Subscription | Message:
        """The channel's subscription, or why the asker cannot change it."""
        found = await self._subscriptions.get(asked.team, asked.channel)
        if found is None:
            return notices.none_here(asked.channel)
        refusal = await self._refusal(asked, found, None)
        return found if refusal is None else Message.saying(refusal)

    async def _refusal(self, asked: Asked, subscription: Subscription, person: Person | None) -> str | None:
        """None for the owner and for admins; what else Slack does not tell counts as no."""
        if asked.user == subscription.owner:
            return None
        person, owner = await asyncio.gather(
            _known(person) if person else self._directory.person(asked.user),
            self._directory.person(subscription.owner),
        )
        if person is not None and person.is_admin:
            return None
        name = owner.name if owner else None
        return notices.not_yours(subscription.channel, name, admins_known=person is not None)

    def _unfit(self, channel: str, footing: Footing, name: str) -> str | None:
        """Why nothing can be posted in a channel, or must not be."""
        if not footing.is_open:
            return notices.is_closed(name)
        if footing.is_there is False:
            return notices.not_there(name)
        return notices.is_shared(name) if footing.is_shared and not self._outsiders(channel) else None

    async def _early(self, subscription: Subscription) -> Message | None:
        """Why this period's digest cannot come now."""
        if subscription.paused is not None:
            return notices.rests(subscription.channel)
        team, channel = subscription.team, subscription.channel
        last = await self._ledger.status(team, channel)
        period = period_of(subscription.schedule, self._now())
        _, following = coming(subscription, last, self._now())
        if last is not None and last.period == period:
            return notices.came(channel, last, following)
        history = await self._ledger.history(team, channel, HISTORY)
        missed = await self._ledger.missed(team, channel)
        if render(self._library, subscription, period, history, missed).skip:
            return notices.nothing_new(channel, following)
        return None

    def _ask_now(self, subscription: Subscription) -> Message:
        return notices.ask_now(subscription.channel, period_of(subscription.schedule, self._now()))


async def _known(person: Person) -> Person:
    return person


def _plain(footing: Footing) -> str:
    """A channel where no markup is read."""
    return f"#{footing.name}" if footing.name else texts.NAMELESS
