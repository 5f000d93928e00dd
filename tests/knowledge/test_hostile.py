"""Files that mean harm: each is refused with its place, and all of them together in bounded time and memory."""

import os
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from knowledge.review import review
from tests.conftest import ROOT
from tests.knowledge.corpora import NORTH

FRONT = "---\nid: north-2020\ntitle: {title}\n---\n"
PROSE = "# Energy\n\n## Gas {{#gas}}\n```yaml\nas_of: 2020\n{facts}\n```\n\n{text}\n"


def _aliases() -> str:
    """Nine times the one before, twenty times over."""
    names = [chr(97 + number) for number in range(20)]
    rows = (f"{name}: &{name} [{', '.join(['*' + before] * 9)}]\n" for before, name in pairwise(names))
    return "a: &a [lol]\n" + "".join(rows)


def _merges() -> str:
    """Twice the keys of the one before, thirty times over."""
    return "a: &a {x: y}\n" + "".join(
        f"b{n}: &b{n} {{<<: [*{'a' if n == 0 else f'b{n - 1}'}, *a]}}\n" for n in range(30)
    )


DOCUMENTS: dict[str, tuple[str | bytes, str]] = {
    "aliases": (_aliases(), "1: -: has the anchor &a"),
    "merges": (_merges(), "1: -: has the anchor &a"),
    "a merge without an anchor": ("a: {x: y}\nb:\n  <<: {x: z}\n", "3: -: has a merge key (<<)"),
    "an alias of nothing": ("- *b\n", "1: -: has the alias *b"),
    "a tag": ("- !!python/object/apply:os.system ['true']\n", "1: -: has the tag"),
    "lists in lists": ("[" * 90_000, "1: -: is nested more than 20 deep"),
    "mappings in mappings": ("{a: " * 20_000, "1: -: is nested more than 20 deep"),
    "lists in lists, in blocks": ("- " * 45_000, "1: -: is nested more than 20 deep"),
    "keys in keys": ("? " * 45_000, "1: -: has a key that is not text"),
    "a line of ten megabytes": ("x" * 10_000_000, "1: -: is larger than 4,000,000 bytes"),
    "a line of a hundred thousand": ("- a\n- " + "x" * 100_001, "2: -: has more than 100,000 characters in one line"),
    "a million values": ("- \n" * 1_000_000, "100000: -: has more than 100,000 values"),
    "two documents": ("- a\n---\n- b\n", "2: -: has a second document"),
    "UTF-16": ("- a\n".encode("utf-16"), "1: -: is not UTF-8 (byte 0xff)"),
    "Windows-1252": ("- a\n- “b”\n".encode("cp1252"), "2: -: is not UTF-8 (byte 0x93)"),
    "Shift JIS": ("- 日本\n".encode("shift_jis"), "1: -: is not UTF-8 (byte 0x93)"),
    "a surrogate": (b"- \xed\xa0\x80\n", "1: -: is not UTF-8 (byte 0xed)"),
    "a byte order mark": (b"\xef\xbb\xbf- a\n", "1: -: has the hidden character U+FEFF"),
    "a turned direction": ("- a\u202eb\n", "1: -: has the hidden character U+202E"),
    "a zero": ("- a\x00\n", "1: -: has the hidden character U+0000"),
    "an escape for the terminal": ('- "\\e[31m"\n', "1: -: has the hidden character U+001B behind an escape"),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents(folder: Path, name: str) -> None:
    """In the place of a list of entries each is told once, with its line."""
    content, says = DOCUMENTS[name]
    data = content if isinstance(content, bytes) else content.encode()
    (folder / "timeline.yaml").write_bytes(data)
    (problem,) = review(folder).problems
    assert str(problem).startswith(f"timeline.yaml:{says}")


@pytest.mark.parametrize(
    ("front", "block", "says"),
    [
        ("&a x", "", "3: -: has the anchor &a"),
        ("[" * 90_000, "", "3: -: is nested more than 20 deep"),
        ("x", "asks: &a [x]", "10: -: has the anchor &a"),
        ("x", f"asks: {'[' * 90_000}", "10: -: is nested more than 20 deep"),
        ("x", "<<: {asks: [x]}", "10: -: has a merge key (<<)"),
    ],
)
def test_the_yaml_of_a_page(folder: Path, front: str, block: str, says: str) -> None:
    """Front matter and the blocks of passages are as strict, and lines are counted in the file."""
    (folder / NORTH).write_text(FRONT.format(title=front) + PROSE.format(facts=block, text="word " * 40))
    assert any(str(problem).startswith(f"{NORTH}:{says}") for problem in review(folder).problems)


LONG = 90_000
PAGES = {  # what makes patterns look again and again
    "blanks of a heading": f"# {' ' * LONG}\n" * 20,
    "openings of a slug": f"## Gas {'{#' * (LONG // 2)}\n" * 20,
    "slugs without an end": f"## Gas{' {#a-' * (LONG // 5)}\n" * 20,
    "full stops": PROSE.format(facts="", text=f"{'.' * LONG} {'word ' * 40}"),
    "abbreviations": PROSE.format(facts="", text="a. " * (LONG // 3)),
    "dotted letters": PROSE.format(facts="", text="a." * (LONG // 2) + "ab"),
    "grouped digits": PROSE.format(facts="", text="1,111" * (LONG // 5)),
    "apostrophes": PROSE.format(facts="", text="a'" * (LONG // 2)),
    "blanks of a list": PROSE.format(facts="", text=f"{' ' * LONG}1" * 2),
    "fences": "```\n" * 20_000,
    "headings": "## x\n" * 20_000,
    "empty lines": "\n \n" * 20_000,
}


def _hostile_corpus(folder: Path) -> None:
    """Everything above in one folder."""
    for number, (content, _) in enumerate(DOCUMENTS.values()):
        data = content if isinstance(content, bytes) else content.encode()
        (folder / "issues" / f"bad-{number}.yaml").write_bytes(data)
    for number, text in enumerate(PAGES.values()):
        (folder / "sources" / f"bad-{number}.md").write_text(FRONT.format(title="x") + text)
    (folder / "topics.yaml").unlink()
    os.mkfifo(folder / "topics.yaml")
    (folder / "stopwords.txt").unlink()
    (folder / "stopwords.txt").symlink_to("/dev/zero")
    (folder / "sources" / "link.md").symlink_to(folder / "sources" / "north-2020.md")


def _limited() -> Callable[[], None]:
    """What makes a process end that takes more than a minute of a core or a gibibyte of memory."""
    resource = pytest.importorskip("resource")

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
        resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))

    return limit


def test_all_at_once_in_bounded_time_and_memory(folder: Path) -> None:
    """One process with limits reads them all, tells of each file, and ends with status 1."""
    _hostile_corpus(folder)
    done = subprocess.run(
        [sys.executable, "-c", "from bot.cli import main; main()", "check"],
        env={"PATH": os.defpath, "PYTHONPATH": str(ROOT), "IRAQ_DESK_CORPUS": str(folder), "OPENBLAS_NUM_THREADS": "1"},
        preexec_fn=_limited(),
        capture_output=True,
        text=True,
        check=False,
    )
    told = {line.split(":")[0] for line in done.stdout.splitlines()}
    assert done.returncode == 1, done.stderr[-2000:]
    assert done.stderr.count("\n") == 1
    bad = {f"issues/bad-{number}.yaml" for number in range(len(DOCUMENTS))}
    bad |= {f"sources/bad-{number}.md" for number in range(len(PAGES))}
    assert bad | {"topics.yaml", "stopwords.txt", "sources/link.md"} <= told
