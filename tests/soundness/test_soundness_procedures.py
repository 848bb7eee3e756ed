"""Eight procedures of other bodies, each a definition: sound, and run to an end in the service itself."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pytest

from forum.store.unit import make_engine
from forum.workflow.load import parse, read_file
from tests.conftest import Database
from tests.support.soundness.runs import BEGINS, WEEK, findings, run, stand

HERE = Path(__file__).parents[1] / "workflow" / "procedures"
PROCEDURES = {path.stem: path for path in sorted(HERE.glob("?_*.toml"))}
# In weeks from the day on which the edition is opened.
ANCHORS: Mapping[str, Mapping[str, int]] = {
    "a_ietf": {"wglc": 4, "lastcall": 12, "telechat": 20},
    "b_treaty_body": {"session": 80},
    "c_universal_review": {"session": 44, "plenary": 60},
    "d_vnr": {"hlpf": 26},
    "e_imrf": {"imrf": 90},
    "f_two_years": {"summit": 90, "hlpf": 70},
    "g_eu": {"roadmap": 3, "consultation": 20},
    "h_public_participation": {"notification": 3},
}


def _dates(name: str) -> Mapping[str, dt.datetime]:
    return {anchor: BEGINS + weeks * WEEK for anchor, weeks in ANCHORS[name].items()}


@pytest.mark.parametrize("path", PROCEDURES.values(), ids=PROCEDURES)
def test_each_is_sound(path: Path) -> None:
    assert len(PROCEDURES) == 8
    process = read_file(path)
    assert [finding.spoken(path.name) for finding in findings(process)] == []
    assert parse(process.text) == process


@pytest.mark.once
async def test_each_runs_to_its_end(database: Database) -> None:
    engine = make_engine(database.app_url, 1)
    async with stand(engine) as here:
        for name, path in PROCEDURES.items():
            for seed in range(3):
                play = await run(here, read_file(path).text, seed, dates=_dates(name))
                assert play is not None, f"{name} cannot be opened on these dates"
    await engine.dispose()
