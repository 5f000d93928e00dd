"""What handlers of submitted modals have in common."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

from bot.services import Services

# From the `view_submission` payload to what the acknowledgement says: a response_action, or nothing to close the modal.
Submission: TypeAlias = Callable[[dict[str, Any], Services], Awaitable[dict[str, Any]]]
