"""After the deadline: the grace of a stage, a permit by name; and which convenor may."""

import datetime as dt

import pytest

from forum.actions.contribution.parts import SectionText
from forum.actions.core.possible import possible
from forum.errors import DeadlinePassed, NotAtThisStage, NotFound, RoleNotAllowed
from forum.store.tables import schema as t
from forum.store.unit import fresh
from tests.support.actions.running_edition import Running, running
from tests.support.scene import DAY

TEXT = (SectionText(code="a", text="Desks near markets help."),)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
async def e(database):
    async with running(database.app_url) as made:
        yield made


async def _open(e: Running):
    return await e.call(opens_at=dt.datetime.now(dt.UTC) - DAY)


async def _handed_in(e: Running, call, by: str = "rep.network"):
    ids = await e.s.do("save_contribution", by, call=call, title="T", language="en", sections=TEXT)
    await e.s.do("release_contribution", by, **ids, expected_revision=1)
    await e.s.do("submit_contribution", by, **ids)
    return await e.s.row(t.contribution, id=ids["contribution"])


async def test_within_the_grace_an_input_is_taken_and_marked_late(e: Running):
    call = await _open(e)
    await e.to(e.before(80) - MINUTE)
    assert not (await _handed_in(e, call))["late"]
    await e.to(e.before(80))
    assert (await e.s.row(t.call, id=call))["state"] == "open"
    assert (await e.stage())[0] == "call"
    late = await _handed_in(e, call, "rep.quito")
    assert late["late"]
    await e.s.do("withdraw_contribution", "rep.quito", contribution=late["id"])
    assert not (await e.s.row(t.contribution, title="T", named_organisation_id=e.s.organisations["network"]))["late"]
    await e.to(e.before(78))
    row = await e.s.row(t.call, id=call)
    assert (row["state"], row["closed_at"], row["closes_at"]) == ("closed", e.before(78), e.before(80))
    with pytest.raises(DeadlinePassed) as caught:
        await _handed_in(e, call, "focal.kenya")
    assert caught.value.deadline == e.before(80)  # the deadline people were told


async def _permitted(e: Running, call, organisation: str, until: dt.datetime):
    row = {"id": fresh(), "call_id": call, "organisation_id": e.s.organisations[organisation], "until": until}
    await e.s.add(t.late_permit, {**row, "reason": "The line was down.", "given_at": e.before(78)})


async def test_a_permit_is_for_one_organisation_until_an_instant_at_whatever_stage(e: Running):
    call = await _open(e)
    draft = await e.s.do("save_contribution", "rep.quito", call=call, title="Q", language="en", sections=TEXT)
    await e.to(e.before(78))
    await e.s.stage_of(e.tracks["main"], "consultation", e.before(78))
    await _permitted(e, call, "network", e.before(70))
    assert (await _handed_in(e, call))["late"]
    for refused in ("rep.quito", "focal.kenya"):
        with pytest.raises(DeadlinePassed):
            await e.s.do("save_contribution", refused, call=call, title="T", language="en")
    with pytest.raises(DeadlinePassed):
        await e.s.do("release_contribution", "rep.quito", **draft, expected_revision=1)
    with pytest.raises((NotFound, DeadlinePassed)):
        await e.s.do("release_contribution", "rep.network", **draft, expected_revision=1)
    await _permitted(e, call, "stranger", e.before(70))
    with pytest.raises(RoleNotAllowed):  # a permit gives time, not a role
        await e.s.do("save_contribution", "rep.stranger", call=call, title="T", language="en")
    await e.to(e.before(70))
    with pytest.raises(DeadlinePassed):
        await _handed_in(e, call)


async def test_one_who_acts_for_two_uses_no_permit_for_the_other(e: Running):
    """The person speaks for a permitted organisation and for another whose draft she sees: under either mandate the
    draft stays late."""
    call = await _open(e)
    draft = await e.s.do("save_contribution", "rep.quito", call=call, title="Q", language="en", sections=TEXT)
    given = {
        "office": None,
        "edition_id": None,
        "track_id": None,
        "forum_id": None,
        "mechanism_code": None,
        "ends_at": None,
    }
    person, both = e.s.people["rep.quito"], fresh()
    row = {"id": both, "person_id": person, "role": "representative", "organisation_id": e.s.organisations["network"]}
    await e.s.add(t.mandate, {**row, **given, "starts_at": e.before(200), "accepted_at": e.before(200)})
    await e.to(e.before(78))
    await _permitted(e, call, "network", e.before(70))
    for mandate in (both, e.s.mandates["rep.quito"]):
        with pytest.raises(DeadlinePassed):
            await e.s.do("release_contribution", "rep.quito", **draft, expected_revision=1, acting_as=mandate)


async def test_where_one_convenor_leads_the_other_is_told_so(e: Running):
    track = e.tracks["consultation"]
    with pytest.raises(RoleNotAllowed) as caught:
        await e.s.do("advance_stage", "secretariat", track=track, to="closed")
    assert any("regional" in role for role in caught.value.roles)
    await e.s.do("advance_stage", "secretariat.rcp", track=track, to="closed")
    assert (await e.stage("consultation"))[0] == "closed"


# ---- from when
async def _from(e: Running, subject: str, kind: str, id_, act: str):
    [found] = [a for a in await possible(e.s.runner, subject, kind, id_) if a.act == act]
    return found


async def test_an_act_of_a_stage_to_come_names_the_instant_it_opens(e: Running):
    await e.call()
    soon = await _from(e, "penholder", "track", e.tracks["main"], "draft_document")
    assert isinstance(soon.because, NotAtThisStage)
    assert soon.possible_from == e.before(78)  # drafting is planned to open then
    by_clock = await _from(e, "secretariat", "track", e.tracks["dialogue"], "record_meeting")
    assert by_clock.possible_from == e.summit  # when the main track is planned to be closed
    call = await e.s.row(t.call, edition_id=e.edition)
    own = await _from(e, "rep.network", "call", call["id"], "save_contribution")
    assert own.possible_from == e.before(90)
    other = await _from(e, "penholder", "call", call["id"], "save_contribution")
    assert (other.yes, other.possible_from) == (False, None)  # never, for a penholder
    await e.to(e.before(-41))
    over = await _from(e, "penholder", "track", e.tracks["main"], "draft_document")
    assert (over.because.code, over.possible_from) == ("WRONG_STATE", None)
