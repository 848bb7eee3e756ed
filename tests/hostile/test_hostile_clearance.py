"""Nobody outside a delegation sets, clears, counts or learns what is cleared inside it; and nobody goes round it: not
the secretariat, not another organisation, not one whose mandate has ended, not by a deadline."""

import uuid
from datetime import timedelta

import pytest

from forum.store.tables import schema as t
from tests.hostile.mandates import hostile
from tests.support.scene import DAY

OUTSIDE = (
    None, "secretariat", "penholder", "liaison", "coordinator", "focal.nepal", "rep.network", "rep.stranger",
    "secretariat.rcp", "secretariat.hlpf", "admin.nepal", "admin.ecuador",
)  # fmt: skip
LOOK = """query($input: ID!, $organisation: ID!) {
  input: node(id: $input) { ... on Contribution { clearances { totalCount nodes { id } }
    history(first: 50) { totalCount nodes { act detail } } } }
  organisation: node(id: $organisation) { ... on Organisation { clearanceRules { totalCount nodes { id } } } }
}"""
ACTS = "query($on: ID!) { acts(on: $on) { act yes because { code message } } }"


@pytest.fixture
async def h(database, monkeypatch):
    async with hostile(database.app_url) as made:
        yield made


async def asks(h, people=2, by="admin.kenya", **more):
    return await h.try_(by, "set_clearance_rule", organisation=h.organisation("kenya"), people=people, **more)


async def draft(h, **more):
    sections = [{"code": "a", "text": "Desks near markets help people."}]
    given = {"call": f"Call:{h.s.call}", "title": "An input", "language": "en", "sections": sections, **more}
    return await h.done("delegate.kenya", "save_contribution", **given)


async def clear(h, who, input_):
    return await h.try_(who, "clear_contribution", contribution=input_, expectedRevision=1)


async def handed_in(h, **more):
    """An input that two of its own side have cleared, released and handed in."""
    input_ = await draft(h, **more)
    assert (await asks(h))[0] == "done"
    for who in ("delegate.kenya", "focal.kenya"):
        assert (await clear(h, who, input_))[0] == "done"
    await h.done("focal.kenya", "release_contribution", contribution=input_, expectedRevision=1)
    await h.done("focal.kenya", "submit_contribution", contribution=input_)
    return input_


async def test_what_is_asked_of_a_delegation_is_its_administrators_to_say(h):
    for who in (*OUTSIDE, "focal.kenya", "delegate.kenya"):
        code, _ = await asks(h, by=who)
        assert code == ("NOT_SIGNED_IN" if who is None else "AUTHORITY_NOT_YOURS"), who
    assert (await asks(h, by="delegate.kenya", people=0))[0] == "AUTHORITY_NOT_YOURS"
    assert await h.s.rows(t.clearance_rule) == []
    assert (await asks(h))[0] == "done"


async def test_nobody_outside_clears_a_draft_nor_what_they_read(h):
    """An input of another side answers as one that does not exist, whether it is a draft or read by everybody."""
    hidden = await draft(h)
    for who in OUTSIDE:
        assert (await clear(h, who, hidden))[0] == "NOT_FOUND", who
        assert (await clear(h, who, f"Contribution:{uuid.uuid4()}"))[0] == "NOT_FOUND", who
    seen = await handed_in(h, visibility="PUBLIC")
    for who in OUTSIDE:
        assert (await clear(h, who, seen))[0] == ("NOT_SIGNED_IN" if who is None else "NOT_FOUND"), who


async def test_nobody_outside_learns_that_anything_is_cleared(h):
    """Neither by lists, counts and ids, nor by the history, nor by what an act would be refused for."""
    plain = await draft(h, visibility="PUBLIC", title="Another")
    await h.done("focal.kenya", "release_contribution", contribution=plain, expectedRevision=1)
    await h.done("focal.kenya", "submit_contribution", contribution=plain)
    cleared = await handed_in(h, visibility="PUBLIC")
    own = await h.ask("delegate.kenya", LOOK, input=cleared, organisation=h.organisation("kenya"))
    assert own["input"]["clearances"]["totalCount"] == 2
    assert own["organisation"]["clearanceRules"]["totalCount"] == 1
    clearance = own["input"]["clearances"]["nodes"][0]["id"]
    rule = own["organisation"]["clearanceRules"]["nodes"][0]["id"]
    for who in OUTSIDE:
        read = await h.ask(who, LOOK, input=cleared, organisation=h.organisation("kenya"))
        assert read["input"]["clearances"] == {"totalCount": 0, "nodes": []}, who
        assert read["organisation"]["clearanceRules"] == {"totalCount": 0, "nodes": []}, who
        other = await h.ask(who, LOOK, input=plain, organisation=h.organisation("kenya"))
        acts = [[line["act"] for line in x["input"]["history"]["nodes"]] for x in (read, other)]
        assert sorted(acts[0]) == sorted(acts[1]), who
        for thing in (clearance, rule):
            found = await h.ask(who, "query($id: ID!) { node(id: $id) { id } }", id=thing)
            assert found["node"] is None, who
        assert (await h.try_(who, "withdraw_clearance", clearance=clearance))[0] == "NOT_FOUND", who
        assert await h.ask(who, ACTS, on=cleared) == await h.ask(who, ACTS, on=plain), who
        assert await h.ask(who, ACTS, on=clearance) == {"acts": []}, who


async def test_the_secretariat_cannot_go_round_it(h):
    """It returns the input, the author changes it: what was cleared before counts no more."""
    input_ = await handed_in(h)
    returned = {"contribution": input_, "reason": "Which desks?"}
    await h.done("secretariat", "return_contribution", **returned)
    sections = [{"code": "a", "text": "Desks near markets help many people."}]
    changed = {"title": "An input", "language": "en", "sections": sections, "expectedRevision": 1}
    await h.done("delegate.kenya", "save_contribution", contribution=input_, **changed)
    again = {"contribution": input_, "expectedRevision": 2}
    assert (await h.try_("focal.kenya", "release_contribution", **again))[0] == "CLEARANCE_MISSING"


async def test_who_is_still_missing_is_told_to_the_own_side_alone(h):
    input_ = await draft(h)
    await asks(h, roles=["ADMINISTRATOR"])
    for who in OUTSIDE:
        for act, more in (("release_contribution", {"expectedRevision": 1}), ("submit_contribution", {})):
            assert (await h.try_(who, act, contribution=input_, **more))[0] == "NOT_FOUND", (who, act)
    code, words = await h.try_("focal.kenya", "release_contribution", contribution=input_, expectedRevision=1)
    assert code == "CLEARANCE_MISSING"
    assert "Administrator of kenya" in words


async def test_a_mandate_that_has_ended_clears_nothing_and_what_it_cleared_counts_no_more(h):
    input_ = await draft(h)
    await asks(h)
    for who in ("delegate.kenya", "focal.kenya"):
        assert (await clear(h, who, input_))[0] == "done"
    await h.s.change(t.mandate, h.s.mandates["delegate.kenya"], ends_at=h.s.now)
    assert (await clear(h, "delegate.kenya", input_))[0] == "NOT_FOUND"
    released = {"contribution": input_, "expectedRevision": 1}
    assert (await h.try_("focal.kenya", "release_contribution", **released))[0] == "CLEARANCE_MISSING"
    for waiting in ("accepted_at", "starts_at"):  # nor one that waits, or is to begin
        later = None if waiting == "accepted_at" else h.s.now + DAY
        await h.s.change(t.mandate, h.s.mandates["delegate.kenya"], ends_at=None, **{waiting: later})
        assert (await clear(h, "delegate.kenya", input_))[0] == "NOT_FOUND", waiting


async def test_the_last_hour_goes_round_nothing(h):
    """Not the deadline, not its grace, not a late permit of the secretariat, not more time for all."""
    input_ = await draft(h)
    await h.done("focal.kenya", "release_contribution", contribution=input_, expectedRevision=1)
    await asks(h)
    await h.s.shift(timedelta(days=1, hours=23, minutes=59))
    assert (await h.try_("focal.kenya", "submit_contribution", contribution=input_))[0] == "CLEARANCE_MISSING"
    await h.s.shift(timedelta(days=2, hours=1))
    permit = {"call": f"Call:{h.s.call}", "organisation": h.organisation("kenya"), "reason": "A power cut.",
              "until": (h.s.now + 5 * DAY).isoformat()}  # fmt: skip
    code, _ = await h.try_("secretariat", "permit_late_contribution", **permit)
    wanted = "CLEARANCE_MISSING" if code == "done" else "DEADLINE_PASSED"
    assert (await h.try_("focal.kenya", "submit_contribution", contribution=input_))[0] == wanted
    assert code == "done"


async def test_one_side_does_not_clear_for_another(h):
    """A person of another organisation's delegation, and one who speaks for two: each clears their own alone."""
    input_ = await draft(h)
    await asks(h)
    assert (await clear(h, "focal.nepal", input_))[0] == "NOT_FOUND"
    mandate = {"contribution": input_, "expectedRevision": 1, "actingAs": h.mandate("focal.kenya")}
    assert (await h.try_("delegate.kenya", "clear_contribution", **mandate))[0] == "MANDATE_NOT_YOURS"
