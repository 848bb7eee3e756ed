"""A call that was issued by mistake is taken back until an input is handed in, and those who were asked are told."""

import json

import pytest

from forum.errors import ActedOnSince, InvalidValue, RoleNotAllowed, WrongState
from forum.store.tables import schema as t
from tests.support.scene import DAY, scene

REASON = "The second question was that of last year."


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        yield made


async def withdraw(s, by="secretariat", reason=REASON):
    return await s.do("withdraw_call", by, call=s.call, reason=reason)


async def told(s):
    """The subjects of those who were told, each with the words."""
    people = {row["id"]: row["subject"] for row in await s.rows(t.person)}
    return {people[n["person_id"]]: n["words"] for n in await s.rows(t.notice, kind="withdrawn", call_id=s.call)}


async def test_those_who_were_asked_are_told_why_once_and_others_are_not(s):
    await withdraw(s)
    call = await s.row(t.call, id=s.call)
    assert (call["state"], call["reminders"]) == ("withdrawn", False)
    assert call["closed_at"] is not None
    people = await told(s)
    assert {"focal.kenya", "rep.network", "coordinator", "penholder"} <= set(people)
    assert "rep.stranger" not in people
    assert all(REASON in words for words in people.values())
    [line] = [row for row in await s.rows(t.history, subject_id=s.call) if row["act"] == "withdraw_call"]
    assert json.loads(line["detail"]) == {"reason": REASON, "told": len(people), "was": "open", "withdrawn": True}


async def test_nothing_is_done_with_it_any_more_and_drafts_stay(s):
    draft = {"title": "Ours", "language": "en"}
    mine = (await s.do("save_contribution", "focal.kenya", call=s.call, **draft))["contribution"]
    await withdraw(s)
    again = {"contribution": mine, "expected_revision": 1, **draft}
    for act, by, fields in (
        ("save_contribution", "focal.kenya", {"call": s.call, **draft}),
        ("save_contribution", "focal.kenya", again),
        ("decline_call", "focal.kenya", {"call": s.call}),
        ("record_contribution", "secretariat", {"call": s.call, **draft}),
        ("extend_window", "secretariat", {"call": s.call, "closes_at": s.now + 60 * DAY, "reason": "More."}),
        ("withdraw_call", "secretariat", {"call": s.call, "reason": "Twice."}),
    ):
        with pytest.raises(WrongState):
            await s.do(act, by, **fields)
    assert (await s.row(t.contribution, id=mine))["state"] == "draft"
    assert len(await told(s)) > 0


async def test_an_input_that_was_handed_in_stands_in_the_way_and_is_named(s):
    mine = await s.input()
    with pytest.raises(ActedOnSince) as refused:
        await withdraw(s)
    assert refused.value.open_ids == (f"Contribution:{mine}",)
    assert "1 input was handed in" in refused.value.message
    assert not await told(s)
    await s.do("return_contribution", "secretariat", contribution=mine, reason="Which year?")
    with pytest.raises(ActedOnSince):
        await withdraw(s)
    # Its author begins to mend it, and the call still stands: it was handed in.
    draft = {"title": "Mended", "language": "en", "expected_revision": 1}
    await s.do("save_contribution", "rep.network", contribution=mine, **draft)
    with pytest.raises(ActedOnSince):
        await withdraw(s)


async def test_only_the_office_does_it_with_a_reason_while_it_is_open(s):
    with pytest.raises(RoleNotAllowed):
        await withdraw(s, by="focal.kenya")
    with pytest.raises(InvalidValue) as refused:
        await withdraw(s, reason=" ")
    assert refused.value.path == ("reason",)
    await s.change(t.call, s.call, state="closed", closed_at=s.now)
    with pytest.raises(WrongState):
        await withdraw(s)


async def test_the_clock_leaves_a_call_that_was_taken_back(s):
    call = await s.row(t.call, id=s.call)
    before = await s.row(t.track, id=call["track_id"])
    await withdraw(s)
    await s.shift(400 * DAY)
    assert not await s.by_clock("close_call", call=s.call)
    await s.by_clock("turn_stage", track=before["id"])
    assert (await s.row(t.track, id=before["id"]))["stage"] == before["stage"]
    assert (await s.row(t.call, id=s.call))["state"] == "withdrawn"
