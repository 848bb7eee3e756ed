"""What the parts of a calendar's picture share: colours, rows, and days as places on the page."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from .calendar_parts import Bar, Happening, Sheet, local

INK, SOFT, RULE, STRIPE = "#1d2b3a", "#5b6b7b", "#d5dce3", "#f2f4f6"
# Of what runs in a stage: its colour for those of whom it asks something, and a paler one for the others.
COLOURS = {
    "call": ("#1f6fb2", "#bcd6ec"), "consultation": ("#2b8a5a", "#bfe0cf"), "silence": ("#b7791f", "#f0d9ab"),
    "end": ("#5b6b7b", "#cfd6dd"), "": ("#5f5aa2", "#d3d1ea"),
}  # fmt: skip
NAMES = {
    "call": "call for inputs",
    "consultation": "consultation",
    "silence": "silence",
    "": "other stages",
    "end": "the end",
}
MEETING, DUE, ON, OFF = "#9b2c5e", "#7a4a12", "#c0272d", "#e8b4b4"
ROW, NARROW = 30.0, 800.0


@dataclass(frozen=True)
class Row:
    """One line of the picture: its words at the left, what it draws, its height."""

    title: str
    head: bool = False
    bar: Bar | None = None
    mark: Happening | None = None
    zone: str = "UTC"


class Scale:
    """Days to places on the page."""

    def __init__(self, sheet: Sheet, wide: float) -> None:
        self.wide = wide
        self.narrow = wide < NARROW
        ends = (local(entry.until or entry.at, entry.zone).date() for entry in sheet.happenings)
        last = max(ends, default=sheet.starts)
        self.first = sheet.starts - timedelta(days=3)
        self.last = max(last, sheet.on or last, sheet.starts + timedelta(days=28)) + timedelta(days=10)
        self.left = 24.0 if self.narrow else max(220.0, wide * 0.25)
        self.right = wide - 24.0
        self.off = frozenset(day for day, _ in sheet.days_off)
        self.day = (self.right - self.left) / (self.last - self.first).days

    def x(self, at: datetime, zone: str) -> float:
        local_time = local(at, zone)
        return self.on(local_time.date()) + self.day * (local_time.hour * 60 + local_time.minute) / 1440

    def works(self, at: datetime, zone: str) -> bool:
        """Whether it is a working day there."""
        local_day = local(at, zone).date()
        return local_day.weekday() < 5 and local_day not in self.off

    def on(self, day: date) -> float:
        return self.left + self.day * max(-1, (day - self.first).days)
