"""What a calendar is made of, before it is written: one entry a date."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Status(StrEnum):
    """How firm a date is (RFC 5545, 3.8.1.11)."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


class Category(StrEnum):
    """What sort of date it is."""

    DEADLINE = "DEADLINE"
    TEXT = "TEXT"
    MEETING = "MEETING"
    DATE = "DATE"


@dataclass(frozen=True)
class Entry:
    """One date. `uid`: the same for the same thing, whatever its date. `at`: an instant, or the first of whole days;
    `until`: where it takes time, the first instant after it, or the last of its days. `zone`: in which people read it.
    `set_at`: when the date was set last. `ends_day`: something ends at the instant, so that midnight is of the day
    before."""

    uid: str
    at: datetime | date
    zone: str
    set_at: datetime
    summary: str
    description: str = ""
    category: Category = Category.DATE
    place: str = ""
    until: datetime | date | None = None
    ends_day: bool = False
    status: Status = Status.CONFIRMED
