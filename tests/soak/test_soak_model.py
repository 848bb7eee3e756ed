"""The service and the model of authority agree on a hundred thousand random requests; three acts deep, no coalition
gains what is another's. `make soak`."""

import datetime as dt
from itertools import count
from typing import Any

import pytest

from tests.model.search import gained, reached
from tests.model.test_model_search import STARTS
from tests.support.model.differences import differing, service, told, world
from tests.support.model.worlds import draw

pytestmark = pytest.mark.soak
REQUESTS, PEOPLE_ACTING = 100_000, 3


async def test_the_service_and_the_model_agree_on_a_hundred_thousand_requests(database: Any) -> None:
    number = 0
    async with service(database.app_url) as asked:
        for seed in count(100):
            d = draw(seed, dt.datetime.now(dt.UTC))
            answered = await world(asked, d, PEOPLE_ACTING)
            number += len(answered)
            assert [await told(asked, d, r) for r, _ in differing(d, answered)[:3]] == []
            if number >= REQUESTS:
                break
    print(f"{number} requests in {seed - 99} worlds")


@pytest.mark.parametrize("first", STARTS)
def test_three_acts_deep_nothing_is_gained_that_is_anothers(first: str) -> None:
    visited = 0
    for after in reached(STARTS[first], 3):
        visited += 1
        assert list(gained(after)) == []
    print(f"{first}: {visited} worlds")
    assert visited >= 5_000
