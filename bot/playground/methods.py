"""The table of Web API methods: what each takes, which scope it needs, what it does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from pydantic import ValidationError

from bot.playground import methods_chat as chat
from bot.playground import methods_conversations as conversations
from bot.playground import methods_views as views
from bot.playground.arguments import (
    Arguments,
    BotArgument,
    ChannelArgument,
    DeleteMessage,
    History,
    NoArguments,
    OpenConversation,
    OpenView,
    Page,
    Permalink,
    PostEphemeral,
    PostMessage,
    PublishView,
    Reaction,
    Replies,
    SuggestedPrompts,
    ThreadStatus,
    UpdateMessage,
    UpdateView,
    UserArgument,
)
from bot.playground.context import Context
from bot.playground.model import JsonObject, SlackError

A = TypeVar("A", bound=Arguments)
Handler: TypeAlias = Callable[[Context, JsonObject], JsonObject]


@dataclass(frozen=True, slots=True)
class Method:
    """A method: its handler, the scope it needs (None: none), and whether it takes the app's token, not the bot's."""

    run: Handler
    scope: str | None
    for_app: bool = False


def _method(
    arguments: type[A],
    handler: Callable[[Context, A], JsonObject],
    scope: str | None = None,
    *,
    for_app: bool = False,
) -> Method:
    def run(context: Context, given: JsonObject) -> JsonObject:
        return handler(context, read_arguments(arguments, given))

    return Method(run, scope, for_app)


def read_arguments(arguments: type[A], given: JsonObject) -> A:
    """The arguments of a call.

    Raises:
        SlackError: `invalid_arguments` with a message for each that is missing, unknown or of the wrong kind.
    """
    try:
        return arguments.model_validate(given)
    except ValidationError as error:
        problems = [
            f"[ERROR] {each['msg']} [json-pointer:/{'/'.join(map(str, each['loc']))}]" for each in error.errors()
        ]
        blocks_are_text = any(each["loc"][:1] == ("blocks",) for each in error.errors())
        raise SlackError("invalid_blocks_format" if blocks_are_text else "invalid_arguments", problems) from error


METHODS: Mapping[str, Method] = {
    "apps.connections.open": _method(NoArguments, conversations.open_connection, for_app=True),
    "auth.test": _method(NoArguments, conversations.auth_test),
    "bots.info": _method(BotArgument, conversations.bots_info, "users:read"),
    "users.info": _method(UserArgument, conversations.users_info, "users:read"),
    "chat.postMessage": _method(PostMessage, chat.post_message, "chat:write"),
    "chat.postEphemeral": _method(PostEphemeral, chat.post_ephemeral, "chat:write"),
    "chat.update": _method(UpdateMessage, chat.update, "chat:write"),
    "chat.delete": _method(DeleteMessage, chat.delete, "chat:write"),
    "chat.getPermalink": _method(Permalink, chat.get_permalink),
    "reactions.add": _method(Reaction, chat.react, "reactions:write"),
    "reactions.remove": _method(Reaction, chat.react, "reactions:write"),
    "assistant.threads.setStatus": _method(ThreadStatus, chat.set_status, "chat:write"),
    "assistant.threads.setSuggestedPrompts": _method(SuggestedPrompts, chat.set_prompts, "assistant:write"),
    "views.open": _method(OpenView, views.open_view),
    "views.push": _method(OpenView, views.push),
    "views.update": _method(UpdateView, views.update),
    "views.publish": _method(PublishView, views.publish),
    "conversations.info": _method(ChannelArgument, conversations.info, "channels:read"),
    "conversations.members": _method(Page, conversations.members, "channels:read"),
    "conversations.open": _method(OpenConversation, conversations.open_direct, "im:write"),
    "conversations.history": _method(History, conversations.history, "channels:history"),
    "conversations.replies": _method(Replies, conversations.replies, "channels:history"),
}
