"""The fixture `told`, a plugin so that all test files that name it in `pytest_plugins` share one telling."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.told import Told, tell


@pytest.fixture(scope="session")
async def told(short_folder: Path) -> AsyncIterator[Told]:
    """The story, told, on a service that is still up."""
    async with tell(short_folder) as made:
        yield made
