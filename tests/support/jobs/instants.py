"""Instants of every kind that the clock knows, planted in a scene; and what the history must have of each."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from forum.store import clock, queue
from forum.store.tables import schema as t
from forum.store.unit import UnitOfWork, fresh
from forum.workflow.load import digest
from tests.support.committed import committed
from tests.support.jobs.clock_scene import PAST, Scene

TEXT = (Path(__file__).parents[2] / "actions" / "by_the_clock.toml").read_text("utf-8").replace("\r\n", "\n")
KINDS = ("opens", "closes", "grace", "stage", "consultation", "silence", "edition")


@dataclass
class Planted:
    """What must be done, once and as of which instant: by act and by what it is on."""

    scene: Scene
    process: UUID = field(default_factory=fresh)
    edition: UUID = field(default_factory=fresh)
    due: dict[tuple[str, UUID], datetime] = field(default_factory=dict)

    async def prepare(self) -> None:
        row = {
            "id": self.process,
            "name": "by_the_clock",
            "version": "1",
            "hash": digest(TEXT),
            "text": TEXT,
            "published_at": PAST,
        }
        async with committed(self.scene.engine) as connection:
            await UnitOfWork(connection).add(t.process_definition, row)
        await self._edition(self.edition)

    async def _edition(self, id_: UUID, ends_at: datetime | None = None) -> None:
        row = {"id": id_, "forum_id": self.scene.gfmd, "name": str(id_), "zone": "UTC", "process_id": self.process}
        async with committed(self.scene.engine) as connection:
            await UnitOfWork(connection).add(t.edition, {**row, "opened_at": PAST, "ends_at": ends_at})

    async def plant(self, kind: str, wait: timedelta) -> None:
        """One thing of this kind, with its instant so long from now."""
        if kind in ("closes", "silence"):
            await self._existing(kind, wait)
        else:
            made = {
                "opens": self._opens,
                "grace": self._grace,
                "stage": self._stage,
                "consultation": self._consultation,
                "edition": self._ends,
            }
            await made[kind]((await self.scene.moment()) + wait)

    async def _existing(self, kind: str, wait: timedelta) -> None:
        if kind == "closes":
            [id_] = await self.scene.calls(wait, nudged=True)
            [row] = await self.scene.rows(t.call, t.call.c.id == id_)
            self.due["close_call", id_] = row["closes_at"]
            self.due["advance_stage", row["track_id"]] = row["closes_at"]
            return
        id_ = await self.scene.silence(wait, nudged=True)
        [row] = await self.scene.rows(t.silence, t.silence.c.id == id_)
        [document] = await self.scene.rows(t.document, t.document.c.id == row["document_id"])
        self.due["close_silence", id_] = self.due["endorse_document", document["id"]] = row["ends_at"]
        self.due["advance_stage", document["track_id"]] = row["ends_at"]

    async def _put(self, rows: Iterable[tuple[Any, dict[str, Any]]], *jobs: queue.Job) -> None:
        async with committed(self.scene.engine) as connection:
            unit = UnitOfWork(connection)
            for table, row in rows:
                await unit.add(table, row)
            for job in jobs:
                await queue.put(unit, job, await unit.ask(clock.moment()))

    def _track(self, stage: str) -> tuple[UUID, tuple[Any, dict[str, Any]]]:
        id_ = fresh()
        row = {"id": id_, "edition_id": self.edition, "name": str(id_), "title": "T", "definition": "main"}
        return id_, (t.track, {**row, "stage": stage, "stage_since": PAST})

    def _call(self, track: UUID, **dates: Any) -> tuple[UUID, tuple[Any, dict[str, Any]]]:
        id_ = fresh()
        place = {"track_id": track, "edition_id": self.edition, "forum_id": self.scene.gfmd}
        return id_, (t.call, {"id": id_, **place, "title": "C", "text": "?", "zone": "UTC", **dates})

    async def _opens(self, at: datetime) -> None:
        track, row = self._track("preparation")
        call, other = self._call(track, opens_at=at, closes_at=at + timedelta(days=9))
        await self._put([row, other], queue.Job("open_call", call, at))
        self.due["open_call", call] = self.due["advance_stage", track] = at

    async def _grace(self, at: datetime) -> None:
        track, row = self._track("call")
        dates = {"opens_at": PAST, "opened_at": PAST, "closes_at": at - timedelta(days=2), "late_until": at}
        call, other = self._call(track, **dates)
        await self._put([row, other], queue.Job("close_call", call, at))
        self.due["close_call", call] = self.due["advance_stage", track] = at

    async def _stage(self, at: datetime) -> None:
        track, row = self._track("drafting")
        window = {
            "id": fresh(),
            "track_id": track,
            "stage": "drafting",
            "opens_at": PAST,
            "closes_at": at,
            "zone": "UTC",
        }
        await self._put([row, (t.stage_window, window)], queue.Job("turn_stage", track, at))
        self.due["advance_stage", track] = at

    async def _consultation(self, at: datetime) -> None:
        track, row = self._track("consultation")
        text = {
            "id": fresh(), "track_id": track, "edition_id": self.edition, "forum_id": self.scene.gfmd, "kind": "report",
            "symbol": str(track), "title": "R", "language": "en", "state": "circulated", "version_label": "Rev.1",
            "comments_open_at": PAST, "comments_close_at": at,
        }  # fmt: skip
        await self._put([row, (t.document, text)], queue.Job("turn_stage", track, at))
        self.due["advance_stage", track] = at

    async def _ends(self, at: datetime) -> None:
        id_ = fresh()
        await self._edition(id_, at)
        await self._put([], queue.Job("close_edition", id_, at))
        self.due["close_edition", id_] = at

    # ---- what came of it
    async def done(self) -> Counter[tuple[str, UUID]]:
        """How often the history has each."""
        return Counter(
            (row["act"], row["subject_id"])
            for row in await self.scene.rows(t.history)
            if (row["act"], row["subject_id"]) in self.due
        )

    async def all_done(self) -> bool:
        return len(await self.done()) == len(self.due)

    async def checked(self) -> None:
        """Each once, and as of its own instant."""
        rows = [row for row in await self.scene.rows(t.history) if (row["act"], row["subject_id"]) in self.due]
        assert Counter((row["act"], row["subject_id"]) for row in rows) == Counter(self.due.keys())
        wrong = [row for row in rows if row["at"] != self.due[row["act"], row["subject_id"]]]
        assert not wrong, wrong[:3]

    async def lateness(self) -> list[float]:
        """By how many seconds each was done after its instant, by the server's own record of its commits; in order."""
        asked = "SELECT act, subject_id, at, pg_xact_commit_timestamp(xmin) AS committed FROM history"
        async with self.scene.engine.connect() as connection:
            rows = await connection.send(asked)
        mine = [row for row in rows if (row["act"], row["subject_id"]) in self.due]
        return sorted((row["committed"] - row["at"]).total_seconds() for row in mine)


def percentile(sorted_: list[float], share: float) -> float:
    """The value that this share of all does not exceed."""
    return sorted_[max(math.ceil(share * len(sorted_)) - 1, 0)]
