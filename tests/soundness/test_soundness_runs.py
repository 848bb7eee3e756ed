"""What the check calls sound holds in the service: two hundred random definitions, run to their ends.

Each is run by random acts of random people at random instants, and in between the check's own way to the end is played.
At every moment: the check knows the state, and a way from it to an end; whoever could object to a text when its silence
began still can; at an end nothing is left that the check says it never leaves; and nothing fails but by a refusal.
"""

import pytest

from forum.store.unit import make_engine
from tests.conftest import Database
from tests.support.soundness.many import run_many

pytestmark = pytest.mark.once


async def test_two_hundred_sound_definitions_hold_in_the_service(database: Database) -> None:
    engine = make_engine(database.app_url, 1)
    tally = await run_many(engine, 200)
    await engine.dispose()
    print(tally.told())
    assert tally.disagreements == [], "\n\n".join(tally.disagreements)
    assert tally.definitions["run"] > 150
    assert tally.definitions["sound"] / tally.definitions.total() > 0.15
