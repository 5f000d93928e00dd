"""chat.*, reactions.* and assistant.threads.*: what the app says, and where."""

from bot.playground import content
from bot.playground.arguments import (
    DeleteMessage,
    Permalink,
    PostEphemeral,
    PostMessage,
    Reaction,
    SuggestedPrompts,
    ThreadStatus,
    UpdateMessage,
)
from bot.playground.context import Context
from bot.playground.model import BOT_USER, TEAM_DOMAIN, Channel, JsonObject, Message, SlackError
from bot.playground.payloads import message_object

# chat.update takes no more; chat.postMessage cuts at 40,000, which the rules refuse.
MOST_UPDATED_TEXT = 4000


def post_message(context: Context, args: PostMessage) -> JsonObject:
    """chat.postMessage. `channel` may be a user, whose direct messages it means."""
    workspace = context.workspace
    in_person = workspace.members.get(args.channel)
    channel_id = workspace.direct_channel(args.channel).id if in_person and not in_person.is_bot else args.channel
    channel = _open_channel(context, channel_id)
    message = workspace.post(content.app_message(workspace, channel, args.body()))
    return {"ok": True, "channel": channel.id, "ts": message.ts, "message": message_object(message, metadata=True)}


def post_ephemeral(context: Context, args: PostEphemeral) -> JsonObject:
    """chat.postEphemeral."""
    workspace = context.workspace
    channel = _open_channel(context, args.channel)
    if args.user not in channel.members:
        raise SlackError("user_not_in_channel")
    message = workspace.post(content.app_message(workspace, channel, args.body(), visible_to=args.user))
    return {"ok": True, "message_ts": message.ts}


def update(context: Context, args: UpdateMessage) -> JsonObject:
    """chat.update: own messages only, and none that is ephemeral."""
    workspace = context.workspace
    message = _own_message(context, args.channel, args.ts, "cant_update_message")
    if args.text and len(args.text) > MOST_UPDATED_TEXT:
        raise SlackError("msg_too_long")
    changed = workspace.change(message, content.edited(workspace, message, args.body()))
    shown = message_object(changed, metadata=True)
    return {"ok": True, "channel": args.channel, "ts": args.ts, "text": changed.text, "message": shown}


def delete(context: Context, args: DeleteMessage) -> JsonObject:
    """chat.delete."""
    context.workspace.delete(_own_message(context, args.channel, args.ts, "cant_delete_message"))
    return {"ok": True, "channel": args.channel, "ts": args.ts}


def get_permalink(context: Context, args: Permalink) -> JsonObject:
    """chat.getPermalink."""
    message = _message(context, args.channel, args.message_ts)
    link = f"https://{TEAM_DOMAIN}.slack.com/archives/{message.channel}/p{message.ts.replace('.', '')}"
    if message.thread_ts:
        link += f"?thread_ts={message.thread_ts}&cid={message.channel}"
    return {"ok": True, "channel": message.channel, "permalink": link}


def react(context: Context, args: Reaction) -> JsonObject:
    """reactions.add and reactions.remove: accepted where a message is; not shown."""
    _message(context, args.channel, args.timestamp)
    return {"ok": True}


def set_status(context: Context, args: ThreadStatus) -> JsonObject:
    """assistant.threads.setStatus: until the app's next message in that thread."""
    _message(context, args.channel_id, args.thread_ts)
    context.workspace.set_status(args.channel_id, args.thread_ts, args.status)
    return {"ok": True}


def set_prompts(context: Context, args: SuggestedPrompts) -> JsonObject:
    """assistant.threads.setSuggestedPrompts: on top of a direct message channel."""
    channel = context.workspace.channels.get(args.channel_id)
    if channel is None or channel.kind != "im":
        raise SlackError("channel_not_found")
    if args.thread_ts is None:  # for agents Slack takes a call that names a thread, and does nothing
        context.workspace.set_prompts(channel.id, [prompt.model_dump() for prompt in args.prompts])
    return {"ok": True}


def _open_channel(context: Context, channel_id: str) -> Channel:
    """The channel, if the app may write in it now."""
    channel = context.workspace.channels.get(channel_id)
    if channel is None or (channel.kind == "private" and BOT_USER not in channel.members):
        raise SlackError("channel_not_found")
    if channel.is_archived:
        raise SlackError("is_archived")
    public = channel.kind == "channel" and "chat:write.public" in context.secrets.scopes
    if BOT_USER not in channel.members and not public:
        raise SlackError("not_in_channel")
    return channel


def _message(context: Context, channel_id: str, ts: str) -> Message:
    if channel_id not in context.workspace.channels:
        raise SlackError("channel_not_found")
    message = context.workspace.find_message(channel_id, ts)
    if message is None or message.visible_to is not None:
        raise SlackError("message_not_found")
    return message


def _own_message(context: Context, channel_id: str, ts: str, refusal: str) -> Message:
    message = _message(context, channel_id, ts)
    if not message.is_from_app():
        raise SlackError(refusal)
    return message
