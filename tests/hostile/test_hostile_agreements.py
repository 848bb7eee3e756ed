"""Nobody speaks for a body that is not theirs: not by asking in its name, by answering for it, or by ending its word.

Each attempt is made by every stranger (a person in each role at a third forum, its office, everybody who speaks for an
organisation), by the two forums' own people who are not their secretariat, and by somebody without a token.
"""

import uuid

import pytest

from forum.store.tables import schema as t
from tests.support.hostile import KEPT, attacked, key
from tests.support.scene import DAY, ahead

TEAM = ("penholder", "liaison", "coordinator")  # of the forum that asks, and not its secretariat


@pytest.fixture
async def a(database):
    async with attacked(database.app_url) as made:
        yield made


def asking(a, forum="gfmd", named="rcp", purpose="RECEIVE"):
    return {"forum": a.id("Forum", forum), "named": a.id("Forum", named), "purpose": purpose, "idempotencyKey": key()}


async def proposed(a, **given):
    payload = await a.do("secretariat", "propose_agreement", **asking(a, **given))
    assert payload["errors"] == []
    return payload["agreement"]["id"]


async def test_nobody_asks_in_another_forums_name(a):
    before = await a.rows(*KEPT)
    for forum in ("gfmd", "steering"):
        for by in (*a.strangers, *TEAM, "secretariat.rcp"):
            assert await a.code(by, "propose_agreement", **asking(a, forum)) == "AUTHORITY_NOT_YOURS", by
        assert await a.code(None, "propose_agreement", **asking(a, forum)) == "NOT_SIGNED_IN"
    assert await a.rows(*KEPT) == before


@pytest.mark.parametrize("act", ["accept_agreement", "decline_agreement"])
async def test_nobody_but_the_body_that_is_asked_answers(a, act):
    """Also not whoever asks; to those who do not see the proposal, it is not there."""
    agreement = await proposed(a)
    before = await a.rows(*KEPT)
    for by in (*a.strangers, None):
        assert await a.code(by, act, agreement=agreement) == "NOT_FOUND", by
    for by in ("secretariat", "penholder", "liaison"):
        assert await a.code(by, act, agreement=agreement) == "AUTHORITY_NOT_YOURS", by
    assert await a.code("coordinator", act, agreement=agreement) == "NOT_FOUND"
    assert await a.code("secretariat.hlpf", act, agreement=f"Agreement:{uuid.uuid4()}") == "NOT_FOUND"
    assert await a.rows(*KEPT) == before
    assert await a.code("secretariat.rcp", act, agreement=agreement) is None


async def test_nobody_but_the_two_ends_what_they_agreed(a):
    """It is public that they did; so the refusal says whom to ask."""
    row = await a.s.row(t.agreement, named_id=a.s.forums["rcp"])
    given = {"agreement": f"Agreement:{row['id']}", "reason": "Ours now."}
    before = await a.rows(*KEPT)
    for by in (*a.strangers, *TEAM):
        assert await a.code(by, "end_agreement", **given) == "AUTHORITY_NOT_YOURS", by
    assert await a.code(None, "end_agreement", **given) == "NOT_SIGNED_IN"
    payload = await a.do("penholder", "end_agreement", **given)
    assert "the secretariat of Rcp" in payload["errors"][0]["message"]
    assert await a.rows(*KEPT) == before
    assert await a.code("secretariat.rcp", "end_agreement", **given) is None


async def test_a_mandate_that_is_named_but_is_another_persons_gives_no_word(a):
    agreement = await proposed(a)
    mandate = f"Mandate:{a.s.mandates['secretariat.rcp']}"
    given = {"agreement": agreement, "actingAs": mandate}
    assert await a.code("secretariat", "accept_agreement", **given) == "MANDATE_NOT_YOURS"
    assert await a.code("secretariat.hlpf", "accept_agreement", **given) == "NOT_FOUND"


async def test_a_forum_speaks_in_no_other_bodys_name(a):
    """Each way there is: as a track's body, as a convenor, as who endorsed, as who receives; by the office itself."""
    hlpf = a.id("Forum", "hlpf")
    when = [
        {"name": name, "at": ahead(a.s, days).isoformat().replace("+00:00", "Z")}
        for name, days in (("summit", 400), ("hlpf", 220))
    ]
    opening = {"forum": a.id("Forum", "gfmd"), "name": "In their name", "process": "gfmd", "zone": "UTC",
               "anchors": when, "idempotencyKey": key(),
               "tracks": [{"definition": "main", "name": "main", "convenedAs": hlpf}]}  # fmt: skip
    body = {"parent": a.id("Forum", "gfmd"), "slug": "joint", "name": "Joint", "kind": "TASK_FORCE",
            "convenors": [hlpf], "idempotencyKey": key()}  # fmt: skip
    before = await a.rows(*KEPT)
    for operation, given in (("open_edition", opening), ("establish_body", body)):
        payload = await a.do("secretariat", operation, **given)
        [error] = payload["errors"]
        assert error["code"] == "AGREEMENT_MISSING"
        assert "Hlpf has not agreed that this is done in its name" in error["message"]
    # A declined proposal, one that waits, one of another forum, and one for something else are no agreement.
    agreement = await proposed(a, named="hlpf", purpose="CONVENE")
    assert await a.code("secretariat", "open_edition", **opening) == "AGREEMENT_MISSING"
    assert await a.code("secretariat.hlpf", "decline_agreement", agreement=agreement) is None
    assert await a.code("secretariat", "open_edition", **opening) == "AGREEMENT_MISSING"
    row = {"state": "agreed", "basis": "proposal", "proposed_at": a.s.now - DAY, "answered_at": a.s.now}
    sides = (("rcp", "hlpf", "convene"), ("hlpf", "gfmd", "convene"), ("gfmd", "hlpf", "endorse"))
    for n, (asks, named, purpose) in enumerate(sides):
        two = {"asking_id": a.s.forums[asks], "named_id": a.s.forums[named], "purpose": purpose}
        await a.s.add(t.agreement, {"id": uuid.UUID(int=n), **two, **row})
    assert await a.code("secretariat", "open_edition", **opening) == "AGREEMENT_MISSING"
    kept = tuple(table for table in KEPT if table not in (t.agreement, t.notice))
    assert await a.rows(*kept) == {table.name: before[table.name] for table in kept}


async def test_a_mandate_that_was_ended_gives_no_word(a):
    agreement = await proposed(a)
    await a.s.change(t.mandate, a.s.mandates["secretariat.rcp"], ends_at=a.s.now)
    assert await a.code("secretariat.rcp", "accept_agreement", agreement=agreement) == "NOT_FOUND"


async def test_a_body_that_was_set_up_is_asked_for_by_nobody_who_convenes_it(a):
    """A convenor has rights in a body; that the body is named elsewhere is for it, and for who set it up, to agree."""
    payload = await a.do("secretariat.hlpf", "propose_agreement", **asking(a, "hlpf", "consultation", "CONVENE"))
    agreement = payload["agreement"]["id"]
    assert await a.code("secretariat.rcp", "accept_agreement", agreement=agreement) == "AUTHORITY_NOT_YOURS"
    assert await a.code("secretariat.hlpf", "accept_agreement", agreement=agreement) == "AUTHORITY_NOT_YOURS"
    assert await a.code("secretariat", "accept_agreement", agreement=agreement) is None
