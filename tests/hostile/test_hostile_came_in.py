"""Who has never been here: told to the side that gave the role, and to nobody else."""

import uuid

import pytest

from forum.store.tables import schema as t
from tests.hostile.mandates import OPERATIONS, hostile

CAME = "query($id: ID!) { node(id: $id) { ... on Mandate { cameIn } } }"
ME = "{ viewer { person { name } } }"
OTHERS = (None, "delegate.kenya", "focal.kenya", "admin.nepal", "penholder", "liaison", "secretariat.rcp")


@pytest.fixture
async def h(database, monkeypatch):
    async with hostile(database.app_url) as made:
        yield made


async def _came(h, who, mandate):
    node = (await h.ask(who, CAME, id=mandate))["node"]
    return node and node["cameIn"]


async def _named(h, who, subject, organisation="kenya", **more):
    """A person who is given a role and was never here."""
    own = {"organisation": h.organisation(organisation), "role": "DELEGATE", "startsAt": h.since, "subject": subject}
    act = "grant_mandate" if "forum" in more else "name_representative"
    return await h.done(who, act, **{**own, "name": "New", **more})


async def test_a_side_is_told_who_never_came_until_they_come_by_reading_or_by_acting(h):
    reader = await _named(h, "admin.kenya", "new.reader")
    doer = await _named(h, "admin.kenya", "new.doer")
    assert [await _came(h, "admin.kenya", mandate) for mandate in (reader, doer)] == [False, False]
    assert (await h.ask("new.reader", ME))["viewer"]["person"] == {"name": "New"}
    text = (OPERATIONS / "set_contact.graphql").read_text("utf-8")
    me = await h.s.row(t.person, subject="new.doer")
    await h.ask("new.doer", text, input={"person": f"Person:{me['id']}", "pace": "DAILY"})
    assert [await _came(h, "admin.kenya", mandate) for mandate in (reader, doer)] == [True, True]
    waits = await _named(h, "admin.kenya", "new.waits")
    assert await h.try_("new.waits", "end_mandate", mandate=str(reader), endsAt=h.later, reason="So.") != "done"
    assert await _came(h, "admin.kenya", waits) is True


async def test_nobody_else_is_told(h):
    """Neither the person, nor the rest of a team or of an own side, nor another side."""
    own = await _named(h, "admin.kenya", "new.one")
    given = await _named(h, "secretariat", "new.two", forum=h.forum("gfmd"), role="PENHOLDER")
    for who in OTHERS:
        assert [await _came(h, who, mandate) for mandate in (own, given)] == [None, None], who
    assert [await _came(h, "secretariat", mandate) for mandate in (own, given)] == [None, False]
    assert [await _came(h, "admin.kenya", mandate) for mandate in (own, given)] == [False, False]
    assert await _came(h, "new.one", own) is None
    assert await _came(h, "admin.kenya", h.mandate("focal.kenya")) in (True, False)


async def test_an_accepted_invitation_is_an_arrival(h):
    text = (OPERATIONS / "invite_person.graphql").read_text("utf-8")
    wish = {"organisation": h.organisation("kenya"), "role": "DELEGATE", "startsAt": h.since, "name": "Amina"}
    asked = {**wish, "address": "amina@example.org", "idempotencyKey": str(uuid.uuid4())}
    link = (await h.ask("admin.kenya", text, input=asked))["invitePerson"]["link"]
    text = (OPERATIONS / "accept_invitation.graphql").read_text("utf-8")
    payload = (await h.ask("signed.in", text, input={"link": link}))["acceptInvitation"]
    assert await _came(h, "admin.kenya", payload["mandate"]["id"]) is True
