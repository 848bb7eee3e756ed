"""A place where time matters: an edition under the GFMD's process, on which calls and silences are made as tests
ask."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import sqlalchemy as sa

from forum.actions.core.runner import Runner
from forum.jobs.scheduled import JOBS, EntryPoint
from forum.jobs.worker import Pace, work
from forum.store import clock, queue
from forum.store.processes import Processes
from forum.store.tables import schema as t
from forum.store.transactions import Engine
from forum.store.unit import UnitOfWork, fresh, make_engine
from forum.workflow.load import digest
from tests.support.committed import committed

PROCESS = (Path(__file__).parents[3] / "workflows" / "gfmd.toml").read_text("utf-8").replace("\r\n", "\n")
PAST = datetime(2020, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
# Quick enough for a test; without a sweep, so that only the queue can have done it.
QUEUE_ONLY = Pace(sweep=None, poll=0.3, heartbeat=1.5, grace=5)
_numbers = count(1)


# What one meets while the database is away.
AWAY = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)


async def until(true: Callable[[], Awaitable[Any]], seconds: float = 30) -> Any:
    """What `true` gives, once that is neither false nor empty. A database that is away is asked again."""
    error: Exception | None = None
    try:
        async with asyncio.timeout(seconds):
            while True:
                try:
                    if found := await true():
                        return found
                except AWAY as away:
                    error = away
                await asyncio.sleep(0.02)
    except TimeoutError:
        raise AssertionError(f"not within {seconds:g} s; last error: {error!r}") from error


@dataclass(frozen=True)
class Scene:
    """The edition's parts, and what tests do to it."""

    url: str
    engine: Engine
    runner: Runner
    gfmd: UUID
    steering: UUID
    edition: UUID

    async def shift(self, further: timedelta) -> datetime:
        async with committed(self.engine) as connection:
            return await clock.shift_by(UnitOfWork(connection), further, allowed=True)

    async def moment(self) -> datetime:
        async with self.engine.connect() as connection:
            return await UnitOfWork(connection).ask(clock.moment())

    async def track(self, stage: str = "call") -> UUID:
        row: dict[str, Any] = {
            "id": fresh(),
            "edition_id": self.edition,
            "name": f"track {next(_numbers)}",
            "title": "Focused input",
        }
        async with committed(self.engine) as connection:
            await UnitOfWork(connection).add(
                t.track, {**row, "definition": "focused_input", "stage": stage, "stage_since": PAST}
            )
        return row["id"]

    async def calls(self, *closes_in: timedelta, nudged: bool = False, due: bool = True) -> list[UUID]:
        """Open calls that close in so long, each on a track of its own; `nudged`: with a job, `due` at the deadline."""
        ids = []
        for wait in closes_in:
            track = await self.track()
            async with committed(self.engine) as connection:
                unit = UnitOfWork(connection)
                now = await unit.ask(clock.moment())
                row: dict[str, Any] = {
                    "id": fresh(), "track_id": track, "edition_id": self.edition, "forum_id": self.gfmd,
                    "title": "A call",
                    "text": "What works?", "opens_at": PAST, "opened_at": PAST, "closes_at": now + wait,
                    "zone": "Europe/Zurich",
                }  # fmt: skip
                await unit.add(t.call, row)
                if nudged:
                    await queue.put(unit, queue.Job("close_call", row["id"], row["closes_at"] if due else None), now)
            ids.append(row["id"])
        return ids

    async def silence(self, ends_in: timedelta, nudged: bool = False) -> UUID:
        """A silence that runs on a focused input before the steering group."""
        track, number, now = await self.track("no_objection"), next(_numbers), await self.moment()
        document, revision, silence = fresh(), fresh(), fresh()
        place = {"track_id": track, "edition_id": self.edition, "forum_id": self.gfmd}
        async with committed(self.engine) as connection:
            unit = UnitOfWork(connection)
            await unit.add(
                t.document,
                {"id": document, **place, "kind": "focused_input", "symbol": f"GFMD/{number}", "title": "Focused input",
                 "language": "en", "state": "silence", "version_label": "Rev.1"},
            )  # fmt: skip
            frozen = {"number": 1, "label": "Rev.1", "hash": "0" * 64, "salt": b"s", "frozen_at": PAST}
            await unit.add(t.revision, {"id": revision, "document_id": document, **frozen})
            await unit.add(
                t.silence,
                {"id": silence, "document_id": document, "revision_id": revision, "body_id": self.steering, "hours": 48,
                 "starts_at": PAST, "ends_at": now + ends_in},
            )  # fmt: skip
            if nudged:
                await queue.put(unit, queue.Job("close_silence", silence, now + ends_in), now)
        return silence

    async def rows(self, table: sa.Table, *where: sa.ColumnElement[bool]) -> Sequence[Mapping[str, Any]]:
        async with self.engine.connect() as connection:
            found = await connection.execute(sa.select(table).where(*where).order_by(table.c.id))
            return [dict(row) for row in found]

    async def closed(self) -> set[UUID]:
        return {row["id"] for row in await self.rows(t.call, t.call.c.state == "closed")}

    async def lines(self, act: str = "close_call") -> list[UUID]:
        """Of which things the history says that the act was done, in order."""
        return [
            row["subject_id"]
            for row in await self.rows(t.history, t.history.c.act == act)
            if row["subject_kind"] != "track"
        ]

    async def queued(self) -> dict[str, int]:
        """How many jobs the queue holds, by their state."""
        async with self.engine.connect() as connection:
            found = await connection.send("SELECT status::text, count(*) FROM pgqueuer GROUP BY 1")
            return {row["status"]: row["count"] for row in found}

    async def empty(self) -> bool:
        return not await self.queued()


async def set_up(url: str, size: int = 12) -> Scene:
    """The bodies and the edition, on a migrated database. `url` is the application's role."""
    engine = make_engine(url, size)
    scene = Scene(url, engine, Runner(engine, Processes()), fresh(), fresh(), fresh())
    process = fresh()
    async with committed(engine) as connection:
        unit = UnitOfWork(connection)
        gfmd = {"id": scene.gfmd, "slug": "gfmd", "name": "Global Forum", "layer": "gfmd", "kind": "forum"}
        steering = {
            "id": scene.steering,
            "slug": "steering",
            "name": "Steering Group",
            "layer": "gfmd",
            "kind": "steering_group",
        }
        await unit.add(t.forum, {**gfmd, "power": "none"}, {**steering, "power": "endorses"})
        text = {"name": "gfmd", "version": "1", "hash": digest(PROCESS), "text": PROCESS, "published_at": PAST}
        await unit.add(t.process_definition, {"id": process, **text})
        edition = {
            "forum_id": scene.gfmd,
            "name": "2020",
            "zone": "Europe/Zurich",
            "process_id": process,
            "opened_at": PAST,
        }
        await unit.add(t.edition, {"id": scene.edition, **edition})
    return scene


@asynccontextmanager
async def workers(
    scene: Scene, number: int = 1, *, jobs: Mapping[str, EntryPoint] = JOBS, pace: Pace = QUEUE_ONLY
) -> Any:
    """So many workers in this process, each with its own connections to the queue; they must end when told to."""
    stop = asyncio.Event()
    running = [
        asyncio.create_task(work(scene.runner, scene.url, stop=stop, jobs=jobs, pace=pace)) for _ in range(number)
    ]
    try:
        yield running
    finally:
        stop.set()
        ended, still = await asyncio.wait(running, timeout=20)
        for task in still:
            task.cancel()
    assert not still, "a worker did not end"
    for task in ended:
        if not task.cancelled():
            task.result()
