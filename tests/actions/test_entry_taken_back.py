"""An input that the secretariat entered on behalf of its author by mistake is taken back until a text builds on it."""

import asyncio
import json
from typing import Any

import pytest

from forum.actions.contribution.parts import SectionText
from forum.errors import ActedOnSince, InvalidValue, NotFound, RoleNotAllowed, WrongState
from forum.store.tables import schema as t
from tests.support.scene import DAY, scene

REASON = "It came from another network of that name."
ACT = "withdraw_recorded_contribution"


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        yield made


async def entered(s, sender="network", title="By post"):
    fields = {"title": title, "language": "en", "sections": (SectionText(code="a", text="Desks help."),)}
    if sender:
        fields["received_from"] = s.organisations[sender]
    return (await s.do("record_contribution", "secretariat", call=s.call, **fields))["contribution"]


async def answer(s, name="network"):
    return (await s.row(t.addressee, call_id=s.call, organisation_id=s.organisations[name]))["answer"]


async def test_it_is_off_the_table_with_the_reason_and_its_side_is_told(s):
    mine = await entered(s)
    assert await answer(s) == "sent"
    ids = await s.do(ACT, "secretariat", contribution=mine, reason=REASON)
    assert (await s.row(t.contribution, id=mine))["state"] == "withdrawn"
    assert await answer(s) == "none_yet"
    correction = await s.row(t.correction, id=ids["correction"])
    assert (correction["kind"], correction["reason"]) == ("taken_back", REASON)
    assert [change["was"] for change in json.loads(correction["changes"])] == ["By post", "Network of Diaspora Groups"]
    [notice] = await s.rows(t.notice, kind="corrected")
    assert (notice["contribution_id"], notice["person_id"]) == (mine, None)
    assert REASON in notice["words"]
    with pytest.raises(WrongState):
        await s.do(ACT, "secretariat", contribution=mine, reason=REASON)


async def test_another_input_of_the_same_side_still_answers_the_call(s):
    first, second = await entered(s), await entered(s, title="By hand")
    await s.do(ACT, "secretariat", contribution=first, reason=REASON)
    assert await answer(s) == "sent"
    await s.do(ACT, "secretariat", contribution=second, reason=REASON)
    assert await answer(s) == "none_yet"


async def test_the_same_holds_for_an_author_who_takes_one_of_two_back(s):
    first, second = await s.input("rep.network", title="One"), await s.input("rep.network", title="Two")
    await s.do("withdraw_contribution", "rep.network", contribution=first)
    assert await answer(s) == "sent"
    await s.do("withdraw_contribution", "rep.network", contribution=second)
    assert await answer(s) == "none_yet"


async def test_what_a_text_has_made_of_it_stands_in_the_way_and_is_named(s):
    mine, cited = await entered(s), await entered(s, sender=None)
    await s.no_call_open()
    await s.stage("main", "drafting")
    d = await s.document("main", "summary_of_conclusions")
    p = await s.write(d, "Desks help.")
    fields = {"subject": f"Contribution:{mine}", "word": "noted"}
    answered = await s.do("record_disposition", "penholder", document=d, **fields)
    section = (await s.rows(t.contribution_section, contribution_id=cited))[0]["id"]
    cite = await s.do("cite_source", "penholder", document=d, paragraph=p, source=f"ContributionSection:{section}")
    for id_, stands in ((mine, answered), (cited, cite)):
        with pytest.raises(ActedOnSince) as refused:
            await s.do(ACT, "secretariat", contribution=id_, reason=REASON)
        assert refused.value.open_count == 1
        assert refused.value.open_ids[0].split(":")[1] in {str(value) for value in stands.values()}
        assert (await s.row(t.contribution, id=id_))["state"] == "admitted"


async def test_only_what_was_entered_and_not_changed_by_its_author_and_only_by_the_secretariat(s):
    own, mine = await s.input("rep.network"), await entered(s, title="Ours")
    with pytest.raises(WrongState):
        await s.do(ACT, "secretariat", contribution=own, reason=REASON)
    with pytest.raises(InvalidValue) as refused:
        await s.do(ACT, "secretariat", contribution=mine, reason="")
    assert refused.value.path == ("reason",)
    for who in ("rep.network", "focal.kenya"):
        with pytest.raises((RoleNotAllowed, NotFound)):
            await s.do(ACT, who, contribution=mine, reason=REASON)
    until = s.now + DAY
    await s.do("return_contribution", "secretariat", contribution=mine, reason="Which year?", mend_until=until)
    fields = {"expected_revision": 1, "title": "Ours, mended", "language": "en"}
    await s.do("save_contribution", "rep.network", contribution=mine, **fields)
    with pytest.raises(WrongState):
        await s.do(ACT, "secretariat", contribution=mine, reason=REASON)


async def test_a_side_that_answered_no_input_has_answered_whatever_is_taken_back(s):
    mine = await entered(s)
    await s.do("decline_call", "rep.network", call=s.call)
    await s.do(ACT, "secretariat", contribution=mine, reason=REASON)
    assert await answer(s) == "no_input_this_time"
    draft = await s.do("save_contribution", "rep.network", call=s.call, title="Begun", language="en")
    await s.do("withdraw_contribution", "rep.network", **draft)
    assert await answer(s) == "no_input_this_time"


async def test_what_is_taken_back_is_not_cited_nor_answered_at_the_same_time(s):
    await s.no_call_open()
    for n in range(6):
        for track, stage in (("main", "call"), ("focused", "drafting")):
            await s.stage(track, stage)
        mine = await entered(s, title=f"By post {n}")
        section = (await s.rows(t.contribution_section, contribution_id=mine))[0]["id"]
        d = await s.document("focused", "focused_input")
        p = await s.write(d, "Desks help.")
        source = f"ContributionSection:{section}" if n % 2 else f"Contribution:{mine}"
        outcomes: Any = await asyncio.gather(
            s.do(ACT, "secretariat", contribution=mine, reason=REASON),
            s.do("cite_source", "penholder", document=d, paragraph=p, source=source),
            return_exceptions=True,
        )
        back, cited = outcomes
        assert isinstance(back, ActedOnSince) != isinstance(cited, NotFound), (back, cited)
