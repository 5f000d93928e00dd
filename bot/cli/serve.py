"""`iraq-desk serve`: the bot in a Slack workspace."""

import asyncio
import re
from typing import Final

import click

from bot import logs, serving, settings

_ADDRESS: Final = re.compile(r"(?:\[(?P<six>[^\]]+)\]|(?P<host>[^:\[\]]+)):(?P<port>\d{1,5})")
_PORTS: Final = 65_535


class Address(click.ParamType[tuple[str, int]]):
    """``HOST:PORT``, an IPv6 host in brackets."""

    name = "host:port"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, int]:
        """Host and port."""
        found = _ADDRESS.fullmatch(value)
        if found is None or int(found["port"]) > _PORTS:
            self.fail(f"{value!r} is no address; write one like 127.0.0.1:3000", param, ctx)
        return found["six"] or found["host"], int(found["port"])


@click.command("serve")
@click.option("--http", type=Address(), metavar="HOST:PORT", help="Take Slack's requests over HTTP at this address.")
def command(http: tuple[str, int] | None) -> None:
    """Connect to a Slack workspace over Socket Mode and answer; or, with --http, answer its requests."""
    configured = settings.load()
    logs.configure(configured.log_level)
    asyncio.run(serving.serve(configured) if http is None else serving.serve_http(configured, *http))
