from pathlib import Path

import pytest

from knowledge.errors import CorpusError
from knowledge.reading import MAX_BYTES, MAX_LINE, read_text


@pytest.mark.parametrize(
    ("data", "line", "says"),
    [
        (b"one\ntwo \xff\n", 2, "not UTF-8 (byte 0xff)"),
        (b"one\n\n\x00", 3, "U+0000"),
        (b"\xef\xbb\xbfone", 1, "U+FEFF"),
        ("one\ntwo \u202e eno".encode(), 2, "U+202E"),
        ("one \u2028 two".encode(), 1, "U+2028"),
        (b"a\rb", 1, "U+000D"),
        (b"x" * (MAX_LINE + 1), 1, "in one line"),
        (b"x\n" * (MAX_BYTES // 2) + b"x", 1, "larger than"),
    ],
)
def test_refusals(tmp_path: Path, data: bytes, line: int, says: str) -> None:
    """What no editor would show as it is, and what is too large, is refused with its place."""
    file = tmp_path / "a.md"
    file.write_bytes(data)
    with pytest.raises(CorpusError) as caught:
        read_text(file, "sources/a.md")
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == ("sources/a.md", line)
    assert says in problem.text


def test_text_is_read(tmp_path: Path) -> None:
    """UTF-8 of any script is read, tabs stay, and Windows line ends become Unix ones."""
    file = tmp_path / "a.md"
    file.write_bytes("الحشد\t'é'\r\nend\n".encode())
    assert read_text(file, "a.md") == "الحشد\t'é'\nend\n"


def test_a_link_is_refused(tmp_path: Path) -> None:
    """A symbolic link could lead out of the corpus."""
    (tmp_path / "target.md").write_text("x")
    (tmp_path / "link.md").symlink_to(tmp_path / "target.md")
    with pytest.raises(CorpusError, match="symbolic link"):
        read_text(tmp_path / "link.md", "link.md")
