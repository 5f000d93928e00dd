"""What the listeners work with."""

from dataclasses import dataclass

from bot.inbox import Inbox
from bot.replies import Replies
from bot.storage.store import Store
from knowledge.library import Library


@dataclass(frozen=True, slots=True)
class Services:
    """Made once, in `bot.app`; bound to every listener."""

    library: Library
    store: Store
    inbox: Inbox
    replies: Replies
    bot_user_id: str
