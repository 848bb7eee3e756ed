"""What would move if an anchor of an edition moved: every window, deadline, meeting and due date, what is left alone and
why, and what would then be wrong. Looks only; `move_anchor` does what was foreseen here, and nothing else."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from ...errors import InvalidValue
from ...store import clock, extensions, windows
from ...store.processes import Processes
from ...store.tables import schema as t
from ...store.unit import UnitOfWork
from ...times import spoken
from ...workflow.calendar.calendar import Calendar, Dated, StageWindow, plan, refuse_surplus
from ...workflow.check.dates import findings_of
from ...workflow.finding import Finding
from ...workflow.graph import reachable
from ...workflow.process import Process
from ..window.moving import ahead

CLOSED, EXTENDED, NAMED = "it has closed", "it was extended by hand", "its dates were named by hand"


@dataclass(frozen=True)
class Moved:
    """One thing with a date. `kind`: anchor, stage, call, consultation, meeting, document or edition. `id`: of a call or
    text; of a stage the track. `because`: why it is left alone; then its new dates are its old ones."""

    kind: str
    name: str
    title: str
    track: str | None = None
    id: UUID | None = None
    opens_was: datetime | None = None
    closes_was: datetime | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    zone: str = "UTC"
    because: str | None = None


@dataclass(frozen=True)
class Foreseen:
    """All that a move would do. With `findings` it is refused."""

    anchor: str
    was: datetime | None
    at: datetime
    moved: tuple[Moved, ...] = ()
    left_alone: tuple[Moved, ...] = ()
    findings: tuple[Finding, ...] = ()


async def foresee(
    unit: UnitOfWork, edition: Mapping[str, Any], process: Process, name: str, at: datetime, now: datetime
) -> Foreseen:
    """What would come of moving the anchor to this instant, with nothing done. What cannot be is among the findings."""
    given = {row["name"]: row["at"] for row in await unit.rows(t.anchor, "name", edition_id=edition["id"])}
    try:
        refuse_surplus(process, {name: at})
        before, after = plan(process, given), plan(process, {**given, name: at})
        changes = await windows.changes_of(unit, edition["id"], process, now, {name: at})
    except InvalidValue as refusal:
        return Foreseen(
            name, given.get(name), at, findings=(Finding("cannot_move", refusal.reason, "Choose another date."),)
        )
    tracks = await unit.rows(t.track, "name", edition_id=edition["id"])
    stood = {track["id"]: await unit.rows(t.stage_window, "stage", track_id=track["id"]) for track in tracks}
    open_ones = await extensions.deadlines(unit, edition["id"], now)
    seen = _Seen(process, edition, before, after, tracks, stood, changes, now)
    moved, left = seen.stages()
    for deadline in open_ones:
        one = seen.deadline(deadline)
        (left if one.because else moved).append(one)
    moved += seen.planned()
    findings = (*seen.over(moved), *seen.after_the_end((*moved, *left)), *seen.wrong())
    return Foreseen(name, given.get(name), at, tuple(moved), tuple(left), findings)


async def look(unit: UnitOfWork, processes: Processes, edition: UUID, name: str, at: datetime) -> Foreseen | None:
    """The same, for whoever only asks; None for an edition that does not run. An instant beyond the calendar is a finding."""
    row = await unit.row(t.edition, id=edition)
    pinned = await unit.row(t.process_definition, id=row["process_id"]) if row and row["process_id"] else None
    if row is None or pinned is None or row["state"] != "running":
        return None
    try:
        ahead(at)
    except InvalidValue as refusal:
        return Foreseen(name, None, at, findings=(Finding("cannot_move", refusal.reason, "Choose another date."),))
    process = processes.get(pinned["hash"], pinned["text"])
    return await foresee(unit, row, process, name, at, await clock.moment(unit))


@dataclass(frozen=True)
class _Seen:
    """An edition as it stands, and as it would stand."""

    process: Process
    edition: Mapping[str, Any]
    before: Calendar
    after: Calendar
    tracks: list[dict[str, Any]]
    stood: Mapping[UUID, list[dict[str, Any]]]
    changes: list[windows.Change]
    now: datetime

    def stages(self) -> tuple[list[Moved], list[Moved]]:
        """The planned windows that move, and those that would if they had not closed or been extended."""
        moved, left = [], []
        for track in self.tracks:
            changes = {c.stage: c for c in self.changes if c.track == track["id"]}
            rows = {row["stage"]: row for row in self.stood[track["id"]]}
            for stage in dict.fromkeys((*rows, *changes)):
                wanted = self.after.window(track["definition"], stage)
                old = (
                    windows.Dates(rows[stage]["opens_at"], rows[stage]["closes_at"])
                    if stage in rows
                    else windows.Dates()
                )
                if stage in changes:
                    moved.append(self._stage(track, stage, old, changes[stage].new or windows.Dates(), None))
                elif wanted is not None and _would_move(self.before.window(track["definition"], stage), wanted):
                    left.append(self._stage(track, stage, old, old, EXTENDED if rows[stage]["extended"] else CLOSED))
        return moved, left

    def _stage(
        self, track: Mapping[str, Any], stage: str, old: windows.Dates, new: windows.Dates, because: str | None
    ) -> Moved:
        path = self.process.tracks.get(track["definition"])
        title = path.stages[stage].title if path and stage in path.stages else stage
        zone = (path.zone if path else "") or self.process.zone
        dates = (old.opens_at, old.closes_at, new.opens_at, new.closes_at)
        return Moved("stage", stage, title, track["name"], track["id"], *dates, zone, because)

    def deadline(self, one: extensions.Deadline) -> Moved:
        """A call or consultation whose end is that of a planned window goes along with it; any other is left alone."""
        track = next(row for row in self.tracks if row["id"] == one.track)
        mine = [
            c for c in self.changes if c.track == one.track and c.old and c.new and c.old.closes_at == one.closes_at
        ]
        mine.sort(key=lambda change: change.stage != track["stage"])
        taken = mine[0] if mine and not one.extended else None
        opens, closes = one.opens_at, one.closes_at
        if taken is not None and taken.old and taken.new:
            closes = taken.new.closes_at or closes
            if one.opens_at > self.now and one.opens_at == taken.old.opens_at:
                opens = taken.new.opens_at or opens
        zone = one.row.get("zone") or self.process.tracks[track["definition"]].zone or self.process.zone
        because = None if taken is not None and closes != one.closes_at else EXTENDED if one.extended else NAMED
        dates = (one.opens_at, one.closes_at, opens, closes)
        return Moved(one.of, str(one.id), one.title, track["name"], one.id, *dates, zone, because)

    def planned(self) -> Iterator[Moved]:
        """Counted anchors, meetings and due dates of texts that move, and the end of the edition; not what has come."""
        zone = self.process.zone
        for name, new in self.after.anchors.items():
            old = self.before.anchors.get(name)
            if old is not None and old.at != new.at:
                yield Moved(
                    "anchor", name, self.process.anchors[name].title, None, None, old.at, None, new.at, None, zone
                )
        titles = {one.name: one.title for one in self.process.meetings.values()}
        titles |= {one.kind: one.title for one in self.process.documents.values()}
        pairs = (
            ("meeting", self.before.meetings, self.after.meetings),
            ("document", self.before.documents, self.after.documents),
        )
        for kind, were, are in pairs:
            known = {one.name: one for one in were}
            for one in are:
                old_one = known.get(one.name)
                if old_one is not None and old_one.begins.at > self.now and old_one.begins.at != one.begins.at:
                    dates = (old_one.begins.at, old_one.ends.at, one.begins.at, one.ends.at)
                    yield Moved(kind, one.name, titles[one.name], one.track or None, None, *dates, one.begins.zone)
        for change in self.changes:
            if change.track is None:
                ends = (change.old.closes_at if change.old else None, change.new.closes_at if change.new else None)
                name = self.edition["name"]
                yield Moved("edition", name, name, None, self.edition["id"], None, ends[0], None, ends[1], zone)

    def over(self, moved: Iterable[Moved]) -> Iterator[Finding]:
        """What would be over before anybody could use it: ends that lie behind us, of all but stages the track has left."""
        for one in moved:
            if one.kind not in ("stage", "call", "consultation", "edition") or one.closes_at is None:
                continue
            if one.kind == "stage" and not self._is_ahead(one):
                continue
            if one.closes_at <= self.now or (one.opens_at is not None and one.closes_at <= one.opens_at):
                text = f'{one.kind.capitalize()} "{one.title}" would be over before it begins, or is over already on that date.'
                stage = one.name if one.kind == "stage" else None
                yield Finding(
                    "would_be_over", text, "Move the date less far, or extend it first.", None, one.track, stage
                )

    def after_the_end(self, dated: Iterable[Moved]) -> Iterator[Finding]:
        """What would end after the edition, and does not now: nothing is done in it then."""
        then = self.after.ends.at if self.after.ends else None
        now = self.edition["ends_at"]
        for one in dated:
            if (
                then is None
                or one.closes_at is None
                or one.kind not in ("stage", "call", "consultation")
                or one.closes_at <= self.now
            ):
                continue
            if one.closes_at > then and not (now is not None and one.closes_was is not None and one.closes_was > now):
                text = f'{one.kind.capitalize()} "{one.title}" would end after the edition, which would end at {spoken(then, one.zone)}.'
                stage = one.name if one.kind == "stage" else None
                yield Finding("after_the_end", text, "Move the date less far.", None, one.track, stage)

    def _is_ahead(self, one: Moved) -> bool:
        track = next(row for row in self.tracks if row["id"] == one.id)
        path = self.process.tracks.get(track["definition"])
        if path is None or track["stage"] not in path.stages:
            return True
        return one.name in reachable(
            [track["stage"]], lambda stage: path.stages[stage].leads_to() if stage in path.stages else ()
        )

    def wrong(self) -> Iterator[Finding]:
        """What the check of dates finds then and does not find now; windows as they really stand and would stand."""
        for track in self.tracks:
            rows = {row["stage"]: windows.Dates(row["opens_at"], row["closes_at"]) for row in self.stood[track["id"]]}
            then = {**rows, **{c.stage: c.new or windows.Dates() for c in self.changes if c.track == track["id"]}}
            known = {_fault(one) for one in findings_of(self.process, _as_is(self.before, track["definition"], rows))}
            past = {
                stage for stage, dates in rows.items() if dates.closes_at is not None and dates.closes_at <= self.now
            }
            for one in findings_of(self.process, _as_is(self.after, track["definition"], then)):
                if one.track in (track["definition"], None) and _fault(one) not in known and one.stage not in past:
                    yield one


def _fault(one: Finding) -> tuple[Any, ...]:
    return (one.code, one.track, one.stage, one.line)


def _would_move(old: StageWindow | None, new: StageWindow) -> bool:
    return old is not None and any(
        (a.at if a else None) != (b.at if b else None) for a, b in ((old.opens, new.opens), (old.closes, new.closes))
    )


def _as_is(calendar: Calendar, definition: str, rows: Mapping[str, windows.Dates]) -> Calendar:
    """The calendar with one track's windows as they are written down."""

    def real(one: StageWindow) -> StageWindow:
        if one.track != definition or one.stage not in rows:
            return one
        dates = rows[one.stage]
        opens = None if dates.opens_at is None else Dated(dates.opens_at, one.zone)
        closes = None if dates.closes_at is None else Dated(dates.closes_at, one.zone)
        return replace(one, opens=opens, closes=closes)

    return replace(calendar, windows=tuple(real(one) for one in calendar.windows))
