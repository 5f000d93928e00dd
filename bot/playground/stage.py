"""Everything a person's act in Slack's window touches."""

from dataclasses import dataclass

from bot.playground import payloads
from bot.playground.context import Context
from bot.playground.delivery import DeliveryError, Dispatcher, EnvelopeType
from bot.playground.events import Events
from bot.playground.journal import Journal
from bot.playground.model import ActError, Channel, JsonObject, Message, Notice
from bot.playground.responses import Responses


@dataclass(frozen=True, slots=True)
class Stage:
    """The playground as the acts see it."""

    context: Context
    dispatcher: Dispatcher
    events: Events
    responses: Responses
    journal: Journal

    def interaction(self, kind: str, user: str) -> JsonObject:
        """The common part of an interaction of this user."""
        return payloads.interaction(kind, self.context.workspace.members[user], self.context.secrets.verification_token)

    def channel(self, channel_id: str, user: str) -> Channel:
        """A channel this user is in.

        Raises:
            ActError: it does not exist, or they are not a member.
        """
        channel = self.context.workspace.channels.get(channel_id)
        if channel is None or user not in channel.members:
            raise ActError(f"There is no channel {channel_id} that you are in.")
        return channel

    def message(self, message: Message, user: str) -> Message:
        """The message as it stands now, if this user can see it.

        Raises:
            ActError: it was deleted, or it is another's ephemeral message.
        """
        self.channel(message.channel, user)
        now = self.context.workspace.find_message(message.channel, message.ts)
        if now is None or not now.can_be_seen_by(user):
            raise ActError("That message is no longer there.")
        return now

    async def ask(
        self,
        kind: EnvelopeType,
        payload: JsonObject,
        *,
        what: str,
        user: str,
        channel: str | None,
        takes_answer: bool = False,
    ) -> JsonObject | None:
        """Send something to the app; tell the user when it fails (`what` did) and raise DeliveryError."""
        try:
            return await self.dispatcher.ask(kind, payload, takes_answer=takes_answer)
        except DeliveryError as failure:
            if failure.reason == "dispatch_failed":
                text = f"{what} failed because the app did not respond (dispatch_failed)."
            else:
                text = f'{what} failed with the error "{failure.reason}"'
            self.context.workspace.notify(Notice("error", text, user, channel))
            raise
