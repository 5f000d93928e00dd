"""views.*: modals and the Home tab (docs.slack.dev/reference/methods/views.open and its neighbours)."""

from bot.playground import content
from bot.playground.arguments import OpenView, PublishView, UpdateView
from bot.playground.context import Context
from bot.playground.model import JsonObject, SlackError, View
from bot.playground.payloads import view_object


def open_view(context: Context, args: OpenView) -> JsonObject:
    """views.open: show a modal to whoever's trigger this is."""
    trigger = context.workspace.use_trigger(args.trigger_id)
    view = content.open_view(context.workspace, trigger.user, args.view)
    context.workspace.set_modals(trigger.user, (view,))
    return _answer(view)


def push(context: Context, args: OpenView) -> JsonObject:
    """views.push: put a modal on top of the one the trigger came from."""
    trigger = context.workspace.use_trigger(args.trigger_id)
    if trigger.view_id not in [view.id for view in context.workspace.modals.get(trigger.user, ())]:
        raise SlackError("invalid_trigger_id", ["[ERROR] the trigger does not come from an open modal"])
    return _answer(content.push_view(context.workspace, trigger.user, args.view))


def update(context: Context, args: UpdateView) -> JsonObject:
    """views.update: give an open modal other content, if it is still the one the app knows (`hash`)."""
    if (args.view_id is None) == (args.external_id is None):
        raise SlackError("invalid_arguments", ["[ERROR] Provide either `view_id` or `external_id`"])
    stacks = context.workspace.modals.values()
    found = (view for stack in stacks for view in stack if _is_meant(view, args))
    view = next(found, None)
    if view is None:
        raise SlackError("not_found")
    _check_hash(view, args.hash)
    return _answer(content.update_view(context.workspace, view, args.view))


def publish(context: Context, args: PublishView) -> JsonObject:
    """views.publish: show a Home tab."""
    member = context.workspace.members.get(args.user_id)
    if member is None or member.is_bot:
        raise SlackError("user_not_found")
    if not context.manifest.home_tab_enabled:
        raise SlackError("not_enabled")
    before = context.workspace.homes.get(args.user_id)
    if before is not None:
        _check_hash(before, args.hash)
    return _answer(content.publish_home(context.workspace, args.user_id, args.view))


def _is_meant(view: View, args: UpdateView) -> bool:
    if args.view_id is not None:
        return view.id == args.view_id
    return view.payload.get("external_id") == args.external_id


def _check_hash(view: View, known: str | None) -> None:
    if known is not None and known != view.hash:
        raise SlackError("hash_conflict")


def _answer(view: View) -> JsonObject:
    return {"ok": True, "view": view_object(view)}
