"""A rehearsal: what would happen when under a definition, and what one person could do, before any edition opens.

Pure: nothing is asked of the clock, and the same question has the same answer on every day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ...errors import InvalidValue
from ...times import instant
from ..check import dates as check_dates
from ..finding import Finding
from ..process import Process
from ..when import spoken as length
from . import holidays
from .calendar import counted, given_anchors, origins, places, plan, refuse_surplus
from .happenings import Happening, day, happenings
from .lanes import Bar, Lane, lanes
from .personas import Persona

# When a stage of which only the end is planned began: when the edition opened, so before all that has a date.
BEFORE = datetime(1900, 1, 1, tzinfo=UTC)
YEARS = range(2000, 2151)
PLACED_AT = time(9)  # the hour of an anchor that is placed: meetings open in the morning


@dataclass(frozen=True)
class AnchorDate:
    """An anchor with its date. `placed`: nobody gave the date, and the rehearsal chose it."""

    name: str
    title: str
    at: datetime
    zone: str
    placed: bool


@dataclass(frozen=True)
class Stands:
    """Where a track stands on a day, and what the person may do then: `says` in lines."""

    track: str
    stage: str
    says: tuple[str, ...]


@dataclass(frozen=True)
class Rehearsal:
    """The whole calendar. `undated`: by track, the stages of which nothing says when they begin, in order. `earlier`:
    how many things lie before the first day and are left out."""

    title: str
    version: str
    zone: str
    who: Persona
    starts: date
    anchors: tuple[AnchorDate, ...]
    lanes: tuple[Lane, ...]
    happenings: tuple[Happening, ...]
    undated: tuple[tuple[str, tuple[str, ...]], ...]
    findings: tuple[Finding, ...]
    earlier: int = 0
    on: date | None = None
    stands: tuple[Stands, ...] = ()

    @property
    def seat(self) -> str:
        """Whose holidays count."""
        return holidays.seat(self.zone)

    @property
    def days_off(self) -> tuple[tuple[date, str], ...]:
        """The holidays between the first day and the last thing that happens."""
        last = max((day(happening) for happening in self.happenings), default=self.starts)
        years = range(self.starts.year, last.year + 1)
        return tuple(
            (off, name)
            for year in years
            for off, name in holidays.holidays(year, self.zone)
            if self.starts <= off <= last
        )


def rehearse(
    process: Process, starts: date, who: Persona, anchor_dates: Mapping[str, datetime], on: date | None = None
) -> Rehearsal:
    """What would happen from a day on. An anchor without a date is placed so that the earliest thing counted from it
    falls on that day. Refuses (InvalidValue) dates for unknown anchors, anchors counted from one another, and dates
    that do not exist."""
    refuse_surplus(process, anchor_dates)
    refuse_beyond(starts, on, anchor_dates)
    zone = process.zone
    dates = placed(process, starts, anchor_dates)
    calendar = plan(process, dates)
    rows = lanes(process, calendar, who)
    everything = happenings(process, calendar, rows, who)
    shown = tuple(happening for happening in everything if day(happening) >= starts)
    names = dict.fromkeys([*anchor_dates, *dates])
    anchors = tuple(
        AnchorDate(name, process.anchors[name].title, dates[name].astimezone(UTC), zone, name not in anchor_dates)
        for name in names
    )
    return Rehearsal(
        process.title,
        f"{process.name} {process.version}",
        zone,
        who,
        starts,
        anchors,
        rows,
        shown,
        undated(rows),
        tuple(check_dates.findings_on(process, dates)),
        len(everything) - len(shown),
        on,
        stands(rows, on) if on else (),
    )


def refuse_beyond(starts: date, on: date | None, anchor_dates: Mapping[str, datetime]) -> None:
    """Refuse (InvalidValue) days and anchors outside the years for which calendars are kept (`YEARS`)."""
    for place, years in (
        ("starts", [starts.year]),
        ("on", [on.year] if on else []),
        ("anchors", [at.year for at in anchor_dates.values()]),
    ):
        if any(year not in YEARS for year in years):
            raise InvalidValue(reason=f"Calendars are kept for the years from {YEARS[0]} to {YEARS[-1]}.").at_path(
                place
            )


# ---- anchors that nobody has given a date yet
def placed(process: Process, starts: date, anchor_dates: Mapping[str, datetime]) -> dict[str, datetime]:
    """The dates that are given, and one chosen for every other anchor from which something is counted. Refuses
    (InvalidValue) a day near the end of the calendar."""
    began = origins(process)
    hanging: set[str] = set()
    for _, when in places(process):
        kind, root, *_ = began.get(when.anchor, ("", ""))
        if when.fixed is None and kind == "given":
            hanging.add(root)
    dates = dict(anchor_dates)
    for name in given_anchors(process):
        if name in hanging and name not in dates:
            dates[name] = _place(process, name, starts)
    return dates


def _place(process: Process, name: str, starts: date) -> datetime:
    """The morning to choose for an anchor, so that the earliest thing counted from it falls on the day `starts`."""
    guess = starts
    for _ in range(4):  # months are of several lengths, so the way back may miss by days: each step comes nearer
        earliest = _earliest(process, name, guess)
        if earliest == starts:
            return _morning(guess, process.zone)
        guess += starts - earliest
    for near in range(-4, 5):
        if _earliest(process, name, guess + timedelta(days=near)) == starts:
            return _morning(guess + timedelta(days=near), process.zone)
    return _morning(guess, process.zone)  # no day fits: counted in months, some days of the month are never reached


def _earliest(process: Process, name: str, on: date) -> date:
    anchor = _morning(on, process.zone)
    calendar, _ = counted(process, {name: anchor})
    edges = (edge for window in calendar.windows for edge in (window.opens, window.closes))
    begins = (planned.begins for planned in (*calendar.meetings, *calendar.documents))
    dates = (*edges, *begins, calendar.ends, *calendar.anchors.values())
    return min(dated.at.astimezone(ZoneInfo(dated.zone)).date() for dated in dates if dated and dated.root == name)


def _morning(on: date, zone: str) -> datetime:
    try:
        return instant(f"{on} {PLACED_AT:%H:%M}", zone)
    except (InvalidValue, OverflowError):
        raise InvalidValue(
            reason=f"No calendar can begin on {on}: its dates lie beyond the years that are kept."
        ).at_path("from") from None


# ---- stages without a date
def undated(rows: Iterable[Lane]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """By track, the stages of which nothing says when they begin; tracks without such a stage are left out."""
    by_track = (
        (lane.title, tuple(bar.title for bar in lane.bars if bar.begins is None and bar.closes is None))
        for lane in rows
    )
    return tuple((track, stages) for track, stages in by_track if stages)


# ---- one day
def stands(rows: Iterable[Lane], on: date) -> tuple[Stands, ...]:
    """Where every track stands on a day, and what may be done."""
    return tuple(standing for lane in rows for standing in _stands(lane, on))


def _stands(lane: Lane, on: date) -> list[Stands]:
    zone = ZoneInfo(lane.zone)

    def local(at: datetime) -> date:
        return at.astimezone(zone).date()

    since = [(bar.begins or (BEFORE if bar.closes else None), number, bar) for number, bar in enumerate(lane.bars)]
    dated = sorted(((begins, number, bar) for begins, number, bar in since if begins), key=lambda entry: entry[:2])
    begun = [bar for begins, _, bar in dated if local(begins) <= on]
    if not begun:
        when = (
            f"not yet: {dated[0][2].title} begins on {local(dated[0][0])}"
            if dated
            else "no stage of this track has a date"
        )
        return [Stands(lane.title, "", (when,))]
    running = [bar for bar in begun if bar.ends is None or local(bar.ends) >= on]
    # A stage without an end is left as soon as a later one has begun.
    running = [bar for bar in running if bar.ends is not None or bar is begun[-1]]
    if running:
        return [Stands(lane.title, bar.title, _on(bar, on, zone)) for bar in running]
    last = begun[-1]
    acts = [line for line in last.says if not line.endswith(")")]
    until = (
        f"its dates ended on {local(last.ends)}; the track stays here until somebody moves it on" if last.ends else ""
    )
    return [Stands(lane.title, last.title, (until, *acts))]


def _on(bar: Bar, on: date, zone: ZoneInfo) -> tuple[str, ...]:
    edges = []
    for word, at in (("begins", bar.begins), ("closes", bar.closes), ("late inputs are taken", bar.ends)):
        if at is not None and at.astimezone(zone).date() == on and not (at == bar.closes and word.startswith("late")):
            preposition = "until" if word.startswith("late") else "at"
            edges.append(f"{word} {preposition} {at.astimezone(zone):%H:%M}")
    left = bar.closes.astimezone(zone).date() - on if bar.closes else None
    if not edges and left and left > timedelta():
        edges.append(f"closes in {length(left)}")
    elif not edges and left is not None:
        edges.append("its deadline has passed; late inputs are taken and marked late")
    return (*edges, *bar.says)
