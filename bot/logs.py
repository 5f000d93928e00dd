"""Logging to standard error, with whatever looks like a secret taken out."""

import logging
import re
from typing import Final

# Slack's tokens, response URLs (whoever has one can post) and Socket Mode tickets.
_SECRETS: Final = re.compile(
    r"xox[a-z]-[\w-]+|xapp-[\w-]+|https?://\S+/(?:commands|actions|response|workflows)/\S+|wss?://\S+|Bearer \S+"
)
# The libraries' INFO is noise for an operator, and their DEBUG carries whole payloads, questions included. They set
# the levels of their loggers themselves, so what they say is filtered where it comes out.
_LIBRARIES: Final = {
    "slack_bolt": logging.ERROR,
    "slack_sdk": logging.WARNING,
    "aiohttp": logging.WARNING,
    "apscheduler": logging.WARNING,
    "alembic": logging.WARNING,
    "sqlalchemy": logging.WARNING,
    "aiosqlite": logging.WARNING,
}


class Redacting(logging.Formatter):
    """Formats a record and its traceback, then blanks secrets."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without secrets."""
        return redact(super().format(record))


def redact(text: str) -> str:
    """The text with every secret replaced."""
    return _SECRETS.sub("[secret]", text)


def worth_saying(record: logging.LogRecord) -> bool:
    """Whether an operator should read this: everything of ours, and what is serious of the libraries'."""
    return record.levelno >= _LIBRARIES.get(record.name.partition(".")[0], logging.NOTSET)


def configure(level: str) -> None:
    """Set up the root logger once, from the command line."""
    handler = logging.StreamHandler()
    handler.setFormatter(Redacting("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.addFilter(worth_saying)
    logging.basicConfig(level=level, handlers=[handler], force=True)
