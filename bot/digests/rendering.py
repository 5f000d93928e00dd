"""A digest as it is posted, and as it would be: the library, a subscription and its history -> messages."""

import dataclasses
import functools
from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from bot.views.digest import messages
from jobs.digest import Past, compose
from jobs.periods import Period, due_at, next_due
from jobs.ports import Rendered
from jobs.subscriptions import Subscription
from knowledge.contents import contents
from knowledge.library import Library


def render(
    library: Library,
    subscription: Subscription,
    period: Period,
    history: Sequence[Past],
    missed: Sequence[Period] = (),
    *,
    owner: str | None = None,
) -> Rendered:
    """The digest of a period, from what the channel got before (newest first) and what it did not get. Pure.

    Days are told by the calendar of the subscription's zone. `owner` is the name of who asked for it.
    """
    zone = ZoneInfo(subscription.schedule.zone)
    local = [dataclasses.replace(past, posted_at=past.posted_at.astimezone(zone)) for past in history]
    manifest = _manifest(library)
    digest = compose(library.corpus, subscription.topics, local, period, missed=missed, manifest=manifest)
    _, following = next_due(subscription.schedule, due_at(subscription.schedule, period))
    said = messages(library, digest, form=subscription.form, next_due=following, owner=owner)
    return Rendered(
        messages=tuple(message.payload() for message in said),
        manifest=digest.manifest,
        issues=tuple(item.issue.id for item in digest.items),
        skip=subscription.skip_unchanged and digest.is_unchanged and not digest.missed,
    )


@functools.lru_cache(2)  # a library never changes, and a thousand channels may be due at once
def _manifest(library: Library) -> Mapping[str, str]:
    return contents(library.corpus)
