"""10,000 letters of one reminder through a slow relay that goes away twice, by workers of which five are killed: each
comes once, or is named as failed. `make soak`."""

import asyncio
import contextlib
import signal
import time
import uuid
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP

from forum.domain.saying import saying
from forum.jobs.mail.carrier import carry
from forum.store import notices
from forum.store.tables import schema as t
from forum.store.unit import begin
from tests.jobs.test_jobs_mail import killed_after, later, rows
from tests.support.mail_box import Box, address_of, office, reached
from tests.support.scene import Scene, scene

pytestmark = pytest.mark.soak
LETTERS, KILLS = 10_000, 5
REFUSED = 50  # one of so many addresses: 2 %
SLOW = 0.05  # seconds that the relay takes for a letter
HELD = 8  # letters that one worker has in its hands


class Slow(Box):
    """A relay that takes its time, and goes away for a while whenever it holds one of these many letters."""

    def __init__(self) -> None:
        super().__init__()
        self.away_at = [LETTERS // 4, LETTERS // 2]
        self.outages = 0
        self.server: asyncio.Server | None = None
        self.lines: list[SMTP] = []

    def line(self) -> SMTP:
        """A connection of a worker."""
        self.lines.append(SMTP(self))
        return self.lines[-1]

    async def listen(self) -> None:
        """Take letters, on the port that it had before."""
        self.server = await asyncio.get_running_loop().create_server(self.line, "127.0.0.1", self.port)
        self.port = self.server.sockets[0].getsockname()[1]

    def dies(self) -> None:
        """Every line breaks, and nobody listens for two seconds."""
        self.outages += 1
        assert self.server is not None
        self.server.close()
        for line in self.lines:
            if line.transport is not None:
                line.transport.close()
        asyncio.get_running_loop().call_later(2, lambda: asyncio.ensure_future(self.listen()))

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        await asyncio.sleep(SLOW)
        answer = await super().handle_DATA(server, session, envelope)
        if self.away_at and len(self.taken) >= self.away_at[0]:
            self.away_at.pop(0)
            self.dies()
        return answer


@contextlib.asynccontextmanager
async def slow() -> AsyncIterator[Slow]:
    mails = Slow()
    await mails.listen()
    try:
        yield mails
    finally:
        assert mails.server is not None
        mails.server.close()


async def test_each_letter_comes_once_or_is_named_as_failed(database: Any) -> None:
    subjects = [f"person{n}" for n in range(LETTERS)]
    refused = {address_of(who) for who in subjects[::REFUSED]}
    async with scene(database.app_url) as s, slow() as mails:
        await written(s, subjects)
        mails.answers |= dict.fromkeys(refused, "550 no such user")
        began = time.monotonic()
        for n in range(KILLS):
            assert await killed_after(database.app_url, mails, len(mails.taken) + 100 * (n + 1)) == -signal.SIGKILL
            await later(s)
        async with office(database.app_url, mails.relay) as post:
            while not await carry(post) or await waiting(s):
                await asyncio.sleep(0.5)  # the relay is away
                await later(s)
        took = time.monotonic() - began
        state = {row["id"]: row["state"] for row in await rows(s, t.letter)}
    assert Counter(state.values()) == {"failed": len(refused), "sent": LETTERS - len(refused)}
    assert {address for address, _ in mails.taken} == {address_of(who) for who in subjects} - refused
    names = Counter(mail["Message-ID"] for _, mail in mails.taken)
    assert set(names) == {f"<{id_}@forum.example.org>" for id_ in state if state[id_] == "sent"}
    again = sum(names.values()) - len(names)
    assert again <= (KILLS + mails.outages) * HELD, "only what a killed worker or a lost line held may come again"
    assert mails.outages == 2
    print(f"{LETTERS} letters in {took:.0f} s, {again} of them twice; {KILLS} workers killed, the relay away twice")


async def written(s: Scene, subjects: list[str]) -> None:
    """All of these people have an address, and are told of the same."""
    people = {subject: uuid.uuid4() for subject in subjects}
    async with begin(s.engine) as unit:
        await unit.add(t.person, *({"id": id_, "subject": who, "name": who} for who, id_ in people.items()))
        words, cause = saying("A reminder"), uuid.uuid4()
        assert await unit.write(notices.tell(people.values(), kind="reminder", words=words, cause=cause, at=s.now))
        await unit.connection.commit()
    await reached(s.engine, people)


async def waiting(s: Scene) -> bool:
    return any(row["state"] == "waiting" for row in await rows(s, t.letter))
