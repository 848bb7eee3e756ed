"""An invitation goes by mail: in the language that was chosen, once, with a link that stands nowhere, as long as it is
open; and the inviter's side reads what became of it."""

import re
import uuid
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from forum.actions.core.catalogue import CATALOGUE
from forum.actions.core.runner import ActRequest, Runner
from forum.actions.invitation.invite_people import InvitePeople
from forum.actions.invitation.inviting import PersonToInvite
from forum.domain.secret_link import Links
from forum.jobs.mail import sending
from forum.jobs.mail.carrier import carry
from forum.jobs.sweep import sweep
from forum.store.tables import schema as t
from tests.jobs.test_jobs_mail import later, rows
from tests.support.mail_box import HOUSE, SECRET, box, office, read
from tests.support.scene import DAY, scene

ADDRESS, HOSTILE = "amina@example.org", "Amina\u2028Bcc: x@example.org <b>&"


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        made.runner = Runner(made.engine, made.runner.processes, Links(SECRET), mails=True)
        yield made


@pytest.fixture
async def mails():
    async with box() as made:
        yield made


@pytest.fixture
async def post(database, mails):
    async with office(database.app_url, mails.relay) as made:
        yield made


async def shown(_, outcome, __):
    return outcome.ids, outcome.shown_once


async def perform(s, act, who, **fields):
    command = CATALOGUE[act].command
    key = uuid.uuid4() if command.creates else None
    return await s.runner.perform(ActRequest(CATALOGUE[act], command(**fields), who, key=key), shown)


async def invite(s, who="secretariat", **more):
    own = {"organisation": s.organisations["kenya"], "forum": s.forums["gfmd"], "role": "penholder", "name": "Amina N."}
    ids, once = await perform(s, "invite_person", who, **{**own, "address": ADDRESS, "starts_at": s.now, **more})
    return ids["invitation"], once


def link_in(mail):
    """The link of a letter, as its reader copies it."""
    [address] = set(re.findall(r"https?://\S+/invitation\S+", read(mail)))
    assert address.startswith(f"{HOUSE.url}/invitation?link=")
    assert f'href="{address}"' in read(mail, "html")
    [link] = parse_qs(urlsplit(address).query)["link"]
    return link


async def test_the_person_is_written_to_and_comes_in_by_the_letters_link(s, mails, post):
    id_, once = await invite(s, ends_at=s.now + 400 * DAY)
    assert once == {}, "whoever has the link has the letter"
    assert await carry(post)
    [(address, mail)] = mails.taken
    assert (address, mail["Subject"]) == (ADDRESS, "An invitation to the review forum")
    inviter = (await s.row(t.person, subject="secretariat"))["name"]
    for words in (f"{inviter} invites you, in ", "to be penholder, for Kenya.", "Dear Amina N.,", "until "):
        assert words in read(mail)
    assert mail["List-Unsubscribe"] is None
    await carry(post)
    assert len(mails.taken) == 1, "once"
    link = link_in(mail)
    for table in (t.invitation, t.letter, t.history, t.notice):
        assert link not in str(await rows(s, table))
    ids, once = await perform(s, "accept_invitation", None, link=link)
    assert once["token"].subject.startswith("invited:")
    [contact] = await rows(s, t.contact)
    assert (contact["person_id"], contact["address"], contact["language"]) == (ids["person"], ADDRESS, "en")
    assert (await s.row(t.invitation, id=id_))["state"] == "accepted"


@pytest.mark.parametrize(
    ("language", "says"),
    [("fr", "vous invite"), ("es", "le invita"), ("ar", "يدعوك"), ("zh", "邀请您"), ("ru", "приглашает вас")],
)
async def test_it_is_in_the_language_that_was_chosen_and_a_name_is_no_header(s, mails, post, language, says):
    await invite(s, language=language, name="Amina <b>&", ends_at=s.now + 5 * DAY)
    await s.change(t.person, s.people["secretariat"], name=HOSTILE)
    assert await carry(post)
    [(_, mail)] = mails.taken
    assert says in read(mail)
    assert (mail["Content-Language"], mail["Bcc"], len(mail["To"].addresses)) == (language, None, 1)
    assert "<b>" not in read(mail, "html")
    assert ('dir="rtl"' in read(mail, "html")) == (language == "ar")
    link = link_in(mail)
    await perform(s, "accept_invitation", None, link=link)
    [contact] = await rows(s, t.contact)
    assert contact["language"] == language


async def test_by_hand_the_link_is_shown_and_proves_no_address(s, mails, post):
    _, once = await invite(s, by_hand=True)
    await carry(post)
    assert mails.taken == []
    await perform(s, "accept_invitation", None, link=once["link"])
    assert await rows(s, t.contact) == []


async def test_whoever_has_an_address_keeps_it(s, mails, post):
    await s.add(t.contact, {"id": uuid.uuid4(), "person_id": s.people["rep.quito"], "address": "own@example.org"})
    await invite(s)
    await carry(post)
    await perform(s, "accept_invitation", "rep.quito", link=link_in(mails.taken[0][1]))
    assert [row["address"] for row in await rows(s, t.contact)] == ["own@example.org"]


@pytest.mark.parametrize("over", ["ended", "late", "blanked"])
async def test_what_is_over_is_not_sent_any_more(s, mails, post, over):
    id_, _ = await invite(s)
    if over == "ended":
        await perform(s, "end_invitation", "secretariat", invitation=id_)
    else:
        await s.shift((15 if over == "late" else 60) * DAY)
    if over == "blanked":
        while await sweep(s.runner):
            pass
        assert (await s.row(t.invitation, id=id_))["address"] is None
    await carry(post)
    assert mails.taken == []
    assert [row["state"] for row in await rows(s, t.letter)] == ["dropped"]


async def test_a_refused_address_is_told_to_the_inviter_without_it(s, mails, post, caplog):
    id_, _ = await invite(s)
    mails.answers[ADDRESS] = "550 5.1.1 no such user"
    await carry(post)
    assert [(row["state"], row["refusal"]) for row in await rows(s, t.letter)] == [("failed", "550")]
    [told] = [row for row in await rows(s, t.notice) if row["kind"] == "address_refused"]
    assert told["person_id"] == s.people["secretariat"]
    for secret in (ADDRESS, "Amina"):
        assert secret not in str(told) + caplog.text
    await perform(s, "end_invitation", "secretariat", invitation=id_)
    await invite(s, address="amina.n@example.org")
    await carry(post)
    assert [address for address, _ in mails.taken] == ["amina.n@example.org"]


async def test_it_is_tried_again_and_after_a_killed_worker_comes_under_the_same_name(s, mails, post, monkeypatch):
    await invite(s)
    mails.answers[ADDRESS] = "451 greylisted"
    await carry(post)
    mails.answers.clear()
    await later(s)
    ended = sending._end

    async def dies(*_, **__):
        raise RuntimeError("killed")

    monkeypatch.setattr(sending, "_end", dies)
    with pytest.raises(RuntimeError, match="killed"):
        await carry(post)
    monkeypatch.setattr(sending, "_end", ended)
    await later(s)
    await carry(post)
    first, again = (mail for _, mail in mails.taken)
    assert first["Message-ID"] == again["Message-ID"]
    assert link_in(first) == link_in(again)


async def test_a_service_without_a_relay_shows_the_link(s, database):
    s.runner = Runner(s.engine, s.runner.processes, Links(SECRET))
    _, once = await invite(s)
    assert len(once["link"]) == 75
    assert await rows(s, t.letter) == []


async def test_many_are_written_to_as_one_is_and_no_link_is_shown_again(s, mails, post):
    people = tuple(
        PersonToInvite("penholder", f"p{n}@example.org", f"P {n}", s.now, s.organisations["kenya"], language=language)
        for n, language in enumerate(("en", "fr"))
    )
    command = InvitePeople(people=people, forum=s.forums["gfmd"])
    asked = ActRequest(CATALOGUE["invite_people"], command, "secretariat", key=uuid.uuid4())
    for _ in range(2):
        _, once = await s.runner.perform(asked, shown)
        assert [row.link for row in once["rows"]] == [None, None]
    await carry(post)
    assert {address: mail["Content-Language"] for address, mail in mails.taken} == {
        "p0@example.org": "en", "p1@example.org": "fr",
    }  # fmt: skip
    by_hand = replace(command, people=(replace(people[0], role="moderator"),), by_hand=True)
    _, once = await s.runner.perform(replace(asked, do=by_hand, key=uuid.uuid4()), shown)
    assert len(once["rows"][0].link) == 75
