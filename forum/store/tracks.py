"""Tracks of a running edition: one held alone, those that have not ended yet, and the planned windows of their
stages."""

from collections.abc import Mapping
from uuid import UUID

import sqlalchemy as sa

from ..domain.track import StageWindow, Track
from ..workflow.process import Process
from .nouns import noun_of
from .steps import need
from .tables import schema as t
from .unit import UnitOfWork


@need
async def held_alone(unit: UnitOfWork, track: UUID) -> Track | None:
    """The track as it stands now, held by this transaction only: of several that would move it one does."""
    row = await unit.first(sa.select(t.track).where(t.track.c.id == track).with_for_update())
    return None if row is None else noun_of(Track, row)


@need
async def under_way(
    unit: UnitOfWork, edition: UUID, process: Process, definition: str | None = None
) -> tuple[Track, ...]:
    """The tracks of an edition that are at no final stage, by name; only those of one definition where it is named."""
    tracks = [noun_of(Track, row) for row in await unit.rows(t.track, "name", edition_id=edition)]
    return tuple(track for track in tracks if definition in (None, track.definition) and not _has_ended(process, track))


def _has_ended(process: Process, track: Track) -> bool:
    path = process.tracks.get(track.definition)
    stage = path.stages.get(track.stage) if path else None
    return stage is None or stage.final


@need
async def windows(unit: UnitOfWork, track: UUID) -> Mapping[str, StageWindow]:
    """The planned windows of a track, by stage."""
    rows = await unit.rows(t.stage_window, "stage", track_id=track)
    return {window.stage: window for window in (noun_of(StageWindow, row) for row in rows)}


@need
async def window(unit: UnitOfWork, track: UUID, stage: str) -> StageWindow | None:
    """The planned window of a stage of a track; None where it has none."""
    row = await unit.row(t.stage_window, track_id=track, stage=stage)
    return None if row is None else noun_of(StageWindow, row)
