"""Dates as a definition writes them: "4 weeks before summit at 12:00", "31 March before summit", "2027-03-01 12:00";
and lengths: "14 days".

A date counts from an anchor of the edition, is a day of the year by one, or is written out. Days, weeks, months and
years are those of the calendar in the named zone ("4 weeks before" is the same time of day, also over a change of the
clocks); hours and minutes are exact.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from ..errors import InvalidValue
from ..times import in_years, instant

UNITS = ("minute", "hour", "day", "week", "month", "year")
MOST = 9_999
_COUNT = r"(?P<count>\d{1,4}) (?P<unit>minute|hour|day|week|month|year)s?"
WHEN = re.compile(
    rf"(?:{_COUNT} (?P<side>before|after) )?(?P<anchor>[a-z][a-z0-9_]{{0,59}})(?: at (?P<clock>\d\d:\d\d))?"
)
MONTHS = tuple(calendar.month_name)[1:]
OF_YEAR = re.compile(
    rf"(?P<day>\d{{1,2}}) (?P<month>{'|'.join(MONTHS)}) (?P<side>before|after|of) (?P<anchor>[a-z][a-z0-9_]{{0,59}})"
    r"(?: at (?P<clock>\d\d:\d\d))?"
)
FIXED = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)?")
SPAN = re.compile(r"(?P<count>\d{1,4}) (?P<unit>minute|hour|day|week)s?")
_EXACT = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}


@dataclass(frozen=True)
class When:
    """A date to be computed: `count` units before (`side` -1) or after (1) the `anchor`, at the time of day `clock` if
    any.

    `day`: a day of the year, as (month, day). It is the last one before the day of the anchor, the first one after it,
    or (`side` 0) that of the same year, in the zone.

    `fixed` holds a date written out; it needs no anchor (`anchor` is then ""). `written` is the text of the file.
    """

    written: str
    anchor: str = ""
    count: int = 0
    unit: str = "day"
    side: int = 0
    clock: str | None = None
    fixed: str | None = None
    day: tuple[int, int] | None = None

    def base(self, anchor: str) -> str:
        """What the date is compared by, where its anchor is by `anchor`: dates with one base keep their order whatever
        day the edition gives. A day of the year keeps no order with a date counted from the day of the anchor."""
        if self.day is None or not anchor or anchor.endswith(" year"):
            return anchor
        return f"{anchor} year" if self.side == 0 else f"{anchor}, {self.side} {self.day}"

    def instant_from(self, anchor: datetime | None, zone: str) -> datetime:
        """The instant, in UTC. `anchor`: the instant of the anchor, None for a date written out. Refuses (InvalidValue)
        a local time that the clocks of the zone skip or show twice, and a date beyond the calendar."""
        if self.fixed is not None:
            return instant(self.fixed if len(self.fixed) > 10 else f"{self.fixed} 00:00", zone)
        if anchor is None:
            raise InvalidValue(reason=f"{self.written}: the anchor {self.anchor} has no date.")
        try:
            counted = self._counted(anchor, zone)
        except OverflowError:
            raise InvalidValue(reason=f"{self.written} lies beyond the calendar.") from None
        in_years(counted)
        return counted

    def _counted(self, anchor: datetime, zone: str) -> datetime:
        place = ZoneInfo(zone)
        if self.unit in ("minute", "hour") and self.clock is None:
            return anchor + self.side * self.count * _EXACT[self.unit]
        local = anchor.astimezone(place).replace(tzinfo=None)
        moved = local + self._shift(local) if self.day is None else self._of_year(local, *self.day)
        if self.clock is None and moved == local:
            return anchor
        clock = self.clock or f"{moved:%H:%M}"
        return instant(f"{moved:%Y-%m-%d} {clock}", zone)

    def _of_year(self, local: datetime, month: int, day: int) -> datetime:
        found = local.replace(month=month, day=day)
        if self.side < 0 and found.date() >= local.date():
            return found.replace(year=local.year - 1)
        if self.side > 0 and found.date() <= local.date():
            return found.replace(year=local.year + 1)
        return found

    def _shift(self, local: datetime) -> timedelta:
        if self.unit in _EXACT:
            return self.side * self.count * _EXACT[self.unit]
        months = self.side * self.count * (12 if self.unit == "year" else 1)
        year, month = divmod(local.year * 12 + local.month - 1 + months, 12)
        if not 1 <= year <= 9999:
            raise OverflowError
        day = min(local.day, calendar.monthrange(year, month + 1)[1])
        return local.replace(year=year, month=month + 1, day=day) - local


def when(text: str) -> When:
    """Read a date. Refuses (InvalidValue) what is none, saying how one is written."""
    if FIXED.fullmatch(text):
        return When(text, fixed=text)
    if match := OF_YEAR.fullmatch(text):
        clock = _clock(match)
        side = {"of": 0, "before": -1, "after": 1}[match["side"]]
        return When(text, match["anchor"], side=side, clock=clock, day=_day(match))
    match = WHEN.fullmatch(text)
    if not match:
        raise InvalidValue(reason=f'"{text[:60]}" is no date. {_remedy(text)}')
    clock = _clock(match)
    side = {None: 0, "before": -1, "after": 1}[match["side"]]
    return When(text, match["anchor"], int(match["count"] or 0), match["unit"] or "day", side, clock)


def _remedy(text: str) -> str:
    if any(month in text for month in MONTHS):
        return 'Say of which year: "31 March before summit", "31 March after summit", "31 March of summit at 12:00".'
    return (
        'Write "4 weeks before summit", "1 day after summit at 18:00", "summit", or a date such as "2027-03-01 12:00".'
    )


def _day(match: re.Match[str]) -> tuple[int, int]:
    month, day = MONTHS.index(match["month"]) + 1, int(match["day"])
    last = calendar.monthrange(2027, month)[1]  # of a year that does not leap: every year has the day
    if not 1 <= day <= last:
        raise InvalidValue(
            reason=f"{day} {match['month']} is no day of every year. Write 1 to {last} {match['month']}."
        )
    return month, day


def _clock(match: re.Match[str]) -> str | None:
    clock: str | None = match["clock"]
    if clock is not None and not ("00" <= clock[:2] <= "23" and "00" <= clock[3:] <= "59"):
        ending = " The end of a day is 00:00 of the day after." if clock == "24:00" else ""
        raise InvalidValue(reason=f"{clock} is no time of day. Write 00:00 to 23:59.{ending}")
    return clock


def span(text: str) -> timedelta:
    """Read a length: "72 hours", "14 days", "2 weeks". Refuses (InvalidValue) what is none, and one of nothing."""
    match = SPAN.fullmatch(text)
    if not match or not int(match["count"]):
        raise InvalidValue(reason=f'"{text[:60]}" is no length. Write "72 hours", "14 days" or "2 weeks".')
    return int(match["count"]) * _EXACT[match["unit"]]


def spoken(length: timedelta) -> str:
    """A length as people say it: "3 days", "36 hours", "90 minutes"."""
    minutes = int(length.total_seconds() // 60)
    for unit, size in (("week", 10_080), ("day", 1_440), ("hour", 60)):
        if minutes and minutes % size == 0 and not (unit == "week" and minutes < 2 * size):
            return f"{minutes // size} {unit}{'' if minutes // size == 1 else 's'}"
    return f"{minutes} minute{'' if minutes == 1 else 's'}"


def between(start: datetime, end: datetime, zone: str) -> timedelta:
    """From one instant to the other as people count: fourteen days are fourteen days, also when the clocks go
    forward."""
    place = ZoneInfo(zone)
    wall = end.astimezone(place).replace(tzinfo=None) - start.astimezone(place).replace(tzinfo=None)
    return max(end - start, wall)
