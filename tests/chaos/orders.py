"""What a worker of the suite is told, and the clocks that the suite turns for all workers at once."""

import datetime as dt
import mmap
import os
import struct
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from jobs.timing import Timing

# Scaled down about forty times, but for calls, which Python and two shared cores cannot make much shorter.
TIMING: Final = Timing(
    tick=0.25,
    call=0.8,
    margin=0.2,
    lease=1.5,
    quarantine=1.0,
    look_back=60,
    sweeps=(1.0, 3.0),
    rate=60,
    slowest=6,
    channel_gap=0.02,
    retry=0.2,
    longest_retry=2,
)
_TWO: Final = struct.Struct("dd")


class Clocks:
    """How far the clock of due times, and the database's, are ahead of the machine's: two numbers in a shared file."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(_TWO.pack(0, 0))
        with path.open("r+b") as file:
            self._shared = mmap.mmap(file.fileno(), _TWO.size)

    def set(self, *, calendar: float, database: float = 0) -> None:
        """Turn both."""
        self._shared[:] = _TWO.pack(calendar, database)

    def now(self) -> dt.datetime:
        """The time by the clock of due times."""
        return dt.datetime.fromtimestamp(time.time() + _TWO.unpack(self._shared[:])[0], dt.UTC)

    @property
    def calendar(self) -> float:
        """Seconds by which the clock of due times is ahead."""
        return float(_TWO.unpack(self._shared[:])[0])

    @property
    def database(self) -> float:
        """Seconds by which the database's clock is ahead."""
        return float(_TWO.unpack(self._shared[:])[1])


@dataclass(frozen=True, slots=True)
class Strike:
    """Where a worker is killed or frozen: at a point such as ``before post``, for a part of one channel's digest."""

    point: str
    part: int
    signal: int

    def __str__(self) -> str:
        return f"{self.point}, part {self.part}, {'kill' if self.signal == 9 else 'freeze'}"


@dataclass(frozen=True, slots=True)
class Orders:
    """Everything a worker is told. `folder` holds what it leaves behind; `strikes` are by channel."""

    database: str
    slack: str
    teams: tuple[str, ...]
    folder: str
    timing: Timing = TIMING
    parts: int = 3
    strikes: tuple[tuple[str, Strike], ...] = ()
    reads_back: bool = True
    steps_database_clock: bool = False
    watches_loop: bool = False
    pages: int | None = None  # of a SQLite file, so that a disk is full

    @property
    def clocks(self) -> Clocks:
        """The shared clocks."""
        return Clocks(Path(self.folder) / "clocks")


def leave(folder: str, name: str, text: str = "") -> bool:
    """Leave a file, once: False when it is there already. It is on disk when this returns."""
    try:
        handle = os.open(Path(folder) / name, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
    except FileExistsError:
        return False
    os.write(handle, text.encode())
    os.close(handle)
    return True
