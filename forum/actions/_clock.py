"""Moves of a track that the clock makes: the process says from which stage, at which edge of which window, where to."""

from datetime import datetime
from uuid import UUID

from ..store import tables as t
from ..store.unit import Unit
from ..workflow.engine import clock_moves
from .deeds import Entry, Moment


async def move(at: Moment, unit: Unit, track_id: UUID, edge: str, instant: datetime) -> tuple[Entry, ...]:
    """Move the track where its process has a clock on this edge; the stage begins at the instant itself, not when the
    worker came round. Gates of such a move are the caller's to ask."""
    track = await unit.row(t.track, id=track_id)
    if track is None or at.process is None:
        return ()
    found = next((c for c in clock_moves(at.process, track["definition"], track["stage"]) if c.at == edge), None)
    if found is None:
        return ()
    await unit.change(t.track, track_id, stage=found.to, stage_since=instant)
    return (Entry("track", track_id, {"from": track["stage"], "to": found.to, "by": "clock"}, at=instant, act="advance_stage"),)
