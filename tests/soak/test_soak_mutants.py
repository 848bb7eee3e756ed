"""Every wrong word in the table of effects is found out by random runs in the service. `make soak`."""

from itertools import islice

import pytest

from forum.store.unit import make_engine
from forum.workflow.load import parse
from tests.conftest import Database
from tests.support.soundness.many import Tally, sound
from tests.support.soundness.mutants import WHAT_CAN_BE, WHAT_CAN_BE_DONE, believed, mutants, shown
from tests.support.soundness.play import Disagreement
from tests.support.soundness.runs import run, stand

pytestmark = pytest.mark.soak


async def test_what_a_wrong_table_calls_impossible_happens(database: Database) -> None:
    alive = mutants(WHAT_CAN_BE)
    engine = make_engine(database.app_url, 1)
    async with stand(engine) as here:
        for number, text in islice(sound(500_000, Tally()), 600):
            play = await run(here, text, number)
            process = parse(text)
            for name in [name for name, table in alive.items() if play and shown(process, table, play.states)]:
                print(f"definition {number} shows {name}")
                del alive[name]
            if not alive:
                break
    await engine.dispose()
    assert set(alive) == set()


async def test_what_a_wrong_table_calls_possible_is_refused(database: Database) -> None:
    alive = mutants(WHAT_CAN_BE_DONE)
    engine = make_engine(database.app_url, 1)
    async with stand(engine) as here:
        for name, table in list(alive.items()):
            for number, text in islice(sound(600_000, Tally()), 60):
                try:
                    with believed(table):
                        await run(here, text, number)
                except Disagreement:
                    print(f"definition {number} shows {name}")
                    del alive[name]
                    break
    await engine.dispose()
    assert set(alive) == set()
