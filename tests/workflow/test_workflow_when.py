"""Dates and lengths as a definition says them: what is read is what was meant, over changes of the clocks as well."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.errors import InvalidValue
from forum.workflow.when import MONTHS, UNITS, between, span, spoken, when

GENEVA = "Europe/Zurich"
SUMMIT = datetime(2027, 6, 2, 7, 0, tzinfo=UTC)  # 09:00 in Geneva


@pytest.mark.parametrize(
    ("written", "local"),
    [
        ("summit", "2027-06-02 09:00"),
        ("summit at 18:30", "2027-06-02 18:30"),
        ("1 day before summit", "2027-06-01 09:00"),
        ("28 weeks before summit at 12:00", "2026-11-18 12:00"),
        ("18 months after summit", "2028-12-02 09:00"),
        ("2 years before summit at 00:00", "2025-06-02 00:00"),
        ("48 hours before summit", "2027-05-31 09:00"),
        ("3 hours after summit at 12:00", "2027-06-02 12:00"),
        ("31 March before summit", "2027-03-31 09:00"),
        ("2 June before summit", "2026-06-02 09:00"),
        ("2 June after summit", "2028-06-02 09:00"),
        ("2 June of summit at 08:00", "2027-06-02 08:00"),
        ("1 July before summit at 12:00", "2026-07-01 12:00"),
        ("1 July after summit", "2027-07-01 09:00"),
        ("1 May after summit", "2028-05-01 09:00"),
        ("31 December of summit at 23:59", "2027-12-31 23:59"),
        ("2027-03-01", "2027-03-01 00:00"),
        ("2027-03-01 12:00", "2027-03-01 12:00"),
        ("2026-10-25 02:30+01:00", "2026-10-25 02:30"),
    ],
)
def test_a_date_is_counted_in_its_zone(written: str, local: str) -> None:
    found = when(written).instant_from(SUMMIT, GENEVA).astimezone(ZoneInfo(GENEVA))
    assert f"{found:%Y-%m-%d %H:%M}" == local


def test_days_keep_the_time_of_day_over_a_change_of_the_clocks_and_hours_do_not() -> None:
    after = datetime(2027, 3, 29, 7, 0, tzinfo=UTC)  # 09:00, two days after the clocks went forward
    assert when("2 days before meeting").instant_from(after, GENEVA) == datetime(2027, 3, 27, 8, 0, tzinfo=UTC)
    assert when("48 hours before meeting").instant_from(after, GENEVA) == datetime(2027, 3, 27, 7, 0, tzinfo=UTC)


def test_the_end_of_a_shorter_month_is_its_last_day() -> None:
    last = datetime(2027, 3, 31, 10, 0, tzinfo=UTC)
    assert when("1 month before meeting").instant_from(last, "UTC") == datetime(2027, 2, 28, 10, 0, tzinfo=UTC)
    assert when("11 months after meeting").instant_from(last, "UTC") == datetime(2028, 2, 29, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("28 weeks before", "is no date"),
        ("soon", "has no date"),
        ("two weeks before summit", "is no date"),
        ("1 day before summit at noon", "is no date"),
        ("1 day before summit at 24:00", "no time of day"),
        ("2027-02-30 12:00", "does not exist in the calendar"),
        ("2027-03-28 02:30", "clocks are put forward"),
        ("2027-10-31 02:30", "comes twice"),
        ("9999 years after summit", "beyond the calendar"),
        ("9999 months before summit", "the year must lie between"),
        ("31 March", 'Say of which year: "31 March before summit"'),
        ("31 march of summit", "is no date"),
        ("29 February of summit", "29 February is no day of every year. Write 1 to 28 February."),
        ("0 May of summit", "0 May is no day of every year"),
        ("31 June before summit", "Write 1 to 30 June"),
        ("1 May before summit at 24:00", "The end of a day is 00:00 of the day after"),
        ("28 March of summit at 02:30", "clocks are put forward"),
        ("", "is no date"),
        ("1 day before summit; drop table", "is no date"),
    ],
)
def test_what_is_no_date_is_refused_with_a_remedy(written: str, says: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        when(written).instant_from(None if written == "soon" else SUMMIT, GENEVA)
    assert says in refused.value.message


@pytest.mark.parametrize(("written", "hours"), [("72 hours", 72), ("14 days", 336), ("2 weeks", 336), ("1 hour", 1)])
def test_a_length_is_read(written: str, hours: int) -> None:
    assert span(written) == timedelta(hours=hours)


@pytest.mark.parametrize("written", ["0 days", "3 months", "-1 day", "14", "days", "1.5 days", "99999 days", ""])
def test_what_is_no_length_is_refused(written: str) -> None:
    with pytest.raises(InvalidValue, match="is no length"):
        span(written)


@given(st.integers(1, 9999), st.sampled_from(("minute", "hour", "day")))
def test_a_length_is_spoken_so_that_it_can_be_read_again(count: int, unit: str) -> None:
    length = span(f"{count} {unit}s")
    assert span(spoken(length)) == length


@given(st.integers(0, 400), st.sampled_from(UNITS[2:4]), st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_there_and_back_again_is_the_same_day(count: int, unit: str, day: date) -> None:
    anchor = datetime.combine(day, time(12), ZoneInfo(GENEVA)).astimezone(UTC)
    ahead = when(f"{count} {unit} after a").instant_from(anchor, GENEVA)
    assert when(f"{count} {unit} before a").instant_from(ahead, GENEVA) == anchor


def test_the_year_is_that_of_the_zone() -> None:
    midnight = datetime(2027, 12, 31, 23, 30, tzinfo=UTC)
    assert when("1 May of summit").instant_from(midnight, "UTC").year == 2027
    assert when("1 May of summit").instant_from(midnight, GENEVA).year == 2028


@given(st.dates(date(1905, 1, 1), date(2190, 12, 31)), st.integers(1, 12), st.integers(1, 28))
def test_a_day_of_the_year_is_the_nearest_on_its_side(on: date, month: int, day: int) -> None:
    anchor = datetime.combine(on, time(12), UTC)
    name = f"{day} {MONTHS[month - 1]}"
    before, after, same = (when(f"{name} {side} it").instant_from(anchor, "UTC") for side in ("before", "after", "of"))
    assert before.date() < on < after.date()
    assert same.year == on.year
    assert {before.date().replace(year=2000), after.date().replace(year=2000)} == {date(2000, month, day)}
    assert 365 <= (after - before).days <= (731 if same.date() == on else 366)


def test_only_dates_that_keep_their_order_have_one_base() -> None:
    assert when("4 weeks before summit").base("summit") == when("summit").base("summit") == "summit"
    assert when("1 May of summit").base("summit") == when("30 June of summit at 12:00").base("summit") != "summit"
    assert when("1 May before summit").base("summit") != when("30 June before summit").base("summit")
    of_a_day = when("1 May of summit").base("summit")
    assert when("3 weeks after deadline").base(of_a_day) == when("1 March after deadline").base(of_a_day) == of_a_day
    assert when("2027-03-01").base("") == when("1 May of fixed").base("") == ""


def test_days_are_counted_as_people_count_them() -> None:
    start = datetime(2027, 3, 26, 8, tzinfo=UTC)  # 09:00 in Geneva, two days before the clocks go forward
    assert between(start, datetime(2027, 4, 5, 7, tzinfo=UTC), GENEVA) == timedelta(days=10)
    assert between(start, datetime(2027, 4, 5, 7, tzinfo=UTC), "UTC") == timedelta(days=10) - timedelta(hours=1)
