"""One running desk a test."""

from collections.abc import AsyncIterator

import pytest

from knowledge.library import Library
from tests.support.desk import Desk, running_desk


@pytest.fixture(name="desk")
async def _desk(library: Library) -> AsyncIterator[Desk]:
    async with running_desk(library=library) as desk:
        yield desk
