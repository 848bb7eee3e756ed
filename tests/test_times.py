"""Windows and zones: the last instant is too late, skipped and doubled hours are refused."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.domain.reminders import deadline, rounds
from forum.errors import InvalidValue, NaiveTime, Refusal, UnknownCode
from forum.times import YEARS, in_years, instant, is_open, need_offset_of, spoken
from forum.workflow.when import when

OPENS = datetime(2027, 1, 1, tzinfo=UTC)
CLOSES = datetime(2027, 3, 1, 11, tzinfo=UTC)
EVERYWHERE = sorted(name for name in available_timezones() if "/" in name or name == "UTC")
ZONES = ["Europe/Zurich", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Casablanca", "UTC"]


def test_the_deadline_itself_is_too_late() -> None:
    assert is_open(OPENS, CLOSES, OPENS)
    assert is_open(OPENS, CLOSES, CLOSES - timedelta(microseconds=1))
    assert not is_open(OPENS, CLOSES, CLOSES)


def test_an_unset_side_is_no_limit() -> None:
    assert is_open(None, CLOSES, datetime(1999, 1, 1, tzinfo=UTC))
    assert is_open(OPENS, None, datetime(2999, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize("bad", [(datetime(2027, 1, 1), CLOSES, OPENS), (OPENS, CLOSES, datetime(2027, 2, 1))])  # noqa: DTZ001
def test_naive_times_are_refused(bad: tuple[datetime, datetime, datetime]) -> None:
    with pytest.raises(NaiveTime):
        is_open(*bad)


def test_geneva_time() -> None:
    assert instant("2027-03-01 12:00", "Europe/Zurich") == CLOSES
    assert instant("2027-07-01T12:00:30", "Europe/Zurich") == datetime(2027, 7, 1, 10, 0, 30, tzinfo=UTC)
    assert spoken(CLOSES, "Europe/Zurich") == "1 March 2027, 12:00 (Europe/Zurich, UTC+01:00)"
    assert spoken(CLOSES, "Asia/Kathmandu") == "1 March 2027, 16:45 (Asia/Kathmandu, UTC+05:45)"


def test_a_skipped_hour_is_refused_with_two_that_exist() -> None:
    with pytest.raises(InvalidValue, match=r"does not exist in Europe/Zurich.*Choose 01:30 or 03:30"):
        instant("2027-03-28 02:30", "Europe/Zurich")


def test_a_skipped_day_is_refused_with_two_that_exist() -> None:
    with pytest.raises(InvalidValue, match="Choose 2011-12-29 12:00 or 2011-12-31 12:00"):
        instant("2011-12-30 12:00", "Pacific/Apia")


@pytest.mark.parametrize("clock", ["24:00", "24:00:00"])
def test_the_end_of_a_day_is_the_beginning_of_the_next(clock: str) -> None:
    with pytest.raises(InvalidValue, match="00:00 of the day after: 2027-03-01 00:00"):
        instant(f"2027-02-28 {clock}", "Europe/Zurich")
    with pytest.raises(InvalidValue, match="00:00 of the day after"):
        when("summit at 24:00")


def test_an_offset_of_another_zone_is_refused_with_both_that_may_be_meant() -> None:
    july = datetime.fromisoformat("2027-07-01T12:00:00+01:00")
    with pytest.raises(InvalidValue, match=r"2027-07-01T12:00:00\+02:00 or 2027-07-01T13:00:00\+02:00"):
        need_offset_of("Europe/Zurich", july)
    need_offset_of("Europe/Zurich", july.astimezone(UTC))
    need_offset_of("Europe/Zurich", july.astimezone(ZoneInfo("Europe/Zurich")))
    need_offset_of("Europe/London", july)


def test_an_offset_at_a_skipped_hour_is_told_the_instant_alone() -> None:
    with pytest.raises(InvalidValue, match=r"Write 2027-03-28T03:30:00\+02:00, as"):
        need_offset_of("Europe/Zurich", datetime.fromisoformat("2027-03-28T02:30:00+01:00"))


def test_a_doubled_hour_is_refused_with_both_readings_and_taken_with_its_offset() -> None:
    with pytest.raises(InvalidValue, match=r"02:30\+02:00 and 2027-10-31 02:30\+01:00"):
        instant("2027-10-31 02:30", "Europe/Zurich")
    first, second = (instant(f"2027-10-31 02:30{o}", "Europe/Zurich") for o in ("+02:00", "+01:00"))
    assert second - first == timedelta(hours=1)
    with pytest.raises(InvalidValue, match=r"\+05:00"):
        instant("2027-10-31 02:30+05:00", "Europe/Zurich")


@pytest.mark.parametrize(
    "zone", ["Geneva", "CET", "America/Argentina", "Europe/Nowhere", "../etc/passwd", "localtime", "", "\ud800/X"]
)
def test_unknown_zones_are_refused_with_an_example(zone: str) -> None:
    with pytest.raises(UnknownCode, match="Europe/Zurich"):
        instant("2027-03-01 12:00", zone)


@pytest.mark.parametrize("zone", ["America/Argentina/Buenos_Aires", "America/Port-au-Prince", "Etc/GMT+1"])
def test_long_zone_names_are_known(zone: str) -> None:
    assert instant("2027-03-01 12:00", zone).tzinfo is UTC


@pytest.mark.parametrize(
    "local",
    [
        "1 March",
        "2027-02-30 12:00",
        "2027-03-01",
        "2027-03-01 25:00",
        "0001-01-01 00:00",
        "9999-12-31 23:59",
        "2201-01-01 00:00",
        "2201-01-01 00:30",
        "1899-12-31 23:59",
    ],
)
def test_what_is_not_a_time_is_refused_with_an_example(local: str) -> None:
    with pytest.raises(InvalidValue, match=r"2027-03-01 12:00|year"):
        instant(local, "Europe/Zurich")


@given(st.datetimes(datetime(1991, 1, 1), datetime(2199, 12, 30)), st.sampled_from(ZONES))  # noqa: DTZ001
def test_an_instant_read_back_in_its_zone_is_what_was_written(local: datetime, zone: str) -> None:
    written = local.strftime("%Y-%m-%d %H:%M")
    there = ZoneInfo(zone)
    first, second = (local.replace(second=0, microsecond=0, tzinfo=there, fold=fold) for fold in (0, 1))
    if first.utcoffset() != second.utcoffset():  # a gap or a fold, whichever: both are refused
        with pytest.raises(InvalidValue, match=r"comes twice|does not exist"):
            instant(written, zone)
        return
    found = instant(written, zone)
    assert found == first
    assert written[-5:] in spoken(found, zone)


@given(st.datetimes(timezones=st.timezones() | st.just(UTC)), st.sampled_from(EVERYWHERE))
def test_what_lies_in_the_years_can_be_spoken_and_counted_from_everywhere(moment: datetime, zone: str) -> None:
    """Far or near, an instant is refused, or no zone, reminder or count makes it unspeakable."""
    try:
        in_years(moment)
    except InvalidValue:
        assert moment.year not in YEARS or moment.astimezone(UTC).year not in YEARS
        return
    with suppress(InvalidValue):
        need_offset_of(zone, moment)
    assert deadline(moment, zone).startswith(spoken(moment, zone))
    for due in rounds(moment - timedelta(days=400), moment, zone, (1, 365), moment - timedelta(days=400)):
        assert spoken(due, zone)
    for written in ("9999 years before summit", "9999 weeks after summit at 12:00", "9999 hours after summit"):
        with suppress(InvalidValue):
            assert when(written).instant_from(moment, zone).year in YEARS


@given(st.datetimes(), st.sampled_from(EVERYWHERE))
def test_a_local_time_of_any_year_is_an_instant_or_a_refusal(local: datetime, zone: str) -> None:
    with suppress(InvalidValue):
        assert instant(local.strftime("%Y-%m-%d %H:%M").rjust(16, "0"), zone).year in YEARS


@given(st.text(max_size=40), st.text(max_size=70))
def test_arbitrary_text_is_an_instant_or_a_refusal(local: str, zone: str) -> None:
    for pair in ((local, zone), (local, "Europe/Zurich"), ("2027-03-01 12:00", zone)):
        with suppress(Refusal):
            assert instant(*pair).tzinfo is UTC
