"""An edition that the clock runs from end to end (`by_the_clock.toml`), on the scene of all tests of what is done."""

import datetime as dt
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from forum.actions.call.issue_call import SectionAsked
from forum.actions.edition.open_edition import AnchorDate, TrackPlan
from forum.jobs.sweep import sweep
from forum.store.tables import schema as t
from forum.store.unit import begin, fresh
from forum.workflow.load import digest
from tests.support.scene import DAY, Scene, scene

TEXT = (Path(__file__).parents[2] / "actions" / "by_the_clock.toml").read_text("utf-8")
ASKED = (SectionAsked(code="a", prompt="What works?"),)
HEAD = dt.timedelta(seconds=2)  # enough to act in before an instant, on a slow machine too


@dataclass
class Running:
    """The edition, its tracks by name, its dates. `s` is the scene on which things are done."""

    s: Scene
    summit: dt.datetime
    edition: uuid.UUID
    tracks: dict[str, uuid.UUID]

    def before(self, days: float) -> dt.datetime:
        return self.summit - days * DAY

    async def to(self, instant: dt.datetime) -> int:
        """Move the one clock to the instant and let the clock do what is due; how many acts were done."""
        await self.s.shift(instant - dt.datetime.now(dt.UTC))
        return await sweep(self.s.runner)

    async def just_before(self, instant: dt.datetime) -> int:
        """As `to`, a little before the instant: nothing that hangs on it may be done yet."""
        return await self.to(instant - 30 * HEAD)

    async def stage(self, track: str = "main") -> tuple[str, dt.datetime]:
        row = await self.s.row(t.track, id=self.tracks[track])
        return row["stage"], row["stage_since"]

    async def call(self, **more: Any) -> uuid.UUID:
        """A call on the main track, its dates as planned."""
        given = {
            "track": self.tracks["main"],
            "title": "Call",
            "text": "Please write.",
            "zone": "UTC",
            "sections": ASKED,
        }
        return (await self.s.do("issue_call", "secretariat", **{**given, **more}))["call"]

    async def moves(self, track: str = "main") -> list[tuple[str, str, dt.datetime]]:
        """Every move that the clock made of a track, as the history has it: from, to, as of when."""

        rows = await self.s.rows(t.history, subject_id=self.tracks[track], act="advance_stage")
        told = [(orjson.loads(row["detail"]), row["at"]) for row in rows]
        return sorted(((d["from"], d["to"], at) for d, at in told if d.get("by") == "clock"), key=lambda move: move[2])


@asynccontextmanager
async def running(url: str, text: str = TEXT) -> AsyncIterator[Running]:
    """The edition opened 100 days before its summit, at 12:00:00 of the zone in which everything is dated."""
    async with scene(url) as s:
        row = {
            "id": fresh(),
            "name": "by_the_clock",
            "version": "1",
            "hash": digest(text),
            "text": text,
            "published_at": s.now,
            "forum_id": s.forums["gfmd"],
        }
        await s.add(t.process_definition, row)
        summit = (s.now + 100 * DAY).replace(second=0, microsecond=0)
        plans = (
            TrackPlan("main", "main"), TrackPlan("dialogue", "dialogue"),
            TrackPlan("consultation", "consultation", convened_as=s.forums["consultation"]),
        )  # fmt: skip
        ids = await s.do(
            "open_edition", "secretariat", forum=s.forums["gfmd"], name="By the clock", process="by_the_clock",
            zone="UTC",
            anchors=(AnchorDate("summit", summit),), tracks=plans,
        )  # fmt: skip
        # The other editions of the scene have a call of their own: it is not what these tests are about.
        async with begin(s.engine) as unit:
            await unit.change(t.call, s.call, state="closed", opened_at=s.now - DAY, closed_at=s.now)
            await unit.connection.commit()
        tracks = {row["name"]: row["id"] for row in await s.rows(t.track, edition_id=ids["edition"])}
        yield Running(s, summit, ids["edition"], tracks)
