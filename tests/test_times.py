"""Windows and zones: the last instant is too late, skipped and doubled hours are refused."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.errors import DeadlinePassed, InvalidValue, NaiveTime, Refusal, UnknownCode, WindowNotOpen
from forum.times import instant, is_open, refuse_outside, spoken

OPENS = datetime(2027, 1, 1, tzinfo=UTC)
CLOSES = datetime(2027, 3, 1, 11, tzinfo=UTC)
ZONES = ["Europe/Zurich", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Casablanca", "UTC"]


def test_the_deadline_itself_is_too_late() -> None:
    assert is_open(OPENS, CLOSES, OPENS)
    assert is_open(OPENS, CLOSES, CLOSES - timedelta(microseconds=1))
    assert not is_open(OPENS, CLOSES, CLOSES)
    with pytest.raises(DeadlinePassed) as late:
        refuse_outside(OPENS, CLOSES, CLOSES)
    assert (late.value.deadline, late.value.server_time) == (CLOSES, CLOSES)


def test_too_early_names_when_it_opens() -> None:
    with pytest.raises(WindowNotOpen) as early:
        refuse_outside(OPENS, CLOSES, OPENS - timedelta(seconds=1))
    assert early.value.opens_at == OPENS


def test_an_unset_side_is_no_limit() -> None:
    assert is_open(None, CLOSES, datetime(1999, 1, 1, tzinfo=UTC))
    assert is_open(OPENS, None, datetime(2999, 1, 1, tzinfo=UTC))
    refuse_outside(None, None, OPENS)


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
    "local", ["1 March", "2027-02-30 12:00", "2027-03-01", "2027-03-01 25:00", "0001-01-01 00:00", "9999-12-31 23:59"]
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


@given(st.text(max_size=40), st.text(max_size=70))
def test_arbitrary_text_is_an_instant_or_a_refusal(local: str, zone: str) -> None:
    for pair in ((local, zone), (local, "Europe/Zurich"), ("2027-03-01 12:00", zone)):
        with suppress(Refusal):
            assert instant(*pair).tzinfo is UTC
