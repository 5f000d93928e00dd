"""Which files a corpus has: what is missing, and what is not opened at all."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from itertools import islice
from pathlib import Path

from knowledge.errors import Problem

FILES = ("corpus.yaml", "topics.yaml", "thesaurus.yaml", "stopwords.txt", "actors.yaml", "timeline.yaml")
FOLDERS = {"issues": ".yaml", "sources": ".md", "compiled": ".md", "wordings": ".yaml"}
MAX_FILES = 5_000  # in a folder; ten times what a curator could want


@dataclass(slots=True)
class Survey:
    """The files to read, by the names that problems call them, in the order of reading; and what is wrong so far."""

    files: dict[str, Traversable] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, name: str, text: str) -> None:
        """Note what is wrong with a file as a whole."""
        self.problems.append(Problem(name, 1, "-", text))


def survey(root: Traversable) -> Survey:
    """Look at a corpus folder without opening a file. Links, pipes, devices and strangers are told, never opened."""
    found = Survey()
    items = _items(root, "", found)
    for name in FILES:
        if name not in items:
            found.refuse(name, "is missing")
        else:
            _add(items[name], name, found)
    for folder, suffix in FOLDERS.items():
        if folder not in items:
            continue
        if not _is_folder(items[folder]):
            found.refuse(folder, "is not a folder; move it elsewhere")
            continue
        for name, item in _items(items[folder], f"{folder}/", found).items():
            if not name.endswith(suffix):
                found.refuse(name, f"is not a file of this folder (*{suffix}); move it elsewhere")
            else:
                _add(item, name, found)
    for name in items.keys() - {*FILES, *FOLDERS}:
        found.refuse(name, "is not a part of a corpus; move it elsewhere")
    return found


def _items(folder: Traversable, prefix: str, found: Survey) -> dict[str, Traversable]:
    """What is in a folder, by name; of one with too many, or that cannot be read, nothing."""
    try:
        items = {f"{prefix}{item.name}": item for item in islice(_listed(folder), MAX_FILES + 1)}
    except OSError as error:
        found.refuse(prefix or ".", f"cannot be read: {error.strerror}")
        return {}
    if len(items) > MAX_FILES:
        found.refuse(prefix or ".", f"holds more than {MAX_FILES:,} files; this is no corpus")
        return {}
    return dict(sorted(items.items()))


def _listed(folder: Traversable) -> Iterator[Traversable]:
    return folder.iterdir() if folder.is_dir() else iter(())


def _add(item: Traversable, name: str, found: Survey) -> None:
    """Regular files are read; opening a pipe could wait for ever. That one is a link is told when it is read."""
    if item.is_file():
        found.files[name] = item
    else:
        found.refuse(name, "is not a regular file; put one here")


def _is_folder(item: Traversable) -> bool:
    """Whether it is a folder of the corpus itself: a link could lead out of it."""
    return item.is_dir() and not (isinstance(item, Path) and item.is_symlink())
