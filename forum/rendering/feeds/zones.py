"""A time zone as a calendar program is handed it (VTIMEZONE, RFC 5545, 3.6.5): every change of its clocks within the
years of a feed, taken from the time zone database one by one.

`icalendar` would write the changes itself, but at the clock of the time after them, where the RFC asks for the one
before: an hour late, and in Apia a day (`findings/icalendar-late-onsets.sh`).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_STEP = timedelta(days=7)  # no zone changed its clocks twice within a week since 1900 but for good
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LEAST = 3  # yearly changes that make a rule


@dataclass(frozen=True)
class Change:
    """The clocks of a zone change at `at`, in UTC. `summer`: they stand at summer time from then on."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str
    summer: bool

    @property
    def local(self) -> datetime:
        """The instant on the clock of the time before it, as the RFC has it."""
        return self.at.replace(tzinfo=None) + self.before


@lru_cache(maxsize=256)
def changes(zone: str, first: int, last: int) -> tuple[Change, ...]:
    """How a zone stands as the year `first` begins in UTC, written as a change without effect, and each change of its
    clocks until the year `last` is over."""
    place = ZoneInfo(zone)
    at, end = datetime(first, 1, 1, tzinfo=UTC), datetime(last + 1, 1, 1, tzinfo=UTC)
    found = [_change(place, at, at)]
    while at < end:
        if _standing(place, at) != _standing(place, at + _STEP):
            turn = _turn(place, at, at + _STEP)
            found.append(_change(place, turn, turn - timedelta(seconds=1)))
        at += _STEP
    return tuple(found)


def timezone(zone: str, first: int, last: int) -> Timezone:
    """The zone for events from the year `first` to the year `last`."""
    component = Timezone()
    component.add("tzid", zone)
    kinds: dict[tuple[timedelta, timedelta, str, bool], list[Change]] = defaultdict(list)
    for change in changes(zone, first - 1, last + 1):
        kinds[change.before, change.after, change.name, change.summer].append(change)
    for same in kinds.values():
        for run in _runs(same):
            component.add_component(_observance(run))
    return component


def _standing(place: ZoneInfo, at: datetime) -> tuple[timedelta | None, str | None, timedelta | None]:
    local = at.astimezone(place)
    return local.utcoffset(), local.tzname(), local.dst()


def _turn(place: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """The first second at which the zone stands as it does at `high`; it stands otherwise at `low`."""
    then = _standing(place, high)
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=int((high - low).total_seconds()) // 2)
        low, high = (low, middle) if _standing(place, middle) == then else (middle, high)
    return high


def _change(place: ZoneInfo, at: datetime, before: datetime) -> Change:
    was, (now, name, saved) = _standing(place, before)[0], _standing(place, at)
    assert was is not None
    assert now is not None
    # In winter Dublin stands an hour behind its standard time, and Casablanca in Ramadan: that is no daylight time.
    return Change(at, was, now, name or "", saved is not None and saved > timedelta())


def _runs(same: Sequence[Change]) -> Iterator[Sequence[Change]]:
    """Changes of one kind in pieces: those that follow a yearly rule together, all others each by its date."""
    rest: list[Change] = []
    piece: list[Change] = []
    for change in same:
        if piece and change.local.year == piece[-1].local.year + 1 and _rule([*piece, change]):
            piece.append(change)
            continue
        rest += _unless_rule(piece)
        if len(piece) >= _LEAST:
            yield piece
        piece = [change]
    rest += _unless_rule(piece)
    if len(piece) >= _LEAST:
        yield piece
    if rest:
        yield rest


def _unless_rule(piece: list[Change]) -> list[Change]:
    return piece if len(piece) < _LEAST else []


def _rule(piece: Sequence[Change]) -> str | None:
    """Which weekday of its month all of these are: "-1SU", the last Sunday; None where nothing holds for all. The last
    one of a month counts before the fourth, which it often is as well."""
    local = [change.local for change in piece]
    if len({(at.month, at.weekday(), at.time()) for at in local}) > 1:
        return None
    weekday = _WEEKDAYS[local[0].weekday()]
    if all((at + timedelta(days=7)).month != at.month for at in local):
        return f"-1{weekday}"
    numbers = {(at.day - 1) // 7 + 1 for at in local}
    return f"{numbers.pop()}{weekday}" if len(numbers) == 1 else None


def _observance(run: Sequence[Change]) -> TimezoneStandard | TimezoneDaylight:
    first, last = run[0], run[-1]
    component: TimezoneStandard | TimezoneDaylight = TimezoneDaylight() if first.summer else TimezoneStandard()
    component.add("dtstart", first.local)
    component.add("tzoffsetfrom", first.before)
    component.add("tzoffsetto", first.after)
    component.add("tzname", first.name)
    rule = _rule(run) if len(run) >= _LEAST else None
    if rule:
        component.add("rrule", {"FREQ": "YEARLY", "UNTIL": last.at, "BYMONTH": first.local.month, "BYDAY": rule})
    for change in () if rule else run[1:]:
        component.add("rdate", [change.local])  # a line each: ical.js reads the first of several alone
    return component


def span(years: Iterable[int]) -> tuple[int, int]:
    """The first and the last of these years."""
    listed = sorted(years)
    return listed[0], listed[-1]
