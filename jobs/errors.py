"""What can be wrong with what the calendar is asked for.

::

    JobsError
    +-- ScheduleError    a time, day, zone or period that does not exist (a ValueError too)

Each writes one plain sentence that can be shown to whoever asked.
"""


class JobsError(Exception):
    """The base of all errors of the calendar."""


class ScheduleError(JobsError, ValueError):
    """A schedule or a period that means nothing. The sentence names what was given and what would do."""
