"""The planned dates of a running edition: when each stage of its tracks opens and closes, and when the edition ends.

They are counted from the edition's anchors by its process (`workflow/calendar/calendar.py`) and written down, so that the clock and
the rules look at a row and not at a definition. Whoever opens, clones or migrates an edition, or moves an anchor, asks here;
the jobs that bring the new instants round are put into the queue in the same transaction.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from ..errors import InvalidValue, WrongState
from ..times import spoken
from ..workflow.calendar.calendar import Calendar, plan, zone_of
from ..workflow.process import Process
from . import queue
from .tables import schema as t
from .unit import UnitOfWork, fresh

CLOSES_STAGE, CLOSES_EDITION = "turn_stage", "close_edition"  # the deeds of the clock at these instants


@dataclass(frozen=True)
class Dates:
    """From when to when; None leaves that side open."""

    opens_at: datetime | None = None
    closes_at: datetime | None = None


@dataclass(frozen=True)
class Change:
    """A window that is another than before. `old` None: it is new; `new` None: it is planned no more.

    `track` None: it is the edition itself, whose end is `closes_at`.
    """

    track: UUID | None
    stage: str
    old: Dates | None
    new: Dates | None


async def plan_windows(unit: UnitOfWork, edition_id: UUID, process: Process, now: datetime) -> list[Change]:
    """Count the windows of all tracks of the edition, and its end, anew from its anchors; what changed.

    What was extended by hand and what has closed stays as it is, and so does the opening of what has opened. Refuses
    (InvalidValue) dates that cannot be counted, and to close a window that is open at an instant that lies behind us;
    WrongState: an edition that does not run.
    """
    changes = await changes_of(unit, edition_id, process, now)
    for change in changes:
        await _write(unit, edition_id, process, change)
    await enqueue(unit, edition_id, changes, now)
    return changes


async def changes_of(
    unit: UnitOfWork,
    edition_id: UUID,
    process: Process,
    now: datetime,
    moved: Mapping[str, datetime] = MappingProxyType({}),
) -> list[Change]:
    """What `plan_windows` would change, with nothing written: for a preview. `moved`: anchors as they would stand."""
    edition = await unit.row(t.edition, id=edition_id)
    if edition is None or edition["state"] != "running":
        raise WrongState(act="the plan", state="not running", needs=("a running edition",))
    given = {row["name"]: row["at"] for row in await unit.rows(t.anchor, "name", edition_id=edition_id)}
    calendar = plan(process, {**given, **moved})
    changes = []
    for track in await unit.rows(t.track, "name", edition_id=edition_id):
        stood = {row["stage"]: row for row in await unit.rows(t.stage_window, "stage", track_id=track["id"])}
        wanted = dict(_planned(calendar, track["definition"]))
        for stage in dict.fromkeys((*stood, *wanted)):
            change = _change(track, stage, stood.get(stage), wanted.get(stage), now)
            if change is not None:
                changes.append(change)
    ends_at = calendar.ends.at if calendar.ends else None
    if ends_at != edition["ends_at"]:
        changes.append(Change(None, "", Dates(None, edition["ends_at"]), Dates(None, ends_at)))
    return changes


def _planned(calendar: Calendar, definition: str) -> Iterator[tuple[str, Dates]]:
    for window in calendar.windows:
        if window.track == definition and (window.opens or window.closes):
            yield (
                window.stage,
                Dates(window.opens.at if window.opens else None, window.closes.at if window.closes else None),
            )


def _change(
    track: Mapping[str, Any], stage: str, row: Mapping[str, Any] | None, wanted: Dates | None, now: datetime
) -> Change | None:
    old = None if row is None else Dates(row["opens_at"], row["closes_at"])
    if row is None or old is None:
        return Change(track["id"], stage, None, wanted)
    if row["extended"] or (old.closes_at is not None and old.closes_at <= now) or wanted == old:
        return None
    if wanted is None:
        return Change(track["id"], stage, old, None)
    opened = old.opens_at is not None and old.opens_at <= now
    new = Dates(old.opens_at if opened else wanted.opens_at, wanted.closes_at)
    if new.closes_at is not None and new.closes_at <= now and track["stage"] == stage:
        raise InvalidValue(
            reason=f"The stage {stage} of {track['title']} is open, and would have closed at "
            f"{spoken(new.closes_at, 'UTC')}. Move it less far, or advance the track first."
        )
    if new.closes_at is not None and new.opens_at is not None and new.closes_at <= new.opens_at:
        raise InvalidValue(
            reason=f"The stage {stage} of {track['title']} would close before it opened. Move it less far."
        )
    return None if new == old else Change(track["id"], stage, old, new)


async def _write(unit: UnitOfWork, edition_id: UUID, process: Process, change: Change) -> None:
    w = t.stage_window
    if change.track is None:
        await unit.change(t.edition, edition_id, ends_at=change.new.closes_at if change.new else None)
        return
    mine = sa.and_(w.c.track_id == change.track, w.c.stage == change.stage)
    if change.new is None:
        await unit.run(sa.delete(w).where(mine))
        return
    dates = {"opens_at": change.new.opens_at, "closes_at": change.new.closes_at}
    if change.old is None:
        zone = await _zone(unit, process, change.track)
        await unit.add(w, {"id": fresh(), "track_id": change.track, "stage": change.stage, "zone": zone, **dates})
    else:
        await unit.run(sa.update(w).where(mine).values(**dates))


async def _zone(unit: UnitOfWork, process: Process, track: UUID) -> str:
    definition = await unit.scalar(sa.select(t.track.c.definition).where(t.track.c.id == track))
    return zone_of(process, definition)


async def enqueue(unit: UnitOfWork, edition_id: UUID, changes: Iterable[Change], now: datetime) -> None:
    """Put the jobs for new instants into the queue. Jobs for the old ones come round, find nothing due, and end."""
    for change in changes:
        closes_at = change.new.closes_at if change.new else None
        if closes_at is not None and closes_at > now:
            about = change.track or edition_id
            name = CLOSES_STAGE if change.track else CLOSES_EDITION
            await queue.put(unit, queue.Job(name, about, closes_at), now)
