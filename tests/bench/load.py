"""A database of the bench's own, filled by COPY and analysed: an embedded PostgreSQL that syncs to the disk as
production does."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg

from forum.files import shipped
from forum.store import migrate, roles
from forum.store.embedded.cluster import Cluster
from forum.workflow.load import digest
from tests.bench.dataset import facts, tables
from tests.bench.world import Size, World

OPTIONS = {"jit": "off", "shared_buffers": "256MB", "max_connections": "80"}
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Loaded:
    """A database with the data set in it. `facts`: what operations are made of; `counts`: rows by table."""

    urls: roles.Urls
    superuser: str
    postmaster: int
    version: str
    facts: Mapping[str, Any]
    counts: Mapping[str, int]
    bytes: int


@asynccontextmanager
async def loaded(size: Size, tell: Tell, binaries: Path | None = None) -> AsyncIterator[Loaded]:
    """The data set in a database that is gone afterwards."""
    folder = await asyncio.to_thread(_folder)
    cluster = Cluster(folder / "cluster", binaries, options=OPTIONS)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(asyncio.to_thread, shutil.rmtree, folder, ignore_errors=True)
        await asyncio.to_thread(cluster.start)
        stack.push_async_callback(asyncio.to_thread, cluster.stop)
        urls = await roles.prepare(cluster.url(), "forum", keep=cluster.home)
        await migrate.upgrade_async(urls.owner)
        yield await _filled(cluster, urls, size, tell)


def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="forum-bench-"))
    folder.chmod(0o755)  # started as root, the server's own user must reach it
    return folder


async def _filled(cluster: Cluster, urls: roles.Urls, size: Size, tell: Tell) -> Loaded:
    text = (shipped() / "gfmd.toml").read_text("utf-8")
    world = World(size, (digest(text), text))
    counts: dict[str, int] = {}
    # The superuser's: COPY does not go into a table under row-level security by any other.
    connection = await asyncpg.connect(cluster.url("forum"))
    try:
        for name, columns, rows in tables(world):
            await connection.copy_records_to_table(name, columns=columns, records=rows)
            counts[name] = counts.get(name, 0) + len(rows)
            tell(f"{name}: {len(rows):,} rows")
        await connection.execute("VACUUM (ANALYZE, FREEZE)")
        await connection.execute("CHECKPOINT")
        volume = await connection.fetchval("SELECT pg_database_size(current_database())")
        version = await connection.fetchval("SHOW server_version")
    finally:
        await connection.close()
    return Loaded(urls, cluster.url("forum"), cluster.pid or 0, version, facts(world), counts, volume)
