"""Two worlds that differ only in who wrote what stands without a name: over 500 operations as ten viewers, and pairs of
authors of every sort. `make soak`."""

from typing import Any

import pytest

from tests.support.noninterference import plays
from tests.test_noninterference import (
    VIEWERS,
    base,  # noqa: F401 - a fixture
    everything_asked,
    pair,
)

pytestmark = pytest.mark.soak


@pytest.mark.parametrize("author", [plays.KENYA])
async def test_over_five_hundred_operations_tell_nobody_who_wrote_it(base: Any, author: plays.Writer) -> None:  # noqa: F811
    async with pair(base, plays.by(plays.NETWORK), plays.by(author)) as (one, other):
        asked, found = await everything_asked(one, other, 450, seed=7)
        assert found == []
        assert asked >= 500
        assert len(VIEWERS) >= 8


async def test_over_five_hundred_operations_tell_nobody_of_a_draft(base: Any) -> None:  # noqa: F811
    async with pair(base, plays.beside_drafts(True), plays.beside_drafts(False)) as (one, other):
        asked, found = await everything_asked(one, other, 450, seed=8)
        assert found == []
        assert asked >= 500
