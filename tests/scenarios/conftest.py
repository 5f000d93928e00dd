"""One running desk a test."""

from collections.abc import AsyncIterator

import pytest

from knowledge.library import Library
from knowledge.models import Answer, Query
from tests.support.desk import Desk, running_desk


class _Broken(Library):
    """A library that fails when it is asked."""

    def ask(self, question: Query | str, limit: int = 10) -> Answer:  # noqa: ARG002 - it fails whatever is asked
        raise RuntimeError("the index is gone")


@pytest.fixture(name="broken", scope="session")
def _broken(library: Library) -> Library:
    return _Broken(library.corpus)


@pytest.fixture(name="desk")
async def _desk(library: Library) -> AsyncIterator[Desk]:
    async with running_desk(library=library) as desk:
        yield desk
