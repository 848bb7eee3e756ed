"""From a text to a run: is it sound, by the check; then it is opened as an edition, and run."""

import datetime as dt
import uuid
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from random import Random

import sqlalchemy as sa

from forum.actions.core.runner import Runner
from forum.actions.edition.open_edition import AnchorDate, TrackPlan
from forum.domain.gates import GATES
from forum.refusal import Refusal
from forum.store.clock import moment
from forum.store.processes import Processes
from forum.store.tables import schema as t
from forum.store.transactions import Engine
from forum.store.unit import UnitOfWork, fresh
from forum.workflow.act_names import ACTS
from forum.workflow.calendar.calendar import given_anchors
from forum.workflow.check.check import check
from forum.workflow.check.endings import explored
from forum.workflow.check.ways import ways
from forum.workflow.finding import Finding
from forum.workflow.load import digest, parse
from forum.workflow.process import Process

from .play import Play
from .savepoints import Savepoints, in_one_transaction
from .strolls import Stroll
from .world import REVIEWED, World, world, write

BEGINS = dt.datetime(2030, 1, 7, 9, tzinfo=dt.UTC)  # the same day for every run, whenever the tests are run
WEEK = dt.timedelta(weeks=1)
OFFICE = "secretariat"


@dataclass
class Stand:
    """Where definitions are run: one transaction, the world in it."""

    points: Savepoints
    world: World


@asynccontextmanager
async def stand(engine: Engine) -> AsyncIterator[Stand]:
    """A place to run definitions one after the other; nothing of it stays."""
    async with in_one_transaction(engine) as points:
        made, unit = world(BEGINS), UnitOfWork(points.connection)
        await write(unit, made)
        await unit.run(sa.update(t.clock).values(shift=BEGINS - dt.datetime.now(dt.UTC)))
        yield Stand(points, made)


def findings(process: Process) -> list[Finding]:
    return check(process, ACTS, GATES)


async def opened(
    here: Stand, process: Process, chance: Random, dates: Mapping[str, dt.datetime] | None = None
) -> Play | None:
    """An edition of it, its anchors on these dates or all on one; None where it cannot be opened on them: by name, and
    before anything has begun."""
    unit = UnitOfWork(here.points.connection)
    now = await unit.ask(moment())
    await unit.add(t.process_definition, {
        "id": fresh(), "name": process.name, "version": process.version, "hash": digest(process.text),
        "text": process.text, "published_at": now, "forum_id": here.world.forum, "adopted_at": now,
    })  # fmt: skip
    plans = tuple(
        TrackPlan(name, f"{name}-{n}", subject=here.world.organisations[REVIEWED] if track.reviews else None)
        for name, track in process.tracks.items()
        for n in range(min(track.repeat.at_most, 2) if track.repeat else 1)
    )
    summit = (now + chance.choice((40, 41, 44)) * WEEK).replace(hour=9, minute=0, second=0, microsecond=0)
    known = {}
    for name, track in process.tracks.items():
        space = explored(process, track)
        known[name] = (space, ways(track, space))
    play = Play(here.points, Runner(here.points, Processes()), here.world, process, known, chance,  # type: ignore[arg-type]
                uuid.uuid4(), None, ())  # fmt: skip
    anchors = tuple(AnchorDate(name, (dates or {}).get(name, summit)) for name in given_anchors(process))
    given = {"forum": here.world.forum, "name": "Run", "process": process.name, "zone": "UTC"}
    try:
        ids = await play.do("open_edition", OFFICE, {**given, "anchors": anchors, "tracks": plans, "confirm": True})
    except Refusal:
        return None
    play.edition = ids["edition"]
    edition = await unit.row(t.edition, id=play.edition)
    assert edition is not None
    play.ends_at = edition["ends_at"]
    play.tracks = [row["id"] for row in await unit.rows(t.track, "name", edition_id=play.edition)]
    return play


async def run(
    here: Stand, text: str, seed: int, moves: int = 25, dates: Mapping[str, dt.datetime] | None = None
) -> Play | None:
    """Run a definition once; what was played, or None where it could not be opened. Raises `Disagreement`."""
    process = parse(text)
    async with here.points.kept_apart():
        play = await opened(here, process, Random(seed), dates)
        if play is not None:
            try:
                await Stroll(play).run(moves)
            except AssertionError as error:
                error.add_note("\n".join(play.told[-40:]))
                raise
        return play
