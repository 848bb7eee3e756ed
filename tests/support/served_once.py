"""The fixture `served`, a plugin so that all test files that name it in `pytest_plugins` share one service."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.served import Served, serving


@pytest.fixture(scope="session")
async def served(short_folder: Path, binaries: Path) -> AsyncIterator[Served]:
    """Two servers on a PostgreSQL of their own, with the scene of `scene.py`."""
    async with serving(short_folder, binaries) as made:
        yield made
