"""No body is named, asked to endorse, or sent anything without its agreement; what was begun under one stands."""

import asyncio
from datetime import timedelta

import pytest

from forum.actions.call.issue_call import SectionAsked
from forum.actions.edition.open_edition import AnchorDate, TrackPlan
from forum.errors import AgreementMissing, AgreementStands, InvalidValue, NotFound, Refusal, WordNotAllowed, WrongState
from forum.store.tables import schema as t
from forum.store.unit import fresh
from tests.support.scene import DAY, ahead, scene


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        yield made


async def propose(s, by="secretariat", forum="gfmd", named="hlpf", purpose="convene", **more):
    given = {"forum": s.forums[forum], "named": s.forums[named], "purpose": purpose, **more}
    return (await s.do("propose_agreement", by, **given))["agreement"]


async def agree(s, by="secretariat.hlpf", **given):
    agreement = await propose(s, **given)
    await s.do("accept_agreement", by, agreement=agreement)
    return agreement


async def end_standing(s, named):
    """The other body ends what it agreed to from the beginning of the scene."""
    row = await s.row(t.agreement, asking_id=s.forums["gfmd"], named_id=s.forums[named])
    await s.do("end_agreement", f"secretariat.{named}", agreement=row["id"], reason="A new mandate.")


def opening(s, name="Next", **track):
    anchors = (AnchorDate("summit", ahead(s, 400)), AnchorDate("hlpf", ahead(s, 220)))
    tracks = (TrackPlan("main", "main", **track),)
    given = {"forum": s.forums["gfmd"], "name": name, "process": "gfmd", "zone": "UTC", "anchors": anchors}
    return {**given, "tracks": tracks}


# ---- what needs one
async def test_no_edition_runs_a_track_as_a_body_that_has_not_agreed(s):
    with pytest.raises(AgreementMissing, match="Hlpf has not agreed that this is done in its name") as refused:
        await s.do("open_edition", "secretariat", **opening(s, convened_as=s.forums["hlpf"]))
    assert refused.value.path == ("tracks", "0", "convenedAs")
    assert (refused.value.body_id, refused.value.purpose) == (s.forums["hlpf"], "CONVENE")
    assert "proposeAgreement" in refused.value.message
    agreement = await propose(s, edition="Next")
    with pytest.raises(AgreementMissing):  # asked is not agreed
        await s.do("open_edition", "secretariat", **opening(s, convened_as=s.forums["hlpf"]))
    await s.do("accept_agreement", "secretariat.hlpf", agreement=agreement)
    with pytest.raises(AgreementMissing):  # agreed for one edition is agreed for no other
        await s.do("open_edition", "secretariat", **opening(s, "Another", convened_as=s.forums["hlpf"]))
    await s.do("open_edition", "secretariat", **opening(s, convened_as=s.forums["hlpf"]))
    await s.do("open_edition", "secretariat", **opening(s, "Own", convened_as=s.forums["steering"]))


async def test_who_convenes_a_body_is_named_where_that_is(s):
    await end_standing(s, "rcp")
    track = (TrackPlan("regional_consultation", "joint", convened_as=s.forums["consultation"]),)
    with pytest.raises(AgreementMissing, match="Rcp has not agreed"):
        await s.do("open_edition", "secretariat", **{**opening(s), "tracks": track})
    clone = {"forum": s.forums["gfmd"], "like": s.editions["gfmd"], "name": "Next", "anchors": opening(s)["anchors"]}
    with pytest.raises(AgreementMissing, match="Rcp has not agreed"):
        await s.do("clone_edition", "secretariat", **clone)
    assert len(await s.rows(t.edition, forum_id=s.forums["gfmd"])) == 1


async def test_no_body_is_set_up_with_a_convenor_that_has_not_agreed(s):
    given = {"parent": s.forums["gfmd"], "slug": "joint", "name": "Joint", "kind": "working_group"}
    both = (s.forums["gfmd"], s.forums["hlpf"])
    with pytest.raises(AgreementMissing, match="Hlpf has not agreed") as refused:
        await s.do("establish_body", "secretariat", **given, convenors=both)
    assert refused.value.path == ("convenors",)
    assert await s.rows(t.forum, slug="joint") == []
    await agree(s)
    await s.do("establish_body", "secretariat", **given, convenors=both)


async def test_a_call_speaks_for_no_body_that_no_longer_agrees_and_what_was_begun_stands(s):
    section = (SectionAsked(code="a", prompt="What?", max_length=40),)
    given = {"track": s.tracks["regional"], "title": "Call", "text": "Send.", "zone": "UTC", "sections": section}
    given |= {"closes_at": s.now + 30 * DAY, "addressees": (s.organisations["kenya"],)}
    first = (await s.do("issue_call", "secretariat", **given))["call"]
    await end_standing(s, "rcp")
    with pytest.raises(AgreementMissing, match="Rcp has not agreed"):
        await s.do("issue_call", "secretariat", **given)
    await s.do("issue_call", "secretariat.rcp", **{**given, "title": "Again"})  # its own secretariat is its word
    assert (await s.row(t.call, id=first))["state"] == "open"
    text = {"title": "An input", "language": "en"}
    await s.do("save_contribution", "focal.kenya", call=first, **text)


async def closed_input(s):
    """The focused input, endorsed by the Steering Group."""
    await s.stage("focused", "drafting")
    document = await s.document("focused", "focused_input")
    await s.write(document, "Desks help.")
    await s.stage("focused", "no_objection")
    silence = (await s.do("start_silence", "secretariat", document=document, body=s.forums["steering"]))["silence"]
    await s.shift(timedelta(hours=73))
    assert await s.by_clock("close_silence", silence=silence)
    return document


async def test_nothing_is_sent_to_a_body_that_has_not_agreed_and_what_arrived_stands(s):
    document = await closed_input(s)
    sent = await s.do("transmit_document", "secretariat", document=document, to_track=s.tracks["hlpf"])
    await end_standing(s, "hlpf")
    again = fresh()
    row = await s.row(t.track, id=s.tracks["hlpf"])
    await s.add(t.track, {**row, "id": again, "name": "second"})
    with pytest.raises(AgreementMissing, match="Hlpf has not agreed that texts are sent to it") as refused:
        await s.do("transmit_document", "secretariat", document=document, to_track=again)
    assert refused.value.path == ("toTrack",)
    assert len(await s.rows(t.transmission, document_id=document)) == 1
    await s.do("receive_contribution", "secretariat.hlpf", contribution=sent["contribution"])
    await agree(s, purpose="receive", edition="gfmd 2020", track="focused")
    await s.do("transmit_document", "secretariat", document=document, to_track=again)


async def test_no_paper_says_that_a_body_endorsed_what_it_was_not_asked(s):
    given = {"track": s.tracks["hlpf"], "kind": "declaration", "title": "D", "symbol": "D/1", "language": "en"}
    await s.stage("hlpf", "drafting")
    document = (await s.do("draft_document", "secretariat.hlpf", **given))["document"]
    await s.do("write_paragraph", "secretariat.hlpf", document=document, text="We agree.")
    await s.stage("hlpf", "adoption")
    chair = {"organisation_id": s.organisations["desa"], "forum_id": s.forums["hlpf"], "office": "chair"}
    await s.add(t.mandate, {"id": fresh(), "starts_at": s.now - DAY, "accepted_at": s.now - DAY, **chair})
    with pytest.raises(AgreementMissing, match="Gfmd has not agreed that texts are put to it or endorsed") as refused:
        await s.do("endorse_document", "secretariat.hlpf", document=document, body=s.forums["gfmd"])
    assert refused.value.path == ("body",)
    assert (await s.row(t.document, id=document))["closing_words"] is None
    await s.do("endorse_document", "secretariat.hlpf", document=document)


async def test_a_convenors_own_body_is_asked_for_no_silence_without_its_word(s):
    council = fresh()
    row = {"slug": "council", "name": "Council", "layer": "regional", "kind": "steering_group", "power": "endorses"}
    await s.add(t.forum, {"id": council, "parent_id": s.forums["rcp"], **row})
    await s.add(t.convenor, {"id": fresh(), "forum_id": s.forums["gfmd"], "convened_by_id": s.forums["rcp"]})
    await s.stage("focused", "drafting")
    document = await s.document("focused", "focused_input")
    await s.write(document, "Desks help.")
    await s.stage("focused", "no_objection")
    with pytest.raises(AgreementMissing, match="Council has not agreed") as refused:
        await s.do("start_silence", "secretariat", document=document, body=council)
    assert refused.value.path == ("body",)
    s.forums["council"] = council
    # The council has no secretariat: that of the body which set it up speaks for it.
    await agree(s, by="secretariat.rcp", named="council", purpose="endorse")
    await s.do("start_silence", "secretariat", document=document, body=council)


# ---- its life
async def test_both_sides_are_told_and_the_record_says_who_and_when(s):
    agreement = await propose(s, edition=" Next ", track="main")
    await s.do("accept_agreement", "secretariat.hlpf", agreement=agreement)
    await s.do("end_agreement", "secretariat", agreement=agreement, reason=" Over. ")
    row = await s.row(t.agreement, id=agreement)
    who = (row["proposed_by_id"], row["answered_by_id"], row["ended_by_id"])
    assert who == (s.people["secretariat"], s.people["secretariat.hlpf"], s.people["secretariat"])
    assert (row["state"], row["reason"], row["edition_name"]) == ("ended", "Over.", "Next")
    assert row["proposed_at"] < row["answered_at"] < row["ended_at"]
    told = {n["words"]: n["person_id"] for n in await s.rows(t.notice, kind="agreement")}
    said = "Hlpf agrees, for Gfmd in Next (track main), that this is done in its name"
    assert told == {
        f"Proposed: {said}.": s.people["secretariat.hlpf"],
        f"Accepted: {said}.": s.people["secretariat"],
        f"Ended: {said}: Over.": s.people["secretariat.hlpf"],
    }
    history = {h["act"] for h in await s.rows(t.history, subject_id=agreement)}
    assert history == {"propose_agreement", "accept_agreement", "end_agreement"}


async def test_what_was_declined_may_be_asked_again_and_what_stands_may_not(s):
    agreement = await propose(s)
    for _ in range(2):
        with pytest.raises(AgreementStands) as refused:
            await propose(s)
        assert refused.value.agreement == agreement
        if (await s.row(t.agreement, id=agreement))["state"] == "proposed":
            await s.do("accept_agreement", "secretariat.hlpf", agreement=agreement)
    for act in ("accept_agreement", "decline_agreement"):
        with pytest.raises(WrongState):
            await s.do(act, "secretariat.hlpf", agreement=agreement)
    await s.do("end_agreement", "secretariat.hlpf", agreement=agreement, reason="Over.")
    again = await propose(s)
    await s.do("decline_agreement", "secretariat.hlpf", agreement=again, reason="Not now.")
    assert (await s.row(t.agreement, id=again))["reason"] == "Not now."
    await propose(s)
    await propose(s, edition="Next")  # another scope is another agreement


async def test_of_two_that_ask_the_same_at_once_one_is_told_that_it_stands(s):
    answers = await asyncio.gather(propose(s), propose(s), return_exceptions=True)
    assert sorted(type(answer).__name__ for answer in answers) == ["AgreementStands", "UUID"]
    assert len(await s.rows(t.agreement, named_id=s.forums["hlpf"], purpose="convene")) == 1


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        (lambda s: {"named": fresh()}, NotFound),
        (lambda s: {"named": s.forums["gfmd"]}, InvalidValue),
        (lambda s: {"named": s.forums["steering"]}, InvalidValue),
        (lambda s: {"purpose": "everything"}, WordNotAllowed),
        (lambda s: {"track": "main"}, InvalidValue),
    ],
)
async def test_what_cannot_be_asked(s, given, refusal):
    base = {"forum": s.forums["gfmd"], "named": s.forums["hlpf"], "purpose": "convene"}
    with pytest.raises(refusal):
        await s.do("propose_agreement", "secretariat", **{**base, **given(s)})
    with pytest.raises(Refusal):
        await s.do("end_agreement", "secretariat", agreement=await propose(s), reason="  ")
