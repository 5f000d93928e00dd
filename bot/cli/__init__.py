"""`iraq-desk`: one module a command, loaded when it is called, so that `ask` pays for nothing but asking.

Exit codes: 0: done, with or without an answer. 1: `check` found problems. 2: the set-up is broken, told in one line.
"""

import sys
from importlib import import_module
from typing import Any

import click

from bot.errors import DeskError
from knowledge.errors import KnowledgeError

BROKEN = 2

_MODULES = {
    "ask": "bot.cli.ask",
    "check": "bot.cli.check",
    "digest": "bot.cli.digest",
    "eval": "bot.cli.evaluate",
    "manifest": "bot.cli.manifest",
    "playground": "bot.cli.playground",
    "serve": "bot.cli.serve",
    "stats": "bot.cli.stats",
}


class Commands(click.Group):
    """The commands by name; each module has its own as `command`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in order."""
        return [*_MODULES, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command."""
        if cmd_name not in _MODULES:
            return super().get_command(ctx, cmd_name)
        command: click.Command = import_module(_MODULES[cmd_name]).command
        return command

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own type
        """Run, and turn what a person can mend into one line on standard error and exit status 2."""
        try:
            return super().invoke(ctx)
        except (DeskError, KnowledgeError) as error:
            click.echo(f"iraq-desk: {error}", err=True)
            sys.exit(BROKEN)


@click.group(cls=Commands)
@click.version_option(package_name="iraq-desk")
def main() -> None:
    """Dated, cited passages on U.S.-Iraq relations, in Slack or here."""
