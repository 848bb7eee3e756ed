"""A service under load and under attack: a PostgreSQL of its own that loses nothing, two servers, a review on it.

A test asks for the fixture `served`. Everything goes over HTTP;
what a test must have in place before it begins (drafts by the hundred) is written into the tables directly.
"""

import asyncio
import datetime as dt
import os
import signal
import socket
import sys
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

import asyncpg
import httpx

from forum.client.session import document
from forum.settings import Settings, environment
from forum.store import roles
from forum.store.embedded.cluster import Cluster
from forum.store.migrate import upgrade_async
from forum.store.tables import schema as t
from forum.store.unit import fresh, random_id
from tests.support.scene import SECTIONS, Scene, scene
from tests.support.tokens import issued

NEW = "application/graphql-response+json"
SECRET = "for-tests-only-" + "s" * 32
TEXT = "Desks near markets help people who arrive."


@dataclass(frozen=True)
class Served:
    """The service's addresses, its database, and the people of `scene.py`."""

    urls: tuple[str, ...]
    cluster: Cluster
    roles: roles.Urls
    scene: Scene
    log: Path
    servers: tuple[asyncio.subprocess.Process, ...]
    tokens: Mapping[str, str]

    def token(self, subject: str) -> str:
        return self.tokens[subject]

    def clients(self, number: int, subject: str | None) -> Iterator[httpx.AsyncClient]:
        """So many lines of one person, to one server after the other."""
        headers = {"Accept": NEW} | ({} if subject is None else {"Authorization": f"Bearer {self.token(subject)}"})
        for _, url in zip(range(number), cycle(self.urls), strict=False):
            yield httpx.AsyncClient(base_url=url, headers=headers, timeout=60)

    async def rows(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        connection = await asyncpg.connect(self.cluster.url("served"))
        try:
            return [dict(row) for row in await connection.fetch(sql, *values)]
        finally:
            await connection.close()

    def told(self) -> str:
        """What the servers wrote to their log."""
        return self.log.read_text("utf-8")

    async def call(self, closes_in: dt.timedelta) -> tuple[uuid.UUID, dt.datetime]:
        """An open call on a track of its own, and when it closes."""
        s, track, id_ = self.scene, fresh(), fresh()
        [now] = await self.rows("SELECT clock_timestamp() + shift AS at FROM clock")
        closes = now["at"] + closes_in
        await s.add(t.track, {"id": track, "edition_id": s.editions["gfmd"], "name": f"t{track}", "title": "A track",
                              "definition": "main", "stage": "call", "stage_since": s.now})  # fmt: skip
        await s.add(t.call, {"id": id_, "track_id": track, "edition_id": s.editions["gfmd"],
            "forum_id": s.forums["gfmd"],
                             "title": "A call", "text": "Send them.", "opens_at": s.now - dt.timedelta(1),
                             "closes_at": closes,
                             "zone": "Europe/Zurich", "languages": ["en"]})  # fmt: skip
        await s.add(t.call_section, *[
            {"id": fresh(), "call_id": id_, "ordinal": n, "code": code, "prompt": prompt, "min_length": low,
                "max_length": high,
             "unit": "words", "required": required} for n, (code, prompt, low, high, required) in enumerate(SECTIONS, 1)
        ])  # fmt: skip
        return id_, closes

    async def released(
        self, call: uuid.UUID, number: int, organisation: str = "network", by: str = "rep.network"
    ) -> list[str]:
        """So many inputs, written and released, that only need to be handed in."""
        s = self.scene
        [place] = await s.rows(t.call, id=call)
        where = {k: place[k] for k in ("track_id", "edition_id", "forum_id")} | {"call_id": call}
        ids = [random_id() for _ in range(number)]
        named = {
            "named_organisation_id": s.organisations[organisation],
            "label": organisation,
            "attribution": "organisation",
        }
        state = {
            "state": "released",
            "released_revision": 1,
            "visibility": "participants",
            "kind": "input",
            "language": "en",
        }
        await s.add(
            t.contribution, *[{"id": i, "title": f"Input {n}", **where, **named, **state} for n, i in enumerate(ids)]
        )
        await s.add(t.contribution_section, *[
            {"id": random_id(), "contribution_id": i, "ordinal": 1, "code": "a", "heading": "What works?",
                "markdown": TEXT} for i in ids
        ])  # fmt: skip
        who = {"organisation_id": s.organisations[organisation], "author_kind": "organisation",
            "person_id": s.people[by],
               "mandate_id": s.mandates[by], "subject_kind": "contribution", "written_at": s.now}  # fmt: skip
        await s.add(t.authorship, *[{"subject_id": i, **who} for i in ids])
        return [f"Contribution:{i}" for i in ids]

    async def kill(self) -> None:
        """The postmaster, by its own id; and wait until another takes connections."""
        pid = self.cluster.pid
        assert pid
        os.kill(pid, signal.SIGKILL)

        async def another() -> bool:
            running = self.cluster.site.running()
            return bool(running and running[1] and running[0] != pid)

        await until(another)


async def until(true: Callable[[], Awaitable[Any]], seconds: float = 30) -> Any:
    """What `true` gives, once that is neither false nor empty."""
    async with asyncio.timeout(seconds):
        while True:
            if found := await true():
                return found
            await asyncio.sleep(0.01)


def save(call: uuid.UUID, **more: Any) -> dict[str, Any]:
    """The input of SaveContribution that is good unless `more` is not."""
    given = {"call": f"Call:{call}", "title": "An input", "language": "en", "sections": [{"code": "a", "text": TEXT}]}
    return {"idempotencyKey": str(uuid.uuid4()), **given, **more}


async def post(http: httpx.AsyncClient, operation: str, **variables: Any) -> httpx.Response:
    body = {"query": document(operation), "operationName": operation, "variables": variables}
    return await http.post("/graphql", json=body)


def payload(answer: httpx.Response, operation: str) -> Any:
    """What a mutation gave back, with its errors."""
    assert answer.status_code == 200, answer.text
    return answer.json()["data"][operation[0].lower() + operation[1:]]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _server(settings: Settings, log: Path) -> asyncio.subprocess.Process:
    with log.open("ab") as out:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "forum", "serve", env=environment(settings), stdout=out, stderr=out
        )


async def _ready(url: str, server: asyncio.subprocess.Process) -> None:
    async def answers() -> bool:
        assert server.returncode is None, "the server did not start"
        try:
            return (await http.get("/readyz")).status_code == 200
        except httpx.TransportError:
            return False

    async with httpx.AsyncClient(base_url=url) as http:
        await until(answers, 600)  # a busy machine takes its time; what has died is told at once


@asynccontextmanager
async def serving(folder: Path, binaries: Path, servers: int = 2) -> AsyncIterator[Served]:
    """The service, up and answering, on a durable PostgreSQL in this folder."""
    log = folder / "served.log"
    cluster = Cluster(folder / "served", binaries, options={"max_connections": "120"})
    await asyncio.to_thread(cluster.start)
    running: dict[str, asyncio.subprocess.Process] = {}
    try:
        urls = await roles.prepare(cluster.url(), "served", keep=cluster.home)
        await upgrade_async(urls.owner)
        async with scene(urls.app) as made:
            for _ in range(servers):
                port = _free_port()
                settings = Settings(mode="test", database_url=urls.app, secret=SECRET, port=port, log_level="warning")
                running[f"http://127.0.0.1:{port}"] = await _server(settings, log)
            await asyncio.gather(*(_ready(url, server) for url, server in running.items()))
            tokens = await issued(made.engine, SECRET, *made.people)
            yield Served(tuple(running), cluster, urls, made, log, tuple(running.values()), tokens)
    finally:
        for server in running.values():
            if server.returncode is None:
                server.terminate()
        await asyncio.gather(*(server.wait() for server in running.values()))
        await asyncio.to_thread(cluster.stop)
