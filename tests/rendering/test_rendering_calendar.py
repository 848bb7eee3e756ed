"""A calendar as text, as iCalendar and as a picture: read back by readers written for the purpose, hostile words
included."""

import re
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from forum.rendering.pictures.calendar_ics import folded, ics
from forum.rendering.pictures.calendar_svg import draw
from forum.rendering.pictures.calendar_text import WIDTH, columns, text, wrapped
from forum.rendering.pictures.svg import fitted, lines, width
from forum.workflow.calendar.personas import persona
from forum.workflow.calendar.rehearsal import Rehearsal, rehearse
from forum.workflow.load import parse, read_file

ROOT = Path(__file__).parents[2]
FILES = sorted([*(ROOT / "workflows").glob("*.toml"), *(ROOT / "tests" / "workflow" / "chairs").glob("*.toml")])
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("\\;,\n\r\x00\x07\ud800\u202e\u2028<>&\"'العالم全球"),
    max_size=200,
)


def rehearsal(path: Path = ROOT / "workflows" / "gfmd.toml", who: str = "ngo") -> Rehearsal:
    return rehearse(read_file(path), date(2027, 1, 4), persona(who), {}, date(2027, 5, 3))


def hostile(words: str) -> Rehearsal:
    """A rehearsal whose every title is these words."""
    made = rehearsal()
    found = tuple(replace(one, title=words, track=words, notes=(words,), says=(words,)) for one in made.happenings)
    rows = tuple(
        replace(lane, title=words, bars=tuple(replace(bar, title=words, says=(words,)) for bar in lane.bars))
        for lane in made.lanes
    )
    return replace(made, title=words, happenings=found, lanes=rows)


# ---- text
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_text_fits_a_terminal(path: Path) -> None:
    shown = text(rehearsal(path))
    assert max(columns(line) for line in shown.split("\n")) <= WIDTH
    assert not re.search(r"[^\n -\u2193\u4e00-\u9fff]", shown)


def test_the_text_says_what_matters() -> None:
    shown = text(rehearsal())
    assert "placed so that the first thing that hangs on it" in shown
    assert "ON MONDAY 3 MAY 2027" in shown
    assert "WITHOUT A DATE (in the order of the stages)\n  Main track, to the Summit: Closed" in shown
    # A deadline stands in its own zone and in UTC, in summer as in winter.
    assert "Mon 24  12:00  Deadline for inputs: Call for inputs" in shown
    assert "12:00 in Europe/Zurich (UTC+02:00), 10:00 UTC" in shown
    assert "12:00 in Europe/Zurich (UTC+01:00), 11:00 UTC" in shown
    assert "! Easter Monday: no working day. The next one is Tuesday 30" in shown


def test_a_definition_without_dates_says_so() -> None:
    dated = ("opens", "closes", "grace", "due", "ends ")
    undated = "\n".join(
        line for line in (ROOT / "workflows" / "gfmd.toml").read_text("utf-8").split("\n") if not line.startswith(dated)
    )
    undated = re.sub(r"(?ms)^\[(anchors|meetings)\..*?(?=^\[|\Z|^# -)", "", undated)
    undated = re.sub(r"(?m)^(feeds|meeting) = .*$", "", undated)
    made = rehearse(parse(undated), date(2027, 1, 4), persona("ngo"), {})
    shown = text(made)
    assert "Nothing in this definition has a date" in shown
    assert (
        "Main track, to the Summit: Preparation, Call for inputs, Drafting, Consultation on the draft, Closing, Closed"
        in " ".join(shown.split())
    )
    assert b"No stage of this definition has a date yet." in draw(made)


@given(HOSTILE, st.integers(0, 40))
def test_lines_are_broken_and_nothing_is_lost(words: str, indent: int) -> None:
    made = wrapped(words, indent)
    kept = "".join(c for c in words if c.isspace() or unicodedata.category(c) not in ("Cc", "Cs"))
    assert "".join("".join(made).split()) == "".join(kept.split())
    assert all(columns(line) <= WIDTH for line in made)


# ---- iCalendar, read by a reader of its own
def unfolded(shown: bytes) -> list[str]:
    """Content lines of RFC 5545, 3.1. Fails on anything that is none."""
    assert shown.endswith(b"\r\n")
    raw = shown[:-2].split(b"\r\n")
    assert all(len(line) <= 75 and b"\r" not in line and b"\n" not in line for line in raw)
    assert all(line.decode() is not None for line in raw), "no character is cut in two"
    joined: list[str] = []
    for line in raw:
        if line.startswith(b" "):
            joined[-1] += line[1:].decode()
        else:
            joined.append(line.decode())
    return joined


def unescaped(words: str) -> str:
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", words), "a separator that is not escaped"
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", words)
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], words)


def components(shown: bytes) -> list[dict[str, list[str]]]:
    """The events, each with its properties, and its alarms under VALARM. BEGIN and END pair, names are names."""
    open_: list[str] = []
    events: list[dict[str, list[str]]] = []
    for line in unfolded(shown):
        found = re.fullmatch(r"([A-Z-]+)((?:;[A-Z-]+=[^;:]+)*):(.*)", line, re.S)
        assert found, line
        name, value = found[1], found[3]
        if name == "BEGIN":
            open_.append(value)
            if value == "VEVENT":
                events.append({})
        elif name == "END":
            assert open_.pop() == value
        elif open_[-1] == "VALARM":
            events[-1].setdefault(f"VALARM-{name}", []).append(value)
        elif open_[-1] == "VEVENT":
            events[-1].setdefault(name, []).append(value)
    assert open_ == []
    return events


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_happening_is_an_event_at_its_instant(path: Path) -> None:
    made = rehearsal(path)
    shown = ics(made, "of.this")
    events = components(shown)
    told = [one for one in made.happenings if one.kind != "reminder"]
    assert len(events) == len(told)
    assert len({one["UID"][0] for one in events}) == len(events)
    for event, one in zip(events, told, strict=True):
        assert {
            name: len(found) for name, found in event.items() if name in ("UID", "DTSTAMP", "DTSTART", "SUMMARY")
        } == dict.fromkeys(("UID", "DTSTAMP", "DTSTART", "SUMMARY"), 1)
        assert datetime.strptime(event["DTSTART"][0], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) == one.at
        assert unescaped(event["SUMMARY"][0]).startswith(f"{one.label}: {one.title}")
        assert [int(found[2:-1]) for found in event.get("VALARM-TRIGGER", [])] == list(one.alarms)


def test_deadlines_of_ones_own_ring_and_those_of_others_do_not() -> None:
    own = {one["UID"][0]: one.get("VALARM-TRIGGER") for one in components(ics(rehearsal(who="ngo"), "x"))}
    others = {one["UID"][0]: one.get("VALARM-TRIGGER") for one in components(ics(rehearsal(who="penholder"), "x"))}
    assert own["deadline-main-call@x"] == ["-P14D", "-P3D", "-P1D"]
    assert others["deadline-main-call@x"] is None


def test_what_moves_keeps_its_uid() -> None:
    process = read_file(ROOT / "workflows" / "gfmd.toml")
    moved = [
        rehearse(
            process,
            date(2027, 1, 4),
            persona("ngo"),
            {"summit": datetime(2027, 12, 6, 8, tzinfo=UTC) + timedelta(weeks=n)},
        )
        for n in (0, 5)
    ]
    first, second = ({one["UID"][0]: one["DTSTART"][0] for one in components(ics(made, "x"))} for made in moved)
    assert first.keys() == second.keys()
    assert first["deadline-main-call@x"] != second["deadline-main-call@x"]


@settings(max_examples=60, deadline=None)
@given(HOSTILE)
def test_the_calendar_can_be_read_whatever_the_words_are(words: str) -> None:
    plain = words.encode("utf-8", "replace").decode().replace("\r\n", "\n").replace("\r", "\n")
    plain = re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", "", plain.replace("\u2028", "\n").replace("\u2029", "\n"))
    for event in components(ics(hostile(words), words)):
        assert plain in unescaped(event["SUMMARY"][0])
        unescaped(event["DESCRIPTION"][0])


@given(HOSTILE)
def test_folded_lines_are_whole_again(words: str) -> None:
    line = "X:" + re.sub(r"[\r\n\ud800-\udfff]", "", words)
    assert unfolded(folded(line).encode()) == [line]


# ---- the picture
def seen_in(shown: bytes) -> etree._Element:
    return etree.fromstring(shown, etree.XMLParser(resolve_entities=False, no_network=True))


@pytest.mark.parametrize("wide", [320, 480, 1200, 4000])
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_picture_keeps_within_its_frame(path: Path, wide: int) -> None:
    made = rehearsal(path)
    picture = seen_in(draw(made, wide))
    high = float(picture.get("height"))
    for one in picture.iter(f"{SVG}rect", f"{SVG}text"):
        if one.getparent().tag == f"{SVG}pattern":
            continue
        x, y = float(one.get("x")), float(one.get("y"))
        assert -1 <= x <= wide + 1, etree.tostring(one)
        assert -1 <= y <= high, etree.tostring(one)
        if one.tag == f"{SVG}rect":
            assert float(one.get("width")) >= 0
    assert picture.find(f"{SVG}title").text.startswith(made.title)
    assert "A timeline of" in picture.find(f"{SVG}desc").text
    assert picture.get("role") == "img"
    assert picture.get("font-family") == "sans-serif"


def test_every_stage_and_every_meeting_has_its_row() -> None:
    made = rehearsal()
    words = " ".join("".join(one.itertext()) for one in seen_in(draw(made)).iter(f"{SVG}text"))
    for title in (
        *(bar.title for lane in made.lanes for bar in lane.bars),
        "Friends of the Forum, first meeting",
        "Mon 3 May",
    ):
        assert title in words
    assert {"deadline", "meeting", "UN holiday", "weekend"} <= set(re.split(r"(?<=y|d|g|e) ", words)) | set(
        words.split()
    )


def test_a_deadline_on_a_day_off_is_red() -> None:
    process = read_file(ROOT / "workflows" / "gfmd.toml")
    for moved, red in ((0, []), (5, ["Mon 4 Jan – Sat 29 May, 12:00"])):
        anchors = {
            "summit": datetime(2027, 12, 6, 8, tzinfo=UTC) + timedelta(days=moved),
            "hlpf": datetime(2027, 7, 7, 8, tzinfo=UTC),
        }
        made = rehearse(process, date(2027, 1, 4), persona("ngo"), anchors)
        found = [
            one.text
            for one in seen_in(draw(made)).iter(f"{SVG}text")
            if one.get("fill") == "#c0272d" and "29 May" in one.text
        ]
        assert [one.split("–")[1] for one in found] == [one.split("–")[1] for one in red]


def test_the_same_calendar_is_the_same_bytes() -> None:
    assert draw(rehearsal()) == draw(rehearsal())
    assert ics(rehearsal(), "x") == ics(rehearsal(), "x")
    assert text(rehearsal()) == text(rehearsal())


@settings(max_examples=40, deadline=None)
@given(HOSTILE)
def test_the_picture_can_be_read_whatever_the_words_are(words: str) -> None:
    picture = seen_in(draw(hostile(words)))
    assert not [one for one in picture.iter() if one.tag in (f"{SVG}script", f"{SVG}image", f"{SVG}a")]


@given(HOSTILE, st.floats(8, 30), st.floats(60, 600))
def test_words_stay_in_their_room(words: str, size: float, room: float) -> None:
    assert width(fitted(words, size, room), size) <= room
    assert all(width(line, size) <= room for line in lines(words, size, room))
    assert len(lines(words, size, room, 2)) <= 2


def test_right_to_left_words_begin_at_their_place() -> None:
    shown = draw(hostile("المسار الرئيسي")).decode()
    assert 'direction="rtl" text-anchor="end"' in shown
