"""`iraq-desk manifest`: what Slack must know of the app."""

import re
from typing import Final

import click
import yaml

from bot.manifest import manifest, reasons, request_url

_WIDTH: Final = 100
_ITEM: Final = re.compile(r" *- (\S+)")


@click.command("manifest")
@click.option("--http", metavar="URL", help="Where Slack sends requests (https://...); by default over Socket Mode.")
@click.option("--without-agent", is_flag=True, help="For a workspace without a paid plan: no prompts, no status.")
def command(http: str | None, *, without_agent: bool) -> None:
    """Print the app manifest to paste at api.slack.com/apps, with the reason for each scope."""
    shown = manifest(http=None if http is None else request_url(http), agent=not without_agent)
    click.echo(_explained(yaml.safe_dump(shown, sort_keys=False, allow_unicode=True, width=_WIDTH)), nl=False)


def _explained(text: str) -> str:
    """The scopes with their reasons, as comments, which are YAML's and no part of what it says."""
    why, lines = reasons(), []
    for line in text.splitlines():
        found = _ITEM.fullmatch(line)
        reason = None if found is None else why.pop(found[1], None)  # once: the optional ones are listed twice
        lines.append(line if reason is None else f"{line:<28}# {reason}")
    return "\n".join([*lines, ""])
