"""Whatever people are told comes by mail: in their language, to those it concerns, once; read back as they would."""

import asyncio
import datetime as dt
import logging
import os
import signal
import sys
import uuid
from collections import Counter

import pytest
import sqlalchemy as sa

from forum.actions.call.issue_call import SectionAsked
from forum.domain.saying import saying
from forum.jobs.mail import sending
from forum.jobs.mail.carrier import carry
from forum.store import clock, notices
from forum.store.tables import schema as t
from forum.store.unit import begin
from tests.support.mail_box import HOUSE, SECRET, address_of, box, office, reached, read
from tests.support.scene import DAY, scene

ASKED = ("rep.network", "focal.kenya", "delegate.kenya", "focal.nepal", "rep.quito", "coordinator")


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        yield made


@pytest.fixture
async def mails():
    async with box() as made:
        yield made


@pytest.fixture
async def post(database, mails):
    async with office(database.app_url, mails.relay) as made:
        yield made


async def call(s, title="Second call"):
    given = {"title": title, "text": "Please write.", "zone": "Europe/Zurich", "closes_at": s.now + 20 * DAY}
    sections = (SectionAsked(code="a", prompt="What works?"),)
    done = await s.do("issue_call", "secretariat", track=s.tracks["main"], **given, sections=sections)
    return done["call"]


async def rows(s, table):
    async with begin(s.engine) as unit:
        return await unit.all(sa.select(table))


async def shift(s, by):
    async with begin(s.engine) as unit:
        await clock.shift_by(unit, by, allowed=True)
        await unit.connection.commit()


async def test_addressees_read_the_call_in_their_own_language_and_zone(s, mails, post):
    await reached(s.engine, {name: s.people[name] for name in ("rep.network", "coordinator", "secretariat")})
    await reached(s.engine, {"focal.kenya": s.people["focal.kenya"]}, language="fr", zone="Africa/Nairobi")
    await reached(s.engine, {"focal.nepal": s.people["focal.nepal"]}, language="ar", zone="Asia/Kathmandu")
    await call(s)
    assert await carry(post)
    assert {address for address, _ in mails.taken} == {
        address_of(name) for name in ("rep.network", "focal.kenya", "focal.nepal", "coordinator")
    }
    [english] = mails.of("rep.network")
    assert english["Subject"] == "GFMD: A call for inputs" or english["Subject"].endswith(": A call for inputs")
    assert 'The call "Second call" asks your organisation for an input.' in read(english)
    assert english["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert english["Auto-Submitted"] == "auto-generated"
    [french] = mails.of("focal.kenya")
    assert "L’appel « Second call » demande une contribution (votre organisation)." in read(french)
    assert "Africa/Nairobi, UTC+03:00" in read(french)
    assert "Europe/Zurich" in read(french)
    [arabic] = mails.of("focal.nepal")
    assert 'dir="rtl"' in read(arabic, "html")
    assert "Second call" in read(arabic)
    assert "UTC+05:45" in read(arabic)
    await carry(post)
    assert len(mails.taken) == 4, "told once"


async def test_of_an_unattributed_input_its_own_side_alone_is_written_to(s, mails, post, caplog):
    await reached(s.engine, s.people)
    caplog.set_level(logging.DEBUG, logger="forum")
    id_ = await s.input(attribution="none")
    await s.do("return_contribution", "secretariat", contribution=id_, reason="Which desks?")
    await carry(post)
    assert {address for address, _ in mails.taken} == {address_of("rep.network")}
    receipt, returned = sorted(mails.of("rep.network"), key=lambda mail: "receipt" not in read(mail))
    for mail in (receipt, returned):
        assert mail["Subject"].startswith("News in ")
        assert "input" not in mail["Subject"].lower()
    assert "Its receipt: " in read(receipt)
    assert receipt["List-Unsubscribe"] is None, "receipts always come"
    assert "What needs clarifying: Which desks?" in read(returned)
    assert "example.org" not in caplog.text
    assert "News in" not in caplog.text


async def test_the_rows_of_a_letter_are_hidden_from_whoever_names_neither_it_nor_the_person(s, post):
    await reached(s.engine, s.people)
    await s.input(attribution="none")
    await carry(post)
    assert await rows(s, t.letter)
    assert await rows(s, t.letter_part) == []


async def test_what_became_of_an_input_comes_when_the_text_is_issued(s, mails, post):
    await reached(s.engine, s.people)
    id_ = await s.input(attribution="none")
    await s.stage("main", "drafting")
    document = await s.document("main", "consolidated_report")
    await s.write(document, "Desks help.")
    await s.do("record_disposition", "penholder", document=document, subject=f"Contribution:{id_}", word="noted")
    await carry(post)
    assert len(mails.of("rep.network")) == 1, "the receipt; what a draft says is its drafters' own"
    await s.no_call_open()
    await s.stage("main", "closing")
    await s.do("issue_document", "secretariat", document=document)
    await carry(post)
    told = [read(mail) for mail in mails.of("rep.network")[1:]]
    assert sum("What became of your input:" in words for words in told) == 1
    others = [read(mail) for address, mail in mails.taken if address != address_of("rep.network")]
    assert others
    assert not any("your input" in words for words in others)


async def test_a_daily_digest_comes_at_seven_and_holds_all_of_the_day_but_receipts(s, mails, post):
    network = {"rep.network": s.people["rep.network"]}
    await reached(s.engine, network, pace="daily", zone="Africa/Nairobi")
    await s.input()
    await call(s, "Second call")
    await call(s, "Third call")
    await carry(post)
    assert len(mails.of("rep.network")) == 1, "the receipt"
    [due] = {row["due_at"] for row in await rows(s, t.letter) if row["state"] == "waiting"}
    assert (due.hour, due.minute) == (4, 0)
    await shift(s, dt.timedelta(days=1))
    await carry(post)
    [_, digest] = mails.of("rep.network")
    assert "daily digest" in digest["Subject"]
    assert "Second call" in read(digest)
    assert "Third call" in read(digest)


async def test_a_muted_forum_writes_receipts_alone(s, mails, post):
    await reached(s.engine, {"rep.network": s.people["rep.network"]}, muted=[s.forums["gfmd"]])
    await call(s)
    await s.input()
    await carry(post)
    assert [mail["Subject"].startswith("News in ") for mail in mails.of("rep.network")] == [True]


async def test_an_address_that_is_refused_fails_and_those_who_look_after_the_person_are_told(s, mails, post):
    await reached(s.engine, {"penholder": s.people["penholder"], "rep.network": s.people["rep.network"]})
    mails.answers[address_of("penholder")] = "550 5.1.1 no such user"
    mails.answers[address_of("rep.network")] = "550 5.1.1 no such user"
    await s.input(attribution="none")  # a receipt to the side of rep.network
    await s.do("withdraw_call", "secretariat", call=await call(s), reason="By mistake.")
    await carry(post)
    failed = [row for row in await rows(s, t.letter) if row["state"] == "failed"]
    assert {row["refusal"] for row in failed} == {"550"}
    told = [row for row in await rows(s, t.notice) if row["kind"] == "address_refused"]
    assert {row["person_id"] for row in told} == {s.people["secretariat"]}
    assert "example.org" not in str([row["words"] for row in told])
    assert all(row["refused_at"] for row in await rows(s, t.contact))
    asked = mails.asked.copy()
    await later(s)
    await carry(post)
    # The secretariat is told of it in turn, and has no address here.
    assert mails.asked == asked, "what is refused for good is not tried again"


async def test_a_letter_that_is_put_off_is_tried_again_under_the_same_message_id(s, mails, post, monkeypatch):
    await reached(s.engine, {"rep.network": s.people["rep.network"]})
    mails.answers[address_of("rep.network")] = "451 greylisted"
    await call(s)
    await carry(post)
    assert mails.taken == []
    [waiting] = await rows(s, t.letter)
    assert (waiting["state"], waiting["tries"]) == ("waiting", 1)
    mails.answers.clear()
    await carry(post)
    assert mails.taken == [], "not before half a minute"
    await later(s)
    await carry(post)
    [mail] = mails.of("rep.network")
    assert mail["Message-ID"] == f"<{waiting['id']}@forum.example.org>"


async def test_a_worker_that_dies_between_sending_and_marking_repeats_the_same_letter(s, mails, post, monkeypatch):
    await reached(s.engine, {"rep.network": s.people["rep.network"]})
    await call(s)
    ended = sending._end

    async def dies(*_, **__):
        raise RuntimeError("killed")

    monkeypatch.setattr(sending, "_end", dies)
    with pytest.raises(RuntimeError, match="killed"):
        await carry(post)
    monkeypatch.setattr(sending, "_end", ended)
    await carry(post)
    assert len(mails.taken) == 1, "another worker leaves it alone until the lease ends"
    await later(s)
    await carry(post)
    first, again = mails.of("rep.network")
    assert first["Message-ID"] == again["Message-ID"]
    assert first.as_bytes() == again.as_bytes() or read(first) == read(again)


async def test_300_letters_come_once_each_or_are_named_as_failed_though_workers_are_killed(s, database, mails):
    subjects = [f"person{n}" for n in range(300)]
    people = {subject: uuid.uuid4() for subject in subjects}
    async with begin(s.engine) as unit:
        await unit.add(t.person, *({"id": id_, "subject": who, "name": who} for who, id_ in people.items()))
        words = saying("A reminder")
        tell = notices.tell(people.values(), kind="reminder", words=words, cause=uuid.uuid4(), at=s.now)
        assert await unit.write(tell) == 300
        await unit.connection.commit()
    await reached(s.engine, people)
    refused = {address_of(who) for who in subjects[::50]}  # 2 %
    mails.answers |= dict.fromkeys(refused, "550 no such user")
    for _ in range(2):  # two workers that die without a word, with letters in their hands
        worker = await killed_after(database.app_url, mails, len(mails.taken) + 40)
        assert worker == -signal.SIGKILL
        await later(s)
    async with office(database.app_url, mails.relay) as post:
        assert await carry(post)
    state = {row["id"]: row["state"] for row in await rows(s, t.letter)}
    assert sorted(state.values()) == ["failed"] * 6 + ["sent"] * 294
    assert {address for address, _ in mails.taken} == {address_of(who) for who in subjects} - refused
    names = Counter(mail["Message-ID"] for _, mail in mails.taken)
    assert set(names) == {f"<{id_}@forum.example.org>" for id_ in state if state[id_] == "sent"}
    assert sum(names.values()) - len(names) <= 2 * 8, "only what a killed worker held may come again"


async def killed_after(url, mails, letters):
    """The end of a worker of its own process that is killed once the box holds so many letters."""
    env = {
        **os.environ, "DATABASE_URL": url, "FORUM_MODE": "test", "FORUM_SECRET": SECRET,
        "FORUM_RELAY": f"127.0.0.1:{mails.port}", "FORUM_RELAY_TLS": "none", "FORUM_MAIL_FROM": HOUSE.sender,
        "FORUM_PUBLIC_URL": HOUSE.url,
    }  # fmt: skip
    mails.full = asyncio.Event()
    mails.enough = letters
    worker = await asyncio.create_subprocess_exec(sys.executable, "-m", "forum", "worker", env=env)
    await asyncio.wait_for(mails.full.wait(), 60)
    worker.kill()
    return await worker.wait()


async def test_a_relay_that_is_down_loses_nothing(s, database, mails):
    await reached(s.engine, s.people)
    async with office(database.app_url, type(mails.relay)("127.0.0.1", 1, "none")) as down:
        await call(s)
        assert not await carry(down)
        waiting = len(await rows(s, t.letter))
    assert waiting == len(ASKED)
    async with office(database.app_url, mails.relay) as up:
        await later(s)
        assert await carry(up)
    assert {address for address, _ in mails.taken} == {address_of(name) for name in ASKED}


async def test_without_a_relay_nobody_is_written_to_and_nothing_waits(s, database):
    await reached(s.engine, s.people)
    await call(s)
    async with office(database.app_url, None) as none:
        assert await carry(none)
    assert await rows(s, t.letter) == []
    assert all(row["posted"] for row in await rows(s, t.notice))


async def test_a_letter_is_never_longer_in_a_header_than_a_line_and_takes_no_header_from_a_name(s, mails, post):
    id_ = uuid.uuid4()
    name = "Eve\r\nBcc: everybody@example.org " + "é" * 1000
    async with begin(s.engine) as unit:
        await unit.run(sa.update(t.person).where(t.person.c.id == s.people["rep.network"]).values(name=name))
        await unit.connection.commit()
    await reached(s.engine, {"rep.network": s.people["rep.network"]})
    await call(s, f"Call {id_}")
    await carry(post)
    [mail] = mails.of("rep.network")
    assert mail["Bcc"] is None
    assert mail["To"].addresses[0].addr_spec == address_of("rep.network")


async def later(s):
    """Leases and waits are over."""
    async with begin(s.engine) as unit:
        await unit.run(sa.update(t.letter).values(taken_until=None))
        await unit.connection.commit()
