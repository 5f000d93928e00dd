"""A curated file's bytes -> its text, or the reason why it is refused. Nothing here looks at what the text says."""

import re
from importlib.resources.abc import Traversable
from pathlib import Path

from knowledge.errors import CorpusError, Problem

MAX_BYTES = 4_000_000  # a file; ten times the largest that a curator could want
MAX_LINE = 100_000  # characters; a longer line is no prose

# Control characters, line separators that editors do not show, and the marks that reorder what a reviewer sees
# (Boucher and Anderson, "Trojan Source", 2021). Tabs and line feeds stay.
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")


def read_text(file: Traversable, name: str) -> str:
    """The text of a file, with Unix line ends. `name` is how problems call it.

    Raises:
        CorpusError: too large, not UTF-8, a hidden character or an overlong line; the first of these.
    """
    if isinstance(file, Path) and file.is_symlink():
        raise refusal(name, 1, "is a symbolic link; put the file itself here")
    with file.open("rb") as stream:
        data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise refusal(name, 1, f"is larger than {MAX_BYTES:,} bytes; split it")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise refusal(name, line, f"is not UTF-8 (byte 0x{data[error.start]:02x}); save it as UTF-8") from error
    text = text.replace("\r\n", "\n")
    if hidden := HIDDEN.search(text):
        line = text.count("\n", 0, hidden.start()) + 1
        raise refusal(name, line, f"has the hidden character U+{ord(hidden[0]):04X}; delete it")
    for line, content in enumerate(text.split("\n"), 1):
        if len(content) > MAX_LINE:
            raise refusal(name, line, f"has more than {MAX_LINE:,} characters in one line; break it")
    return text


def refusal(file: str, line: int, text: str, id_: str = "-") -> CorpusError:
    """An error with one problem."""
    return CorpusError([Problem(file, line, id_, text)])
