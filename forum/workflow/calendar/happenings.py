"""What happens when in an edition: stages, deadlines, reminders, silences, moves of the clock, meetings, texts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from ..process import Clock, Process, Stage, Track
from ..when import spoken
from . import holidays
from .calendar import Calendar, Planned
from .lanes import Bar, Lane, moves_at, silence_hours
from .seen import Seen

# The order of what happens at the same instant: what ends stands before what begins.
KINDS = (
    "reminder",
    "deadline",
    "grace",
    "consultation",
    "silence",
    "closes",
    "clock",
    "begins",
    "due",
    "meeting",
    "anchor",
    "end",
)
# The kinds to which it matters that nobody is at a desk on their day.
_FLAGGED = frozenset({"deadline", "grace", "consultation", "silence", "closes", "due", "meeting", "end"})


@dataclass(frozen=True)
class Happening:
    """One thing on the calendar, at the instant `at` of the zone.

    `kind` is one of `KINDS`; `key` identifies the thing whatever its date; `label` and `title` say what it is, as in
    "Deadline for inputs" and "Call". `yours`: it asks something of the person for whom the calendar is read; `says`:
    what that person may do from then on; `alarms`: how many days before it that person is reminded. `off`: why its day
    is no working day, where that matters; `working` is then the next one.
    """

    key: str
    kind: str
    at: datetime
    zone: str
    label: str
    title: str
    track: str = ""
    until: datetime | None = None
    notes: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    yours: bool = False
    alarms: tuple[int, ...] = ()
    off: str | None = None
    working: date | None = None


def happenings(process: Process, calendar: Calendar, lanes: tuple[Lane, ...], who: Seen) -> tuple[Happening, ...]:
    """All of them, in order of time."""
    found = [
        *(one for lane in lanes for bar in lane.bars for one in _of_stage(process, calendar, lane, bar, who)),
        *(_meeting(process, one, who) for one in calendar.meetings),
        *(_document(process, one) for one in calendar.documents),
        *(
            Happening(f"anchor-{name}", "anchor", one.at, one.zone, "Date", process.anchors[name].title)
            for name, one in calendar.anchors.items()
        ),
    ]
    if calendar.ends:
        found.append(Happening("end", "end", calendar.ends.at, calendar.ends.zone, "End", "The edition ends"))
    told = {(one.at, one.title) for one in found if one.kind == "meeting"}
    # A stage that the clock begins appears once, as the move.
    told |= {(one.at, one.title.rpartition(" → ")[2]) for one in found if one.kind == "clock"}
    kept = (_flagged(one) for one in found if one.kind not in ("anchor", "begins") or (one.at, one.title) not in told)
    tracks = {lane.title: number for number, lane in enumerate(lanes)}
    return tuple(sorted(kept, key=lambda one: (one.at, KINDS.index(one.kind), tracks.get(one.track, -1), one.key)))


def day(one: Happening) -> date:
    """Its day in its own zone."""
    return one.at.astimezone(ZoneInfo(one.zone)).date()


def _flagged(one: Happening) -> Happening:
    if one.kind not in _FLAGGED or not (off := holidays.day_off(day(one), one.zone)):
        return one
    return replace(one, off=off, working=holidays.next_working_day(day(one), one.zone))


def _of_stage(process: Process, calendar: Calendar, lane: Lane, bar: Bar, who: Seen) -> Iterator[Happening]:
    track = process.tracks[lane.track]
    stage = track.stages[bar.stage]
    here = f"{lane.track}-{stage.id}"
    if bar.begins is not None and not bar.by_clock:
        by = "" if bar.stage == track.initial else "moved on by hand"
        notes = (
            *((by,) if by and not _led_by_clock(track, stage) else ()),
            *_needs(stage),
            *_begun(process, track, stage),
        )
        one = _at(f"begins-{here}", "begins", bar.begins, lane, "Begins", stage.title, notes, bool(bar.says))
        yield replace(one, says=bar.says)
    if bar.closes is not None:
        yield from _closing(process, lane, bar, stage)
    window = calendar.window(lane.track, stage.id)
    for number, clock in enumerate(stage.clocks):
        at = moves_at(process, track, clock, window, bar.begins) if window else None
        if at is not None and clock.to in track.stages:
            to = next(one for one in lane.bars if one.stage == clock.to)
            notes = _moved(clock, track.stages[clock.to]) + _begun(process, track, track.stages[clock.to])
            title = f"{stage.title} → {to.title}"
            yield replace(
                _at(f"clock-{here}-{number}", "clock", at, lane, "By the clock", title, notes, bool(to.says)),
                says=to.says,
            )


def _closing(process: Process, lane: Lane, bar: Bar, stage: Stage) -> Iterator[Happening]:
    """What ends in a stage, by what runs in it: at its planned end, a silence after its hours."""
    track, here = process.tracks[lane.track], f"{lane.track}-{stage.id}"
    assert bar.closes is not None
    ends = bar.closes
    if bar.runs == "silence" and bar.begins is not None:
        ends = bar.begins + timedelta(hours=silence_hours(process, track))
        if ends != bar.closes:
            yield _at(f"closes-{here}", "closes", bar.closes, lane, "Closes", stage.title, (), False)
    kind, label, window = _ENDINGS.get(bar.runs, ("closes", "Closes", "stage"))
    yours = bar.may_in(window)
    days = process.reminders.days if kind == "deadline" and not track.voluntary else ()
    alarms = tuple(sorted({*days}, reverse=True)) if yours else ()
    yield replace(_at(f"{kind}-{here}", kind, ends, lane, label, stage.title, (), yours), alarms=alarms)
    for before in days:
        at = _days_before(bar.closes, lane.zone, before)
        if bar.begins is None or at > bar.begins:
            reached = process.reminders.through
            notes = (f"to addressees who have not answered{_through(reached)}",)
            label = f"Reminder, {_count(before)} to the deadline"
            yield _at(f"reminder-{here}-{before}", "reminder", at, lane, label, stage.title, notes, yours)
    if bar.ends is not None and stage.grace:
        notes = (f"{spoken(stage.grace)} of grace after the deadline; what comes in it is marked late",)
        yield _at(f"grace-{here}", "grace", bar.ends, lane, "Late inputs end", stage.title, notes, yours)


# What the end of a stage is, by what runs in it: kind, in words, and the window in which it asks something of people.
_ENDINGS = {
    "silence": ("silence", "The silence ends", "silence"),
    "call": ("deadline", "Deadline for inputs", "call"),
    "consultation": ("consultation", "Deadline for comments", "consultation"),
}


def _begun(process: Process, track: Track, stage: Stage) -> tuple[str, ...]:
    """What begins with a stage, beside the stage."""
    rules = track.rules(stage.id)
    notes = []
    if "issue_call" in rules and "submit_contribution" in rules:
        notes.append("the call is issued")
    if "start_silence" in rules:
        notes.append(f"the text goes before the body; a silence of {silence_hours(process, track)} hours begins")
    back = [track.stages[name].title for name in stage.to if name in track.stages and _earlier(track, name, stage.id)]
    if back:
        notes.append(f"another round is possible: back to {', '.join(back)}")
    if stage.final:
        notes.append("the track ends here")
    return tuple(notes)


def _earlier(track: Track, one: str, other: str) -> bool:
    order = list(track.stages)
    return order.index(one) < order.index(other)


def _moved(clock: Clock, to: Stage) -> tuple[str, ...]:
    held = dict.fromkeys((*clock.gates, *to.needs))
    return (f"held back until: {_gates(held)}",) if held else ()


def _needs(stage: Stage) -> tuple[str, ...]:
    return (f"not before: {_gates(stage.needs)}",) if stage.needs else ()


def _gates(names: Iterator[str] | tuple[str, ...] | dict[str, None]) -> str:
    return ", ".join(name.replace("_", " ") for name in names)


def _led_by_clock(track: Track, stage: Stage) -> bool:
    return any(clock.to == stage.id for other in track.stages.values() for clock in other.clocks)


def _through(roles: tuple[str, ...]) -> str:
    return f", through the {', '.join(role.replace('_', ' ') for role in roles)}" if roles else ""


def _count(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"


def _days_before(closes: datetime, zone: str, days: int) -> datetime:
    """The same time of day there, so many days earlier; over a change of the clocks as if they had not moved yet."""
    local = closes.astimezone(ZoneInfo(zone)).replace(tzinfo=None) - timedelta(days=days)
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(closes.tzinfo)


def _at(
    key: str, kind: str, at: datetime, lane: Lane, label: str, title: str, notes: tuple[str, ...], yours: bool
) -> Happening:
    return Happening(key, kind, at, lane.zone, label, title, lane.title, notes=notes, yours=yours)


def _meeting(process: Process, one: Planned, who: Seen) -> Happening:
    said = process.meetings[one.name]
    track = process.tracks.get(said.track)
    standing = who.standing
    office = bool(standing.roles) and not standing.statuses
    invited = (not said.statuses or bool(standing.statuses & set(said.statuses))) and (
        not said.mechanisms or bool(standing.mechanisms & set(said.mechanisms))
    )
    open_to = [f"{status}s" for status in said.statuses] + [
        process.mechanisms.get(name, name) for name in said.mechanisms
    ]
    notes = [said.format] if said.format else []
    notes += [f"open to: {', '.join(open_to)}"] if open_to else []
    return Happening(
        f"meeting-{one.name}",
        "meeting",
        one.begins.at,
        one.begins.zone,
        "Meeting",
        said.title,
        track.title if track else "",
        one.ends.at,
        tuple(notes),
        yours=bool(standing.roles) and (office or invited),
    )


def _document(process: Process, one: Planned) -> Happening:
    said = process.documents[one.name]
    track = process.tracks.get(one.track)
    notes = [f"in {', '.join(said.languages)}"] if len(said.languages) > 1 else []
    notes += [f"for: {process.meetings[said.meeting].title}"] if said.meeting in process.meetings else []
    return Happening(
        f"due-{one.name}",
        "due",
        one.begins.at,
        one.begins.zone,
        "Due",
        said.title,
        track.title if track else "",
        notes=tuple(notes),
    )
