"""The settings of a channel: the form, what is set in words, and what is said where they forbid something."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from bot.bidi import isolated
from bot.channels.policy import Act, Policy, Refusal, Way, is_direct
from bot.manifest import NAME
from bot.mrkdwn import escape, literal
from bot.texts import channels as texts
from bot.texts import common, people
from bot.views import blocks as b
from bot.views import inputs
from bot.views.blocks import View
from bot.views.digest_words import moment
from bot.views.ids import ActionId, BlockId, CallbackId
from bot.views.message import Message
from knowledge.library import Library

ALLOWED: Final = "allowed"  # the value of the box that is ticked


@dataclass(frozen=True, slots=True)
class Sheet:
    """A channel's settings and what is known around them.

    `setter` and `creator` are names, `creator_id` a user's id, None where Slack does not tell. `admins_known` says
    whether it tells who is an admin, `is_shared` whether another organisation listens.
    """

    channel: str
    policy: Policy
    setter: str | None = None
    creator: str | None = None
    creator_id: str | None = None
    admins_known: bool = True
    is_shared: bool | None = None


def form(library: Library, sheet: Sheet) -> View:
    """To change them."""
    policy = sheet.policy
    modes = inputs.radio(ActionId.CHANNEL_MODE, {mode: name for mode, (name, _) in texts.MODES.items()}, policy.mode)
    for each, (_, description) in zip(modes["options"], texts.MODES.values(), strict=True):
        each["description"] = b.plain_text(description)
    titles = {one.id: one.title for one in library.corpus.topics.values()}
    chosen = [id_ for id_ in titles if id_ in policy.topics]
    topics = inputs.topics(ActionId.CHANNEL_TOPICS, titles, chosen, placeholder=common.ALL_TOPICS)
    sharers = inputs.radio(ActionId.CHANNEL_SHARERS, texts.SHARING, policy.sharers)
    outsiders = inputs.box(ActionId.CHANNEL_OUTSIDERS, inputs.option(texts.ALLOW, ALLOWED), ticked=policy.outsiders)
    body = [
        b.context(" ".join([*_standing(sheet), texts.ALL_WHO_MAY])),
        inputs.field(BlockId.MODE, texts.MODE, modes),
        inputs.field(BlockId.TOPICS, common.TOPICS, topics, hint=texts.TOPICS_HINT, optional=True),
        inputs.field(BlockId.SHARERS, texts.SHARERS, sharers),
        inputs.field(BlockId.OUTSIDERS, texts.OUTSIDERS, outsiders, hint=texts.OUTSIDERS_HINT, optional=True),
    ]
    return b.modal(
        CallbackId.CHANNEL, texts.TITLE, body, submit=common.SAVE, close=common.CANCEL, metadata=sheet.channel
    )


def read_only(library: Library, sheet: Sheet) -> View:
    """For somebody who may look and not change: what is set, and who may change it."""
    names = [_name(sheet.creator, texts.CREATOR, texts.UNNAMED_CREATOR), texts.ADMINS]
    if sheet.policy.set_by not in {None, sheet.creator_id}:
        names.insert(1, _name(sheet.setter, texts.SETTER, texts.UNNAMED_SETTER))
    said = [texts.WHO_MAY.format(names=texts.COMMA.join(names))]
    if not sheet.admins_known:
        said.append(texts.BLIND_TO_ADMINS.format(app=NAME))
    if sheet.creator_id is None:
        said.append(texts.BLIND_TO_CREATOR.format(app=NAME))
    body = [
        b.context(" ".join(_standing(sheet))),
        b.section(_in_words(library, sheet.policy)),
        b.section(" ".join(said)),
    ]
    return b.modal(CallbackId.CHANNEL_SAID, texts.TITLE, body, close=common.CLOSE)


def saved(library: Library, sheet: Sheet, *, digest_comes: bool) -> View:
    """After a change. `digest_comes` when the channel is off and its digest is not."""
    body = [b.section(texts.SAVED.format(channel=sheet.channel)), b.section(_in_words(library, sheet.policy))]
    if digest_comes:
        sure = b.confirm(common.STOP_TITLE, common.STOP_TEXT, yes=common.STOP_YES, no=common.STOP_NO)
        stop = b.button(common.STOP_DIGEST, ActionId.DIGEST_OFF, sheet.channel, confirm=sure) | {"style": "danger"}
        body += [b.divider(), b.section(texts.DIGEST_COMES), b.actions(stop)]
    return b.modal(CallbackId.CHANNEL_SAID, texts.TITLE, body, close=common.CLOSE)


def offer(channel: str) -> Message:
    """To whoever asked for settings by a mention or a direct message, where no form can open by itself."""
    if not channel or is_direct(channel):
        return Message.saying(texts.IN_A_CHANNEL)
    text = texts.PRESS.format(channel=channel)
    return Message(text, (b.section(text), b.actions(_open(channel))))


def try_again() -> Message:
    """The database is down."""
    return Message.saying(texts.TRY_AGAIN)


def modal(message: Message) -> View:
    """A message as a modal that can only be closed."""
    return b.modal(CallbackId.CHANNEL_SAID, texts.TITLE, message.blocks, close=common.CLOSE)


def refused(library: Library, policy: Policy, act: Act, refusal: Refusal) -> Message:
    """Why not, and what to do instead; for members with the button that opens the settings."""
    words = texts.REFUSALS | texts.REFUSALS_TO_SHARE if act.way is Way.SHARE else texts.REFUSALS
    text = words[refusal].format(
        channel=act.channel,
        app=NAME,
        instead=texts.INSTEAD[policy.mode],
        topics=_bold(_titles(library, policy.topics)),
        subject=_bold(_titles(library, act.topics or ())),
    )
    if refusal in _NO_SETTINGS:
        return Message.saying(text)
    return Message(text, (b.section(text), b.actions(_open(act.channel))))


_NO_SETTINGS: Final = frozenset({Refusal.GUEST, Refusal.UNKNOWN})


def _open(channel: str) -> b.Element:
    return b.button(texts.OPEN, ActionId.CHANNEL_SETTINGS, channel)


def _standing(sheet: Sheet) -> Iterator[str]:
    """Whose they are, who set them and when, and whether others listen."""
    yield texts.OF.format(channel=sheet.channel)
    if sheet.policy.set_by is None or sheet.policy.set_at is None:
        yield texts.UNSET
    else:
        when = moment(dt.datetime.fromtimestamp(sheet.policy.set_at, dt.UTC))
        yield texts.SET.format(name=literal(sheet.setter or people.NAMELESS), when=when)
    if sheet.is_shared:
        yield texts.IS_SHARED


def _in_words(library: Library, policy: Policy) -> str:
    facts = (
        (texts.MODE, texts.MODES_IN_WORDS[policy.mode]),
        (common.TOPICS, texts.BETWEEN_TOPICS.join(_titles(library, policy.topics)) or common.ALL_TOPICS.lower()),
        (texts.SHARERS, _uncapital(texts.SHARING[policy.sharers])),
        (texts.OUTSIDERS, texts.OUTSIDE[policy.outsiders]),
    )
    return "\n".join(texts.IN_WORDS.format(what=what, how=how) for what, how in facts)


def _titles(library: Library, ids: Iterable[str]) -> list[str]:
    """The titles of topics, in the order of the corpus; those that it no longer has by their ids."""
    wanted = set(ids)
    known = [one.title for id_, one in library.corpus.topics.items() if id_ in wanted]
    gone = sorted(wanted - set(library.corpus.topics))
    return [escape(isolated(name)) for name in (*known, *gone)]


def _bold(names: Iterable[str]) -> str:
    return texts.BETWEEN_TOPICS.join(f"*{name}*" for name in names)


def _name(name: str | None, known: str, unknown: str) -> str:
    return known.format(name=literal(name)) if name else unknown


def _uncapital(text: str) -> str:
    return text[:1].lower() + text[1:]
