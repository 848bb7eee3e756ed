"""When reminders are due, and in which words."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.domain import reminder_words, reminders
from forum.errors import NaiveTime

ZONES = (
    "Europe/Zurich",
    "America/New_York",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "Africa/Nairobi",
    "UTC",
    "Australia/Lord_Howe",
)
INSTANTS = st.datetimes(*map(dt.datetime.fromisoformat, ("2019-01-01", "2035-01-01")), timezones=st.just(dt.UTC))
DAY = dt.timedelta(days=1)


@given(INSTANTS, st.timedeltas(dt.timedelta(minutes=1), 120 * DAY), st.timedeltas(-200 * DAY, 200 * DAY),
    st.sampled_from(ZONES),
       st.lists(st.integers(1, 90), max_size=6))  # fmt: skip
def test_rounds_lie_ahead_within_the_call_and_in_order(opens, length, since, zone, days):
    closes, now = opens + length, opens + since
    found = reminders.rounds(opens, closes, zone, days, now)
    assert list(found) == sorted(set(found))
    assert all(max(opens, now) < due < closes for due in found)
    assert len(found) <= len(set(days))
    left_out = len(set(days)) - len(found)
    early = sum(closes - (n + 1) * DAY <= max(opens, now) for n in set(days))
    assert left_out <= early, "only what is past, or before the call opens, is left out"


@given(INSTANTS, st.sampled_from(ZONES), st.integers(1, 90))
def test_a_round_is_at_the_deadline_s_time_of_day_there(closes, zone, days):
    [due] = reminders.rounds(closes - 100 * DAY, closes, zone, [days], closes - 99 * DAY)
    there, then = closes.astimezone(ZoneInfo(zone)), due.astimezone(ZoneInfo(zone))
    shown = then.replace(tzinfo=None)
    wanted = there.replace(tzinfo=None) - days * DAY
    assert abs(shown - wanted) <= dt.timedelta(hours=1), "an hour off only where the clocks skip that time, a day never"
    if shown != wanted:
        back = wanted.replace(tzinfo=ZoneInfo(zone)).astimezone(dt.UTC).astimezone(ZoneInfo(zone))
        assert back.replace(tzinfo=None) != wanted or zone == "Pacific/Apia"


def test_a_day_before_over_a_change_of_the_clocks():
    closes = dt.datetime(2027, 3, 28, 10, tzinfo=dt.UTC)  # 12:00 in Zurich, on the day the clocks go forward
    assert reminders.rounds(closes - 30 * DAY, closes, "Europe/Zurich", (1,), closes - 20 * DAY) == (
        dt.datetime(2027, 3, 27, 11, tzinfo=dt.UTC),
    )
    skipped = dt.datetime(2027, 3, 29, 0, 30, tzinfo=dt.UTC)  # 02:30, which the day before does not have
    assert reminders.rounds(closes - 30 * DAY, skipped, "Europe/Zurich", (1,), closes - 20 * DAY) == (
        dt.datetime(2027, 3, 28, 1, 30, tzinfo=dt.UTC),
    )


def test_14_3_1_and_what_is_past():
    closes = dt.datetime(2027, 3, 20, 11, tzinfo=dt.UTC)
    opens = closes - 10 * DAY
    assert reminders.rounds(opens, closes, "Europe/Zurich", (14, 3, 1), opens) == (closes - 3 * DAY, closes - DAY)
    assert reminders.rounds(opens, closes, "Europe/Zurich", (14, 3, 1), closes - 3 * DAY) == (closes - DAY,)
    assert reminders.rounds(opens, closes, "Europe/Zurich", (), opens) == ()
    with pytest.raises(NaiveTime):
        reminders.rounds(opens.replace(tzinfo=None), closes, "UTC", (1,), opens)


def test_the_words_are_polite_and_name_nobody():
    closes = dt.datetime(2027, 3, 1, 11, tzinfo=dt.UTC)
    for coordinates in (False, True):
        words = str(reminder_words.words("Inputs to\nthe Chair", closes, "Europe/Zurich", coordinates=coordinates))
        assert '"Inputs to the Chair"' in words
        assert "1 March 2027, 12:00 (Europe/Zurich, UTC+01:00), in UTC 1 March 2027, 11:00" in words
        assert "without attribution is not counted here: if one was sent, nothing more is needed" in words
        assert "voluntary" in words
        for harsh in ("missing", "failed", "overdue", "silent", "late", "must"):
            assert harsh not in words.lower(), harsh
    assert reminders.deadline(closes, "UTC") == "1 March 2027, 11:00 (UTC, UTC+00:00)"
    assert "2 March" in reminders.deadline(dt.datetime(2027, 3, 1, 23, 30, tzinfo=dt.UTC), "Europe/Zurich")


@given(st.text(max_size=200))
def test_any_title_is_one_line(title):
    words = str(reminder_words.words(title, dt.datetime(2027, 3, 1, tzinfo=dt.UTC), "UTC"))
    assert len(words.splitlines()) == 1
