"""A text that was begun gets another name until its readers know it, and is taken back while nothing is in it."""

import asyncio
import json
from uuid import uuid4

import pytest

from forum.errors import ActedOnSince, InvalidValue, NotFound, RoleNotAllowed, WrongState
from forum.store.tables import schema as t
from tests.support.scene import scene

REASON = "It was begun twice."


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        await made.stage("focused", "drafting")
        yield made


async def begun(s, symbol="F/1", **more):
    return await s.document("focused", "focused_input", symbol=symbol, **more)


async def withdraw(s, document, by="penholder", reason=REASON):
    return await s.do("withdraw_document", by, document=document, reason=reason)


async def line(s, document, act):
    [found] = [row for row in await s.rows(t.history, subject_id=document) if row["act"] == act]
    return json.loads(found["detail"])


async def test_it_gets_another_title_and_symbol_and_the_former_stay_on_the_record(s):
    document = await begun(s)
    before = await s.row(t.document, id=document)
    await s.do("rename_document", "penholder", document=document, title=" Labour   pathways ", symbol="F/2")
    after = await s.row(t.document, id=document)
    assert (after["title"], after["symbol"]) == ("Labour pathways", "F/2")
    assert await line(s, document, "rename_document") == {
        "was": {"title": before["title"], "symbol": "F/1"}, "title": "Labour pathways", "symbol": "F/2",
    }  # fmt: skip
    await begun(s, "F/1")  # the former symbol is free again


@pytest.mark.parametrize("wrong", [{"title": " "}, {"symbol": ""}, {"symbol": "F/1"}, {}, {"symbol": "F/OTHER"}])
async def test_what_is_no_name_no_change_or_another_texts_is_refused(s, wrong):
    document = await begun(s)
    await begun(s, "F/OTHER")
    with pytest.raises(InvalidValue):
        await s.do("rename_document", "penholder", document=document, **wrong)
    assert (await s.row(t.document, id=document))["symbol"] == "F/1"


async def test_of_two_that_take_one_symbol_at_once_one_is_refused(s):
    documents = [await begun(s, f"F/{n}") for n in range(4)]
    taking = [s.do("rename_document", "penholder", document=document, symbol="F/NEW") for document in documents]
    done = await asyncio.gather(*taking, return_exceptions=True)
    assert sum(isinstance(one, InvalidValue) for one in done) == 3
    assert len(await s.rows(t.document, symbol="F/NEW")) == 1


async def test_an_empty_one_is_taken_back_and_its_symbol_is_free(s):
    document = await begun(s, parts=())
    assert (await withdraw(s, document))["track"] == s.tracks["focused"]
    assert await s.rows(t.document, id=document) == []
    told = await line(s, document, "withdraw_document")
    assert (told["symbol"], told["reason"]) == ("F/1", REASON)
    assert await begun(s, "F/1") != document
    with pytest.raises(NotFound):
        await withdraw(s, document)


@pytest.mark.parametrize("what", ["a paragraph", "a paragraph taken out", "a recommendation", "an answer"])
async def test_nothing_that_was_written_or_answered_is_lost(s, what):
    document = await begun(s)
    if what == "a recommendation":
        await s.do("add_recommendation", "penholder", document=document, heading="Do it")
    elif what == "an answer":
        given = {"subject": f"Contribution:{await s.input()}", "word": "noted"}
        await s.do("record_disposition", "penholder", document=document, **given)
    else:
        paragraph = await s.write(document, "Desks help.")
        if what == "a paragraph taken out":
            await s.do("withdraw_paragraph", "penholder", paragraph=paragraph, expected_revision=1, reason="No.")
    with pytest.raises(ActedOnSince):
        await withdraw(s, document)
    assert await s.row(t.document, id=document)


async def test_its_readers_find_what_was_circulated_to_them_under_its_name(s):
    document = await begun(s)
    await s.write(document, "Desks help.")
    await s.circulate(document)
    with pytest.raises(WrongState):
        await s.do("rename_document", "penholder", document=document, title="Another")
    with pytest.raises(WrongState):
        await withdraw(s, document)


async def test_it_is_the_drafters_alone(s):
    document = await begun(s)
    for by in ("focal.kenya", "rep.network"):
        with pytest.raises(RoleNotAllowed):
            await s.do("rename_document", by, document=document, title="Mine")
        with pytest.raises(RoleNotAllowed):
            await withdraw(s, document, by)
    with pytest.raises(InvalidValue):
        await withdraw(s, document, reason=" ")
    with pytest.raises(NotFound):
        await s.do("rename_document", "penholder", document=uuid4(), title="None")
