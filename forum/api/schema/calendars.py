"""Definitions on a calendar and as pictures: rehearsals, of what is published and of what is not yet."""

import asyncio
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from ...actions.edition.open_edition import AnchorDate
from ...errors import InvalidValue
from ...reading import derived_plan
from ...reading.declare import arg, python
from ...reading.prices import BY_LENGTH, CALENDAR
from ...reading.values import instant
from ...refusal import Refusal, phrased
from ...rendering.pictures import calendar_ics, calendar_svg, calendar_text, process_mermaid, process_svg
from ...workflow.calendar import rehearsal as rehearsed
from ...workflow.calendar.personas import PERSONAS, Persona, persona
from ...workflow.calendar.running import RunningTrack, running
from ...workflow.chart import chart
from ...workflow.load import parse
from ...workflow.process import Process as Definition
from .calendar_types import CalendarFormat, DrawingFormat, Rehearsal, shown
from .inputs import input_type

WIDEST = 4000


@lru_cache(maxsize=16)
def _definition(text: str) -> Definition:
    return parse(text)


@dataclass(frozen=True)
class Rehearsed:
    """What `RehearsalAnswer` shows."""

    rehearsal: Rehearsal | None
    errors: tuple[Refusal, ...] = ()


@dataclass(frozen=True)
class Drawn:
    """What `DrawingAnswer` shows."""

    drawing: str | None
    errors: tuple[Refusal, ...] = ()


@dataclass(frozen=True)
class PlannedTrack:
    """A track of an edition, as `derived_plan.tracks` gives it: the windows of its stages, opens and closes."""

    name: str
    title: str
    definition: str
    windows: dict[str, tuple[datetime | None, datetime | None]] | None


# ---- made beside the loop: a long definition takes its time, and others are not to wait for it
async def _rehearsal(
    text: str,
    starts: date,
    read_as: str,
    anchors: list[AnchorDate] | None,
    on: date | None,
    format: CalendarFormat | None,
) -> Rehearsed:
    def compute() -> Rehearsal:
        dates = _once_each(anchors or [])
        process = _definition(text)
        rehearsal = rehearsed.rehearse(process, starts, _persona(read_as), dates, on)
        return shown(rehearsal, _drawn(rehearsal, f"{process.name}.rehearsal", format))

    try:
        return Rehearsed(await asyncio.to_thread(compute))
    except Refusal as refusal:
        return Rehearsed(None, (refusal,))


async def _calendar(
    id: UUID,
    text: str | None,
    anchors: dict[str, datetime] | None,
    tracks: list[PlannedTrack] | None,
    opened_at: datetime,
    starts: date | None,
    read_as: str,
    on: date | None,
    format: CalendarFormat | None,
) -> Rehearsed:
    """The calendar of an edition; none where it has no process."""
    if text is None:
        return Rehearsed(None)

    def compute(text: str = text) -> Rehearsal:
        process = _definition(text)
        run = [RunningTrack(track.name, track.title, track.definition, track.windows or {}) for track in tracks or ()]
        begins = starts or opened_at.astimezone(ZoneInfo(process.zone)).date()
        rehearsal = running(process, anchors or {}, run, _persona(read_as), begins, on)
        return shown(rehearsal, _drawn(rehearsal, str(id), format))

    try:
        return Rehearsed(await asyncio.to_thread(compute))
    except Refusal as refusal:
        return Rehearsed(None, (refusal,))


async def _drawing(text: str, format: DrawingFormat, track: str | None, width: int) -> Drawn:
    def compute() -> str:
        if not 320 <= width <= WIDEST:
            raise InvalidValue(reason=phrased("A picture is from 320 to {widest} wide.", widest=WIDEST)).at_path(
                "width"
            )
        drawn = chart(_definition(text), track)
        if format is DrawingFormat.MERMAID:
            return process_mermaid.mermaid(drawn)
        return process_svg.draw(drawn, width).decode()

    try:
        return Drawn(await asyncio.to_thread(compute))
    except Refusal as refusal:
        return Drawn(None, (refusal,))


def _once_each(anchors: list[AnchorDate]) -> dict[str, datetime]:
    dates: dict[str, datetime] = {}
    for anchor in anchors:
        if anchor.name in dates:
            raise InvalidValue(reason=phrased("The anchor {name} is given twice.", name=anchor.name[:60])).at_path(
                "anchors"
            )
        dates[anchor.name] = anchor.at
    return dates


def _persona(word: str) -> Persona:
    try:
        return persona(word)
    except InvalidValue as refusal:
        raise refusal.at_path("readAs") from None


def _drawn(rehearsal: rehearsed.Rehearsal, of: str, format_: CalendarFormat | None) -> str | None:
    if format_ is None:
        return None
    if format_ is CalendarFormat.ICS:
        return calendar_ics.ics(rehearsal, of).decode()
    return calendar_svg.draw(rehearsal).decode() if format_ is CalendarFormat.SVG else calendar_text.text(rehearsal)


# ---- the fields
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
_BY_LENGTH = f"Costs {CALENDAR}, and {BY_LENGTH['Query.draw'][1]} for each KiB of the text."


def calendar_here() -> Any:
    """`calendar` as a field of an edition."""
    about = (
        "What happens when in it: its own tracks, on the dates as they stand now, extensions included; a call that was "
        f"given another deadline says so itself. Null where it has no process. Costs {CALENDAR}."
    )
    first = arg(date | None, "The first day; null: the one on which it was opened.", None)
    taken = {name: argument for name, argument in _ON_CALENDAR.items() if name not in ("starts", "anchors")}
    needs = {
        "id": lambda row: row.c.id, "text": derived_plan.definition, "anchors": derived_plan.anchors,
        "tracks": derived_plan.tracks, "opened_at": lambda row: instant(row.c.opened_at),
    }  # fmt: skip
    return python(_calendar, needs=needs, args={"starts": first, **taken}, cost=CALENDAR, description=about)


def rehearsal_here() -> Any:
    """`rehearsal` as a field of a published definition."""
    about = f"What would happen when under it, with nothing done. Costs {CALENDAR}."
    return python(_rehearsal, needs=("text",), args=_ON_CALENDAR, cost=CALENDAR, description=about)


def drawing_here() -> Any:
    """`drawing` as a field of a published definition."""
    about = f"It as a picture: stages, who may do what, how it goes on, what comes out. Costs {CALENDAR}."
    return python(_drawing, needs=("text",), args=_DRAWN, cost=CALENDAR, description=about)


def rehearse_root() -> Any:
    """`rehearse` of the Query type: a definition that is not published yet."""
    about = f"What would happen when under a definition, with nothing kept. {_BY_LENGTH}"
    return python(_rehearsal, args={**_TEXT, **_ON_CALENDAR}, cost=CALENDAR, description=about)


def draw_root() -> Any:
    """`draw` of the Query type: a definition that is not published yet."""
    about = f"A definition as a picture, with nothing kept. {_BY_LENGTH}"
    return python(_drawing, args={**_TEXT, **_DRAWN}, cost=CALENDAR, description=about)
