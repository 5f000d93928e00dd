"""What the listeners work with."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.channels.desk import ChannelDesk
from bot.digests.desk import DigestDesk
from bot.homes import Homes
from bot.inbox import Inbox
from bot.slack.agent import Agent
from bot.slack.replies import Replies
from bot.storage.conversations import Conversations
from bot.storage.greetings import Greetings
from bot.storage.store import Store
from knowledge.library import Library


@dataclass(frozen=True, slots=True)
class Services:
    """Made once, in `bot.app`, and bound to every listener.

    `team` is the workspace that the app is in; `forget` drops every row of a workspace, and `move` puts what is kept of one
    of our channels under its new id.
    """

    team: str
    library: Library
    store: Store
    inbox: Inbox
    replies: Replies
    bot_user_id: str
    digests: DigestDesk
    channels: ChannelDesk
    homes: Homes
    conversations: Conversations
    greetings: Greetings
    agent: Agent
    forget: Callable[[str], Awaitable[None]]
    move: Callable[[str, str], Awaitable[None]]
