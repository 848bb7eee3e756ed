"""A letter that the relay took and that comes back later has failed, and those who look after the address are told."""

import argparse
import io
import mailbox
import uuid
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.cli import bounces
from forum.domain.letter import message_id
from forum.errors import Misconfigured
from forum.jobs.mail.carrier import carry
from forum.jobs.mail.report import MOST_BYTES, Report, read
from forum.jobs.mail.returned import came_back
from forum.settings import Settings
from forum.store.tables import schema as t
from tests.jobs.test_jobs_mail import call, rows
from tests.jobs.test_jobs_mail_invitations import ADDRESS, invite, mails, post, s  # noqa: F401 (fixtures)
from tests.support.mail_box import HOUSE, address_of, reached

LETTER, DOMAIN = uuid.UUID(int=7), HOUSE.domain
OURS = message_id(LETTER, DOMAIN)


def report(
    of: str = OURS, to: str = ADDRESS, action: str = "failed", status: str = "5.1.1", whole: bool = False, **more: str
) -> bytes:
    """What a mail server sends back (RFC 3464). `of`: the Message-ID of what it could not deliver."""
    block = {"Final-Recipient": f"rfc822; {to}", "Action": action, "Status": status, **more}
    fields = "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in block.items())
    head = f"From: forum@forum.example.org\nMessage-ID: {of}\nSubject: News\n" + ("\nDear Amina\n" if whole else "")
    parts = {
        "text/plain": "I could not deliver your message.\n",
        "message/delivery-status": f"Reporting-MTA: dns; mx.example.org\n\n{fields}\n",
        "message/rfc822" if whole else "text/rfc822-headers": head,
    }
    written = "".join(f"--b\nContent-Type: {kind}\n\n{text}\n" for kind, text in parts.items())
    kind = 'multipart/report; report-type=delivery-status; boundary="b"'
    return f"From: MAILER-DAEMON@mx.example.org\nContent-Type: {kind}\n\n{written}--b--\n".encode()


# ---- what is read
@pytest.mark.parametrize("whole", [True, False])
def test_a_report_names_the_letter_and_the_address_that_is_at_fault(whole: bool) -> None:
    assert read(report(whole=whole), DOMAIN) == Report(LETTER, "5.1.1", frozenset((ADDRESS,)))
    handed_on = report(to="elsewhere@example.net", Original_Recipient=f"rfc822; {ADDRESS.upper()}")
    assert read(handed_on, DOMAIN) == Report(LETTER, "5.1.1", frozenset(("elsewhere@example.net", ADDRESS)))


@pytest.mark.parametrize("status", ["5.2.2", "5.7.1", "5.0.0", "5.3.4"])
def test_a_full_mailbox_and_a_rule_against_the_letter_say_nothing_of_the_address(status: str) -> None:
    assert read(report(status=status), DOMAIN) == Report(LETTER, status, frozenset())


@pytest.mark.parametrize(
    "content",
    [
        report(action="delayed", status="4.4.1"), report(action="delivered", status="2.0.0"),
        report(status="4.2.2"), report(status="odd"), report(of="<x@forum.example.org>"), report(of=""),
        report(of=message_id(LETTER, "elsewhere.example")), report(of=f"<{LETTER.hex}@{DOMAIN}>"),
        report().replace(b"multipart/report", b"multipart/mixed"), report() + b"x" * MOST_BYTES, b"", b"\xff" * 100,
        b"Content-Type: multipart/report; boundary=b\n\n" + b"--b\nContent-Type: multipart/x; boundary=b\n\n" * 3000,
    ],
)  # fmt: skip
def test_whatever_else_comes_reports_nothing(content: bytes) -> None:
    assert read(content, DOMAIN) is None


@given(st.binary(max_size=200), st.integers(0, 900))
def test_no_message_makes_it_fail(noise: bytes, at: int) -> None:
    content = report()
    assert isinstance(read(content[:at] + noise + content[at + len(noise) :], DOMAIN), Report | None)


# ---- what follows
async def test_a_contact_is_refused_and_those_who_look_after_the_person_are_told(s, mails, post):  # noqa: F811
    await reached(s.engine, {"penholder": s.people["penholder"], "rep.network": s.people["rep.network"]})
    await s.do("withdraw_call", "secretariat", call=await call(s), reason="By mistake.")
    await s.input(attribution="none")  # a receipt to the side of rep.network
    await carry(post)
    for subject in ("penholder", "rep.network"):
        for mail in mails.of(subject):
            found = read(report(mail["Message-ID"], address_of(subject)), DOMAIN)
            assert found is not None
            assert await came_back(post, found)
            assert not await came_back(post, found), "it came back before"
    assert {(row["state"], row["refusal"]) for row in await rows(s, t.letter)} == {("failed", "5.1.1")}
    assert all(row["refused_at"] for row in await rows(s, t.contact))
    told = [row for row in await rows(s, t.notice) if row["kind"] == "address_refused"]
    assert {row["person_id"] for row in told} == {s.people["secretariat"]}
    assert len(told) == 1, "of a letter about a text nobody else is told"
    assert "example.org" not in str(told[0]["words"])


async def test_an_address_that_was_changed_or_mail_that_was_handed_on_leaves_the_contact(s, mails, post):  # noqa: F811
    await reached(s.engine, {"penholder": s.people["penholder"]})
    await s.do("withdraw_call", "secretariat", call=await call(s), reason="By mistake.")
    await carry(post)
    [mail] = mails.of("penholder")
    found = read(report(mail["Message-ID"], "elsewhere@example.net"), DOMAIN)
    assert found is not None
    assert await came_back(post, found)
    assert [row["state"] for row in await rows(s, t.letter)] == ["failed"]
    assert [row["refused_at"] for row in await rows(s, t.contact)] == [None]
    assert [row for row in await rows(s, t.notice) if row["kind"] == "address_refused"] == []


async def test_an_invitation_that_comes_back_is_told_to_the_inviter(s, mails, post):  # noqa: F811
    await invite(s)
    unknown = Report(uuid.uuid4(), "5.1.1", frozenset())
    assert not await came_back(post, unknown)
    await carry(post)
    [(_, mail)] = mails.taken
    found = read(report(mail["Message-ID"]), DOMAIN)
    assert found is not None
    assert await came_back(post, found)
    [told] = [row for row in await rows(s, t.notice) if row["kind"] == "address_refused"]
    assert told["person_id"] == s.people["secretariat"]
    assert ADDRESS not in str(told)


# ---- the command
async def test_a_mailbox_is_read_as_often_as_one_wishes(s, mails, post, database, tmp_path, capsys, monkeypatch):  # noqa: F811
    await invite(s)
    await carry(post)
    [(_, mail)] = mails.taken
    file = tmp_path / "bounces"
    box = mailbox.mbox(file)
    other = EmailMessage()
    other["Subject"] = "Out of office"
    for content in (other.as_bytes(), report(mail["Message-ID"])):
        box.add(content)
    box.close()
    settings = Settings(mode="test", database_url=database.app_url, secret=HOUSE.secret, mail_from=HOUSE.sender)
    for back in (1, 0):
        assert await bounces.read_bounces(argparse.Namespace(file=str(file)), settings) == 0
        out = capsys.readouterr().out
        assert f"2 messages looked at; {back} of our letters came back." in out
        assert ADDRESS not in out
    monkeypatch.setattr("sys.stdin", type("In", (), {"buffer": io.BytesIO(report())}))
    assert await bounces.read_bounces(argparse.Namespace(file=None), settings) == 0
    assert "1 message looked at; 0 of our" in capsys.readouterr().out
    with pytest.raises(Misconfigured):
        await bounces.read_bounces(argparse.Namespace(file=None), Settings(mode="test"))
    with pytest.raises(FileNotFoundError):
        await bounces.read_bounces(argparse.Namespace(file=str(tmp_path / "none")), settings)
