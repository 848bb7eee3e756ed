"""Deeds on inputs, through the runner on a real database: drafts, releases, receipts, deadlines, retries, silence about
authors."""

import asyncio
import json
import re
import uuid
from datetime import timedelta
from typing import Any

import pytest

from forum import errors
from forum.actions.contribution.parts import PracticeText, SectionText
from forum.actions.core.catalogue import CATALOGUE
from forum.actions.core.runner import ActRequest
from forum.domain.snapshot import fits
from forum.store.tables import schema as t
from forum.store.unit import begin
from tests.support.round_trips import round_trips
from tests.support.scene import SECTIONS, scene

MOST_ROUND_TRIPS = 18  # of an input that is handed in, BEGIN and COMMIT among them
TEXT = "Local registration desks work well here."


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        yield made


def draft(text=TEXT, **more):
    sections = (SectionText(code="a", text=text),)
    return {"title": "Our input", "language": "en", "sections": sections, **more}


async def released(s, subject="delegate.kenya", releaser="focal.kenya", **more):
    ids = await s.do("save_contribution", subject, call=s.call, **draft(**more))
    await s.do("release_contribution", releaser, contribution=ids["contribution"], expected_revision=1)
    return ids["contribution"]


async def whole(s, table):
    """Rows as they are, past row-level security: as whoever wrote them."""
    async with begin(s.engine) as unit:
        every = ",".join(map(str, s.organisations.values()))
        await unit.claim({"forum.organisations": every, "forum.coordinates": "civil_society", "forum.teams": ""})
        return await unit.rows(table, "written_at")


async def test_save_release_submit_and_a_receipt(s):
    practice = PracticeText(name="Desk", sdg="10.7 & 8.8", place="Nairobi", aim="Register", dates="2018 - 2021")
    id_ = await released(s, practices=(practice,), targets=("10.7",), objectives=("6",))
    assert (await s.row(t.contribution, id=id_))["state"] == "released"
    await s.do("submit_contribution", "delegate.kenya", contribution=id_)
    row = await s.row(t.contribution, id=id_)
    assert row["state"] == "submitted"
    assert re.fullmatch(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){2}", row["receipt_number"])
    assert row["submitted_at"] >= s.now
    kept = await s.row(t.snapshot, subject_id=id_)
    assert row["receipt_hash"] == kept["hash"]
    assert fits(json.loads(kept["content"]), bytes(kept["salt"]), kept["hash"])
    assert "Kenya" not in kept["content"]
    content = json.loads(kept["content"])
    for name, table in (("practices", t.practice), ("sections", t.contribution_section)):
        rows = await s.rows(table, contribution_id=id_)
        assert content[name] == [{key: row[key] for key in content[name][0]} for row in rows]
    assert content["tags"] == ["gcm:gcm-6", "sdg:10.7", "sdg:8.8"]
    assert (await s.row(t.addressee, organisation_id=s.organisations["kenya"]))["answer"] == "sent"
    assert {(r["scheme"], r["code"], r["practice_id"] is None) for r in await s.rows(t.tag, contribution_id=id_)} == {
        ("sdg", "10.7", True), ("gcm", "gcm-6", True), ("sdg", "10.7", False), ("sdg", "8.8", False),
    }  # fmt: skip
    acts = {r["act"]: r for r in await s.rows(t.history, subject_id=id_)}
    assert set(acts) == {"save_contribution", "release_contribution", "submit_contribution"}
    assert acts["submit_contribution"]["actor_id"] == s.people["delegate.kenya"]
    [mine] = [r for r in await whole(s, t.authorship) if r["subject_id"] == id_]
    assert (mine["author_kind"], mine["released_by_id"]) == ("state", s.people["focal.kenya"])


async def test_an_input_is_handed_in_within_so_many_round_trips(s):
    id_ = await released(s)
    with round_trips(s.engine) as sent:
        await s.do("submit_contribution", "delegate.kenya", contribution=id_)
    assert (sent[0], sent.count("COMMIT")) == ("BEGIN", 1)
    assert len(sent) <= MOST_ROUND_TRIPS, sent


async def test_only_the_right_one_releases(s):
    ids = await s.do("save_contribution", "delegate.kenya", call=s.call, **draft())
    release = {"contribution": ids["contribution"], "expected_revision": 1}
    with pytest.raises(errors.RoleNotAllowed) as refused:
        await s.do("release_contribution", "delegate.kenya", **release)
    assert refused.value.roles == ("national_focal_point (member or observer)",)
    await s.do("release_contribution", "focal.kenya", **release)


async def test_an_organisation_releases_for_itself_and_a_coordinator_what_is_collective(s):
    await released(s, "rep.network", "rep.network")
    own = await s.do("save_contribution", "coordinator", call=s.call, **draft(collective=True))
    row = await s.row(t.contribution, id=own["contribution"])
    assert (row["kind"], row["attribution"], row["label"]) == ("collective", "mechanism", "Civil Society")
    await s.do("release_contribution", "coordinator", contribution=own["contribution"], expected_revision=1)
    with pytest.raises(errors.RoleNotAllowed):
        await s.do("save_contribution", "rep.network", call=s.call, **draft(collective=True))


async def test_a_change_voids_the_release(s):
    id_ = await released(s)
    again = draft("Local registration desks work even better now.", contribution=id_, expected_revision=1)
    await s.do("save_contribution", "delegate.kenya", **again)
    row = await s.row(t.contribution, id=id_)
    assert (row["state"], row["revision"], row["released_revision"]) == ("draft", 2, None)
    with pytest.raises(errors.WrongState):
        await s.do("submit_contribution", "delegate.kenya", contribution=id_)


async def test_a_stale_revision_shows_the_current_text(s):
    id_ = await released(s)
    with pytest.raises(errors.StaleRevision) as refused:
        await s.do(
            "save_contribution",
            "delegate.kenya",
            **draft("Another text altogether.", contribution=id_, expected_revision=9),
        )
    assert (refused.value.current, refused.value.current_text) == (1, TEXT)
    with pytest.raises(errors.InvalidValue, match="it is at revision 1 now"):
        await s.do("save_contribution", "delegate.kenya", **draft("Another text altogether.", contribution=id_))
    assert refused.value.path == ("expectedRevision",)


async def test_the_deadline_is_one_for_each_act(s):
    id_ = await released(s)
    await s.shift(timedelta(days=2, seconds=1))
    late = [
        ("submit_contribution", {"contribution": id_}),
        ("save_contribution", draft(call=s.call)),
        ("save_contribution", draft(contribution=id_, expected_revision=1)),
        ("withdraw_contribution", {"contribution": id_}),
        ("decline_call", {"call": s.call}),
    ]
    for act, fields in late:
        with pytest.raises(errors.DeadlinePassed) as refused:
            await s.do(act, "delegate.kenya", **fields)
        assert refused.value.deadline == s.now + timedelta(days=2)
        assert refused.value.server_time > refused.value.deadline
    assert (await s.row(t.contribution, id=id_))["state"] == "released"


async def test_a_latecomer_is_told_of_the_deadline_after_the_stage_has_moved(s):
    id_ = await released(s)
    await s.shift(timedelta(days=2, seconds=1))
    assert await s.by_clock("close_call", call=s.call)
    assert not await s.by_clock("close_call", call=s.call)
    assert (await s.row(t.track, id=s.tracks["main"]))["stage"] == "drafting"
    with pytest.raises(errors.DeadlinePassed):
        await s.do("submit_contribution", "delegate.kenya", contribution=id_)


async def test_a_retry_is_the_same_submission(s):
    key = uuid.uuid4()
    first = await s.do("save_contribution", "delegate.kenya", key=key, call=s.call, **draft())
    again = await asyncio.gather(
        *(s.do("save_contribution", "delegate.kenya", key=key, call=s.call, **draft()) for _ in range(5))
    )
    assert all(ids == first for ids in again)
    assert len(await s.rows(t.contribution)) == 1
    with pytest.raises(errors.KeyReused):
        await s.do("save_contribution", "delegate.kenya", key=key, call=s.call, **draft("Three other words."))


async def test_many_at_once_under_one_key_make_one(s):
    key = uuid.uuid4()
    same = [s.do("save_contribution", "delegate.kenya", key=key, call=s.call, **draft()) for _ in range(6)]
    ids = await asyncio.gather(*same)
    assert len({i["contribution"] for i in ids}) == 1
    assert len(await s.rows(t.contribution)) == 1


async def test_a_refusal_leaves_no_key(s):
    key = uuid.uuid4()
    with pytest.raises(errors.LanguageNotAccepted):
        await s.do("save_contribution", "delegate.kenya", key=key, call=s.call, **draft(language="ru"))
    assert await s.rows(t.request_key) == []
    await s.do("save_contribution", "delegate.kenya", key=key, call=s.call, **draft())


async def test_a_creating_act_asks_for_a_key(s):
    act = CATALOGUE["save_contribution"]
    command: Any = act.command
    asked = ActRequest(act, command(call=s.call, **draft()), "delegate.kenya")
    with pytest.raises(errors.InvalidValue) as refused:
        await s.runner.perform(asked, None)
    assert refused.value.path == ("idempotencyKey",)


async def test_a_non_attributed_input_holds_nothing_to_leak(s):
    id_ = await released(s, attribution="none")
    await s.do("submit_contribution", "delegate.kenya", contribution=id_)
    row = await s.row(t.contribution, id=id_)
    named = (row["named_organisation_id"], row["named_mechanism"], row["submitted_at"])
    assert named == (None, None, None)
    assert row["label"] == "A participant"
    lines = await s.rows(t.history, subject_id=id_)
    assert len(lines) == 3
    assert {(h["actor_id"], h["mandate_id"], h["at"]) for h in lines} == {(None, None, None)}
    assert all(h["id"].version == 4 for h in lines)
    kenya = str(s.organisations["kenya"])
    assert all(kenya not in h["detail"] for h in lines)
    assert (await s.row(t.addressee, organisation_id=s.organisations["kenya"]))["answer"] == "none_yet"
    async with begin(s.engine) as unit:
        assert await unit.rows(t.authorship, "written_at") == []  # nobody's claims: nobody's authorship
    mine = [r for r in await whole(s, t.authorship) if r["subject_kind"] == "history"]
    assert {r["organisation_id"] for r in mine} == {s.organisations["kenya"]}


async def test_to_another_organisation_a_draft_does_not_exist(s):
    id_ = await released(s)
    tries = [
        ("save_contribution", draft(contribution=id_, expected_revision=1)),
        ("release_contribution", {"contribution": id_, "expected_revision": 1}),
        ("submit_contribution", {"contribution": id_}),
        ("withdraw_contribution", {"contribution": id_}),
    ]
    for act, fields in tries:
        with pytest.raises(errors.NotFound):
            await s.do(act, "focal.nepal", **fields)
    with pytest.raises(errors.RoleNotAllowed):
        await s.do("save_contribution", "rep.stranger", call=s.call, **draft())


async def test_one_mandate_does_not_write_into_another_ones_draft(s):
    id_ = await released(s)
    both = {
        "id": uuid.uuid4(),
        "person_id": s.people["delegate.kenya"],
        "organisation_id": s.organisations["nepal"],
        "role": "delegate",
    }
    async with begin(s.engine) as unit:
        since = s.now - timedelta(days=1)
        await unit.add(t.mandate, {**both, "starts_at": since, "accepted_at": since})
        await unit.connection.commit()
    change = draft("Nepal's words in Kenya's input.", contribution=id_, expected_revision=1)
    with pytest.raises(errors.ChooseMandate):
        await s.do("save_contribution", "delegate.kenya", **change)
    with pytest.raises(errors.NotFound):
        await s.do("save_contribution", "delegate.kenya", acting_as=both["id"], **change)
    await s.do("save_contribution", "delegate.kenya", acting_as=s.mandates["delegate.kenya"], **change)


async def test_who_has_nothing_in_force_is_told_how_it_stands_and_whom_to_ask(s):
    with pytest.raises(errors.NothingInForce) as refused:
        await s.do("decline_call", await _newcomer(s), call=s.call)
    assert (refused.value.mandates, refused.value.how[:27]) == ((), "None was given to you yet. ")
    waits = await _newcomer(s, proposed_at=s.now)
    with pytest.raises(errors.NothingInForce) as refused:
        await s.do("decline_call", waits, call=s.call)
    [line] = refused.value.mandates
    assert line.endswith("(delegate, Nepal) waits to be accepted")
    assert refused.value.how == f"{line}. Ask the administrator of Nepal to accept it (acceptMandate)."
    ended = await _newcomer(s, accepted_at=s.now - timedelta(days=2), ends_at=s.now - timedelta(hours=1))
    with pytest.raises(errors.NothingInForce) as refused:
        await s.do("decline_call", ended, acting_as=uuid.uuid4(), call=s.call)
    assert "(delegate, Nepal) ended on" in refused.value.message
    assert "nameRepresentative" in refused.value.how


async def _newcomer(s, **mandate):
    """The subject of a person who has no mandate, or this one."""
    id_, subject = uuid.uuid4(), uuid.uuid4().hex
    await s.add(t.person, {"id": id_, "subject": subject, "name": "Somebody new"})
    if mandate:
        theirs = {"person_id": id_, "organisation_id": s.organisations["nepal"], "role": "delegate"}
        await s.add(t.mandate, {"id": uuid.uuid4(), "starts_at": s.now - timedelta(days=3), **theirs, **mandate})
    return subject


async def test_lengths_are_asked_for_at_the_release(s):
    short = await s.do("save_contribution", "focal.kenya", call=s.call, **draft("Two words"))
    long = await s.do("save_contribution", "focal.kenya", call=s.call, **draft("word " * (SECTIONS[0][3] + 1)))
    empty = await s.do("save_contribution", "focal.kenya", call=s.call, **draft(" "))
    refusals: list[tuple[dict[str, uuid.UUID], type[errors.Refusal]]] = [
        (short, errors.TextTooShort),
        (long, errors.TextTooLong),
        (empty, errors.SectionMissing),
    ]
    for ids, refusal in refusals:
        with pytest.raises(refusal) as refused:
            await s.do("release_contribution", "focal.kenya", contribution=ids["contribution"], expected_revision=1)
        assert refused.value.path[:2] == ("sections", "a")


@pytest.mark.parametrize("text", ["half \ud800 a character", "a NUL \x00"])
async def test_what_cannot_be_kept_is_refused_in_words(s, text):
    with pytest.raises(errors.InvalidValue):
        await s.do("save_contribution", "focal.kenya", call=s.call, **draft(text))


async def test_withdrawn_and_handed_in_again(s):
    id_ = await released(s)
    await s.do("submit_contribution", "delegate.kenya", contribution=id_)
    await s.do("withdraw_contribution", "delegate.kenya", contribution=id_)
    assert (await s.row(t.addressee, organisation_id=s.organisations["kenya"]))["answer"] == "none_yet"
    await s.do("save_contribution", "delegate.kenya", **draft(contribution=id_, expected_revision=1))
    await s.do("release_contribution", "focal.kenya", contribution=id_, expected_revision=2)
    await s.do("submit_contribution", "delegate.kenya", contribution=id_)
    assert (await s.row(t.contribution, id=id_))["state"] == "submitted"


async def test_returned_for_clarification_admitted_declined_and_recorded(s):
    id_ = await released(s)
    await s.do("submit_contribution", "delegate.kenya", contribution=id_)
    with pytest.raises(errors.InvalidValue):
        await s.do("return_contribution", "secretariat", contribution=id_, reason="  ")
    await s.do("return_contribution", "secretariat", contribution=id_, reason="Which year?")
    await s.do("save_contribution", "delegate.kenya", **draft(contribution=id_, expected_revision=1))
    await s.do("release_contribution", "focal.kenya", contribution=id_, expected_revision=2)
    await s.do("submit_contribution", "delegate.kenya", contribution=id_)
    await s.do("admit_contribution", "secretariat", contribution=id_)
    assert (await s.row(t.contribution, id=id_))["state"] == "admitted"
    await s.do("decline_call", "focal.nepal", call=s.call)
    assert (await s.row(t.addressee, organisation_id=s.organisations["nepal"]))["answer"] == "no_input_this_time"
    await s.shift(timedelta(days=3))
    practice = PracticeText(name="Bridge", sdg="4. 8, 10", place="Nepal", aim="Teach")
    recorded = await s.do(
        "record_contribution", "secretariat", call=s.call, title="By post", language="en", practices=(practice,)
    )
    row = await s.row(t.contribution, id=recorded["contribution"])
    assert (row["label"], row["named_organisation_id"], row["late"], row["state"]) == (
        "Sender not recorded",
        None,
        True,
        "admitted",
    )


async def test_nobody_acts_without_signing_in(s):
    for subject in (None, "nobody.known"):
        with pytest.raises(errors.NotSignedIn):
            await s.do("decline_call", subject, call=s.call)


async def test_an_ended_mandate_acts_no_more(s):
    await s.change(t.mandate, s.mandates["focal.nepal"], ends_at=s.now - timedelta(seconds=1))
    with pytest.raises(errors.Refusal):
        await s.do("decline_call", "focal.nepal", call=s.call)
