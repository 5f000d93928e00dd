import errno
import os
from collections.abc import Callable, Generator
from pathlib import Path, PosixPath
from typing import Self

import pytest

from knowledge import survey as module
from knowledge.survey import survey


def told(root: Path) -> list[str]:
    """What a survey says, as it is shown."""
    return sorted(str(problem) for problem in survey(root).problems)


def test_the_order_of_reading(folder: Path) -> None:
    """First the single files, then the folders, each by name."""
    (folder / "sources" / "a.md").write_text("")
    assert list(survey(folder).files)[5:] == [
        "timeline.yaml",
        "issues/energy.yaml",
        "sources/a.md",
        "sources/north-2020.md",
        "sources/south-2021.md",
        "compiled/both.md",
        "wordings/energy.yaml",
    ]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("notes.txt", "is not a part of a corpus; move it elsewhere"),
        ("issues.yaml", "is not a part of a corpus; move it elsewhere"),
        ("sources/draft.txt", "is not a file of this folder (*.md); move it elsewhere"),
        ("issues/iran.md", "is not a file of this folder (*.yaml); move it elsewhere"),
        ("sources/\x1b[31mred\n.md~", "is not a file of this folder (*.md); move it elsewhere"),
        (os.fsdecode(b"caf\xe9.txt"), "is not a part of a corpus; move it elsewhere"),
    ],
)
def test_strangers(folder: Path, name: str, says: str) -> None:
    """A file that no corpus has is told in one line, whatever its name, and not read."""
    (folder / name).write_text("x")
    (line,) = told(folder)
    assert line.isprintable()
    assert line.endswith(f":1: -: {says}")
    assert name not in survey(folder).files


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _folder(path: Path) -> None:
    path.mkdir()


def _loop(path: Path) -> None:
    path.symlink_to(path)


@pytest.mark.parametrize("make", [_pipe, _folder, _loop])
@pytest.mark.parametrize("name", ["topics.yaml", "sources/x.md"])
def test_no_regular_file(folder: Path, name: str, make: Callable[[Path], None]) -> None:
    """A pipe, a folder or a link to itself in the place of a file is told and not opened."""
    (folder / name).unlink(missing_ok=True)
    make(folder / name)
    assert told(folder) == [f"{name}:1: -: is not a regular file; put one here"]


def test_a_folder_that_leads_elsewhere(folder: Path, tmp_path: Path) -> None:
    """A link in the place of a folder is not followed, and a file there is no folder."""
    (folder / "sources").rename(tmp_path / "elsewhere")
    (folder / "sources").symlink_to(tmp_path / "elsewhere")
    (folder / "compiled" / "both.md").rename(folder / "both.md")
    (folder / "compiled").rmdir()
    (folder / "both.md").rename(folder / "compiled")
    assert told(folder) == [
        "compiled:1: -: is not a folder; move it elsewhere",
        "sources:1: -: is not a folder; move it elsewhere",
    ]
    assert not [name for name in survey(folder).files if name.startswith(("sources", "compiled"))]


def test_too_many_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with more files than a corpus can have gives one problem, not one for each."""
    monkeypatch.setattr(module, "MAX_FILES", 20)
    for number in range(20):
        (folder / "sources" / f"{number}.txt").touch()
    assert told(folder) == ["sources/:1: -: holds more than 20 files; this is no corpus"]


class _Locked(PosixPath):
    """A folder of which the system lists nothing."""

    def iterdir(self) -> Generator[Self, None, None]:
        """Refuse, in every folder that is called sources."""
        if self.name == "sources":
            raise PermissionError(errno.EACCES, "Permission denied")
        return super().iterdir()


def test_a_folder_that_cannot_be_read(folder: Path) -> None:
    """It is a problem like any other."""
    assert told(_Locked(folder)) == ["sources/:1: -: cannot be read: Permission denied"]
