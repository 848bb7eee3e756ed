"""Pictures in pages: what they draw lies within their frame, runs as the script does, and stands beside it in words."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.domain.contact import Language
from forum.store.tables import schema as t
from forum.web.page_words import Words
from forum.web.picture_answers import ANSWERS, answers_picture, by_mechanism, by_region
from forum.web.picture_dates import Row, rows_of_track, timeline
from forum.web.picture_lineage import Branch, counted, edges, layers_of, lineage_picture, lineage_tree
from forum.web.picture_stages import stage_map
from tests.support.pages import Portal, portal

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7*7 }}"
NOW = datetime(2027, 3, 1, tzinfo=UTC)
EN, AR = Words(), Words(Language.AR)


@pytest.fixture
async def on(database: Any) -> AsyncIterator[Portal]:
    async with portal(database.app_url) as pages:
        yield pages


def drawn(picture: str) -> ElementTree.Element:
    """The picture as XML, which it must be; nothing in it brings a style or a script."""
    found = ElementTree.fromstring(picture)
    for element in found.iter():
        assert element.tag.partition("}")[2] in ("svg", "rect", "circle", "line", "path", "text", "title")
        assert [name for name in element.attrib if name == "style" or name.startswith("on")] == []
    assert found.get("role") == "img"
    assert found.get("aria-label")
    return found


def percent(element: ElementTree.Element, name: str) -> float:
    return float((element.get(name) or "0%").removesuffix("%"))


def of_tag(picture: ElementTree.Element, tag: str) -> list[ElementTree.Element]:
    return picture.findall(f"{{http://www.w3.org/2000/svg}}{tag}")


def line(rows: list[Row], words: Words = EN) -> ElementTree.Element:
    return drawn(timeline(rows, NOW.isoformat(), words, "A line of time", "now"))


# ---- dates
def row(begins: int | None, ends: int | None, title: str = "A call") -> Row:
    begin, end = (None if days is None else NOW + timedelta(days=days) for days in (begins, ends))
    return Row("call", title, begin, end, "UTC")


def test_bars_lie_in_their_order_and_an_instant_is_a_dot() -> None:
    picture = line([row(-30, -10), row(-10, 20), row(20, 60), row(None, 40), row(None, None)])
    bars = of_tag(picture, "rect")
    assert [bar.get("class") for bar in bars] == ["call past", "call runs", "call ahead"]
    starts = [percent(bar, "x") for bar in bars]
    assert starts == sorted(starts)
    assert [dot.get("class") for dot in of_tag(picture, "circle")] == ["call ahead"]
    [now] = [mark for mark in of_tag(picture, "line") if mark.get("class") == "now"]
    assert percent(now, "x1") == pytest.approx(percent(bars[1], "x") + 10 / 30 * percent(bars[1], "width"), abs=0.1)


def test_in_arabic_time_runs_from_right_to_left() -> None:
    rows = [row(-30, -10), row(20, 60)]
    there, here = of_tag(line(rows), "rect"), of_tag(line(rows, AR), "rect")
    for left, right in zip(there, here, strict=True):
        assert percent(right, "x") == pytest.approx(100 - percent(left, "x") - percent(left, "width"), abs=0.02)


@given(
    st.lists(st.tuples(*[st.one_of(st.none(), st.integers(-9000, 9000))] * 2), min_size=1, max_size=6), st.booleans()
)
def test_whatever_the_dates_nothing_leaves_the_frame(spans: list[tuple[int | None, int | None]], rtl: bool) -> None:
    rows = [row(*(sorted(span) if None not in span else span)) for span in spans]  # type: ignore[type-var]
    if all(row.span is None for row in rows):
        assert timeline(rows, NOW.isoformat(), EN, "x", "now") == ""
        return
    picture = line(rows, AR if rtl else EN)
    for bar in of_tag(picture, "rect"):
        assert percent(bar, "x") >= -0.01
        assert percent(bar, "x") + percent(bar, "width") <= 100.01
    assert sum(mark.get("class") == "month" for mark in of_tag(picture, "line")) <= 6


def test_the_words_of_others_stay_words() -> None:
    picture = line([row(0, 1, HOSTILE)])
    assert HOSTILE in [name.text for bar in of_tag(picture, "rect") for name in bar]


def test_stages_stand_in_the_order_of_the_process_with_their_titles() -> None:
    track = {
        "stages": [{"name": "b", "title": "First"}, {"name": "a", "title": "Second"}],
        "windows": [
            {"stage": name, "opensAt": None, "closesAt": NOW.isoformat(), "timeZone": "UTC", "extended": False}
            for name in ("a", "gone", "b")
        ],
        "calls": {"nodes": []},
        "meetings": {"nodes": [{"id": "Meeting:1", "title": "M", "startsOn": "2027-03-04", "endsOn": "2027-03-05"}]},
    }
    rows = rows_of_track(track, "Africa/Nairobi")
    assert [row.title for row in rows] == ["First", "Second", "gone", "M"]
    assert rows[-1].begins
    assert rows[-1].begins.isoformat() == "2027-03-04T00:00:00+03:00"


# ---- stages
STAGES = [
    {"name": "call", "title": "Call", "final": False, "leadsTo": ["draft", "end"], "byClock": ["draft"]},
    {"name": "draft", "title": HOSTILE, "final": False, "leadsTo": ["call", "end", "gone"], "byClock": []},
    {"name": "end", "title": "End", "final": True, "leadsTo": [], "byClock": []},
]


@pytest.mark.parametrize("words", [EN, AR])
def test_each_way_on_is_an_arrow_and_where_it_stands_is_marked(words: Words) -> None:
    picture = drawn(stage_map(STAGES, words, "The stages", "draft"))
    assert [box.get("class") for box in of_tag(picture, "rect")] == ["stage", "here", "final"]
    ways = [way.get("class") for way in of_tag(picture, "path") if "way" in (way.get("class") or "")]
    assert sorted(map(str, ways)) == ["way", "way", "way", "way clock"]
    for number in re.findall(r"[\d.]+", " ".join(way.get("d") or "" for way in of_tag(picture, "path"))):
        assert 0 <= float(number) <= 280
    assert stage_map([], words, "The stages") == ""


# ---- answers
def addressee(answer: str, *mechanisms: str, forum: str = "Forum:1") -> dict[str, Any]:
    seats = [{"mechanisms": list(mechanisms), "forum": {"id": forum}}]
    return {"answer": answer, "organisation": {"participations": {"nodes": seats}}}


def state(answer: str, group: str | None, kind: str = "STATE") -> dict[str, Any]:
    return {"answer": answer, "organisation": {"kind": kind, "regionalGroup": group}}


def test_answers_are_counted_by_the_mechanisms_of_the_forum_that_asks() -> None:
    lines = [
        addressee("SENT", "cso", "mayors"), addressee("NONE_YET", "cso"), addressee("SENT", "cso", forum="Forum:2"),
        addressee("NO_INPUT_THIS_TIME"),
    ]  # fmt: skip
    rows = by_mechanism(lines, "Forum:1")
    assert {row.group: tuple(row.counts[answer] for answer in ANSWERS) for row in rows} == {
        "cso": (1, 0, 1), "mayors": (1, 0, 0), "": (1, 1, 0),
    }  # fmt: skip
    picture = drawn(answers_picture(rows, [row.group or HOSTILE for row in rows], EN, "Answers"))
    assert sum(percent(bar, "width") for bar in of_tag(picture, "rect")) == pytest.approx(250)
    assert [bar.get("class") for bar in of_tag(picture, "rect")] == ["sent", "declined", "sent", "silent", "sent"]
    assert answers_picture([], [], EN, "Answers") == ""


def test_answers_of_states_are_counted_by_their_regional_groups_and_of_nobody_else() -> None:
    lines = [
        state("SENT", "EASTERN_EUROPEAN"), state("NONE_YET", "AFRICAN"), state("SENT", "AFRICAN"),
        state("NO_INPUT_THIS_TIME", None), state("SENT", None, "CIVIL_SOCIETY"), state("SENT", None, "AGENCY"),
    ]  # fmt: skip
    rows = by_region(lines)
    assert [(row.group, *(row.counts[answer] for answer in ANSWERS)) for row in rows] == [
        ("AFRICAN", 1, 0, 1), ("EASTERN_EUROPEAN", 1, 0, 0), ("", 0, 1, 0),
    ]  # fmt: skip
    assert by_region(lines[4:]) == []


# ---- lineage
def lineage(*steps: tuple[str, int, str, str | None]) -> dict[str, Any]:
    """A paragraph of the GFMD with its lineage: of each step its id, how far, its layer, and the id before it."""
    return {
        "id": "start", "document": {"forum": {"layer": "GFMD"}},
        "lineage": [
            {"depth": depth, "relation": "carries", "previous": {"id": before} if before else None,
             "end": {"id": id_, "edition": {"forum": {"layer": layer}}} if before else {"layer": layer or None}}
            for id_, depth, layer, before in steps
        ],
    }  # fmt: skip


def test_the_lineage_is_counted_by_layer_and_step_and_drawn_with_its_ways() -> None:
    thing = lineage(
        ("a", 1, "NATIONAL", "start"), ("b", 2, "GFMD", "a"), ("c", 2, "GFMD", "a"), ("", 2, "GFMD", None),
        ("d", 3, "LOCAL", "b"), ("", 3, "", None),
    )  # fmt: skip
    assert layers_of(thing) == ["GFMD", "NATIONAL", "LOCAL", ""]
    assert counted(thing["lineage"]) == {("NATIONAL", 1): 1, ("GFMD", 2): 3, ("LOCAL", 3): 1, ("", 3): 1}
    assert edges(thing) == {
        (("GFMD", 0), ("NATIONAL", 1)): 1, (("NATIONAL", 1), ("GFMD", 2)): 2, (("GFMD", 2), ("LOCAL", 3)): 1,
    }  # fmt: skip
    picture = drawn(lineage_picture(thing, ["GFMD", "National", "Local", "-"], AR, "Lineage"))
    dots = {(percent(dot, "cx"), dot.get("cy")) for dot in of_tag(picture, "circle")}
    assert len(dots) == len(of_tag(picture, "circle")) == 5
    ways = [way for way in of_tag(picture, "line") if way.get("class") == "way"]
    ends = {(percent(way, f"x{n}"), way.get(f"y{n}")) for way in ways for n in (1, 2)}
    assert len(ways) == 3
    assert ends <= dots, "a line leads from dot to dot"
    assert all(percent(way, "x1") > percent(way, "x2") for way in ways), "from right to left"
    assert lineage_picture(lineage(), [], EN, "Lineage") == ""


def test_the_list_has_each_step_once_under_the_one_before_it() -> None:
    thing = lineage(
        ("a", 1, "NATIONAL", "start"), ("", 1, "LOCAL", None), ("b", 2, "GFMD", "a"), ("start", 2, "GFMD", "a"),
        ("c", 3, "LOCAL", "b"), ("d", 1, "LOCAL", "start"),
    )  # fmt: skip

    def told(branches: list[Branch]) -> list[Any]:
        return [[branch.step["end"].get("id", "withheld"), *told(branch.onward)] for branch in branches]

    assert told(lineage_tree(thing)) == [["a", ["b", ["c"]], ["start"]], ["d"], ["withheld"]]


# ---- on the pages
async def test_each_picture_stands_on_its_page_beside_the_same_in_words(on: Portal) -> None:
    edition = await on.s.row(t.edition, id=on.s.editions["gfmd"])
    async with on.by("secretariat") as line_:
        track = await line_.get(f"/tracks/{on.s.tracks['main']}")
        assert track.text.count('role="img"') == 2
        for words in ("Call for inputs", 'aria-current="step"', "by the clock to", "What has a date"):
            assert words in track.text
        dates = await line_.get(f"/forums/gfmd/{edition['name']}/dates")
        assert dates.text.count('role="img"') == 1
        assert f'href="/calls/{on.s.call}"' in dates.text
        answers = await line_.get(f"/calls/{on.s.call}/addressees")
        assert '<svg class="picture answers"' in answers.text
        assert "<td>0</td>" in answers.text
        assert "African States" in answers.text, "Kenya was asked"
    async with on.by() as nobody:
        assert (await nobody.get(f"/calls/{on.s.call}/addressees")).text.count("<svg") == 0
        assert (await nobody.get("/forums/gfmd/no-such/dates")).status_code == 404
    async with on.by("focal.kenya") as kenya:
        own = (await kenya.get(f"/calls/{on.s.call}/addressees")).text
        assert own.count("<td>1</td>") == 4, "its own line, twice with its sum, and no other"
