"""Reminders of a call: when they are due, who is reminded, and in which words. Polite: taking part is voluntary.

Who is reminded is read off the list of addressees and off nothing else. An input that names no organisation leaves that
list as it is, so no reminder, and none that stays away, can tell that there is one.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from ..times import aware, spoken
from .call import Answer

REMINDED = Answer.NONE_YET  # the one answer of an addressee that is reminded; "sent" and "no input this time" never are


def rounds(
    opens_at: datetime, closes_at: datetime, zone: str, days: Iterable[int], now: datetime
) -> tuple[datetime, ...]:
    """The instants at which a call's addressees are reminded: so many days before the deadline, at its time of day in
    its zone, in their order. Those that are past, and those before the call opens, are left out."""
    earliest = max(aware(opens_at), aware(now))
    return tuple(sorted({due for n in days if (due := _days_before(aware(closes_at), zone, n)) > earliest}))


def _days_before(closes_at: datetime, zone: str, days: int) -> datetime:
    """Days are those of the calendar there. A time of day that the clocks skip is taken as if they had not moved
    yet."""
    local = closes_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return (local - timedelta(days=days)).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def deadline(closes_at: datetime, zone: str) -> str:
    """A deadline in its own zone and in UTC: "1 March 2027, 12:00 (Europe/Zurich, UTC+01:00), in UTC 1 March 2027,
    11:00"."""
    local = spoken(closes_at, zone)
    return local if zone == "UTC" else f"{local}, in UTC {spoken(closes_at, 'UTC').partition(' (')[0]}"
