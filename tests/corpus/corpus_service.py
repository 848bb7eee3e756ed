"""The service under record: its rooms on a fresh database, its bodies and processes, its one clock.

This is the one file of the corpus that knows the project's own Python; all else speaks HTTP. Requests go to the service
as an ASGI application, and what falls due is done by the worker's sweep when the corpus asks for it, so that everything
happens in one order.
"""

import base64
import hashlib
import hmac
import json
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import httpx

from forum import app
from forum.administration import adopt, enter_bodies, publish
from forum.api.http.warming import warm
from forum.jobs.sweep import sweep
from forum.settings import Settings
from forum.workflow.load import parse

HERE = Path(__file__).parent
SECRET = "for-the-corpus-only-" + "s" * 32
BROWSERS = ("Firefox, Linux", "Safari, iPhone", "Edge, Windows")  # in which rep.former is signed in
LOST = "a second token, of rep.former"
UNKNOWN = "somebody.unknown"  # has a token, and is no person of the service
PROCESSES = ("gfmd", "hlpf", "small")
ADOPTED = {"gfmd": "gfmd", "rcp": "small"}  # by which forum; the HLPF does so itself


@dataclass(frozen=True)
class Service:
    """Lines to it, and hands on its clock."""

    parts: app.Parts
    site: httpx.ASGITransport
    superuser_url: str

    def line(self, headers: dict[str, str]) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=self.site, base_url="http://service", headers=headers)

    async def set_clock(self, to: datetime) -> None:
        """Set the one clock to an instant, and let the worker do what is due then. It runs on from there."""
        await set_clock(self.superuser_url, to)
        while await sweep(self.parts.runner):  # what one act brings about may be due as well
            pass


async def set_clock(superuser_url: str, to: datetime) -> None:
    connection = await asyncpg.connect(superuser_url)
    try:
        await connection.execute("UPDATE clock SET shift = $1 - clock_timestamp()", to)
    finally:
        await connection.close()


async def agreed(superuser_url: str) -> None:
    """Let the organisations have accepted who the file of bodies says speaks for them."""
    connection = await asyncpg.connect(superuser_url)
    try:
        await connection.execute("UPDATE mandate SET accepted_at = proposed_at")
    finally:
        await connection.close()


async def listed(superuser_url: str) -> None:
    """Put a token of everybody on the service's list, under ids that are the same in each run."""
    connection = await asyncpg.connect(superuser_url)
    try:
        subjects = [row["subject"] for row in await connection.fetch("SELECT subject FROM person")]
        await connection.executemany(
            "INSERT INTO token (id, subject, purpose, issued_by, issued_at, expires_at) "
            "VALUES ($1, $2, 'the corpus', 'operator', '2020-01-01Z', '2099-01-01Z')",
            [(token_id(subject), subject) for subject in (*subjects, UNKNOWN, "note.taker", "newcomer")]
            + [(token_id(LOST), "rep.former")],
        )
        # Its times are real time: it began long ago and lasts.
        await connection.executemany(
            "INSERT INTO sign_in (id, person_id, secret_hash, issuer, client, began_at, last_used_at, ends_at, "
            "idle_seconds) SELECT $1, id, sha256($2), 'demonstration', $3, '2020-01-01Z', $4, '2099-01-01Z', "
            "2000000000 FROM person WHERE subject = 'rep.former'",
            [
                (token_id(browser), browser.encode(), browser, datetime(2020, 1, day, tzinfo=UTC))
                for day, browser in enumerate(BROWSERS, 2)
            ],
        )
    finally:
        await connection.close()


def token_id(subject: str) -> str:
    """The id of this person's token."""
    return str(uuid.uuid5(uuid.NAMESPACE_DNS, subject))


def token(subject: str, secret: str = SECRET, lifetime: int = 3600, of: str = "") -> str:
    """A bearer token as the service signs them (docs/contract.md, Tokens); of several, the one of this name."""
    now = int(time.time())
    claims = {"iss": "review-forum", "aud": "review-forum", "sub": subject, "client_id": "review-forum", "iat": now - 5,
              "exp": now + lifetime, "jti": token_id(of or subject)}  # fmt: skip
    signed = f"{_b64(json.dumps({'alg': 'HS256', 'typ': 'at+jwt'}).encode())}.{_b64(json.dumps(claims).encode())}"
    return f"{signed}.{_b64(hmac.digest(secret.encode(), signed.encode(), hashlib.sha256))}"


def _b64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


@asynccontextmanager
async def service(app_url: str, superuser_url: str, begin: datetime) -> AsyncIterator[Service]:
    """The service on a migrated, empty database, at this instant, with the corpus's bodies and processes."""
    await set_clock(superuser_url, begin)
    settings = Settings(mode="test", database_url=app_url, secret=SECRET, pool=4, log_level="warning")
    parts = await app.parts(settings, app_url)
    try:
        await enter_bodies(parts, (HERE / "bodies.toml").read_bytes())
        await agreed(superuser_url)
        await listed(superuser_url)
        for name in PROCESSES:  # as they were at the time of the record
            await publish(parts, parse((HERE / "processes" / f"{name}.toml").read_text("utf-8")))
        for forum, name in ADOPTED.items():
            await adopt(parts, name, forum)
        await warm(parts.service)  # so that nobody's budget pays for what the start compiles
        yield Service(parts, httpx.ASGITransport(app.site(parts, settings)), superuser_url)
    finally:
        await parts.close()
