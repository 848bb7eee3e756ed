"""Moves of a track that the clock makes: the process says from which stage, at which instant, to where, past which
gates."""

from datetime import datetime
from uuid import UUID

from ...domain.edition import EditionState
from ...domain.track import Track, hold
from ...domain.track import move as moved
from ...store import due, tracks
from ...store.records import change
from ...store.steps import Store
from ...workflow.engine import clock_moves, needs_of
from ...workflow.process import Clock
from ..core import circumstances
from ..core.act import ActContext, Entry, Job

# Which act the clock performs when a window closes. Of a consultation and a stage it moves the track, so it is on that.
_AT_THE_END = {
    "call": "close_call", "silence": "close_silence", "edition": "close_edition", "consultation": due.TURN,
    "stage": due.TURN,
}  # fmt: skip


def at_the_end(of: str, about: UUID, closes_at: datetime) -> Job:
    """The job for the end of a window, new or moved.

    `about`: the call, the silence or the edition; for a consultation and a stage the track. A job for an earlier end
    finds nothing due when it runs, and waits for the new one.
    """
    return Job(_AT_THE_END[of], about, closes_at)


async def move(context: ActContext, store: Store, track_id: UUID) -> tuple[Entry, ...]:
    """Move the track past every instant that has come since its stage began, in the order of the instants.

    The stage begins at the instant itself, not when a worker came to it; what a gate held back begins when it is let
    go. Nothing comes of it (no entries) where no instant has come, or what has come is held back as before.
    """
    entries: list[Entry] = []
    begun: set[tuple[str, datetime]] = set()
    while True:
        track = await store.ask(tracks.held_alone(track_id))
        # Stages that lead to one another and whose planned ends have all passed are gone through once.
        if track is None or (track.stage, track.stage_since) in begun:
            return tuple(entries)
        begun.add((track.stage, track.stage_since))
        line = await _step(context, store, track)
        if line is None:
            return tuple(entries)
        entries.append(line)
        if "held_by" in line.detail:
            return tuple(entries)


async def _step(context: ActContext, store: Store, track: Track) -> Entry | None:
    """One move, or one line that a gate holds it back; None where there is nothing to do or to say."""
    edition, process = context.place.edition, context.process
    if edition is None or process is None or edition.state in (EditionState.RECORDED, EditionState.WITHDRAWN):
        return None
    moves = clock_moves(process, track.definition, track.stage)
    if not moves:
        return None
    shut: tuple[datetime, Clock, str] | None = None
    as_planned = process.tracks[track.definition].stages[track.stage].left_as_planned
    for edge in await store.ask(due.edges_of(track, context.now, edition.ends_at, as_planned=as_planned)):
        for clock in (clock for clock in moves if clock.at == edge.edge):
            gate = await _held_by(context, store, track, clock)
            if gate is None:
                return await _go(context, store, track, clock, edge.at)
            shut = (edge.at, clock, gate)
    if shut is None or track.held_at == shut[0]:
        return None
    await store.write(change(track, hold(track, shut[0])))
    detail = {"at": shut[1].at, "from": track.stage, "held_by": shut[2], "to": shut[1].to}
    return Entry("track", track.id, detail, at=context.now, act=due.TURN)


async def _go(context: ActContext, store: Store, track: Track, clock: Clock, instant: datetime) -> Entry:
    after = moved(track, clock.to, instant, context.now)
    await store.write(change(track, after))
    detail = {"by": "clock", "from": track.stage, "to": after.stage}
    return Entry("track", track.id, detail, at=after.stage_since, act="advance_stage")


async def _held_by(context: ActContext, store: Store, track: Track, clock: Clock) -> str | None:
    """The first gate that holds a move back; None where all are open. The clock's own gates and what the stage to come
    needs are asked of the whole track: it moves with all its texts."""
    assert context.process is not None
    waits_for = context.process.tracks[track.definition].after
    if waits_for:
        before = await store.ask(tracks.under_way(track.edition_id, context.process, waits_for))
        if before:
            return f"after {waits_for}"
    needs = needs_of(context.process, track.definition, clock.to)
    shut = await circumstances.shut(store, (*clock.gates, *needs), circumstances.scope_of_end(context.process, track))
    return None if shut is None else shut.gate
