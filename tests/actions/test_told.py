"""People are told: of a call, a return, an answer, a text that was closed. Once each, and never who wrote what is not
attributed.
"""

import json

import pytest

from forum import errors
from forum.actions.call.issue_call import SectionAsked
from forum.actions.contribution.parts import SectionText
from forum.store.tables import schema as t
from forum.store.unit import fresh
from tests.support.scene import DAY, scene
from tests.support.silence_scene import Line, ended, put, reading

PEOPLE = ("rep.network", "focal.kenya", "focal.nepal", "rep.quito", "rep.stranger", "coordinator", "secretariat", None)


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        yield made


async def told(database, subject, kind=None):
    """The notices of somebody, the newest first."""
    async with reading(database.app_url) as ask:
        mine = (await Line(ask, subject).ask("my_notices"))["viewer"]["notices"]["nodes"]
    return [notice for notice in mine if kind in (None, notice["kind"])]


async def who_is_told(database, kind):
    return {subject for subject in PEOPLE if await told(database, subject, kind)}


async def test_addressees_and_their_coordinators_are_told_of_a_call_once(s, database):
    key = fresh()
    given = {"title": "Second call", "text": "Please write.", "zone": "UTC", "closes_at": s.now + 20 * DAY}
    asked = (SectionAsked(code="a", prompt="What works?"),)
    for _ in range(2):  # a retry is the same call
        await s.do("issue_call", "secretariat", track=s.tracks["main"], **given, sections=asked, key=key)
    told_of_it = {subject: await told(database, subject, "CALL") for subject in PEOPLE}
    assert {subject for subject, mine in told_of_it.items() if mine} == {
        "rep.network", "focal.kenya", "focal.nepal", "rep.quito", "coordinator",
    }  # fmt: skip
    assert all(len(mine) <= 1 for mine in told_of_it.values())
    [notice] = told_of_it["rep.network"]
    assert notice["call"]["title"] == "Second call"
    assert 'The call "Second call" asks your organisation for an input.' in notice["words"]
    assert "mechanism that you coordinate" in told_of_it["coordinator"][0]["words"]


@pytest.mark.parametrize("attribution", ["organisation", "none"])
async def test_the_author_of_a_returned_input_is_told_and_nobody_else(s, database, attribution):
    id_ = await s.input(attribution=attribution)
    await s.do("return_contribution", "secretariat", contribution=id_, reason="Which desks?")
    assert await who_is_told(database, "RETURNED") == {"rep.network"}
    [notice] = await told(database, "rep.network", "RETURNED")
    assert notice["contribution"]["id"] == f"Contribution:{id_}"
    assert notice["words"].endswith("What needs clarifying: Which desks?")
    await s.do("withdraw_return", "secretariat", contribution=id_)
    assert len(await told(database, "rep.network", "RETURNED")) == 2
    assert await who_is_told(database, "RETURNED") == {"rep.network"}


@pytest.mark.parametrize("attribution", ["organisation", "none"])
async def test_an_answer_is_told_once_to_its_author_when_the_text_may_be_read(s, database, attribution):
    id_ = await s.input(attribution=attribution)
    await s.stage("main", "drafting")
    document = await s.document("main", "consolidated_report")
    await s.write(document, "Desks help.")
    answer = {"document": document, "subject": f"Contribution:{id_}", "word": "noted"}
    await s.do("record_disposition", "penholder", **answer)
    await s.do("record_disposition", "penholder", **answer)  # the same once more says nothing new
    assert await who_is_told(database, "ANSWERED") == set(), "what a draft says is its drafters' own"
    await s.circulate(document)
    assert await who_is_told(database, "ANSWERED") == {"rep.network"}
    assert len(await told(database, "rep.network", "ANSWERED")) == 1
    subjects = (f"Contribution:{id_}",)
    await s.do("record_joint_disposition", "penholder", document=document, subjects=subjects, reason="Together.")
    assert len(await told(database, "rep.network", "ANSWERED")) == 2


async def test_who_commented_is_told_of_the_answer(s, database):
    await s.stage("main", "drafting")
    document = await s.document("main", "consolidated_report")
    await s.write(document, "Desks help.")
    await s.circulate(document)
    await s.stage("main", "consultation")
    said = await s.do("add_comment", "focal.kenya", document=document, text="And phones.", attribution="none")
    subject = f"Comment:{said['comment']}"
    await s.do("record_disposition", "penholder", document=document, subject=subject, word="noted")
    assert await who_is_told(database, "ANSWERED") == {"focal.kenya"}


async def test_those_who_take_part_are_told_of_a_text_that_was_issued(s, database):
    await s.change(t.call, s.call, state="closed", closed_at=s.now)
    await s.stage("main", "drafting")
    document = await s.document("main", "consolidated_report")
    await s.write(document, "Desks help.")
    await s.stage("main", "closing")
    await s.do("issue_document", "secretariat", document=document)
    assert await who_is_told(database, "TEXT_CLOSED") == set(PEOPLE) - {"rep.stranger", None}
    [notice] = await told(database, "focal.kenya", "TEXT_CLOSED")
    assert notice["document"]["id"] == f"Document:{document}"
    assert "Issued by the Chair on" in notice["words"]


async def test_an_end_by_silence_is_told_to_the_other_readers_once(s, database):
    await s.change(t.call, s.call, state="closed", closed_at=s.now)
    await s.stage("focused", "drafting")
    document = await s.document("focused", "focused_input")
    await s.write(document, "Desks help.")
    await s.stage("focused", "no_objection")
    assert await ended(s, await put(s, document)) == "passed"
    ends = {subject: [n["kind"] for n in await told(database, subject)] for subject in PEOPLE}
    assert ends["rep.network"] == ["TEXT_CLOSED"]
    assert ends["focal.kenya"].count("TEXT_CLOSED") + ends["focal.kenya"].count("SILENCE_ENDED") == 1


async def test_an_author_reads_its_own_lines_of_the_history_and_not_the_secretariats(s, database):
    id_ = await s.input()
    await s.do("admit_contribution", "secretariat", contribution=id_)
    async with reading(database.app_url) as ask:
        page = await Line(ask, "rep.network").ask("contribution_page", id=f"Contribution:{id_}")
        acts = {line["act"] for line in page["node"]["history"]["nodes"]}
        other = await Line(ask, "focal.kenya").ask("contribution_page", id=f"Contribution:{id_}")
    assert acts == {"save_contribution", "release_contribution", "submit_contribution"}
    assert other["node"]["history"]["nodes"] == []


async def test_a_comment_under_a_name_stands_in_its_authors_history(s, database):
    await s.stage("main", "drafting")
    document = await s.document("main", "consolidated_report")
    await s.write(document, "Desks help.")
    await s.circulate(document)
    await s.stage("main", "consultation")
    said = (await s.do("add_comment", "focal.kenya", document=document, text="And phones."))["comment"]
    text = "query Q($id: ID!) { node(id: $id) { ... on Comment { history(first: 9) { nodes { act } } } } }"
    async with reading(database.app_url) as ask:
        mine = await ask("focal.kenya", text, id=f"Comment:{said}")
        theirs = await ask("focal.nepal", text, id=f"Comment:{said}")
    assert [line["act"] for line in mine["node"]["history"]["nodes"]] == ["add_comment"]
    assert theirs["node"]["history"]["nodes"] == []


async def test_the_same_words_twice_are_a_hint_and_not_a_second_receipt(s):
    id_ = await s.input()
    given = {"title": "An input", "language": "en"}
    twin = {**given, "call": s.call, "sections": (SectionText(code="a", text="Desks near markets help."),)}
    second = await s.do("save_contribution", "rep.network", **twin, visibility="secretariat")
    await s.do("release_contribution", "rep.network", **second, expected_revision=1)
    with pytest.raises(errors.SameTextHandedIn) as refused:
        await s.do("submit_contribution", "rep.network", **second)
    assert refused.value.contribution == id_
    assert refused.value.receipt == (await s.row(t.contribution, id=id_))["receipt_number"]
    other = [row["id"] for row in await s.rows(t.contribution) if row["id"] != id_]
    await s.do("submit_contribution", "rep.network", contribution=other[0], again=True)
    await s.input("rep.quito")  # another author's own words may be the same
    for again in (False, True):
        entered = {"call": s.call, **given, "received_from": s.organisations["nepal"], "again": again}
        text = (SectionText(code="a", text="By post: desks help."),)
        await s.do("record_contribution", "secretariat", **entered, sections=text)
    with pytest.raises(errors.SameTextHandedIn):
        await s.do("record_contribution", "secretariat", **{**entered, "again": False}, sections=text)


async def test_what_was_taken_back_is_handed_in_again_as_it_stands(s):
    id_ = await s.input()
    await s.do("withdraw_contribution", "rep.network", contribution=id_)
    await s.do("release_contribution", "rep.network", contribution=id_, expected_revision=1)
    await s.do("submit_contribution", "rep.network", contribution=id_)
    assert (await s.row(t.contribution, id=id_))["state"] == "submitted"


async def test_a_body_that_was_set_up_for_something_else_closes_no_text(s):
    child = {"slug": "wg", "name": "Group", "layer": "global", "kind": "working_group", "power": "assists"}
    group = fresh()
    await s.add(t.forum, {"id": group, "parent_id": s.forums["hlpf"], **child})
    await s.stage("hlpf", "drafting")
    given = {"track": s.tracks["hlpf"], "kind": "declaration", "title": "D", "symbol": "D/1", "language": "en"}
    document = (await s.do("draft_document", "secretariat.hlpf", **given))["document"]
    await s.do("write_paragraph", "secretariat.hlpf", document=document, text="We agree.")
    await s.stage("hlpf", "adoption")
    chair = {"organisation_id": s.organisations["desa"], "forum_id": s.forums["hlpf"], "office": "chair"}
    await s.add(t.mandate, {"id": fresh(), "starts_at": s.now - DAY, "accepted_at": s.now - DAY, **chair})
    with pytest.raises(errors.InvalidValue, match="was set up for something else") as refused:
        await s.do("endorse_document", "secretariat.hlpf", document=document, body=group)
    assert refused.value.path == ("body",)
    await s.do("endorse_document", "secretariat.hlpf", document=document, body=s.forums["hlpf"])


async def test_no_text_of_a_shipped_process_is_issued_while_a_call_is_open_or_an_answer_is_missing(s):
    await s.stage("main", "drafting")
    document = await s.document("main", "consolidated_report")
    await s.write(document, "Desks help.")
    await s.circulate(document)
    await s.stage("main", "consultation")
    said = (await s.do("add_comment", "focal.kenya", document=document, text="And phones."))["comment"]
    await s.stage("main", "call")
    id_ = await s.input()
    await s.stage("main", "closing")
    for subject, gate in (
        (f"Contribution:{id_}", "every_input_answered"),
        (f"Comment:{said}", "every_comment_answered"),
    ):
        with pytest.raises(errors.GateClosed) as refused:
            await s.do("issue_document", "secretariat", document=document)
        assert refused.value.gate == gate
        await s.do("record_disposition", "penholder", document=document, subject=subject, word="noted")
    with pytest.raises(errors.GateClosed, match="1 call still takes inputs") as refused:
        await s.do("issue_document", "secretariat", document=document)
    assert refused.value.open_ids == (f"Call:{s.call}",)
    await s.shift(3 * DAY)  # past its deadline, whether or not the clock has come to it
    await s.do("issue_document", "secretariat", document=document)
    assert json.loads((await s.rows(t.history, act="issue_document"))[0]["detail"])["revision"]
