"""The planned dates of a running edition: when each stage of its tracks opens and closes, and when the edition ends.

They are counted from the edition's anchors by its process (`workflow/calendar/calendar.py`) and written down, so that
the clock and the rules look at a row and not at a definition. Whoever opens, clones or migrates an edition, or moves an
anchor, asks here; the jobs for the new instants are put into the queue in the same transaction.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

import sqlalchemy as sa

from ..domain.edition import Anchor, Edition, EditionState
from ..domain.planned import Change, Dates, change_of
from ..domain.track import StageWindow, Track
from ..errors import WrongState
from ..workflow.calendar.calendar import Calendar, plan, zone_of
from ..workflow.process import Process
from . import queue
from .nouns import columns_of
from .records import by_id, matching
from .steps import need, write
from .tables import schema as t
from .unit import UnitOfWork, fresh

CLOSES_STAGE, CLOSES_EDITION = "turn_stage", "close_edition"  # the acts of the clock at these instants


@write
async def plan_windows(unit: UnitOfWork, edition_id: UUID, process: Process, now: datetime) -> list[Change]:
    """Count the windows of all tracks of the edition, and its end, anew from its anchors; what changed.

    What was extended by hand and what has closed stays as it is, and so does the opening of what has opened. Refuses
    (InvalidValue) dates that cannot be counted, and to close a window that is open at an instant that lies behind us;
    WrongState: an edition that does not run.
    """
    changes = await unit.ask(changes_of(edition_id, process, now))
    for change in changes:
        await _write(unit, edition_id, process, change)
    await _enqueue(unit, edition_id, changes, now)
    return changes


@need
async def changes_of(
    unit: UnitOfWork,
    edition_id: UUID,
    process: Process,
    now: datetime,
    moved: Mapping[str, datetime] = MappingProxyType({}),
) -> list[Change]:
    """What `plan_windows` would change, with nothing written: for a preview. `moved`: anchors as they would stand."""
    edition = await unit.ask(by_id(Edition, edition_id))
    if edition is None or edition.state != EditionState.RUNNING:
        raise WrongState(act="the plan", state="not running", needs=("a running edition",))
    dates = {anchor.name: anchor.at for anchor in await unit.ask(matching(Anchor, "name", edition_id=edition_id))}
    calendar = plan(process, {**dates, **moved})
    changes = []
    for track in await unit.ask(matching(Track, "name", edition_id=edition_id)):
        windows = await unit.ask(matching(StageWindow, "stage", track_id=track.id))
        stood = {window.stage: window for window in windows}
        wanted = dict(_planned(calendar, track.definition))
        for stage in dict.fromkeys((*stood, *wanted)):
            change = change_of(track, stage, stood.get(stage), wanted.get(stage), now)
            if change is not None:
                changes.append(change)
    ends_at = calendar.ends.at if calendar.ends else None
    if ends_at != edition.ends_at:
        changes.append(Change(None, "", Dates(None, edition.ends_at), Dates(None, ends_at)))
    return changes


def _planned(calendar: Calendar, definition: str) -> Iterator[tuple[str, Dates]]:
    for window in calendar.windows:
        if window.track == definition and (window.opens or window.closes):
            yield (
                window.stage,
                Dates(window.opens.at if window.opens else None, window.closes.at if window.closes else None),
            )


async def _write(unit: UnitOfWork, edition_id: UUID, process: Process, change: Change) -> None:
    w = t.stage_window
    if change.track is None:
        await unit.change(t.edition, edition_id, ends_at=change.new.closes_at if change.new else None)
        return
    mine = sa.and_(w.c.track_id == change.track, w.c.stage == change.stage)
    if change.new is None:
        await unit.run(sa.delete(w).where(mine))
        return
    opens_at, closes_at = change.new.opens_at, change.new.closes_at
    if change.old is None:
        zone = await _zone(unit, process, change.track)
        window = StageWindow(
            id=fresh(), track_id=change.track, stage=change.stage, zone=zone, opens_at=opens_at, closes_at=closes_at
        )
        await unit.add(w, columns_of(window))
    else:
        await unit.run(sa.update(w).where(mine).values(opens_at=opens_at, closes_at=closes_at))


async def _zone(unit: UnitOfWork, process: Process, track: UUID) -> str:
    definition = await unit.scalar(sa.select(t.track.c.definition).where(t.track.c.id == track))
    return zone_of(process, definition)


async def _enqueue(unit: UnitOfWork, edition_id: UUID, changes: Iterable[Change], now: datetime) -> None:
    """Put the jobs for new instants into the queue. Jobs for the old ones find nothing due, and end."""
    for change in changes:
        closes_at = change.new.closes_at if change.new else None
        if closes_at is not None and closes_at > now:
            about = change.track or edition_id
            name = CLOSES_STAGE if change.track else CLOSES_EDITION
            await queue.put(unit, queue.Job(name, about, closes_at), now)
