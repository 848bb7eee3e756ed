"""Moves of a track that the clock makes: the process says from which stage, at which instant, where to, past which gates."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from ...store import due, facts, tracks
from ...store.unit import UnitOfWork
from ...workflow.engine import clock_moves, needs_of
from ...workflow.process import Clock
from ..core import circumstances
from ..core.act import ActContext, Entry, Job

# Which deed the clock does when a window closes. Of a consultation and a stage it moves the track, so it is about that.
_AT_THE_END = {
    "call": "close_call", "silence": "close_silence", "edition": "close_edition", "consultation": due.TURN, "stage": due.TURN,
}  # fmt: skip


def at_the_end(of: str, about: UUID, closes_at: datetime) -> Job:
    """The job for the end of a window, new or moved. `about`: the call, the silence or the edition; for a consultation and
    a stage the track. Jobs for an earlier end come round, find nothing due and come again."""
    return Job(_AT_THE_END[of], about, closes_at)


async def move(context: ActContext, unit: UnitOfWork, track_id: UUID) -> tuple[Entry, ...]:
    """Move the track past every instant that has come since its stage began, in the order of the instants.

    The stage begins at the instant itself, not when the worker came round; what a gate held back begins when it is let go.
    Nothing comes of it (no entries) where no instant has come, or what has come is held back as before.
    """
    entries: list[Entry] = []
    while True:
        track = await tracks.held_alone(unit, track_id)
        line = None if track is None else await _step(context, unit, track)
        if line is None:
            return tuple(entries)
        entries.append(line)
        if "held_by" in line.detail:
            return tuple(entries)


async def _step(context: ActContext, unit: UnitOfWork, track: Mapping[str, Any]) -> Entry | None:
    """One move, or one line that a gate holds it back; None where there is nothing to do or to say."""
    edition, process = context.place.edition, context.process
    if edition is None or process is None or edition["state"] == "recorded":
        return None
    moves = clock_moves(process, track["definition"], track["stage"])
    if not moves:
        return None
    shut: tuple[datetime, Clock, str] | None = None
    for edge in await due.edges_of(unit, track, context.now, edition["ends_at"]):
        for clock in (one for one in moves if one.at == edge.edge):
            gate = await _held_by(context, unit, track, clock, edge.document)
            if gate is None:
                return await _go(context, unit, track, clock, edge.at)
            shut = (edge.at, clock, gate)
    if shut is None or track["held_at"] == shut[0]:
        return None
    await tracks.hold(unit, track["id"], shut[0])
    detail = {"at": shut[1].at, "from": track["stage"], "held_by": shut[2], "to": shut[1].to}
    return Entry("track", track["id"], detail, at=context.now, act=due.TURN)


async def _go(
    context: ActContext, unit: UnitOfWork, track: Mapping[str, Any], clock: Clock, instant: datetime
) -> Entry:
    held = track["held_at"] is not None and track["held_at"] >= instant
    begins = context.now if held else instant
    await tracks.go(unit, track["id"], clock.to, begins)
    detail = {"by": "clock", "from": track["stage"], "to": clock.to}
    return Entry("track", track["id"], detail, at=begins, act="advance_stage")


async def _held_by(
    context: ActContext, unit: UnitOfWork, track: Mapping[str, Any], clock: Clock, document: UUID | None
) -> str | None:
    """The first gate that holds a move back; None where all are open.

    The clock's own gates are asked of the text whose silence ended, else of the whole track; what the stage to come needs
    is asked of the whole track.
    """
    assert context.process is not None
    waits_for = context.process.tracks[track["definition"]].after
    if waits_for and await tracks.under_way(unit, track["edition_id"], context.process, waits_for):
        return f"after {waits_for}"
    whole = facts.Scope(track["id"])
    shut = await circumstances.shut(unit, clock.gates, facts.Scope(track["id"], document))
    shut = shut or await circumstances.shut(unit, needs_of(context.process, track["definition"], clock.to), whole)
    return None if shut is None else shut.gate
