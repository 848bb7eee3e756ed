"""Rehearsals: what would happen when, with whose eyes; anchors placed, days off, one day; every definition there is."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.errors import InvalidValue
from forum.workflow.act_names import IN_PROCESSES
from forum.workflow.calendar import holidays
from forum.workflow.calendar.happenings import KINDS, day
from forum.workflow.calendar.personas import PERSONAS, may, persona
from forum.workflow.calendar.rehearsal import Rehearsal, placed, rehearse
from forum.workflow.calendar.running import RunningTrack, running
from forum.workflow.chart import chart
from forum.workflow.check.dates import findings_on
from forum.workflow.load import parse, read_file
from forum.workflow.plain import described
from forum.workflow.vocabulary import ROLES

ROOT = Path(__file__).parents[2]
FILES = sorted([*(ROOT / "workflows").glob("*.toml"), *(Path(__file__).parent / "chairs").glob("*.toml")])
GFMD = ROOT / "workflows" / "gfmd.toml"
MONDAY = date(2027, 1, 4)
SMALL = """
name = "small"
version = "1"
title = "A small process"
layer = "regional"

[anchors]
summit = { title = "Summit" }
[reminders]
days = [14, 3, 1]
[release]
state = "national_focal_point"
organisation = "representative"
mechanism = "coordinator"
forum = "secretariat"
[mechanisms]
states = "States"
mayors = "Mayors"

[tracks.main]
title = "Main"
initial = "call"
documents = ["report"]
[tracks.main.always]
advance_stage = { by = ["chair"] }
[tracks.main.stages.call]
title = "Call"
opens = "20 weeks before summit at 09:00"
closes = "12 weeks before summit at 12:00"
grace = "2 days"
clock = { at = "call_closes", to = "draft" }
[tracks.main.stages.call.acts]
issue_call = { by = ["chair"] }
submit_contribution = { by = ["national_focal_point"], statuses = ["member"], window = "call" }
release_contribution = { statuses = ["member"], window = "call" }
[tracks.main.stages.call.acts.save_contribution]
by = ["national_focal_point", "representative"]
statuses = ["member", "observer"]
window = "call"
[tracks.main.stages.draft]
title = "Draft"
to = ["silence"]
[tracks.main.stages.draft.acts]
draft_document = { by = ["penholder"] }
add_comment = { by = ["representative"], mechanisms = ["mayors"], window = "consultation" }
[tracks.main.stages.silence]
title = "Silence"
opens = "4 weeks before summit at 12:00"
to = ["draft"]
clock = { at = "silence_closes", to = "closed", act = "endorse_document", gates = ["no_paragraph_contested"] }
acts = { start_silence = { by = ["chair"] }, break_silence = { by = ["member"], window = "silence" } }
[tracks.main.stages.closed]
title = "Closed"
final = true

[meetings.summit]
title = "The Summit"
track = "main"
at = "summit"
lasts = "2 days"
mechanisms = ["mayors"]
[closings.silence]
how = "no_objection"
by = "steering_group"
hours = 48
on_paper = "Endorsed on {date}"
[documents.report]
title = "Report"
closing = "silence"
"""
# A Wednesday, and so is everything counted from it in weeks.
SUMMIT = {"summit": datetime(2027, 6, 2, 7, tzinfo=UTC)}


def small(who: str = "state", starts: date = MONDAY, on: date | None = None, text: str = SMALL) -> Rehearsal:
    return rehearse(parse(text), starts, persona(who), SUMMIT, on)


def by_kind(made: Rehearsal, kind: str) -> list[tuple[str, str]]:
    return [(f"{one.at:%m-%d %H:%M}", one.title) for one in made.happenings if one.kind == kind]


def test_everything_happens_at_its_instant() -> None:
    made = small()
    assert by_kind(made, "begins") == [("01-13 08:00", "Call"), ("05-05 10:00", "Silence")]
    assert by_kind(made, "reminder") == [("02-24 11:00", "Call"), ("03-07 11:00", "Call"), ("03-09 11:00", "Call")]
    assert by_kind(made, "deadline") == [("03-10 11:00", "Call")]
    assert by_kind(made, "grace") == [("03-12 11:00", "Call")]
    # The clock waits for the end of the grace; the silence lasts its hours.
    assert by_kind(made, "clock") == [("03-12 11:00", "Call → Draft"), ("05-07 10:00", "Silence → Closed")]
    assert by_kind(made, "silence") == [("05-07 10:00", "Silence")]
    assert by_kind(made, "meeting") == [("06-02 07:00", "The Summit")]
    assert [one.at for one in made.happenings] == sorted(one.at for one in made.happenings)
    assert len({one.key for one in made.happenings}) == len(made.happenings)


def test_reminders_keep_their_time_of_day_when_the_clocks_change() -> None:
    text = SMALL.replace('"12 weeks before summit at 12:00"', '"9 weeks before summit at 12:00"')
    made = small(text=text)
    assert by_kind(made, "deadline") == [("03-31 10:00", "Call")]
    assert by_kind(made, "reminder") == [("03-17 11:00", "Call"), ("03-28 10:00", "Call"), ("03-30 10:00", "Call")]


def test_nobody_is_reminded_before_the_call_is_there() -> None:
    made = small(text=SMALL.replace('"20 weeks before summit at 09:00"', '"13 weeks before summit at 12:00"'))
    assert by_kind(made, "reminder") == [("03-07 11:00", "Call"), ("03-09 11:00", "Call")]


def test_who_releases_hangs_on_the_author() -> None:
    text = SMALL.replace('state = "national_focal_point"', 'state = "representative"').replace(
        'organisation = "representative"', 'organisation = "coordinator"'
    )
    anybody = text.replace(
        'release_contribution = { statuses = ["member"], window = "call" }',
        'release_contribution = { window = "call" }',
    )
    assert "release_contribution" not in {one.act for one in may(parse(anybody), "main", "call", persona("mayor"))}
    assert "release_contribution" in {
        one.act for one in may(parse(anybody), "main", "call", replace(persona("mayor"), author="state"))
    }


def test_a_running_edition_has_its_tracks_as_often_as_they_are_run_on_the_dates_as_they_stand() -> None:
    opens, closes = datetime(2027, 2, 1, 11, tzinfo=UTC), datetime(2027, 3, 3, 11, tzinfo=UTC)
    tracks = [
        RunningTrack("asia", "Asia", "main", {"call": (opens, closes)}), RunningTrack("africa", "Africa", "main", {}),
        RunningTrack("gone", "Gone", "dropped", {}),
    ]  # fmt: skip
    made = running(parse(SMALL), SUMMIT, tracks, persona("state"), MONDAY, date(2027, 2, 10))
    assert [lane.track for lane in made.lanes] == ["africa", "asia"]
    assert by_kind(made, "deadline") == [("03-03 11:00", "Call")]
    assert by_kind(made, "grace") == [("03-05 11:00", "Call")]
    assert by_kind(made, "clock") == [("03-05 11:00", "Call → Draft")]
    assert by_kind(made, "meeting") == [("06-02 07:00", "The Summit")]
    assert [(one.track, one.stage) for one in made.stands] == [("Africa", ""), ("Asia", "Call")]
    # An anchor that the edition has not given yet: what hangs on it is left out, and the rest is there.
    without = running(parse(SMALL), {}, tracks, persona("state"), MONDAY, None)
    assert by_kind(without, "meeting") == []
    assert by_kind(without, "deadline") == [("03-03 11:00", "Call")]


def test_each_sees_what_is_asked_of_him() -> None:
    def yours(who: str) -> set[str]:
        return {one.kind for one in small(who).happenings if one.yours}

    assert {"deadline", "grace", "reminder"} <= yours("state")
    assert {"clock", "meeting"} <= yours("mayor") - yours("state")
    assert yours("public") == set()
    assert "silence" in yours("steering_group_member")
    says = {one.kind: one.says for one in small("state").happenings if one.key == "begins-main-call"}["begins"]
    assert says == (
        "you may write an input and hand it in, release the input (until the deadline of the call)",
        "an input of yours is released by the national focal point",
    )


def test_a_coordinator_may_not_release_what_is_not_the_mechanisms() -> None:
    process = parse(SMALL)
    assert "release_contribution" in {one.act for one in may(process, "main", "call", persona("state"))}
    assert "release_contribution" not in {one.act for one in may(process, "main", "call", persona("delegate"))}
    assert {one.act for one in may(process, "main", "call", persona("coordinator"))} == {"release_contribution"}


@pytest.mark.parametrize(
    ("on", "stage", "line"),
    [
        (date(2027, 1, 12), "", "not yet: Call begins on 2027-01-13"),
        (date(2027, 1, 13), "Call", "begins at 09:00"),
        (date(2027, 2, 24), "Call", "closes in 2 weeks"),
        (date(2027, 3, 10), "Call", "closes at 12:00"),
        (date(2027, 3, 11), "Call", "its deadline has passed; late inputs are taken and marked late"),
        (date(2027, 3, 13), "Draft", "you may comment on the draft (until the consultation closes)"),
        (date(2027, 5, 7), "Silence", "closes at 12:00"),
        (date(2028, 1, 1), "Closed", None),
    ],
)
def test_where_a_track_stands_on_a_day(on: date, stage: str, line: str | None) -> None:
    found = [one for one in small("mayor", on=on).stands if one.stage == stage]
    assert len(found) == 1
    assert line is None or line in found[0].says


def test_between_two_stages_the_track_stays_until_somebody_moves_it() -> None:
    text = SMALL.replace('clock = { at = "call_closes", to = "draft" }', 'to = ["draft"]')
    [one] = small("chair", on=date(2027, 4, 1), text=text).stands
    assert one.stage == "Call"
    assert one.says == (
        "its dates ended on 2027-03-12; the track stays here until somebody moves it on",
        "you may issue the call",
    )


def test_a_deadline_on_a_day_off_names_the_next_working_day() -> None:
    # Twelve weeks before it is Good Friday, 26 March 2027; Saturday and Sunday follow, and Easter Monday.
    made = rehearse(parse(SMALL), MONDAY, persona("state"), {"summit": datetime(2027, 6, 18, 7, tzinfo=UTC)})
    [deadline] = [one for one in made.happenings if one.kind == "deadline"]
    assert (deadline.off, deadline.working) == ("Good Friday", date(2027, 3, 30))
    assert (date(2027, 3, 26), "Good Friday") in made.days_off
    assert [one.off for one in small().happenings if one.kind == "deadline"] == [None]


def test_what_has_no_date_is_said_in_order_of_the_stages() -> None:
    text = "\n".join(line for line in SMALL.split("\n") if not line.startswith(("opens", "closes", "grace")))
    text = text.replace('at = "summit"', 'at = "2027-06-02 09:00"')
    made = rehearse(parse(text), MONDAY, persona("state"), {})
    assert made.undated == (("Main", ("Call", "Draft", "Silence", "Closed")),)
    assert made.anchors == ()


def test_what_lies_before_the_first_day_is_counted() -> None:
    made = small(starts=date(2027, 3, 11))
    assert made.earlier == 5
    assert made.happenings[0].kind == "grace"


def test_words_that_mean_nobody_are_refused() -> None:
    for word in ("bishop", "ngo:member", "chair:a:b:c", ""):
        with pytest.raises(InvalidValue, match="nobody a calendar can be read as"):
            persona(word)
    assert {persona(role).word for role in ROLES} == set(ROLES)
    own = persona("representative:member:mayors").standing
    assert (own.roles, own.statuses, own.mechanisms) == ({"representative"}, {"member"}, {"mayors"})
    with pytest.raises(InvalidValue, match="no anchor sumit"):
        rehearse(parse(SMALL), MONDAY, persona("ngo"), {"sumit": SUMMIT["summit"]})


def test_every_act_has_plain_words() -> None:
    for act in IN_PROCESSES:
        assert described([act], [act]), act


# ---- every definition there is
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_definition_is_rehearsed_as_everybody(path: Path) -> None:
    process = read_file(path)
    zone = ZoneInfo(process.zone)
    for word in PERSONAS:
        made = rehearse(process, MONDAY, persona(word), {}, date(2027, 5, 3))
        assert {one.kind for one in made.happenings} <= set(KINDS)
        assert {lane.track for lane in made.lanes} == set(process.tracks)
        assert len(made.stands) >= len(process.tracks)
    # Nothing is left out, and the first thing that hangs on a placed anchor falls on the first day.
    assert made.earlier == 0 or not any(one.placed for one in made.anchors)
    if any(one.placed for one in made.anchors):
        assert min(day(one) for one in made.happenings) == MONDAY
        assert all(one.at.astimezone(zone).hour == 9 for one in made.anchors if one.placed)
    assert [one.name for one in chart(process).paths] == list(process.tracks)


@settings(max_examples=25, deadline=None)
@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_anchors_are_placed_by_the_first_day_whatever_it_is(starts: date) -> None:
    process = read_file(GFMD)
    try:
        made = rehearse(process, starts, persona("mayor"), {})
    except InvalidValue as refusal:  # on a day on which clocks change, noon or nine is still there
        raise AssertionError(refusal.reason) from None
    assert min(day(one) for one in made.happenings) == starts
    assert set(placed(process, starts, {})) == {"summit", "hlpf"}
    if not made.findings:
        bars = [bar for lane in made.lanes for bar in lane.bars if bar.begins and bar.closes]
        assert all(bar.begins < bar.closes for bar in bars if bar.begins and bar.closes)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 16 * 365 * 24), st.sampled_from(FILES))
def test_bars_run_forwards_where_nothing_was_found(hours: int, path: Path) -> None:
    process = read_file(path)
    anchor = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
    given_ = {name: anchor for name, one in process.anchors.items() if one.at is None}
    if list(findings_on(process, given_)):
        return
    made = rehearse(process, date(2020, 1, 1), persona("chair"), given_)
    for lane in made.lanes:
        for bar in lane.bars:
            assert bar.begins is None or bar.closes is None or bar.begins < bar.closes


# ---- holidays
HEADQUARTERS = {  # as the information circulars of those years have them
    2017: "01-02 04-14 05-29 06-26 07-04 09-01 09-04 11-23 12-25",
    2020: "01-01 04-10 05-25 05-26 07-03 07-31 09-07 11-26 12-25",
    2024: "01-01 03-29 04-10 05-27 06-17 07-04 09-02 11-28 12-25",
}


@pytest.mark.parametrize("year", HEADQUARTERS)
def test_the_holidays_of_headquarters_are_those_announced(year: int) -> None:
    announced = set(HEADQUARTERS[year].split())
    kept = {f"{day_:%m-%d}" for day_, _ in holidays.holidays(year, "America/New_York")}
    # Of 2017 the Eids are not known here.
    assert kept == announced - ({"06-26", "09-01"} if not holidays.known(year) else set())


def test_the_eids_lie_where_the_reckoned_lunar_calendar_has_them() -> None:
    """The arithmetic calendar of thirty lunar years (eleven of them leap), from 16 July 622: never further off than two
    days, since that one knows mean moons only."""

    def reckoned(year: int, month: int, day_: int) -> date:
        days = day_ + -(-59 * (month - 1) // 2) + (year - 1) * 354 + (3 + 11 * year) // 30
        return date.fromordinal(227_014 + days)

    eids = {reckoned(year, month, day_) for year in range(1440, 1475) for month, day_ in ((10, 1), (12, 10))}
    for year in range(holidays.FIRST, holidays.LAST + 1):
        mine = [day_ for day_, name in holidays._days(year, "UTC") if name.startswith("Eid")]
        assert len(mine) == len([one for one in eids if one.year == year]) or year in (2033, 2039, 2034, 2040)
        for one in mine:
            assert min(abs((one - other).days) for other in eids) <= 2, one


@given(st.integers(1900, 2199))
def test_easter_is_the_sunday_after_the_full_moon_of_spring(year: int) -> None:
    easter = holidays.easter_sunday(year)
    assert easter.weekday() == 6
    assert date(year, 3, 22) <= easter <= date(year, 4, 25)


def test_easter_of_years_that_everybody_knows() -> None:
    known = {
        1961: "04-02",
        2000: "04-23",
        2008: "03-23",
        2011: "04-24",
        2019: "04-21",
        2024: "03-31",
        2027: "03-28",
        2038: "04-25",
    }
    assert {year: f"{holidays.easter_sunday(year):%m-%d}" for year in known} == known


def test_the_next_working_day_works() -> None:
    for zone in ("Europe/Zurich", "America/New_York", "Africa/Nairobi"):
        one = date(2026, 12, 1)
        while one < date(2028, 3, 1):
            after = holidays.next_working_day(one, zone)
            assert holidays.day_off(after, zone) is None
            between = [one + timedelta(days=n) for n in range(1, (after - one).days)]
            assert all(holidays.day_off(other, zone) for other in between)
            one += timedelta(days=1)
    assert holidays.day_off(date(2027, 12, 31), "Europe/Zurich") == "New Year's Day (observed)"
    assert holidays.seat("Africa/Nairobi") != holidays.seat("Europe/Zurich")
