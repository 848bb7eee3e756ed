"""Reminders: sent once, to those whose answer is none yet, through the people the process names; and never a word of an
input that is not attributed."""

import asyncio
import datetime as dt
import json
import re
from typing import Any

import pytest

from forum import errors
from forum.actions.call.issue_call import SectionAsked
from forum.domain.reminders import rounds
from forum.jobs.sweep import sweep
from forum.store.tables import schema as t
from forum.times import spoken
from forum.workflow.load import parse
from tests.support.deadlines import WORKFLOWS, runs_under, told, with_reminders
from tests.support.scene import DAY, scene

ZONE = "Africa/Nairobi"  # its clocks are never changed: so many days are so many hours
HOUR = dt.timedelta(hours=1)
ALL = {"focal.kenya", "focal.nepal", "rep.network", "rep.quito", "coordinator"}  # the delegates are not named


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        await with_reminders(made)
        await made.change(t.call, made.call, closes_at=made.now + 20 * DAY, zone=ZONE)
        yield made


async def planned(s):
    """The rounds of the call, planned by switching reminders on."""
    await s.do("switch_reminders", "secretariat", call=s.call, remind=True)
    return await states(s)


async def states(s):
    rows = sorted(await s.rows(t.reminder, call_id=s.call), key=lambda r: r["due_at"])
    return [(round((r["due_at"] - s.now) / DAY), r["state"]) for r in rows]


async def reminded(s, days):
    """Let the round go out that is due so many days from now; who was told by it."""
    [row] = [r for r in await s.rows(t.reminder, call_id=s.call) if round((r["due_at"] - s.now) / DAY) == days]
    await s.shift(row["due_at"] - s.now + HOUR)
    await s.by_clock("send_reminders", reminder=row["id"])
    return await told(s, row["id"])


# ---- when
async def test_a_call_that_is_issued_plans_its_rounds(s):
    asked = (SectionAsked(code="a", prompt="What works?"),)
    ids = await s.do(
        "issue_call", "secretariat", track=s.tracks["focused"], title="Another", text="Send.",
        closes_at=s.now + 10 * DAY,
        zone=ZONE, sections=asked,
    )  # fmt: skip
    row = await s.row(t.call, id=ids["call"])
    dues = sorted(r["due_at"] for r in await s.rows(t.reminder, call_id=ids["call"]))
    assert tuple(dues) == rounds(row["opens_at"], row["closes_at"], row["zone"], (14, 3, 1), s.now)
    assert len(dues) == 2, "the one 14 days before is past"


async def test_more_time_plans_them_anew(s):
    assert await planned(s) == [(6, "waiting"), (17, "waiting"), (19, "waiting")]
    assert await reminded(s, 6)
    closes = (await s.row(t.call, id=s.call))["closes_at"]
    await s.do("extend_window", "secretariat", call=s.call, closes_at=closes + 2 * DAY, reason="A holiday")
    assert await states(s) == [(6, "sent"), (8, "waiting"), (17, "dropped"), (19, "waiting"), (21, "waiting")]


async def test_a_process_that_reminds_nobody_and_a_track_for_those_who_wish(s):
    text = (await s.row(t.process_definition, name="gfmd"))["text"]
    at = text.index("[tracks.main]\n") + len("[tracks.main]\n")
    voluntary = f"{text[:at]}voluntary = true\n{text[at:]}"
    assert parse(voluntary).tracks["main"].voluntary
    await runs_under(s, voluntary)
    with pytest.raises(errors.InvalidValue):
        await s.do("switch_reminders", "secretariat", call=s.call, remind=True)
    closes = (await s.row(t.call, id=s.call))["closes_at"]
    await s.do("extend_window", "secretariat", call=s.call, closes_at=closes + DAY, reason="A holiday")
    assert await states(s) == []
    await runs_under(
        s, re.sub(r"\[reminders\][^\[]*", "", text.replace("days = [14, 3, 1]\nthrough = [", "through = ["))
    )
    with pytest.raises(errors.Refusal):
        await s.do("switch_reminders", "secretariat", call=s.call, remind=True)


# ---- whom
async def test_through_those_whom_the_process_names_and_nobody_else(s):
    await planned(s)
    assert await reminded(s, 6) == ALL
    rows = {r["person_id"]: r for r in await s.rows(t.notice)}
    own, coordinated = rows[s.people["focal.kenya"]], rows[s.people["coordinator"]]
    closes = (await s.row(t.call, id=s.call))["closes_at"]
    for row in (own, coordinated):
        assert (row["kind"], row["call_id"], row["edition_id"]) == ("reminder", s.call, s.editions["gfmd"])
        assert spoken(closes, ZONE) in row["words"]
        assert "in UTC" in row["words"]
        assert "without attribution is not counted here" in row["words"]
    assert "your organisation" in own["words"]
    assert "the mechanism that you coordinate" in coordinated["words"]
    assert (await s.rows(t.reminder, state="sent"))[0]["sent_to"] == 5


async def test_who_has_sent_or_declined_is_not_reminded(s):
    await planned(s)
    await s.do("decline_call", "focal.nepal", call=s.call)
    mine = await s.input("rep.network")
    assert await reminded(s, 6) == {"focal.kenya", "rep.quito"}
    await s.shift(dt.timedelta(0))
    await s.do("withdraw_contribution", "rep.network", contribution=mine)
    await s.input("rep.quito")
    assert await reminded(s, 17) == {"focal.kenya", "rep.network", "coordinator"}
    assert await reminded(s, 19) == {"focal.kenya", "rep.network", "coordinator"}


async def test_an_addressee_through_whom_nobody_is_reached_is_left_in_peace(s):
    await planned(s)
    await s.change(t.mandate, s.mandates["focal.kenya"], ends_at=s.now + DAY)
    assert "delegate.kenya" not in await reminded(s, 6)
    assert await reminded(s, 17) == ALL - {"focal.kenya"}


# ---- an input that is not attributed
async def test_nothing_tells_of_an_input_without_attribution(s, database):
    """The same review twice, but for one input without a name: what people, the list, the rounds and the history show
    is the same to the letter."""
    shown = []
    for shares in (False, True):
        if shares:
            await s.input("rep.quito", attribution="none", visibility="participants")
        shown.append(await everything_shown(s))
    silent, shared = shown
    assert shared == silent
    assert {"rep.quito", "focal.kenya"} <= set(silent["told"])


async def everything_shown(s):
    for table in (t.notice, t.reminder):
        await empty(s, table)
    await s.shift(dt.timedelta(0))
    await s.do("switch_reminders", "secretariat", call=s.call, remind=True)
    found: dict[str, Any] = {"told": sorted(await reminded(s, 6))}
    await s.shift(dt.timedelta(0))
    found["words"] = sorted({row["words"] for row in await s.rows(t.notice)})
    found["rounds"] = [(r["state"], r["sent_to"]) for r in sorted(await s.rows(t.reminder), key=lambda r: r["due_at"])]
    found["answers"] = sorted(
        (str(r["organisation_id"]), r["answer"], r["answered_at"]) for r in await s.rows(t.addressee, call_id=s.call)
    )
    lines = [h for h in await s.rows(t.history, subject_id=s.call) if h["act"] == "send_reminders"]
    found["history"] = {h["detail"] for h in lines}
    return found


async def empty(s, table):
    import sqlalchemy as sa

    from forum.store.unit import begin

    async with begin(s.engine) as unit:
        await unit.run(sa.delete(table))
        await unit.connection.commit()


# ---- once
async def test_several_workers_send_it_once(s):
    await planned(s)
    [first, *_] = sorted(await s.rows(t.reminder), key=lambda r: r["due_at"])
    assert not await s.by_clock("send_reminders", reminder=first["id"]), "never early"
    await s.shift(first["due_at"] - s.now + HOUR)
    done = await asyncio.gather(*[s.by_clock("send_reminders", reminder=first["id"]) for _ in range(6)])
    assert sorted(done) == [False] * 5 + [True]
    assert len(await s.rows(t.notice)) == 5
    assert len([h for h in await s.rows(t.history, subject_id=s.call) if h["act"] == "send_reminders"]) == 1
    assert (await states(s))[0] == (6, "sent")


async def test_the_sweep_finds_them_and_of_several_missed_only_the_last_goes_out(s):
    await planned(s)
    await s.shift(18 * DAY)  # nobody was awake on the 6th day, nor on the 17th
    await asyncio.gather(sweep(s.runner), sweep(s.runner), sweep(s.runner))
    assert await states(s) == [(6, "dropped"), (17, "sent"), (19, "waiting")]
    assert len(await s.rows(t.notice)) == 5
    await s.shift(21 * DAY)
    await sweep(s.runner)
    assert (await states(s))[2] == (19, "dropped"), "the call was over"
    assert len(await s.rows(t.notice, kind="reminder")) == 5


async def test_nobody_is_reminded_in_an_edition_that_is_over(s):
    await planned(s)
    await s.change(t.edition, s.editions["gfmd"], state="closed")
    assert await reminded(s, 6) == set()
    assert (await states(s))[0] == (6, "dropped")


async def test_a_job_waits_for_each_round(s):
    from sqlalchemy import text

    from forum.store.unit import begin

    await planned(s)
    async with begin(s.engine) as unit:
        rows = (
            await unit.connection.execute(text("select payload from pgqueuer where entrypoint = 'send_reminders'"))
        ).scalars()
        queued = sorted(bytes(p).decode() for p in rows)
    assert queued == sorted(str(r["id"]) for r in await s.rows(t.reminder))


# ---- the chair switches
async def test_the_chair_switches_them_off_and_on_again(s):
    await planned(s)
    await s.do("switch_reminders", "secretariat", call=s.call, remind=False)
    assert not (await s.row(t.call, id=s.call))["reminders"]
    assert await states(s) == [(6, "dropped"), (17, "dropped"), (19, "dropped")]
    await s.shift(7 * DAY)
    await sweep(s.runner)
    await s.do("switch_reminders", "secretariat", call=s.call, remind=True)
    assert await states(s) == [(6, "dropped"), (17, "waiting"), (19, "waiting")], "what is past stays past"
    assert await reminded(s, 17) == ALL
    lines = [
        json.loads(h["detail"]) for h in await s.rows(t.history, subject_id=s.call) if h["act"] == "switch_reminders"
    ]
    assert [line["reminders"] for line in lines] == [True, False, True]
    with pytest.raises(errors.RoleNotAllowed):
        await s.do("switch_reminders", "focal.kenya", call=s.call, remind=False)
    await s.shift(21 * DAY)
    await sweep(s.runner)
    with pytest.raises(errors.WrongState):
        await s.do("switch_reminders", "secretariat", call=s.call, remind=True)


def test_the_text_of_the_tests_is_that_of_the_process():
    text = (WORKFLOWS / "gfmd.toml").read_text("utf-8")
    assert parse(text).reminders.days in ((), (14, 3, 1))
