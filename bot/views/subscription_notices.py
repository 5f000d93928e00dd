"""What is said about digests in a sentence or two: questions before a step, refusals, and what to do instead."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from bot.manifest import COMMAND, NAME
from bot.mrkdwn import literal
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.ids import ActionId, CallbackId
from bot.views.message import Message
from bot.views.subscription import days, end, moment
from jobs.periods import Period
from jobs.ports import Status

WORDS: Final = (
    ("", "choose channel, day, time, zone, topics and form"),
    ("on", "the usual: a brief one every Monday at 9:00 in your zone; or say when: `on friday 14:00`"),
    ("status", "what is set, when the next one comes, how the last one went"),
    ("preview", "the next one, shown to you alone"),
    ("now", "post this week’s early"),
    ("pause", "rest; `resume` goes on"),
    ("off", "stop, and forget the settings"),
    ("list", "the digests that you turned on"),
)


def manual(unknown: str = "") -> Message:
    """The words of `/iraq digest`."""
    lines = [f"• `{' '.join(filter(None, (COMMAND, 'digest', word)))}`  {said}" for word, said in WORDS]
    head = f"“{literal(unknown)}” is nothing I know of the digest. " if unknown else ""
    text = f"{head}The digest posts key issues and recommendations to a channel. Type in that channel:\n"
    return _said(text + "\n".join(lines))


def by_command() -> Message:
    """To whoever asked in a mention or a direct message, where no settings can open."""
    return _said(f"The digest is set by command: type `{COMMAND} digest` in the channel that should get it.")


def in_a_channel() -> Message:
    """To whoever asked in a direct message."""
    return _said(f"A digest goes to a channel. Type `{COMMAND} digest` there; `{COMMAND} digest list` works here too.")


def none_here(channel: str) -> Message:
    """There is nothing to change."""
    return _said(f"There is no digest in <#{channel}>. To turn one on: `{COMMAND} digest on`, or `{COMMAND} digest`.")


def not_yours(channel: str, owner: str | None, *, admins_known: bool) -> str:
    """Why somebody may not change it, in mrkdwn that is as good as plain text."""
    name = literal(owner) if owner else "somebody else"
    who = f"Only {name} or a workspace admin" if owner else "Only that person or a workspace admin"
    blind = "" if admins_known else f" ({NAME} was not granted users:read, so it knows no admins.)"
    return f"The digest in <#{channel}> was turned on by {name}. {who} can change or stop it.{blind}"


def try_again() -> Message:
    """The database is down."""
    return _said(TRY_AGAIN)


TRY_AGAIN: Final = "The settings of digests cannot be reached right now. Nothing was changed; try again in a minute."


def refused(text: str) -> Message:
    """A sentence of why not."""
    return _said(text)


def not_there(name: str) -> str:
    """The bot is no member: `name` is the channel as it may be shown."""
    return f"I am not in {name}, so I cannot post there. Type /invite @{NAME} in it, then try again."


def is_closed(name: str) -> str:
    """The channel is archived."""
    return f"{name} is archived. Choose a channel that is open."


def too_many(most: int) -> str:
    """The workspace has as many digests as can be delivered on time."""
    return (
        f"This workspace has {most:,} digests, the most that can all be posted within minutes of their time. "
        f"Stop one first; {COMMAND} digest list names yours."
    )


def taken(name: str, owner: str | None) -> str:
    """A channel that was chosen in the form has a digest of its own."""
    by = f", turned on by {owner}" if owner else ""
    return f"{name} has a digest already{by}. To change that one, type {COMMAND} digest in it."


def already(channel: str) -> str:
    """`on` where it is on."""
    return f"The digest in <#{channel}> is on already."


def is_off(channel: str) -> Message:
    """It was stopped."""
    return _said(f"The digest in <#{channel}> is off. What was posted stays. To start again: `{COMMAND} digest on`.")


def ask_off(channel: str) -> Message:
    """The question before it is stopped."""
    text = f"Stop the digest in <#{channel}>? Its settings are forgotten; what was posted stays."
    sure = b.confirm("Stop the digest?", "Its settings are forgotten.", yes="Stop it", no="Keep it")
    stop = b.button("Stop the digest", ActionId.DIGEST_OFF, channel, confirm=sure) | {"style": "danger"}
    pause = b.button("Pause instead", ActionId.DIGEST_PAUSE, channel)
    return Message(text, (b.section(text), b.actions(stop, pause)))


def ask_now(channel: str, period: Period) -> Message:
    """The question before a digest comes early."""
    text = f"Post the digest of {days(period)} in <#{channel}> now? It counts as that one: no second one comes."
    sure = b.confirm("Post it now?", "Everybody in the channel sees it.", yes="Post it", no="Not yet")
    post = b.button("Post it now", ActionId.DIGEST_NOW, channel, confirm=sure) | {"style": "primary"}
    return Message(text, (b.section(text), b.actions(post)))


def on_its_way(channel: str, period: Period, following: dt.datetime) -> Message:
    """`now` was heard."""
    return _said(f"The digest of {days(period)} comes to <#{channel}> in a moment. The next: {moment(following)}.")


def came(channel: str, last: Status, following: dt.datetime) -> Message:
    """`now` in a period that had its digest."""
    return _said(f"The digest of {days(last.period)} in <#{channel}>: {end(last)}. The next: {moment(following)}.")


def nothing_new(channel: str, following: dt.datetime) -> Message:
    """`now` where unchanged weeks are skipped."""
    return _said(
        f"Nothing has changed since the last digest in <#{channel}>, and it is set to skip that. "
        f"The next look: {moment(following)}."
    )


def rests(channel: str) -> Message:
    """`now` while it is paused."""
    return _said(f"The digest in <#{channel}> is paused. First: `{COMMAND} digest resume`.")


def previews(channel: str, due: dt.datetime, *, is_on: bool, skipped: bool) -> Message:
    """What stands above a preview."""
    what = f"the next digest in <#{channel}>, due {moment(due)}" if is_on else f"a first digest in <#{channel}>"
    text = f"*Preview*, for you alone: {what}. This is what would be posted with the corpus of today."
    if not is_on:
        text += f" To turn it on: `{COMMAND} digest on`."
    if skipped:
        text += " Nothing has changed, and this channel skips that: it would not be posted."
    return _said(text)


def modal(message: Message) -> dict[str, Any]:
    """A message as a modal that can only be closed."""
    return _modal("The weekly digest", message.blocks)


def citations_modal(messages: Sequence[Message], most: int = 100) -> dict[str, Any]:
    """All citations of a digest: a modal has room for a hundred blocks."""
    found = [block for message in messages for block in message.blocks]
    if len(found) > most:
        found = [*found[: most - 1], b.context(f"{len(found) - most + 1} more lines do not fit here.")]
    return _modal("Citations", found)


def _modal(title: str, body: Sequence[Block]) -> dict[str, Any]:
    return {
        "type": "modal",
        "callback_id": CallbackId.DIGEST_SAID,
        "title": b.plain_text(title),
        "close": b.plain_text("Close"),
        "blocks": list(body),
    }


def _said(text: str) -> Message:
    return Message(text, (b.section(text),))
