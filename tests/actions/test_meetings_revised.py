"""The record of a meeting is put right on the record; what texts cite of its programme keeps its identity."""

import json
from dataclasses import replace
from datetime import date

import pytest

from forum.actions.meeting.agenda_text import PanelText, SessionText, SpeakerText, StatedFigure
from forum.errors import ActedOnSince, InvalidValue, RoleNotAllowed, StaleRevision
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
    assert told["session 1, item 1"] == (None, "Welcome; 2027-10-11; 09:00 - 10:00")
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


async def test_bad_input_says_what_to_do_and_nothing_is_changed(s):
    m = await recorded(s)
    for more, error, path in (
        ({"title": "Second workshop"}, InvalidValue, ()),
        ({}, InvalidValue, ()),
        ({"title": " "}, InvalidValue, ("title",)),
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
