"""An edition as it stands, and as it would stand after one of its anchors moved: every window, deadline, meeting and
due date that moves, and what is left alone and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ...domain.edition import DatedKind, Edition
from ...domain.planned import Change, Dates, dates_of
from ...domain.track import StageWindow, Track
from ...store import extensions
from ...workflow.calendar import calendar
from ...workflow.calendar.calendar import Calendar
from ...workflow.process import Process

CLOSED, EXTENDED, NAMED = "it has closed", "it was extended by hand", "its dates were named by hand"


@dataclass(frozen=True)
class DatedThing:
    """One thing with a date. `id`: of a call or text; of a stage the track. `because`: why it is left alone; then its
    new dates are its old ones."""

    kind: DatedKind
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
class Outlook:
    """An edition with its calendar before and after the move, its tracks, their windows as they stand by track, and the
    windows that would change."""

    process: Process
    edition: Edition
    before: Calendar
    after: Calendar
    tracks: Sequence[Track]
    stood: Mapping[UUID, Sequence[StageWindow]]
    changes: Sequence[Change]
    now: datetime

    def stages(self) -> tuple[list[DatedThing], list[DatedThing]]:
        """The planned windows that move, and those that would if they had not closed or been extended."""
        moved, left = [], []
        for track in self.tracks:
            changes = {change.stage: change for change in self.changes if change.track == track.id}
            stood = {window.stage: window for window in self.stood[track.id]}
            for stage in dict.fromkeys((*stood, *changes)):
                wanted = self.after.window(track.definition, stage)
                old = dates_of(stood[stage]) if stage in stood else Dates()
                if stage in changes:
                    moved.append(self._stage(track, stage, old, changes[stage].new or Dates(), None))
                elif wanted is not None and _would_move(self.before.window(track.definition, stage), wanted):
                    because = EXTENDED if stood[stage].extended else CLOSED
                    left.append(self._stage(track, stage, old, old, because))
        return moved, left

    def _stage(self, track: Track, stage: str, old: Dates, new: Dates, because: str | None) -> DatedThing:
        definition = self.process.tracks.get(track.definition)
        title = definition.stages[stage].title if definition and stage in definition.stages else stage
        zone = (definition.zone if definition else "") or self.process.zone
        dates = (old.opens_at, old.closes_at, new.opens_at, new.closes_at)
        return DatedThing(DatedKind.STAGE, stage, title, track.name, track.id, *dates, zone, because)

    def deadline(self, deadline: extensions.Deadline) -> DatedThing:
        """A call or consultation whose end is that of a planned window goes along with it; any other is left alone."""
        track = next(track for track in self.tracks if track.id == deadline.track)
        window = None if deadline.extended else self._window_closing_with(deadline, track)
        opens, closes = deadline.opens_at, deadline.closes_at
        if window is not None and window.old and window.new:
            closes = window.new.closes_at or closes
            if deadline.opens_at > self.now and deadline.opens_at == window.old.opens_at:
                opens = window.new.opens_at or opens
        zone = deadline.zone or self.process.tracks[track.definition].zone or self.process.zone
        stays = EXTENDED if deadline.extended else NAMED
        because = None if window is not None and closes != deadline.closes_at else stays
        dates = (deadline.opens_at, deadline.closes_at, opens, closes)
        kind = DatedKind(deadline.of)
        return DatedThing(kind, str(deadline.id), deadline.title, track.name, deadline.id, *dates, zone, because)

    def _window_closing_with(self, deadline: extensions.Deadline, track: Track) -> Change | None:
        """The window that moves and closed at this very deadline; that of the track's present stage before others."""
        closing = [
            change
            for change in self.changes
            if change.track == track.id and change.old and change.new and change.old.closes_at == deadline.closes_at
        ]
        return min(closing, key=lambda change: change.stage != track.stage, default=None)

    def planned(self) -> Iterator[DatedThing]:
        """Counted anchors, meetings and due dates of texts that move, and the end of the edition; not what has come."""
        yield from self._anchors()
        yield from self._meetings_and_documents()
        for change in self.changes:
            if change.track is None:
                was, closes = (dates.closes_at if dates else None for dates in (change.old, change.new))
                name, id_ = self.edition.name, self.edition.id
                yield DatedThing(DatedKind.EDITION, name, name, None, id_, None, was, None, closes, self.process.zone)

    def _anchors(self) -> Iterator[DatedThing]:
        for name, new in self.after.anchors.items():
            old = self.before.anchors.get(name)
            if old is not None and old.at != new.at:
                title, zone = self.process.anchors[name].title, self.process.zone
                yield DatedThing(DatedKind.ANCHOR, name, title, None, None, old.at, None, new.at, None, zone)

    def _meetings_and_documents(self) -> Iterator[DatedThing]:
        titles = {meeting.name: meeting.title for meeting in self.process.meetings.values()}
        titles |= {document.kind: document.title for document in self.process.documents.values()}
        pairs = (
            (DatedKind.MEETING, self.before.meetings, self.after.meetings),
            (DatedKind.DOCUMENT, self.before.documents, self.after.documents),
        )
        for kind, were, are in pairs:
            known = {planned.name: planned for planned in were}
            for new in are:
                old = known.get(new.name)
                if old is not None and old.begins.at > self.now and old.begins.at != new.begins.at:
                    dates = (old.begins.at, old.ends.at, new.begins.at, new.ends.at)
                    title, zone = titles[new.name], new.begins.zone
                    yield DatedThing(kind, new.name, title, new.track or None, None, *dates, zone)


def _would_move(old: calendar.StageWindow | None, new: calendar.StageWindow) -> bool:
    return old is not None and any(
        (a.at if a else None) != (b.at if b else None) for a, b in ((old.opens, new.opens), (old.closes, new.closes))
    )
