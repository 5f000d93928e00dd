"""The Chromium of the browser tests and of the pictures."""

import os
import shutil
from typing import Final

# As root in a container, and with nothing that asks the network at its start.
ARGUMENTS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium() -> str | None:
    """The path of the browser: IRAQ_DESK_TEST_CHROMIUM, or `chromium` on the PATH."""
    return os.environ.get("IRAQ_DESK_TEST_CHROMIUM") or shutil.which("chromium")
