"""Three thousand random definitions that the check calls sound, run in the service. `make soak`."""

import pytest

from forum.store.unit import make_engine
from tests.conftest import Database
from tests.support.soundness.many import run_many

pytestmark = pytest.mark.soak


@pytest.mark.parametrize("part", range(6))
async def test_five_hundred_sound_definitions_hold_in_the_service(database: Database, part: int) -> None:
    engine = make_engine(database.app_url, 1)
    tally = await run_many(engine, 500, first=100_000 + 10_000 * part)
    await engine.dispose()
    print(tally.told())
    assert tally.disagreements == [], "\n\n".join(tally.disagreements)
