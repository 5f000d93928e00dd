"""The doors of Bolt: one listener per payload kind, each matching everything, with a table of handlers behind it.

Bolt asks every listener in turn whether a request is its own (about 20 microseconds each), and a request that none
takes is not acknowledged over a socket. Seven listeners that match all of their kind settle both.
"""

import re
from functools import partial
from typing import Final

from slack_bolt.async_app import AsyncApp

from bot.listeners import commands, errors, events, tables, unused
from bot.services import Services

ANY: Final = re.compile("")


def register(app: AsyncApp, services: Services) -> None:
    """Bind every listener; `services` is keyword-only, so Bolt injects the rest by name."""
    app.command(ANY)(partial(commands.on_command, services=services))
    app.event(ANY)(partial(events.on_event, services=services))
    app.action(ANY)(partial(tables.on_action, services=services))
    app.view(ANY)(partial(tables.on_submission, services=services))
    app.view_closed(ANY)(unused.acknowledge)
    app.shortcut(ANY)(partial(tables.on_shortcut, services=services))
    app.options(ANY)(partial(tables.on_options, services=services))
    app.error(partial(errors.on_error, services=services))
