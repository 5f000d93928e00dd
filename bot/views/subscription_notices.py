"""What is said about digests in a sentence or two: questions before a step, refusals, and what to do instead."""

import datetime as dt
from collections.abc import Sequence

from bot.mrkdwn import literal
from bot.texts import common
from bot.texts import subscription as texts
from bot.views import blocks as b
from bot.views.blocks import View
from bot.views.digest_words import moment
from bot.views.ids import ActionId, CallbackId
from bot.views.message import Message
from bot.views.subscription import days, end
from bot.views.subscription_form import stop_button
from jobs.periods import Period
from jobs.ports import Status


def by_command() -> Message:
    """To whoever asked in a mention or a direct message, where no settings can open."""
    return Message.saying(texts.BY_COMMAND)


def in_a_channel() -> Message:
    """To whoever asked in a direct message."""
    return Message.saying(texts.IN_A_CHANNEL)


def manual(unknown: str = "") -> Message:
    """The words of `/iraq digest`."""
    lines = [f"• `{typed}`  {said}" for typed, said in texts.WORDS]
    head = texts.UNKNOWN.format(word=literal(unknown), manual=texts.MANUAL) if unknown else texts.MANUAL
    return Message.saying("\n".join([head, *lines]))


def none_here(channel: str) -> Message:
    """There is nothing to change."""
    return Message.saying(texts.NONE_HERE.format(channel=_named(channel)))


def not_yours(channel: str, owner: str | None, *, admins_known: bool) -> str:
    """Why somebody may not change it, in mrkdwn that is as good as plain text."""
    text = texts.NOT_YOURS if owner else texts.NOT_YOURS_UNNAMED
    text = text.format(channel=_named(channel), owner=literal(owner or ""))
    return text if admins_known else texts.ADMINS_UNKNOWN.format(text=text)


def try_again() -> Message:
    """The database is down."""
    return Message.saying(texts.TRY_AGAIN)


def not_there(name: str) -> str:
    """The bot is no member: `name` is the channel as it may be shown."""
    return texts.NOT_THERE.format(channel=name)


def is_closed(name: str) -> str:
    """The channel is archived."""
    return texts.IS_CLOSED.format(channel=name)


def is_shared(name: str) -> str:
    """Another organisation is in the channel, and its settings do not allow that."""
    return texts.IS_SHARED.format(channel=name)


def too_many(most: int) -> str:
    """The workspace has as many digests as can be delivered on time."""
    return texts.TOO_MANY.format(most=most)


def taken(name: str, owner: str | None) -> str:
    """A channel that was chosen in the form has a digest of its own."""
    return (texts.TAKEN_BY if owner else texts.TAKEN).format(channel=name, owner=owner)


def already(channel: str) -> str:
    """`on` where it is on."""
    return texts.ALREADY_ON.format(channel=_named(channel))


def is_off(channel: str) -> Message:
    """It was stopped."""
    return Message.saying(texts.IS_OFF.format(channel=_named(channel)))


def ask_off(channel: str) -> Message:
    """The question before it is stopped."""
    text = texts.ASK_OFF.format(channel=_named(channel))
    pause = b.button(texts.PAUSE_INSTEAD, ActionId.DIGEST_PAUSE, channel)
    return Message(text, (b.section(text), b.actions(stop_button(channel), pause)))


def ask_now(channel: str, period: Period) -> Message:
    """The question before a digest comes early."""
    text = texts.ASK_NOW.format(days=days(period), channel=_named(channel))
    sure = b.confirm(texts.NOW_TITLE, texts.NOW_TEXT, yes=texts.NOW_YES, no=texts.NOW_NO)
    post = b.button(texts.NOW, ActionId.DIGEST_NOW, channel, confirm=sure) | {"style": "primary"}
    return Message(text, (b.section(text), b.actions(post)))


def on_its_way(channel: str, period: Period, following: dt.datetime) -> Message:
    """`now` was heard."""
    return Message.saying(texts.ON_ITS_WAY.format(days=days(period), channel=_named(channel), moment=moment(following)))


def came(channel: str, last: Status, following: dt.datetime) -> Message:
    """`now` in a period that had its digest."""
    facts = {"days": days(last.period), "channel": _named(channel), "end": end(last), "moment": moment(following)}
    return Message.saying(texts.CAME.format(**facts))


def nothing_new(channel: str, following: dt.datetime) -> Message:
    """`now` where unchanged weeks are skipped."""
    return Message.saying(texts.NOTHING_NEW.format(channel=_named(channel), moment=moment(following)))


def rests(channel: str) -> Message:
    """`now` while it is paused."""
    return Message.saying(texts.RESTS.format(channel=_named(channel)))


def previews(channel: str, due: dt.datetime, *, is_on: bool, skipped: bool) -> Message:
    """What stands above a preview."""
    text = (texts.PREVIEW_NEXT if is_on else texts.PREVIEW_FIRST).format(channel=_named(channel), moment=moment(due))
    return Message.saying(texts.PREVIEW_SKIPPED.format(text=text) if skipped else text)


def modal(message: Message) -> View:
    """A message as a modal that can only be closed."""
    return b.modal(CallbackId.DIGEST_SAID, texts.TITLE, message.blocks, close=common.CLOSE)


def citations_modal(messages: Sequence[Message], most: int = 100) -> View:
    """All citations of a digest: a modal has room for a hundred blocks."""
    found = [block for message in messages for block in message.blocks]
    if len(found) > most:
        found = [*found[: most - 1], b.context(texts.MORE_LINES.format(number=len(found) - most + 1))]
    return b.modal(CallbackId.DIGEST_SAID, texts.CITATIONS, found, close=common.CLOSE)


def _named(channel: str) -> str:
    """A channel where mrkdwn is read."""
    return f"<#{channel}>"
