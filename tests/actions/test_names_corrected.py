"""A forum and an organisation get another name on the record; what was done under the former one keeps it."""

import asyncio
import json

import pytest

from forum.errors import AuthorityNotYours, InvalidValue, OrganisationStands, PossibleTwin, RoleNotAllowed
from forum.store.tables import schema as t
from tests.support.scene import scene

REASON = "The General Assembly of its members decided so."


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        await made.change(t.forum, made.forums["gfmd"], registrar=True)
        yield made


async def told(s):
    people = {row["id"]: row["subject"] for row in await s.rows(t.person)}
    return {people[n["person_id"]]: n["words"] for n in await s.rows(t.notice, kind="corrected")}


def organisation(s, **more):
    return {"forum": s.forums["gfmd"], "organisation": s.organisations["network"], "reason": REASON, **more}


async def test_a_forum_has_another_name_and_its_former_one_stays_on_the_record(s):
    fields = {"forum": s.forums["gfmd"], "name": "Forum  on Migration", "acronym": "FM", "reason": REASON}
    ids = await s.do("rename_forum", "secretariat", **fields)
    row = await s.row(t.forum, id=s.forums["gfmd"])
    assert (row["name"], row["acronym"], row["slug"]) == ("Forum on Migration", "FM", "gfmd")
    correction = await s.row(t.correction, id=ids["correction"])
    assert (correction["kind"], correction["number"], correction["forum_id"]) == ("renamed", 1, s.forums["gfmd"])
    assert (correction["reason"], correction["mandate_id"]) == (REASON, s.mandates["secretariat"])
    assert json.loads(correction["changes"]) == [
        {"what": "name", "was": "Gfmd", "reads": "Forum on Migration"},
        {"what": "acronym", "was": None, "reads": "FM"},
    ]
    people = await told(s)
    assert {"focal.kenya", "rep.network", "penholder"} <= set(people)
    assert not {"secretariat", "rep.stranger"} & set(people)
    assert "Gfmd is called Forum on Migration (FM) from now on" in people["focal.kenya"]
    again = await s.do("rename_forum", "secretariat", **{**fields, "name": "Gfmd", "acronym": ""})
    assert (await s.row(t.correction, id=again["correction"]))["number"] == 2
    assert (await s.row(t.forum, id=s.forums["gfmd"]))["acronym"] is None


async def test_a_forum_is_not_renamed_to_another_nor_by_others_nor_to_what_it_is(s):
    fields = {"forum": s.forums["gfmd"], "reason": REASON}
    for name, path in (("hlpf", ("name",)), ("\u200b", ("name",)), ("Gfmd", ())):
        with pytest.raises(InvalidValue) as refused:
            await s.do("rename_forum", "secretariat", **fields, name=name)
        assert refused.value.path == path
    with pytest.raises(InvalidValue) as refused:
        await s.do("rename_forum", "secretariat", forum=s.forums["gfmd"], name="Other", reason=" ")
    assert refused.value.path == ("reason",)
    for who in ("penholder", "focal.kenya", "secretariat.rcp"):
        with pytest.raises((RoleNotAllowed, AuthorityNotYours)):
            await s.do("rename_forum", who, **fields, name="Other")
    assert not await s.rows(t.correction)


async def test_an_organisation_has_another_name_and_what_it_handed_in_keeps_the_former(s):
    mine = await s.input("rep.network")
    await s.do("rename_organisation", "secretariat", **organisation(s, name="Diaspora Network", short_name="DN"))
    row = await s.row(t.organisation, id=s.organisations["network"])
    assert (row["name"], row["short_name"], row["name_keys"]) == ("Diaspora Network", "DN", ["diasporanetwork", "dn"])
    assert (await s.row(t.contribution, id=mine))["label"] == "Network of Diaspora Groups"
    [correction] = await s.rows(t.correction, organisation_id=s.organisations["network"])
    assert [change["was"] for change in json.loads(correction["changes"])] == ["Network of Diaspora Groups", None]
    assert set(await told(s)) == {"rep.network"}


async def test_nobody_takes_the_name_of_another_organisation(s):
    with pytest.raises(OrganisationStands):
        await s.do("rename_organisation", "secretariat", **organisation(s, name="city of QUITO"))
    await s.do("rename_organisation", "secretariat", **organisation(s, short_name="DN"))
    with pytest.raises(PossibleTwin):
        await s.do(
            "rename_organisation", "secretariat",
            **{**organisation(s, short_name="D.N."), "organisation": s.organisations["quito"]},
        )  # fmt: skip
    with pytest.raises(InvalidValue):
        await s.do("rename_organisation", "secretariat", **organisation(s, short_name="DN"))


async def test_only_the_office_that_admits_renames_organisations(s):
    for who in ("rep.network", "secretariat.rcp"):
        with pytest.raises(AuthorityNotYours):
            await s.do("rename_organisation", who, **organisation(s, name="Other"))
    await s.change(t.forum, s.forums["gfmd"], registrar=False)
    with pytest.raises(AuthorityNotYours):
        await s.do("rename_organisation", "secretariat", **organisation(s, name="Other"))


async def test_two_that_rename_an_organisation_at_once_lose_nothing_of_each_other(s):
    for n in range(6):
        await asyncio.gather(
            s.do("rename_organisation", "secretariat", **organisation(s, name=f"Name {n}")),
            s.do("rename_organisation", "secretariat", **organisation(s, short_name=f"S{n}")),
        )
        row = await s.row(t.organisation, id=s.organisations["network"])
        assert (row["name"], row["short_name"], row["name_keys"]) == (f"Name {n}", f"S{n}", [f"name{n}", f"s{n}"])
    numbers = [row["number"] for row in await s.rows(t.correction, organisation_id=s.organisations["network"])]
    assert sorted(numbers) == list(range(1, 13))


async def test_two_forums_never_take_one_name_at_once(s):
    for n in range(6):
        answers = await asyncio.gather(
            *[
                s.do("rename_forum", who, forum=s.forums[forum], reason=REASON, name=f"Name {n}")
                for who, forum in (("secretariat", "gfmd"), ("secretariat.hlpf", "hlpf"))
            ],
            return_exceptions=True,
        )
        assert sum(isinstance(answer, InvalidValue) for answer in answers) == 1, answers


async def test_a_forum_takes_neither_acronym_nor_short_name_of_another_in_any_spelling(s):
    await s.change(t.forum, s.forums["hlpf"], name="Große \ufb01rma", acronym="PF")
    fields = {"forum": s.forums["gfmd"], "reason": REASON}
    for more, path in (
        ({"acronym": "HLPF"}, "acronym"),
        ({"acronym": "P\u200bF"}, "acronym"),
        ({"acronym": "GF\u041cD"}, "acronym"),
        ({"name": "pf"}, "name"),
        ({"name": "GROSSE FIRMA"}, "name"),
    ):
        with pytest.raises(InvalidValue) as refused:
            await s.do("rename_forum", "secretariat", **fields, **more)
        assert refused.value.path == (path,)
    assert not await s.rows(t.correction)


async def test_an_acronym_that_goes_is_said_with_the_former_name(s):
    fields = {"forum": s.forums["gfmd"], "reason": REASON}
    for acronym, words in (("FM", "Gfmd is called Gfmd (FM) from"), ("", "Gfmd (FM) is called Gfmd from")):
        ids = await s.do("rename_forum", "secretariat", **fields, acronym=acronym)
        notices = await s.rows(t.notice, cause_id=ids["correction"])
        assert notices
        assert all(notice["words"].startswith(words) for notice in notices)
