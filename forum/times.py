"""Windows and instants: when a thing is open, and what "12:00 Geneva time" means.

A window is half open, `opens_at <= now < closes_at`: the deadline itself is too late. Every instant has a zone; a naive
one is refused. `now` always comes from the caller, who has it from the one clock. Every instant that comes in lies in
the years `YEARS`: so none is near enough to the end of what can be reckoned for any zone, grace or reminder to pass it.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from .errors import InvalidValue, NaiveTime, UnknownCode

# Area/City and UTC only. Abbreviations (CET, EST) do not say whether summer time is kept, and other file names in a
# time zone database differ from machine to machine.
_ZONE = re.compile(r"UTC|[A-Z][A-Za-z]+(?:/[A-Z][A-Za-z0-9_+-]*(?:-[A-Za-z0-9_]+)*)+")
_LOCAL = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(Z|[+-]\d\d:\d\d)?", re.ASCII)
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]  # never the locale's
YEARS = range(1900, 2201)  # before, no forum; beyond, a zone's rules are guesses
_MIDNIGHT = "Midnight at the end of a day is 00:00 of the day after: {}."


def in_years(day: date) -> None:
    """Refuses (InvalidValue) a day, or an instant by its day in UTC, outside the years that are kept here."""
    utc = day.astimezone(UTC) if isinstance(day, datetime) and _far_from_the_edge(day) else day
    if utc.year not in YEARS:
        raise InvalidValue(reason=f"{day.isoformat()[:40]}: the year must lie between {YEARS[0]} and {YEARS[-1]}.")


def _far_from_the_edge(when: datetime) -> bool:
    """Whether its year in UTC can be reckoned: the first and last years of the calendar have no day before or after."""
    return 1 < when.year < 9999


def is_open(opens_at: datetime | None, closes_at: datetime | None, now: datetime) -> bool:
    """Whether `opens_at <= now < closes_at`; None means no limit on that side. Refuses naive times (NaiveTime)."""
    now = aware(now)
    begun = opens_at is None or aware(opens_at) <= now
    return begun and (closes_at is None or now < aware(closes_at))


def aware(when: datetime) -> datetime:
    """The same instant, refused (NaiveTime) when it carries no zone."""
    if when.utcoffset() is None:
        raise NaiveTime(given=when.isoformat())
    return when


def zone_named(zone: str) -> ZoneInfo:
    """The IANA zone of this name. Refuses (UnknownCode) abbreviations and names that do not exist."""
    hint = "Write an IANA name, as in Europe/Zurich (Geneva), America/New_York or UTC."
    if len(zone) > 60 or not _ZONE.fullmatch(zone):
        raise UnknownCode(scheme="the IANA time zones", given=zone[:60], hint=hint).at_path("zone")
    try:
        return ZoneInfo(zone)
    except (KeyError, ValueError, OSError):  # OSError: the name of a folder of zones, as in America/Argentina
        raise UnknownCode(scheme="the IANA time zones", given=zone, hint=hint).at_path("zone") from None


def instant(local: str, zone: str) -> datetime:
    """ "2027-03-01 12:00" in a named zone -> the instant, in UTC.

    Refuses what is not a time (InvalidValue), unknown zones (UnknownCode), an offset that is not the zone's then, a
    time the clocks skip, and one they show twice: there it names both readings, and takes the one written with its
    offset ("2027-10-31 02:30+01:00").
    """
    place = zone_named(zone)
    match = _LOCAL.fullmatch(local.strip())
    if not match:
        raise InvalidValue(reason=f"{local[:40]!r} is not a date and time. Write it as 2027-03-01 12:00.")
    try:
        plain = datetime.fromisoformat(f"{match[1]}T{match[2]}")
    except ValueError:
        hint = midnight(match[1], match[2]) or "Write it as 2027-03-01 12:00."
        raise InvalidValue(reason=f"{local[:40]} does not exist in the calendar. {hint}") from None
    in_years(plain.date())
    readings = _readings(plain, place)
    if not readings:
        raise InvalidValue(reason=_skipped(plain, place))
    if match[3]:
        return _with_offset(readings, match[3], local, zone)
    if len(readings) > 1:
        both = " and ".join(r.isoformat(sep=" ", timespec="minutes") for r in readings)
        raise InvalidValue(reason=f"{plain:%Y-%m-%d %H:%M} comes twice in {zone}, {both}. Write one of the two.")
    return _kept(readings[0])


def midnight(day: str, clock: str) -> str | None:
    """How the end of a day is written, where it was written as "24:00" of that day; None where it was not."""
    if clock not in ("24:00", "24:00:00"):
        return None
    try:
        after = (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return None
    return _MIDNIGHT.format(f"{after} 00:00")


def need_offset_of(zone: str, when: datetime) -> None:
    """Refuses (InvalidValue) an instant written with an offset that the zone does not have then, and names both things
    that may have been meant. In UTC every instant may be written."""
    place, offset = zone_named(zone), aware(when).utcoffset()
    there = when.astimezone(place)
    if not offset or there.utcoffset() == offset:
        return
    same_clock = [reading.isoformat() for reading in _readings(when.replace(tzinfo=None), place)]
    meant = " or ".join((*same_clock, there.isoformat()))
    raise InvalidValue(
        reason=f"{when.isoformat()} is not written in the offset of {zone}. Write {meant}, as you mean it."
    )


def spoken(when: datetime, zone: str) -> str:
    """An instant as people write it, in a named zone: "1 March 2027, 12:00 (Europe/Zurich, UTC+01:00)"."""
    local = aware(when).astimezone(zone_named(zone))
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year}, {local:%H:%M} ({zone}, UTC{_offset(local)})"


def _kept(reading: datetime) -> datetime:
    """The instant in UTC. Refuses one that lies outside the years that are kept only there."""
    in_years(reading)
    return reading.astimezone(UTC)


def _offset(local: datetime) -> str:
    """An offset as it is written: "+01:00"; "+00:19:32" where a place still kept its own mean time."""
    return local.isoformat()[len(local.replace(tzinfo=None).isoformat()) :]


def _readings(plain: datetime, place: ZoneInfo) -> list[datetime]:
    """The instants whose clock in `place` shows `plain`: none in a gap, two in a fold, else one."""
    folds = [plain.replace(tzinfo=place, fold=fold) for fold in (0, 1)]
    shown = [f for f in folds if f.astimezone(UTC).astimezone(place).replace(tzinfo=None, fold=0) == plain]
    return shown if len({f.utcoffset() for f in shown}) > 1 else shown[:1]


def _with_offset(readings: list[datetime], offset: str, local: str, zone: str) -> datetime:
    wanted = "+00:00" if offset == "Z" else offset
    for reading in readings:
        if _offset(reading) == wanted:
            return _kept(reading)
    own = " or ".join(_offset(r) for r in readings)
    raise InvalidValue(
        reason=f"{local}: {zone} stands at {own} then, not at {wanted}. Leave the offset out or mend it."
    )


def _skipped(plain: datetime, place: ZoneInfo) -> str:
    # Read with the offset before the gap, the time lands as far after the gap as it lies inside it.
    after = plain.replace(tzinfo=place, fold=0).astimezone(UTC).astimezone(place)
    before = plain.replace(tzinfo=place, fold=1).astimezone(UTC).astimezone(place)
    days = {plain.date(), before.date(), after.date()}
    shown = "%H:%M" if len(days) == 1 else "%Y-%m-%d %H:%M"  # a whole day may be missing: Apia, 30 December 2011
    return (
        f"{plain:%Y-%m-%d %H:%M} does not exist in {place.key}: the clocks are put forward over it. "
        f"Choose {before:{shown}} or {after:{shown}} instead."
    )
