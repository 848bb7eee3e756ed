"""A silence ends soon: those who may still object are reminded, once for each end, and nobody is told of a right they
do not have."""

import asyncio
import datetime as dt
from typing import Any

import pytest

from forum import errors
from forum.actions.silence import remind_members
from forum.actions.silence.objecting import who_may_object
from forum.jobs.mail.carrier import carry
from forum.jobs.sweep import sweep
from forum.store import places
from forum.store.tables import schema as t
from forum.store.unit import begin, fresh
from tests.support.deadlines import told
from tests.support.mail_box import box, office, reached, read
from tests.support.round_trips import round_trips
from tests.support.scene import scene
from tests.support.silence_scene import HOUR, SECOND, drafted, ended, put, repinned

MEMBERS = {"focal.kenya", "delegate.kenya", "focal.nepal"}


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        yield made


async def before_the_end(s, silence, hours):
    """The clock stands so many hours before the end of the silence, less a second."""
    row = await s.row(t.silence, id=silence)
    await s.shift(row["ends_at"] - s.now - dt.timedelta(hours=hours) + SECOND)


async def reminders(s):
    return await s.rows(t.notice, kind="silence_ends")


async def test_a_day_before_its_end_those_who_may_still_object_are_told_and_nobody_else(s):
    d, _ = await drafted(s, "Desks help.")
    silence = await put(s, d)
    row = await s.row(t.silence, id=silence)
    assert row["remind_at"] == row["ends_at"] - 24 * HOUR
    await before_the_end(s, silence, 25)
    assert not await s.by_clock("remind_members", silence=silence), "never early"
    await before_the_end(s, silence, 24)
    assert await s.by_clock("remind_members", silence=silence)
    assert await told(s, kind="silence_ends") == MEMBERS
    # Of the beginning more people were told: those who take part in the body without a word for a member.
    assert await told(s, kind="silence_started") >= MEMBERS
    [notice] = {(n["words"], n["document_id"], n["edition_id"]) for n in await reminders(s)}
    assert notice[1:] == (d, s.editions["gfmd"])
    assert "Who cannot agree to a paragraph objects before then" in notice[0]
    [line] = await s.rows(t.history, act="remind_members")
    assert (line["subject_id"], line["actor_id"]) == (silence, None)
    assert '"reminded":3' in line["detail"]
    assert (await s.row(t.silence, id=silence))["state"] == "running"


async def test_it_goes_out_once_however_many_workers_would_send_it(s):
    d, _ = await drafted(s, "Desks help.")
    silence = await put(s, d)
    await before_the_end(s, silence, 20)
    done = await asyncio.gather(*[s.by_clock("remind_members", silence=silence) for _ in range(6)])
    assert sorted(done) == [False] * 5 + [True]
    await sweep(s.runner)
    assert len(await reminders(s)) == len(MEMBERS)
    assert len(await s.rows(t.history, act="remind_members")) == 1


async def test_a_worker_that_dies_on_the_way_leaves_it_to_the_next(s, monkeypatch):
    """Telling and noting that people were told are one transaction: neither is kept without the other."""
    d, _ = await drafted(s, "Desks help.")
    silence = await put(s, d)
    await before_the_end(s, silence, 20)
    with monkeypatch.context() as patch:
        patch.setattr(remind_members, "reminded", lambda _: 1 / 0)
        await sweep(s.runner)
    assert await reminders(s) == []
    await sweep(s.runner)
    assert len(await reminders(s)) == len(MEMBERS)


async def test_what_begins_shorter_than_that_or_has_ended_is_reminded_of_by_nobody(s):
    d, _ = await drafted(s, "Desks help.")
    short = await put(s, d, hours=24)
    assert (await s.row(t.silence, id=short))["remind_at"] is None
    assert await ended(s, short) == "passed"
    d, _ = await drafted(s, "Cities wait.")
    late = await put(s, d)
    row = await s.row(t.silence, id=late)
    await s.shift(row["ends_at"] - s.now + SECOND)  # the worker was away over both instants
    assert await sweep(s.runner) >= 1
    assert (await s.row(t.silence, id=late))["state"] == "passed"
    assert not await s.by_clock("remind_members", silence=late)
    assert await reminders(s) == []


async def test_an_objection_neither_holds_it_back_nor_shows_in_it(s):
    """The clock runs on, and others may object as well; the words are the same as where nobody did."""
    plain, _ = await drafted(s, "Desks help.")
    broken, [paragraph] = await drafted(s, "Cities wait.")
    silences = [await put(s, plain), await put(s, broken)]
    await s.do("break_silence", "focal.kenya", silence=silences[1], paragraph=paragraph, reason="Cities are missing.")
    await before_the_end(s, silences[1], 20)
    await sweep(s.runner)
    found = {d: await s.rows(t.notice, kind="silence_ends", document_id=d) for d in (plain, broken)}
    said = {d: {notice["words"] for notice in rows} for d, rows in found.items()}
    symbols = {d: (await s.row(t.document, id=d))["symbol"] for d in said}
    [one], [other] = said[plain], said[broken]
    assert len(await reminders(s)) == 2 * len(MEMBERS)
    assert one.replace(symbols[plain], "").split(" until ")[0] == other.replace(symbols[broken], "").split(" until ")[0]


async def test_more_time_moves_it_and_another_end_is_told_anew(s):
    d, _ = await drafted(s, "Desks help.")
    silence = await put(s, d)
    row = await s.row(t.silence, id=silence)
    later = row["ends_at"] + 48 * HOUR
    await s.do("extend_window", "secretariat", silence=silence, closes_at=later, reason="A holiday")
    await s.shift(row["ends_at"] - s.now - 20 * HOUR)
    assert not await s.by_clock("remind_members", silence=silence), "the end has moved, and this with it"
    await before_the_end(s, silence, 20)
    assert await s.by_clock("remind_members", silence=silence)
    # More time within the last day: people are told of that itself, and need no reminder beside it.
    await s.do("extend_window", "secretariat", silence=silence, closes_at=later + 2 * HOUR, reason="The post was late")
    assert (await s.row(t.silence, id=silence))["remind_at"] is None
    await s.do("extend_window", "secretariat", silence=silence, closes_at=later + 48 * HOUR, reason="A strike")
    await before_the_end(s, silence, 20)
    assert await s.by_clock("remind_members", silence=silence)
    assert len(await reminders(s)) == 2 * len(MEMBERS)


async def test_the_process_says_when_and_who_may_object(s):
    """Where the focal points alone may object, delegates are not told that they may."""
    await repinned(
        s,
        ('how = "no_objection"', 'how = "no_objection"\nreminder_hours = 6'),
        ('break_silence = { by = ["member"]', 'break_silence = { by = ["national_focal_point"]'),
    )
    d, [paragraph] = await drafted(s, "Desks help.")
    silence = await put(s, d)
    await before_the_end(s, silence, 7)
    assert not await s.by_clock("remind_members", silence=silence)
    await before_the_end(s, silence, 6)
    assert await s.by_clock("remind_members", silence=silence)
    assert await told(s, kind="silence_ends") == {"focal.kenya", "focal.nepal"}
    for who in await told(s, kind="silence_ends"):
        await s.do("break_silence", who, silence=silence, paragraph=paragraph, reason="No.")
    with pytest.raises(errors.RoleNotAllowed):
        await s.do("break_silence", "delegate.kenya", silence=silence, paragraph=paragraph, reason="No.")


async def test_a_process_that_wishes_none_sends_none(s):
    await repinned(s, ('how = "no_objection"', 'how = "no_objection"\nreminder_hours = 0'))
    d, _ = await drafted(s, "Desks help.")
    silence = await put(s, d)
    await before_the_end(s, silence, 1)
    assert not await s.by_clock("remind_members", silence=silence)
    assert await reminders(s) == []


async def test_who_no_longer_speaks_for_a_member_is_told_nothing(s):
    d, _ = await drafted(s, "Desks help.")
    silence = await put(s, d)
    await before_the_end(s, silence, 20)
    await s.change(t.mandate, s.mandates["focal.nepal"], ends_at=s.now)
    assert await s.by_clock("remind_members", silence=silence)
    assert await told(s, kind="silence_ends") == MEMBERS - {"focal.nepal"}


async def test_it_comes_by_mail_in_the_readers_language_and_not_to_who_muted_the_forum(s, database):
    await reached(s.engine, {"focal.kenya": s.people["focal.kenya"]}, language="fr")
    await reached(s.engine, {"delegate.kenya": s.people["delegate.kenya"]})
    await reached(s.engine, {"focal.nepal": s.people["focal.nepal"]}, muted=[s.forums["gfmd"]])
    d, _ = await drafted(s, "Desks help.")
    async with box() as mails, office(database.app_url, mails.relay) as post:
        silence = await put(s, d)
        await carry(post)
        mails.taken.clear()
        await before_the_end(s, silence, 20)
        await sweep(s.runner)
        await carry(post)
        [english], [french] = mails.of("delegate.kenya"), mails.of("focal.kenya")
        assert english["Subject"].endswith(": A silence ends soon")
        assert "objects before then" in read(english)
        assert french["Subject"].endswith("Une procédure de silence prend bientôt fin")
        assert "fait objection avant cet instant" in read(french)
        await carry(post)
        assert len([mail for _, mail in mails.taken if "objects before then" in read(mail)]) == 1
        assert mails.of("focal.nepal") == []


async def test_a_hundred_who_were_asked_are_asked_for_in_two_statements(s):
    """Each with the mandates, offices and seats that they have when they come by themselves."""
    model = await s.row(t.mandate, id=s.mandates["delegate.kenya"])
    people: list[dict[str, Any]] = [
        {"id": fresh(), "subject": f"delegate {n}", "name": f"Delegate {n}"} for n in range(100)
    ]
    await s.add(t.person, *people)
    await s.add(t.mandate, *[{**model, "id": fresh(), "person_id": person["id"]} for person in people])
    d, _ = await drafted(s, "Desks help.")
    silence = await put(s, d)
    ids = frozenset(person["id"] for person in people)
    with round_trips(s.engine) as statements:
        async with begin(s.engine) as unit:
            located = await places.locate(unit, "silence", silence, lock=False)
            assert located is not None
            statements.clear()
            may = who_may_object(s.runner.processes, located, ids | {s.people["secretariat"]})
            assert await unit.ask(may) == ids
            assert len(statements) == 2
            subjects = sorted((*s.people, "nobody here"))
            by_themselves = [await unit.person(subject) for subject in subjects]
            assert await unit.people(subjects) == [person for person in by_themselves if person is not None]
