"""The databases of the suite: a file of SQLite, and a PostgreSQL server of its own on a free port."""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_BINARIES: Final = Path("/usr/lib/postgresql")
_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - a disk that syncs at once, where there is one


@contextmanager
def folder() -> Iterator[Path]:
    """A folder in memory if there is such a disk, else on disk; anybody may look into it."""
    with tempfile.TemporaryDirectory(prefix="desk-chaos-", dir=_MEMORY if _MEMORY.is_dir() else None) as made:
        Path(made).chmod(0o755)
        yield Path(made)


@contextmanager
def small_disk(size: int) -> Iterator[Path | None]:
    """A disk of so many bytes; None where this process may not mount one."""
    with folder() as place:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
        if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode != 0:  # noqa: S603
            yield None
            return
        try:
            yield place
        finally:
            subprocess.run(["umount", "--lazy", str(place)], check=True)  # noqa: S603, S607


class Postgres:
    """A server in a folder: `url(name)` is a fresh database, `restart` kills and starts it."""

    def __init__(self, place: Path) -> None:
        self._data = place / "data"
        self._place = place
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]

    def start(self) -> None:
        """Make the cluster if need be, and wait until it takes connections."""
        if not self._data.exists():
            if os.geteuid() == 0:
                shutil.chown(self._place, "postgres")
            self._run("initdb", "-D", str(self._data), "-U", "desk", "-A", "trust", "-E", "UTF8")
        options = f"-p {self._port} -k {self._place} -c listen_addresses=127.0.0.1 -c max_connections=200"
        self._run("pg_ctl", "-D", str(self._data), "-l", str(self._place / "log"), "-w", "-o", options, "start")

    def stop(self) -> None:
        """As a power cut would: no shutdown checkpoint, and every session is gone."""
        self._run("pg_ctl", "-D", str(self._data), "-m", "immediate", "-w", "stop")

    def url(self, name: str) -> str:
        """The address of a new database."""
        self.execute(f"CREATE DATABASE {name}", "postgres")
        return f"postgresql://desk@127.0.0.1:{self._port}/{name}"

    def execute(self, statement: str, database: str) -> None:
        """Run SQL as the owner of everything."""
        where = ("-h", "127.0.0.1", "-p", str(self._port), "-U", "desk", "-d", database)
        self._run("psql", "-q", "-v", "ON_ERROR_STOP=1", *where, "-c", statement)

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(_newest() / program), *arguments]
        if os.geteuid() == 0:  # the server refuses to run as root
            command = ["runuser", "-u", "postgres", "--", *command]
        with (self._place / f"{program}.log").open("ab") as log:
            subprocess.run(command, cwd="/", stdout=log, stderr=log, stdin=subprocess.DEVNULL, check=True)  # noqa: S603


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A running server; it is stopped and forgotten at the end."""
    with folder() as place:
        server = Postgres(place)
        server.start()
        try:
            yield server
        finally:
            with contextlib.suppress(subprocess.CalledProcessError):
                server.stop()


def has_postgres() -> bool:
    """Whether Debian's package is installed."""
    return _BINARIES.is_dir() and any(_BINARIES.glob("*/bin/initdb"))


def _newest() -> Path:
    key: Callable[[Path], float] = lambda path: float(path.parents[1].name)  # noqa: E731
    return max(_BINARIES.glob("*/bin/initdb"), key=key).parent
