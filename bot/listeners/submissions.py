"""What handlers of submitted modals have in common."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, TypeAlias

from bot.listeners.forms import Form
from bot.services import Services
from bot.views import notices
from bot.views.blocks import View
from bot.views.trouble import not_done_modal

SECONDS: Final = 2.5  # of the three that Slack waits for the acknowledgement

# From what was submitted to what the acknowledgement says: a response_action, or nothing to close the modal.
Submission: TypeAlias = Callable[[Form, Services], Awaitable[dict[str, Any]]]


def update(view: View) -> dict[str, Any]:
    """The modal that takes the place of the submitted one."""
    return {"response_action": "update", "view": view}


def push(view: View) -> dict[str, Any]:
    """The modal that is laid over the submitted one."""
    return {"response_action": "push", "view": view}


def errors(found: Mapping[str, str]) -> dict[str, Any]:
    """What is wrong, by the id of the input's block; the modal stays as it is."""
    return {"response_action": "errors", "errors": dict(found)}


def stale() -> dict[str, Any]:
    """For a form of an older version: a modal over it says so, and what was entered is not lost."""
    return push(not_done_modal(notices.stale_form()))
