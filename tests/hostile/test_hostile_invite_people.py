"""Many are asked in at once: what a list of n does is what n single invitations do, and one refusal undoes all."""

import asyncio
import uuid

import pytest
import sqlalchemy as sa

from forum.store.tables import schema as t
from forum.store.unit import begin
from tests.hostile.mandates import OPERATIONS, hostile


@pytest.fixture
async def h(database, monkeypatch):
    async with hostile(database.app_url) as made:
        yield made


async def act(h, who, name, /, key=None, **given):
    """The payload of an act, by its operation."""
    text = (OPERATIONS / f"{name}.graphql").read_text("utf-8")
    needed = {} if name == "accept_invitation" else {"idempotencyKey": key or str(uuid.uuid4())}
    [payload] = (await h.ask(who, text, input={**given, **needed})).values()
    return payload


def _person(h, n, **more):
    return {"role": "DELEGATE", "startsAt": h.since, "address": f"p{n}@example.org", "name": f"Person {n}", **more}


def _office(h, *people, **more):
    return {"forum": h.forum("gfmd"), "people": list(people), **more}


def _own(h, *people, **more):
    return {"organisation": h.organisation("kenya"), "people": list(people), **more}


def _codes(payload):
    return [error["code"] for error in payload["errors"]]


async def _invitations(h):
    return await h.s.rows(t.invitation)


# ---- what it is for
async def test_an_office_asks_people_of_many_organisations_in_and_each_comes_by_their_link(h):
    kenya, nepal = h.organisation("kenya"), h.organisation("nepal")
    people = [_person(h, 1, organisation=kenya), _person(h, 2, organisation=nepal, role="PENHOLDER")]
    payload = await act(h, "secretariat", "invite_people", **_office(h, *people))
    assert (payload["errors"], payload["forum"]["slug"]) == ([], "gfmd")
    assert [(row["row"], row["outcome"], row["errors"]) for row in payload["rows"]] == [(0, "NEW", []), (1, "NEW", [])]
    came = [await act(h, None, "accept_invitation", link=row["link"]) for row in payload["rows"]]
    assert [one["organisation"]["name"] for one in came] == ["Kenya", "Nepal"]
    assert [one["mandate"]["acceptedAt"] is None for one in came] == [True, False]
    lines = str(await h.s.rows(t.history))
    assert lines.count("'invite_people'") == 2
    assert "example" not in lines


async def test_a_list_of_n_does_what_n_single_ones_do(h):
    """The same rows by the one and by the other, and for each that is refused the same refusal."""
    wishes = [
        _person(h, 1), _person(h, 2, role="NATIONAL_FOCAL_POINT", endsAt=h.later), _person(h, 3, role="PENHOLDER"),
        _person(h, 4, address="a@example.org\nBcc: b@example.org"), _person(h, 5, name="A" * 201),
        _person(h, 6, endsAt=h.since), _person(h, 7, role="COORDINATOR", mechanism="x"), _person(h, 8, subject="s.8"),
        _person(h, 11, subject="s.8", issuer="https://login.example"), _person(h, 12, issuer="https://login.example"),
        _person(h, 9, name="\u202eAnna"), _person(h, 10, address="O'Brien@Example.ORG", startsAt=h.later),
    ]  # fmt: skip
    for who, side in (("admin.kenya", {}), ("secretariat", {"forum": h.forum("gfmd")})):
        single = {**side, "organisation": h.organisation("kenya")}
        alone = [await act(h, who, "invite_person", **single, **wish) for wish in wishes]
        by_one = [_kept(row) for row in await _invitations(h)]
        await _forget(h)
        refused = [n for n, payload in enumerate(alone) if payload["errors"]]
        together = await act(h, who, "invite_people", **side, **_own(h, *wishes))
        assert await _invitations(h) == []
        assert together["errors"] == [
            {**error, "path": ["people", str(n), *error["path"]]} for n in refused for error in alone[n]["errors"]
        ]
        rest = [wish for n, wish in enumerate(wishes) if n not in refused]
        payload = await act(h, who, "invite_people", **side, **_own(h, *rest))
        assert payload["errors"] == []
        at_once = [_kept(row) for row in await _invitations(h)]
        assert len(at_once) == len(rest) > 3
        assert sorted(at_once, key=str) == sorted(by_one, key=str)
        await _forget(h)


async def _forget(h):
    async with begin(h.s.engine) as unit:
        await unit.run(sa.delete(t.invitation))
        await unit.connection.commit()


def _kept(row):
    apart = ("id", "invited_at", "open_until", "blank_at", "mandate_id")
    return {name: value for name, value in row.items() if name not in apart}


# ---- all or nothing
async def test_one_that_is_refused_undoes_all_and_each_refusal_is_named(h):
    kenya = {"organisation": h.organisation("kenya")}
    people = [
        _person(h, 1, **kenya), _person(h, 2, **kenya, address="no address"), _person(h, 3), _person(h, 1, **kenya),
        _person(h, 4, organisation=f"Organisation:{uuid.uuid4()}"), _person(h, 5, **kenya, role="ADMINISTRATOR"),
        _person(h, 1, **kenya, role="PENHOLDER"),
    ]  # fmt: skip
    payload = await act(h, "secretariat", "invite_people", **_office(h, *people))
    assert [(error["code"], error["path"]) for error in payload["errors"]] == [
        ("INVALID_VALUE", ["people", "1", "address"]),
        ("INVALID_VALUE", ["people", "2", "organisation"]),
        ("INVALID_VALUE", ["people", "3", "address"]),
        ("NOT_FOUND", ["people", "4", "organisation"]),
        ("AUTHORITY_NOT_YOURS", ["people", "5"]),
    ]
    assert "at people 0 already" in payload["errors"][2]["message"]
    assert (payload["rows"], payload["forum"], await _invitations(h)) == (None, None, [])


@pytest.mark.parametrize(
    ("who", "given", "code"),
    [
        (None, {}, "NOT_SIGNED_IN"),
        ("focal.kenya", {}, "AUTHORITY_NOT_YOURS"),
        ("admin.nepal", {}, "AUTHORITY_NOT_YOURS"),
        ("secretariat", {}, "AUTHORITY_NOT_YOURS"),
        ("admin.kenya", {"forum": "gfmd"}, "AUTHORITY_NOT_YOURS"),
        ("secretariat.rcp", {"forum": "gfmd"}, "AUTHORITY_NOT_YOURS"),
        ("admin.kenya", {"organisation": None}, "INVALID_VALUE"),
        ("admin.kenya", {"people": []}, "INVALID_VALUE"),
        ("admin.kenya", {"zone": "Europe/Atlantis"}, "UNKNOWN_CODE"),
    ],
)
@pytest.mark.parametrize("dry", [True, False])
async def test_nobody_asks_many_in_who_could_not_ask_one_in(h, who, given, code, dry):
    forum = {"forum": h.forum(given["forum"])} if "forum" in given else {}
    payload = await act(h, who, "invite_people", **{**_own(h, _person(h, 1)), **given, **forum, "dryRun": dry})
    beside = [error["code"] for row in payload["rows"] or [] for error in row["errors"]]
    assert _codes(payload) + beside == [code]
    assert await _invitations(h) == []


async def test_an_administrator_asks_in_for_no_other_organisation(h):
    people = [_person(h, 1, organisation=h.organisation(slug)) for slug in ("kenya", "nepal")]
    payload = await act(h, "admin.kenya", "invite_people", **_own(h, *people))
    assert [error["path"] for error in payload["errors"]] == [["people", "1", "organisation"]]


async def test_a_list_has_its_longest(h):
    payload = await act(h, "admin.kenya", "invite_people", **_own(h, *[_person(h, n) for n in range(501)]))
    assert (_codes(payload), payload["errors"][0]["path"]) == (["INVALID_VALUE"], ["people"])


# ---- looked at first
async def test_a_dry_run_says_what_would_come_of_each_and_does_nothing(h):
    first = await act(h, "admin.kenya", "invite_people", **_own(h, _person(h, 1), _person(h, 2)))
    assert (await act(h, None, "accept_invitation", link=first["rows"][1]["link"]))["errors"] == []
    people = [_person(h, 1), _person(h, 2, address="P2@EXAMPLE.ORG"), _person(h, 3), _person(h, 4, address="x")]
    key, before = str(uuid.uuid4()), await _state(h)
    looked = await act(h, "admin.kenya", "invite_people", key, **_own(h, *people, dryRun=True))
    assert looked["errors"] == []
    assert [row["outcome"] for row in looked["rows"]] == ["WAITS", "HOLDS", "NEW", "REFUSED"]
    codes = [[error["code"] for error in row["errors"]] for row in looked["rows"]]
    assert codes == [["INVITATION_WAITS"], ["MANDATE_STANDS"], [], ["INVALID_VALUE"]]
    assert {row[name] for row in looked["rows"] for name in ("link", "invitation", "openUntil")} == {None}
    assert await _state(h) == before
    # What it said would be refused is refused, and nothing else; who is there already may be left out.
    payload = await act(h, "admin.kenya", "invite_people", **_own(h, *people))
    assert [{name: error[name] for name in ("code", "message", "path")} for error in payload["errors"]] == [
        error for row in looked["rows"] for error in row["errors"]
    ]
    looked = await act(h, "admin.kenya", "invite_people", key, **_own(h, *people[:3], dryRun=True, leaveOut=True))
    done = await act(h, "admin.kenya", "invite_people", key, **_own(h, *people[:3], leaveOut=True))
    assert [row["outcome"] for row in looked["rows"]] == ["WAITS", "HOLDS", "NEW"]
    assert [row["outcome"] for row in done["rows"]] == ["WAITS", "HOLDS", "NEW"]
    assert [row["link"] is None for row in done["rows"]] == [True, True, False]
    assert len(await _invitations(h)) == 3


async def _state(h):
    """All that an act could leave behind."""
    return [await h.s.rows(table) for table in (t.invitation, t.history, t.request_key, t.notice)]


async def test_the_same_request_again_shows_the_same_links_and_does_nothing(h):
    """A bad line may take the answer with it: 500 links would be lost."""
    key, people = str(uuid.uuid4()), [_person(h, 1), _person(h, 2)]
    await act(h, "admin.kenya", "invite_people", **_own(h, _person(h, 2)))
    given = _own(h, *people, leaveOut=True)
    first = await act(h, "admin.kenya", "invite_people", key, **given)
    before = await _state(h)
    assert await act(h, "admin.kenya", "invite_people", key, **given) == first
    assert await _state(h) == before
    assert [row["link"] is None for row in first["rows"]] == [False, True]
    other = await act(h, "admin.kenya", "invite_people", key, **_own(h, people[0]))
    assert _codes(other) == ["KEY_REUSED"]


async def test_one_who_holds_the_role_by_an_invitation_is_asked_once_more_for_another_time_only(h):
    payload = await act(h, "admin.kenya", "invite_people", **_own(h, _person(h, 1, endsAt=h.later)))
    await act(h, None, "accept_invitation", link=payload["rows"][0]["link"])
    again = await act(h, "admin.kenya", "invite_person", organisation=h.organisation("kenya"), **_person(h, 1))
    assert _codes(again) == ["MANDATE_STANDS"]
    later = {"organisation": h.organisation("kenya"), **_person(h, 1, startsAt=h.later)}
    assert _codes(await act(h, "admin.kenya", "invite_person", **later)) == []


async def test_two_lists_at_once_ask_nobody_twice(h):
    """In opposite order, over the same organisations: neither waits for the other for ever."""
    people = [_person(h, n, organisation=h.organisation(("kenya", "nepal", "network")[n % 3])) for n in range(30)]
    lists = [people, people[::-1], people]
    payloads = await asyncio.gather(*(act(h, "secretariat", "invite_people", **_office(h, *one)) for one in lists))
    assert sorted(len(payload["errors"]) for payload in payloads) == [0, 30, 30]
    assert {error["code"] for payload in payloads for error in payload["errors"]} == {"INVITATION_WAITS"}
    assert len(await _invitations(h)) == 30
