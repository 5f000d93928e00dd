"""The settings of a channel's digest, as a modal."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from bot.digests.zones import label
from bot.mrkdwn import escape, literal
from bot.texts import common, people
from bot.texts import subscription as texts
from bot.views import blocks as b
from bot.views import inputs
from bot.views.blocks import Block, Element, View
from bot.views.digest_words import moment
from bot.views.ids import ActionId, BlockId, CallbackId
from bot.views.inputs import field, option, radio, select
from bot.views.subscription import Standing, why
from jobs.subscriptions import Subscription
from knowledge.library import Library

SKIP: Final = "skip"


def form(library: Library, standing: Standing, *, is_new: bool, channel_known: bool, today: dt.datetime) -> View:
    """Prefilled with a subscription: the channel's own, or for a new one (`is_new`) the usual.

    `channel_known` says whether Slack can show the channel to the bot; if not, only Slack's own window fills it in.
    """
    subscription = standing.subscription
    rests = subscription.paused is not None
    submit = texts.TURN_ON if is_new else texts.SAVE_AND_RESUME if rests else common.SAVE
    body = [
        *([] if is_new else [b.section(_standing(standing))]),
        *_when(subscription, channel_known=channel_known, today=today),
        *_what(library, subscription),
        *([_assurance(subscription)] if standing.can_read is False else []),
        *([] if is_new else [_controls(subscription)]),
    ]
    origin = "" if is_new else subscription.channel
    return b.modal(CallbackId.DIGEST, texts.TITLE, body, submit=submit, close=common.CANCEL, metadata=origin)


def zone_option(name: str, now: dt.datetime) -> Element:
    """A time zone to choose."""
    return option(label(name, now), name)


def _standing(standing: Standing) -> str:
    lines = [texts.OWNER.format(owner=literal(standing.owner or people.NAMELESS))]
    if standing.subscription.paused is not None:
        lines.append(texts.PAUSED_HERE.format(why=escape(why(standing.subscription.paused))))
    elif standing.next_due is not None:
        lines.append(texts.NEXT_HERE.format(moment=moment(standing.next_due)))
    return "\n".join(lines)


def _when(subscription: Subscription, *, channel_known: bool, today: dt.datetime) -> Iterator[Block]:
    schedule = subscription.schedule
    where: Element = {
        "type": "conversations_select",
        "action_id": ActionId.DIGEST_CHANNEL,
        "default_to_current_conversation": True,
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    if channel_known:
        where["initial_conversation"] = subscription.channel
    yield field(BlockId.CHANNEL, common.CHANNEL, where)
    frequencies = select(ActionId.DIGEST_FREQUENCY, texts.FREQUENCIES, schedule.frequency)
    yield field(BlockId.FREQUENCY, texts.FREQUENCY, frequencies)
    weekdays = {str(number): day for number, day in enumerate(texts.WEEKDAYS, 1)}
    day = select(ActionId.DIGEST_WEEKDAY, weekdays, str(schedule.weekday))
    yield field(BlockId.WEEKDAY, texts.DAY, day, hint=texts.DAY_HINT)
    time = {
        "type": "timepicker",
        "action_id": ActionId.DIGEST_TIME,
        "initial_time": f"{schedule.at:%H:%M}",
    }
    yield field(BlockId.TIME, texts.TIME, time)
    zone = {
        "type": "external_select",
        "action_id": ActionId.DIGEST_ZONE,
        "min_query_length": 0,
        "placeholder": b.plain_text(texts.ZONE_PLACEHOLDER),
        "initial_option": zone_option(schedule.zone, today),
    }
    yield field(BlockId.ZONE, texts.ZONE, zone, hint=texts.ZONE_HINT)


def _what(library: Library, subscription: Subscription) -> Iterator[Block]:
    topics = {one.id: one.title for one in library.corpus.topics.values()}
    if topics:
        placeholder = common.ALL_TOPICS
        choice = inputs.topics(ActionId.DIGEST_TOPICS, topics, subscription.topics, placeholder=placeholder)
        yield field(BlockId.TOPICS, common.TOPICS, choice, optional=True)
    yield field(BlockId.FORM, texts.FORM, radio(ActionId.DIGEST_FORM, texts.FORM_CHOICES, subscription.form))
    skip = option(texts.SKIP, SKIP)
    box = inputs.box(ActionId.DIGEST_SKIP, skip, ticked=subscription.skip_unchanged)
    yield field(BlockId.SKIP, texts.QUIET_WEEKS, box, optional=True)


def _assurance(subscription: Subscription) -> Block:
    options = {choice: words for choice, (words, _) in texts.IN_DOUBT_CHOICES.items()}
    element = radio(ActionId.DIGEST_ASSURANCE, options, subscription.assurance)
    for each, (_, name) in zip(element["options"], texts.IN_DOUBT_CHOICES.values(), strict=True):
        each["description"] = b.plain_text(name)
    return field(BlockId.ASSURANCE, texts.IN_DOUBT, element, hint=texts.IN_DOUBT_HINT)


def _controls(subscription: Subscription) -> Block:
    rest = b.button(texts.PAUSE, ActionId.DIGEST_PAUSE, subscription.channel)
    return b.actions(*([] if subscription.paused else [rest]), stop_button(subscription.channel))


def stop_button(channel: str) -> Element:
    """It asks before it stops a channel's digest."""
    sure = b.confirm(common.STOP_TITLE, common.STOP_TEXT, yes=common.STOP_YES, no=common.STOP_NO)
    return b.button(common.STOP_DIGEST, ActionId.DIGEST_OFF, channel, confirm=sure) | {"style": "danger"}
