"""A library kept between starts: used only when it is whole, ours and up to date."""

import pickle
import shutil
from pathlib import Path

import pytest

from knowledge import snapshot
from knowledge.library import Library
from tests.knowledge.conftest import TINY

QUESTION = "what does Iraq want of Iran"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus that a test may change."""
    return Path(shutil.copytree(TINY, tmp_path / "corpus"))


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Grows by one whenever a corpus is read, checked and indexed."""
    made: list[object] = []
    initial = Library.__init__

    def counted(library: Library, corpus: object) -> None:
        made.append(corpus)
        initial(library, corpus)  # type: ignore[arg-type]  # only counts

    monkeypatch.setattr(Library, "__init__", counted)
    return made


def file_in(folder: Path) -> Path:
    """The one snapshot in a folder."""
    (file,) = folder.iterdir()
    return file


def test_the_second_start_answers_the_same_without_reading(corpus: Path, tmp_path: Path, reads: list[object]) -> None:
    """Scores, highlights and explanations are those of the library that was kept."""
    first = snapshot.load(corpus, tmp_path / "kept")
    second = snapshot.load(corpus, tmp_path / "kept")
    assert len(reads) == 1
    assert second.ask(QUESTION) == first.ask(QUESTION)
    assert second.explain(second.ask(QUESTION)) == first.explain(first.ask(QUESTION))


def test_a_changed_corpus_is_read_again(corpus: Path, tmp_path: Path, reads: list[object]) -> None:
    """An edit shows at once."""
    before = snapshot.load(corpus, tmp_path / "kept")
    stopwords = corpus / "stopwords.txt"
    stopwords.write_text(stopwords.read_text("utf-8") + "\nzebra\n", "utf-8")
    after = snapshot.load(corpus, tmp_path / "kept")
    assert len(reads) == 2
    assert after.corpus.stopwords - before.corpus.stopwords == {"zebra"}


@pytest.mark.parametrize("damage", ["truncated", "turned", "empty", "foreign"])
def test_a_damaged_snapshot_is_made_again(damage: str, corpus: Path, tmp_path: Path, reads: list[object]) -> None:
    """A half-written, altered or strange file is no library, and never unpickled."""
    first = snapshot.load(corpus, tmp_path / "kept")
    file = file_in(tmp_path / "kept")
    whole = file.read_bytes()
    file.write_bytes(
        {
            "truncated": whole[:-1],
            "turned": whole[:-1] + bytes([whole[-1] ^ 1]),
            "empty": b"",
            "foreign": pickle.dumps(first),
        }[damage]
    )
    assert snapshot.load(corpus, tmp_path / "kept").ask(QUESTION) == first.ask(QUESTION)
    assert len(reads) == 2
    assert file.read_bytes() == whole


def test_what_others_may_write_is_not_read(corpus: Path, tmp_path: Path, reads: list[object]) -> None:
    """A pickle from a folder or file that others can write could run their code."""
    folder = tmp_path / "kept"
    snapshot.load(corpus, folder)
    folder.chmod(0o777)
    snapshot.load(corpus, folder)
    folder.chmod(0o700)
    file_in(folder).chmod(0o666)
    snapshot.load(corpus, folder)
    assert len(reads) == 3


def test_a_folder_that_cannot_be_made_only_costs_time(corpus: Path, tmp_path: Path) -> None:
    """No snapshot, and the answer all the same."""
    (tmp_path / "file").write_text("in the way", "utf-8")
    assert snapshot.load(corpus, tmp_path / "file" / "kept").ask(QUESTION).hits
