"""`acts` says what the act itself would say: the same refusal, and from when it is possible."""

import pytest

from forum.actions.possible import acts_on, possible
from forum.errors import DeadlinePassed, NotFound, RoleNotAllowed, WrongState
from tests.scene import DAY, scene


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        yield made


async def _answers(s, subject, kind, id_):
    return {a.act: a for a in await possible(s.runner, subject, kind, id_)}


async def test_the_answer_is_the_refusal_the_act_would_give(s):
    answers = await _answers(s, "delegate.kenya", "call", s.call)
    assert answers["save_contribution"].yes
    assert isinstance(answers["record_contribution"].because, RoleNotAllowed)
    with pytest.raises(RoleNotAllowed) as caught:
        await s.do("record_contribution", "delegate.kenya", call=s.call, title="T", language="en")
    assert answers["record_contribution"].because.facts() == caught.value.facts()


async def test_after_the_deadline_the_answer_names_it(s):
    await s.shift(400 * DAY)
    answers = await _answers(s, "focal.kenya", "call", s.call)
    assert isinstance(answers["save_contribution"].because, DeadlinePassed)
    assert not answers["decline_call"].yes


async def test_what_is_only_the_authors_own_is_not_found_by_others(s):
    draft = await s.do("save_contribution", "rep.network", call=s.call, title="T", language="en")
    mine = await _answers(s, "rep.network", "contribution", draft["contribution"])
    theirs = await _answers(s, "focal.kenya", "contribution", draft["contribution"])
    assert mine["release_contribution"].yes
    assert isinstance(theirs["release_contribution"].because, NotFound)


async def test_nobody_signed_in_may_do_nothing_and_is_told_so(s):
    answers = await _answers(s, None, "track", s.tracks["main"])
    assert {a.because.code for a in answers.values()} == {"NOT_SIGNED_IN"}


async def test_a_window_without_dates_says_what_is_missing(s):
    await s.stage("focused", "consultation")
    document = await s.document("focused", "focused_input")
    answers = await _answers(s, "focal.kenya", "document", document)
    assert isinstance(answers["comment"].because, WrongState)


async def test_there_is_nothing_to_do_on_what_is_not_there(s):
    assert await possible(s.runner, "secretariat", "call", s.tracks["main"]) == []
    assert await possible(s.runner, "secretariat", "Nothing", s.call) == []
    assert "submit_contribution" in acts_on("contribution")
