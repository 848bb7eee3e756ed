"""More time: what an extension moves and what it leaves, whom it tells, and that a window which closed stays closed."""

import asyncio
import datetime as dt
import json
import uuid

import pytest

from forum import errors
from forum.actions.contribution.parts import SectionText
from forum.jobs.sweep import sweep
from forum.store.tables import schema as t
from forum.times import spoken
from tests.support.deadlines import told, window, with_reminders
from tests.support.races import tries
from tests.support.scene import DAY, scene
from tests.support.typed import RefusedAt

HOUR = dt.timedelta(hours=1)
TEAM = {"secretariat", "penholder", "liaison"}


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        yield made


async def extend(s, by="secretariat", **more):
    return await s.do("extend_window", by, **{"reason": "A holiday in the region", **more})


async def jobs(s, name):
    """How many jobs of this name wait in the queue."""
    from sqlalchemy import text

    from forum.store.unit import begin

    async with begin(s.engine) as unit:
        return (
            await unit.connection.execute(text("select count(*) from pgqueuer where entrypoint = :n"), {"n": name})
        ).only()[0]


# ---- a call
async def test_a_call_gets_more_time_on_the_record(s):
    await s.change(t.call, s.call, late_until=s.now + 3 * DAY)
    was = (await s.row(t.call, id=s.call))["closes_at"]
    ids = await extend(s, call=s.call, closes_at=was + 5 * DAY)
    call = await s.row(t.call, id=s.call)
    assert call["closes_at"] == was + 5 * DAY
    assert call["late_until"] == s.now + 8 * DAY, "the grace moves along"
    row = await s.row(t.extension)
    assert row["id"] == ids["extension"]
    assert (row["of"], row["call_id"], row["was"], row["closes_at"]) == ("call", s.call, was, was + 5 * DAY)
    assert (row["reason"], row["edition_id"]) == ("A holiday in the region", s.editions["gfmd"])
    [line] = [h for h in await s.rows(t.history, subject_id=s.call) if h["act"] == "extend_window"]
    assert json.loads(line["detail"])["reason"] == "A holiday in the region"
    assert await jobs(s, "close_call") == 1
    await s.shift(7 * DAY + HOUR)
    await s.by_clock("close_call", call=s.call)  # past the deadline, within the grace
    assert (await s.row(t.call, id=s.call))["state"] == "open"
    await s.shift(8 * DAY + HOUR)
    assert await s.by_clock("close_call", call=s.call)
    assert (await s.row(t.call, id=s.call))["state"] == "closed"


async def test_addressees_who_have_not_declined_are_told_once(s):
    await s.do("decline_call", "focal.nepal", call=s.call)
    closes = s.now + 5 * DAY
    ids = await extend(s, call=s.call, closes_at=closes)
    assert await told(s, ids["extension"]) == TEAM | {
        "focal.kenya",
        "delegate.kenya",
        "rep.network",
        "rep.quito",
        "coordinator",
    }
    [row, *_] = await s.rows(t.notice, person_id=s.people["focal.kenya"])
    assert row["kind"] == "extension"
    assert row["call_id"] == s.call
    for part in (
        'The call "Inputs to the Chair"',
        spoken(closes, "Europe/Zurich"),
        "in UTC",
        "A holiday in the region.",
    ):
        assert part in row["words"], row["words"]


async def test_more_time_is_never_less_and_needs_a_reason(s):
    was = (await s.row(t.call, id=s.call))["closes_at"]
    refused: RefusedAt = [
        ({"closes_at": was}, errors.InvalidValue, "closesAt"),
        ({"closes_at": was - HOUR}, errors.InvalidValue, "closesAt"),
        ({"closes_at": (was + DAY).replace(tzinfo=None)}, errors.NaiveTime, "closesAt"),
        ({"closes_at": dt.datetime(9999, 12, 31, tzinfo=dt.UTC)}, errors.InvalidValue, "closesAt"),
        ({"closes_at": was + DAY, "reason": "  "}, errors.InvalidValue, "reason"),
        ({"closes_at": was + DAY, "track": s.tracks["main"]}, errors.InvalidValue, "call"),
    ]
    for given, refusal, field in refused:
        with pytest.raises(refusal) as caught:
            await extend(s, call=s.call, **given)
        assert caught.value.path == (field,)
    with pytest.raises(errors.InvalidValue):
        await extend(s, closes_at=was + DAY)
    for nobody in ("focal.kenya", "secretariat.hlpf", "rep.stranger"):
        with pytest.raises(errors.Refusal):
            await extend(s, nobody, call=s.call, closes_at=was + DAY)
    assert await s.rows(t.extension) == []
    assert await s.rows(t.notice) == []


async def test_what_has_closed_is_not_opened_again(s):
    await s.shift(2 * DAY + HOUR)  # not a second is needed for a worker to come round
    with pytest.raises(errors.WindowClosed) as caught:
        await extend(s, call=s.call, closes_at=s.now + 9 * DAY)
    assert "permitLateContribution" in caught.value.remedy
    assert await s.by_clock("close_call", call=s.call)
    with pytest.raises(errors.WindowClosed):
        await extend(s, call=s.call, closes_at=s.now + 9 * DAY)
    await s.shift(dt.timedelta(0))  # the clock back: a call that was closed stays closed whatever it shows
    with pytest.raises(errors.WindowClosed):
        await extend(s, call=s.call, closes_at=s.now + 9 * DAY)


async def test_at_the_instant_it_is_extended_or_it_has_closed(s):
    """Both at once, many times: never both, never neither, and a call that got more time is open."""
    ends = {True: 0, False: 0}
    row = await s.row(t.call, id=s.call)
    for n in tries(48, ends):
        id_ = uuid.uuid4()
        near = dt.datetime.now(dt.UTC) + dt.timedelta(milliseconds=(12 + 2 * (n % 16)) * (1 + n // 48))
        await s.add(t.call, {**row, "id": id_, "opens_at": s.now - DAY, "closes_at": near, "title": f"Call {n}"})
        extended, *_ = await asyncio.gather(given_more_time(s, id_), *[closed_when_due(s, id_) for _ in range(2)])
        call = await s.row(t.call, id=id_)
        ends[extended] += 1
        assert (call["state"], call["closes_at"]) == (("open", s.now + 9 * DAY) if extended else ("closed", near))
        assert len(await s.rows(t.extension, call_id=id_)) == extended
        closings = [h for h in await s.rows(t.history, subject_id=id_) if h["act"] == "close_call"]
        assert len(closings) == (not extended)
    assert ends[True], "the race never went one way"
    assert ends[False], "the race never went the other way"


async def given_more_time(s, call):
    try:
        await extend(s, call=call, closes_at=s.now + 9 * DAY)
    except errors.WindowClosed:
        return False
    return True


async def closed_when_due(s, call):
    """What a worker does: it asks again until the call is closed, or its deadline is another."""
    for _ in range(500):
        if await s.by_clock("close_call", call=call):
            return
        row = await s.row(t.call, id=call)
        if row["state"] == "closed" or row["closes_at"] > s.now + DAY:
            return
    raise AssertionError("neither closed nor extended")


# ---- what moves along
async def test_the_stage_that_gave_the_deadline_moves_along_and_nothing_else(s):
    was = (await s.row(t.call, id=s.call))["closes_at"]
    own = await window(s, "main", "call", was - 20 * DAY, was)
    drafting = await window(s, "main", "drafting", was, was + 10 * DAY)
    other = await window(s, "focused", "call", was - 20 * DAY, was)
    await extend(s, call=s.call, closes_at=was + 3 * DAY)
    rows = {r["id"]: (r["opens_at"], r["closes_at"], r["extended"]) for r in await s.rows(t.stage_window)}
    assert rows[own] == (was - 20 * DAY, was + 3 * DAY, True)
    assert rows[drafting] == (was, was + 10 * DAY, False)
    assert rows[other] == (was - 20 * DAY, was, False)
    assert {r["of"]: r["stage_window_id"] for r in await s.rows(t.extension)} == {"call": None, "stage": own}


async def test_what_follows_moves_where_that_is_asked_and_closed_ones_stay(s):
    was = (await s.row(t.call, id=s.call))["closes_at"]
    past = await window(s, "main", "preparation", was - 40 * DAY, was - 20 * DAY)
    drafting = await window(s, "main", "drafting", was, was + 10 * DAY)
    open_end = await window(s, "main", "consultation", was + 10 * DAY, None)
    other = await window(s, "focused", "drafting", was, was + 10 * DAY)
    ids = await extend(s, call=s.call, closes_at=was + 3 * DAY, and_following=True)
    rows = {r["id"]: (r["opens_at"], r["closes_at"], r["extended"]) for r in await s.rows(t.stage_window)}
    assert rows[past] == (was - 40 * DAY, was - 20 * DAY, False)
    assert rows[drafting] == (was + 3 * DAY, was + 13 * DAY, True)
    assert rows[open_end] == (was + 13 * DAY, None, True)
    assert rows[other] == (was, was + 10 * DAY, False)
    causes = {n["cause_id"] for n in await s.rows(t.notice)}
    assert causes == {ids["extension"]}, "several windows, one notice"
    assert "moves by the same length" in (await s.rows(t.notice))[0]["words"]


async def test_a_stage_gets_more_time(s):
    closes = s.now + 4 * DAY
    id_ = await window(s, "main", "call", s.now - DAY, closes)
    ids = await extend(s, track=s.tracks["main"], closes_at=closes + DAY)
    row = await s.row(t.stage_window, id=id_)
    assert (row["closes_at"], row["extended"]) == (closes + DAY, True)
    assert (await s.row(t.call, id=s.call))["closes_at"] == s.now + 2 * DAY
    assert await told(s, ids["extension"]) >= TEAM | {"focal.nepal", "rep.quito", "coordinator"}
    assert await jobs(s, "turn_stage") == 1
    for given, refusal in (({"stage": "drafting"}, errors.InvalidValue), ({"stage": "x" * 500}, errors.InvalidValue)):
        with pytest.raises(refusal):
            await extend(s, track=s.tracks["main"], closes_at=closes + 2 * DAY, **given)
    await s.change(t.stage_window, id_, closes_at=s.now - HOUR)
    with pytest.raises(errors.WindowClosed) as caught:
        await extend(s, track=s.tracks["main"], closes_at=closes + 2 * DAY)
    assert "advanceStage" in caught.value.remedy


# ---- a consultation, a silence
async def test_a_consultation_gets_more_time(s):
    await s.stage("main", "drafting")
    d = await s.document("main", "consolidated_report")
    await s.write(d, "One.")
    with pytest.raises(errors.InvalidValue):
        await extend(s, document=d, closes_at=s.now + 9 * DAY)
    await s.circulate(d)
    ids = await extend(s, document=d, closes_at=s.now + 12 * DAY)
    assert (await s.row(t.document, id=d))["comments_close_at"] == s.now + 12 * DAY
    assert (await s.row(t.extension))["of"] == "consultation"
    assert await told(s, ids["extension"]) == TEAM | {
        "focal.kenya", "delegate.kenya", "focal.nepal", "rep.network", "rep.quito", "coordinator"
    }  # fmt: skip
    assert {n["document_id"] for n in await s.rows(t.notice)} == {d}
    await s.shift(13 * DAY)
    with pytest.raises(errors.WindowClosed) as caught:
        await extend(s, document=d, closes_at=s.now + 20 * DAY)
    assert "Circulate" in caught.value.remedy


async def test_a_silence_gets_more_time_and_its_members_know(s):
    await s.stage("focused", "drafting")
    d = await s.document("focused", "focused_input")
    await s.write(d, "Desks help.")
    await s.stage("focused", "no_objection")
    silence = (await s.do("start_silence", "secretariat", document=d, body=s.forums["steering"]))["silence"]
    ends = (await s.row(t.silence, id=silence))["ends_at"]
    ids = await extend(s, silence=silence, closes_at=ends + DAY)
    assert (await s.row(t.silence, id=silence))["ends_at"] == ends + DAY
    assert await told(s, ids["extension"]) == TEAM | {"focal.kenya", "delegate.kenya", "focal.nepal"}
    with pytest.raises(errors.InvalidValue):
        await extend(s, silence=silence, closes_at=ends + 100 * DAY)
    await s.shift(ends - s.now + HOUR)
    assert not await s.by_clock("close_silence", silence=silence)
    await s.shift(ends - s.now + DAY + HOUR)
    with pytest.raises(errors.WindowClosed):
        await extend(s, silence=silence, closes_at=ends + 9 * DAY)
    assert await s.by_clock("close_silence", silence=silence)


# ---- acts(on)
async def test_the_same_answer_without_acting(s):
    from forum.actions.core import possible

    for kind, id_ in (("call", s.call), ("track", s.tracks["main"])):
        yes = {a.act: a.yes for a in await possible.possible(s.runner, "secretariat", kind, id_)}
        no = {a.act: a.yes for a in await possible.possible(s.runner, "focal.kenya", kind, id_)}
        assert yes["extend_window"]
        assert not no["extend_window"]


# ---- permits
async def permit(s, by="secretariat", /, **more):
    given = {
        "call": s.call,
        "organisation": s.organisations["kenya"],
        "until": s.now + 5 * DAY,
        "reason": "A cable was cut",
    }
    return await s.do("permit_late_contribution", by, **{**given, **more})


async def test_a_permit_is_by_name_and_told_to_that_organisation_alone(s):
    ids = await permit(s)
    row = await s.row(t.late_permit)
    assert (row["id"], row["organisation_id"]) == (ids["late_permit"], s.organisations["kenya"])
    assert (row["until"], row["reason"]) == (s.now + 5 * DAY, "A cable was cut")
    assert await told(s, ids["late_permit"]) == {"focal.kenya", "delegate.kenya"}
    words = (await s.rows(t.notice))[0]["words"]
    assert spoken(s.now + 5 * DAY, "Europe/Zurich") in words
    assert "A cable was cut." in words


async def test_given_again_it_takes_the_earlier_one_s_place(s):
    first = await permit(s)
    assert await permit(s) == first, "the same again is the same"
    assert len(await s.rows(t.notice)) == 2
    second = await permit(s, until=s.now + 6 * DAY)
    assert (await s.row(t.late_permit))["id"] == second["late_permit"]
    assert len(await s.rows(t.notice)) == 4, "and they are told anew"


async def test_a_permit_is_for_those_who_were_asked_or_take_part(s):
    refused: RefusedAt = [
        ({"organisation": s.organisations["stranger"]}, errors.NotFound, "organisation"),
        ({"organisation": uuid.uuid4()}, errors.NotFound, "organisation"),
        ({"until": s.now + DAY}, errors.InvalidValue, "until"),  # before the deadline
        ({"reason": " "}, errors.InvalidValue, "reason"),
    ]
    for given, refusal, field in refused:
        with pytest.raises(refusal) as caught:
            await permit(s, **given)
        assert caught.value.path == (field,)
    with pytest.raises(errors.RoleNotAllowed):
        await permit(s, "focal.kenya")
    await s.shift(10 * DAY)
    with pytest.raises(errors.InvalidValue):
        await permit(s)
    assert await s.rows(t.late_permit) == []


async def test_with_a_permit_one_organisation_hands_in_after_the_close_and_no_other(s):
    """From the draft to the receipt, at the stage that follows; marked late; until the permit ends."""
    await permit(s)
    await s.shift(2 * DAY + HOUR)
    assert await s.by_clock("close_call", call=s.call)
    assert (await s.row(t.track, id=s.tracks["main"]))["stage"] == "drafting"
    given = {
        "call": s.call,
        "title": "Late",
        "language": "en",
        "sections": (SectionText(code="a", text="Desks near markets help."),),
    }
    with pytest.raises(errors.DeadlinePassed):
        await s.do("save_contribution", "rep.network", **given)
    ids = await s.do("save_contribution", "delegate.kenya", **given)
    await s.do("release_contribution", "focal.kenya", **ids, expected_revision=1)
    await s.do("submit_contribution", "delegate.kenya", **ids)
    row = await s.row(t.contribution, id=ids["contribution"])
    assert (row["state"], row["late"]) == ("submitted", True)
    assert (await s.row(t.addressee, call_id=s.call, organisation_id=s.organisations["kenya"]))["answer"] == "sent"
    await s.do("withdraw_contribution", "delegate.kenya", **ids)
    await s.shift(5 * DAY + HOUR)
    with pytest.raises(errors.DeadlinePassed):
        await s.do("save_contribution", "delegate.kenya", **given)


# ---- the end of the edition, and everything at once
async def test_nothing_lasts_longer_than_its_edition(s):
    await s.change(t.edition, s.editions["gfmd"], ends_at=s.now + 6 * DAY)
    with pytest.raises(errors.InvalidValue) as caught:
        await extend(s, call=s.call, closes_at=s.now + 7 * DAY)
    assert caught.value.path == ("closesAt",)
    with pytest.raises(errors.InvalidValue) as caught:
        await permit(s, until=s.now + 7 * DAY)
    assert caught.value.path == ("until",)
    await extend(s, call=s.call, closes_at=s.now + 6 * DAY)
    assert (await s.row(t.call, id=s.call))["closes_at"] == s.now + 6 * DAY


async def test_all_at_once_nobody_waits_in_a_circle(s):
    """Inputs handed in, more time, a round of reminders, a summit that moves, a worker that comes round: at the same
    time, again and again. All of them are done, and PostgreSQL has to break no circle."""
    await with_reminders(s)
    await s.change(t.call, s.call, closes_at=s.now + 20 * DAY)
    await s.do("switch_reminders", "secretariat", call=s.call, remind=True)
    summit, closes = (await s.row(t.anchor, name="summit"))["at"], s.now + 20 * DAY
    before = await deadlocks(s)
    for n in range(1, 9):
        rounds = sorted(r["due_at"] for r in await s.rows(t.reminder, state="waiting"))
        if n % 3 == 0 and rounds:
            await s.shift(rounds[0] - s.now + HOUR)
        words = {"title": f"Input {n}"}  # others each time: the same twice are asked about
        await asyncio.gather(
            s.input("rep.network", **words), s.input("rep.quito", **words),
            s.input("delegate.kenya", "focal.kenya", **words), sweep(s.runner), sweep(s.runner),
            extend(s, call=s.call, closes_at=closes + n * HOUR),
            s.do("move_anchor", "secretariat", edition=s.editions["gfmd"], anchor="summit", to=summit + n * DAY,
                reason="R"),
        )  # fmt: skip
    assert len(await s.rows(t.extension, of="call")) == 8
    assert len(await s.rows(t.contribution, state="submitted")) == 24
    assert await deadlocks(s) == before


async def deadlocks(s):
    from sqlalchemy import text

    from forum.store.unit import begin

    async with begin(s.engine) as unit:
        counted = text(
            "select pg_stat_force_next_flush(), deadlocks from pg_stat_database where datname = current_database()"
        )
        return (await unit.connection.execute(counted)).only().deadlocks
