"""An input or comment of an organisation goes out only once its own people have cleared that very version, where its
administrator asks for it; and nothing but that administrator's word goes round it."""

from datetime import timedelta

import pytest

from forum.actions.contribution.parts import SectionText
from forum.errors import (
    AuthorityNotYours,
    ClearanceMissing,
    InvalidValue,
    NotFound,
    Refusal,
    StaleRevision,
    WrongState,
)
from forum.store.tables import schema as t
from forum.store.unit import begin, fresh
from tests.support.scene import DAY, scene

SECTIONS = (SectionText(code="a", text="Desks near markets help."),)


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        for subject, role in (("admin.kenya", "administrator"), ("second.kenya", "delegate")):
            await speak(made, subject, role)
        yield made


async def speak(s, subject, role, organisation="kenya", **scope):
    """One more person who speaks for an organisation."""
    s.people[subject], s.mandates[subject] = fresh(), fresh()
    await s.add(t.person, {"id": s.people[subject], "subject": subject, "name": subject})
    given = {"starts_at": s.now - DAY, "accepted_at": s.now - DAY, "role": role, **scope}
    own = {"organisation_id": s.organisations[organisation], "person_id": s.people[subject]}
    await s.add(t.mandate, {"id": s.mandates[subject], **own, **given})


async def own_rows(s, table, organisation="kenya"):
    """The rows that an organisation's own side may read: row-level security shows them to nobody else."""
    async with begin(s.engine) as unit:
        claims = {"forum.organisations": str(s.organisations[organisation]), "forum.coordinates": "", "forum.teams": ""}
        await unit.claim(claims)
        return await unit.all(table.select())


async def asks(s, people=2, by="admin.kenya", **more):
    given = {"organisation": s.organisations["kenya"], "people": people, **more}
    return (await s.do("set_clearance_rule", by, **given))["rule"]


async def draft(s, by="delegate.kenya", **more):
    given = {"title": "An input", "language": "en", "sections": SECTIONS, **more}
    return (await s.do("save_contribution", by, call=s.call, **given))["contribution"]


async def clear(s, contribution, by, revision=1):
    given = {"contribution": contribution, "expected_revision": revision}
    return (await s.do("clear_contribution", by, **given))["clearance"]


async def release(s, contribution, revision=1):
    await s.do("release_contribution", "focal.kenya", contribution=contribution, expected_revision=revision)


async def submit(s, contribution):
    await s.do("submit_contribution", "focal.kenya", contribution=contribution)


async def test_an_input_goes_out_once_so_many_have_cleared_it(s):
    await asks(s)
    input_ = await draft(s)
    with pytest.raises(ClearanceMissing, match="2 more people") as refused:
        await release(s, input_)
    assert "Person" in refused.value.message  # who is still missing, by name
    await clear(s, input_, "delegate.kenya")
    again = await clear(s, input_, "delegate.kenya")
    assert [row["id"] for row in await own_rows(s, t.clearance)] == [again]
    with pytest.raises(ClearanceMissing, match="1 more person"):
        await release(s, input_)
    await clear(s, input_, "second.kenya")
    await release(s, input_)
    await submit(s, input_)
    assert (await s.row(t.contribution, id=input_))["state"] == "submitted"


async def test_a_named_role_is_asked_for_by_name(s):
    await asks(s, 1, roles=("administrator",))
    input_ = await draft(s)
    await clear(s, input_, "delegate.kenya")
    with pytest.raises(ClearanceMissing, match=r"the administrator \(admin.kenya\)"):
        await release(s, input_)
    await clear(s, input_, "admin.kenya")
    await release(s, input_)


async def test_a_change_after_clearance_asks_anew_and_a_stale_reading_clears_nothing(s):
    await asks(s, 1)
    input_ = await draft(s)
    await clear(s, input_, "second.kenya")
    changed = {"title": "Another title", "language": "en", "sections": SECTIONS, "expected_revision": 1}
    await s.do("save_contribution", "delegate.kenya", contribution=input_, **changed)
    with pytest.raises(ClearanceMissing):
        await release(s, input_, 2)
    with pytest.raises(StaleRevision) as stale:
        await clear(s, input_, "second.kenya", 1)
    assert stale.value.path == ("expectedRevision",)
    await clear(s, input_, "second.kenya", 2)
    await release(s, input_, 2)


async def test_a_rule_that_is_set_after_the_release_holds_before_submission_and_no_deadline_goes_round_it(s):
    input_ = await draft(s)
    await release(s, input_)
    await asks(s)
    with pytest.raises(ClearanceMissing):
        await submit(s, input_)
    await s.shift(timedelta(days=2, minutes=5))
    await s.by_clock("close_call", call=s.call)
    with pytest.raises(Refusal):
        await submit(s, input_)
    assert (await s.row(t.contribution, id=input_))["state"] == "released"
    assert (await s.row(t.contribution, id=input_))["receipt_number"] is None


async def test_one_who_was_removed_locks_nothing_for_ever(s):
    """The last delegate's mandate ends: what they cleared counts no more, and the administrator asks for less."""
    await asks(s, roles=("delegate",), people=2)
    input_ = await draft(s)
    for by in ("delegate.kenya", "second.kenya"):
        await clear(s, input_, by)
    for by in ("delegate.kenya", "second.kenya"):
        await s.change(t.mandate, s.mandates[by], ends_at=s.now)
    with pytest.raises(ClearanceMissing, match="nobody holds that role here now") as refused:
        await release(s, input_)
    assert "An administrator of your organisation" in refused.value.message
    await asks(s, 1, roles=())
    await clear(s, input_, "focal.kenya")
    await release(s, input_)
    await asks(s, 0)
    with pytest.raises(WrongState):
        await asks(s, 0)
    await submit(s, input_)
    rules = await own_rows(s, t.clearance_rule)
    assert [rule["ended_at"] is not None for rule in rules] == [True, True]
    assert {rule["ended_by_id"] for rule in rules} == {s.people["admin.kenya"]}


async def test_who_cleared_takes_it_back_until_it_is_out(s):
    await asks(s, 1)
    input_ = await draft(s)
    given = await clear(s, input_, "second.kenya")
    with pytest.raises(AuthorityNotYours, match="the person who gave it"):
        await s.do("withdraw_clearance", "admin.kenya", clearance=given)
    await s.do("withdraw_clearance", "second.kenya", clearance=given)
    with pytest.raises(WrongState):
        await s.do("withdraw_clearance", "second.kenya", clearance=given)
    with pytest.raises(ClearanceMissing):
        await release(s, input_)
    given = await clear(s, input_, "second.kenya")
    await release(s, input_)
    await submit(s, input_)
    with pytest.raises(WrongState, match="gone out"):
        await s.do("withdraw_clearance", "second.kenya", clearance=given)
    with pytest.raises(WrongState):
        await clear(s, input_, "second.kenya")


async def test_a_mandate_for_another_forum_clears_nothing_here(s):
    await speak(s, "elsewhere.kenya", "delegate", forum_id=s.forums["hlpf"])
    await speak(s, "here.kenya", "delegate", forum_id=s.forums["gfmd"])
    await asks(s, 1)
    input_ = await draft(s)
    with pytest.raises(AuthorityNotYours):
        await clear(s, input_, "elsewhere.kenya")
    await clear(s, input_, "here.kenya")
    await release(s, input_)


async def test_a_rule_is_the_administrators_and_binds_no_other_organisation(s):
    for by in ("focal.kenya", "delegate.kenya", "secretariat", "rep.network"):
        with pytest.raises(AuthorityNotYours, match="the organisation's administrator"):
            await asks(s, by=by)
    with pytest.raises(InvalidValue):
        await asks(s, 1, roles=("secretariat",))
    await asks(s)
    await s.input("rep.network")
    await s.input("focal.nepal")
    assert await own_rows(s, t.clearance_rule, "nepal") == []
    assert len(await own_rows(s, t.clearance_rule)) == 1


async def circulated(s):
    await s.stage("main", "drafting")
    document = await s.document("main", "consolidated_report")
    await s.write(document, "Desks help.")
    await s.circulate(document)
    await s.stage("main", "consultation")
    return document


async def test_a_comment_is_made_in_the_very_words_that_were_cleared_and_once(s):
    document = await circulated(s)
    await asks(s)
    said = {"document": document, "text": "Say which desks."}
    with pytest.raises(ClearanceMissing, match="clearComment"):
        await s.do("add_comment", "focal.kenya", **said)
    for by in ("delegate.kenya", "second.kenya", "second.kenya"):
        await s.do("clear_comment", by, **said)
    for otherwise in (
        {"text": "Say which desk."}, {"proposed_text": "Desks near markets help."}, {"attribution": "none"},
    ):  # fmt: skip
        with pytest.raises(ClearanceMissing):
            await s.do("add_comment", "focal.kenya", **{**said, **otherwise})
    assert await s.rows(t.comment, document_id=document) == []
    comment = (await s.do("add_comment", "focal.kenya", **said))["comment"]
    rows = await own_rows(s, t.clearance)
    assert [row["comment_id"] for row in rows] == [comment] * 2
    with pytest.raises(ClearanceMissing):  # said once, cleared once
        await s.do("add_comment", "focal.kenya", **said)
    with pytest.raises(WrongState, match="gone out"):
        await s.do("withdraw_clearance", "second.kenya",
                   clearance=next(r["id"] for r in rows if r["person_id"] == s.people["second.kenya"]))  # fmt: skip


async def test_a_rule_for_inputs_alone_leaves_comments_free(s):
    document = await circulated(s)
    await asks(s, subjects=("input",))
    await s.do("add_comment", "focal.kenya", document=document, text="Good.")
    await asks(s, subjects=("comment",))
    with pytest.raises(ClearanceMissing):
        await s.do("add_comment", "focal.kenya", document=document, text="Good.")


async def test_what_is_not_seen_or_not_open_is_not_cleared(s):
    await s.stage("main", "drafting")
    document = await s.document("main", "consolidated_report")
    await s.write(document, "Desks help.")
    with pytest.raises((NotFound, WrongState)):
        await s.do("clear_comment", "delegate.kenya", document=document, text="Say which.")
    assert await own_rows(s, t.clearance) == []


async def test_the_history_of_a_clearance_is_the_own_sides(s):
    """Its lines stand under the clearance, with neither person nor time, and of no kind that a team reads."""
    await asks(s, 1)
    input_ = await draft(s)
    given = await clear(s, input_, "second.kenya")
    await s.do("withdraw_clearance", "second.kenya", clearance=given)
    rows = [row for row in await s.rows(t.history) if row["subject_kind"] == "clearance"]
    assert [row["act"] for row in rows] == ["set_clearance_rule", "clear_contribution", "withdraw_clearance"]
    assert all(row["actor_id"] is row["mandate_id"] is row["at"] is None for row in rows)
    assert "clear_contribution" not in {r["act"] for r in await s.rows(t.history, subject_id=input_)}
