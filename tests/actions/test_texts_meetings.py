"""A meeting is entered as it was: figures computed beside the stated ones, faults reported, panels cited."""

from datetime import date

import pytest

from forum import errors
from forum.actions.meeting.agenda_text import PanelText, SessionText, SpeakerText, StatedFigure
from forum.store.tables import schema as t
from tests.support.scene import scene

HOST = SpeakerText(name="Ana Ruiz", role="welcome remarks", gender="F")
KEYNOTE = SpeakerText(name="Kofi Mensah", role="keynote", country="Ghana", gender="M")
ONE = SpeakerText(name="Lin Wei", organisation="Ministry", country="China", gender="F")
TWO = SpeakerText(name="Deputy Secretary-General", function="by video", note="by video")
CHAIRING = SpeakerText(name="Ana Ruiz", role="moderator", gender="F")
SESSIONS = (
    SessionText(panels=(PanelText(kind="opening", day=1, time="09:00 - 10:00", speakers=(HOST, KEYNOTE)),)),
    SessionText(
        title="Evidence",
        number=1,
        panels=(
            PanelText(
                kind="panel", title="Counting", number=1, day=1, time="10:00 - 11:30", speakers=(CHAIRING, ONE, TWO)
            ),
            PanelText(
                kind="panel",
                title="Counting",
                number=2,
                day=1,
                time="11:00 - 12:00",
                speakers=(ONE,),
                questions=("How?",),
            ),
            PanelText(kind="break", day=1, time="1630"),
        ),
    ),
)
FIELDS = {
    "title": "Second workshop",
    "series": "IDM 2016",
    "ordinal": 2,
    "starts_on": date(2016, 10, 11),
    "ends_on": date(2016, 10, 12),
}


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        yield made


async def recorded(s, **more):
    stated = (
        StatedFigure(what="participants", text="some 300", value=300),
        StatedFigure(what="speakers", text="12 speakers", value=12),
    )
    fields = {"track": s.tracks["main"], **FIELDS, "sessions": SESSIONS, "stated": stated, **more}
    return (await s.do("record_meeting", "secretariat", **fields))["meeting"]


async def test_figures_are_computed_beside_the_stated_ones(s):
    id_ = await recorded(s)
    row = await s.row(t.meeting, id=id_)
    assert (row["ordinal"], row["edition_id"], row["theme"]) == (2, s.editions["gfmd"], None)
    figures = {
        f["what"]: (f["computed"], f["stated_value"], f["stated_text"]) for f in await s.rows(t.figure, meeting_id=id_)
    }
    assert figures["participants"] == (None, 300, "some 300")
    assert figures["speakers"] == (3, 12, "12 speakers")  # the host who opens is left out, each person once
    assert figures["women"] == (1, None, None)
    assert (figures["panels"][0], figures["sessions"][0]) == (2, 1)


async def test_faults_are_reported_and_not_refused(s):
    id_ = await recorded(s)
    kinds = sorted(f["kind"] for f in await s.rows(t.meeting_fault, meeting_id=id_))
    assert kinds == ["doubled_title", "figure_differs", "malformed_time", "overlap"]


async def test_the_agenda_keeps_its_order_and_its_words(s):
    id_ = await recorded(s)
    panels = await s.rows(t.panel, meeting_id=id_)
    assert {p["time_as_written"] for p in panels} == {"09:00 - 10:00", "10:00 - 11:30", "11:00 - 12:00", "1630"}
    first = next(p for p in panels if p["number"] == 1)
    assert first["held_on"] == date(2016, 10, 11)
    people = sorted(await s.rows(t.speaker, panel_id=first["id"]), key=lambda p: p["ordinal"])
    assert [(p["name"], p["role"]) for p in people] == [
        ("Ana Ruiz", "moderator"), ("Lin Wei", "speaker"), ("Deputy Secretary-General", "speaker"),
    ]  # fmt: skip


async def test_what_stands_on_the_agenda_has_its_place(s):
    office = SpeakerText(function="Permanent Representative", country="Fiji", honorific="H.E.")
    session = SessionText(
        title="Labs",
        number=1,
        held_on=date(2016, 10, 12),
        time="09:00 - 10:00",
        room="Hall B",
        panels=(PanelText(kind="Panel Discussion", time="09:00 - 09:30", room="Lab 1", speakers=(office,)),),
    )
    id_ = await recorded(s, sessions=(session,), stated=())
    row = (await s.rows(t.session, meeting_id=id_))[0]
    assert (row["held_on"], row["time_as_written"], row["room"]) == (date(2016, 10, 12), "09:00 - 10:00", "Hall B")
    panel = (await s.rows(t.panel, meeting_id=id_))[0]
    assert (panel["kind"], panel["held_on"], panel["room"]) == ("panel", date(2016, 10, 12), "Lab 1")
    person = (await s.rows(t.speaker, panel_id=panel["id"]))[0]
    assert (person["name"], person["honorific"]) == ("Permanent Representative", "H.E.")
    assert await s.rows(t.meeting_fault, meeting_id=id_) == []


async def test_a_kind_that_no_agenda_has_is_refused_with_those_there_are(s):
    with pytest.raises(errors.WordNotAllowed) as refused:
        await recorded(s, sessions=(SessionText(panels=(PanelText(kind="dance"),)),))
    assert refused.value.path == ("sessions", "0", "panels", "0", "kind")
    assert {"panel", "break", "side event"} <= set(refused.value.words)


async def test_a_conclusion_names_its_panel_and_who_said_it(s):
    id_ = await recorded(s)
    panels = {p["number"]: p["id"] for p in await s.rows(t.panel, meeting_id=id_) if p["kind"] == "panel"}
    said = {n: (await s.rows(t.speaker, panel_id=panel, name="Lin Wei"))[0]["id"] for n, panel in panels.items()}
    await s.stage("main", "drafting")
    d = await s.document("main", "summary_of_conclusions", meeting=id_)
    p = await s.write(d, "Count everybody.", kind="conclusion", weight="several speakers")
    cite = {"document": d, "paragraph": p, "source": f"Panel:{panels[1]}"}
    await s.do("cite_source", "penholder", **cite, speaker=said[1])
    assert (await s.row(t.source, document_id=d))["speaker_id"] == said[1]
    with pytest.raises(errors.NotFound) as refused:
        await s.do("cite_source", "penholder", **cite, speaker=said[2])
    assert refused.value.path == ("speaker",)


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        ({"ends_on": date(2016, 10, 10)}, ("endsOn",)),
        ({"starts_on": date(1, 1, 1)}, ("startsOn",)),
        ({"ends_on": date(2019, 1, 1)}, ("startsOn",)),
        ({"title": ""}, ("title",)),
        ({"stated": (StatedFigure(what="flags", text="12"),)}, ("stated", "0", "what")),
        (
            {"stated": (StatedFigure(what="women", text="1"), StatedFigure(what="women", text="2"))},
            ("stated", "1", "what"),
        ),
        (
            {"sessions": (SessionText(panels=(PanelText(kind="panel", day=0),)),)},
            ("sessions", "0", "panels", "0", "day"),
        ),
        ({"sessions": (SessionText(panels=(PanelText(kind="panel"),) * 401),)}, ("sessions",)),
        ({"ordinal": -5}, ("ordinal",)),
        ({"ordinal": 0}, ("ordinal",)),
        ({"stated": (StatedFigure(what="women", text="-1", value=-1),)}, ("stated", "0", "value")),
        ({"sessions": (SessionText(number=-1),)}, ("sessions", "0", "number")),
        (
            {"sessions": (SessionText(panels=(PanelText(kind="panel", number=-1),)),)},
            ("sessions", "0", "panels", "0", "number"),
        ),
    ],
)
async def test_what_is_malformed_is_refused(s, wrong, path):
    with pytest.raises(errors.Refusal) as refused:
        await recorded(s, **wrong)
    assert refused.value.path == path
    assert await s.rows(t.meeting) == []
