"""The calendar of an edition that runs: its own tracks, on the dates as they stand now, extensions included."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType

from ..process import Process
from .calendar import Calendar, Dated, StageWindow, counted, zone_of
from .happenings import day, happenings
from .lanes import lanes
from .rehearsal import Given, Rehearsal, refuse_beyond, stands, undated
from .seen import Seen


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
    given: Mapping[str, datetime],
    tracks: Sequence[RunningTrack],
    who: Seen,
    starts: date,
    on: date | None,
) -> Rehearsal:
    """The calendar from a day on. A track that the definition repeats appears as often as it is run; what is counted
    from an anchor without a date is left out. Refuses (InvalidValue) days outside the years that are kept."""
    refuse_beyond(starts, on, given)
    mine = [one for one in tracks if one.definition in process.tracks]
    order = list(process.tracks)
    mine.sort(key=lambda one: (order.index(one.definition), one.name))
    own = _own(process, mine)
    calendar = _as_it_stands(own, given, mine)
    rows = lanes(own, calendar, who)
    found = happenings(own, calendar, rows, who)
    shown = tuple(one for one in found if day(one) >= starts)
    anchors = tuple(
        Given(name, own.anchors[name].title, at, process.zone, False)
        for name, at in given.items()
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
        len(found) - len(shown),
        on,
        stands(rows, on) if on else (),
    )


def _own(process: Process, tracks: Sequence[RunningTrack]) -> Process:
    """The definition with the tracks of the edition in place of its own. A meeting belongs to the first of these that
    runs the track named by the definition."""
    first = {one.definition: one.name for one in reversed(tracks)}
    made = {one.name: replace(process.tracks[one.definition], name=one.name, title=one.title) for one in tracks}
    meetings = {name: replace(one, track=first.get(one.track, one.track)) for name, one in process.meetings.items()}
    return replace(process, tracks=MappingProxyType(made), meetings=MappingProxyType(meetings))


def _as_it_stands(process: Process, given: Mapping[str, datetime], tracks: Sequence[RunningTrack]) -> Calendar:
    calendar, _ = counted(process, given)
    dates = {one.name: one.windows for one in tracks}
    windows = []
    for window in calendar.windows:
        opens, closes = dates[window.track].get(window.stage, (None, None))
        zone = zone_of(process, window.track)
        grace = process.tracks[window.track].stages[window.stage].grace
        late = Dated(closes + grace, zone) if closes and grace else None
        opened, closed = (Dated(at, zone) if at else None for at in (opens, closes))
        windows.append(StageWindow(window.track, window.stage, zone, opened, closed, late))
    return replace(calendar, windows=tuple(windows))
