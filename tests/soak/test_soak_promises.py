"""The promises of `tests/test_promises.py` with the large figures: `make soak`. Each takes minutes."""

import pytest

from tests.support.served import Served
from tests.test_promises import acknowledged_stays, closed_once, deadline_race, retried

pytestmark = pytest.mark.soak


async def test_ten_thousand_submissions_around_deadlines(served: Served) -> None:
    accepted = refused = 0
    for _ in range(20):
        seen = await deadline_race(served, 500, 32)
        accepted, refused = accepted + seen["accepted"], refused + seen["refused"]
    assert accepted + refused == 10_000
    assert min(accepted, refused) > 1_000


async def test_closed_once_a_hundred_times(served: Served) -> None:
    await closed_once(served, 8, 100)


async def test_a_thousand_keys_tried_five_times(served: Served) -> None:
    await retried(served, 1_000, 5, 32)


async def test_acknowledged_writes_over_twenty_kills(served: Served) -> None:
    seen = await acknowledged_stays(served, 20_000, 32, 20)
    assert set(seen) == {200, 503}
    assert seen[200] == 20_000
