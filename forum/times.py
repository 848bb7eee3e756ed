"""Windows and instants: when a thing is open, and what "12:00 Geneva time" means.

A window is half open, `opens_at <= now < closes_at`: the deadline itself is too late. Every instant has a zone; a naive
one is refused. `now` always comes from the caller, who has it from the one clock.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from .errors import DeadlinePassed, InvalidValue, NaiveTime, UnknownCode, WindowNotOpen

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
_YEARS = range(1990, 2201)  # the forums began in 2006; older offsets have odd seconds


def is_open(opens_at: datetime | None, closes_at: datetime | None, now: datetime) -> bool:
    """Whether `opens_at <= now < closes_at`; None means no limit on that side. Refuses naive times (NaiveTime)."""
    now = aware(now)
    begun = opens_at is None or aware(opens_at) <= now
    return begun and (closes_at is None or now < aware(closes_at))


def refuse_outside(opens_at: datetime | None, closes_at: datetime | None, now: datetime) -> None:
    """Raise WindowNotOpen before the window and DeadlinePassed from its last instant on."""
    if is_open(opens_at, closes_at, now):
        return
    if opens_at is not None and now < opens_at:
        raise WindowNotOpen(opens_at=opens_at, server_time=now)
    assert closes_at is not None
    raise DeadlinePassed(deadline=closes_at, server_time=now)


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

    Refuses what is not a time (InvalidValue), unknown zones (UnknownCode), a time the clocks skip, and one they show
    twice: there it names both readings, and takes the one written with its offset ("2027-10-31 02:30+01:00").
    """
    place = zone_named(zone)
    match = _LOCAL.fullmatch(local.strip())
    if not match:
        raise InvalidValue(reason=f"{local[:40]!r} is not a date and time. Write it as 2027-03-01 12:00.")
    try:
        plain = datetime.fromisoformat(f"{match[1]}T{match[2]}")
    except ValueError:
        raise InvalidValue(
            reason=f"{local[:40]} does not exist in the calendar. Write it as 2027-03-01 12:00."
        ) from None
    if plain.year not in _YEARS:
        raise InvalidValue(reason=f"{local[:40]}: the year must lie between {_YEARS[0]} and {_YEARS[-1]}.")
    readings = _readings(plain, place)
    if not readings:
        raise InvalidValue(reason=_skipped(plain, place))
    if match[3]:
        return _with_offset(readings, match[3], local, zone)
    if len(readings) > 1:
        both = " and ".join(r.isoformat(sep=" ", timespec="minutes") for r in readings)
        raise InvalidValue(reason=f"{plain:%Y-%m-%d %H:%M} comes twice in {zone}, {both}. Write one of the two.")
    return readings[0].astimezone(UTC)


def spoken(when: datetime, zone: str) -> str:
    """An instant as people write it, in a named zone: "1 March 2027, 12:00 (Europe/Zurich, UTC+01:00)"."""
    local = aware(when).astimezone(zone_named(zone))
    offset = local.isoformat()[-6:]
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year}, {local:%H:%M} ({zone}, UTC{offset})"


def _readings(plain: datetime, place: ZoneInfo) -> list[datetime]:
    """The instants whose clock in `place` shows `plain`: none in a gap, two in a fold, else one."""
    folds = [plain.replace(tzinfo=place, fold=fold) for fold in (0, 1)]
    shown = [f for f in folds if f.astimezone(UTC).astimezone(place).replace(tzinfo=None, fold=0) == plain]
    return shown if len({f.utcoffset() for f in shown}) > 1 else shown[:1]


def _with_offset(readings: list[datetime], offset: str, local: str, zone: str) -> datetime:
    wanted = "+00:00" if offset == "Z" else offset
    for reading in readings:
        if reading.isoformat()[-6:] == wanted:
            return reading.astimezone(UTC)
    own = " or ".join(r.isoformat()[-6:] for r in readings)
    raise InvalidValue(
        reason=f"{local}: {zone} stands at {own} then, not at {wanted}. Leave the offset out or mend it."
    )


def _skipped(plain: datetime, place: ZoneInfo) -> str:
    # Read with the offset before the gap, the time lands as far after the gap as it lies inside it.
    after = plain.replace(tzinfo=place, fold=0).astimezone(UTC).astimezone(place)
    before = plain.replace(tzinfo=place, fold=1).astimezone(UTC).astimezone(place)
    return (
        f"{plain:%Y-%m-%d %H:%M} does not exist in {place.key}: the clocks are put forward over it. "
        f"Choose {before:%H:%M} or {after:%H:%M} instead."
    )
