"""The calendar of an edition that runs: its own tracks, on the dates as they stand now, extensions included."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType

from ..process import Process
from .calendar import Calendar, Dated, StageWindow, counted, zone_of
from .happenings import day, happenings
from .lanes import lanes
from .personas import Persona
from .rehearsal import AnchorDate, Rehearsal, refuse_beyond, stands, undated


@dataclass(frozen=True)
class RunningTrack:
    """A track of an edition: the track of the definition that it runs, and the windows (opens, closes) of its
    stages."""

    name: str
    title: str
    definition: str
    windows: Mapping[str, tuple[datetime | None, datetime | None]]


def running(
    process: Process,
    anchor_dates: Mapping[str, datetime],
    tracks: Sequence[RunningTrack],
    who: Persona,
    starts: date,
    on: date | None,
) -> Rehearsal:
    """The calendar from a day on. A track that the definition repeats appears as often as it is run; what is counted
    from an anchor without a date is left out. Refuses (InvalidValue) days outside the years that are kept."""
    refuse_beyond(starts, on, anchor_dates)
    mine = [track for track in tracks if track.definition in process.tracks]
    order = list(process.tracks)
    mine.sort(key=lambda track: (order.index(track.definition), track.name))
    own = _own(process, mine)
    calendar = _as_it_stands(own, anchor_dates, mine)
    rows = lanes(own, calendar, who)
    everything = happenings(own, calendar, rows, who)
    shown = tuple(happening for happening in everything if day(happening) >= starts)
    anchors = tuple(
        AnchorDate(name, own.anchors[name].title, at, process.zone, False)
        for name, at in anchor_dates.items()
        if name in own.anchors
    )
    return Rehearsal(
        process.title,
        f"{process.name} {process.version}",
        process.zone,
        who,
        starts,
        anchors,
        rows,
        shown,
        undated(rows),
        (),
        len(everything) - len(shown),
        on,
        stands(rows, on) if on else (),
    )


def _own(process: Process, tracks: Sequence[RunningTrack]) -> Process:
    """The definition with the tracks of the edition in place of its own. A meeting belongs to the first of these that
    runs the track named by the definition."""
    first = {track.definition: track.name for track in reversed(tracks)}
    as_run = {
        track.name: replace(process.tracks[track.definition], name=track.name, title=track.title) for track in tracks
    }
    meetings = {
        name: replace(meeting, track=first.get(meeting.track, meeting.track))
        for name, meeting in process.meetings.items()
    }
    return replace(process, tracks=MappingProxyType(as_run), meetings=MappingProxyType(meetings))


def _as_it_stands(process: Process, anchor_dates: Mapping[str, datetime], tracks: Sequence[RunningTrack]) -> Calendar:
    calendar, _ = counted(process, anchor_dates)
    dates = {track.name: track.windows for track in tracks}
    windows = []
    for window in calendar.windows:
        opens, closes = dates[window.track].get(window.stage, (None, None))
        zone = zone_of(process, window.track)
        grace = process.tracks[window.track].stages[window.stage].grace
        late = Dated(closes + grace, zone) if closes and grace else None
        opened, closed = (Dated(at, zone) if at else None for at in (opens, closes))
        windows.append(StageWindow(window.track, window.stage, zone, opened, closed, late))
    return replace(calendar, windows=tuple(windows))
