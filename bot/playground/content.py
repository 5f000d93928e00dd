"""What the app may put on a screen: checked by the rules, ids filled in, and turned into messages and views."""

import copy
import re
from dataclasses import replace

from bot.playground.model import BOT_USER, Blocks, Channel, JsonObject, Message, SlackError, View
from bot.playground.rules import check_message, check_view
from bot.playground.state import VALUE_FIELDS
from bot.playground.walk import inside, nested
from bot.playground.workspace import Workspace

INTERACTIVE = {*VALUE_FIELDS, "button", "feedback_buttons", "icon_button", "workflow_button", "file_input"}
MOST_MODALS = 3
THREAD_TS = re.compile(r"\d{10}\.\d{6}")


def app_message(workspace: Workspace, channel: Channel, body: JsonObject, visible_to: str | None = None) -> Message:
    """A new message of the app from `text`, `blocks`, `thread_ts` and `metadata` of a payload; not yet posted.

    Raises:
        SlackError: the content breaks a rule, or the thread does not exist.
    """
    check_message(body)
    return Message(
        channel=channel.id,
        ts=workspace.new_ts(),
        user=BOT_USER,
        text=body.get("text") or "",
        blocks=complete(workspace, body.get("blocks")),
        thread_ts=_thread(workspace, channel, body.get("thread_ts")),
        visible_to=visible_to,
        metadata=body.get("metadata"),
    )


def edited(workspace: Workspace, message: Message, body: JsonObject) -> Message:
    """The message with other content. Metadata stays unless replaced; only a change of mere text is marked as edited."""
    check_message(body)
    return replace(
        message,
        text=body.get("text") or "",
        blocks=complete(workspace, body.get("blocks")),
        edited_ts=message.edited_ts if body.get("blocks") else workspace.new_ts(),
        metadata=body.get("metadata") or message.metadata,
    )


def complete(workspace: Workspace, blocks: Blocks | None) -> Blocks | None:
    """A copy of the blocks in which each has a block_id and each interactive element an action_id."""
    if blocks is None:
        return None
    completed: Blocks = copy.deepcopy(blocks)
    for block in nested(completed):
        block.setdefault("block_id", f"b{workspace.serial()}")
        for element in inside(block):
            if element.get("type") in INTERACTIVE:
                element.setdefault("action_id", f"a{workspace.serial()}")
    return completed


def open_view(workspace: Workspace, user: str, payload: JsonObject, below: View | None = None) -> View:
    """A new modal for a user, on top of `below`; not yet shown."""
    check_view(payload, "modal")
    _refuse_duplicate(workspace, payload, None)
    view_id = workspace.new_id("V")
    return View(
        id=view_id,
        user=user,
        payload=_completed(workspace, payload),
        hash=new_hash(workspace),
        root_view_id=below.root_view_id if below else view_id,
        previous_view_id=below.id if below else None,
    )


def publish_home(workspace: Workspace, user: str, payload: JsonObject) -> View:
    """Put a Home tab on a user's screen."""
    check_view(payload, "home")
    before = workspace.homes.get(user)
    view_id = before.id if before else workspace.new_id("V")
    view = View(view_id, user, _completed(workspace, payload), new_hash(workspace), view_id)
    workspace.set_home(view)
    return view


def push_view(workspace: Workspace, user: str, payload: JsonObject) -> View:
    """Put a new modal on top of those a user has open.

    Raises:
        SlackError: three are open, or the view breaks a rule.
    """
    stack = workspace.modals.get(user, ())
    if len(stack) >= MOST_MODALS:
        raise SlackError("push_limit_reached")
    view = open_view(workspace, user, payload, stack[-1] if stack else None)
    workspace.set_modals(user, (*stack, view))
    return view


def update_view(workspace: Workspace, view: View, payload: JsonObject) -> View:
    """Give an open modal other content."""
    check_view(payload, "modal")
    _refuse_duplicate(workspace, payload, view)
    changed = replace(view, payload=_completed(workspace, payload), hash=new_hash(workspace))
    stack = workspace.modals.get(view.user, ())
    workspace.set_modals(view.user, tuple(changed if each.id == view.id else each for each in stack))
    return changed


def new_hash(workspace: Workspace) -> str:
    """A view's hash: when it was made, and a number of its own."""
    return f"{int(workspace.clock())}.{workspace.serial():08x}"


def _completed(workspace: Workspace, payload: JsonObject) -> JsonObject:
    return {**payload, "blocks": complete(workspace, payload["blocks"])}


def _refuse_duplicate(workspace: Workspace, payload: JsonObject, itself: View | None) -> None:
    external = payload.get("external_id")
    for stack in workspace.modals.values():
        for view in stack:
            same = itself is not None and view.id == itself.id
            if external and not same and view.payload.get("external_id") == external:
                raise SlackError("duplicate_external_id")


def _thread(workspace: Workspace, channel: Channel, thread_ts: str | None) -> str | None:
    if thread_ts is None:
        return None
    if not THREAD_TS.fullmatch(thread_ts):
        raise SlackError("invalid_thread_ts")
    parent = workspace.find_message(channel.id, thread_ts)
    if parent is None or parent.visible_to is not None:
        raise SlackError("thread_not_found")
    if parent.thread_ts not in (None, parent.ts):
        raise SlackError("cannot_reply_to_message")
    return thread_ts
