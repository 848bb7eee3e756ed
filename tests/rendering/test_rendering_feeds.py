"""Dates as a feed: written once, read back by parsers that nobody here wrote."""

import os
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from forum.rendering.feeds.entries import Category, Entry, Status
from forum.rendering.feeds.feed import ics
from forum.rendering.feeds.zones import changes
from tests.support.feeds.readers import READERS, by_node, events, instant, needs_readers, wire

SET = datetime(2026, 11, 1, 9, 30, tzinfo=UTC)
# Both sides of changes of the clocks: on the day of it, in the hours around it, and in every season.
ZONES = {
    "Europe/Zurich": ("2027-03-28T00:59", "2027-03-28T01:00", "2027-10-31T00:30", "2027-10-31T01:30"),
    "Pacific/Apia": ("2011-12-30T09:59", "2011-12-30T10:00", "2011-12-31T10:00", "2021-04-03T14:00"),
    "Africa/Casablanca": ("2016-05-01T12:00", "2025-02-23T01:59", "2025-02-23T02:00", "2025-04-06T02:00"),
    "Asia/Kathmandu": ("2027-01-01T00:00", "2027-07-01T12:15"),
    "America/New_York": ("2027-03-14T06:59", "2027-03-14T07:00", "2027-11-07T05:30", "2027-11-07T06:30"),
    "Europe/Dublin": ("2027-03-28T00:59", "2027-03-28T01:00", "2027-10-31T00:59", "2027-10-31T02:00"),
    "Australia/Lord_Howe": ("2027-04-03T14:59", "2027-04-03T15:30", "2027-10-02T15:30"),
    "America/Caracas": ("2016-05-01T06:59", "2016-05-01T07:00"),
    "UTC": ("2027-03-28T01:00",),
}


def entry(uid: str = "x", at: datetime | date = SET, zone: str = "Europe/Zurich", **more) -> Entry:
    return Entry(uid, at, zone, SET, **{"summary": "Inputs close", **more})


def instants() -> dict[str, Entry]:
    made = {}
    for zone, times in ZONES.items():
        for written in times:
            at = datetime.fromisoformat(f"{written}:00+00:00")
            uid = f"{zone} {written}"
            made[uid] = entry(uid, at, zone, ends_day=True)
    return made


def ends_at(one: Entry) -> datetime:
    at = one.until or one.at
    assert isinstance(at, datetime)
    return at


def midnight(zone: str, day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def test_every_instant_is_read_as_it_is_on_both_sides_of_each_change():
    made = instants()
    read = events(ics("Dates", "Europe/Zurich", list(made.values())))
    assert {uid: instant(event) for uid, event in read.items()} == {uid: one.at for uid, one in made.items()}


@pytest.mark.once
@needs_readers
@pytest.mark.parametrize("machine", ["UTC", "Asia/Kathmandu"])
def test_two_programs_of_others_compute_the_same_instants(machine):
    made = instants()
    made["ends"] = entry("ends", midnight("Europe/Zurich", "2027-03-01"), ends_day=True)
    made["begins"] = entry("begins", SET, until=SET + timedelta(hours=2))
    read = by_node(ics("Dates", "Europe/Zurich", list(made.values())), machine)
    for reader in READERS:
        ends = {uid: event[1] for uid, event in read[reader].items()}
        assert ends == {uid: wire(ends_at(one)) for uid, one in made.items()}, reader
        assert read[reader]["ends"][0] == "2027-02-28T22:59:00.000Z"


@pytest.mark.once
@needs_readers
@pytest.mark.parametrize("machine", ["UTC", "Asia/Kathmandu", "America/New_York"])
def test_two_programs_of_others_read_days_words_and_what_was_taken_back(machine):
    days = entry("days", date(2027, 5, 3), until=date(2027, 5, 5), summary="اجتماع: القمة، 2027; «移民»")
    back = entry("back", summary="Inputs close: a, b; c\nd", status=Status.CANCELLED)
    read = by_node(ics("D", "UTC", [days, back]), machine)
    for reader in READERS:
        count = int((SET - datetime(2020, 1, 1, tzinfo=UTC)).total_seconds())
        assert read[reader]["days"] == ["2027-05-03", "2027-05-06", days.summary, "CONFIRMED", count], reader
        assert read[reader]["back"][2:4] == [back.summary, "CANCELLED"], reader


def test_a_deadline_at_midnight_stands_at_the_end_of_its_day():
    at = midnight("Europe/Zurich", "2027-03-01")
    ends, begins = entry("ends", at, ends_day=True), entry("begins", at)
    late = entry("late", at - timedelta(seconds=1), ends_day=True)
    read = events(ics("D", "Europe/Zurich", [ends, begins, late]))
    local = {uid: f"{event.decoded('DTSTART'):%Y-%m-%d %H:%M:%S}" for uid, event in read.items()}
    assert local["ends"] == "2027-02-28 23:59:00"
    assert instant(read["ends"]) == at
    assert local["begins"] == "2027-03-01 00:00:00"
    assert local["late"] == "2027-02-28 23:59:59"
    assert "DTEND" not in read["late"]


def test_the_same_dates_are_the_same_bytes_in_whatever_order_and_zone_of_writing():
    one = [entry("a"), entry("b", SET + timedelta(1)), entry("c", date(2027, 1, 1))]
    other = [
        entry("c", date(2027, 1, 1)),
        entry("b", (SET + timedelta(1)).astimezone(ZoneInfo("Asia/Tokyo"))),
        entry("a"),
    ]
    assert ics("D", "UTC", one) == ics("D", "UTC", other)


def test_what_moves_keeps_its_uid_and_grows():
    moved = Entry("x", SET + timedelta(9), "Europe/Zurich", SET + timedelta(seconds=1), "Inputs close")
    [before], [after] = (list(events(ics("D", "UTC", [each])).values()) for each in (entry(), moved))
    assert before["UID"] == after["UID"]
    assert after.decoded("SEQUENCE") == before.decoded("SEQUENCE") + 1
    for stamp in ("DTSTAMP", "LAST-MODIFIED"):
        assert before.decoded(stamp) < after.decoded(stamp)
    assert entry_of_1999().decoded("SEQUENCE") == 0


def entry_of_1999():
    old = Entry("x", SET, "UTC", datetime(1999, 1, 1, tzinfo=UTC), "Recorded")
    return events(ics("D", "UTC", [old]))["x"]


@pytest.mark.parametrize(
    "words",
    [
        "a\r\nBEGIN:VALARM\r\nTRIGGER:-P1D", "a\nEND:VEVENT\nEND:VCALENDAR", "\x00\x01\x0b\x1b[31m\x7f\x85",
        "line\u2028and\u2029paragraph", "\\n is no line; nor is \\, ", 'DESCRIPTION;X="', "移" * 900, "م" * 900,
        "\N{FAMILY}\u200d" * 300, "",
    ],
)  # fmt: skip
def test_words_of_people_stay_words(words):
    feed = ics(words, "UTC", [entry(summary=words, description=words, place=words)])
    for line in feed.split(b"\r\n"):
        assert len(line) <= 75
        assert not any(c in line for c in b"\r\n\x00\x0b\x1b\x7f")
        line.decode()  # no character is cut in two
    [event] = events(feed).values()
    plain = "".join(c for c in words if c not in "\x00\x01\x0b\x1b\x7f").replace("\r\n", "\n")
    plain = plain.replace("\x85", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    assert str(event["SUMMARY"]) == plain
    assert not event.subcomponents


def test_the_calendar_says_when_to_look_again_and_names_itself():
    feed = ics("GFMD: dates", "Europe/Zurich", [entry(category=Category.DEADLINE)]).decode()
    for line in ("NAME:GFMD: dates", "X-WR-CALNAME:GFMD: dates", "X-WR-TIMEZONE:Europe/Zurich", "VERSION:2.0",
                 "REFRESH-INTERVAL;VALUE=DURATION:PT6H", "X-PUBLISHED-TTL:PT6H", "CATEGORIES:DEADLINE",
                 "LAST-MODIFIED:20261101T093000Z", "TRANSP:TRANSPARENT"):  # fmt: skip
        assert f"\r\n{line}\r\n" in feed
    assert "METHOD" not in feed  # else DTSTAMP would be the hour of reading
    assert b"VEVENT" not in ics("Empty", "UTC", [])


def test_a_zone_is_written_once_and_only_where_it_is_read_by():
    feed = ics("D", "UTC", [entry("a"), entry("b"), entry("c", date(2027, 1, 1), "Asia/Tokyo"), entry("d", zone="UTC")])
    assert feed.count(b"BEGIN:VTIMEZONE") == 1
    assert feed.count(b"TZID:Europe/Zurich\r\n") == 1


def test_changes_of_a_zone_are_those_of_the_database():
    apia = {change.at: (change.before, change.after) for change in changes("Pacific/Apia", 2011, 2011)[1:]}
    hours = lambda n: timedelta(hours=n)  # noqa: E731
    assert apia[datetime(2011, 12, 30, 10, tzinfo=UTC)] == (hours(-10), hours(14))
    assert len(apia) == 3
    assert len(changes("Asia/Kathmandu", 2000, 2030)) == 1
    for zone in ZONES:
        place = ZoneInfo(zone)
        for change in changes(zone, 2010, 2028)[1:]:
            before, at = (when.astimezone(place) for when in (change.at - timedelta(seconds=1), change.at))
            assert (before.utcoffset(), at.utcoffset()) == (change.before, change.after)


def test_node_is_asked_for_in_ci():
    assert needs_readers() or os.environ.get("CI") != "true"
