"""What the clock does with an edition, from its opening to its end: at the instant itself, once, and past no gate."""

import asyncio
import datetime as dt
from typing import Any

import orjson
import pytest

from forum.actions.contribution.parts import SectionText
from forum.errors import GateClosed, InvalidValue, NotAtThisStage, TrackNotEnded, WindowNotOpen, WrongState
from forum.jobs.sweep import sweep
from forum.store.tables import schema as t
from forum.store.unit import begin
from forum.store.windows import plan_windows
from tests.support.actions.running_edition import HEAD, Running, running
from tests.support.scene import DAY
from tests.support.typed import some


@pytest.fixture
async def e(database):
    async with running(database.app_url) as made:
        yield made


# ---- what is planned
async def test_the_dates_are_written_down_when_the_edition_opens(e: Running):
    rows = {row["stage"]: row for row in await e.s.rows(t.stage_window, track_id=e.tracks["main"])}
    assert {s: (r["opens_at"], r["closes_at"], r["zone"]) for s, r in rows.items()} == {
        "preparation": (None, e.before(90), "UTC"), "call": (e.before(90), e.before(80), "UTC"),
        "drafting": (e.before(78), e.before(60), "UTC"), "consultation": (e.before(60), None, "UTC"),
        "closing": (None, e.summit, "UTC"), "closed": (e.summit, None, "UTC"),
    }  # fmt: skip
    assert (await e.s.row(t.edition, id=e.edition))["ends_at"] == e.before(-40)
    async with begin(e.s.engine) as unit:
        found = await unit.connection.send("SELECT entrypoint, count(*) FROM pgqueuer GROUP BY 1")
        assert {row["entrypoint"]: row["count"] for row in found} == {"turn_stage": 5, "close_edition": 1}


async def test_planning_again_leaves_what_closed_and_what_was_extended(e: Running):
    await e.to(e.before(85))
    rows = {row["stage"]: row for row in await e.s.rows(t.stage_window, track_id=e.tracks["main"])}
    await e.s.change(t.stage_window, rows["drafting"]["id"], closes_at=e.before(50), extended=True)
    [anchor] = await e.s.rows(t.anchor, edition_id=e.edition)
    await e.s.change(t.anchor, anchor["id"], at=e.summit + 10 * DAY)
    definition = await e.s.row(t.process_definition, name="by_the_clock")
    async with begin(e.s.engine) as unit:
        process = e.s.runner.processes.get(definition["hash"], definition["text"])
        changes = await unit.write(plan_windows(e.edition, process, e.before(85)))
        assert await unit.write(plan_windows(e.edition, process, e.before(85))) == []
        await unit.connection.commit()
    moved = {(c.track, c.stage): c for c in changes}
    main = {stage: (c.old, c.new) for (track, stage), c in moved.items() if track == e.tracks["main"]}
    assert set(main) == {"call", "consultation", "closing", "closed"}  # preparation has closed, drafting was extended
    old, new = map(some, main["call"])
    assert (old.opens_at, new.opens_at, some(new.closes_at) - some(old.closes_at)) == (
        e.before(90),
        e.before(90),
        10 * DAY,
    )  # it had opened
    assert some(moved[None, ""].new).closes_at == e.before(-50)
    stands = {row["stage"]: row for row in await e.s.rows(t.stage_window, track_id=e.tracks["main"])}
    assert stands["preparation"]["closes_at"] == e.before(90)
    assert stands["drafting"]["closes_at"] == e.before(50)
    assert stands["closing"]["closes_at"] == e.summit + 10 * DAY


# ---- the whole life
async def _prepared(e: Running, circulated: bool = True) -> None:
    """A call as planned; a text whose comments close 30 days before the summit, circulated while there is time."""
    call = await e.call()
    row = await e.s.row(t.call, id=call)
    assert (row["opens_at"], row["closes_at"], row["late_until"]) == (e.before(90), e.before(80), e.before(78))
    assert row["opened_at"] is None
    if circulated:
        await e.s.stage_of(e.tracks["main"], "drafting")
        document = (
            await e.s.do(
                "draft_document",
                "penholder",
                track=e.tracks["main"],
                kind="report",
                title="R",
                symbol="R/1",
                language="en",
            )
        )["document"]
        await e.s.do("write_paragraph", "penholder", document=document, text="A preamble.", kind="preamble")
        await e.s.do(
            "circulate_document", "penholder", document=document, label="Rev.1", comments_close_at=e.before(30)
        )
        await e.s.stage_of(e.tracks["main"], "preparation")


LIFE = (
    ("preparation", "call", 90), ("call", "drafting", 78), ("drafting", "consultation", 60),
    ("consultation", "closing", 30),
    ("closing", "closed", 0),
)  # fmt: skip


async def test_each_stage_begins_at_its_instant_and_not_before(e: Running):
    await _prepared(e)
    for before, after, days in LIFE:
        instant = e.before(days)
        await e.just_before(instant)
        assert (await e.stage())[0] == before
        await e.to(instant)
        assert await e.stage() == (after, instant)
    assert await e.stage("dialogue") == ("talking", (await e.s.row(t.edition, id=e.edition))["opened_at"])
    await e.to(e.before(-20))
    assert await e.stage("dialogue") == ("over", e.before(-20))
    await e.just_before(e.before(-40))
    assert (await e.s.row(t.edition, id=e.edition))["state"] == "running"
    await e.to(e.before(-40))
    assert (await e.s.row(t.edition, id=e.edition))["state"] == "closed"


async def test_months_that_pass_at_once_leave_the_same_record(e: Running):
    """After an outage, or a moved clock: in the order of the instants, each as of its own."""
    await _prepared(e)
    await e.to(e.before(-41))
    assert await sweep(e.s.runner) == 0
    assert await e.moves() == [(before, after, e.before(days)) for before, after, days in LIFE]
    assert await e.moves("dialogue") == [("talking", "over", e.before(-20))]
    told = await e.s.rows(t.history, edition_id=e.edition, actor_id=None)
    acts = {(row["act"], row["at"]) for row in told if row["subject_kind"] != "track"}
    assert {("open_call", e.before(90)), ("close_call", e.before(78)), ("close_edition", e.before(-40))} <= acts


@pytest.mark.parametrize("first", ["close_edition", "turn_stage", "close_call"])
async def test_the_order_in_which_workers_come_round_changes_nothing(e: Running, first: str):
    await _prepared(e)
    await e.s.shift(e.before(-41) - dt.datetime.now(dt.UTC))
    [call] = await e.s.rows(t.call, edition_id=e.edition)
    about = {
        "close_edition": {"edition": e.edition},
        "turn_stage": {"track": e.tracks["main"]},
        "close_call": {"call": call["id"]},
    }
    await e.s.by_clock(first, **about[first])
    while await sweep(e.s.runner):
        pass
    assert await e.moves() == [(before, after, e.before(days)) for before, after, days in LIFE]
    assert (await e.s.row(t.edition, id=e.edition))["state"] == "closed"


async def test_eight_who_sweep_at_once_do_each_thing_once(e: Running):
    await _prepared(e)
    await e.s.shift(e.before(-41) - dt.datetime.now(dt.UTC))
    await asyncio.gather(*(sweep(e.s.runner) for _ in range(8)))
    while await sweep(e.s.runner):
        pass
    assert await e.moves() == [(before, after, e.before(days)) for before, after, days in LIFE]
    rows = await e.s.rows(t.history, edition_id=e.edition, actor_id=None)
    once = [(row["act"], row["subject_id"]) for row in rows if row["subject_kind"] != "track"]
    assert len(once) == len(set(once)) == 3  # opened, closed, ended


async def test_a_consultation_ends_as_its_stage_is_planned_where_nobody_says(e: Running):
    await e.s.stage_of(e.tracks["main"], "drafting")
    given: dict[str, Any] = {
        "track": e.tracks["main"],
        "kind": "report",
        "title": "R",
        "symbol": "R/3",
        "language": "en",
    }
    document = (await e.s.do("draft_document", "penholder", **given))["document"]
    await e.s.do("write_paragraph", "penholder", document=document, text="A preamble.", kind="preamble")
    await e.s.do("circulate_document", "penholder", document=document, label="Rev.1")
    assert (await e.s.row(t.document, id=document))["comments_close_at"] == e.before(60)
    await e.s.stage_of(e.tracks["main"], "consultation")  # which has no planned end
    with pytest.raises(InvalidValue, match="no planned end"):
        await e.s.do("circulate_document", "penholder", document=document, label="Rev.2")


# ---- gates
async def _with_an_open_gate(e: Running):
    """A text on the track whose paragraph names no source, so that the clock is held back at the end of drafting."""
    await e.s.stage_of(e.tracks["main"], "drafting", e.before(95))
    given: dict[str, Any] = {
        "track": e.tracks["main"],
        "kind": "report",
        "title": "R",
        "symbol": "R/2",
        "language": "en",
    }
    document = (await e.s.do("draft_document", "penholder", **given))["document"]
    return (await e.s.do("write_paragraph", "penholder", document=document, text="Unsourced."))["paragraph"]


async def test_a_gate_holds_the_clock_back_and_says_so_once(e: Running):
    paragraph = await _with_an_open_gate(e)
    await e.to(e.before(60))
    assert (await e.stage())[0] == "drafting"
    for _ in range(3):
        assert await sweep(e.s.runner) == 0
    [line] = await e.s.rows(t.history, subject_id=e.tracks["main"], act="turn_stage")
    assert orjson.loads(line["detail"]) == {
        "at": "stage_closes", "from": "drafting", "held_by": "every_paragraph_sourced", "to": "consultation",
    }  # fmt: skip
    await e.just_before(e.before(50))
    await e.s.change(t.paragraph, paragraph, kind="preamble")  # needs no source
    assert await sweep(e.s.runner, held=False) == 0  # between the rounds in which what is held is tried
    assert await sweep(e.s.runner) == 1
    stage, since = await e.stage()
    # Not as of the instant: until the gate opened the track was at drafting, and what was done then was done there.
    assert stage == "consultation"
    assert e.before(50) - 31 * HEAD < since < e.before(50)


async def test_what_a_stage_needs_is_asked_of_people_and_of_the_clock(e: Running):
    call = await e.call(opens_at=dt.datetime.now(dt.UTC) - DAY)
    assert (await e.stage())[0] == "call"  # it opened at once, and so did its stage
    text = (SectionText(code="a", text="Desks near markets help."),)
    ids = await e.s.do("save_contribution", "rep.network", call=call, title="T", language="en", sections=text)
    await e.s.do("release_contribution", "rep.network", **ids, expected_revision=1)
    await e.s.do("submit_contribution", "rep.network", **ids)
    await e.s.stage_of(e.tracks["main"], "consultation", e.before(99))
    with pytest.raises(GateClosed) as caught:
        await e.s.do("advance_stage", "secretariat", track=e.tracks["main"], to="closing")
    assert (caught.value.gate, caught.value.open_count) == ("every_input_answered", 1)
    assert caught.value.open_ids == (f"Contribution:{ids['contribution']}",)
    await e.s.do("advance_stage", "secretariat", track=e.tracks["main"], to="drafting")  # which needs nothing
    await e.s.stage_of(e.tracks["main"], "closing", e.before(99))
    await e.to(e.summit)
    assert (await e.stage())[0] == "closing"
    await e.s.change(t.contribution, ids["contribution"], state="withdrawn")
    await sweep(e.s.runner)
    assert (await e.stage())[0] == "closed"


# ---- instants that do not count
async def test_a_date_that_passed_before_the_track_came_there_moves_nothing(e: Running):
    await e.to(e.before(55))
    await e.s.stage_of(e.tracks["main"], "drafting", e.before(56))
    assert await sweep(e.s.runner) == 0
    assert (await e.stage())[0] == "drafting"


async def test_of_several_calls_the_last_one_counts(e: Running):
    soon = {"opens_at": dt.datetime.now(dt.UTC) - DAY}
    await e.call(**soon)
    await e.s.change(t.track, e.tracks["main"], stage="preparation")
    longer = await e.call(**soon, closes_at=e.before(70))
    await e.to(e.before(78))
    assert (await e.stage())[0] == "call"  # the other still takes inputs, until the end of its grace
    await e.to(e.before(68))
    assert await e.stage() == ("drafting", e.before(68))
    assert (await e.s.row(t.call, id=longer))["closed_at"] == e.before(68)


async def test_a_stage_of_limited_time_is_shut_before_and_after(e: Running):
    await e.s.stage_of(e.tracks["main"], "closing")
    await e.s.do("advance_stage", "secretariat", track=e.tracks["main"], to="closed")
    await e.s.stage_of(e.tracks["main"], "preparation")
    window = await e.s.row(t.stage_window, track_id=e.tracks["main"], stage="preparation")
    await e.s.change(t.stage_window, window["id"], opens_at=e.before(95))
    with pytest.raises(WindowNotOpen) as caught:
        await e.call()
    assert caught.value.opens_at == e.before(95)


# ---- tracks that wait, editions that end
async def test_nothing_is_done_on_a_track_before_the_one_it_comes_after(e: Running):
    with pytest.raises(TrackNotEnded) as caught:
        await e.s.do("advance_stage", "secretariat", track=e.tracks["dialogue"], to="over")
    assert (caught.value.track, caught.value.stage) == ("Main", "Preparation")
    await e.to(e.before(-21))  # its own end has come, and the main track never went on
    assert (await e.stage("dialogue"))[0] == "talking"
    await e.s.stage_of(e.tracks["main"], "closed")
    await sweep(e.s.runner)
    assert (await e.stage("dialogue"))[0] == "over"


async def test_when_an_edition_has_ended_it_is_read_and_nothing_is_done(e: Running):
    call = await e.call(closes_at=e.before(-60))  # runs on past the end
    await e.just_before(e.before(-40))
    assert (await e.stage())[0] == "call"
    await e.s.shift(e.before(-40) - dt.datetime.now(dt.UTC))
    with pytest.raises(WrongState) as caught:  # also before the clock has come round
        await e.s.do("save_contribution", "rep.network", call=call, title="T", language="en")
    assert caught.value.needs == ("a running edition",)
    await sweep(e.s.runner)
    [line] = await e.s.rows(t.history, subject_id=e.edition, act="close_edition")
    told = orjson.loads(line["detail"])
    assert told["calls"] == [str(call)]
    assert {(row["track"], row["stage"]) for row in told["tracks"]} == {
        (str(e.tracks["main"]), "call"), (str(e.tracks["dialogue"]), "talking"),
        (str(e.tracks["consultation"]), "open"),
    }  # fmt: skip
    late: dict[str, Any] = {"call": call, "title": "T", "language": "en"}
    for act, given in (("save_contribution", late), ("issue_call", None)):
        with pytest.raises((WrongState, NotAtThisStage)):
            await (e.call() if given is None else e.s.do(act, "rep.network", **given))
    await e.to(e.before(-62))
    row = await e.s.row(t.call, id=call)
    assert (row["state"], row["closed_at"]) == ("closed", e.before(-62))  # at its own instant
    assert (await e.stage())[0] == "call"  # and the track stays where the edition left it
