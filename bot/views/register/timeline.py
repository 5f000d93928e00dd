"""What happened when."""

from dataclasses import replace
from typing import Final

from bot.texts import common
from bot.texts import register as texts
from bot.views import blocks as b
from bot.views.message import Message
from bot.views.register.frame import Frame, page
from bot.views.register.key import About, PageKey
from bot.views.register.lists import event_item, fitting, laid_out, spoken

MOST: Final = 10


def timeline(frame: Frame) -> Message:
    """The events of a topic, an actor or all, in a time; the oldest first on the page.

    With a first day it begins there and goes on to later events; without one it begins with the latest and goes back.
    """
    key = frame.key
    events = frame.register.events(
        topic=key.subject if key.about is About.TOPIC else None,
        actor=key.subject if key.about is About.ACTOR else None,
        since=key.since,
        until=key.until,
    )
    forward = key.since is not None
    ordered = events if forward else events[::-1]
    title = _title(frame)
    if not ordered:
        return page(frame, title, [b.section(texts.NO_EVENTS)], texts.NO_EVENTS)
    start = min(key.start, len(ordered) - 1)
    shown = [event_item(frame.library, one) for one in ordered[start : start + MOST]]
    shown = shown[: fitting(shown, MOST)]
    end = start + len(shown)
    first, last = start + 1, end
    if not forward:
        shown.reverse()
        first, last = len(ordered) - end + 1, len(ordered) - start
    counted = "" if len(shown) == len(ordered) else common.RANGE.format(first=first, last=last, all=len(ordered))
    more = replace(key, start=end) if end < len(ordered) else None
    label = texts.LATER if forward else texts.EARLIER
    said = f"({counted}) {spoken(shown)}" if counted else spoken(shown)
    return page(frame, title, laid_out(shown), said, counted=counted, more=more, more_label=label)


def _title(frame: Frame) -> str:
    corpus, key = frame.library.corpus, frame.key
    title = texts.ALL_EVENTS
    if key.about is About.TOPIC:
        title = texts.EVENTS_ON.format(topic=corpus.topics[key.subject].title)
    elif key.about is About.ACTOR:
        title = texts.EVENTS_ON.format(topic=corpus.actors[key.subject].name)
    return _dated(title, key)


def _dated(title: str, key: PageKey) -> str:
    if key.since is not None and key.until is not None:
        return texts.EVENTS_BETWEEN.format(title=title, since=key.since.label, until=key.until.label)
    if key.since is not None:
        return texts.EVENTS_SINCE.format(title=title, since=key.since.label)
    return texts.EVENTS_UNTIL.format(title=title, until=key.until.label) if key.until is not None else title
