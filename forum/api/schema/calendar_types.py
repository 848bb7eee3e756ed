"""What a calendar and a drawing are in the contract: the types of their answers, and how a rehearsal becomes one."""

import enum
from datetime import date, datetime
from typing import Any

import strawberry

from ...errors import ProcessFinding
from ...workflow.calendar import happenings as happened
from ...workflow.calendar import rehearsal as rehearsed
from ...workflow.calendar.lanes import Bar
from .common import value
from .refusals import UserError, part

_KINDS = {
    "reminder": "Those who have not answered a call are reminded.", "deadline": "A call closes.",
    "grace": "The last instant for late inputs.", "consultation": "A consultation closes.",
    "silence": "A silence ends.",
    "closes": "The planned dates of a stage end.", "clock": "The clock moves a track on.", "begins": "A stage begins.",
    "due": "A text must be out.", "meeting": "A meeting begins.", "anchor": "A date from which others are counted.",
    "end": "The edition ends.",
}  # fmt: skip
_Kinds: Any = enum.Enum("HappeningKind", {name.upper(): value(name, _KINDS[name]) for name in happened.KINDS})  # type: ignore[misc]
HappeningKind: Any = strawberry.enum(_Kinds, description="What happens on a calendar.")


@strawberry.enum(description="In which form a calendar is handed out.")
class CalendarFormat(enum.Enum):
    TEXT = value("text", "Plain text, eighty columns wide.")
    ICS = value("ics", "iCalendar, RFC 5545, for calendar programs.")
    SVG = value("svg", "A picture: tracks as lanes, stages as bars.")


@strawberry.enum(description="In which form a process is drawn.")
class DrawingFormat(enum.Enum):
    SVG = value("svg", "A picture.")
    MERMAID = value("mermaid", "Mermaid text, for pages that draw it themselves.")


@strawberry.type(description="A date on which others hang.")
class RehearsedAnchor:
    name: str = strawberry.field(description="The anchor, as its process calls it.")
    title: str = strawberry.field(description="What people call it.")
    at: datetime = strawberry.field(description="The instant.")
    placed: bool = strawberry.field(
        description="Nobody gave it: it was placed so that the first thing that hangs on it falls on the first day."
    )


@strawberry.type(description="One thing that happens at an instant.")
class Happening:
    key: str = strawberry.field(description="The same for the same thing, whatever the dates are.")
    kind: HappeningKind = strawberry.field(description="What sort of thing.")
    at: datetime = strawberry.field(description="When.")
    until: datetime | None = strawberry.field(description="Until when, of a meeting.")
    zone: str = strawberry.field(description="The zone in which it is spoken.")
    label: str = strawberry.field(description="What it is, in words: `Deadline for inputs`.")
    title: str = strawberry.field(description="Of what: the stage, the meeting, the text.")
    track: str = strawberry.field(description="The track's title; empty where it belongs to none.")
    notes: list[str] = strawberry.field(description="What there is to know about it.")
    says: list[str] = strawberry.field(description="What the person may do from then on.")
    yours: bool = strawberry.field(description="Whether it asks something of the person.")
    off: str | None = strawberry.field(
        description="Why its day is no working day, where that matters: `Saturday`, `Good Friday`."
    )
    working: date | None = strawberry.field(description="The next working day; null where the day is one.")


@strawberry.type(description="A stage on the calendar.")
class RehearsedStage:
    stage: str = strawberry.field(description="Its name in the process.")
    title: str = strawberry.field(description="Its title.")
    begins: datetime | None = strawberry.field(description="When it begins; null where nothing says.")
    by_clock: bool = strawberry.field(description="Whether the clock begins it.")
    closes: datetime | None = strawberry.field(description="Its deadline; null where there is none.")
    ends: datetime | None = strawberry.field(description="When it is over, grace included; null where nothing says.")
    says: list[str] = strawberry.field(description="What the person may do there.")


@strawberry.type(description="A track on the calendar.")
class RehearsedTrack:
    track: str = strawberry.field(description="Its name in the process.")
    title: str = strawberry.field(description="Its title.")
    zone: str = strawberry.field(description="The zone in which its dates are spoken.")
    stages: list[RehearsedStage] = strawberry.field(description="Its stages, in the order of the definition.")


@strawberry.type(description="Where a track stands on a day.")
class TrackOnDay:
    track: str = strawberry.field(description="The track's title.")
    stage: str = strawberry.field(description="The stage's title; empty where none has begun.")
    says: list[str] = strawberry.field(description="What the person may do on that day.")


@strawberry.type(description="What would happen when, read with somebody's eyes. Nothing is done.")
class Rehearsal:
    title: str = strawberry.field(description="The process's title.")
    version: str = strawberry.field(description="Its name and version.")
    read_as: str = strawberry.field(description="With whose eyes it is read, in words.")
    starts: date = strawberry.field(description="Its first day.")
    anchors: list[RehearsedAnchor] = strawberry.field(description="The dates on which others hang.")
    tracks: list[RehearsedTrack] = strawberry.field(description="Its tracks with their stages.")
    happenings: list[Happening] = strawberry.field(
        description="All that happens from the first day on, in order of time."
    )
    on_day: list[TrackOnDay] = strawberry.field(
        description="Where the tracks stand on the day asked about; empty where none was."
    )
    findings: list[part(ProcessFinding)] = strawberry.field(description="What does not fit on these dates.")  # type: ignore[valid-type]
    drawn: str | None = strawberry.field(description="The calendar in the format asked for; null where none was.")


@strawberry.type(description="A rehearsal, or why there is none.")
class RehearsalAnswer:
    rehearsal: Rehearsal | None = strawberry.field(description="The rehearsal; null where something is wrong.")
    errors: list[UserError] = strawberry.field(description="What is wrong; empty where nothing is.")


@strawberry.type(description="A drawing, or why there is none.")
class DrawingAnswer:
    drawing: str | None = strawberry.field(description="The picture; null where something is wrong.")
    errors: list[UserError] = strawberry.field(description="What is wrong; empty where nothing is.")


def shown(rehearsal: rehearsed.Rehearsal, drawn: str | None) -> Rehearsal:
    """A rehearsal as the contract has it, with its drawing where one was asked for."""
    return Rehearsal(
        title=rehearsal.title,
        version=rehearsal.version,
        read_as=rehearsal.who.title,
        starts=rehearsal.starts,
        anchors=[RehearsedAnchor(name=a.name, title=a.title, at=a.at, placed=a.placed) for a in rehearsal.anchors],
        tracks=[
            RehearsedTrack(track=a.track, title=a.title, zone=a.zone, stages=[_stage(bar) for bar in a.bars])
            for a in rehearsal.lanes
        ],
        happenings=[_happening(happening) for happening in rehearsal.happenings],
        on_day=[
            TrackOnDay(track=standing.track, stage=standing.stage, says=list(standing.says))
            for standing in rehearsal.stands
        ],
        findings=list(rehearsal.findings),
        drawn=drawn,
    )


def _stage(bar: Bar) -> RehearsedStage:
    return RehearsedStage(
        stage=bar.stage,
        title=bar.title,
        begins=bar.begins,
        by_clock=bar.by_clock,
        closes=bar.closes,
        ends=bar.ends,
        says=list(bar.says),
    )


def _happening(happening: happened.Happening) -> Happening:
    return Happening(
        key=happening.key,
        kind=HappeningKind(happening.kind),
        at=happening.at,
        until=happening.until,
        zone=happening.zone,
        label=happening.label,
        title=happening.title,
        track=happening.track,
        notes=list(happening.notes),
        says=list(happening.says),
        yours=happening.yours,
        off=happening.off,
        working=happening.working,
    )
