"""A fresh scene for each test that asks."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.support.jobs.clock_scene import Scene, set_up


@pytest.fixture
async def scene(database: Any) -> AsyncIterator[Scene]:
    made = await set_up(database.app_url)
    yield made
    await made.engine.dispose()
