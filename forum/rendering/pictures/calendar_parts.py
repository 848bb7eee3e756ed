"""What a calendar must hold to be shown: the shapes that the text, iCalendar and SVG of a calendar read, and no more.

`forum/workflow/calendar/rehearsal.py` makes such a calendar; this room does not know it.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class Reader(Protocol):
    """With whose eyes it is read."""

    @property
    def title(self) -> str: ...


class Anchor(Protocol):
    """A date on which others hang; `placed` where nobody gave it."""

    @property
    def title(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def zone(self) -> str: ...
    @property
    def placed(self) -> bool: ...


class Happening(Protocol):
    """One thing that happens at an instant."""

    @property
    def key(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def until(self) -> datetime | None: ...
    @property
    def zone(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def track(self) -> str: ...
    @property
    def notes(self) -> tuple[str, ...]: ...
    @property
    def says(self) -> tuple[str, ...]: ...
    @property
    def yours(self) -> bool: ...
    @property
    def alarms(self) -> tuple[int, ...]: ...
    @property
    def off(self) -> str | None: ...
    @property
    def working(self) -> date | None: ...


class Bar(Protocol):
    """A stage of a track; `runs` says what runs in it: call, consultation, silence, end, or "" for anything else."""

    @property
    def title(self) -> str: ...
    @property
    def runs(self) -> str: ...
    @property
    def begins(self) -> datetime | None: ...
    @property
    def closes(self) -> datetime | None: ...
    @property
    def ends(self) -> datetime | None: ...
    @property
    def says(self) -> tuple[str, ...]: ...


class Lane(Protocol):
    """A track."""

    @property
    def title(self) -> str: ...
    @property
    def zone(self) -> str: ...
    @property
    def bars(self) -> Sequence[Bar]: ...


class Stands(Protocol):
    """Where a track stands on the day that was asked about."""

    @property
    def track(self) -> str: ...
    @property
    def stage(self) -> str: ...
    @property
    def says(self) -> tuple[str, ...]: ...


class Finding(Protocol):
    """What does not fit on these dates."""

    @property
    def message(self) -> str: ...
    @property
    def remedy(self) -> str: ...


class Sheet(Protocol):
    """The whole calendar."""

    @property
    def title(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def zone(self) -> str: ...
    @property
    def seat(self) -> str: ...
    @property
    def who(self) -> Reader: ...
    @property
    def starts(self) -> date: ...
    @property
    def anchors(self) -> Sequence[Anchor]: ...
    @property
    def lanes(self) -> Sequence[Lane]: ...
    @property
    def happenings(self) -> Sequence[Happening]: ...
    @property
    def undated(self) -> Sequence[tuple[str, tuple[str, ...]]]: ...
    @property
    def findings(self) -> Sequence[Finding]: ...
    @property
    def days_off(self) -> Sequence[tuple[date, str]]: ...
    @property
    def earlier(self) -> int: ...
    @property
    def on(self) -> date | None: ...
    @property
    def stands(self) -> Sequence[Stands]: ...


def local(at: datetime, zone: str) -> datetime:
    """The instant as the clocks of the zone show it."""
    return at.astimezone(ZoneInfo(zone))


def offset(at: datetime, zone: str) -> str:
    """How far the zone is from UTC then: "UTC+01:00"."""
    return f"UTC{local(at, zone).isoformat()[-6:]}"


def long_day(day: date) -> str:
    """ "Monday 4 January 2027", in the words of no locale."""
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def short_day(day: date) -> str:
    """ "Mon 4 Jan"."""
    return f"{_DAYS[day.weekday()][:3]} {day.day} {month(day)[:3]}"


def month(day: date) -> str:
    """The name of its month."""
    return _MONTHS[day.month - 1]
