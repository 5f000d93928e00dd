import errno
import os
import random
import shutil
from importlib.resources import as_file
from pathlib import Path, PosixPath
from typing import IO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge import curated, drafts
from knowledge.dates import PartialDate
from knowledge.errors import CorpusError, Problem
from knowledge.models import Basis
from tests.knowledge.conftest import TINY
from tests.knowledge.corpora import BOTH, NORTH, SOUTH, WORDINGS, append, edit, passage


def problems(folder: Path) -> list[str]:
    """Every problem of a corpus, as it is shown."""
    with pytest.raises(CorpusError) as caught:
        curated.load(folder)
    return [str(problem) for problem in caught.value.problems]


def test_the_tiny_corpus() -> None:
    """Every kind of entry is read, with the defaults of its file."""
    corpus = curated.load(TINY)
    assert corpus.date == PartialDate(2026, 1, 31)
    assert list(corpus.sources) == ["north-2020", "south-2021"]
    assert corpus.sources["south-2021"].published == PartialDate(2021, 3, 15)
    assert corpus.actors["pmf"].aliases == (
        "PMF",
        "PMU",
        "Popular Mobilization Units",
        "Hashd al-Shaabi",
        "الحشد الشعبي",
    )
    assert corpus.issues["energy-dependence"].recommendations[0].issue == "energy-dependence"
    assert corpus.events["dialogue-opens"].date == PartialDate(2020, 6, 11)
    assert "the" in corpus.stopwords
    passage = corpus.passages["north-2020/gas-from-iran"]
    assert passage.heading == ("Energy", "Gas from Iran")
    assert passage.basis is Basis.SUMMARY
    assert passage.sources == ("north-2020",)
    assert passage.text.startswith("Iraq buys natural gas and electricity from Iran, the North Institute wrote")
    assert "\n" not in passage.text
    compiled = corpus.passages["both/energy-compared"]
    assert (compiled.basis, compiled.sources) == (Basis.COMPILED, ("north-2020", "south-2021"))


def test_the_shipped_corpus() -> None:
    """The corpus in the package has no problem."""
    assert curated.load(curated.packaged()).passages


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        (
            "corpus.yaml",
            "2026-01-31",
            "2026-02-31",
            "corpus.yaml:1: -: date: '2026-02-31' is not a day of the calendar",
        ),
        ("corpus.yaml", "licence", "license", "corpus.yaml:1: -: licence: is missing"),
        ("corpus.yaml", "date:", "- date:", "corpus.yaml:2: -: is not YAML"),
        ("topics.yaml", "id: security", "id: energy", "topics.yaml:5: energy: the id is taken by topics.yaml:1"),
        ("topics.yaml", "keywords: [oil", "keywords: oil\n  #", "topics.yaml:4: energy: keywords: must be a list"),
        ("topics.yaml", "title: Energy", "title: ''", "topics.yaml:2: energy: title: is empty"),
        ("topics.yaml", "title: Energy", "colour: red", "topics.yaml:2: energy: colour: is not a known key"),
        ("topics.yaml", "- id: energy", "- id: En ergy", "topics.yaml:1: En ergy: id: 'En ergy' is not an id"),
        (
            "thesaurus.yaml",
            "[Muhandis, ",
            "[PMU, ",
            "thesaurus.yaml:6: Abu Mahdi al-Muhandis: 'PMU' is a name of 'Popular Mobilization Forces' as well",
        ),
        ("thesaurus.yaml", "[IS]", "[US]", "thesaurus.yaml:4: ISIS: 'US' is a name of 'United States' as well"),
        ("thesaurus.yaml", "[IS]", "['!']", "thesaurus.yaml:4: ISIS: '!' has no word that is searched"),
        ("stopwords.txt", "who", "Who", "stopwords.txt:20: -: 'Who' is not one lower-case word"),
        ("stopwords.txt", "who", "us", "stopwords.txt:20: -: 'us' is the country"),
        ("actors.yaml", "kind: state", "kind: country", "actors.yaml:3: iraq: kind: must be 'state', 'government'"),
        ("actors.yaml", "gas-from-iran", "gas", "actors.yaml:6: iraq: passages: 'north-2020/gas' is unknown"),
        (
            "actors.yaml",
            "as_of: 2025-06",
            "as_of: 2026-02",
            "actors.yaml:11: pmf: as_of: 2026-02 is after the corpus's own date, 2026-01-31",
        ),
        (
            "timeline.yaml",
            "2020-06-11",
            "11 June 2020",
            "timeline.yaml:2: dialogue-opens: date: '11 June 2020' is not a date",
        ),
        (
            "timeline.yaml",
            "[north-2020]",
            "[]",
            "timeline.yaml:5: dialogue-opens: sources: lists 0; at least 1 are needed",
        ),
        (
            "timeline.yaml",
            "[north-2020]",
            "[east-2022]",
            "timeline.yaml:5: dialogue-opens: sources: 'east-2022' is unknown",
        ),
        (
            "issues/energy.yaml",
            "status: open",
            "status: closed",
            "issues/energy.yaml:4: energy-dependence: status: must be 'open', 'eased' or 'settled'",
        ),
        (
            "issues/energy.yaml",
            "passages: [north-2020/gas-from-iran, both/energy-compared]",
            "passages: []",
            "issues/energy.yaml:8: energy-dependence: passages: ",
        ),
        (
            "issues/energy.yaml",
            "party: iraq",
            "party: iran",
            "issues/energy.yaml:10: energy-dependence: party: 'iran' is unknown",
        ),
        (
            "issues/energy.yaml",
            "addressees: [iraq]",
            "addressees: []",
            "issues/energy.yaml:17: energy-dependence: recommendations.0.addressees: lists 0",
        ),
        (
            "issues/energy.yaml",
            "sources: [south-2021]",
            "sources: []",
            "issues/energy.yaml:18: energy-dependence: recommendations.0.sources: lists 0; at least 1 are needed",
        ),
        (
            "issues/energy.yaml",
            "sources: [south-2021]",
            "sources: [south-2021, south-2021]",
            "issues/energy.yaml:18: energy-dependence: sources: 'south-2021' stands twice",
        ),
        (
            NORTH,
            "id: north-2020",
            "id: north-2021",
            f"{NORTH}:2: north-2021: id is 'north-2021', but the file is named 'north-2020'",
        ),
        (
            NORTH,
            "published: 2020-06\n",
            "",
            f"{NORTH}:2: north-2020: published: is missing; give it, or say in `note` that the date is unknown",
        ),
        (
            NORTH,
            "url: https",
            "url: ftp",
            f"{NORTH}:8: north-2020: url: 'ftp://north.example.org/view' is not a web address",
        ),
        (
            NORTH,
            "published: 2020-06",
            "published: 2027",
            f"{NORTH}:7: north-2020: published: 2027 is after the corpus's own date",
        ),
        (
            NORTH,
            "topics: [energy, security]",
            "topics: [energy, water]",
            f"{NORTH}:10: north-2020: topics: 'water' is unknown",
        ),
        (NORTH, "---\n\n", "--\n\n", f"{NORTH}:1: -: has no front matter"),
        (NORTH, "# Energy\n", "Energy\n", f"{NORTH}:13: -: has text outside a passage"),
        (NORTH, "# Energy\n", "\n", f"{NORTH}:15: north-2020/gas-from-iran: stands under no section"),
        (NORTH, "{#gas-from-iran}", "", f"{NORTH}:15: -: is not a title of the form"),
        (NORTH, "{#gas-from-iran}", "{#Gas}", f"{NORTH}:15: -: is not a title of the form"),
        (NORTH, "## Gas", "### Gas", f"{NORTH}:15: -: is not a title of the form"),
        (NORTH, "```yaml", "```", f"{NORTH}:15: north-2020/gas-from-iran: has no ```yaml block"),
        (NORTH, "topics: [energy]\nparties", "topics: []\nparties", f"{NORTH}:19: north-2020/gas-from-iran: topics: "),
        (NORTH, "locator: Page 1", "locator: &x Page 1", f"{NORTH}:18: -: has the anchor &x"),
        (NORTH, "  - dependence on a neighbour for fuel\n", "", f"{NORTH}:21: north-2020/gas-from-iran: asks: "),
        (
            NORTH,
            "why do the lights go out",
            "natural gas and electricity?",
            f"{NORTH}:22: north-2020/gas-from-iran: asks: 'natural gas and electricity?' only repeats",
        ),
        (
            NORTH,
            "why do the lights go out",
            "is it?",
            f"{NORTH}:22: north-2020/gas-from-iran: asks: 'is it?' has no word that is searched",
        ),
        (
            NORTH,
            "exemption from sanctions",
            "why do the lights go out",
            f"{NORTH}:40: north-2020/waiver: asks: 'why do the lights go out' is asked by north-2020/gas-from-iran as well",
        ),
        (
            WORDINGS,
            "candles again",
            "natural gas and electricity?",
            f"{WORDINGS}:5: north-2020/gas-from-iran: wordings: 'natural gas and electricity?' only repeats",
        ),
        (
            WORDINGS,
            "candles again",
            "exemption from sanctions",
            f"{WORDINGS}:5: north-2020/gas-from-iran: wordings: 'exemption from sanctions' is asked by north-2020/waiver",
        ),
        (
            WORDINGS,
            "north-2020/gas-from-iran",
            "north-2020/gas",
            f"{WORDINGS}:3: north-2020/gas: wordings: 'north-2020/gas' is unknown",
        ),
        (
            WORDINGS,
            "wordings:",
            "words:",
            f"{WORDINGS}:2: -: words: is not a known key",
        ),
        (
            NORTH,
            "parties: [iraq]",
            "parties: [iran]",
            f"{NORTH}:20: north-2020/gas-from-iran: parties: 'iran' is unknown",
        ),
        (
            NORTH,
            "both/energy-compared",
            "both/nothing",
            f"{NORTH}:24: north-2020/gas-from-iran: superseded_by: 'both/nothing' is unknown",
        ),
        (
            NORTH,
            "as_of: 2020-06",
            "as_of: 2021-04",
            f"{NORTH}:24: north-2020/gas-from-iran: superseded_by: 'both/energy-compared' is older (2021-03)",
        ),
        (
            NORTH,
            "both/energy-compared",
            "north-2020/gas-from-iran",
            f"{NORTH}:24: north-2020/gas-from-iran: superseded_by: leads back",
        ),
        (
            NORTH,
            "{#waiver}",
            "{#gas-from-iran}",
            f"{NORTH}:31: north-2020/gas-from-iran: the id is taken by {NORTH}:15",
        ),
        (
            NORTH,
            "Iraq buys natural gas",
            "Iraq buys **natural** gas",
            f"{NORTH}:27: north-2020/gas-from-iran: has markup in its text ('**')",
        ),
        (
            NORTH,
            "Iraq buys natural gas",
            "See [here](https://a.example)",
            f"{NORTH}:27: north-2020/gas-from-iran: has markup in its text",
        ),
        (
            NORTH,
            "power stations in the south stand still and cities go dark.",
            "",
            f"{NORTH}:15: north-2020/gas-from-iran: has 39 words; a passage has 40 to 120",
        ),
        (
            NORTH,
            "parties: [iraq]",
            "parties: [iraq]\nsources: [south-2021]",
            f"{NORTH}:21: north-2020/gas-from-iran: sources: cites more than its file's sources",
        ),
        (
            NORTH,
            "parties: [iraq]",
            "parties: [iraq]\nbasis: compiled",
            f"{NORTH}:15: north-2020/gas-from-iran: is compiled, but cites fewer than two sources",
        ),
        (
            BOTH,
            "parties: [iraq]",
            "parties: [iraq]\nbasis: verbatim",
            f"{BOTH}:10: both/energy-compared: is a verbatim text, so it cites one source, not 2",
        ),
        (
            BOTH,
            "sources: [north-2020, south-2021]",
            "sources: [north-2020]",
            f"{BOTH}:4: both: sources: lists 1; at least 2 are needed",
        ),
        (BOTH, "south-2021]", "west-2021]", f"{BOTH}:4: both: sources: 'west-2021' is unknown"),
        (
            NORTH,
            "## Gas from Iran",
            f"## Gas {'from ' * 30}Iran",
            f"{NORTH}:15: north-2020/gas-from-iran: has a title of 158 characters; at most 150 are shown",
        ),
        (
            NORTH,
            "Iraq buys",
            f"Ir{'a' * 60}q buys",
            f"{NORTH}:15: north-2020/gas-from-iran: has a word of 63 letters; write prose",
        ),
        (
            "actors.yaml",
            "role: The state",
            f"role: The {'very ' * 1000}state",
            "actors.yaml:4: iraq: role: is longer than 5000 characters; shorten it",
        ),
        (
            "topics.yaml",
            "keywords: [oil",
            "introduction: ''\n  keywords: [oil",
            "topics.yaml:4: energy: introduction: is empty",
        ),
        (
            "topics.yaml",
            "title: Energy",
            'title: "\\u202e Energy"',
            "topics.yaml:2: -: has the hidden character U+202E behind an escape; delete it",
        ),
        (
            "topics.yaml",
            "id: energy",
            'id: "two\\nlines"',
            "topics.yaml:1: two\\nlines: id: 'two\\nlines' is not an id",
        ),
    ],
)
def test_problems(folder: Path, file: str, old: str, new: str, problem: str) -> None:
    """Each mistake is told with its file, line and entry."""
    edit(folder, file, old, new)
    assert any(found.startswith(problem) for found in problems(folder)), problems(folder)


def test_all_problems_at_once(folder: Path) -> None:
    """One run shows what is wrong everywhere, in the order of files and lines, and nothing that merely follows."""
    edit(folder, "topics.yaml", "title: Energy", "titel: Energy")
    edit(folder, NORTH, "as_of: 2020-06", "as_of: June")
    edit(folder, "issues/energy.yaml", "party: iraq", "party: iran")
    (folder / "timeline.yaml").unlink()
    assert problems(folder) == [
        "issues/energy.yaml:10: energy-dependence: party: 'iran' is unknown",
        f"{NORTH}:17: north-2020/gas-from-iran: as_of: 'June' is not a date of the form YYYY, YYYY-MM or YYYY-MM-DD",
        "timeline.yaml:1: -: is missing",
        "topics.yaml:1: energy: title: is missing",
        "topics.yaml:2: energy: titel: is not a known key",
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (NORTH, "published: 2020-06", "published: 2020: 06", f"{NORTH}:7: -: is not YAML"),
        ("topics.yaml", "- id: energy", "- id: [energy", "topics.yaml:2: -: is not YAML"),
        (NORTH, "{#gas-from-iran}", "{#gas-from-iran", f"{NORTH}:15: -: is not a title of the form"),
    ],
)
def test_nothing_follows_from_what_cannot_be_read(folder: Path, file: str, old: str, new: str, expected: str) -> None:
    """The ids in it are not called unknown wherever they are used."""
    edit(folder, file, old, new)
    (problem,) = problems(folder)
    assert problem.startswith(expected)


def test_an_unknown_date(folder: Path) -> None:
    """A source may have no date if its note says so."""
    edit(folder, SOUTH, "published: 2021-03-15\n", "")
    edit(folder, SOUTH, "Undated in parts.", "The day was not seen.")
    assert curated.load(folder).sources["south-2021"].published is None


def test_an_introduction(folder: Path) -> None:
    """A topic may have one."""
    edit(folder, "topics.yaml", "title: Energy", "title: Energy\n  introduction: Oil pays for almost all.")
    topics = curated.load(folder).topics
    assert [topic.introduction for topic in topics.values()] == ["Oil pays for almost all.", None]


def test_issues_by_subject(folder: Path) -> None:
    """Every file in the folder of issues is read, in the order of names, and no file need be there."""
    text = (folder / "issues" / "energy.yaml").read_text("utf-8")
    other = text.replace("energy-dependence", "after").replace("capture-gas", "other-gas")
    (folder / "issues" / "dependence.yaml").write_text(other)
    assert list(curated.load(folder).issues) == ["after", "energy-dependence"]
    shutil.rmtree(folder / "issues")
    assert curated.load(folder).issues == {}


def test_a_chain_that_ends_in_a_circle(folder: Path) -> None:
    """Only the passages of the circle lead back to themselves; a chain into it and one beside it do not."""
    text = "word " * 40
    for slug, successor in [("a", "b"), ("b", "c"), ("c", "b"), ("d", "e")]:
        append(folder, NORTH, passage(slug, text, f"superseded_by: north-2020/{successor}\n"))
    append(folder, NORTH, passage("e", text))
    assert [one.split(": ")[1] for one in problems(folder)] == ["north-2020/b", "north-2020/c"]


def test_a_circle_of_successors(folder: Path) -> None:
    """Two passages that supersede each other are both told."""
    edit(folder, BOTH, "parties: [iraq]", "parties: [iraq]\nsuperseded_by: north-2020/gas-from-iran")
    edit(folder, NORTH, "as_of: 2020-06", "as_of: 2021-03")
    assert [one for one in problems(folder) if "leads back" in one] == [
        f"{BOTH}:16: both/energy-compared: superseded_by: leads back to this passage",
        f"{NORTH}:24: north-2020/gas-from-iran: superseded_by: leads back to this passage",
    ]


def test_a_successor_of_the_same_year(folder: Path) -> None:
    """A date as precise as a year may be later than a month of that year: no problem."""
    edit(folder, BOTH, "as_of: 2021-03", "as_of: 2021")
    edit(folder, NORTH, "as_of: 2020-06", "as_of: 2021-03")
    assert curated.load(folder).passages


def test_strangers_are_refused(folder: Path) -> None:
    """Files that no corpus has, links, and folders in the place of files are told."""
    (folder / "notes.txt").write_text("x")
    (folder / "sources" / "draft.txt").write_text("x")
    (folder / "sources" / "deep").mkdir()
    (folder / "compiled" / "link.md").symlink_to(folder / "compiled" / "both.md")
    (folder / "topics.yaml").unlink()
    (folder / "topics.yaml").mkdir()
    found = problems(folder)
    for stranger in ("notes.txt", "sources/draft.txt", "sources/deep", "compiled/link.md", "topics.yaml"):
        assert any(one.startswith(f"{stranger}:1: -: is") for one in found), stranger


def test_a_pipe_is_refused(folder: Path) -> None:
    """What is no regular file is not even opened: reading it could wait for ever."""
    (folder / "topics.yaml").unlink()
    os.mkfifo(folder / "topics.yaml")
    assert "topics.yaml:1: -: is not a regular file; put one here" in problems(folder)


class _Locked(PosixPath):
    """A folder whose topics the system does not give."""

    def open(self, *args: object, **kwargs: object) -> IO[bytes]:  # type: ignore[override]  # one of many overloads
        if self.name == "topics.yaml":
            raise PermissionError(errno.EACCES, "Permission denied")
        return super().open(*args, **kwargs)  # type: ignore[call-overload,no-any-return]  # the same


def test_an_unreadable_file_is_told(folder: Path) -> None:
    """A file that cannot be read is a problem like any other, and hides none of the rest."""
    edit(folder, "corpus.yaml", "licence", "license")
    found = problems(_Locked(folder))
    assert "topics.yaml:1: -: cannot be read: Permission denied" in found
    assert "corpus.yaml:1: -: licence: is missing" in found


@pytest.mark.parametrize("text", ["{}", "", "# nothing\n", "text"])
def test_a_list_is_expected(folder: Path, text: str) -> None:
    """A file of entries that holds something else says what it should hold."""
    (folder / "timeline.yaml").write_text(text)
    assert problems(folder) == ["timeline.yaml:1: -: must be a list of entries ([] for none)"]


def test_no_entries_are_fine(folder: Path) -> None:
    """A corpus may have no event and no issue yet, and no compiled page."""
    (folder / "timeline.yaml").write_text("[]")
    (folder / "issues/energy.yaml").write_text("[]")
    edit(folder, NORTH, "superseded_by: both/energy-compared\n", "")
    shutil.rmtree(folder / "compiled")
    assert curated.load(folder).issues == {}


def test_no_corpus(tmp_path: Path) -> None:
    """An empty folder and no folder at all lack every file."""
    assert len(problems(tmp_path)) == 6
    assert len(problems(tmp_path / "nowhere")) == 6


def test_the_version(folder: Path) -> None:
    """The same content has the same version wherever it lies; any other content has another."""
    version = curated.load(folder).version
    assert version == curated.load(TINY).version
    assert len(version) == 12
    assert int(version, 16) >= 0
    for file, old, new in [
        (NORTH, "patience", "hurry"),
        ("stopwords.txt", "who\n", ""),
        ("thesaurus.yaml", "PMU, ", ""),
        ("corpus.yaml", "01-31", "01-30"),
    ]:
        edit(folder, file, old, new)
        changed = curated.load(folder).version
        assert changed != version
        version = changed


def test_a_corpus_that_is_too_large(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading ends where all files together are more than a corpus can be."""
    monkeypatch.setattr(drafts, "MAX_TOTAL", 2_000)
    found = [one for one in problems(folder) if "larger" in one]
    assert found == [f"{NORTH}:1: -: makes the corpus larger than 2,000 characters"]


def test_line_ends_do_not_count(folder: Path) -> None:
    """A checkout with Windows line ends is the same corpus."""
    for file in (file for file in folder.rglob("*") if file.is_file()):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert curated.load(folder).version == curated.load(TINY).version


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from(sorted(str(p.relative_to(TINY)) for p in TINY.rglob("*.*"))))
def test_broken_files_end_with_problems(folder: Path, chance: random.Random, name: str) -> None:
    """Whatever happens to the bytes of a file, loading gives a corpus or a list of problems, nothing else."""
    original = (folder / name).read_bytes()
    data = bytearray(original)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data))
        junk = chance.choice(
            [b"", b"\x00", b"\xff", b"[", b"&a ", b"*a", b"\n", b"---\n", b"```\n", b": ", b"#", b"  "]
        )
        data[at : at + chance.choice([0, 1, 20])] = junk
    (folder / name).write_bytes(bytes(data))
    found: tuple[Problem, ...] = ()
    try:
        curated.load(folder)
    except CorpusError as error:
        found = error.problems
    finally:
        (folder / name).write_bytes(original)
    assert found == tuple(sorted(found))


def test_packaged_is_a_folder() -> None:
    """The shipped corpus is found through the package, wherever that is installed."""
    with as_file(curated.packaged()) as folder:
        assert (folder / "corpus.yaml").is_file()
