"""A meeting's record: read whole, its faults found, its figures computed by the rule."""

import json
from contextlib import suppress
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.domain.figures import count, hosts, speakers
from forum.domain.meetings import read, slot
from forum.errors import FileRefused

TEXT = (Path(__file__).parent.parent / "fixtures" / "meeting_odd.json").read_text(encoding="utf-8")
ODD = read(TEXT)


def changed(**workshop: object) -> str:
    data = json.loads(TEXT)
    data["workshop"].update(workshop)
    return json.dumps(data)


def test_the_agenda_is_read_in_order() -> None:
    assert (ODD.title, ODD.series, ODD.venue, ODD.city) == (
        "Cities and migrants",
        "Coast Dialogue 2031",
        "Town hall",
        "Valparaíso",
    )
    assert (ODD.starts_on, ODD.ends_on, ODD.dates) == (date(2031, 3, 4), date(2031, 3, 5), "4 - 5 March 2031")
    assert [(s.number, len(s.items), len(s.panels())) for s in ODD.sessions] == [
        (None, 1, 0),
        (1, 2, 1),
        (2, 1, 1),
        (3, 3, 2),
    ]
    panel = ODD.sessions[1].items[1]
    assert (panel.kind, panel.number, panel.date, panel.starts, panel.ends) == (
        "panel",
        1,
        date(2031, 3, 4),
        time(9, 30),
        time(11),
    )
    assert panel.questions == ("Who counts?", "Who is counted?")
    assert [p.role for p in panel.people()] == ["moderator", "keynote", "speaker", "speaker"]
    dana = panel.speakers[0]
    assert (dana.honorific, dana.gender, dana.country, dana.note) == ("Ms", "F", "Jordan", "by video")
    assert ODD.sessions[3].items[0].date == date(2031, 3, 5)
    assert ODD.conclusions[0].bullets == ("Some do it well.",)
    assert (ODD.preamble, ODD.closing) == (("The workshop met for two days.",), ("More follows.",))


def test_the_faults_are_found_and_no_others() -> None:
    assert [(f.kind, f.where) for f in ODD.faults] == [
        ("malformed_time", "session 3, wrap-up"),
        ("doubled_title", "session 2, panel 1"),
        ("overlap", "session 2, panel 1"),
        ("outside_session", "session 2, panel 1"),
        ("figure_differs", "speakers"),
    ]
    assert '"1630 - 17:00"' in ODD.faults[0].says
    assert "session 1, panel 1" in ODD.faults[1].says
    assert "session 3, panel 2" in ODD.faults[2].says


def test_a_mended_agenda_has_no_faults() -> None:
    mended = (
        TEXT.replace("1630", "16:30").replace("who  counts", "Who reports").replace("14:00 - 15:30", "9:00 - 10:00")
    )
    mended = mended.replace('"speakers": 5, "women_speakers": 2', '"speakers": 4')
    assert read(mended).faults == ()


def test_a_printed_slot_binds_its_items() -> None:
    data = json.loads(TEXT.replace("14:00 - 15:30", "9:00 - 10:00"))
    data["workshop"]["programme"][2].update(day=2, time="9:00 - 9:45")
    assert [f.where for f in read(json.dumps(data)).faults if f.kind == "outside_session"] == ["session 2, panel 1"]


def test_meeting_end_to_end_is_no_overlap() -> None:
    assert not [f for f in read(TEXT.replace("15:00 - 16:30", "15:30 - 16:30")).faults if f.kind == "overlap"]


def test_figures_by_the_rule_beside_the_stated_ones() -> None:
    figures = {f.what: f for f in count(ODD)}
    assert [p.name for p in speakers(ODD)] == ["Chi Okafor", "Dana Haddad", "Eli Novak", "Fay Stone"]
    assert {what: f.computed for what, f in figures.items()} == {
        "participants": None, "sessions": 3, "panels": 4, "speakers": 4, "women": 2, "countries": 3, "regions": None,
    }  # fmt: skip
    assert (figures["participants"].stated_text, figures["participants"].stated_value) == ("over 120 participants", 120)
    assert figures["speakers"].differs
    assert not figures["panels"].differs
    assert "Host Ana Ruiz" in figures["speakers"].rule


def test_who_is_left_out_is_a_parameter() -> None:
    assert hosts(ODD) == {"Host Ana Ruiz"}
    assert len(speakers(ODD, left_out=())) == 5
    assert len(speakers(ODD, left_out=("Host Ana Ruiz", "Fay Stone"))) == 3


def test_regions_need_a_table_that_knows_every_country() -> None:
    table = {"Nigeria": "Africa", "Jordan": "Asia"}
    assert {f.what: f.computed for f in count(ODD, region_of=table)}["regions"] is None
    assert {f.what: f.computed for f in count(ODD, region_of=table | {"Slovenia": "Europe"})}["regions"] == 3


@pytest.mark.parametrize(
    ("written", "times"),
    [
        ("10:30 - 13:00", (time(10, 30), time(13))),
        ("9.00\u201310.15", (time(9), time(10, 15))),
        ("1630 - 17:00", (None, time(17))),
        ("24:00 - 25:00", (None, None)),
        ("9:00", (time(9), None)),
        ("", (None, None)),
    ],
)
def test_times_as_written(written: str, times: tuple[time | None, time | None]) -> None:
    assert slot(written) == times


@pytest.mark.parametrize(
    ("given_file", "says"),
    [
        ("", "Line 1: this is not JSON"),
        ('{"workshop": {\n"title": }', "Line 2"),
        ("null", "The file: an object is needed, nothing is there"),
        ("[]", "a list is there"),
        ("{}", "workshop: an object is needed"),
        ('{"workshop": {}, "workshop": {}}', "stands twice"),
        ('{"workshop": NaN}', "NaN is not a JSON number"),
        ('{"workshop": ' + "9" * 5000 + "}", "not JSON that can be read"),
        (b'{"a": "\xff"}', "0xFF is not UTF-8"),
        ("[" * 100_000, "deeper than 40 levels"),
        ('{"a":' * 100_000, "deeper than 40 levels"),
        ('{"a":[' * 50_000 + "]}" * 50_000, "deeper than 40 levels"),
        (b" " * 30_000_000, "30,000,000 bytes"),
        (changed(title=None), "workshop.title: text is needed, nothing is there"),
        (changed(title=7), "workshop.title: text is needed, a whole number"),
        (changed(title="a\0"), "workshop.title: .*NUL"),
        (changed(title="a\ud800"), "workshop.title: .*surrogate"),
        (changed(title="a" * 5001), "5,001 characters"),
        (changed(programme={}), "workshop.programme: a list is needed, an object"),
        (changed(programme=[{"kind": "break"}] * 501), "501 entries"),
        (changed(programme=[{"kind": "session", "items": [{"kind": "break"}] * 201}] * 2), "402 items"),
        (changed(programme=[7]), r"workshop.programme\[0\]: an object is needed"),
        (changed(programme=[{"kind": "panel", "day": 0}]), "counted from 1"),
        (changed(programme=[{"kind": "panel", "day": True}]), "true or false is there"),
        (changed(programme=[{"kind": "panel", "speakers": [{"name": "A", "gender_from_honorific": "X"}]}]),
            '"F", "M" or null'),
        (changed(programme=[{"kind": "panel", "speakers": [{}]}]), r"speakers\[0\].name: text, or a function"),
        (changed(dates={"start": "29 February"}), "not a date. Write it as 2016-02-29"),
        (changed(dates={"start": "2031-02-29"}), "not a date"),
        (changed(dates={"start": "2031-03-02", "end": "2031-03-01"}), "before it starts"),
        (changed(dates={"start": "9999-12-31"}, programme=[{"kind": "panel", "day": 2}]), "within the calendar"),
    ],
)  # fmt: skip
def test_broken_records_are_refused_with_their_place(given_file: str | bytes, says: str) -> None:
    with pytest.raises(FileRefused, match=says):
        read(given_file)


def test_a_quoted_bracket_is_no_depth_and_a_bad_quote_is_no_loop() -> None:
    assert read(changed(title='"[' * 60)).title == '"[' * 60
    with pytest.raises(FileRefused, match="not JSON"):
        read('"' + '\\"' * 400_000)


loose = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=6)
    | st.sampled_from(["panel", "session", "2031-03-04", "9:00 - 10:00"]),
    lambda below: (
        st.lists(below, max_size=3)
        | st.dictionaries(
            st.sampled_from(["kind", "title", "items", "speakers", "name", "time", "day", "moderator", "number"]),
            below,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(loose, st.sampled_from(["title", "dates", "venue", "programme", "summary_of_conclusions", "label"]))
def test_any_shape_is_read_or_refused(value: object, name: str) -> None:
    with suppress(FileRefused):
        assert read(changed(**{name: value})).starts_on


@given(st.one_of(st.text(max_size=100), st.binary(max_size=100), st.text('{}[]":,\\ab1', max_size=60)))
def test_any_file_is_read_or_refused(given_file: str | bytes) -> None:
    with pytest.raises(FileRefused):
        read(given_file)
