"""Every wrong word in the table of effects is found out by random runs in the service. `make soak`."""

from itertools import islice

import pytest

from forum.store.unit import make_engine
from forum.workflow.load import parse
from tests.conftest import Database
from tests.support.soundness.many import Tally, sound
from tests.support.soundness.mutants import mutants, unexplained
from tests.support.soundness.runs import run, stand

pytestmark = pytest.mark.soak
# Drawn so seldom that no run of a few hundred need show them: these lines are held by tests of the single acts alone.
SELDOM = {
    "withdraw_call closes called",
    "submit_contribution opens unanswered",
    "record_contribution opens unanswered",
    "receive_contribution opens citable",
    "receive_contribution opens input",
    "receive_contribution opens unanswered",
    "withdraw_contribution closes citable",
    "withdraw_contribution closes input",
    "withdraw_contribution closes unanswered",
    "withdraw_recorded_contribution closes citable",
    "withdraw_recorded_contribution closes input",
    "withdraw_recorded_contribution closes unanswered",
    "return_contribution closes citable",
    "revise_paragraph closes blank",
    "record_joint_disposition closes comment",
    "issue_document closes consultation",
    "issue_document closes unanswered",
    "endorse_document closes consultation",
    "endorse_document closes unanswered",
}


async def test_what_a_wrong_table_calls_impossible_happens(database: Database) -> None:
    alive = mutants()
    engine = make_engine(database.app_url, 1)
    async with stand(engine) as here:
        for number, text in islice(sound(500_000, Tally()), 600):
            play = await run(here, text, number)
            process = parse(text)
            changes = play.changes if play else set()
            assert unexplained(process, changes) is None
            for name in [name for name, table in alive.items() if unexplained(process, changes, table)]:
                print(f"definition {number} shows {name}")
                del alive[name]
            if not alive:
                break
    await engine.dispose()
    assert set(alive) <= SELDOM
