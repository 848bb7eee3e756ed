"""`forum demo` and its stage: a database of its own, a real server, a real worker, and a clock that may be moved.

Server and worker are processes of their own, as in production; both end with this one. The story itself is in
`forum/client/story/` and sees nothing of this but an address, tokens and the clock.
"""

import argparse
import asyncio
import os
import secrets
import socket
import sys
import time
import tomllib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import httpx

from .. import app
from ..administration import enter_bodies, issue_token, publish
from ..client.story import story
from ..client.story.stage import Stage, Story
from ..domain.token import Token, TokenIssuer
from ..errors import Misconfigured
from ..files import shipped
from ..settings import Settings, environment
from ..store import migrate, roles
from ..store.embedded import launch as embedded_launch
from ..store.embedded.cluster import Cluster
from ..workflow import load as workflows
from . import beside
from .terminal import console

NAME = "demonstration"
PATIENCE = 300.0  # seconds for server and worker to come up: about three, many more where machines are busy


async def demo(arguments: argparse.Namespace, settings: Settings) -> int:
    """Tell the story, then serve the database that it leaves until a signal ends it."""
    started = time.monotonic()
    async with stage(settings, Path(arguments.out)) as on:
        console.print(
            f"PostgreSQL, server and worker are up after {time.monotonic() - started:.1f} s.", highlight=False
        )
        tale = await story.tell(on)
        await on.close()
        console.print(f"Done in {time.monotonic() - started:.1f} s.", highlight=False)
        if not arguments.no_serve:
            await _serve(tale)
    return 0


async def _serve(tale: Story) -> None:
    on = tale.stage
    console.print(f"\nServing at {on.url}/graphql. A first query, as the public:\n")
    console.print(
        f"  curl -s {on.url}/graphql -H 'content-type: application/json' \\\n"
        """    -d '{"query":"{ edition(forum: \\"gfmd\\", name: \\"GFMD 2020\\") """
        """{ name theme documents { nodes { symbol title closingWords } } } }"}'""",
        markup=False,
        highlight=False,
        soft_wrap=True,
    )
    console.print(f"\nWith a browser, as anybody of the story: {on.url}/sign-in", highlight=False, soft_wrap=True)
    console.print("\nAs the secretariat, with this token:\n")
    console.print(f"  {on.token_of('gfmd-secretariat')}", markup=False, highlight=False, soft_wrap=True)
    console.print("\nOne call is open: hand in to it. Anybody's token is had beside this, in a second terminal:\n")
    console.print(f"  forum token {tale.texts['chair']['try_as']}", markup=False, highlight=False, soft_wrap=True)
    console.print(f"\nand the call is {tale.ids['call:open']}. The first thing to ask is what its person may do:\n")
    console.print(
        f"  curl -s {on.url}/graphql -H 'content-type: application/json' -H \"authorization: Bearer $TOKEN\" \\\n"
        f"""    -d '{{"query":"{{ acts(on: \\"{tale.ids["call:open"]}\\") {{ act yes }} }}"}}'""",
        markup=False,
        highlight=False,
        soft_wrap=True,
    )
    console.print("\nCtrl+C ends it.")
    await asyncio.Event().wait()  # until a signal cancels the command


@asynccontextmanager
async def stage(settings: Settings, out: Path) -> AsyncIterator[Stage]:
    """A service with the demonstration's bodies and processes, and nothing else in it."""
    secret = settings.secret or secrets.token_hex(32)
    cluster = Cluster(settings.data_dir / "demo-postgres")
    await asyncio.to_thread(cluster.start)
    try:
        urls = await _fresh_database(cluster)
        await migrate.upgrade_async(urls.owner)
        demo_settings = replace(settings, mode="demo", secret=secret, database_url=urls.app, port=_free_port(settings))
        parts = await app.parts(demo_settings, urls.app)
        try:
            move_clock = app.clock_mover(parts, demo_settings.mode)
            # First of all: what is published later in the story must not look older than this.
            await move_clock(story.BEGIN)
            await _enter_data(parts)
            token_of = await _tokens(parts, secret)
            with beside.left(demo_settings):
                async with _processes(demo_settings) as url:
                    yield Stage(url, token_of, move_clock, out, console)
        finally:
            await parts.close()
    finally:
        await asyncio.to_thread(cluster.stop)


async def _fresh_database(cluster: Cluster) -> roles.Urls:
    """The demonstration begins with an empty database each time."""
    await roles.drop(cluster.url(), NAME)
    return await roles.prepare(cluster.url(), NAME, keep=cluster.home)


async def _enter_data(parts: app.Parts) -> None:
    for path in sorted(shipped().glob("*.toml")):
        process = workflows.read_file(path)
        await publish(parts, process)
    # After the templates, since each forum of the file adopts one.
    await enter_bodies(parts, (story.DATA / "bodies.toml").read_bytes())


async def _tokens(parts: app.Parts, secret: str) -> Callable[[str], str]:
    """A day's token for each person of the file of bodies and of the organisation that is admitted in the story."""
    now = datetime.now(UTC).replace(microsecond=0)
    until = now + timedelta(days=1)
    people = {role["subject"] for role in tomllib.loads((story.DATA / "bodies.toml").read_text("utf-8"))["roles"]}
    admission = tomllib.loads((story.DATA / "story.toml").read_text("utf-8"))["admission"]
    people |= {admission["persona"], admission["names"]["subject"]}
    signed = {}
    for subject in sorted(people):
        wanted = Token(
            id=uuid4(), subject=subject, purpose="the demonstration", issued_by=TokenIssuer.DEMONSTRATION,
            issued_at=now, expires_at=until,
        )  # fmt: skip
        signed[subject] = await issue_token(parts, secret, wanted)
    return signed.__getitem__


def _free_port(settings: Settings) -> int:
    """The port of the settings, or another when somebody listens there already."""
    for port in (settings.port, 0):
        with socket.socket() as probe:
            try:
                probe.bind((settings.host, port))
                return int(probe.getsockname()[1])
            except OSError:
                continue
    raise Misconfigured(reason=f"No port is free on {settings.host}.")


@asynccontextmanager
async def _processes(settings: Settings) -> AsyncIterator[str]:
    """The server and the worker, up and answering."""
    variables = environment(replace(settings, log_level="warning"))
    children = [
        await asyncio.create_subprocess_exec(*_ends_with_us(), sys.executable, "-m", "forum", command, env=variables)
        for command in ("serve", "worker")
    ]
    url = f"http://{settings.host}:{settings.port}"
    try:
        await _answering(url, children)
        yield url
    finally:
        for child in children:
            if child.returncode is None:
                child.terminate()
        await asyncio.gather(*(child.wait() for child in children))


def _ends_with_us() -> tuple[str, ...]:
    """What stands in front of a command so that its process ends with this one, even when this one is killed."""
    return sys.executable, embedded_launch.__file__, str(os.getpid()), "-1", "-1"


async def _answering(url: str, children: list[asyncio.subprocess.Process]) -> None:
    end = time.monotonic() + PATIENCE
    async with httpx.AsyncClient(base_url=url) as http:
        while time.monotonic() < end:
            if any(child.returncode is not None for child in children):
                raise Misconfigured(reason="The server or the worker did not start; the lines above say why.")
            try:
                if (await http.get("/readyz")).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.1)
    raise Misconfigured(reason=f"The server did not answer within {PATIENCE:.0f} s.")
