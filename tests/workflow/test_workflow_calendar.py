"""The calendar of an edition: dates equal a naive count, refusals name what is missing, findings say what cannot
fit."""

import calendar as months
import re
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from forum.errors import InvalidValue, NaiveTime
from forum.workflow.calendar.calendar import anchors_of, counted, given_anchors, plan, refuse_surplus
from forum.workflow.check import dates as check_dates
from forum.workflow.load import parse
from forum.workflow.process import Process
from tests.support import work

SUMMIT = datetime(2027, 6, 2, 7, tzinfo=UTC)
# Everything that can be dated, and all of it fits.
FITS = """
name = "dated"
version = "1"
title = "A process with dates"
layer = "gfmd"
ends = "2 months after summit"

[anchors]
summit = { title = "Summit" }
hlpf = { title = "The High-level Political Forum" }
opening = { title = "Opening", at = "20 weeks before summit at 09:00" }

[minimums]
call = "14 days"
consultation = "10 days"
silence = "72 hours"
translation = "4 weeks"

[release]
state = "delegate"
organisation = "delegate"
mechanism = "delegate"
forum = "delegate"

[tracks.regional]
title = "Regional consultation"
initial = "talk"
feeds = "dialogue"
zone = "Africa/Nairobi"

[tracks.regional.stages.talk]
title = "Talk"
to = ["over"]
opens = "opening"
closes = "18 weeks before summit at 17:00"

[tracks.regional.stages.over]
title = "Over"
final = true

[tracks.main]
title = "Main"
initial = "call"
documents = ["notes", "report"]
after = "regional"
feeds = "dialogue"

[tracks.main.stages.call]
title = "Call"
to = ["draft"]
opens = "17 weeks before summit"
closes = "12 weeks before summit at 12:00"
grace = "2 days"
acts = { issue_call = { by = ["chair"] }, submit_contribution = { by = ["delegate"], window = "call" } }

[tracks.main.stages.draft]
title = "Draft"
to = ["done"]
opens = "11 weeks before summit"
closes = "9 weeks before summit at 12:00"
acts = { circulate_document = { by = ["chair"] }, add_comment = { by = ["delegate"], window = "consultation" } }

[tracks.main.stages.done]
title = "Done"
final = true
opens = "8 weeks before summit"

[meetings.dialogue]
title = "Dialogue"
track = "main"
at = "summit"
lasts = "2 days"

[closings.silence]
how = "no_objection"
by = "steering_group"
on_paper = "Endorsed on {date}"

[documents.notes]
title = "Notes"
closing = "silence"
due = "8 weeks before summit"

[documents.report]
title = "Report"
closing = "silence"
languages = ["en", "fr"]
due = "6 weeks before summit"
sources = ["notes"]
meeting = "dialogue"
"""


def changed(*changes: tuple[str, str]) -> Process:
    text = FITS
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return parse(text)


def test_every_date_has_its_instant_its_zone_and_what_it_hangs_on() -> None:
    made = plan(parse(FITS), {"summit": SUMMIT})
    talk, call = made.window("regional", "talk"), made.window("main", "call")
    assert talk
    assert talk.opens
    assert talk.closes
    assert call
    assert call.opens
    assert call.closes
    assert call.grace_ends
    # Nine in the morning in Geneva, in winter; the track speaks of it in its own zone.
    assert (talk.opens.at, talk.opens.zone, talk.opens.root) == (
        datetime(2027, 1, 13, 8, tzinfo=UTC),
        "Africa/Nairobi",
        "summit",
    )
    assert talk.closes.at == datetime(2027, 1, 27, 14, tzinfo=UTC)
    # The summit is at nine in summer time; seventeen weeks before it is nine in winter time.
    assert call.opens.at == datetime(2027, 2, 3, 8, tzinfo=UTC)
    assert (call.closes.at, call.grace_ends.at) == (
        datetime(2027, 3, 10, 11, tzinfo=UTC),
        datetime(2027, 3, 12, 11, tzinfo=UTC),
    )
    assert [(one.name, one.begins.at, one.ends.at - one.begins.at) for one in made.meetings] == [
        ("dialogue", SUMMIT, timedelta(days=2))
    ]
    assert [(one.name, one.track, one.begins.at.date()) for one in made.documents] == [
        ("notes", "main", date(2027, 4, 7)), ("report", "main", date(2027, 4, 21)),
    ]  # fmt: skip
    assert made.ends
    assert made.ends.at == datetime(2027, 8, 2, 7, tzinfo=UTC)
    over = made.window("regional", "over")
    assert over
    assert (over.opens, over.closes, made.window("main", "nowhere")) == (None, None, None)


def test_an_anchor_that_nothing_hangs_on_may_be_missing() -> None:
    assert given_anchors(parse(FITS)) == ("summit", "hlpf")
    assert set(anchors_of(parse(FITS), {"summit": SUMMIT})) == {"summit", "opening"}


@pytest.mark.parametrize(
    ("changes", "given_", "says"),
    [
        ((), {}, r"The anchor summit has no date, .*the anchor opening; .* and \d+ more\. Give summit a date"),
        ((('at = "summit"', 'at = "sumit"'),), {"summit": SUMMIT},
            r"no anchor sumit \(the meeting dialogue begins\)\. Did you mean summit\?"),
        (
            (('summit = { title = "Summit" }', 'summit = { title = "S", at = "1 day after opening" }'),), {},
            "summit -> opening -> summit are counted from one another",
        ),
        # At half past two on 28 March 2027 no clock in Zurich stands.
        (
            (('opens = "8 weeks before summit"', 'opens = "2027-03-28 02:30"'),), {"summit": SUMMIT},
            r"The stage done of main opens, 2027-03-28 02:30: 2027-03-28 02:30 does not exist in Europe/Zurich.* "
            r"Choose 01:30 or 03:30",
        ),
        ((('"2 months after summit"', '"9999 years after summit"'),), {"summit": SUMMIT},
            "The edition ends, .* beyond the calendar|between 1990"),
    ],
)  # fmt: skip
def test_what_cannot_be_counted_is_refused(
    changes: tuple[tuple[str, str], ...], given_: dict[str, datetime], says: str
) -> None:
    with pytest.raises(InvalidValue, match=says) as refused:
        plan(changed(*changes), given_)
    assert refused.value.path == ("anchors",)


def test_dates_for_no_anchor_and_naive_dates_are_refused() -> None:
    process = parse(FITS)
    refuse_surplus(process, {"summit": SUMMIT, "hlpf": SUMMIT})
    with pytest.raises(InvalidValue, match=r"no anchor sumit\. Did you mean summit"):
        refuse_surplus(process, {"sumit": SUMMIT})
    with pytest.raises(InvalidValue, match="opening is counted: 20 weeks before summit at 09:00"):
        refuse_surplus(process, {"opening": SUMMIT})
    with pytest.raises(NaiveTime):
        plan(process, {"summit": SUMMIT.replace(tzinfo=None)})


# ---- dates against a count made otherwise
ZONES = ("Europe/Zurich", "America/New_York", "Africa/Nairobi", "Asia/Kathmandu", "Pacific/Auckland", "UTC")


def _shown(local: datetime, zone: str) -> list[datetime]:
    """Every instant at which the clocks of the zone show this time, by trying all offsets there are."""
    tried = (local.replace(tzinfo=UTC) - timedelta(minutes=15 * quarters) for quarters in range(-56, 61))
    return [one for one in tried if one.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == local]


def _naive(anchor: datetime, count: int, unit: str, side: int, clock: str, zone: str) -> list[datetime]:
    local = anchor.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    day = local.date()
    if unit in ("day", "week"):
        day = date.fromordinal(day.toordinal() + side * count * (7 if unit == "week" else 1))
    else:
        year, month = day.year, day.month
        for _ in range(count * (12 if unit == "year" else 1)):
            month += side
            year, month = (year - 1, 12) if month == 0 else (year + 1, 1) if month == 13 else (year, month)
        day = date(year, month, min(day.day, months.monthrange(year, month)[1]))
    hour, minute = (int(part) for part in clock.split(":"))
    return _shown(datetime.combine(day, clock_time(hour, minute)), zone)


instants = st.integers(0, 20 * 365 * 24 * 60).map(
    lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@given(
    instants, st.integers(1, 60), st.sampled_from(["day", "week", "month", "year"]), st.sampled_from([-1, 1]),
    st.times().map(lambda one: f"{one:%H:%M}"), st.sampled_from(ZONES),
)  # fmt: skip
def test_dates_equal_a_naive_count(anchor: datetime, count: int, unit: str, side: int, clock: str, zone: str) -> None:
    count = min(count, 5) if unit == "year" else count
    said = f"{count} {unit}s {'before' if side < 0 else 'after'} summit at {clock}"
    process = changed(
        ('opens = "17 weeks before summit"', f'opens = "{said}"'),
        ('title = "Main"', f'title = "Main"\nzone = "{zone}"'),
    )
    expected = _naive(anchor, count, unit, side, clock, zone)
    made, faults = counted(process, {"summit": anchor})
    call = made.window("main", "call")
    found = [] if call is None or call.opens is None else [call.opens.at]
    # Shown once: that instant. Not at all, or twice: said so, and no date.
    assert found == (expected if len(expected) == 1 else [])
    assert bool(found) != any((place.stage, place.kind) == ("call", "opens") for place, _ in faults)


@given(instants, st.integers(0, 5000), st.sampled_from(["minute", "hour"]))
def test_hours_and_minutes_are_exact(anchor: datetime, count: int, unit: str) -> None:
    made, _ = counted(
        changed(('ends = "2 months after summit"', f'ends = "{count} {unit}s after summit"')), {"summit": anchor}
    )
    assert made.ends
    assert made.ends.at == anchor + timedelta(**{f"{unit}s": count})


# ---- findings
def codes(process: Process) -> list[str]:
    return [one.code for one in check_dates.findings(process)]


def test_what_fits_has_no_finding() -> None:
    assert codes(parse(FITS)) == []
    assert list(check_dates.findings_on(parse(FITS), {"summit": SUMMIT})) == []


CALL = ('opens = "17 weeks before summit"', 'closes = "12 weeks before summit at 12:00"')
DRAFT = ('opens = "11 weeks before summit"', 'closes = "9 weeks before summit at 12:00"')
STAGE_CALL = "[tracks.main.stages.call]"


def of_main(minimums: str) -> str:
    return f"[tracks.main.minimums]\n{minimums}\n\n{STAGE_CALL}"


UNSOUND = [
    (
        "unknown_anchor",
        (CALL[0], 'opens = "17 weeks before sumit"'),
        "[tracks.main.stages.call]",
        "Did you mean summit?",
    ),
    (
        "anchor_cycle",
        ('summit = { title = "Summit" }', 'summit = { title = "S", at = "1 day after opening" }'),
        "summit = {",
        "Let one",
    ),
    ("impossible_date", (CALL[0], 'opens = "2027-02-30"'), "[tracks.main.stages.call]", "another"),
    ("impossible_date", (CALL[0], 'opens = "2027-03-28 02:30"'), "[tracks.main.stages.call]", "another"),
    (
        "closes_before_opens",
        (DRAFT[0], 'opens = "9 weeks before summit at 12:00"'),
        "[tracks.main.stages.draft]",
        "close later",
    ),
    ("closes_before_opens", (DRAFT[0], 'opens = "5 weeks before summit"'), "[tracks.main.stages.draft]", "close later"),
    ("call_too_short", (CALL[0], 'opens = "13 weeks before summit"'), "[tracks.main.stages.call]", "[minimums]"),
    (
        "consultation_too_short",
        (DRAFT[0], 'opens = "10 weeks before summit at 13:00"'),
        "[tracks.main.stages.draft]",
        "[minimums]",
    ),
    ("silence_too_short", ('silence = "72 hours"', 'silence = "73 hours"'), "[closings.silence]", "hours = 73"),
    ("grace_without_call", (DRAFT[0], DRAFT[0] + '\ngrace = "1 day"'), "[tracks.main.stages.draft]", "issue_call"),
    (
        "due_before_sources",
        ('due = "8 weeks before summit"', 'due = "5 weeks before summit"'),
        "[documents.report]",
        "later",
    ),
    (
        "due_after_meeting",
        ('due = "6 weeks before summit"', 'due = "1 hour after summit"'),
        "[documents.report]",
        "before the meeting",
    ),
    (
        "translation_does_not_fit",
        ('due = "6 weeks before summit"', 'due = "27 days before summit"'),
        "[documents.report]",
        "earlier",
    ),
    (
        "ends_after_meeting",
        ('opens = "8 weeks before summit"', 'opens = "1 day after summit"'),
        "[tracks.main]",
        "before the meeting",
    ),
    ("call_too_short", (STAGE_CALL, of_main('call = "6 weeks"')), "[tracks.main.stages.call]", "[minimums]"),
    ("silence_too_short", (STAGE_CALL, of_main('silence = "80 hours"')), "[closings.silence]", "hours = 80"),
    ("translation_does_not_fit", (STAGE_CALL, of_main('translation = "7 weeks"')), "[documents.report]", "earlier"),
    (
        "closes_before_opens",
        ("\n".join(DRAFT), 'opens = "2 May of summit"\ncloses = "1 May of summit"'),
        "[tracks.main.stages.draft]",
        "close later",
    ),
    ("begins_too_early", (CALL[0], 'opens = "19 weeks before summit"'), "[tracks.main]", "once that track has ended"),
]


def test_a_track_may_have_shorter_times_than_the_rest() -> None:
    longer = ('call = "14 days"', 'call = "6 weeks"'), ('silence = "72 hours"', 'silence = "90 hours"')
    assert {one.code for one in check_dates.findings(changed(*longer))} == {"call_too_short", "silence_too_short"}
    shorter = STAGE_CALL, of_main('call = "2 weeks"\nsilence = "2 days"')
    assert list(check_dates.findings(changed(*longer, shorter))) == []


def test_a_day_of_the_year_is_compared_once_the_year_is_known() -> None:
    process = changed((DRAFT[0], 'opens = "20 March of summit"'))
    assert list(check_dates.findings(process)) == []
    dates = {"summit": SUMMIT, "hlpf": SUMMIT + timedelta(days=30)}
    assert list(check_dates.findings_on(process, dates)) == []
    dates["summit"] = SUMMIT - timedelta(days=40)
    assert "closes_before_opens" in [one.code for one in check_dates.findings_on(process, dates)]


@pytest.mark.parametrize(("code", "change", "line", "remedy"), UNSOUND)
def test_each_fault_is_found_once_at_its_line(code: str, change: tuple[str, str], line: str, remedy: str) -> None:
    process = changed(change)
    found = list(check_dates.findings(process))
    assert [one.code for one in found] == [code]
    assert remedy in found[0].remedy
    assert process.text.split("\n")[(found[0].line or 0) - 1].startswith(line)


def test_every_code_stands_in_the_reference() -> None:
    named = set(re.findall(r"`(\w+)`", (Path(__file__).parents[2] / "docs" / "processes.md").read_text("utf-8")))
    assert {code for code, *_ in UNSOUND} | {"anchor_missing"} <= named


def test_what_shows_on_some_dates_only_is_told_with_one_of_them() -> None:
    # A month is four weeks in February and more in any other: a window of "a month less four weeks" is empty then.
    process = changed((DRAFT[0], 'opens = "1 month before summit"'), (DRAFT[1], 'closes = "4 weeks before summit"'))
    found = {one.code: one.message for one in check_dates.findings(process)}
    assert "with the anchor on 2027-03-01" in found["closes_before_opens"]


def test_a_fortnight_across_the_change_of_the_clocks_is_a_fortnight() -> None:
    process = changed((CALL[0], 'opens = "14 weeks before summit at 12:00"'))
    assert codes(process) == []
    assert list(check_dates.findings_on(process, {"summit": datetime(2027, 6, 25, 7, tzinfo=UTC)})) == []


def test_what_hangs_on_different_anchors_is_compared_once_there_are_dates() -> None:
    # On one date for both it would be too early for the report: but they are two.
    process = changed(('at = "summit"', 'at = "7 weeks before hlpf"'))
    assert codes(process) == []
    late = list(check_dates.findings_on(process, {"summit": SUMMIT, "hlpf": SUMMIT}))
    assert [one.code for one in late] == ["due_after_meeting"]
    missing = list(check_dates.findings_on(process, {"summit": SUMMIT}))
    assert [(one.code, one.remedy) for one in missing] == [("anchor_missing", "Give hlpf a date.")]


def test_what_meets_on_the_instant_fits() -> None:
    on_the_day = changed(('due = "6 weeks before summit"', 'due = "summit"'))
    assert codes(on_the_day) == ["translation_does_not_fit"]
    one_after_the_other = changed(
        ('closes = "18 weeks before summit at 17:00"', 'closes = "2860 hours before summit"'),
        (CALL[0], 'opens = "2860 hours before summit"'),
    )  # fmt: skip
    assert codes(one_after_the_other) == []


def test_a_date_that_does_not_exist_in_this_year_is_found_on_the_dates() -> None:
    process = changed((CALL[0], 'opens = "17 weeks before summit at 02:30"'))
    assert codes(process) == []
    summit = datetime(2027, 3, 28, 9, tzinfo=UTC) + timedelta(weeks=17)
    found = list(check_dates.findings_on(process, {"summit": summit}))
    assert [(one.code, one.stage) for one in found] == [("impossible_date", "call")]


counts = st.integers(1, 40)
units = st.sampled_from(["hours", "days", "weeks", "months"])
whens = st.builds(
    lambda n, unit, side: f"{n} {unit} {side} summit", counts, units, st.sampled_from(["before", "after"])
)


@settings(max_examples=200)
@given(whens, whens, instants)
def test_no_window_closes_before_it_opens_where_nothing_was_found(opens: str, closes: str, summit: datetime) -> None:
    process = changed((DRAFT[0], f'opens = "{opens}"'), (DRAFT[1], f'closes = "{closes}"'))
    found = list(check_dates.findings_on(process, {"summit": summit}))
    made, faults = counted(process, {"summit": summit})
    assume(not faults)
    backwards = [one for one in made.windows if one.opens and one.closes and one.closes.at <= one.opens.at]
    assert [one.stage for one in backwards] == [one.stage for one in found if one.code == "closes_before_opens"]


def test_two_hundred_stages_and_long_chains_of_anchors_are_looked_at_quickly() -> None:
    stages = "".join(
        f'[tracks.long.stages.s{n}]\ntitle = "S"\nto = ["s{n + 1}"]\nopens = "{6000 - n * 5} days before a0"\ncloses '
        f'= "{5996 - n * 5} days before a0"\n'
        for n in range(200)
    )
    chain = "".join(f'[anchors.a{n}]\ntitle = "A"\nat = "1 hour after a{n + 1}"\n' for n in range(2000))
    text = FITS + chain + '[anchors.a2000]\ntitle = "A"\n[tracks.long]\ntitle = "Long"\ninitial = "s0"\n' + stages
    process = parse(text + '[tracks.long.stages.s200]\ntitle = "E"\nfinal = true\n')
    found, calls = work.counted(lambda: codes(process))
    assert found == []
    assert calls < work.A_SECOND
