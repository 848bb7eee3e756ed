"""Definitions on a calendar and as pictures: rehearsals, of what is published and of what is not yet."""

import asyncio
import enum
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import strawberry

from ..actions.open_edition import AnchorDate
from ..errors import InvalidValue, ProcessFinding, Refusal
from ..reading.declare import arg, python
from ..rendering import calendar_ics, calendar_svg, calendar_text, process_mermaid, process_svg
from ..workflow import happenings as happened
from ..workflow import rehearsal as rehearsed
from ..workflow.chart import chart
from ..workflow.load import parse
from ..workflow.process import Process as Definition
from ..workflow.seen import PERSONAS, seen
from .common import value
from .inputs import input_type
from .refusals import UserError, part

COST = 200  # a definition of half a megabyte takes a good part of a second to read and to lay out
YEARS = range(2000, 2151)
WIDEST = 4000
_KINDS = {
    "reminder": "Those who have not answered a call are reminded.", "deadline": "A call closes.",
    "grace": "The last instant for late inputs.", "consultation": "A consultation closes.", "silence": "A silence ends.",
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
    placed: bool = strawberry.field(description="Nobody gave it: it was placed so that the first thing that hangs on it falls on the first day.")


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
    off: str | None = strawberry.field(description="Why its day is no working day, where that matters: `Saturday`, `Good Friday`.")
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
    happenings: list[Happening] = strawberry.field(description="All that happens from the first day on, in order of time.")
    on_day: list[TrackOnDay] = strawberry.field(description="Where the tracks stand on the day asked about; empty where none was.")
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


@lru_cache(maxsize=16)
def _definition(text: str) -> Definition:
    return parse(text)


def _day(given: Any) -> date | None:
    if given is None or isinstance(given, date):
        return given
    return date.fromisoformat(given)


def _rehearse(text: str, args: dict[str, Any]) -> dict[str, Any]:
    starts, on = _day(args["starts"]), _day(args["on"])
    assert starts is not None
    for name, day in (("starts", starts), ("on", on or starts)):
        if day.year not in YEARS:
            raise InvalidValue(reason=f"{day} lies beyond the years from {YEARS[0]} to {YEARS[-1]}.").at(name)
    given: dict[str, datetime] = {}
    for one in args["anchors"] or ():
        if one["name"] in given:
            raise InvalidValue(reason=f"The anchor {one['name'][:60]} is given twice.").at("anchors")
        given[one["name"]] = one["at"] if isinstance(one["at"], datetime) else datetime.fromisoformat(one["at"])
    process = _definition(text)
    made = rehearsed.rehearse(process, starts, _seen(args["read_as"]), given, on)
    return _told(made, _drawn(made, process, args["format"]))


def _seen(word: str) -> Any:
    try:
        return seen(word)
    except InvalidValue as refusal:
        raise refusal.at("readAs") from None


def _drawn(made: rehearsed.Rehearsal, process: Definition, format_: Any) -> str | None:
    if format_ is None:
        return None
    word = str(getattr(format_, "value", format_)).lower()
    if word == "ics":
        return calendar_ics.ics(made, f"{process.name}.rehearsal").decode()
    return calendar_svg.draw(made).decode() if word == "svg" else calendar_text.text(made)


def _told(made: rehearsed.Rehearsal, drawn: str | None) -> dict[str, Any]:
    return {
        "title": made.title, "version": made.version, "read_as": made.who.title, "starts": made.starts,
        "anchors": [_fields(one, "name", "title", "at", "placed") for one in made.anchors],
        "tracks": [
            {**_fields(lane, "track", "title", "zone"), "stages": [
                _fields(bar, "stage", "title", "begins", "by_clock", "closes", "ends", "says") for bar in lane.bars
            ]} for lane in made.lanes
        ],
        "happenings": [
            {**_fields(one, "key", "at", "until", "zone", "label", "title", "track", "notes", "says", "yours", "off", "working"),
             "kind": one.kind.upper()} for one in made.happenings
        ],
        "on_day": [_fields(one, "track", "stage", "says") for one in made.stands],
        "findings": [_fields(one, "code", "message", "remedy", "line", "track", "stage") for one in made.findings],
        "drawn": drawn,
    }  # fmt: skip


def _fields(of: Any, *names: str) -> dict[str, Any]:
    values = ((name, getattr(of, name)) for name in names)
    return {name: list(one) if isinstance(one, tuple) else one for name, one in values}


def _draw(text: str, args: dict[str, Any]) -> str:
    wide = args["width"]
    if wide is None or not 320 <= wide <= WIDEST:
        raise InvalidValue(reason=f"A picture is from 320 to {WIDEST} wide.").at("width")
    made = chart(_definition(text), args["track"])
    if str(getattr(args["format"], "value", args["format"])).lower() == "mermaid":
        return process_mermaid.mermaid(made)
    return process_svg.draw(made, wide).decode()


async def _answer(name: str, make: Callable[[str, dict[str, Any]], Any], text: str, args: dict[str, Any]) -> dict[str, Any]:
    """Beside the loop: a long definition takes its time, and others are not to wait for it."""
    try:
        return {name: await asyncio.to_thread(make, text, args), "errors": []}
    except Refusal as refusal:
        return {name: None, "errors": [refusal]}


def _answers(name: str, make: Callable[[str, dict[str, Any]], Any]) -> Callable[..., Any]:
    async def answers(rows: list[dict[str, Any]], args: dict[str, Any]) -> list[dict[str, Any]]:
        return [await _answer(name, make, row["text"] if "text" in row else args["text"], args) for row in rows]

    return answers


_READ_AS = f"With whose eyes: {', '.join(PERSONAS)}, a role, or role:status:mechanism."
_ON_CALENDAR = {
    "starts": arg(date, "The first day. Anchors without a date are placed so that the first thing that hangs on each falls on it."),
    "read_as": arg(str, _READ_AS, "secretariat"),
    "anchors": arg(list[input_type(AnchorDate)] | None, "The dates of anchors.", None),  # type: ignore[misc]
    "on": arg(date | None, "A day: what can be done on it?", None),
    "format": arg(CalendarFormat | None, "Hand the calendar out in this form as well.", None),
}
_DRAWN = {
    "format": arg(DrawingFormat, "The form."),
    "track": arg(str | None, "Only this track, by its name in the definition.", None),
    "width": arg(int, "How wide a picture is.", 1400),
}
_TEXT = {"text": arg(str, "The definition, in TOML.")}


def rehearsal_here() -> Any:
    """`rehearsal` as a field of a published definition."""
    about = f"What would happen when under it, with nothing done. Costs {COST}."
    return python(_answers("rehearsal", _rehearse), needs=("text",), args=_ON_CALENDAR, cost=COST, description=about)


def drawing_here() -> Any:
    """`drawing` as a field of a published definition."""
    about = f"It as a picture: stages, who may do what, how it goes on, what comes out. Costs {COST}."
    return python(_answers("drawing", _draw), needs=("text",), args=_DRAWN, cost=COST, description=about)


def rehearse_root() -> Any:
    """`rehearse` of the Query type: a definition that is not published yet."""
    about = f"What would happen when under a definition, with nothing kept. Costs {COST}."
    return python(_answers("rehearsal", _rehearse), args={**_TEXT, **_ON_CALENDAR}, cost=COST, description=about)


def draw_root() -> Any:
    """`draw` of the Query type: a definition that is not published yet."""
    about = f"A definition as a picture, with nothing kept. Costs {COST}."
    return python(_answers("drawing", _draw), args={**_TEXT, **_DRAWN}, cost=COST, description=about)
