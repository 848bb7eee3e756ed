"""Reservations: a member lets the text pass and says with what it cannot go along; whoever may read it, and when."""

import asyncio
import uuid
from datetime import timedelta

import pytest

from forum import errors
from forum.store.tables import schema as t
from tests.support.scene import scene
from tests.support.silence_scene import SECOND, answered, drafted, ended, put, reading, repinned

WORDS = "Kenya reads this paragraph in the light of its own law."
RESERVED = """query Reserved($id: ID!) { node(id: $id) { ... on Silence { state reservations(first: 9) { totalCount
  nodes { id words withdrawnAt published organisation { name } paragraph { number } } } } } }"""


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        yield made


@pytest.fixture
async def ask(database):
    async with reading(database.app_url) as asked:
        yield asked


async def reserves(s, who, silence, paragraph=None, words=WORDS):
    return (await s.do("place_reservation", who, silence=silence, paragraph=paragraph, words=words))["reservation"]


async def objects(s, who, silence, paragraph=None):
    await s.do("break_silence", who, silence=silence, paragraph=paragraph, reason="No.")


async def standing(s):
    return {
        (r["organisation_id"], r["paragraph_id"]): r["words"] for r in await s.rows(t.reservation, withdrawn_at=None)
    }


async def test_a_reservation_lets_the_text_pass(s):
    d, [one, two] = await drafted(s, "One.", "Two.")
    silence = await put(s, d)
    await reserves(s, "focal.kenya", silence, one)
    await reserves(s, "focal.kenya", silence, two)  # several, on different paragraphs
    await reserves(s, "focal.nepal", silence)  # on the whole text
    kenya, nepal = s.organisations["kenya"], s.organisations["nepal"]
    assert set(await standing(s)) == {(kenya, one), (kenya, two), (nepal, None)}
    assert await ended(s, silence) == "passed"
    assert (await s.row(t.document, id=d))["state"] == "endorsed"
    assert all(r["published"] for r in await s.rows(t.reservation))
    [line] = await s.rows(t.history, act="close_silence")
    assert line["detail"] == '{"passed":true,"reservations":3,"round":1}'


async def test_placed_again_it_takes_the_place_of_the_old_and_both_are_kept(s):
    d, [one] = await drafted(s, "One.")
    silence = await put(s, d)
    first = await reserves(s, "focal.kenya", silence, one)
    second = await reserves(s, "delegate.kenya", silence, one, "In other words.")  # the same member
    assert await standing(s) == {(s.organisations["kenya"], one): "In other words."}
    assert (await s.row(t.reservation, id=first))["words"] == WORDS
    assert (await s.row(t.reservation, id=first))["withdrawn_at"] is not None
    [line] = await s.rows(t.history, subject_id=second)
    assert line["detail"] == f'{{"instead_of":"{first}","paragraph":"{one}"}}'
    back = await s.do("place_reservation", "focal.kenya", silence=silence, paragraph=one)
    assert back["reservation"] == second
    assert await standing(s) == {}
    with pytest.raises(errors.NotFound):
        await s.do("place_reservation", "focal.kenya", silence=silence, paragraph=one)
    assert await ended(s, silence) == "passed"
    assert not any(r["published"] for r in await s.rows(t.reservation))


async def test_who_objects_does_not_let_it_pass(s):
    d, [one, two] = await drafted(s, "One.", "Two.")
    silence = await put(s, d)
    await objects(s, "focal.kenya", silence, one)
    [o] = await s.rows(t.objection)
    for passage in (one, None):
        with pytest.raises(errors.ObjectionStands) as refused:
            await reserves(s, "delegate.kenya", silence, passage)
        assert (refused.value.round, refused.value.open_ids) == (1, (f"Objection:{o['id']}",))
    await reserves(s, "focal.kenya", silence, two)  # on another paragraph one may
    await reserves(s, "focal.nepal", silence, one)  # and another member may here
    await objects(s, "focal.nepal", silence)  # the whole text: every reservation of that member gives way
    assert set(await standing(s)) == {(s.organisations["kenya"], two)}
    with pytest.raises(errors.ObjectionStands):
        await reserves(s, "focal.nepal", silence, two)
    await reserves(s, "focal.kenya", silence, two, "Still.")
    await objects(s, "focal.kenya", silence, two)
    assert await standing(s) == {}
    lines = [h["detail"] for h in await s.rows(t.history, act="break_silence", subject_kind="reservation")]
    assert lines == ['{"withdrawn":true}'] * 2
    assert await ended(s, silence) == "broken"
    assert not any(r["published"] for r in await s.rows(t.reservation))


async def test_who_may_place_one_and_until_when(s):
    d, [one] = await drafted(s, "One.")
    silence = await put(s, d)
    for outsider in ("rep.network", "secretariat", "penholder"):
        with pytest.raises(errors.RoleNotAllowed):
            await reserves(s, outsider, silence, one)
    with pytest.raises(errors.InvalidValue):
        await reserves(s, "focal.kenya", silence, one, " ")
    with pytest.raises(errors.NotFound):
        await reserves(s, "focal.kenya", silence, uuid.uuid4())
    ends = (await s.row(t.silence, id=silence))["ends_at"]
    await s.shift(ends - s.now + SECOND)
    with pytest.raises(errors.DeadlinePassed) as late:
        await reserves(s, "focal.kenya", silence, one)
    assert late.value.deadline == ends
    assert await s.by_clock("close_silence", silence=silence)
    with pytest.raises(errors.Refusal):
        await reserves(s, "focal.kenya", silence, one)
    assert await s.rows(t.reservation) == []


async def test_a_new_round_asks_anew(s):
    d, [one] = await drafted(s, "One.")
    first = await put(s, d)
    await reserves(s, "focal.kenya", first, one)
    await objects(s, "focal.nepal", first, one)
    await ended(s, first)
    await answered(s, first)
    second = await put(s, d)
    await ended(s, second)
    assert not any(r["published"] for r in await s.rows(t.reservation))  # it was about another round's text


@pytest.mark.parametrize(("where", "told"), [("annex", True), ("footnote", True), ("none", False)])
async def test_whoever_reads_the_text_reads_them_where_the_process_prints_them(s, ask, where, told):
    await repinned(s, ("hours = 72", f'hours = 72\nreservations = "{where}"'))
    d, [one] = await drafted(s, "One.")
    silence = await put(s, d)
    await reserves(s, "focal.kenya", silence, one, "Taken back.")
    await reserves(s, "focal.kenya", silence, one)
    id_ = f"Silence:{silence}"

    async def read_by(who):
        seen = (await ask(who, RESERVED, id=id_))["node"]
        assert seen is None or seen["reservations"]["totalCount"] == len(seen["reservations"]["nodes"])
        return [] if seen is None else [(r["words"], r["organisation"]["name"]) for r in seen["reservations"]["nodes"]]

    both = [("Taken back.", "Kenya"), (WORDS, "Kenya")]
    for who, seen in (
        ("focal.nepal", both),
        ("penholder", both),
        ("rep.network", []),
        (None, []),
        ("rep.stranger", []),
    ):
        assert await read_by(who) == seen, who
    await ended(s, silence)
    printed = both[1:] if told else []
    for who, seen in (
        ("focal.nepal", both),
        ("penholder", both),
        ("rep.network", printed),
        (None, printed),
        ("rep.stranger", printed),
    ):
        assert await read_by(who) == seen, who


async def test_two_of_one_member_at_once_leave_one(s):
    d, [one] = await drafted(s, "One.")
    silence = await put(s, d)
    placing = [
        reserves(s, who, silence, one, f"{who} {n}") for n in range(4) for who in ("focal.kenya", "delegate.kenya")
    ]
    assert len(set(await asyncio.gather(*placing))) == 8
    assert len(await standing(s)) == 1
    assert len(await s.rows(t.reservation)) == 8
    row = await s.row(t.silence, id=silence)
    assert all(r["placed_at"] < row["ends_at"] - timedelta(hours=71) for r in await s.rows(t.reservation))
