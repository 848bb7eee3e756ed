"""`python -m tests.bench.start`: from the command to the first answer, with what it costs and how much memory it takes.

A database that is ready is served by `forum serve`; the process is asked again and again until it answers. Then, while
the trusted documents are being compiled, those that need no variables are asked once each: how long the slowest first
answer takes. `--before DIR`: another checkout with its own `.venv`, turn about. Medians, with the
range.
"""

import argparse
import asyncio
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, fields
from pathlib import Path

import httpx

from forum.api.http import trusted_documents as trusted
from forum.store import roles
from forum.store.embedded.cluster import Cluster
from tests.bench.operations import SECRET

ROOT = Path(__file__).parents[2]
ROUNDS = 10
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Start:
    """One start: seconds until the first answer and of processor until then, MB of the process (PSS) at that moment;
    milliseconds of the slowest first answer to a trusted document; seconds of processor and MB when all is compiled."""

    seconds: float
    processor: float
    megabytes: float
    slowest_ms: float
    processor_after: float
    megabytes_after: float


def _processor(pid: int) -> float:
    stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(stat[11]) + int(stat[12])) / _TICK


def _megabytes(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _documents(tree: Path) -> list[str]:
    """The ids of the trusted queries that can be asked as they are."""
    known = trusted.load(tree / "graphql" / "operations")
    return [id_ for id_, text in known.texts.items() if re.search(r"^query\b", text, re.M) and "!" not in text]


def _start(tree: Path, url: str) -> Start:
    """One start of this checkout's server, and its end."""
    port = free_port()
    settings = {"DATABASE_URL": url, "FORUM_SECRET": SECRET, "FORUM_PORT": str(port), "PATH": os.environ["PATH"]}
    begun = time.perf_counter()
    command = [python_of(tree), "-m", "forum", "serve"]
    with subprocess.Popen(command, cwd=tree, env=settings, stderr=subprocess.DEVNULL) as server:
        try:
            return _measured(server, f"http://127.0.0.1:{port}/graphql", begun, _documents(tree))
        finally:
            server.terminate()


def _measured(server: "subprocess.Popen[bytes]", url: str, begun: float, documents: list[str]) -> Start:
    with httpx.Client(timeout=60) as line:
        while True:
            try:
                line.post(url, json={"query": "{ viewer { person { name } } }"}).raise_for_status()
                break
            except httpx.TransportError:
                if server.poll() is not None or time.perf_counter() - begun > 120:
                    raise SystemExit("The server did not start.") from None
                time.sleep(0.01)  # a processor that asks without end is one less to start on
        ready = time.perf_counter() - begun, _processor(server.pid), _megabytes(server.pid)
        slowest = 0.0
        for id_ in documents:
            asked = time.perf_counter()
            line.post(url, json={"documentId": id_}).raise_for_status()
            slowest = max(slowest, time.perf_counter() - asked)
        settled(server.pid)
        return Start(*ready, slowest * 1000, _processor(server.pid), _megabytes(server.pid))


def settled(pid: int) -> None:
    """Wait until the process has nothing to do: a fifth of a second without a tick of processor."""
    before = -1.0
    while (now := _processor(pid)) != before:
        before = now
        time.sleep(0.2)


def _database(cluster: Cluster, name: str, tree: Path) -> str:
    """A database with the tables of this checkout; the URL of the service's role."""
    urls = asyncio.run(roles.prepare(cluster.url(), f"forum_{name}", keep=cluster.home))
    settings = {"DATABASE_URL": urls.app, "FORUM_OWNER_DATABASE_URL": urls.owner, "PATH": os.environ["PATH"]}
    subprocess.run([python_of(tree), "-m", "forum", "migrate"], cwd=tree, env=settings, check=True, capture_output=True)
    return urls.app


def python_of(tree: Path) -> str:
    """The interpreter of a checkout that was set up."""
    return str(tree / ".venv" / "bin" / "python")


def main() -> int:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.start", description=__doc__)
    parser.add_argument("--before", type=Path, help="another checkout, set up")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    arguments = parser.parse_args()
    trees = {"here": ROOT} | ({"before": arguments.before} if arguments.before else {})
    starts: dict[str, list[Start]] = {name: [] for name in trees}
    with tempfile.TemporaryDirectory(prefix="forum-bench-") as folder, Cluster(Path(folder) / "cluster") as cluster:
        urls = {name: _database(cluster, name, tree) for name, tree in trees.items()}
        for _ in range(arguments.rounds):
            for name, tree in trees.items():
                starts[name].append(_start(tree, urls[name]))
    for field in fields(Start):
        for name, measured in starts.items():
            values = [getattr(start, field.name) for start in measured]
            print(
                f"{field.name:16} {name:7} {statistics.median(values):8.2f}  ({min(values):.2f} to {max(values):.2f})"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
