"""The supervisor keeps its word: no acknowledged write lost, no server left behind, one owner, a password that
counts."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from forum.store.embedded.cluster import Cluster
from tests.support.typed import some

QUICK = {"fsync": "off", "shared_buffers": "16MB"}
# asyncpg says InternalClientError, too, when the connection dies between two of its steps.
LOST = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)
OWNER = """
import sys
from pathlib import Path
from forum.store.embedded.cluster import Cluster
cluster = Cluster(Path(sys.argv[1]), Path(sys.argv[2]), options={"fsync": "off", "shared_buffers": "16MB"}).start()
print(cluster.owner, cluster.pid, flush=True)
sys.stdin.read()  # until the test closes it
cluster.stop()
"""


def until(true: Callable[[], object], what: str, seconds: float = 30.0) -> None:
    """Wait for a thing to become true, and fail when it does not."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, f"waited {seconds} s for: {what}"
        time.sleep(0.01)


def alive(pid: int) -> bool:
    """A zombie is not alive: it holds nothing any more."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


async def _connected(url: str) -> "asyncpg.Connection":
    """A connection, asked for again while the server comes back from a kill."""
    for _ in range(300):
        try:
            return await asyncpg.connect(url)
        except (OSError, asyncpg.CannotConnectNowError):
            await asyncio.sleep(0.1)
    return await asyncpg.connect(url)


async def answer(url: str, sql: str = "SELECT 1") -> Any:
    connection = await _connected(url)
    try:
        return await connection.fetchval(sql)
    finally:
        await connection.close()


@contextlib.contextmanager
def owner_process(folder: Path, binaries: Path) -> Iterator[tuple[subprocess.Popen[str], bool, int]]:
    """A python process of its own that owns (or joins) the cluster: the process, whether it owns, the postmaster."""
    child = subprocess.Popen(
        [sys.executable, "-c", OWNER, str(folder), str(binaries)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    try:
        owns, pid = some(child.stdout).readline().split()
        yield child, owns == "True", int(pid)
    finally:
        child.communicate()  # closes its input: it stops in order, unless the test killed it
        child.wait(30)


# ---- being killed
async def test_no_acknowledged_insert_is_lost(folder, binaries):
    kills, writing, one_more = 3, True, asyncio.Event()
    acknowledged: list[int] = []

    async def write(number: int) -> None:
        connection = None
        while writing:
            try:
                connection = connection or await asyncpg.connect(cluster.url(), timeout=5)
                await connection.execute("INSERT INTO kept VALUES ($1)", number)
                acknowledged.append(number)
                one_more.set()
            except LOST:  # not acknowledged: it may stand there or not
                if connection is not None:
                    connection.terminate()
                connection = None
                await asyncio.sleep(0.01)
            number += 4
        if connection is not None:
            connection.terminate()

    async def fifty_more() -> None:
        wanted = len(acknowledged) + 50
        async with asyncio.timeout(30):
            while len(acknowledged) < wanted:
                one_more.clear()
                await one_more.wait()

    killed = set()
    with Cluster(folder, binaries) as cluster:  # settings as they come: what is acknowledged was flushed
        await answer(cluster.url(), "CREATE TABLE kept (n bigint PRIMARY KEY)")
        async with asyncio.TaskGroup() as writers:
            for first in range(4):
                writers.create_task(write(first))
            for _ in range(kills):
                await fifty_more()
                killed.add(cluster.pid)
                os.kill(some(cluster.pid), signal.SIGKILL)
                while cluster.pid is None or cluster.pid in killed:
                    await fifty_more()  # what a killed server leaves behind answers on for a moment
                await fifty_more()
            writing = False
        there = set(await answer(cluster.url(), "SELECT array_agg(n) FROM kept"))
        assert cluster.restarts == len(killed) == kills
        assert cluster.pid not in killed
    assert set(acknowledged) <= there
    assert len(acknowledged) >= 100 * kills


def test_a_killed_owner_leaves_no_server(folder, binaries):
    with owner_process(folder, binaries) as (child, owns, postmaster):
        assert owns
        assert alive(postmaster)
        os.kill(child.pid, signal.SIGKILL)
        until(lambda: not alive(postmaster), "the postmaster to follow its owner")
    assert "database system is shut down" in (folder / "postgres.log").read_text().splitlines()[-1]


async def test_a_server_outlives_the_thread_that_asked_for_it(folder, binaries):
    # Linux sends PDEATHSIG when the *thread* that made the child ends; a helper thread must not take the server along.
    cluster = Cluster(folder, binaries, options=QUICK)
    asking = threading.Thread(target=cluster.start)
    asking.start()
    asking.join()
    try:
        before = cluster.pid
        assert await answer(cluster.url()) == 1
        assert (cluster.pid, cluster.restarts) == (before, 0)
    finally:
        cluster.stop()


# ---- one owner
async def test_the_second_attaches_and_takes_over_from_a_killed_owner(folder, binaries):
    with owner_process(folder, binaries) as (child, owns, postmaster):
        with Cluster(folder, binaries, options=QUICK) as second:
            assert owns
            assert not second.owner
            assert second.pid == postmaster
            await answer(second.url(), "CREATE TABLE kept AS SELECT 7 AS n")
            os.kill(child.pid, signal.SIGKILL)
            until(lambda: second.owner and second.pid not in (None, postmaster) and second._answers(), "the hand-over")
            assert await answer(second.url(), "SELECT n FROM kept") == 7
            last = second.pid
        assert not alive(last)


async def test_the_second_takes_over_from_an_owner_that_stops(folder, binaries):
    first = Cluster(folder, binaries, options=QUICK).start()
    with Cluster(folder, binaries, options=QUICK) as second:
        assert (first.owner, second.owner, second.url()) == (True, False, first.url())
        before = first.pid
        first.stop()
        until(lambda: second.owner and second._answers(), "the hand-over")
        assert second.pid != before
        assert await answer(second.url()) == 1


def test_an_attached_process_that_leaves_changes_nothing(folder, binaries):
    with Cluster(folder, binaries, options=QUICK) as first:
        with owner_process(folder, binaries) as (_, owns, postmaster):
            assert not owns
            assert postmaster == first.pid
        assert alive(postmaster)
        assert (first.pid, first.restarts) == (postmaster, 0)


def test_many_starting_at_once_make_one_cluster(folder, binaries):
    with contextlib.ExitStack() as stack:
        together = [Cluster(folder, binaries, options=QUICK) for _ in range(4)]
        starting = [threading.Thread(target=each.start) for each in together]
        for thread in starting:
            thread.start()
        for thread, each in zip(starting, together, strict=True):
            thread.join()
            stack.callback(each.stop)
        assert sum(each.owner for each in together) == 1
        assert len({each.pid for each in together}) == 1


# ---- beginning and ending
async def test_stopping_is_clean_and_starting_again_finds_the_data(folder, binaries):
    cluster = Cluster(folder, binaries, options=QUICK).start()
    await answer(cluster.url(), "CREATE TABLE kept AS SELECT 7 AS n")
    secret, postmaster = cluster.site.password, cluster.pid
    cluster.stop()
    assert not alive(some(postmaster))
    assert cluster.pid is None
    assert list(cluster.site.socket.iterdir()) == []
    cluster.stop()  # again is harmless
    before = len((folder / "postgres.log").read_text())
    with cluster:
        assert cluster.site.password == secret
        assert await answer(cluster.url(), "SELECT n FROM kept") == 7
    since = (folder / "postgres.log").read_text()[before:]
    assert "database system was shut down at" in since
    assert "not properly shut down" not in since


async def test_what_it_promises_of_its_settings(folder, binaries):
    with Cluster(folder, binaries, options=QUICK | {"work_mem": "5MB"}) as cluster:
        told = {
            name: await answer(cluster.url(), f"SHOW {name}")
            for name in ("jit", "fsync", "work_mem", "listen_addresses", "server_encoding", "TimeZone")
        }
        assert told == {"jit": "off", "fsync": "off", "work_mem": "5MB", "listen_addresses": "",
                        "server_encoding": "UTF8", "TimeZone": "UTC"}  # fmt: skip
        assert await answer(cluster.url(), "SELECT lower('ÉŽ') || upper('ñ')") == "éžÑ"
        assert (
            await answer(cluster.url(), "SELECT string_agg(w, '' ORDER BY w) FROM unnest('{b,a,B,é}'::text[]) w")
            == "Babé"
        )
        assert str(await answer(cluster.url(), "SHOW server_version")).startswith(f"{cluster.version}.")
        for extension in ("pg_trgm", "unaccent", "btree_gist"):
            await answer(cluster.url(), f"CREATE EXTENSION {extension}")


async def test_a_wrong_password_is_refused(cluster):
    for wrong in ("", "wrong", cluster.site.password + "x"):
        with pytest.raises(asyncpg.InvalidPasswordError if wrong else (asyncpg.PostgresError, OSError)):
            await asyncpg.connect(cluster.url(password=wrong))
    rules = await answer(cluster.url(), "SELECT array_agg(DISTINCT auth_method) FROM pg_hba_file_rules")
    assert rules == ["scram-sha-256"]
    assert str(await answer(cluster.url(), "SELECT rolpassword FROM pg_authid WHERE rolname = 'postgres'")).startswith(
        "SCRAM-SHA-256$"
    )


def test_secrets_and_socket_are_closed_to_others(cluster):
    site = cluster.site
    assert not site.socket.is_relative_to(site.data)
    assert site.socket.stat().st_mode & 0o777 == 0o700
    assert site.data.stat().st_mode & 0o777 == 0o700
    assert (site.home / "password").stat().st_mode & 0o777 == 0o600
    assert (site.home / "postgres.log").stat().st_mode & 0o777 == 0o600
    assert not (site.socket / "initdb.password").exists()
