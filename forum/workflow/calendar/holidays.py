"""Official holidays of the United Nations, and working days: on which day nobody is at a desk to meet a deadline.

Every duty station has ten a year, announced in an information circular towards the end of the year before. Known here
is what stays from year to year: the days that New York and Geneva share, and those of each that follow a rule. A day
that an office chooses for one year alone is not known.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

# The two Eids as the Umm al-Qura calendar has them. It is calculated: where the sighting of the moon decides, the day
# may be another. # General Assembly decision 52/468 makes both of them holidays at every duty station.
_EIDS = {
    2020: ("05-24", "07-31"), 2021: ("05-13", "07-20"), 2022: ("05-02", "07-09"), 2023: ("04-21", "06-28"),
    2024: ("04-10", "06-16"), 2025: ("03-30", "06-06"), 2026: ("03-20", "05-27"), 2027: ("03-09", "05-16"),
    2028: ("02-26", "05-05"), 2029: ("02-14", "04-24"), 2030: ("02-04", "04-13"), 2031: ("01-24", "04-02"),
    2032: ("01-14", "03-22"), 2033: ("01-02", "03-11"), 2034: ("12-12", "03-01"), 2035: ("12-01", "02-18"),
    2036: ("11-19", "02-07"), 2037: ("11-08", "01-26"), 2038: ("10-29", "01-16"), 2039: ("10-19", "01-05"),
    2040: ("10-07", "12-14"), 2041: ("09-26", "12-04"), 2042: ("09-15", "11-23"), 2043: ("09-04", "11-12"),
    2044: ("08-24", "10-31"), 2045: ("08-14", "10-21"), 2046: ("08-03", "10-10"), 2047: ("07-24", "09-30"),
    2048: ("07-12", "09-19"), 2049: ("07-01", "09-08"), 2050: ("06-20", "08-28"),
}  # fmt: skip
# A lunar year is shorter than ours: in these two years one of the Eids comes twice.
_TWICE = {2033: ("Eid al-Fitr", "12-23"), 2039: ("Eid al-Adha", "12-26")}
FIRST, LAST = min(_EIDS), max(_EIDS)
_MONDAY, _THURSDAY, _SATURDAY, _SUNDAY = 0, 3, 5, 6
_NEW_YORK = "America/New_York"
_GENEVA = "Europe/Zurich"


def day_off(day: date, zone: str) -> str | None:
    """Why a day is no working day: "Saturday", "Sunday", or the holiday's name; None for a working day."""
    holiday = _by_day(day.year, zone).get(day)
    if holiday:
        return holiday
    return {_SATURDAY: "Saturday", _SUNDAY: "Sunday"}.get(day.weekday())


def next_working_day(day: date, zone: str) -> date:
    """The first working day after a day."""
    day += timedelta(days=1)
    while day_off(day, zone):
        day += timedelta(days=1)
    return day


def known(year: int) -> bool:
    """Whether the Eids of a year are known here; its other holidays always are."""
    return FIRST <= year <= LAST


def seat(zone: str) -> str:
    """Whose holidays count in a zone, in words."""
    seats = {_NEW_YORK: "UN Headquarters, New York", _GENEVA: "UN Office at Geneva"}
    return seats.get(zone, "United Nations, those common to New York and Geneva")


def holidays(year: int, zone: str) -> tuple[tuple[date, str], ...]:
    """The holidays of a year as they are kept, in order. One that falls on a weekend is kept on the nearest working day
    (a Saturday's on Friday, a Sunday's on Monday), and where that is a holiday already, on the next one."""
    kept: dict[date, str] = {}
    moved: list[tuple[date, str]] = []
    for day, name in sorted(_days(year, zone)):
        if day.weekday() >= _SATURDAY or day in kept:
            moved.append((day, name))
        else:
            kept[day] = name
    for day, name in moved:
        nearest = day - timedelta(days=1) if day.weekday() == _SATURDAY else day + timedelta(days=1)
        while nearest in kept or nearest.weekday() >= _SATURDAY:
            nearest += timedelta(days=1)
        kept[nearest] = f"{name} (observed)"
    return tuple(sorted(kept.items()))


@cache
def _by_day(year: int, zone: str) -> dict[date, str]:
    # New Year's Day on a Saturday is kept on the last day of the year before.
    return {day: name for near in (year, year + 1) for day, name in holidays(near, zone) if day.year == year}


def _days(year: int, zone: str) -> Iterator[tuple[date, str]]:
    easter = easter_sunday(year)
    yield date(year, 1, 1), "New Year's Day"
    yield easter - timedelta(days=2), "Good Friday"
    yield date(year, 12, 25), "Christmas Day"
    if known(year):
        for name, day in zip(("Eid al-Fitr", "Eid al-Adha"), _EIDS[year], strict=True):
            yield date.fromisoformat(f"{year}-{day}"), name
    if year in _TWICE:
        name, day = _TWICE[year]
        yield date.fromisoformat(f"{year}-{day}"), name
    if zone == _NEW_YORK:
        yield _nth(year, 6, _MONDAY, 1) - timedelta(weeks=1), "Memorial Day"
        yield date(year, 7, 4), "Independence Day"
        yield _nth(year, 9, _MONDAY, 1), "Labor Day"
        yield _nth(year, 11, _THURSDAY, 4), "Thanksgiving Day"
    if zone == _GENEVA:
        yield easter + timedelta(days=1), "Easter Monday"
        yield easter + timedelta(days=39), "Ascension Day"


def _nth(year: int, month: int, weekday: int, which: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))


def easter_sunday(year: int) -> date:
    """Easter of the Gregorian calendar: the Sunday after the first full moon of spring, by the ecclesiastical moon."""
    golden = year % 19
    century = year // 100
    # The moon's age on 1 January, corrected for the leap days that Gregorian centuries leave out and the moon's drift.
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    full_moon = epact - (epact // 28) * (1 - (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + full_moon + 2 - century + century // 4) % 7
    from_march = full_moon - weekday
    month = 3 + (from_march + 40) // 44
    return date(year, month, from_march + 28 - 31 * (month // 4))
