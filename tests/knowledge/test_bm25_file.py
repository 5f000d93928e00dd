import logging
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import bm25_file
from knowledge.bm25 import BM25
from knowledge.bm25_file import IndexFileError

DOCUMENTS = [["a", "b", "a"], [], ["b", "é", "\udc80", "two words", "line\nbreak"], ["b"] * 12, *[["c", "b"]] * 20]
QUERY = ["b", "unknown", "a", "c", "c"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with an index of DOCUMENTS, stamped "one"."""
    found = tmp_path / "documents.bm25"
    bm25_file.save(BM25(DOCUMENTS, k1=1.2, b=0.75), found, "one")
    return found


@given(st.lists(st.lists(st.text(max_size=3), max_size=5), max_size=5), st.lists(st.text(max_size=3), max_size=4))
def test_what_is_saved_is_what_is_opened(
    tmp_path_factory: pytest.TempPathFactory, documents: list[list[str]], query: list[str]
) -> None:
    """Whatever the terms are made of, an opened index has the same ones and gives the same scores, to the last bit."""
    index, file = BM25(documents, k1=1.2, b=0.75), tmp_path_factory.mktemp("index") / "index"
    bm25_file.save(index, file, "")
    opened = bm25_file.load(file, "")
    assert opened.get_scores(query).tobytes() == index.get_scores(query).tobytes()
    assert [array.tolist() for array in opened.get_top(query)] == [array.tolist() for array in index.get_top(query)]
    assert dict(opened.terms) == dict(index.terms)
    assert dict(opened.idf) == dict(index.idf)
    assert (opened.k1, opened.b, opened.avgdl, opened.corpus_size, list(opened.doc_len)) == (
        (index.k1, index.b, index.avgdl, index.corpus_size, index.doc_len)
    )


def test_an_opened_index_can_be_saved(file: Path) -> None:
    """The copy is the same to the last byte."""
    copy = file.with_name("copy")
    bm25_file.save(bm25_file.load(file, "one"), copy, "one")
    assert copy.read_bytes() == file.read_bytes()


def test_a_damaged_byte_is_found_wherever_it_is(file: Path) -> None:
    """Any byte but one that says nothing (between the parts) makes the file refused."""
    content = file.read_bytes()
    for place in range(0, len(content), 31):
        file.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        try:
            opened = bm25_file.load(file, "one")
        except IndexFileError:
            continue
        assert content[place] == 0, place
        assert opened.get_scores(QUERY).tobytes() == BM25(DOCUMENTS, k1=1.2, b=0.75).get_scores(QUERY).tobytes()


def test_a_truncated_file_is_refused(file: Path) -> None:
    """Wherever it ends."""
    content = file.read_bytes()
    for length in (0, 1, 10, 30, 60, 200, 4096, len(content) - 4096, len(content) - 1):
        file.write_bytes(content[:length])
        with pytest.raises(IndexFileError, match=r"documents\.bm25: .*; delete it, and the index is made anew"):
            bm25_file.load(file, "one")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"bm25 index 0 little\n" + bytes(9000), bytes(20_000)])
def test_a_foreign_file_is_refused(file: Path, content: bytes) -> None:
    """Another format, or another version of this one, is not read."""
    file.write_bytes(content)
    with pytest.raises(IndexFileError, match="no BM25 index of this version and machine"):
        bm25_file.load(file, "one")


def test_an_index_of_something_else_is_refused(file: Path) -> None:
    """The message tells both stamps."""
    with pytest.raises(IndexFileError, match="made from 'one', not from 'two'"):
        bm25_file.load(file, "two")


def test_an_index_is_built_once(tmp_path: Path) -> None:
    """It is kept, and opened the next time; built again for another stamp, or when the file is damaged."""
    file, built = tmp_path / "index", []

    def build() -> BM25:
        built.append(1)
        return BM25(DOCUMENTS)

    expected = BM25(DOCUMENTS).get_scores(QUERY).tobytes()
    for stamp, damaged, times in (("one", False, 1), ("one", False, 1), ("two", False, 2), ("two", True, 3)):
        if damaged:
            file.write_bytes(file.read_bytes()[:-1])
        assert bm25_file.kept(file, stamp, build).get_scores(QUERY).tobytes() == expected
        assert len(built) == times
    assert [one.name for one in tmp_path.iterdir()] == ["index"]


def again() -> BM25:
    """What another process can be told to build."""
    return BM25([*DOCUMENTS, ["new"]])


def test_an_index_is_renewed_beside_its_readers(file: Path) -> None:
    """Another process builds it and writes it; who has the old one open goes on with that."""
    old = bm25_file.load(file, "one")
    new = bm25_file.renewed(file, "two", again)
    assert new.get_scores(["new", *QUERY]).tobytes() == again().get_scores(["new", *QUERY]).tobytes()
    assert bm25_file.load(file, "two").corpus_size == len(DOCUMENTS) + 1
    assert old.get_scores(QUERY).tobytes() == BM25(DOCUMENTS, k1=1.2, b=0.75).get_scores(QUERY).tobytes()


def test_why_it_is_built_again_is_logged(file: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A damaged file is not passed over in silence."""
    file.write_bytes(b"other")
    with caplog.at_level(logging.WARNING):
        bm25_file.kept(file, "one", lambda: BM25(DOCUMENTS))
    assert "no BM25 index" in caplog.text


def test_a_folder_that_cannot_be_written_costs_time_only(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The index is built and used; the log says that it could not be kept."""
    with caplog.at_level(logging.WARNING):
        index = bm25_file.kept(tmp_path / "missing" / "index", "one", lambda: BM25(DOCUMENTS))
    assert index.get_top(["a"])[0].tolist() == [0]
    assert "could not be kept" in caplog.text
