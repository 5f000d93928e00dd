"""What handlers of submitted modals have in common."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

from bot.listeners.forms import Form
from bot.services import Services
from bot.views import notices
from bot.views.trouble import not_done_modal

# From what was submitted to what the acknowledgement says: a response_action, or nothing to close the modal.
Submission: TypeAlias = Callable[[Form, Services], Awaitable[dict[str, Any]]]


def stale() -> dict[str, Any]:
    """For a form of an older version: a modal over it says so, and what was entered is not lost."""
    return {"response_action": "push", "view": not_done_modal(notices.stale_form())}
