"""A paragraph leaves a text: what hangs under it goes along, answers that point to it are not left hanging."""

import asyncio
import uuid

import pytest

from forum import errors
from forum.store.tables import schema as t
from tests.support.scene import scene


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        yield made


async def text(s, *words):
    await s.stage("main", "drafting")
    d = await s.document("main", "consolidated_report")
    return d, [await s.write(d, one) for one in words]


async def withdraw(s, paragraph, revision=1, **more):
    given = {"paragraph": paragraph, "expected_revision": revision, "reason": "No agreement on it.", **more}
    return await s.do("withdraw_paragraph", "penholder", **given)


async def numbers(s, document):
    rows = sorted(await s.rows(t.paragraph, document_id=document), key=lambda r: r["ordinal"])
    return [(r["markdown"], r["number"], r["w_id"]) for r in rows if not r["withdrawn"]]


async def test_numbers_close_up_and_the_identity_is_never_used_again(s):
    d, [_, two, three] = await text(s, "One.", "Two.", "Three.")
    ids = await withdraw(s, three)
    assert ids == {"document": d, "paragraph": three}
    await withdraw(s, two)
    await s.write(d, "Four.")
    assert await numbers(s, d) == [("One.", "1", "sec_1__para_1"), ("Four.", "2", "sec_1__para_4")]
    row = await s.row(t.paragraph, id=two)
    assert (row["withdrawn"], row["revision"], row["markdown"], row["w_id"]) == (True, 2, "Two.", "sec_1__para_2")
    [line] = await s.rows(t.history, act="withdraw_paragraph", subject_id=two)
    assert line["detail"] == '{"reason":"No agreement on it.","with_it":[]}'


async def test_what_hangs_under_it_goes_along(s):
    d, [one, two] = await text(s, "One.", "Two.")
    bullet = await s.write(d, "Of one.", kind="bullet", parent=one)
    await withdraw(s, one)
    assert (await s.row(t.paragraph, id=bullet))["withdrawn"]
    assert await numbers(s, d) == [("Two.", "1", "sec_1__para_2")]
    assert not (await s.row(t.paragraph, id=two))["withdrawn"]


async def test_answers_that_point_to_it_are_not_left_hanging(s):
    mine, other = await s.input("rep.quito"), await s.input("rep.network")
    d, [one, two, three] = await text(s, "One.", "Two.", "Three.")
    bullet = await s.write(d, "Of two.", kind="bullet", parent=two)
    given = [(mine, two), (other, bullet)]
    for subject, paragraph in given:
        await s.do(
            "record_disposition",
            "penholder",
            document=d,
            subject=f"Contribution:{subject}",
            word="taken_up",
            paragraph=paragraph,
        )
    for paragraph in (two, three):
        await s.do("cite_source", "penholder", document=d, source=f"Contribution:{mine}", paragraph=paragraph)
    await s.do("cite_source", "penholder", document=d, source=f"Contribution:{other}", paragraph=bullet)
    with pytest.raises(errors.ParagraphAnswersFor) as refused:
        await withdraw(s, two)
    answers = {f"Disposition:{r['id']}" for r in await s.rows(t.disposition)}
    assert (refused.value.open_count, set(refused.value.open_ids), refused.value.path) == (2, answers, ("carryTo",))
    for wrong, refusal in ((two, errors.InvalidValue), (bullet, errors.InvalidValue), (uuid.uuid4(), errors.NotFound)):
        with pytest.raises(refusal):
            await withdraw(s, two, carry_to=wrong)
    await withdraw(s, two, carry_to=three)
    rows = await s.rows(t.disposition)
    assert {(r["paragraph_id"], r["words"]) for r in rows} == {
        (three, "taken up in paragraph 2")
    }  # three is number 2 now
    carried = [(r["contribution_id"], r["paragraph_id"]) for r in await s.rows(t.source)]
    assert sorted(carried) == sorted(
        [(mine, two), (mine, three), (other, three)]
    )  # said once; the record keeps the rest
    [line] = await s.rows(t.history, act="withdraw_paragraph")
    assert '"answers":2' in line["detail"]
    assert '"sources":1' in line["detail"]
    assert (await s.row(t.paragraph, id=one))["number"] == "1"


async def test_its_sources_stay_where_nothing_takes_its_place(s):
    mine = await s.input("rep.quito")
    d, [one] = await text(s, "One.")
    await s.do("cite_source", "penholder", document=d, source=f"Contribution:{mine}", paragraph=one)
    await withdraw(s, one)
    assert (await s.row(t.source, document_id=d))["paragraph_id"] == one


async def test_what_is_refused(s):
    d, [one, two] = await text(s, "One.", "Two.")
    with pytest.raises(errors.StaleRevision):
        await withdraw(s, one, 2)
    with pytest.raises(errors.InvalidValue):
        await withdraw(s, one, reason=" ")
    with pytest.raises(errors.RoleNotAllowed):
        await s.do("withdraw_paragraph", "focal.kenya", paragraph=one, expected_revision=1, reason="Mine.")
    await withdraw(s, one)
    with pytest.raises(errors.NotFound):
        await withdraw(s, one, 2)
    with pytest.raises(errors.NotFound):
        await withdraw(s, two, carry_to=one)
    await s.stage("main", "closing")
    await s.no_call_open()
    await s.do("issue_document", "secretariat", document=d)
    with pytest.raises(errors.WrongState):
        await withdraw(s, two)


async def test_two_at_once_are_one_after_the_other(s):
    _, [one, *_] = await text(s, "One.", "Two.")
    told = await asyncio.gather(*(withdraw(s, one) for _ in range(4)), return_exceptions=True)
    assert sum(isinstance(one, dict) for one in told) == 1
    assert sum(isinstance(one, errors.NotFound) for one in told) == 3
