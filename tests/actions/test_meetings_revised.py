"""The record of a meeting is put right on the record; what texts cite of its programme keeps its identity."""

import asyncio
import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from forum.actions.meeting.agenda_text import PanelText, SessionText, SpeakerText, StatedFigure
from forum.errors import ActedOnSince, InvalidValue, NotFound, RoleNotAllowed, StaleRevision, TextTooLong
from forum.store.tables import schema as t
from tests.support.scene import scene

REASON = "The programme was printed anew."
ANA, LIN = SpeakerText(name="Ana Ruiz"), SpeakerText(name="Lin Wei", country="China")
ONE = PanelText(kind="panel", title="Counting", number=1, time="10:00 - 11:00", speakers=(ANA, LIN))
TWO = PanelText(kind="panel", title="Paying", number=2, time="11:00 - 12:00", speakers=(LIN,))
SESSION = SessionText(title="Evidence", number=1, day=1, panels=(ONE, TWO))


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        yield made


async def recorded(s, **more):
    fields = {"title": "Second workshop", "starts_on": date(2027, 10, 11), "ends_on": date(2027, 10, 12)}
    fields |= {"sessions": (SESSION,), "stated": (StatedFigure(what="speakers", text="some 2", value=2),), **more}
    return (await s.do("record_meeting", "secretariat", track=s.tracks["main"], **fields))["meeting"]


async def revise(s, meeting, by="secretariat", reason=REASON, **more):
    return await s.do("revise_meeting", by, meeting=meeting, reason=reason, **more)


async def changed(s, ids):
    row = await s.row(t.correction, id=ids["correction"])
    return {change["what"]: (change["was"], change["reads"]) for change in json.loads(row["changes"])}


async def panels(s, meeting):
    return {row["title"]: row["id"] for row in await s.rows(t.panel, meeting_id=meeting)}


async def cite(s, panel, speaker=None):
    await s.stage("main", "drafting")
    d = await s.document("main", "summary_of_conclusions")
    p = await s.write(d, "Count everybody.", kind="conclusion", weight="several speakers")
    more = {} if speaker is None else {"speaker": speaker}
    await s.do("cite_source", "penholder", document=d, paragraph=p, source=f"Panel:{panel}", **more)


async def test_what_is_left_out_stays_and_the_old_words_are_kept(s):
    m = await recorded(s, venue="Palace")
    before = await panels(s, m), await s.rows(t.meeting_fault, meeting_id=m), await s.rows(t.figure, meeting_id=m)
    ids = await revise(s, m, title="Third workshop", expected_revision=1)
    row = await s.row(t.meeting, id=m)
    assert (row["title"], row["venue"], row["status"], row["revision"]) == (
        "Third workshop",
        "Palace",
        "provisional",
        2,
    )
    after = await panels(s, m), await s.rows(t.meeting_fault, meeting_id=m), await s.rows(t.figure, meeting_id=m)
    assert after == before
    assert await changed(s, ids) == {"title": ("Second workshop", "Third workshop")}
    words = [n["words"] for n in await s.rows(t.notice, kind="corrected")]
    assert words
    assert all("revision 2, provisional" in w and REASON in w and "title" in w for w in words)


async def test_a_programme_becomes_firmer_and_never_less_firm(s):
    m = await recorded(s, status="draft")
    for status in ("provisional", "final"):
        ids = await revise(s, m, status=status)
        assert (await changed(s, ids))["status"][1] == status
    for status in ("draft", "provisional"):
        with pytest.raises(InvalidValue) as refused:
            await revise(s, m, status=status)
        assert refused.value.path == ("status",)
    await revise(s, m, title="Third workshop")  # what is final is still put right
    row = await s.row(t.meeting, id=m)
    assert (row["status"], row["revision"]) == ("final", 4)


async def test_an_agenda_is_written_over_and_what_is_cited_keeps_its_identity(s):
    m = await recorded(s)
    was = await panels(s, m)
    speaker = (await s.rows(t.speaker, panel_id=was["Counting"], name="Ana Ruiz"))[0]["id"]
    await cite(s, was["Counting"], speaker)
    opening = PanelText(kind="opening", title="Welcome", time="09:00 - 10:00")
    one = replace(ONE, number=2, speakers=(LIN, replace(ANA, function="Mayor")))
    ids = await revise(s, m, sessions=(replace(SESSION, panels=(opening, replace(TWO, title="Paying well"), one)),))
    now = await panels(s, m)
    assert now["Counting"] == was["Counting"]
    assert (await s.row(t.speaker, id=speaker))["function"] == "Mayor"
    assert [row["title"] for row in sorted(await s.rows(t.panel, meeting_id=m), key=lambda r: r["ordinal"])] == [
        "Welcome", "Paying well", "Counting",
    ]  # fmt: skip
    told = await changed(s, ids)
    assert told["session 1, item 1"] == (None, "opening: Welcome; 2027-10-11; 09:00 - 10:00")
    assert ("speaker: Ana Ruiz", "speaker: Ana Ruiz, Mayor") in told.values()
    assert "speakers as stated" in told


async def test_a_misspelt_title_is_put_right_in_its_place(s):
    m = await recorded(s)
    was = await panels(s, m)
    await cite(s, was["Counting"])
    ids = await revise(s, m, sessions=(replace(SESSION, panels=(replace(ONE, title="Counting people"), TWO)),))
    assert (await panels(s, m))["Counting people"] == was["Counting"]
    assert list(await changed(s, ids)) == ["session 1, panel 1", "speakers as stated"]


@pytest.mark.parametrize("speaker", [False, True])
async def test_what_a_text_cites_stands_in_the_way_of_an_agenda_without_it(s, speaker):
    m = await recorded(s)
    was = await panels(s, m)
    ana = (await s.rows(t.speaker, panel_id=was["Counting"], name="Ana Ruiz"))[0]["id"]
    await cite(s, was["Counting"], ana if speaker else None)
    left = (replace(ONE, speakers=(LIN,)), TWO) if speaker else (TWO,)
    with pytest.raises(ActedOnSince) as refused:
        await revise(s, m, sessions=(replace(SESSION, panels=left),))
    [source] = await s.rows(t.source)
    assert refused.value.open_ids == (f"Source:{source['id']}",)
    assert await panels(s, m) == was


async def test_figures_and_faults_are_those_of_the_new_agenda(s):
    m = await recorded(s)
    late = replace(TWO, time="1100", speakers=())
    stated = (StatedFigure(what="speakers", text="5 speakers", value=5),)
    await revise(s, m, sessions=(replace(SESSION, panels=(ONE, late)),), stated=stated)
    figures = {f["what"]: (f["computed"], f["stated_text"]) for f in await s.rows(t.figure, meeting_id=m)}
    assert figures["speakers"] == (2, "5 speakers")
    kinds = sorted(f["kind"] for f in await s.rows(t.meeting_fault, meeting_id=m))
    assert kinds == ["figure_differs", "malformed_time"]


async def test_a_meeting_that_was_entered_already_is_not_entered_again(s):
    m = await recorded(s)
    with pytest.raises(InvalidValue, match=f"Meeting:{m}") as refused:
        await recorded(s, title="second  WORKSHOP", sessions=())
    assert refused.value.path == ("title",)
    assert await recorded(s, starts_on=date(2027, 10, 12), sessions=()) != m  # another day, another meeting


async def test_bad_input_says_what_to_do_and_nothing_is_changed(s):
    m = await recorded(s)
    for more, error, path in (
        ({"title": "Second workshop"}, InvalidValue, ()),
        ({}, InvalidValue, ()),
        ({"title": " "}, InvalidValue, ("title",)),
        ({"ordinal": 0}, InvalidValue, ("ordinal",)),
        ({"title": "\u200b"}, InvalidValue, ("title",)),
        ({"sessions": (replace(SESSION, time="x" * 61),)}, TextTooLong, ("sessions", "0", "time")),
        ({"title": "New", "reason": " "}, InvalidValue, ("reason",)),
        ({"starts_on": date(2027, 10, 10)}, InvalidValue, ("sessions",)),
        ({"ends_on": date(2027, 10, 1)}, InvalidValue, ("endsOn",)),
        ({"stated": (StatedFigure(what="speakers", text="3"),)}, InvalidValue, ("sessions",)),
        ({"title": "New", "expected_revision": 2}, StaleRevision, ("expectedRevision",)),
    ):
        with pytest.raises(error) as refused:
            await revise(s, m, **more)
        assert refused.value.path == path
    for who in ("focal.kenya", "penholder"):
        with pytest.raises(RoleNotAllowed):
            await revise(s, m, by=who, title="New")
    assert (await s.row(t.meeting, id=m))["revision"] == 1
    assert not await s.rows(t.correction)


@pytest.mark.parametrize(
    ("one", "told"),
    [
        (replace(ONE, kind="roundtable"), "session 1, roundtable 1"),
        (replace(ONE, number=7), "session 1, panel 7"),
        (replace(ONE, speakers=(LIN, ANA)), "order of people in session 1, panel 1"),
        (replace(ONE, speakers=(replace(ANA, gender="F"), LIN)), "women by the rule"),
        (replace(ONE, speakers=(replace(ANA, organisation="Quito"), LIN)), "session 1, panel 1, person 1"),
    ],
)
async def test_whatever_changes_is_told_and_is_a_change(s, one, told):
    m = await recorded(s, stated=())
    ids = await revise(s, m, sessions=(replace(SESSION, panels=(one, TWO)),))
    assert told in await changed(s, ids)


async def test_another_order_and_another_number_as_stated_are_changes(s):
    one, two = replace(ONE, number=None), replace(TWO, number=None)
    m = await recorded(s, sessions=(replace(SESSION, panels=(one, two)),))
    stated = (StatedFigure(what="speakers", text="some 2", value=3),)
    ids = await revise(s, m, sessions=(replace(SESSION, panels=(two, one)),), stated=stated)
    assert await changed(s, ids) == {
        "order in session 1": ("Counting; Paying", "Paying; Counting"),
        "speakers as stated": ("some 2 (2)", "some 2 (3)"),
    }


async def test_what_is_cited_among_others_of_its_title_stays_when_all_move_down(s):
    talk = PanelText(kind="discussion", title="Discussion")
    m = await recorded(s, sessions=(replace(SESSION, panels=(ONE, talk, TWO, talk)),))
    first = next(row["id"] for row in await s.rows(t.panel, meeting_id=m) if row["ordinal"] == 2)
    await cite(s, first)
    more = [PanelText(kind="opening", title=title) for title in ("Welcome", "Greetings")]
    await revise(s, m, sessions=(replace(SESSION, panels=(*more, ONE, talk, TWO, talk)),))
    assert (await s.row(t.panel, id=first))["ordinal"] == 4


async def test_an_item_is_not_cited_while_it_is_taken_off_the_programme(s):
    for track in ("main", "focused"):
        await s.stage(track, "drafting")
    m, d = await recorded(s), await s.document("focused", "focused_input")
    p = await s.write(d, "Count everybody.")
    for n in range(8):
        was = await panels(s, m)
        ana = (await s.rows(t.speaker, panel_id=was["Counting"], name="Ana Ruiz"))[0]["id"]
        said = {"speaker": ana} if n % 2 else {}
        left = (replace(ONE, speakers=(LIN,)), TWO) if n % 2 else (TWO,)
        outcomes: Any = await asyncio.gather(
            revise(s, m, sessions=(replace(SESSION, panels=left),)),
            s.do("cite_source", "penholder", document=d, paragraph=p, source=f"Panel:{was['Counting']}", **said),
            return_exceptions=True,
        )
        revised, cited = outcomes
        assert isinstance(revised, ActedOnSince) != isinstance(cited, NotFound), (revised, cited)
        if not isinstance(cited, NotFound):
            break
        await revise(s, m, sessions=(SESSION,))


async def test_a_meeting_is_put_right_also_when_its_edition_is_over(s):
    m = await recorded(s)
    await s.change(t.edition, s.editions["gfmd"], state="closed")
    await revise(s, m, title="Third workshop", status="final")
    assert (await s.row(t.meeting, id=m))["status"] == "final"
