"""What opens and furnishes a cycle: editions, stages, calls, mandates, bodies."""

import datetime as dt
import uuid

import pytest

from forum.actions.call.issue_call import SectionAsked
from forum.actions.edition.open_edition import AnchorDate, ThemePlan, TrackPlan
from forum.errors import (
    InvalidValue,
    NotFound,
    NotInThisProcess,
    ProcessNotAdopted,
    RoleNotAllowed,
    UnknownCode,
    WordNotAllowed,
)
from forum.store.tables import schema as t
from tests.support.scene import DAY, ahead, scene

ZONE = "Europe/Zurich"


def _dates(s):
    return (AnchorDate("summit", ahead(s, 300)), AnchorDate("hlpf", ahead(s, 120)))


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        yield made


async def test_an_edition_is_pinned_to_the_text_of_its_process_with_its_tracks_and_themes(s):
    plan = TrackPlan(
        definition="regional_consultation", name="africa", convened_as=s.forums["consultation"], themes=("skills",)
    )
    ids = await s.do(
        "open_edition", "secretariat", forum=s.forums["gfmd"], name="Next year", process="gfmd", zone=ZONE,
        anchors=_dates(s),
        themes=(ThemePlan("skills", "Skills"), ThemePlan("gaps", "Gaps")), tracks=(TrackPlan("main", "main"), plan),
    )  # fmt: skip
    edition = await s.row(t.edition, id=ids["edition"])
    pinned = await s.row(t.process_definition, id=edition["process_id"])
    assert (pinned["name"], edition["state"]) == ("gfmd", "running")
    tracks = {r["name"]: r for r in await s.rows(t.track, edition_id=ids["edition"])}
    assert tracks["main"]["stage"] == "preparation"
    assert tracks["africa"]["convened_as_id"] == s.forums["consultation"]
    assert len(await s.rows(t.track_theme, track_id=tracks["africa"]["id"])) == 1


async def test_an_edition_with_no_plan_runs_every_track_of_its_process_once(s):
    ids = await s.do(
        "open_edition", "secretariat", forum=s.forums["gfmd"], name="All", process="gfmd", zone=ZONE, anchors=_dates(s)
    )
    names = {r["name"] for r in await s.rows(t.track, edition_id=ids["edition"])}
    assert names == {"main", "focused_input", "regional_consultation"}


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"process": "unheard_of"}, ProcessNotAdopted),
        ({"zone": "Mars/Olympus"}, UnknownCode),
        ({"tracks": (TrackPlan("nowhere", "x"),)}, WordNotAllowed),
        ({"tracks": (TrackPlan("main", "x", themes=("none",)),)}, WordNotAllowed),
    ],
)
async def test_an_edition_that_cannot_run_is_refused(s, wrong, refusal):
    given = {"forum": s.forums["gfmd"], "name": "Wrong", "process": "gfmd", "zone": ZONE, "anchors": _dates(s), **wrong}
    with pytest.raises(refusal):
        await s.do("open_edition", "secretariat", **given)
    assert not await s.rows(t.edition, name="Wrong")


async def test_a_past_edition_is_recorded_and_cannot_be_run(s):
    ids = await s.do("record_edition", "secretariat", forum=s.forums["gfmd"], name="The first")
    row = await s.row(t.edition, id=ids["edition"])
    assert (row["state"], row["process_id"]) == ("recorded", None)
    with pytest.raises(InvalidValue):
        await s.do("record_edition", "secretariat", forum=s.forums["gfmd"], name="The first")


async def test_a_body_is_established_with_convenors_by_the_office_alone(s):
    given = {"parent": s.forums["gfmd"], "slug": "data-group", "name": "Group on data", "kind": "working_group"}
    with pytest.raises(RoleNotAllowed):
        await s.do("establish_body", "focal.kenya", **given)
    ids = await s.do("establish_body", "secretariat", **given, convenors=(s.forums["gfmd"], s.forums["rcp"]))
    body = await s.row(t.forum, id=ids["forum"])
    assert (body["layer"], body["parent_id"]) == ("gfmd", s.forums["gfmd"])
    assert {r["convened_by_id"] for r in await s.rows(t.convenor, forum_id=ids["forum"])} == {
        s.forums["gfmd"],
        s.forums["rcp"],
    }
    with pytest.raises(InvalidValue):
        await s.do("establish_body", "secretariat", **given)


async def test_a_mandate_is_granted_and_ends_at_the_instant(s):
    ids = await s.do(
        "grant_mandate", "secretariat", forum=s.forums["gfmd"], organisation=s.organisations["ecuador"],
        starts_at=s.now - DAY,
        role="penholder", subject="second.penholder", name="A second penholder",
    )  # fmt: skip
    document = await s.document("main", "consolidated_report") if await _at_drafting(s) else None
    await s.do("write_paragraph", "second.penholder", document=document, text="Written under the new mandate.")
    with pytest.raises(InvalidValue):
        await s.do("end_mandate", "secretariat", mandate=ids["mandate"], ends_at=s.now - DAY, reason="Moved on.")
    await s.do("end_mandate", "secretariat", mandate=ids["mandate"], ends_at=s.now + DAY, reason="Moved on.")
    await s.shift(2 * DAY)
    with pytest.raises(Exception, match="mandate"):
        await s.do("write_paragraph", "second.penholder", document=document, text="Too late.")


async def _at_drafting(s):
    await s.stage("main", "drafting")
    return True


@pytest.mark.parametrize(
    "wrong",
    [{}, {"office": "chair", "role": "penholder", "subject": "x"}, {"role": "penholder"}, {"office": "king"}],
)
async def test_a_mandate_is_an_office_or_a_role_and_never_both(s, wrong):
    given = {"forum": s.forums["gfmd"], "organisation": s.organisations["kenya"], "starts_at": s.now}
    with pytest.raises((InvalidValue, WordNotAllowed)):
        await s.do("grant_mandate", "secretariat", **given, **wrong)


async def test_a_track_moves_only_where_the_process_lets_it(s):
    with pytest.raises(WordNotAllowed):
        await s.do("advance_stage", "secretariat", track=s.tracks["main"], to="closed")
    with pytest.raises(RoleNotAllowed):
        await s.do("advance_stage", "penholder", track=s.tracks["main"], to="call")


async def test_a_call_addresses_participations_and_further_organisations(s):
    await s.stage("main", "call")
    asked = (SectionAsked(code="a", prompt="What works?"),)
    given = {"track": s.tracks["main"], "title": "A call", "text": "Please write.", "zone": ZONE, "sections": asked}
    ids = await s.do(
        "issue_call", "secretariat", **given, closes_at=s.now + 9 * DAY, statuses=("member",),
        addressees=(s.organisations["stranger"],),
    )  # fmt: skip
    names = {r["organisation_id"] for r in await s.rows(t.addressee, call_id=ids["call"])}
    assert names == {s.organisations[o] for o in ("ecuador", "kenya", "nepal", "stranger")}
    for wrong in (
        {"closes_at": s.now - DAY},
        {"closes_at": s.now + DAY, "sections": ()},
        {"closes_at": s.now + DAY, "sections": asked * 2},
    ):
        with pytest.raises(InvalidValue):
            await s.do("issue_call", "secretariat", **{**given, **wrong})


async def test_no_input_this_time_is_an_answer_and_an_input_may_follow(s):
    await s.do("decline_call", "focal.kenya", call=s.call, reason="A small mission.")
    mine = {"call_id": s.call, "organisation_id": s.organisations["kenya"]}
    assert (await s.row(t.addressee, **mine))["answer"] == "no_input_this_time"
    await s.input("focal.kenya")
    assert (await s.row(t.addressee, **mine))["answer"] == "sent"
    with pytest.raises((NotFound, RoleNotAllowed)):
        await s.do("decline_call", "rep.stranger", call=s.call)


async def test_an_act_on_an_edition_that_is_not_run_is_refused(s):
    ids = await s.do("record_edition", "secretariat", forum=s.forums["gfmd"], name="Long ago")
    track = uuid.uuid4()
    await s.add(
        t.track,
        {"id": track, "edition_id": ids["edition"], "name": "main", "title": "Main", "definition": "nowhere",
         "stage": "call", "stage_since": s.now - dt.timedelta(days=900)},
    )  # fmt: skip
    with pytest.raises(NotInThisProcess):
        await s.do("advance_stage", "secretariat", track=track, to="drafting")
