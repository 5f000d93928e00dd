"""A BM25 index in a file: written whole, checked whole, and read by mapping it into memory.

::

    magic   what this is, with the version of the format and the order of bytes
    digest  SHA-256 of the header and of the body's sums
    length  of the header, 8 bytes
    header  JSON: the stamp of what the index was made from, its parameters, and where in the body each array stands
    body    the arrays, from a full page on: knowledge.bm25.Postings, the lengths of the documents, and the terms

The body's sums are those of each page's 64-bit words. They find what a disk or an interrupted copy does to a file, as
fast as it can be read; they are no defence against somebody who makes a file on purpose. Nothing in it is run, but its
numbers are followed: read only files of your own.

The terms stand sorted, so that one is found by halving; nothing is made of them when the index is opened.
"""

import hashlib
import json
import logging
import mmap
import os
import sys
import tempfile
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from typing import IO, Any, Final

import numpy as np
import numpy.typing as npt

from knowledge.bm25 import BM25
from knowledge.bm25_postings import Postings
from knowledge.errors import KnowledgeError

_MAGIC: Final = f"bm25 index 2 {sys.byteorder}\n".encode()
_DIGEST: Final = hashlib.sha256().digest_size
_START: Final = len(_MAGIC) + _DIGEST + 8  # of the header
_PAGE: Final = 4096
_NICE: Final = 19  # by how much another process that builds steps back
_log = logging.getLogger(__name__)


class IndexFileError(KnowledgeError):
    """A file is no index that can be used: says which, why, and what to do."""

    def __init__(self, file: Path, why: str) -> None:
        super().__init__(f"{file}: {why}; delete it, and the index is made anew")


class Terms(Mapping[str, int]):
    """The terms of an index in a file, and their numbers. What was asked for is remembered."""

    def __init__(
        self, text: npt.NDArray[np.uint8], ends: npt.NDArray[np.int64], numbers: npt.NDArray[np.int32]
    ) -> None:
        self._text, self._ends, self._numbers = text, ends, numbers
        self._known: dict[str, int] = {}

    def __getitem__(self, term: str) -> int:
        number = self._known.get(term)
        if number is None:
            sought = _encoded(term)
            at = bisect_left(range(len(self)), sought, key=self._at)
            if at == len(self) or self._at(at) != sought:
                raise KeyError(term)
            number = self._known[term] = int(self._numbers[at])
        return number

    def __iter__(self) -> Iterator[str]:
        return (self._at(at).decode("utf-8", "surrogatepass") for at in range(len(self)))

    def __len__(self) -> int:
        return len(self._numbers)

    def _at(self, place: int) -> bytes:
        return self._text[self._ends[place] : self._ends[place + 1]].tobytes()


def kept(file: Path, stamp: str, build: Callable[[], BM25]) -> BM25:
    """The index in a file if that is whole and of this stamp; otherwise it is built, kept there, and opened.

    A folder that cannot be written to only costs time.
    """
    with suppress(FileNotFoundError):
        try:
            return load(file, stamp)
        except (IndexFileError, OSError) as error:
            _log.warning("%s", error)
    index = build()
    try:
        save(index, file, stamp)
        return load(file, stamp)
    except OSError as error:
        _log.warning("%s: the index could not be kept: %s", file, error)
    return index


def renewed(file: Path, stamp: str, build: Callable[[], BM25]) -> BM25:
    """The index built anew by a process of its own, kept in the file, and opened.

    Threads that ask an index meanwhile wait neither for the interpreter's lock, which building holds most of its time,
    nor for a processor, since who asks goes first.
    `build` must be one that can be sent to a process: a function of a module, or a partial of one.
    """
    with ProcessPoolExecutor(1, get_context("spawn")) as other:
        other.submit(_built, file, stamp, build).result()
    return load(file, stamp)


def _built(file: Path, stamp: str, build: Callable[[], BM25]) -> None:
    if hasattr(os, "nice"):  # not on Windows
        os.nice(_NICE)
    save(build(), file, stamp)


def save(index: BM25, file: Path, stamp: str) -> None:
    """Write an index, at once: a reader finds the old file or the new one. `stamp` tells what it was made from."""
    words = sorted((_encoded(term), number) for term, number in index.terms.items())
    arrays: dict[str, npt.NDArray[Any]] = {
        **{name: array for name, array in index.postings._asdict().items() if name != "size"},
        "lengths": np.asarray(index.doc_len, np.int64),
        "text": np.frombuffer(b"".join(word for word, _ in words), np.uint8),
        "ends": np.cumsum([0, *(len(word) for word, _ in words)], dtype=np.int64),
        "numbers": np.array([number for _, number in words], np.int32),
    }
    with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as part:
        try:
            _write(part.file, {"stamp": stamp, "k1": index.k1, "b": index.b}, arrays)
            part.close()
            Path(part.name).replace(file)
        except BaseException:
            Path(part.name).unlink(missing_ok=True)
            raise


def load(file: Path, stamp: str) -> BM25:
    """Open an index. What a search reads comes into memory then, and is shared by all processes that have it open.

    Raises:
        IndexFileError: the file is no index, is damaged, or was made from something else than `stamp` tells.
        OSError: it cannot be read.
    """
    with file.open("rb") as opened:
        if not opened.read(len(_MAGIC)) == _MAGIC or os.fstat(opened.fileno()).st_size < _START:
            raise IndexFileError(file, "this is no BM25 index of this version and machine")
        raw = np.frombuffer(mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ), np.uint8)
    digest = raw[len(_MAGIC) : len(_MAGIC) + _DIGEST].tobytes()
    length = int.from_bytes(raw[_START - 8 : _START].tobytes(), "little")
    body = raw[_whole(_START + length) :]
    header = raw[_START : _START + length].tobytes()
    if len(body) % _PAGE or _digest(header, body) != digest:
        raise IndexFileError(file, "the index is truncated or damaged: its checksum is not that of its content")
    facts = json.loads(header)
    if facts["stamp"] != stamp:
        raise IndexFileError(file, f"this index was made from {facts['stamp']!r}, not from {stamp!r}")
    arrays = {
        name: body[start : start + size].view(np.dtype(kind)) for name, (kind, start, size) in facts["arrays"].items()
    }
    terms = Terms(arrays.pop("text"), arrays.pop("ends"), arrays.pop("numbers"))
    lengths = arrays.pop("lengths")
    postings = Postings(**arrays, size=len(lengths))
    return BM25.restored(terms, lengths, postings, k1=facts["k1"], b=facts["b"])


def _write(out: IO[bytes], facts: dict[str, Any], arrays: dict[str, npt.NDArray[Any]]) -> None:
    places, end = {}, 0
    for name, array in arrays.items():
        places[name] = (array.dtype.str, end, array.nbytes)
        end = _whole(end + array.nbytes, 64)
    header = json.dumps({**facts, "arrays": places}).encode()
    start = _whole(_START + len(header))
    out.truncate(start + _whole(end))
    for name, array in arrays.items():
        out.seek(start + places[name][1])
        out.write(array.data)
    out.flush()
    body = np.memmap(out, np.uint8, "r", offset=start)
    out.seek(0)
    out.write(_MAGIC + _digest(header, body) + len(header).to_bytes(8, "little") + header)
    out.flush()
    os.fsync(out.fileno())


def _digest(header: bytes, body: npt.NDArray[np.uint8]) -> bytes:
    sums = body.view(np.uint64).reshape(-1, _PAGE // 8).sum(axis=1)
    return hashlib.sha256(header + sums.tobytes()).digest()


def _whole(length: int, unit: int = _PAGE) -> int:
    """The next multiple."""
    return -(-length // unit) * unit


def _encoded(term: str) -> bytes:
    return term.encode("utf-8", "surrogatepass")
