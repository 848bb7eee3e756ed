"""What a meeting's record holds: the agenda as announced, the figures as stated, the conclusions as noted.

Times are clock times at the meeting's place, as an agenda prints them; the record names no zone and none is added.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Speaker:
    """A person in one role (speaker, moderator, keynote, special guest ...). `gender` is "F" or "M" where an honorific
    in the record tells it, else None; `note` is the record's own remark ("by video")."""

    name: str
    function: str = ""
    organisation: str = ""
    country: str | None = None
    honorific: str | None = None
    gender: str | None = None
    role: str = "speaker"
    note: str | None = None


@dataclass(frozen=True)
class Panel:
    """One item of the agenda: `kind` is one of `agenda_words.KINDS`.

    `time` is as written; `starts` and `ends` are None where it cannot be read. `day` counts from 1, and is told from
    `date` where the agenda gives only that; `number` restarts in each session.
    """

    kind: str
    title: str
    number: int | None = None
    day: int | None = None
    date: dt.date | None = None
    time: str = ""
    starts: dt.time | None = None
    ends: dt.time | None = None
    description: str = ""
    questions: tuple[str, ...] = ()
    moderator: Speaker | None = None
    keynote: Speaker | None = None
    speakers: tuple[Speaker, ...] = ()
    room: str = ""

    def people(self) -> tuple[Speaker, ...]:
        """Everybody named in the item: moderator, keynote, then speakers in their order."""
        return tuple(p for p in (self.moderator, self.keynote, *self.speakers) if p is not None)


@dataclass(frozen=True)
class Session:
    """A session with its items in printed order. `number` None: items outside any session (registration).

    `day`, `date`, `time` (as written), `starts` and `ends` are the session's own slot where the agenda prints one. A
    session that is itself a panel has that panel as its one item.
    """

    title: str
    number: int | None = None
    items: tuple[Panel, ...] = ()
    day: int | None = None
    starts: dt.time | None = None
    ends: dt.time | None = None
    date: dt.date | None = None
    time: str = ""
    room: str = ""

    def panels(self) -> tuple[Panel, ...]:
        return tuple(item for item in self.items if item.kind == "panel")


@dataclass(frozen=True)
class Stated:
    """A figure as the record states it: `what` (participants, speakers ...), the words, the number in them if any."""

    what: str
    text: str
    value: int | None = None


@dataclass(frozen=True)
class Conclusion:
    """One numbered conclusion with its bullets, under a group heading."""

    heading: str
    number: int | None
    text: str
    bullets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fault:
    """What is wrong in a record: `kind` (malformed_time, day_outside, date_differs, doubled_title, doubled_number,
    overlap, outside_session, not_named, unknown_role, same_name, figure_differs, more), `where` in the agenda, and a
    sentence."""

    kind: str
    where: str
    says: str


@dataclass(frozen=True)
class Meeting:
    """A meeting as recorded. `dates` is as written; `stated` by what is counted; `faults` as found by `faults.find`;
    `left`: places of the file that hold something for which there is no place here."""

    title: str
    series: str
    label: str
    theme: str
    starts_on: dt.date
    ends_on: dt.date
    dates: str
    venue: str
    city: str
    sessions: tuple[Session, ...]
    stated: tuple[Stated, ...] = ()
    preamble: tuple[str, ...] = ()
    conclusions: tuple[Conclusion, ...] = ()
    closing: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    left: tuple[str, ...] = ()

    def items(self) -> tuple[Panel, ...]:
        return tuple(item for session in self.sessions for item in session.items)

    def stated_figure(self, what: str) -> Stated | None:
        return next((s for s in self.stated if s.what == what), None)


def day_of(begins: dt.date, date: dt.date) -> int:
    """Which day of a meeting a date is, counted from 1; 0 and below before it begins."""
    return (date - begins).days + 1


def day_and_date(begins: dt.date, day: int | None, date: dt.date | None) -> tuple[int | None, dt.date | None]:
    """Either tells the other; where an agenda gives both they stay as they are, and the faults tell where they
    disagree. Raises OverflowError for a day beyond the calendar."""
    if date is not None:
        return day_of(begins, date) if day is None else day, date
    return day, None if day is None else begins + dt.timedelta(days=day - 1)
