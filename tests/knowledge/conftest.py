import shutil
from pathlib import Path

import pytest

from knowledge.library import Library

TINY = Path(__file__).parent / "data" / "corpus"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the tiny corpus, to be changed at will."""
    return Path(shutil.copytree(TINY, tmp_path / "corpus"))


@pytest.fixture(scope="session")
def tiny() -> Library:
    """The tiny corpus, loaded."""
    return Library.load(TINY)
