"""An organisation comes in by the registrar's word alone, never in another's place; what an applicant says is read by
nobody else."""

import asyncio

import pytest

from forum.store.tables import schema as t
from forum.store.unit import fresh
from tests.hostile.mandates import hostile
from tests.support.scene import DAY

SECRET_WORDS = "We fear our own ministry"
APPLICATION = (
    "query($id: ID!) { node(id: $id) { ... on Application { name about state reason person { name } "
    "twins { nodes { name } } organisation { name } } } }"
)
LISTS = (
    '{ forum(slug: "gfmd") { admitsOrganisations applications { totalCount nodes { id about } } } '
    "viewer { applications { nodes { id state } } } }"
)
OTHERS = (
    "penholder", "liaison", "focal.kenya", "rep.network", "coordinator", "rep.stranger", "secretariat.rcp",
    "secretariat.hlpf", "admin.kenya",
)  # fmt: skip


@pytest.fixture
async def h(database, monkeypatch):
    async with hostile(database.app_url) as made:
        await made.s.change(t.forum, made.s.forums["gfmd"], registrar=True)
        yield made


def _asks(h, forum="gfmd", **more):
    said = {"name": "Migrant Nurses Network", "kind": "CIVIL_SOCIETY", "shortName": "MNN", "about": SECRET_WORDS}
    return {"forum": h.forum(forum), "yourName": "Amina N.", **said, **more}


async def _codes(h, who, act, attempts):
    found = [(given, (await h.try_(who, act, **given))[0], code) for given, code in attempts]
    assert [one for one in found if one[1] != one[2]] == []


async def test_somebody_who_holds_nothing_applies_and_administers_what_is_admitted(h):
    application = await h.done("newcomer", "apply_for_admission", **_asks(h))
    assert (await h.try_("newcomer", "apply_for_admission", **_asks(h, name="Another One")))[0] == "APPLICATION_WAITS"
    given = {"forum": h.forum("gfmd"), "application": application, "status": "OBSERVER"}
    assert (await h.try_("newcomer", "admit_organisation", **given))[0] == "AUTHORITY_NOT_YOURS"
    made = await h.done("secretariat", "admit_organisation", **given, mechanisms=["civil_society"])
    assert (await h.try_("secretariat", "admit_organisation", **given))[0] == "WRONG_STATE"
    named = {"organisation": made, "role": "REPRESENTATIVE", "subject": "nurse", "startsAt": h.since}
    assert (await h.try_("secretariat", "name_representative", **named))[0] == "AUTHORITY_NOT_YOURS"
    await h.done("newcomer", "name_representative", **named)
    seats = '{ forum(slug: "gfmd") { participations(status: OBSERVER) { nodes { organisation { name } } } } }'
    taking_part = (await h.ask(None, seats))["forum"]["participations"]["nodes"]
    assert {"organisation": {"name": "Migrant Nurses Network"}} in taking_part
    told = [n["words"] for n in await h.s.rows(t.notice, kind="admission")]
    assert len(told) == 2  # the registrar's secretariat of the application, the applicant of the answer
    assert not any(SECRET_WORDS in words for words in told)


async def test_nobody_but_the_registrar_admits_or_declines(h):
    application = await h.done("newcomer", "apply_for_admission", **_asks(h))
    admitting = {"forum": h.forum("gfmd"), "application": application}
    for who in OTHERS:
        assert (await h.try_(who, "admit_organisation", **admitting))[0] == "AUTHORITY_NOT_YOURS", who
        declining = {"application": application, "reason": "No."}
        assert (await h.try_(who, "decline_application", **declining))[0] == "NOT_FOUND", who
    # The office of a forum that is no registrar admits nobody, also not what was sent to another.
    theirs = {**admitting, "forum": h.forum("rcp")}
    assert (await h.try_("secretariat.rcp", "admit_organisation", **theirs))[0] == "AUTHORITY_NOT_YOURS"
    await h.s.change(t.forum, h.s.forums["rcp"], registrar=True)
    assert (await h.try_("secretariat.rcp", "admit_organisation", **theirs))[0] == "NOT_FOUND"
    await _codes(h, "secretariat", "decline_application", [({"application": application}, "INVALID_VALUE")])
    await h.done("secretariat", "decline_application", application=application, reason="Ask again in spring.")
    assert (await h.try_("newcomer", "decline_application", application=application))[0] == "WRONG_STATE"
    await h.done("newcomer", "apply_for_admission", **_asks(h))


async def test_an_application_is_read_by_the_applicant_and_the_registrar_alone(h):
    application = await h.done("newcomer", "apply_for_admission", **_asks(h))
    for who in (None, *OTHERS, "somebody.else"):
        assert (await h.ask(who, APPLICATION, id=application))["node"] is None, who
        found = await h.ask(who, LISTS)
        assert found["forum"]["applications"] == {"totalCount": 0, "nodes": []}, who
        assert found["viewer"]["applications"]["nodes"] == []
    for who in ("newcomer", "secretariat"):
        assert (await h.ask(who, APPLICATION, id=application))["node"]["about"] == SECRET_WORDS
        assert (await h.ask(who, LISTS))["forum"]["applications"]["totalCount"] == 1
    # Nor does anybody learn of it by applying under the same name.
    await h.done("rep.stranger", "apply_for_admission", **_asks(h))
    assert SECRET_WORDS not in str(await h.s.rows(t.history, subject_kind="application"))


async def test_applying_opens_nothing(h):
    """Somebody who holds nothing reads the public record and their own; names of people stay for those who hold
    something."""
    theirs = "people { nodes { id } } mandates { nodes { id office } }"
    look = f"{{ forums {{ nodes {{ slug }} }} organisations {{ nodes {{ {theirs} }} }} }}"
    before = await h.ask(None, look)
    await h.done("newcomer", "apply_for_admission", **_asks(h))
    assert await h.ask("newcomer", look) == before
    person = "query($id: ID!) { node(id: $id) { ... on Person { name } } }"
    assert (await h.ask("newcomer", person, id=f"Person:{h.s.people['secretariat']}"))["node"] is None
    me = (await h.ask("newcomer", "{ viewer { person { name } mandates { id } } }"))["viewer"]
    assert me == {"person": {"name": "Amina N."}, "mandates": []}


async def test_nobody_takes_the_place_of_an_organisation_that_is_here(h):
    same = ("Kenya", " KENYA ", "Ke-nya", "K\u00e9nya", "\uff2benya")
    attempts = [(_asks(h, name=name, shortName=None), "ORGANISATION_STANDS") for name in same]
    state = {"kind": "STATE", "shortName": None}
    attempts += [(_asks(h, name="Republic of Kenya", **state, countryCode="KE"), "ORGANISATION_STANDS")]
    misleading = ("\u041aenya", "Ken\u200bya", "Kenya\u202e", " ", "---", "x" * 201)
    codes = ["INVALID_VALUE"] * 5 + ["TEXT_TOO_LONG"]
    attempts += [(_asks(h, name=name, shortName=None), code) for name, code in zip(misleading, codes, strict=True)]
    attempts += [
        (_asks(h, about=" "), "INVALID_VALUE"), (_asks(h, about="x" * 4001), "TEXT_TOO_LONG"),
        (_asks(h, yourName="\u00a0"), "INVALID_VALUE"), (_asks(h, countryCode="NO"), "INVALID_VALUE"),
        (_asks(h, **state), "INVALID_VALUE"), (_asks(h, "hlpf"), "ADMITS_NOBODY"),
        (_asks(h) | {"forum": f"Forum:{fresh()}"}, "NOT_FOUND"),
    ]  # fmt: skip
    await _codes(h, "newcomer", "apply_for_admission", attempts)
    assert await h.s.rows(t.person, subject="newcomer") == []  # nobody is entered by an application that is refused
    direct = {"forum": h.forum("gfmd"), "kind": "CIVIL_SOCIETY", "subject": "secretariat", "name": "kenya"}
    assert (await h.try_("secretariat", "admit_organisation", **direct))[0] == "ORGANISATION_STANDS"


async def test_an_acronym_that_is_taken_is_told_to_the_registrar(h):
    await h.s.change(t.organisation, h.s.organisations["network"], short_name="MNN", name_keys=["mnn"])
    application = await h.done("newcomer", "apply_for_admission", **_asks(h))
    seen = (await h.ask("secretariat", APPLICATION, id=application))["node"]
    assert seen["twins"]["nodes"] == [{"name": "Network of Diaspora Groups"}]
    given = {"forum": h.forum("gfmd"), "application": application}
    code, message = await h.try_("secretariat", "admit_organisation", **given)
    assert code == "POSSIBLE_TWIN"
    assert "Network of Diaspora Groups" in message
    await h.done("secretariat", "admit_organisation", **given, another=True)


async def test_whom_the_registrar_proposes_accepts_or_does_not_administer(h):
    """Nobody administers an organisation who neither asked nor accepted, and nobody accepts in their place."""
    given = {"forum": h.forum("gfmd"), "kind": "CIVIL_SOCIETY", "name": "Nurses Abroad"}
    await _codes(h, "secretariat", "admit_organisation", [
        (given, "INVALID_VALUE"), ({**given, "subject": " "}, "INVALID_VALUE"),
        ({**given, "subject": "nurse", "application": f"Application:{fresh()}"}, "NOT_FOUND"),
    ])  # fmt: skip
    made = await h.done("secretariat", "admit_organisation", **given, subject="nurse", personName="A nurse")
    nurse = (await h.s.row(t.person, subject="nurse"))["id"]
    mandate = await h.s.row(t.mandate, role="administrator", person_id=nurse)
    theirs = {"mandate": f"Mandate:{mandate['id']}"}
    named = {"organisation": made, "role": "DELEGATE", "subject": "x", "startsAt": h.since}
    assert (await h.try_("nurse", "name_representative", **named))[0] == "AUTHORITY_NOT_YOURS"
    assert (await h.try_("secretariat", "accept_mandate", **theirs))[0] == "AUTHORITY_NOT_YOURS"
    assert (await h.try_("admin.kenya", "accept_mandate", **theirs))[0] == "NOT_FOUND"
    await h.done("nurse", "accept_mandate", **theirs)
    await h.done("nurse", "name_representative", **named)
    ends = {**theirs, "endsAt": h.later, "reason": "Another one is nicer."}
    assert (await h.try_("secretariat", "end_mandate", **ends))[0] == "AUTHORITY_NOT_YOURS"


async def test_two_that_are_admitted_at_once_are_not_twins(h):
    given = {"forum": h.forum("gfmd"), "kind": "CIVIL_SOCIETY"}
    tries = [
        h.try_("secretariat", "admit_organisation", **given, name=name, subject=f"nurse.{n}")
        for n, name in enumerate(("Nurses Abroad", "NURSES ABROAD", "Nurses-Abroad", "Nurses  abroad"))
    ]
    codes = sorted(code for code, _ in await asyncio.gather(*tries))
    assert codes == ["ORGANISATION_STANDS"] * 3 + ["done"]


async def test_an_applicant_takes_back_their_own(h):
    application = await h.done("newcomer", "apply_for_admission", **_asks(h))
    await h.done("newcomer", "decline_application", application=application)
    assert (await h.ask("newcomer", APPLICATION, id=application))["node"]["state"] == "WITHDRAWN"
    given = {"forum": h.forum("gfmd"), "application": application}
    assert (await h.try_("secretariat", "admit_organisation", **given))[0] == "WRONG_STATE"
    await h.s.shift(DAY)
    await h.done("newcomer", "apply_for_admission", **_asks(h))


async def test_acts_says_where_somebody_may_apply_whether_or_not_the_service_knows_them(h):
    acts = "query($on: ID!) { acts(on: $on) { act yes because { code } } }"
    for who in ("newcomer", "rep.stranger", "secretariat", None):
        for forum in ("gfmd", "hlpf"):
            answers = {a["act"]: a for a in (await h.ask(who, acts, on=h.forum(forum)))["acts"]}
            apply, because = answers["APPLY_FOR_ADMISSION"], "ADMITS_NOBODY" if who else "NOT_SIGNED_IN"
            assert apply["yes"] is (who is not None and forum == "gfmd"), (who, forum)
            assert apply["yes"] or apply["because"]["code"] == because, (who, forum)
            assert answers["ADMIT_ORGANISATION"]["yes"] is (who == "secretariat" and forum == "gfmd"), (who, forum)
    assert await h.s.rows(t.person, subject="newcomer") == []  # who only asks is not entered
