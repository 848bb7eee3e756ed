"""Definitions on a calendar and as pictures: rehearsals, of what is published and of what is not yet."""

import asyncio
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from ...actions.edition.open_edition import AnchorDate
from ...errors import InvalidValue, Refusal
from ...reading import derived_plan
from ...reading.declare import arg, python
from ...reading.values import instant
from ...rendering.pictures import calendar_ics, calendar_svg, calendar_text, process_mermaid, process_svg
from ...workflow.calendar import rehearsal as rehearsed
from ...workflow.calendar.running import RunningTrack, running
from ...workflow.calendar.seen import PERSONAS, seen
from ...workflow.chart import chart
from ...workflow.load import parse
from ...workflow.process import Process as Definition
from .calendar_types import CalendarFormat, DrawingFormat
from .inputs import input_type

COST = 400  # a definition of half a megabyte takes a good part of a second to read and to lay out
WIDEST = 4000


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
    given: dict[str, datetime] = {}
    for one in args["anchors"] or ():
        if one["name"] in given:
            raise InvalidValue(reason=f"The anchor {one['name'][:60]} is given twice.").at_path("anchors")
        given[one["name"]] = one["at"] if isinstance(one["at"], datetime) else datetime.fromisoformat(one["at"])
    process = _definition(text)
    made = rehearsed.rehearse(process, starts, _seen(args["read_as"]), given, on)
    return _told(made, _drawn(made, f"{process.name}.rehearsal", args["format"]))


def _running(row: dict[str, Any], args: dict[str, Any]) -> dict[str, Any] | None:
    """The calendar of an edition; None where it has no process."""
    if row["text"] is None:
        return None
    process = _definition(row["text"])
    given = {name: datetime.fromisoformat(at) for name, at in (row["anchors"] or {}).items()}
    tracks = [
        RunningTrack(
            name,
            title,
            definition,
            {stage: (_at(opens), _at(closes)) for stage, (opens, closes) in (windows or {}).items()},
        )
        for name, title, definition, windows in row["tracks"] or ()
    ]
    opened = datetime.fromisoformat(row["opened_at"]).astimezone(ZoneInfo(process.zone)).date()
    starts, on = _day(args["starts"]) or opened, _day(args["on"])
    made = running(process, given, tracks, _seen(args["read_as"]), starts, on)
    return _told(made, _drawn(made, str(row["id"]), args["format"]))


def _at(given: str | None) -> datetime | None:
    return None if given is None else datetime.fromisoformat(given)


def _seen(word: str) -> Any:
    try:
        return seen(word)
    except InvalidValue as refusal:
        raise refusal.at_path("readAs") from None


def _drawn(made: rehearsed.Rehearsal, of: str, format_: Any) -> str | None:
    if format_ is None:
        return None
    word = str(getattr(format_, "value", format_)).lower()
    if word == "ics":
        return calendar_ics.ics(made, of).decode()
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
        raise InvalidValue(reason=f"A picture is from 320 to {WIDEST} wide.").at_path("width")
    made = chart(_definition(text), args["track"])
    if str(getattr(args["format"], "value", args["format"])).lower() == "mermaid":
        return process_mermaid.mermaid(made)
    return process_svg.draw(made, wide).decode()


async def _answer(
    name: str, make: Callable[[Any, dict[str, Any]], Any], of: Any, args: dict[str, Any]
) -> dict[str, Any]:
    """Beside the loop: a long definition takes its time, and others are not to wait for it."""
    try:
        return {name: await asyncio.to_thread(make, of, args), "errors": []}
    except Refusal as refusal:
        return {name: None, "errors": [refusal]}


def _answers(name: str, make: Callable[[str, dict[str, Any]], Any]) -> Callable[..., Any]:
    async def answers(rows: list[dict[str, Any]], args: dict[str, Any]) -> list[dict[str, Any]]:
        return [await _answer(name, make, row["text"] if "text" in row else args["text"], args) for row in rows]

    return answers


async def _calendars(rows: list[dict[str, Any]], args: dict[str, Any]) -> list[dict[str, Any]]:
    return [await _answer("rehearsal", _running, row, args) for row in rows]


_READ_AS = f"With whose eyes: {', '.join(PERSONAS)}, a role, or role:status:mechanism."
_ON_CALENDAR = {
    "starts": arg(
        date, "The first day. Anchors without a date are placed so that the first thing that hangs on each falls on it."
    ),
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


def calendar_here() -> Any:
    """`calendar` as a field of an edition."""
    about = (
        "What happens when in it: its own tracks, on the dates as they stand now, extensions included; a call that was given "
        f"another deadline says so itself. Null where it has no process. Costs {COST}."
    )
    first = arg(date | None, "The first day; null: the one on which it was opened.", None)
    taken = {name: one for name, one in _ON_CALENDAR.items() if name not in ("starts", "anchors")}
    needs = {
        "id": lambda row: row.c.id, "text": derived_plan.definition, "anchors": derived_plan.anchors,
        "tracks": derived_plan.tracks, "opened_at": lambda row: instant(row.c.opened_at),
    }  # fmt: skip
    return python(_calendars, needs=needs, args={"starts": first, **taken}, cost=COST, description=about)


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
