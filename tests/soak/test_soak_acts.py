"""`acts` and the act itself, at every stage at every time: thousands of questions. `make soak`."""

import pytest

from tests.api.test_acts import STAGES, WHEN, agree
from tests.support.actions.running_edition import running

pytestmark = pytest.mark.soak


@pytest.mark.parametrize("when", WHEN)
async def test_acts_and_the_act_agree_at_every_stage(database, when):
    async with running(database.app_url) as edition:
        seen = await agree(edition, when, STAGES)
    print(f"{when}: {seen.total()} questions, {dict(seen)}")
    assert seen.total() > 1_500
