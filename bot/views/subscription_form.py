"""The settings of a channel's digest, as a modal."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from bot.digests.schedule_words import DAYS
from bot.digests.zones import label
from bot.mrkdwn import escape, literal
from bot.views import blocks as b
from bot.views.blocks import Block, Element
from bot.views.ids import ActionId, BlockId, CallbackId
from bot.views.message import shorten
from bot.views.subscription import Standing, moment, why
from jobs.periods import Frequency
from jobs.subscriptions import Assurance, Form, Subscription
from knowledge.library import Library

OPTION: Final = 75  # characters of an option's text
OPTIONS: Final = 100
SKIP: Final = "skip"
_FREQUENCIES: Final = {Frequency.WEEKLY: "Every week", Frequency.MONTHLY: "Every month"}
_FORMS: Final = {Form.BRIEF: "Brief: one message", Form.FULL: "Full: with details in its thread"}
_ASSURANCES: Final = {
    Assurance.AT_MOST_ONCE: ("Leave it: it may be missing", "At most once"),
    Assurance.AT_LEAST_ONCE: ("Send it again: it may come twice", "At least once"),
}


def form(
    library: Library, standing: Standing, *, is_new: bool, channel_known: bool, today: dt.datetime
) -> dict[str, Any]:
    """Prefilled with a subscription: the channel's own, or for a new one (`is_new`) the usual.

    `channel_known` says whether Slack can show the channel to the bot; if not, only Slack's own window fills it in.
    """
    subscription = standing.subscription
    rests = subscription.paused is not None
    submit = "Turn on" if is_new else "Save and resume" if rests else "Save"
    return {
        "type": "modal",
        "callback_id": CallbackId.DIGEST,
        "private_metadata": "" if is_new else subscription.channel,
        "title": b.plain_text("The weekly digest"),
        "submit": b.plain_text(submit),
        "close": b.plain_text("Cancel"),
        "blocks": [
            *([] if is_new else [b.section(_standing(standing))]),
            *_when(subscription, channel_known=channel_known, today=today),
            *_what(library, subscription),
            *([_assurance(subscription)] if standing.can_read is False else []),
            *([] if is_new else [_controls(subscription)]),
        ],
    }


def zone_option(name: str, now: dt.datetime) -> Element:
    """A time zone to choose."""
    return _option(label(name, now), name)


def _standing(standing: Standing) -> str:
    owner = standing.owner or "a member whose name I cannot look up"
    lines = [f"Turned on by *{literal(owner)}*. They and workspace admins can change it."]
    if standing.subscription.paused is not None:
        lines.append(f"Paused: {escape(why(standing.subscription.paused))}. Saving resumes it.")
    elif standing.next_due is not None:
        lines.append(f"Next: {moment(standing.next_due)}.")
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
    yield _input(BlockId.CHANNEL, "Channel", where)
    frequencies = _select(ActionId.DIGEST_FREQUENCY, _FREQUENCIES, schedule.frequency)
    yield _input(BlockId.FREQUENCY, "How often", frequencies)
    weekdays = {str(number): day for number, day in enumerate(DAYS, 1)}
    day = _select(ActionId.DIGEST_WEEKDAY, weekdays, str(schedule.weekday))
    yield _input(BlockId.WEEKDAY, "Day", day, hint="Every month: the first such day of the month.")
    time = {
        "type": "timepicker",
        "action_id": ActionId.DIGEST_TIME,
        "initial_time": f"{schedule.at:%H:%M}",
    }
    yield _input(BlockId.TIME, "Time", time)
    zone = {
        "type": "external_select",
        "action_id": ActionId.DIGEST_ZONE,
        "min_query_length": 0,
        "placeholder": b.plain_text("Type a city"),
        "initial_option": zone_option(schedule.zone, today),
    }
    yield _input(BlockId.ZONE, "Time zone", zone, hint="Type a city, a zone or an offset such as +3.")


def _what(library: Library, subscription: Subscription) -> Iterator[Block]:
    topics = {one.id: one.title for one in [*library.corpus.topics.values()][:OPTIONS]}
    if topics:
        choice: Element = {
            "type": "multi_static_select",
            "action_id": ActionId.DIGEST_TOPICS,
            "placeholder": b.plain_text("All topics"),
            "options": [_option(title, id_) for id_, title in topics.items()],
        }
        if chosen := [id_ for id_ in subscription.topics if id_ in topics]:
            choice["initial_options"] = [_option(topics[id_], id_) for id_ in chosen]
        yield _input(BlockId.TOPICS, "Topics", choice, optional=True)
    yield _input(BlockId.FORM, "Form", _radio(ActionId.DIGEST_FORM, _FORMS, subscription.form))
    skip = _option("Skip weeks in which nothing changed", SKIP)
    box: Element = {"type": "checkboxes", "action_id": ActionId.DIGEST_SKIP, "options": [skip]}
    if subscription.skip_unchanged:
        box["initial_options"] = [skip]
    yield _input(BlockId.SKIP, "Quiet weeks", box, optional=True)


def _assurance(subscription: Subscription) -> Block:
    options = {choice: words for choice, (words, _) in _ASSURANCES.items()}
    element = _radio(ActionId.DIGEST_ASSURANCE, options, subscription.assurance)
    for option, (_, name) in zip(element["options"], _ASSURANCES.values(), strict=True):
        option["description"] = b.plain_text(name)
    hint = "I cannot read this channel (that takes channels:history or groups:history), so I could not make sure."
    return _input(BlockId.ASSURANCE, "When Slack does not say whether a digest arrived", element, hint=hint)


def _controls(subscription: Subscription) -> Block:
    sure = b.confirm("Stop the digest?", "Its settings are forgotten.", yes="Stop it", no="Keep it")
    stop = b.button("Stop the digest", ActionId.DIGEST_OFF, subscription.channel, confirm=sure) | {"style": "danger"}
    rest = b.button("Pause", ActionId.DIGEST_PAUSE, subscription.channel)
    return b.actions(*([] if subscription.paused else [rest]), stop)


def _input(block_id: BlockId, name: str, element: Element, *, hint: str = "", optional: bool = False) -> Block:
    block: Block = {
        "type": "input",
        "block_id": block_id,
        "label": b.plain_text(name),
        "element": element,
        "optional": optional,
    }
    return block | {"hint": b.plain_text(hint)} if hint else block


def _select(action_id: ActionId, options: Mapping[Any, str], chosen: str) -> Element:
    return {"type": "static_select", "action_id": action_id, **_choices(options.items(), chosen)}


def _radio(action_id: ActionId, options: Mapping[Any, str], chosen: str) -> Element:
    return {"type": "radio_buttons", "action_id": action_id, **_choices(options.items(), chosen)}


def _choices(options: Iterable[tuple[str, str]], chosen: str) -> Element:
    made = {value: _option(text, value) for value, text in options}
    return {"options": list(made.values()), "initial_option": made[chosen]}


def _option(text: str, value: str) -> Element:
    return {"text": b.plain_text(shorten(text, OPTION)), "value": str(value)}
