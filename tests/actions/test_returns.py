"""A returned input stays counted until it is answered; its author has until a stated instant; the return is taken back.

The author is told whoever that is, and nobody learns who.
"""

from datetime import timedelta

import pytest

from forum import errors
from forum.actions.contribution.parts import PracticeText, SectionText
from forum.actions.core.possible import possible
from forum.store import facts
from forum.store.tables import schema as t
from forum.store.unit import begin
from tests.support.scene import scene

DAY = timedelta(days=1)
BETTER = (SectionText(code="a", text="Desks near every market help."),)
TO_MEND = ("SAVE_CONTRIBUTION", "RELEASE_CONTRIBUTION", "SUBMIT_CONTRIBUTION")


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        yield made


async def unanswered(s):
    async with begin(s.engine) as unit:
        return await unit.ask(facts.inputs_without_answer(facts.Scope(s.tracks["main"])))


async def after_the_deadline(s):
    """Past the deadline of the call, its track in drafting, as the clock leaves it."""
    await s.shift(3 * DAY)
    await s.stage("main", "drafting")


async def mended(s, id_, revision, by="rep.network"):
    given = {"title": "An input", "language": "en", "sections": BETTER, "expected_revision": revision}
    await s.do("save_contribution", by, contribution=id_, **given)
    await s.do("release_contribution", by, contribution=id_, expected_revision=revision + 1)
    await s.do("submit_contribution", by, contribution=id_)


async def answer(s, by, id_, act):
    return {a.act: a for a in await possible(s.runner, by, "contribution", id_)}[act]


@pytest.mark.parametrize("more", [{}, {"attribution": "none"}], ids=["named", "without a name"])
async def test_a_timely_input_is_mended_after_the_deadline_and_is_not_late(s, more):
    id_ = await s.input(**more)
    await after_the_deadline(s)
    until = s.now + 6 * DAY
    await s.do("return_contribution", "secretariat", contribution=id_, reason="Which desks?", mend_until=until)
    assert (await answer(s, "rep.network", id_, "save_contribution")).yes
    assert await unanswered(s) == (1, (f"Contribution:{id_}",))
    given = {"title": "An input", "language": "en", "sections": BETTER, "expected_revision": 1}
    await s.do("save_contribution", "rep.network", contribution=id_, **given)
    assert await unanswered(s) == (1, (f"Contribution:{id_}",)), "a draft again, and handed in all the same"
    await s.do("release_contribution", "rep.network", contribution=id_, expected_revision=2)
    await s.do("submit_contribution", "rep.network", contribution=id_)
    row = await s.row(t.contribution, id=id_)
    assert (row["state"], row["late"], row["mend_until"]) == ("submitted", False, None)
    await s.do("admit_contribution", "secretariat", contribution=id_)


async def test_until_its_own_instant_and_not_a_moment_longer(s):
    id_ = await s.input()
    await after_the_deadline(s)
    until = s.now + 5 * DAY
    await s.do("return_contribution", "secretariat", contribution=id_, reason="Which desks?", mend_until=until)
    await s.shift(6 * DAY)
    given = {"title": "An input", "language": "en", "expected_revision": 1}
    with pytest.raises(errors.DeadlinePassed) as refused:
        await s.do("save_contribution", "rep.network", contribution=id_, **given)
    assert refused.value.deadline == until
    said = await answer(s, "rep.network", id_, "save_contribution")
    assert isinstance(said.because, errors.DeadlinePassed)
    # It is answered as it was handed in.
    document = await s.document("main", "consolidated_report")
    await s.do("record_disposition", "penholder", document=document, subject=f"Contribution:{id_}", word="noted")
    assert await unanswered(s) == (0, ())


async def test_what_was_begun_and_not_handed_in_again_is_answered_all_the_same(s):
    id_ = await s.input()
    await after_the_deadline(s)
    until = s.now + 5 * DAY
    await s.do("return_contribution", "secretariat", contribution=id_, reason="Which desks?", mend_until=until)
    given = {"title": "An input", "language": "en", "sections": BETTER, "expected_revision": 1}
    await s.do("save_contribution", "rep.network", contribution=id_, **given)
    document = await s.document("main", "consolidated_report")
    noted = {"document": document, "subject": f"Contribution:{id_}", "word": "noted"}
    with pytest.raises(errors.NotFound):  # its author has the word
        await s.do("record_disposition", "penholder", **noted)
    with pytest.raises(errors.WrongState):
        await s.do("withdraw_return", "secretariat", contribution=id_)
    await s.shift(6 * DAY)
    await s.do("record_disposition", "penholder", **noted)
    assert await unanswered(s) == (0, ())


async def test_the_author_is_told_once_and_no_row_says_who(s):
    id_ = await s.input(attribution="none")
    await after_the_deadline(s)
    until = s.now + 6 * DAY
    await s.do("return_contribution", "secretariat", contribution=id_, reason="Which desks?", mend_until=until)
    [notice] = await s.rows(t.notice, kind="returned")
    assert (notice["person_id"], notice["contribution_id"]) == (None, id_)
    assert "Which desks?" in notice["words"]
    assert "Network" not in str(notice)
    await s.do("withdraw_return", "secretariat", contribution=id_)
    told = await s.rows(t.notice, kind="returned")
    assert len(told) == 2
    assert (await s.row(t.contribution, id=id_))["state"] == "submitted"
    with pytest.raises(errors.WrongState):
        await s.do("withdraw_return", "secretariat", contribution=id_)
    await s.do("admit_contribution", "secretariat", contribution=id_)


async def test_a_return_names_an_instant_ahead_and_within_the_edition(s):
    id_ = await s.input()
    given = {"contribution": id_, "reason": "Which desks?"}
    await s.change(t.edition, s.editions["gfmd"], ends_at=s.now + 20 * DAY)
    for wrong in (s.now - DAY, s.now + 21 * DAY):
        with pytest.raises(errors.Refusal) as refused:
            await s.do("return_contribution", "secretariat", **given, mend_until=wrong)
        assert refused.value.path == ("mendUntil",)
    with pytest.raises(errors.RoleNotAllowed):
        await s.do("return_contribution", "rep.network", **given)
    await s.do("return_contribution", "secretariat", **given)
    call = await s.row(t.call, id=s.call)
    assert (await s.row(t.contribution, id=id_))["mend_until"] == call["closes_at"], "until the deadline, left out"
    with pytest.raises(errors.WrongState):
        await s.do("return_contribution", "secretariat", **given)
    await s.do("withdraw_return", "secretariat", contribution=id_)
    await after_the_deadline(s)
    with pytest.raises(errors.InvalidValue) as refused:
        await s.do("return_contribution", "secretariat", **given)
    assert refused.value.path == ("mendUntil",)


async def test_nobody_else_mends_it(s):
    id_ = await s.input()
    await after_the_deadline(s)
    until = s.now + 6 * DAY
    await s.do("return_contribution", "secretariat", contribution=id_, reason="Which desks?", mend_until=until)
    given = {"title": "An input", "language": "en", "expected_revision": 1}
    for other in ("rep.quito", "focal.kenya"):
        with pytest.raises(errors.NotFound):
            await s.do("save_contribution", other, contribution=id_, **given)
    with pytest.raises(errors.DeadlinePassed):  # an author whose input was not returned has no more time
        await s.do("save_contribution", "rep.network", call=s.call, title="Another", language="en")


async def test_what_a_text_cites_stays_cited_when_its_part_is_written_anew_or_taken_out(s):
    practices = tuple(PracticeText(name=n, sdg="10.7", place="Nepal", aim="Teach") for n in ("One", "Two"))
    id_ = await s.input(practices=practices)
    await after_the_deadline(s)
    document = await s.document("main", "consolidated_report")
    paragraph = await s.write(document, "Desks help.")
    first, second = [row["id"] for row in sorted(await s.rows(t.practice), key=lambda row: row["ordinal"])]
    section = (await s.row(t.contribution_section, contribution_id=id_))["id"]
    for cited in (f"Practice:{first}", f"Practice:{second}", f"ContributionSection:{section}"):
        await s.do("cite_source", "penholder", document=document, paragraph=paragraph, source=cited)
    until = s.now + 6 * DAY
    await s.do("return_contribution", "secretariat", contribution=id_, reason="Only one, please.", mend_until=until)
    one = (PracticeText(name="One, better", sdg="10.7", place="Nepal", aim="Teach"),)
    given = {"title": "An input", "language": "en", "expected_revision": 1, "practices": one, "sections": ()}
    await s.do("save_contribution", "rep.network", contribution=id_, **given)
    [kept] = await s.rows(t.practice, contribution_id=id_)
    assert (kept["id"], kept["name"]) == (first, "One, better")
    sources = await s.rows(t.source)
    assert {row["practice_id"] for row in sources} == {first, None}
    assert [row["contribution_id"] for row in sources if row["practice_id"] is None] == [id_, id_]


async def test_a_returned_input_holds_the_text_back(s):
    await s.input()
    other = await s.input("rep.quito", title="Ours")
    await after_the_deadline(s)
    document = await s.document("main", "consolidated_report")
    await s.write(document, "Desks help.")
    until = s.now + 6 * DAY
    await s.do("return_contribution", "secretariat", contribution=other, reason="Which desks?", mend_until=until)
    await s.stage("main", "closing")
    with pytest.raises(errors.GateClosed, match="2 inputs have no answer yet"):
        await s.do("issue_document", "secretariat", document=document)
