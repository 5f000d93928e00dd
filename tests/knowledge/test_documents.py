from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.documents import LONGEST, DocumentError, load, split
from knowledge.library import Library

PAGE = """Home

News

Contact

The harbour of Qarn: a short history

March 2019

The harbour of Qarn was dug by hand in 1911. It silted up twice, and after each flood the town paid for dredging.

Boats rest in the harbour of Qarn. (Ada Lovell/The Qarn Post)
Boats rest in the harbour of Qarn. (Ada Lovell/The Qarn Post)

Who owns the harbour today?

A cooperative of forty fishing families has owned the quays since 1954. It elects a master every second year:

  • the master sets the fees for berths and cranes;
  • a council of five may overrule the master;
  • the town keeps the lighthouse and pays its keeper.

What does the harbour earn?

Fees bring in about two million a year. Half of that goes into dredging, and a third into the school of navigation.

E-mail: master@qarn.example

Related Publications

The bridges of Qarn

By: Ada Lovell

Seven bridges cross the river, and one of them leads nowhere.
"""
QUESTIONS = {
    "who dug the harbour": "dug by hand in 1911",
    "what happened after floods": "silted up twice",
    "who are the owners of the quays": "cooperative of forty fishing families",
    "how often is a master elected": "every second year",
    "who keeps the lighthouse": "keeps the lighthouse",
    "who can overrule the master": "council of five",
    "income from fees": "two million a year",
    "school of navigation": "school of navigation",
    "money for dredging from fees": "Half of that goes into dredging",
    "who sets fees for berths": "sets the fees",
}


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    """A folder with a saved web page, a Markdown file in a sub-folder, and a file of another kind."""
    (tmp_path / "harbour.txt").write_text(PAGE, "utf-8")
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "light.md").write_text(
        "# The lighthouse\n\n## Height\n\nIt is 31 metres tall.\n\n## Keeper\n\nThe keeper lives in the tower.\n",
        "utf-8",
    )
    (tmp_path / "picture.bin").write_bytes(b"\xff\xfe")
    return tmp_path


def test_a_page_becomes_passages() -> None:
    """Passages are slices of the text under title and heading; menus, captions, contacts and related links go."""
    title, passages = split("harbour", PAGE)
    assert title
    headings = [passage.heading[-1] for passage in passages]
    assert headings[-2:] == ["Who owns the harbour today?", "What does the harbour earn?"]
    assert all(passage.span and PAGE[slice(*passage.span)] == passage.text for passage in passages)
    told = "\n".join(passage.text for passage in passages)
    assert "lighthouse and pays" in told
    assert not [word for word in ("Lovell", "@", "Seven bridges", "News") if word in told]


def test_questions_on_documents(tiny: Library, folder: Path) -> None:
    """The file's own words answer, cited by the file's stem."""
    library = Library(load([folder], tiny.corpus))
    assert set(library.corpus.sources) == {"harbour", "light"}
    right = [words in library.ask(question).hits[0].passage.text for question, words in QUESTIONS.items()]
    assert sum(right) >= 0.9 * len(right)
    best = library.ask("how tall is the lighthouse").hits[0].passage
    assert (best.id, best.heading, best.locator) == ("light/1", ("The lighthouse", "Height"), "Characters 30 to 50")
    assert not library.ask("who leads the PMF?").confident


def test_long_paragraphs_are_cut_between_sentences() -> None:
    """No passage is longer than the limit, and none ends within a sentence that fits."""
    text = "The title\n\n" + " ".join(f"Sentence number {n} says very little about anything at all." for n in range(60))
    _, passages = split("x", text)
    assert len(passages) > 4
    assert all(len(passage.text) <= LONGEST and passage.text.endswith(".") for passage in passages)


@given(st.text(max_size=300) | st.text("aB.?\n #-•:@é", max_size=1500) | st.text("ab .", min_size=800, max_size=2500))
def test_any_text_is_cut(text: str) -> None:
    """Whatever a file holds, passages are slices in order that share nothing and hold the limit."""
    _, passages = split("x", text)
    at = 0
    for passage in passages:
        assert passage.span is not None
        start, end = passage.span
        assert at <= start < end
        assert text[start:end] == passage.text
        assert len(passage.text) <= LONGEST
        at = end


def test_two_files_of_one_name(tiny: Library, folder: Path) -> None:
    """The second file of a stem gets a number."""
    (folder / "more" / "harbour.md").write_text("# Another\n\nThis one is about something else.\n", "utf-8")
    assert set(load([folder], tiny.corpus).sources) == {"harbour", "harbour-2", "light"}


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.bin", b"x", "no file that ends with .md, .markdown, .txt"),
        ("a.txt", b"\xff\xfe\x00", "is not UTF-8 (byte 1)"),
        ("a.txt", b" \n \n", "there is no text in it"),
        ("a.txt", b"x" * 4_000_001, "has more than 4 MB"),
    ],
)
def test_what_cannot_be_read_is_told(tiny: Library, tmp_path: Path, name: str, content: bytes, problem: str) -> None:
    """One line says which file and why."""
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(DocumentError) as error:
        load([file], tiny.corpus)
    assert str(error.value).startswith(str(file))
    assert problem in str(error.value)


def test_a_file_that_is_gone(tiny: Library, tmp_path: Path) -> None:
    """A missing file is told as well."""
    with pytest.raises(DocumentError, match="No such file"):
        load([tmp_path / "gone.txt"], tiny.corpus)
