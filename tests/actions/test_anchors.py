"""A summit is postponed: what moves with it, what stays, who is told; and that all of it is foreseen before it is
done."""

import asyncio
import datetime as dt
import json
from typing import Any

import pytest

from forum import errors
from forum.actions.edition import foreseen, outlook
from forum.domain.reminders import rounds
from forum.store.tables import schema as t
from forum.store.unit import begin, fresh
from forum.store.windows import plan_windows
from forum.times import spoken
from forum.workflow.calendar.calendar import plan
from forum.workflow.load import parse
from tests.support.deadlines import told
from tests.support.races import tries
from tests.support.scene import DAY, ahead, scene
from tests.support.typed import some

WEEK, HOUR = 7 * DAY, dt.timedelta(hours=1)
ZURICH = "Europe/Zurich"


@pytest.fixture
async def s(database):
    """An edition with its dates: the call of the main track closes in some ten days, that of the focused input is
    ahead."""
    async with scene(database.app_url) as opened:
        made: Any = opened  # which also holds its two dates and its process
        made.summit, made.hlpf = ahead(made, 28 * 7 + 10), ahead(made, 24 * 7)
        made.process = parse((await made.row(t.process_definition, name="gfmd"))["text"])
        for name, at in (("summit", made.summit), ("hlpf", made.hlpf)):
            await made.change(t.anchor, await anchor(made, name), at=at)
        await planned(made)
        own = await windows(made, "main")
        await made.change(
            t.call, made.call, closes_at=own["call"]["closes_at"], late_until=own["call"]["closes_at"] + DAY
        )
        yield made


async def anchor(s, name):
    return (await s.row(t.anchor, name=name, edition_id=s.editions["gfmd"]))["id"]


async def planned(s):
    async with begin(s.engine) as unit:
        await unit.write(plan_windows(s.editions["gfmd"], s.process, s.now))
        await unit.connection.commit()


async def windows(s, track):
    return {r["stage"]: r for r in await s.rows(t.stage_window, track_id=s.tracks[track])}


async def move(s, to, by="secretariat", /, anchor="summit", reason="An election", **more):
    return await s.do("move_anchor", by, edition=s.editions["gfmd"], anchor=anchor, to=to, reason=reason, **more)


async def look(s, to, anchor="summit"):
    async with begin(s.engine) as unit:
        return await foreseen.look(unit, s.runner.processes, s.editions["gfmd"], anchor, to)


async def dated(s):
    """All dates that stand in the edition."""
    rows: dict[str, Any] = {str(r["id"]): (r["opens_at"], r["closes_at"]) for r in await s.rows(t.stage_window)}
    rows |= {str(r["id"]): (r["opens_at"], r["closes_at"], r["late_until"]) for r in await s.rows(t.call)}
    rows |= {str(r["id"]): r["comments_close_at"] for r in await s.rows(t.document)}
    rows |= {str(r["id"]): r["at"] for r in await s.rows(t.anchor)}
    return rows | {str(r["id"]): r["ends_at"] for r in await s.rows(t.edition)}


# ---- what moves
async def test_everything_that_counts_from_it_moves_along(s):
    later = s.summit + 5 * WEEK
    before = (await windows(s, "focused"))["call"]
    await move(s, later)
    calendar = plan(s.process, {"summit": later, "hlpf": s.hlpf})
    assert (await s.row(t.anchor, id=await anchor(s, "summit")))["at"] == later
    assert (await s.row(t.edition, id=s.editions["gfmd"]))["ends_at"] == some(calendar.ends).at
    for stage, row in (await windows(s, "main")).items():
        wanted = some(calendar.window("main", stage))
        if row["closes_at"] and row["closes_at"] > s.now:
            assert row["closes_at"] == some(wanted.closes).at, stage
        if row["opens_at"] and row["opens_at"] > s.now:
            assert row["opens_at"] == some(wanted.opens).at, stage
    call = await s.row(t.call, id=s.call)
    assert call["closes_at"] == some(some(calendar.window("main", "call")).closes).at
    assert call["late_until"] == call["closes_at"] + DAY, "the grace moves along"
    assert (await windows(s, "focused"))["call"] == before, "what hangs on another anchor stays"
    dues = sorted(r["due_at"] for r in await s.rows(t.reminder, state="waiting"))
    assert tuple(dues) == rounds(call["opens_at"], call["closes_at"], call["zone"], (14, 3, 1), s.now)
    [line] = [h for h in await s.rows(t.history, subject_id=s.editions["gfmd"]) if h["act"] == "move_anchor"]
    assert json.loads(line["detail"])["reason"] == "An election"


async def test_what_closed_opened_or_was_extended_stays(s):
    rows = await windows(s, "main")
    assert rows["preparation"]["closes_at"] < s.now, "closed"
    await s.do("extend_window", "secretariat", track=s.tracks["main"], stage="drafting", reason="Much to read",
               closes_at=rows["drafting"]["closes_at"] + WEEK)  # fmt: skip
    seen = await look(s, s.summit + WEEK)
    await move(s, s.summit + WEEK)
    after = await windows(s, "main")
    assert after["preparation"] == rows["preparation"]
    assert after["call"]["opens_at"] == rows["call"]["opens_at"], "what has opened has opened"
    assert after["drafting"]["closes_at"] == rows["drafting"]["closes_at"] + WEEK, "extended once, and not twice"
    reasons = {(one.track, one.name): one.because for one in seen.left_alone}
    assert reasons["main", "preparation"] == outlook.CLOSED
    assert reasons["main", "drafting"] == outlook.EXTENDED


async def test_a_call_that_was_extended_or_dated_by_hand_stays(s):
    row = await s.row(t.call, id=s.call)
    by_hand = {**row, "id": fresh(), "closes_at": row["closes_at"] + 3 * DAY, "late_until": None, "title": "By hand"}
    await s.add(t.call, by_hand)
    await s.do("extend_window", "secretariat", call=s.call, closes_at=row["closes_at"] + WEEK, reason="A holiday")
    seen = await look(s, s.summit + 5 * WEEK)
    await move(s, s.summit + 5 * WEEK)
    assert (await s.row(t.call, id=s.call))["closes_at"] == row["closes_at"] + WEEK
    assert (await s.row(t.call, id=by_hand["id"]))["closes_at"] == by_hand["closes_at"]
    assert {one.id: one.because for one in seen.left_alone if one.kind == "call"} == {
        s.call: outlook.EXTENDED, by_hand["id"]: outlook.NAMED
    }  # fmt: skip


async def test_a_call_that_is_ahead_opens_and_closes_with_its_stage(s):
    own, now = (await windows(s, "focused"))["call"], dt.datetime.now(dt.UTC)
    assert own["opens_at"] > now
    row = {**await s.row(t.call, id=s.call), "id": fresh(), "track_id": s.tracks["focused"], "late_until": None}
    await s.add(t.call, {**row, "opens_at": own["opens_at"], "closes_at": own["closes_at"]})
    await move(s, s.hlpf + 2 * WEEK, anchor="hlpf")
    moved, call = (await windows(s, "focused"))["call"], await s.row(t.call, id=row["id"])
    assert (call["opens_at"], call["closes_at"]) == (moved["opens_at"], moved["closes_at"])
    assert moved["opens_at"] != own["opens_at"]


async def test_a_consultation_that_ends_with_its_stage_moves_along(s):
    await s.stage("main", "drafting")
    d = await s.document("main", "consolidated_report")
    await s.write(d, "One.")
    closes = (await windows(s, "main"))["consultation"]["closes_at"]
    await s.do("circulate_document", "penholder", document=d, label="Rev.1", comments_close_at=closes)
    await move(s, s.summit + WEEK)
    after = (await windows(s, "main"))["consultation"]["closes_at"]
    assert after > closes
    assert (await s.row(t.document, id=d))["comments_close_at"] == after


# ---- foreseen
@pytest.mark.parametrize("weeks", [1, 5, 40, -1])
async def test_what_was_foreseen_is_what_is_done(s, weeks):
    before, to = await dated(s), s.summit + weeks * WEEK
    seen = await look(s, to)
    assert await dated(s) == before, "looking does nothing"
    assert not seen.findings
    await move(s, to)
    for one in (*seen.moved, *seen.left_alone):
        if one.kind == "stage":
            row = (await s.rows(t.stage_window, track_id=s.tracks[one.track], stage=one.name))[0]
            assert (row["opens_at"], row["closes_at"]) == (one.opens_at, one.closes_at)
        if one.kind == "call":
            row = await s.row(t.call, id=one.id)
            assert (row["opens_at"], row["closes_at"]) == (one.opens_at, one.closes_at)
        if one.kind == "edition":
            assert (await s.row(t.edition, id=s.editions["gfmd"]))["ends_at"] == one.closes_at
    changed = {key for key, value in (await dated(s)).items() if before[key] != value}
    kinds = [one.kind for one in seen.moved]
    assert len(changed) == 1 + sum(kinds.count(kind) for kind in ("stage", "call", "edition")), "and nothing else"
    assert "meeting" in kinds
    assert "document" in kinds


async def test_dates_that_do_not_fit_are_refused_with_every_finding(s):
    own = (await windows(s, "main"))["call"]
    await s.change(t.stage_window, own["id"], opens_at=s.now - DAY)
    before = await dated(s)
    to = s.summit - 8 * DAY  # the call opened yesterday, and would close in two days: this forum's least is a week
    seen = await look(s, to)
    assert "call_too_short" in {f.code for f in seen.findings}
    with pytest.raises(errors.DatesUnsound) as caught:
        await move(s, to)
    assert [f.code for f in caught.value.findings] == [f.code for f in seen.findings]
    assert caught.value.path == ("to",)
    assert await dated(s) == before
    assert await s.rows(t.notice) == []


async def test_nothing_is_over_before_it_begins(s):
    for to in (s.now + DAY, s.summit - 2 * WEEK, s.now - 40 * WEEK):
        with pytest.raises(errors.DatesUnsound):
            await move(s, to)
    await s.stage(
        "main", "drafting"
    )  # the call is behind the track: a planned end of it that lies behind us hurts nobody
    await s.change(t.call, s.call, state="closed", closed_at=s.now)
    codes = {
        f.stage
        for f in (await look(s, s.summit - 2 * WEEK)).findings
        if f.code == "would_be_over" and f.track == "main"
    }
    assert "call" not in codes


async def test_what_stays_must_not_outlast_the_edition(s):
    """A call that was extended beyond what would then be the end of the edition keeps the summit where it is."""
    ends = (await s.row(t.edition, id=s.editions["gfmd"]))["ends_at"]
    await s.do("extend_window", "secretariat", call=s.call, closes_at=ends - DAY, reason="A holiday")
    with pytest.raises(errors.DatesUnsound) as caught:
        await move(s, s.summit - WEEK)
    assert {f.code for f in caught.value.findings} == {"after_the_end"}
    await move(s, s.summit + WEEK)


async def test_what_cannot_be_moved_is_refused(s):
    refused: list[tuple[dict[str, Any], dt.datetime, type[errors.Refusal], str]] = [
        ({"anchor": "nothing"}, s.summit + WEEK, errors.DatesUnsound, "to"),
        ({"reason": " "}, s.summit + WEEK, errors.InvalidValue, "reason"),
        ({}, s.summit, errors.InvalidValue, "to"),
        ({}, (s.summit + WEEK).replace(tzinfo=None), errors.NaiveTime, "to"),
        ({}, dt.datetime(9999, 12, 31, tzinfo=dt.UTC), errors.InvalidValue, "to"),
        ({"anchor": "now"}, s.summit + WEEK, errors.DatesUnsound, "to"),
    ]
    for given, to, refusal, field in refused:
        with pytest.raises(refusal) as caught:
            await move(s, to, **given)
        assert caught.value.path == (field,)
    for nobody in ("focal.kenya", "penholder", "secretariat.hlpf"):
        with pytest.raises(errors.RoleNotAllowed):
            await move(s, s.summit + WEEK, nobody)
    await s.change(t.edition, s.editions["gfmd"], state="closed")
    assert await look(s, s.summit + WEEK) is None
    with pytest.raises(errors.Refusal):
        await move(s, s.summit + WEEK)


# ---- who is told
async def test_everybody_who_takes_part_is_told_once(s):
    await move(s, s.summit + WEEK)
    rows = await s.rows(t.notice)
    assert {r["kind"] for r in rows} == {"anchor_moved"}
    assert len({r["cause_id"] for r in rows}) == 1
    assert await told(s) == set(s.people) - {"rep.stranger", "secretariat.hlpf"}
    assert len(rows) == len(await told(s))
    words = rows[0]["words"]
    closes = (await s.row(t.call, id=s.call))["closes_at"]
    for said in ("Opening of the Summit of gfmd 2020 moves to", spoken(s.summit + WEEK, ZURICH),
        spoken(s.summit, ZURICH), "An election.",
                 f'call "Inputs to the Chair" closes at {spoken(closes, ZURICH)}'):  # fmt: skip
        assert said in words, words
    await move(s, s.summit + 2 * WEEK)
    assert len({r["cause_id"] for r in await s.rows(t.notice)}) == 2, "and of the next move again"


# ---- at the instant
async def test_what_is_closing_closes_or_moves(s):
    """The summit moves while the call closes: it has closed at its instant, or it has moved; many times."""
    ends = {True: 0, False: 0}
    call = await s.row(t.call, id=s.call)
    to = s.summit
    for n in tries(24, ends):
        near = dt.datetime.now(dt.UTC) + dt.timedelta(milliseconds=(8 + 4 * (n % 12)) * (1 + n // 24))
        own = (await windows(s, "main"))["call"]
        await s.change(t.stage_window, own["id"], closes_at=near)
        row = {**call, "id": fresh(), "closes_at": near, "late_until": None, "opens_at": s.now - DAY}
        await s.add(t.call, row)
        await s.stage("main", "call")
        to += HOUR
        await asyncio.gather(move(s, to), closing(s, row["id"]))
        found = await s.row(t.call, id=row["id"])
        moved = found["closes_at"] != near
        ends[moved] += 1
        assert (found["state"] == "open") == moved
        await s.change(t.call, row["id"], state="closed")
        window = some(plan(s.process, {"summit": to, "hlpf": s.hlpf}).window("main", "call"))
        wanted = some(window.closes).at
        await s.change(t.stage_window, own["id"], closes_at=wanted)
    assert ends[True], "the race never went one way"
    assert ends[False], "the race never went the other way"


async def closing(s, call):
    for _ in range(500):
        await s.by_clock("close_call", call=call)
        row = await s.row(t.call, id=call)
        if row["state"] == "closed" or row["closes_at"] > s.now + DAY:
            return
    raise AssertionError("neither closed nor moved")
