"""Non-attribution with the large figures: everybody reads the whole service; 100,000 mixed requests. `make soak`."""

from typing import Any

import pytest

from tests.support.told import Told
from tests.support.wide_reads import Walker
from tests.test_confidence import ids, mixed_requests, others, sides, tells, walker  # noqa: F401 - fixtures

pytest_plugins = ("tests.support.told_once",)
pytestmark = pytest.mark.soak


async def test_everybody_reads_the_whole_service(
    sides: Any,  # noqa: F811
    walker: Walker,  # noqa: F811
    ids: dict[str, list[str]],  # noqa: F811
    others: list[str | None],  # noqa: F811
) -> None:
    for who in others:
        assert tells(sides, await walker.things(who, ids)) == [], who


async def test_a_hundred_thousand_mixed_requests_show_no_wrong_row(told: Told, sides: Any) -> None:  # noqa: F811
    read, own = await mixed_requests(told, 100_000, seed=7)
    assert read > 75_000
    assert own > 2_000
