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
from .personas import Persona

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


def happenings(process: Process, calendar: Calendar, lanes: tuple[Lane, ...], who: Persona) -> tuple[Happening, ...]:
    """Everything that happens in an edition, in order of time; what two entries would say appears once."""
    entries = [
        *(entry for lane in lanes for bar in lane.bars for entry in _of_stage(process, calendar, lane, bar, who)),
        *(_meeting(process, meeting, who) for meeting in calendar.meetings),
        *(_document(process, document) for document in calendar.documents),
        *(
            Happening(f"anchor-{name}", "anchor", dated.at, dated.zone, "Date", process.anchors[name].title)
            for name, dated in calendar.anchors.items()
        ),
    ]
    if calendar.ends:
        entries.append(Happening("end", "end", calendar.ends.at, calendar.ends.zone, "End", "The edition ends"))
    covered = {(entry.at, entry.title) for entry in entries if entry.kind == "meeting"}
    # A stage that the clock begins appears once, as the move.
    covered |= {(entry.at, entry.title.rpartition(" → ")[2]) for entry in entries if entry.kind == "clock"}
    kept = (
        _flagged(entry)
        for entry in entries
        if entry.kind not in ("anchor", "begins") or (entry.at, entry.title) not in covered
    )
    tracks = {lane.title: number for number, lane in enumerate(lanes)}
    return tuple(
        sorted(kept, key=lambda entry: (entry.at, KINDS.index(entry.kind), tracks.get(entry.track, -1), entry.key))
    )


def day(entry: Happening) -> date:
    """The day on which it happens, in its own zone."""
    return entry.at.astimezone(ZoneInfo(entry.zone)).date()


def _flagged(entry: Happening) -> Happening:
    if entry.kind not in _FLAGGED or not (off := holidays.day_off(day(entry), entry.zone)):
        return entry
    return replace(entry, off=off, working=holidays.next_working_day(day(entry), entry.zone))


def _of_stage(process: Process, calendar: Calendar, lane: Lane, bar: Bar, who: Persona) -> Iterator[Happening]:
    track = process.tracks[lane.track]
    stage = track.stages[bar.stage]
    key = f"{lane.track}-{stage.id}"
    if bar.begins is not None and not bar.by_clock:
        by = "" if bar.stage == track.initial else "moved on by hand"
        notes = (
            *((by,) if by and not _led_by_clock(track, stage) else ()),
            *_needs(track.asks_before(stage.id)),
            *_begun(process, track, stage),
        )
        beginning = _at(f"begins-{key}", "begins", bar.begins, lane, "Begins", stage.title, notes, bool(bar.says))
        yield replace(beginning, says=bar.says)
    if bar.closes is not None:
        yield from _closing(process, lane, bar, stage)
    window = calendar.window(lane.track, stage.id)
    for number, clock in enumerate(stage.clocks):
        at = moves_at(process, track, clock, window, bar.begins) if window else None
        if at is not None and clock.to in track.stages:
            to = next(target for target in lane.bars if target.stage == clock.to)
            notes = _moved(clock, track.asks_before(clock.to)) + _begun(process, track, track.stages[clock.to])
            title = f"{stage.title} → {to.title}"
            yield replace(
                _at(f"clock-{key}-{number}", "clock", at, lane, "By the clock", title, notes, bool(to.says)),
                says=to.says,
            )


def _closing(process: Process, lane: Lane, bar: Bar, stage: Stage) -> Iterator[Happening]:
    """How a stage ends: reminders, its deadline, its grace. A silence ends after its hours, all else as planned."""
    track, key = process.tracks[lane.track], f"{lane.track}-{stage.id}"
    assert bar.closes is not None
    ends = bar.closes
    if bar.runs == "silence" and bar.begins is not None:
        ends = bar.begins + timedelta(hours=silence_hours(process, track))
        if ends != bar.closes:
            yield _at(f"closes-{key}", "closes", bar.closes, lane, "Closes", stage.title, (), False)
    kind, label, window = _ENDINGS.get(bar.runs, ("closes", "Closes", "stage"))
    yours = bar.may_in(window)
    days = process.reminders.days if kind == "deadline" and not track.voluntary else ()
    alarms = tuple(sorted({*days}, reverse=True)) if yours else ()
    yield replace(_at(f"{kind}-{key}", kind, ends, lane, label, stage.title, (), yours), alarms=alarms)
    for before in days:
        at = _days_before(bar.closes, lane.zone, before)
        if bar.begins is None or at > bar.begins:
            reached = process.reminders.through
            notes = (f"to addressees who have not answered{_through(reached)}",)
            label = f"Reminder, {_count(before)} to the deadline"
            yield _at(f"reminder-{key}-{before}", "reminder", at, lane, label, stage.title, notes, yours)
    if bar.ends is not None and stage.grace:
        notes = (f"{spoken(stage.grace)} of grace after the deadline; what comes in it is marked late",)
        yield _at(f"grace-{key}", "grace", bar.ends, lane, "Late inputs end", stage.title, notes, yours)


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


def _earlier(track: Track, stage: str, other: str) -> bool:
    order = list(track.stages)
    return order.index(stage) < order.index(other)


def _moved(clock: Clock, asked: tuple[str, ...]) -> tuple[str, ...]:
    held = dict.fromkeys((*clock.gates, *asked))
    return (f"held back until: {_gates(held)}",) if held else ()


def _needs(asked: tuple[str, ...]) -> tuple[str, ...]:
    return (f"not before: {_gates(asked)}",) if asked else ()


def _gates(names: Iterator[str] | tuple[str, ...] | dict[str, None]) -> str:
    return ", ".join(name.replace("_", " ") for name in names)


def _led_by_clock(track: Track, stage: Stage) -> bool:
    return any(clock.to == stage.id for other in track.stages.values() for clock in other.clocks)


def _through(roles: tuple[str, ...]) -> str:
    return f", through the {', '.join(role.replace('_', ' ') for role in roles)}" if roles else ""


def _count(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"


def _days_before(closes: datetime, zone: str, days: int) -> datetime:
    """The same time of day in the zone, so many days earlier. A time that a change of the clocks skips or shows twice
    is read as before the change."""
    local = closes.astimezone(ZoneInfo(zone)).replace(tzinfo=None) - timedelta(days=days)
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(closes.tzinfo)


def _at(
    key: str, kind: str, at: datetime, lane: Lane, label: str, title: str, notes: tuple[str, ...], yours: bool
) -> Happening:
    return Happening(key, kind, at, lane.zone, label, title, lane.title, notes=notes, yours=yours)


def _meeting(process: Process, planned: Planned, who: Persona) -> Happening:
    meeting = process.meetings[planned.name]
    track = process.tracks.get(meeting.track)
    standing = who.standing
    office = bool(standing.roles) and not standing.statuses
    invited = (not meeting.statuses or bool(standing.statuses & set(meeting.statuses))) and (
        not meeting.mechanisms or bool(standing.mechanisms & set(meeting.mechanisms))
    )
    open_to = [f"{status}s" for status in meeting.statuses] + [
        process.mechanisms.get(name, name) for name in meeting.mechanisms
    ]
    notes = [meeting.format] if meeting.format else []
    notes += [f"open to: {', '.join(open_to)}"] if open_to else []
    return Happening(
        f"meeting-{planned.name}",
        "meeting",
        planned.begins.at,
        planned.begins.zone,
        "Meeting",
        meeting.title,
        track.title if track else "",
        planned.ends.at,
        tuple(notes),
        yours=bool(standing.roles) and (office or invited),
    )


def _document(process: Process, planned: Planned) -> Happening:
    document = process.documents[planned.name]
    track = process.tracks.get(planned.track)
    notes = [f"in {', '.join(document.languages)}"] if len(document.languages) > 1 else []
    notes += [f"for: {process.meetings[document.meeting].title}"] if document.meeting in process.meetings else []
    return Happening(
        f"due-{planned.name}",
        "due",
        planned.begins.at,
        planned.begins.zone,
        "Due",
        document.title,
        track.title if track else "",
        notes=tuple(notes),
    )
