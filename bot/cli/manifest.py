"""`iraq-desk manifest`: what Slack must know of the app."""

import click
import yaml

from bot.manifest import manifest


@click.command("manifest")
def command() -> None:
    """Print the app manifest to paste at api.slack.com/apps."""
    click.echo(yaml.safe_dump(manifest(), sort_keys=False, allow_unicode=True, width=100), nl=False)
