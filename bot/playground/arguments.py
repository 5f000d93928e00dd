"""What each Web API method takes. Unknown arguments are refused: a misspelt one would be ignored in silence by Slack."""

import json
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from bot.playground.model import Blocks, JsonObject


def _decoded(value: object) -> object:
    """JSON given as text, as form posts do."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except RecursionError:
        raise ValueError("nested too deeply") from None


BlocksArgument = Annotated[Blocks, BeforeValidator(_decoded)]
ObjectArgument = Annotated[JsonObject, BeforeValidator(_decoded)]


class Arguments(BaseModel):
    """The base of all: no field it does not name."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    def body(self) -> JsonObject:
        """What was given, as a payload."""
        return self.model_dump(exclude_none=True, exclude_unset=True)


class NoArguments(Arguments):
    """auth.test, apps.connections.open."""


class MessageMetadata(Arguments):
    """docs.slack.dev/messaging/message-metadata."""

    event_type: str = Field(min_length=1, max_length=255)
    event_payload: JsonObject


class Content(Arguments):
    """What a message says."""

    text: str | None = None
    blocks: BlocksArgument | None = None
    metadata: Annotated[MessageMetadata, BeforeValidator(_decoded)] | None = None


class NewContent(Content):
    """What a new message says and how links in it are shown."""

    thread_ts: str | None = None
    unfurl_links: bool | None = None
    unfurl_media: bool | None = None
    mrkdwn: bool | None = None


class PostMessage(NewContent):
    """chat.postMessage. `client_msg_id` is accepted and means nothing, as for third-party apps in Slack."""

    channel: str
    reply_broadcast: bool | None = None
    client_msg_id: str | None = None


class PostEphemeral(NewContent):
    """chat.postEphemeral."""

    channel: str
    user: str


class UpdateMessage(Content):
    """chat.update."""

    channel: str
    ts: str


class DeleteMessage(Arguments):
    """chat.delete."""

    channel: str
    ts: str


class Permalink(Arguments):
    """chat.getPermalink."""

    channel: str
    message_ts: str


class OpenView(Arguments):
    """views.open and views.push."""

    trigger_id: str
    view: ObjectArgument


class UpdateView(Arguments):
    """views.update: the view by `view_id` or by `external_id`."""

    view: ObjectArgument
    view_id: str | None = None
    external_id: str | None = None
    hash: str | None = None


class PublishView(Arguments):
    """views.publish."""

    user_id: str
    view: ObjectArgument
    hash: str | None = None


class UserArgument(Arguments):
    """users.info."""

    user: str
    include_locale: bool = False


class BotArgument(Arguments):
    """bots.info."""

    bot: str


class ChannelArgument(Arguments):
    """conversations.info."""

    channel: str
    include_locale: bool | None = None
    include_num_members: bool = False


class OpenConversation(Arguments):
    """conversations.open, for one user."""

    users: str
    return_im: bool = False


class Page(Arguments):
    """conversations.members."""

    channel: str
    cursor: str = ""
    limit: int = Field(default=100, ge=1, le=1000)


class History(Page):
    """conversations.history."""

    oldest: str = "0"
    latest: str = ""
    inclusive: bool = False
    include_all_metadata: bool = False


class Replies(History):
    """conversations.replies."""

    ts: str


class Reaction(Arguments):
    """reactions.add and reactions.remove."""

    channel: str
    timestamp: str
    name: str = Field(pattern=r"^[a-z0-9_+'-]+$")


class ThreadStatus(Arguments):
    """assistant.threads.setStatus."""

    channel_id: str
    thread_ts: str
    status: str
    loading_messages: list[str] | None = Field(default=None, max_length=10)
    icon_emoji: str | None = None
    icon_url: str | None = None
    username: str | None = None


class Prompt(Arguments):
    """One suggested prompt."""

    title: str = Field(min_length=1)
    message: str = Field(min_length=1)


class SuggestedPrompts(Arguments):
    """assistant.threads.setSuggestedPrompts: at most four."""

    channel_id: str
    prompts: Annotated[list[Prompt], BeforeValidator(_decoded), Field(min_length=1, max_length=4)]
    thread_ts: str | None = None
    title: str | None = None
