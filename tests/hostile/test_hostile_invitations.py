"""People come in by a signed link: once, in time, and with no more than the inviter could give."""

import uuid

import pytest
import sqlalchemy as sa

from forum.domain.secret_link import LinkKind, Links
from forum.jobs.sweep import sweep
from forum.store.tables import schema as t
from forum.store.unit import begin
from tests.hostile.mandates import OPERATIONS, SECRET, hostile
from tests.support.scene import DAY

ADDRESS = "Amina.N@Example.org"
ME = "{ viewer { person { name } mandates { role organisation { name } } } }"
SEES = "query($id: ID!) { node(id: $id) { id ... on Invitation { address name state mandate { id } } } }"
LISTS = """query($forum: String!, $organisation: ID!) {
  forum(slug: $forum) { invitations { nodes { id address state } } }
  node(id: $organisation) { ... on Organisation { invitations { nodes { id address state } } } }
}"""


@pytest.fixture
async def h(database, monkeypatch):
    async with hostile(database.app_url) as made:
        yield made


async def act(h, who, name, /, key=None, **given):
    """The payload of an act, by its operation."""
    key = {"idempotencyKey": key or str(uuid.uuid4())} if name == "invite_person" else {}
    data = await h.ask(who, (OPERATIONS / f"{name}.graphql").read_text("utf-8"), input={**given, **key})
    [payload] = data.values()
    return payload


def _wish(h, organisation="kenya", **more):
    own = {"organisation": h.organisation(organisation), "role": "DELEGATE", "startsAt": h.since}
    return {**own, "address": ADDRESS, "name": "Amina N.", **more}


async def _link(h, who="admin.kenya", organisation="kenya", **more):
    """An invitation, and its link."""
    payload = await act(h, who, "invite_person", **_wish(h, organisation, **more))
    assert payload["errors"] == [], payload
    return payload["invitation"], payload["link"]


def _code(payload):
    return payload["errors"][0]["code"] if payload["errors"] else "done"


async def _mandates(h):
    async with begin(h.s.engine) as unit:
        return await unit.scalar(sa.select(sa.func.count()).select_from(t.mandate))


# ---- the way in
async def test_a_newcomer_comes_in_by_a_link_and_is_who_the_link_says(h):
    invitation, link = await _link(h)
    assert (invitation["address"], invitation["state"]) == ("Amina.N@example.org", "OPEN")
    payload = await act(h, None, "accept_invitation", link=f" {link}\n")
    assert payload["errors"] == []
    assert payload["person"]["name"] == "Amina N."
    assert payload["mandate"]["acceptedAt"] is not None
    h.tokens["amina"] = payload["token"]
    me = (await h.ask("amina", ME))["viewer"]
    assert me == {
        "person": {"name": "Amina N."}, "mandates": [{"role": "DELEGATE", "organisation": {"name": "Kenya"}}],
    }  # fmt: skip
    seen = (await h.ask("admin.kenya", SEES, id=invitation["id"]))["node"]
    assert (seen["state"], seen["mandate"]) == ("ACCEPTED", {"id": payload["mandate"]["id"]})
    for name in ("accept_invitation", "decline_invitation"):
        assert _code(await act(h, None, name, link=link)) == "INVITATION_ANSWERED"
    async with begin(h.s.engine) as unit:
        [token] = await unit.all(sa.select(t.token).where(t.token.c.issued_by == "invitation"))
    assert (token["expires_at"] - token["issued_at"]).total_seconds() == 12 * 3600


async def test_whoever_signed_in_accepts_as_who_they_are_and_needs_no_token(h):
    _, link = await _link(h)
    payload = await act(h, "rep.quito", "accept_invitation", link=link)
    assert (_code(payload), payload["token"]) == ("done", None)
    assert payload["person"]["id"] == f"Person:{h.s.people['rep.quito']}"
    # Signed in at an identity provider, and not known here yet: the name is the inviter's.
    _, link = await _link(h, address="bo@example.org", name="Bo B.")
    payload = await act(h, "subject-of-bo", "accept_invitation", link=link)
    assert (_code(payload), payload["token"], payload["person"]["name"]) == ("done", None, "Bo B.")
    assert (await h.ask("subject-of-bo", ME))["viewer"]["mandates"][0]["role"] == "DELEGATE"


async def test_what_an_office_could_only_propose_waits_once_it_is_accepted(h):
    """As with grantMandate: who speaks for an organisation is that organisation's to say."""
    _, link = await _link(h, "secretariat", "network", forum=h.forum("gfmd"), role="REPRESENTATIVE")
    payload = await act(h, None, "accept_invitation", link=link)
    assert payload["mandate"]["acceptedAt"] is None
    h.tokens["new"] = payload["token"]
    assert (await h.ask("new", ME))["viewer"]["mandates"] == []
    assert (await h.try_("admin.network", "accept_mandate", mandate=payload["mandate"]["id"]))[0] == "done"
    assert len((await h.ask("new", ME))["viewer"]["mandates"]) == 1
    _, link = await _link(h, "secretariat", "network", forum=h.forum("gfmd"), role="PENHOLDER", address="b@c.org")
    assert (await act(h, None, "accept_invitation", link=link))["mandate"]["acceptedAt"] is not None


# ---- no more than the inviter could give
@pytest.mark.parametrize(
    ("who", "given", "code"),
    [
        (None, {}, "NOT_SIGNED_IN"),
        ("focal.kenya", {}, "AUTHORITY_NOT_YOURS"),
        ("delegate.kenya", {}, "AUTHORITY_NOT_YOURS"),
        ("admin.nepal", {}, "AUTHORITY_NOT_YOURS"),
        ("admin.kenya", {"role": "PENHOLDER"}, "INVALID_VALUE"),
        ("admin.kenya", {"forum": "gfmd"}, "AUTHORITY_NOT_YOURS"),
        ("penholder", {"forum": "gfmd", "role": "PENHOLDER"}, "AUTHORITY_NOT_YOURS"),
        ("secretariat.rcp", {"forum": "gfmd", "role": "PENHOLDER"}, "AUTHORITY_NOT_YOURS"),
        ("secretariat", {"forum": "gfmd", "role": "ADMINISTRATOR"}, "AUTHORITY_NOT_YOURS"),
        ("secretariat", {}, "AUTHORITY_NOT_YOURS"),
        ("secretariat", {"forum": "gfmd", "role": "COORDINATOR"}, "INVALID_VALUE"),
        ("secretariat", {"forum": "gfmd", "role": "COORDINATOR", "mechanism": "x"}, "INVALID_VALUE"),
        ("admin.kenya", {"zone": "Europe/Atlantis"}, "UNKNOWN_CODE"),
    ],
)
async def test_nobody_invites_to_what_they_could_not_give(h, who, given, code):
    forum = {"forum": h.forum(given["forum"])} if "forum" in given else {}
    payload = await act(h, who, "invite_person", **_wish(h, **{**given, **forum}))
    assert (_code(payload), payload["link"], payload["invitation"]) == (code, None, None)


async def test_who_lost_the_mandate_under_which_they_invited_gave_nothing(h):
    _, link = await _link(h)
    await h.s.change(t.mandate, h.s.mandates["admin.kenya"], ends_at=h.s.now)
    before = await _mandates(h)
    payload = await act(h, None, "accept_invitation", link=link)
    assert _code(payload) == "INVITER_MAY_NO_LONGER"
    assert "Ask the organisation's administrator for another" in payload["errors"][0]["message"]
    assert await _mandates(h) == before
    async with begin(h.s.engine) as unit:
        assert await unit.all(sa.select(t.person).where(t.person.c.name == "Amina N.")) == []


# ---- a link
async def test_a_link_that_is_not_ours_opens_nothing(h):
    invitation, link = await _link(h)
    id_, until = uuid.UUID(invitation["id"].removeprefix("Invitation:")), (await _row(h, invitation))["open_until"]
    assert Links(SECRET).sign(LinkKind.INVITATION, id_, until) == link
    spelt_otherwise = link[:-1] + chr(ord(link[-1]) + 1)
    wrong = [
        "", "x", link[:-1], link + "A", link[::-1], spelt_otherwise, "\u00e9" * len(link),
        Links("another-secret-" + "s" * 32).sign(LinkKind.INVITATION, id_, until),
        Links(SECRET).sign(LinkKind.INVITATION, uuid.uuid4(), until)[:-4] + "AAAA",
    ]  # fmt: skip
    for name in ("accept_invitation", "decline_invitation"):
        for one in wrong:
            assert _code(await act(h, None, name, link=one)) == "LINK_NOT_GOOD", one
    assert _code(await act(h, None, "decline_invitation", link=link)) == "done"


async def test_a_link_counts_until_its_instant_and_not_once_it_was_ended(h):
    invitation, link = await _link(h)
    assert _code(await act(h, "admin.nepal", "end_invitation", invitation=invitation["id"])) == "NOT_FOUND"
    assert _code(await act(h, "delegate.kenya", "end_invitation", invitation=invitation["id"])) == "NOT_FOUND"
    assert _code(await act(h, "admin.kenya", "end_invitation", invitation=invitation["id"], reason="So.")) == "done"
    assert _code(await act(h, "admin.kenya", "end_invitation", invitation=invitation["id"])) == "WRONG_STATE"
    assert _code(await act(h, None, "accept_invitation", link=link)) == "INVITATION_ENDED"
    invitation, link = await _link(h)
    await h.s.shift(14 * DAY)
    for name in ("accept_invitation", "decline_invitation"):
        assert _code(await act(h, None, name, link=link)) == "INVITATION_TOO_LATE"
    assert _code(await act(h, "admin.kenya", "end_invitation", invitation=invitation["id"])) == "WRONG_STATE"


async def test_a_link_is_shown_once_and_an_address_is_asked_once(h):
    key = str(uuid.uuid4())
    first = await act(h, "admin.kenya", "invite_person", key, **_wish(h))
    again = await act(h, "admin.kenya", "invite_person", key, **_wish(h))
    assert again["invitation"] == first["invitation"]
    assert (first["link"] is None, again["link"]) == (False, None)
    twice = await act(h, "admin.kenya", "invite_person", **_wish(h, address=ADDRESS.upper()))
    assert _code(twice) == "INVITATION_WAITS"
    # Another side learns nothing of it, and asks the same person for the same.
    assert _code(await act(h, "admin.nepal", "invite_person", **_wish(h, "nepal"))) == "done"
    forum = {"forum": h.forum("gfmd"), "role": "DELEGATE"}
    assert _code(await act(h, "secretariat", "invite_person", **_wish(h, **forum))) == "done"


async def test_an_invitation_is_not_for_the_inviter_nor_for_another_than_the_one_named(h):
    _, link = await _link(h)
    assert _code(await act(h, "admin.kenya", "accept_invitation", link=link)) == "INVITATION_FOR_ANOTHER"
    _, link = await _link(h, address="c@example.org", subject="rep.quito")
    for who in (None, "rep.network"):
        assert _code(await act(h, who, "accept_invitation", link=link)) == "INVITATION_FOR_ANOTHER"
    assert _code(await act(h, "rep.quito", "accept_invitation", link=link)) == "done"
    _, link = await _link(h, address="d@example.org")
    assert _code(await act(h, "rep.quito", "accept_invitation", link=link)) == "MANDATE_STANDS"


NO_ISSUERS = (
    "login.example", "http://login.example", "https://", "https://a b.example", "https://login.example/?x=1",
    "https://login.example#x", "https://login.example\nX: y", "javascript:alert(1)", "http://127.0.0.1.evil.example",
    "https://" + "a" * 500_000,
)  # fmt: skip


async def test_an_issuer_is_an_issuer_and_names_a_subject(h):
    for issuer in NO_ISSUERS:
        payload = await act(h, "admin.kenya", "invite_person", **_wish(h, subject="x", issuer=issuer))
        assert (_code(payload), payload["errors"][0]["path"]) == ("INVALID_VALUE", ["issuer"]), issuer[:60]
        assert len(payload["errors"][0]["message"]) < 300
    alone = await act(h, "admin.kenya", "invite_person", **_wish(h, issuer="https://login.example"))
    assert (_code(alone), alone["errors"][0]["path"]) == ("INVALID_VALUE", ["subject"])
    await _link(h, subject="x", issuer="https://login.example:8443/realms/a")
    [row] = await h.s.rows(t.invitation)
    assert (row["subject"], row["issuer"]) == ("x", "https://login.example:8443/realms/a")


async def test_an_address_is_one_plain_address_and_a_name_has_its_longest(h):
    for address in ("", "a@example.org\nBcc: b@example.org", "a@127.0.0.1", "a@" + "b." * 130 + "org"):
        assert _code(await act(h, "admin.kenya", "invite_person", **_wish(h, address=address))) == "INVALID_VALUE"
    assert _code(await act(h, "admin.kenya", "invite_person", **_wish(h, name="A" * 201))) == "TEXT_TOO_LONG"
    assert _code(await act(h, "admin.kenya", "invite_person", **_wish(h, endsAt=h.since))) == "INVALID_VALUE"


# ---- who sees it, and until when
async def test_an_invitation_is_known_to_the_side_that_asked_alone(h):
    mine, _ = await _link(h)
    theirs, _ = await _link(h, "secretariat", forum=h.forum("gfmd"))
    asked = {"forum": "gfmd", "organisation": h.organisation("kenya")}
    for who in (None, "delegate.kenya", "focal.kenya", "admin.nepal", "penholder", "liaison", "secretariat.rcp"):
        for one in (mine, theirs):
            assert (await h.ask(who, SEES, id=one["id"]))["node"] is None, who
        assert await h.ask(who, LISTS, **asked) == {"forum": {"invitations": {"nodes": []}},
            "node": {"invitations": {"nodes": []}}}  # fmt: skip
    own = await h.ask("admin.kenya", LISTS, **asked)
    assert [one["id"] for one in own["node"]["invitations"]["nodes"]] == [mine["id"]]
    office = await h.ask("secretariat", LISTS, **asked)
    for place in ("forum", "node"):
        assert [one["id"] for one in office[place]["invitations"]["nodes"]] == [theirs["id"]]


async def test_the_clock_closes_an_invitation_and_blanks_who_it_was_for(h):
    answered, link = await _link(h)
    late, _ = await _link(h, address="late@example.org")
    assert _code(await act(h, None, "decline_invitation", link=link)) == "done"
    await sweep(h.s.runner)
    kept, open_ = await _state(h, answered), await _state(h, late)
    assert (kept, open_) == (("DECLINED", "Amina.N@example.org"), ("OPEN", "late@example.org"))
    await h.s.shift(14 * DAY)
    await sweep(h.s.runner)
    assert (await _row(h, late))["state"] == "expired"
    await h.s.shift(30 * DAY)
    await sweep(h.s.runner)
    assert [await _state(h, one) for one in (answered, late)] == [("DECLINED", None), ("EXPIRED", "late@example.org")]
    await h.s.shift(44 * DAY)
    assert await sweep(h.s.runner) > 0
    row = await _row(h, late)
    assert [row[name] for name in ("address", "name", "subject", "issuer", "state")] == [None] * 4 + ["expired"]
    # Nor does the history hold a name or an address.
    lines = str(await h.s.rows(t.history))
    assert "Amina" not in lines
    assert "example" not in lines


async def _row(h, invitation):
    return await h.s.row(t.invitation, id=uuid.UUID(invitation["id"].removeprefix("Invitation:")))


async def _state(h, invitation):
    node = (await h.ask("admin.kenya", SEES, id=invitation["id"]))["node"]
    return node["state"], node["address"]
