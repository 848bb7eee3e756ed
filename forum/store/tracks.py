"""Tracks of a running edition: the stage one stands at, and which of them have not ended yet."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from ..workflow.process import Process
from .tables import schema as t
from .unit import UnitOfWork


async def held_alone(unit: UnitOfWork, track: UUID) -> Mapping[str, Any] | None:
    """The track as it stands now, held by this transaction only: of several that would move it one does."""
    return await unit.first(sa.select(t.track).where(t.track.c.id == track).with_for_update())


async def go(unit: UnitOfWork, track: UUID, stage: str, since: datetime) -> None:
    """Move a track to a stage that begins at an instant; what held it back is over."""
    await unit.change(t.track, track, stage=stage, stage_since=since, held_at=None)


async def hold(unit: UnitOfWork, track: UUID, instant: datetime) -> None:
    """Remember the instant at which a gate held the clock's move back."""
    await unit.change(t.track, track, held_at=instant)


async def under_way(
    unit: UnitOfWork, edition: UUID, process: Process, definition: str | None = None
) -> Sequence[Mapping[str, Any]]:
    """The tracks of an edition that are at no final stage, by name; only those of one definition where it is given."""
    rows = await unit.rows(t.track, "name", edition_id=edition)
    return [row for row in rows if definition in (None, row["definition"]) and not _ended(process, row)]


def _ended(process: Process, row: Mapping[str, Any]) -> bool:
    track = process.tracks.get(row["definition"])
    stage = track.stages.get(row["stage"]) if track else None
    return stage is None or stage.final


async def windows(unit: UnitOfWork, track: UUID) -> Mapping[str, Mapping[str, Any]]:
    """The planned windows of a track, by stage."""
    return {row["stage"]: row for row in await unit.rows(t.stage_window, "stage", track_id=track)}


async def window(unit: UnitOfWork, track: UUID, stage: str) -> Mapping[str, Any] | None:
    """The planned window of a stage of a track; None where it has none."""
    return await unit.row(t.stage_window, track_id=track, stage=stage)
