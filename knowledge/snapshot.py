"""A library kept as it is in memory, so that the next start need not read, check and index the corpus again.

It is to a corpus folder what ``__pycache__`` is to a module: made on first use, stamped with what it was made from
(names, sizes and times of the corpus's and this package's files, and the versions of what pickles it), made again when
anything of that changed, and never needed: a folder that cannot be written only costs time.

A pickle can run code when it is read. So a snapshot is read only from a folder that belongs to this user alone to write
(as ``__pycache__`` must), and only whole: its SHA-256 stands before it.
"""

import gc
import hashlib
import os
import pickle
import sys
import tempfile
from contextlib import suppress
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

import numpy as np

from knowledge.library import Library

_MAGIC: Final = b"iraq-desk library 1\n"
_DIGEST: Final = hashlib.sha256().digest_size
_OTHERS_WRITE: Final = 0o022


def load(root: Path | None, folder: Path) -> Library:
    """The library of the corpus in `root` (None: the one that is shipped); `folder` keeps snapshots.

    Raises:
        CorpusError: the corpus has problems.
    """
    corpus: Traversable = root or files("knowledge") / "corpus"
    package = files("knowledge")
    if not (isinstance(corpus, Path) and isinstance(package, Path)):  # in a zip: nothing to compare with
        return Library.load(corpus)
    stamp = _stamp(corpus, package)
    file = folder / f"{hashlib.sha256(str(corpus.resolve()).encode()).hexdigest()[:16]}.library"
    kept = _read(file, stamp)
    if kept is None:
        kept = Library.load(corpus)
        _write(file, stamp, kept)
    return kept


def _stamp(*folders: Path) -> bytes:
    """A digest of what a snapshot depends on: any change of it, and the snapshot is another's."""
    found = hashlib.sha256(f"{sys.version} numpy {np.__version__}".encode())
    for folder in folders:
        for path, directories, names in os.walk(folder):
            directories[:] = sorted(name for name in directories if name != "__pycache__")
            for name in sorted(names):
                status = os.stat(f"{path}/{name}")  # noqa: PTH116 - of some 600 files: a Path each would take longer
                found.update(f"{path}/{name}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return found.digest()


def _read(file: Path, stamp: bytes) -> Library | None:
    try:
        if not _ours(file.parent) or not _ours(file):
            return None
        content = file.read_bytes()
    except OSError:
        return None
    head = _MAGIC + stamp
    digest, body = content[len(head) : len(head) + _DIGEST], memoryview(content)[len(head) + _DIGEST :]
    if not content.startswith(head) or hashlib.sha256(body).digest() != digest:
        return None
    collecting = gc.isenabled()
    gc.disable()  # of the many objects that now come, none is garbage
    try:
        found = pickle.loads(body)  # noqa: S301 - this user's own file, whole, see above
    finally:
        if collecting:
            gc.enable()
    return found if isinstance(found, Library) else None


def _ours(path: Path) -> bool:
    """Whether nobody but this user can have written it. Where there are no owners (Windows), the folder's place says so."""
    if not hasattr(os, "getuid"):
        return True
    status = path.stat()
    return status.st_uid == os.getuid() and not status.st_mode & _OTHERS_WRITE


def _write(file: Path, stamp: bytes, library: Library) -> None:
    body = pickle.dumps(library, pickle.HIGHEST_PROTOCOL)
    with suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as part:
            try:
                part.write(_MAGIC + stamp + hashlib.sha256(body).digest() + body)
                part.close()
                Path(part.name).replace(file)  # at once: a reader finds the old one or the new one
            except OSError:
                Path(part.name).unlink(missing_ok=True)
