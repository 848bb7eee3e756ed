"""A real SMTP server on loopback that keeps what it is handed, and refuses as a test asks: `async with box() as mails`.

And an office on a test's database whose relay it is, and contacts for people.
"""

import asyncio
import email
import email.policy
import uuid
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP

from forum import app
from forum.jobs.mail.compose import House
from forum.jobs.mail.office import Office
from forum.settings import Relay, Settings
from forum.store.tables import schema as t
from forum.store.unit import begin

SECRET = "a secret of at least thirty-two bytes"
HOUSE = House("forum@forum.example.org", "https://forum.example.org", SECRET)


@dataclass
class Box:
    """What the relay took: (recipient, message). `answers`: what it says to a recipient instead of taking a letter."""

    port: int = 0
    taken: list[tuple[str, EmailMessage]] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    enough: int = 0  # with so many it is full
    full: asyncio.Event = field(default_factory=asyncio.Event)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        self.asked[address] += 1
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(mail, EmailMessage)
        [address] = envelope.rcpt_tos
        self.taken.append((address, mail))
        if self.enough and len(self.taken) >= self.enough:
            self.full.set()
        return "250 OK"

    def of(self, subject: str) -> list[EmailMessage]:
        """What a person's mailbox holds."""
        return [mail for address, mail in self.taken if address == address_of(subject)]

    @property
    def relay(self) -> Relay:
        return Relay("127.0.0.1", self.port, "none")


def address_of(subject: str) -> str:
    return f"{subject}@example.org"


def read(mail: EmailMessage, kind: str = "plain") -> str:
    """What a person reads, as text or as HTML."""
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content())


@asynccontextmanager
async def box() -> AsyncIterator[Box]:
    """The server, listening."""
    mails = Box()
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(mails), "127.0.0.1", 0)
    mails.port = server.sockets[0].getsockname()[1]
    try:
        yield mails
    finally:
        server.close()
        await server.wait_closed()


@asynccontextmanager
async def office(url: str, relay: Relay | None) -> AsyncIterator[Office]:
    """The mail rooms on a database."""
    parts = await app.parts(Settings(mode="test", secret=SECRET, database_url=url, pool=4), url)
    try:
        yield Office(parts.runner, parts.reader, parts.pool, HOUSE, relay)
    finally:
        await parts.close()


async def reached(engine: Any, people: Mapping[str, uuid.UUID], **more: Any) -> None:
    """Each of these people has an address after their subject; `more`: how they are written to."""
    async with begin(engine) as unit:
        rows = [
            {"id": uuid.uuid4(), "person_id": id_, "address": address_of(subject), **more}
            for subject, id_ in people.items()
        ]
        await unit.add(t.contact, *rows)
        await unit.connection.commit()
