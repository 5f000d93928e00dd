"""What can be wrong with the set-up or with a request.

::

    DeskError
    +-- SettingsError    a setting is missing or has no meaning
    +-- DatabaseError    the database cannot be opened
    +-- SlackError       Slack does not take the tokens, or cannot be reached
    +-- ModalError       a modal did not open
    +-- OverloadError    a delivery could not even be declined; Slack should deliver it again
    LedgerError          (jobs.ports)
    +-- WorkspaceLeftError    the app was removed from its workspace, and nothing is written any more

Each writes one line that says what happened, where, and what to do.
"""

from jobs.ports import LedgerError


class DeskError(Exception):
    """The base of all errors of the bot that a person can do something about."""


class SettingsError(DeskError):
    """A setting is missing, unknown or has no meaning."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name}: {problem}")


class DatabaseError(DeskError):
    """The database cannot be opened, or its tables cannot be brought up to date."""

    def __init__(self, url: str, problem: str) -> None:
        super().__init__(f"the database {url} cannot be used: {problem} (see IRAQ_DESK_DATABASE_URL)")


class SlackError(DeskError):
    """Slack does not take a token, or does not answer."""

    def __init__(self, url: str, problem: str) -> None:
        super().__init__(f"{url}: {problem}")


class ModalError(DeskError):
    """A modal did not open: its trigger had expired, or Slack refused it or did not answer."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"a modal did not open: {problem}")


class OverloadError(DeskError):
    """The queue and the lane for busy notices are both full."""

    def __init__(self, size: int) -> None:
        super().__init__(f"all {size} places of the queue are taken, and so is the lane for busy notices")


class WorkspaceLeftError(LedgerError):
    """The app was removed from the workspace that this process has the token of."""

    def __init__(self, team: str) -> None:
        super().__init__(f"the app was removed from {team}: nothing of it is read or written any more")
