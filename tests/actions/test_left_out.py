"""On a change, what is left out stays: of every command whose fields are written on a change."""

import dataclasses

import pytest

from forum import errors
from forum.actions.contribution.parts import PracticeText, SectionText
from forum.actions.core.catalogue import CATALOGUE
from forum.store.tables import schema as t
from forum.store.unit import begin, fresh
from tests.support.scene import DAY, scene

# Commands that may be about something that stands already, and so write a change. Of these, no field has a default that
# would be written over what stands: what is left out is None, or says only for this once how the act is done.
CHANGING = (
    "save_contribution", "set_clearance_rule", "revise_paragraph", "change_seat", "extend_body", "decline_call",
    "record_disposition", "extend_window", "move_anchor", "place_reservation", "answer_objection",
)  # fmt: skip
FOR_THIS_ONCE = {"put_back", "open_ended", "and_following", "confirm"}


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        yield made


@pytest.mark.parametrize("act", CHANGING)
def test_no_default_is_written_over_what_stands(act):
    written = {
        field.name
        for field in dataclasses.fields(CATALOGUE[act].command)
        if field.default not in (dataclasses.MISSING, None)
    }
    assert written <= FOR_THIS_ONCE


async def test_a_save_of_the_title_alone_changes_the_title_alone(s):
    practice = PracticeText(name="Desk", sdg="10.7", place="Nairobi", aim="Register")
    whole = {
        "title": "Ours", "language": "en", "visibility": "secretariat", "attribution": "none", "practices": (practice,),
        "sections": (SectionText(code="a", text="Desks near markets help."),), "targets": ("10.2",),
        "objectives": ("6",),
    }  # fmt: skip
    id_ = (await s.do("save_contribution", "rep.network", call=s.call, **whole))["contribution"]
    before = await s.row(t.contribution, id=id_)
    parts = [await s.rows(table, contribution_id=id_) for table in (t.contribution_section, t.practice, t.tag)]
    given = {"contribution": id_, "language": "en", "expected_revision": 1}
    await s.do("save_contribution", "rep.network", **given, title="Ours, once more")
    after = await s.row(t.contribution, id=id_)
    assert {name for name in after if after[name] != before[name]} == {"title", "revision"}
    assert parts == [await s.rows(table, contribution_id=id_) for table in (t.contribution_section, t.practice, t.tag)]
    # An empty list takes away, and one scheme of codes leaves the others.
    given |= {"expected_revision": 2, "title": "Ours"}
    await s.do("save_contribution", "rep.network", **given, practices=(), targets=())
    assert await s.rows(t.practice, contribution_id=id_) == []
    assert [tag["scheme"] for tag in await s.rows(t.tag, contribution_id=id_)] == ["gcm"]
    assert len(await s.rows(t.contribution_section, contribution_id=id_)) == 1


async def test_a_collective_input_stays_one(s):
    given = {"title": "Together", "language": "en"}
    id_ = (await s.do("save_contribution", "coordinator", call=s.call, **given, collective=True))["contribution"]
    await s.do("save_contribution", "coordinator", contribution=id_, expected_revision=1, **given)
    row = await s.row(t.contribution, id=id_)
    assert (row["kind"], row["attribution"], row["named_mechanism"]) == ("collective", "mechanism", "civil_society")


async def test_an_answer_given_anew_keeps_its_reason_and_its_paragraph(s):
    id_ = await s.input()
    await s.stage("main", "drafting")
    document = await s.document("main", "consolidated_report")
    paragraph = await s.write(document, "Desks help.")
    given = {"document": document, "subject": f"Contribution:{id_}"}
    await s.do("record_disposition", "penholder", **given, word="taken_up", reason="Good.", paragraph=paragraph)
    await s.do("record_disposition", "penholder", **given, word="taken_up_in_part")
    row = await s.row(t.disposition)
    assert (row["word"], row["reason"], row["paragraph_id"]) == ("taken_up_in_part", "Good.", paragraph)
    await s.do("record_disposition", "penholder", **given, word="noted", reason="")
    row = await s.row(t.disposition)
    assert (row["word"], row["reason"], row["paragraph_id"]) == ("noted", None, None)
    with pytest.raises(errors.InvalidValue):  # nothing stands any more that could stay
        await s.do("record_disposition", "penholder", **given, word="taken_up")


async def test_a_call_declined_again_keeps_the_reason(s):
    await s.do("decline_call", "focal.nepal", call=s.call, reason="An election.")
    await s.do("decline_call", "focal.nepal", call=s.call)
    row = await s.row(t.addressee, call_id=s.call, organisation_id=s.organisations["nepal"])
    assert row["reason"] == "An election."


async def test_a_clearance_rule_keeps_what_is_left_out(s):
    organisation = s.organisations["kenya"]
    role = {"person_id": s.people["delegate.kenya"], "organisation_id": organisation, "role": "administrator"}
    begun = {"starts_at": s.now - DAY, "accepted_at": s.now - DAY, "given_by": "operator"}
    await s.add(t.mandate, {"id": fresh(), **role, **begun})
    given = {"organisation": organisation}
    roles = ("national_focal_point",)
    await s.do("set_clearance_rule", "delegate.kenya", **given, people=1, roles=roles, subjects=("comment",))
    await s.do("set_clearance_rule", "delegate.kenya", **given, people=2)
    [rule] = [row for row in await _rules(s, organisation) if row["ended_at"] is None]
    assert (rule["people"], tuple(rule["roles"]), tuple(rule["subjects"])) == (2, roles, ("comment",))
    await s.do("set_clearance_rule", "delegate.kenya", **given, people=0, roles=())
    assert all(row["ended_at"] for row in await _rules(s, organisation))


async def _rules(s, organisation):
    async with begin(s.engine) as unit:
        await unit.claim({"forum.organisations": str(organisation), "forum.coordinates": "", "forum.teams": ""})
        return await unit.rows(t.clearance_rule, "set_at")


async def test_new_terms_end_when_those_before_did_unless_they_are_opened(s):
    given = {"parent": s.forums["gfmd"], "body": s.forums["consultation"], "text": "More.", "reason": "The chair."}
    ends = s.now + 100 * DAY
    await s.do("extend_body", "secretariat", **given, starts_at=s.now + DAY, ends_at=ends)
    await s.do("extend_body", "secretariat", **given, starts_at=s.now + 2 * DAY)
    await s.do("extend_body", "secretariat", **given, starts_at=s.now + 3 * DAY, open_ended=True)
    terms = sorted(await s.rows(t.terms_of_reference), key=lambda row: row["starts_at"])
    assert [row["ends_at"] for row in terms] == [ends, ends, None]
    with pytest.raises(errors.InvalidValue):
        await s.do("extend_body", "secretariat", **given, starts_at=s.now + 4 * DAY, ends_at=ends, open_ended=True)
