"""Pressing, submitting, closing: what a person does to the app's blocks and modals, and what the app's answer changes.

https://docs.slack.dev/reference/interaction-payloads
"""

from typing import TypeAlias

from bot.playground import payloads
from bot.playground.content import push_view, update_view
from bot.playground.delivery import DeliveryError
from bot.playground.feed import ViewRefused
from bot.playground.model import ActError, Blocks, Call, JsonObject, Message, Notice, SlackError, View
from bot.playground.rules import check_options
from bot.playground.stage import Stage
from bot.playground.state import action_of, find_element, missing_inputs, state_values

Container: TypeAlias = Message | View


async def press(
    stage: Stage,
    user: str,
    container: Container,
    action_id: str,
    value: object = None,
    *,
    block_id: str | None = None,
    state: JsonObject | None = None,
) -> None:
    """Press a button, pick an option, enter a text: a block_actions payload with one action."""
    workspace = stage.context.workspace
    place = _current(stage, user, container)
    blocks = _blocks(place)
    block, element = find_element(blocks, action_id, block_id)
    values = state_values(blocks, state)
    payload = stage.interaction("block_actions", user) | _place(stage, place, values)
    payload["actions"] = [action_of(block, element, value, workspace.new_ts())]
    payload["trigger_id"] = workspace.new_trigger(user, place.id if isinstance(place, View) else None)
    channel = None
    if isinstance(place, Message):
        channel = place.channel
        url = workspace.new_response_url(channel, user, place.ts, place.thread_ts)
        payload["response_url"] = stage.context.response_url(url.token)
    await _ask(stage, payload, user, channel)


async def suggest(
    stage: Stage, user: str, container: Container, action_id: str, typed: str, *, block_id: str | None = None
) -> Blocks:
    """The options the app suggests for what was typed into an external select."""
    place = _current(stage, user, container)
    block, element = find_element(_blocks(place), action_id, block_id)
    if "external" not in element["type"]:
        raise ActError(f"{action_id!r} has its options already; only external selects ask the app.")
    payload = stage.interaction("block_suggestion", user) | _place(stage, place, None)
    payload |= {"action_id": action_id, "block_id": block["block_id"], "value": typed}
    answer = await _ask(stage, payload, user, None, takes_answer=True) or {}
    try:
        options = check_options(answer)
    except SlackError as refusal:
        _record(stage, answer, refusal)
        return []
    _record(stage, answer)
    return options


async def submit(stage: Stage, user: str, view: View, state: JsonObject | None = None) -> dict[str, str]:
    """Press a modal's submit button. Returns the errors shown: block id -> sentence; none when it went through."""
    current = _view(stage, user, view)
    blocks: Blocks = current.payload["blocks"]
    values = state_values(blocks, state)
    errors = missing_inputs(blocks, values)
    if not errors:
        payload = stage.interaction("view_submission", user)
        payload |= {
            "trigger_id": stage.context.workspace.new_trigger(user, current.id),
            "view": payloads.view_object(current, values),
            "response_urls": _chosen_urls(stage, user, blocks, values),
        }
        try:
            answer = await stage.dispatcher.ask("interactive", payload, takes_answer=True)
        except DeliveryError:
            _trouble(stage, user)
            return {}
        errors = _follow(stage, current, answer or {})
    if errors:
        stage.context.workspace.feed.publish(ViewRefused(user, current.id, errors))
    return errors


async def close(stage: Stage, user: str, view: View) -> None:
    """Close a modal; the app hears of it if the view says `notify_on_close`."""
    current = _view(stage, user, view)
    stack = stage.context.workspace.modals[user]
    cleared = bool(current.payload.get("clear_on_close"))
    below = () if cleared else stack[: stack.index(current)]
    stage.context.workspace.set_modals(user, below)
    if current.payload.get("notify_on_close"):
        payload = stage.interaction("view_closed", user)
        payload |= {"view": payloads.view_object(current), "is_cleared": cleared}
        await _ask(stage, payload, user, None)


async def shortcut(stage: Stage, user: str, callback_id: str, message: Message | None = None) -> None:
    """Choose a shortcut from the lightning menu, or from the menu of a message."""
    workspace = stage.context.workspace
    known = stage.context.manifest.shortcut(callback_id)
    if known is None or (known.type == "message") != (message is not None):
        raise ActError(f"The app has no shortcut {callback_id!r} {'here' if known is None else 'in this menu'}.")
    kind = "shortcut" if message is None else "message_action"
    payload = stage.interaction(kind, user)
    payload |= {
        "callback_id": callback_id,
        "trigger_id": workspace.new_trigger(user),
        "action_ts": workspace.new_ts(),
    }
    channel = None
    if message is not None:
        current = stage.message(message, user)
        if current.visible_to is not None:
            raise ActError("A message only you can see has no shortcuts.")
        channel = current.channel
        url = workspace.new_response_url(channel, user, None, current.thread_ts)
        payload |= {
            "message": payloads.message_object(current),
            "message_ts": current.ts,
            "channel": payloads.place(workspace.channels[channel]),
            "response_url": stage.context.response_url(url.token),
        }
    await _ask(stage, payload, user, channel)


def _current(stage: Stage, user: str, container: Container) -> Container:
    if isinstance(container, Message):
        return stage.message(container, user)
    return _view(stage, user, container)


def _view(stage: Stage, user: str, view: View) -> View:
    current = stage.context.workspace.find_view(view.id)
    if current is None or current.user != user:
        raise ActError("That view is no longer open.")
    return current


def _blocks(place: Container) -> Blocks:
    blocks: Blocks = (place.blocks or []) if isinstance(place, Message) else place.payload["blocks"]
    return blocks


def _place(stage: Stage, place: Container, values: JsonObject | None) -> JsonObject:
    """Where it happened. As in Slack, an ephemeral message is named but not shown: nobody keeps it."""
    if isinstance(place, View):
        return {
            "container": {"type": "view", "view_id": place.id},
            "view": payloads.view_object(place, values),
        }
    shown: JsonObject = {
        "container": payloads.message_container(place),
        "channel": payloads.place(stage.context.workspace.channels[place.channel]),
    }
    if place.visible_to is None:
        shown["message"] = payloads.message_object(place, metadata=True)
    if values is not None:
        shown["state"] = {"values": values}
    return shown


async def _ask(
    stage: Stage, payload: JsonObject, user: str, channel: str | None, *, takes_answer: bool = False
) -> JsonObject | None:
    try:
        return await stage.ask(
            "interactive",
            payload,
            what=stage.context.workspace.app_name,
            user=user,
            channel=channel,
            takes_answer=takes_answer,
        )
    except DeliveryError:
        return None


def _follow(stage: Stage, view: View, answer: JsonObject) -> dict[str, str]:
    """Do what the app's answer to a submission says; returns the errors it holds."""
    try:
        errors = _act_upon(stage, view, answer)
    except SlackError as refusal:
        _record(stage, answer, refusal)
        _trouble(stage, view.user)
        return {}
    if answer:
        _record(stage, answer)
    return errors


def _act_upon(stage: Stage, view: View, answer: JsonObject) -> dict[str, str]:
    workspace = stage.context.workspace
    action = answer.get("response_action")
    if answer and action not in ("errors", "update", "push", "clear"):
        raise SlackError("invalid_response_action", [f"[ERROR] unknown response_action {action!r}"])
    if action == "errors":
        return _errors(view, answer.get("errors"))
    if action == "update":
        update_view(workspace, view, _given_view(answer))
    elif action == "push":
        push_view(workspace, view.user, _given_view(answer))
    else:
        stack = () if action == "clear" else workspace.modals.get(view.user, ())
        workspace.set_modals(view.user, tuple(each for each in stack if each.id != view.id))
    return {}


def _errors(view: View, errors: object) -> dict[str, str]:
    inputs = {block["block_id"] for block in view.payload["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not inputs.issuperset(errors):
        raise SlackError("invalid_errors", [f"[ERROR] errors must name input blocks of the view: {sorted(inputs)}"])
    return {str(block_id): str(text) for block_id, text in errors.items()}


def _given_view(answer: JsonObject) -> JsonObject:
    view = answer.get("view")
    if not isinstance(view, dict):
        raise SlackError("invalid_arguments", ["[ERROR] missing view [json-pointer:/view]"])
    return view


def _chosen_urls(stage: Stage, user: str, blocks: Blocks, values: JsonObject) -> list[JsonObject]:
    """A response_url for each conversation picked in a select that asked for one (`response_url_enabled`)."""
    urls = []
    for block in blocks:
        element = block.get("element", {})
        if element.get("response_url_enabled"):
            entry = values[block["block_id"]][element["action_id"]]
            channel = entry.get("selected_conversation") or entry.get("selected_channel")
            if not isinstance(channel, str) or channel not in stage.context.workspace.channels:
                continue
            token = stage.context.workspace.new_response_url(channel, user).token
            url = stage.context.response_url(token)
            named = {"block_id": block["block_id"], "action_id": element["action_id"]}
            urls.append({**named, "channel_id": channel, "response_url": url})
    return urls


def _record(stage: Stage, answer: JsonObject, refusal: SlackError | None = None) -> None:
    error = None if refusal is None else ": ".join([refusal.code, *refusal.messages])
    stage.journal.record_call(Call("ack", answer, stage.context.workspace.clock(), error))


def _trouble(stage: Stage, user: str) -> None:
    stage.context.workspace.notify(Notice("error", "We had some trouble connecting. Try again?", user))
