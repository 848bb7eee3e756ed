"""Dates -> a calendar that programs subscribe to (RFC 5545, with RFC 7986). The same dates give the same bytes: what a
program is to notice follows from when a date was set, and from nothing of the hour at which it asks."""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vDuration, vText

from .entries import Entry
from .zones import span, timezone

AGAIN_AFTER = timedelta(hours=6)  # how often programs are asked to look again; most have a mind of their own
_PRODUCT = "-//Review Forum//Dates//EN"
_BEGAN = datetime(2020, 1, 1, tzinfo=UTC)  # from which SEQUENCE counts seconds: a number of 31 bits until 2088
_MINUTE = timedelta(minutes=1)
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # in no TEXT (RFC 5545, 3.3.11)


def ics(name: str, zone: str, entries: Sequence[Entry]) -> bytes:
    """The calendar under its name, with the zones that its entries need. `zone`: the forum's, or its reader's own."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", _PRODUCT)
    calendar.add("calscale", "GREGORIAN")
    for key in ("name", "x-wr-calname"):
        calendar.add(key, _text(name))
    calendar.add("x-wr-timezone", zone)
    # RFC 7986, 5.7, asks for VALUE=DURATION, which the library leaves out.
    calendar.add("refresh-interval", vDuration(AGAIN_AFTER, params={"VALUE": "DURATION"}))
    calendar.add("x-published-ttl", vDuration(AGAIN_AFTER))
    if entries:
        calendar.add("last-modified", max(entry.set_at for entry in entries).astimezone(UTC))
    ordered = sorted(entries, key=lambda entry: (str(entry.at), entry.uid))
    for zone_, years in sorted(_years(ordered).items()):
        calendar.add_component(timezone(zone_, *span(years)))
    for entry in ordered:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    # Without METHOD, DTSTAMP is when the entry was revised last (RFC 5545, 3.8.7.2).
    for stamp in ("dtstamp", "last-modified"):
        event.add(stamp, entry.set_at.astimezone(UTC))
    event.add("sequence", max(0, int((entry.set_at - _BEGAN).total_seconds())))
    for key, when in zip(("dtstart", "dtend"), _days(entry) or _instants(entry), strict=False):
        event.add(key, when)
    event.add("summary", _text(entry.summary))
    for key, text in (("description", entry.description), ("location", entry.place)):
        if text:
            event.add(key, _text(text))
    event.add("categories", [entry.category.value])
    event.add("status", entry.status.value)
    event.add("transp", "TRANSPARENT")  # a deadline takes nobody's time, and who goes to a meeting is not known here
    return event


def _days(entry: Entry) -> tuple[date, date] | None:
    """Whole days, and the day after the last (RFC 5545, 3.6.1); None of what has an instant."""
    if isinstance(entry.at, datetime):
        return None
    last = entry.at if entry.until is None else entry.until
    return entry.at, last + timedelta(days=1)


def _instants(entry: Entry) -> tuple[datetime, ...]:
    """When it begins, and when it ends where it takes time. A deadline takes none; but midnight is the end of a day,
    and stands as its last minute: else programs would show it on the day after, when it is too late."""
    assert isinstance(entry.at, datetime)
    at = entry.at.replace(microsecond=0)
    if isinstance(entry.until, datetime) and entry.until > at:
        return _written(at, entry.zone), _written(entry.until.replace(microsecond=0), entry.zone)
    local = at.astimezone(ZoneInfo(entry.zone))
    if entry.ends_day and (local.hour, local.minute, local.second) == (0, 0, 0):
        return _written(at - _MINUTE, entry.zone), _written(at, entry.zone)
    return (_written(at, entry.zone),)


def _written(at: datetime, zone: str) -> datetime:
    """The instant on the zone's clock; in UTC where that clock stands off by seconds, or shows the time twice: it would
    be the first of the two (RFC 5545, 3.3.5), and programs read the second."""
    local = at.astimezone(ZoneInfo(zone))
    offset = local.utcoffset()
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    if zone == "UTC" or twice or offset is None or offset.seconds % 60:
        return at.astimezone(UTC)
    return local


def _years(entries: Sequence[Entry]) -> dict[str, set[int]]:
    """The zones in which instants are written, each with the years of these."""
    years: dict[str, set[int]] = defaultdict(set)
    for entry in entries:
        for written in () if _days(entry) else _instants(entry):
            if written.tzinfo is not UTC:
                years[entry.zone].add(written.year)
    return years


def _text(words: str) -> vText:
    return vText(_CONTROLS.sub("", _LINE_ENDS.sub("\n", words)))
