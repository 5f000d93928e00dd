"""conversations.*, users.info, bots.info, auth.test and apps.connections.open: who and what is here."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import TypeVar

from bot.playground.arguments import (
    BotArgument,
    ChannelArgument,
    History,
    NoArguments,
    OpenConversation,
    Page,
    Replies,
    UserArgument,
    UserChannels,
)
from bot.playground.context import Context
from bot.playground.model import (
    APP_ID,
    BOT_ID,
    BOT_USER,
    TEAM_ID,
    TEAM_NAME,
    Channel,
    JsonObject,
    Message,
    SlackError,
)
from bot.playground.payloads import message_object

T = TypeVar("T")

CURSOR = re.compile(r"[0-9]{0,9}")
TIME = re.compile(r"[0-9]{1,12}(\.[0-9]{1,9})?")
END_OF_TIME = "9" * 12
KINDS = {"public_channel": "channel", "private_channel": "private", "im": "im"}


def auth_test(context: Context, _: NoArguments) -> JsonObject:
    """auth.test."""
    return {
        "ok": True,
        "url": f"{context.url}/",
        "team": TEAM_NAME,
        "user": context.workspace.members[BOT_USER].name,
        "team_id": TEAM_ID,
        "user_id": BOT_USER,
        "bot_id": BOT_ID,
        "is_enterprise_install": False,
    }


def open_connection(context: Context, _: NoArguments) -> JsonObject:
    """apps.connections.open: the address of one new socket."""
    return {"ok": True, "url": f"ws://{context.host}/link?ticket={context.sockets.new_ticket()}&app_id={APP_ID}"}


def bots_info(context: Context, args: BotArgument) -> JsonObject:
    """bots.info."""
    if args.bot != BOT_ID:
        raise SlackError("bot_not_found")
    bot = {"id": BOT_ID, "deleted": False, "name": context.workspace.app_name, "app_id": APP_ID, "user_id": BOT_USER}
    return {"ok": True, "bot": bot}


def users_info(context: Context, args: UserArgument) -> JsonObject:
    """users.info."""
    member = context.workspace.members.get(args.user)
    if member is None:
        raise SlackError("user_not_found")
    user: JsonObject = {
        "id": member.id,
        "team_id": member.team,
        "name": member.name,
        "real_name": member.real_name,
        "deleted": False,
        "tz": member.tz,
        "tz_label": member.tz,
        "tz_offset": member.tz_offset,
        "profile": {"real_name": member.real_name, "display_name": member.real_name},
        "is_admin": member.is_admin,
        "is_owner": member.is_admin,
        "is_primary_owner": member.is_admin,
        "is_restricted": member.is_guest,
        "is_ultra_restricted": False,
        "is_bot": member.is_bot,
        "is_app_user": False,
    }
    if args.include_locale:
        user["locale"] = member.locale
    return {"ok": True, "user": user}


def users_conversations(context: Context, args: UserChannels) -> JsonObject:
    """users.conversations: the channels that somebody is in; of private ones those that the app is in too."""
    member = args.user or BOT_USER
    if member not in context.workspace.members:
        raise SlackError("user_not_found")
    kinds = {KINDS[name] for name in args.types.split(",") if name in KINDS}
    found = [
        {"id": one.id, "created": one.created, "is_private": one.kind != "channel", "is_archived": one.is_archived}
        | ({} if one.kind == "im" else {"name": one.name})
        for one in context.workspace.channels.values()
        if {member, BOT_USER if one.kind != "channel" else member} <= one.members
        and one.kind in kinds
        and not (args.exclude_archived and one.is_archived)
    ]
    part, following = _page(found, args)
    return {"ok": True, "channels": part, "response_metadata": {"next_cursor": following}}


def info(context: Context, args: ChannelArgument) -> JsonObject:
    """conversations.info."""
    channel = _channel(context, args.channel)
    shown: JsonObject = {
        "id": channel.id,
        "created": channel.created,
        "is_channel": channel.kind == "channel",
        "is_group": channel.kind == "private",
        "is_im": channel.kind == "im",
        "is_private": channel.kind != "channel",
        "is_archived": channel.is_archived,
        "is_member": BOT_USER in channel.members,
        "is_shared": channel.is_ext_shared,
        "is_ext_shared": channel.is_ext_shared,
        "is_org_shared": False,
        "is_pending_ext_shared": False,
        "context_team_id": TEAM_ID,
    }
    if channel.kind == "im":
        shown["user"] = next(member for member in channel.members if member != BOT_USER)
    else:
        shown |= {"name": channel.name, "creator": channel.creator}
    if args.include_num_members:
        shown["num_members"] = len(channel.members)
    return {"ok": True, "channel": shown}


def members(context: Context, args: Page) -> JsonObject:
    """conversations.members, in the order of their ids."""
    channel = _channel(context, args.channel)
    part, following = _page(sorted(channel.members), args)
    return {"ok": True, "members": part, "response_metadata": {"next_cursor": following}}


def open_direct(context: Context, args: OpenConversation) -> JsonObject:
    """conversations.open, with one person."""
    member = context.workspace.members.get(args.users)
    if member is None:
        raise SlackError("user_not_found")
    if member.is_bot:
        raise SlackError("cannot_dm_bot")
    return {"ok": True, "already_open": True, "channel": {"id": context.workspace.direct_channel(member.id).id}}


def history(context: Context, args: History) -> JsonObject:
    """conversations.history: newest first, without the replies in threads."""
    told = [message for message in _told(context, args) if message.thread_ts in (None, message.ts)]
    return _messages(told[::-1], args)


def replies(context: Context, args: Replies) -> JsonObject:
    """conversations.replies: the parent, then its replies, oldest first."""
    told = [message for message in _told(context, args) if args.ts in (message.ts, message.thread_ts)]
    if context.workspace.find_message(args.channel, args.ts) is None:
        raise SlackError("thread_not_found")
    return _messages(told, args)


def _told(context: Context, args: History) -> list[Message]:
    """The messages everybody can see, within the bounds asked for."""
    channel = _channel(context, args.channel)
    if BOT_USER not in channel.members:
        raise SlackError("not_in_channel")
    oldest, latest = _time(args.oldest, "invalid_ts_oldest"), _time(args.latest or END_OF_TIME, "invalid_ts_latest")
    told = []
    for message in context.workspace.messages[channel.id]:
        ts = Decimal(message.ts)
        inside = oldest <= ts <= latest if args.inclusive else oldest < ts < latest
        if inside and message.visible_to is None:
            told.append(message)
    return told


def _messages(told: list[Message], args: History) -> JsonObject:
    part, following = _page(told, args)
    shown = [message_object(message, metadata=args.include_all_metadata) for message in part]
    answer: JsonObject = {"ok": True, "messages": shown, "has_more": bool(following)}
    if following:
        answer["response_metadata"] = {"next_cursor": following}
    return answer


def _channel(context: Context, channel_id: str) -> Channel:
    channel = context.workspace.channels.get(channel_id)
    if channel is None or (channel.kind == "private" and BOT_USER not in channel.members):
        raise SlackError("channel_not_found")
    return channel


def _page(items: Sequence[T], args: Page | UserChannels) -> tuple[list[T], str]:
    """One page of the items and the cursor of the next ("" after the last)."""
    if not CURSOR.fullmatch(args.cursor):
        raise SlackError("invalid_cursor")
    start = int(args.cursor or 0)
    end = start + args.limit
    return list(items[start:end]), str(end) if end < len(items) else ""


def _time(value: str, refusal: str) -> Decimal:
    if not TIME.fullmatch(value):
        raise SlackError(refusal)
    return Decimal(value)
