"""`python -m tests.bench.before --before DIR`: M1, an input handed in, by this checkout and by another one with its own
`.venv`, turn about (A B B A) on one database, each side's first round its warm-up. Both must work on the tables of this
one. Medians of processor time and rate, and their ratio; `--quick`: a fiftieth of the data, to see that it runs.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx
from rich.console import Console
from rich.table import Table

from forum.errors import Misconfigured
from forum.files import folder
from tests.bench import operations, servers
from tests.bench.generator import Generator
from tests.bench.load import Loaded, loaded
from tests.bench.operations import SECRET, ActRequest, Writer
from tests.bench.rounds import ORDER, Arena, Figure, Pace
from tests.bench.start import ROOT, free_port, python_of, settled
from tests.bench.world import Size

PACE = Pace(repeats=3, submissions=400)
PATIENCE = 60.0  # seconds for a service to start


class Checkout(servers.Server):
    """The service of a checkout as `forum serve` runs it, as a context manager: it is up, and has compiled all that it
    compiles beforehand. Refuses (Misconfigured) one that does not start."""

    def __init__(self, side: str, tree: Path, database_url: str) -> None:
        super().__init__(side, database_url)
        self._tree = tree

    def __enter__(self) -> Self:
        self.port = free_port()
        settings = {"DATABASE_URL": self._url, "FORUM_SECRET": SECRET, "FORUM_PORT": str(self.port)}
        settings |= {"FORUM_POOL": str(servers.POOL), "FORUM_RATE": "0", "FORUM_LOG_LEVEL": "error"}
        command = [python_of(self._tree), "-m", "forum", "serve"]
        self._child = subprocess.Popen(command, cwd=self._tree, env=settings | {"PATH": os.environ["PATH"]})
        self._answers()
        settled(self.pid)
        return self

    def _answers(self) -> None:
        """Ask until it answers."""
        until = time.perf_counter() + PATIENCE
        with httpx.Client(timeout=PATIENCE) as line:
            while True:
                try:
                    line.get(f"http://127.0.0.1:{self.port}/graphql")
                    return
                except httpx.TransportError:
                    if self._child.poll() is not None or time.perf_counter() > until:
                        self.__exit__(None, None, None)
                        raise Misconfigured(reason=f"The service of {self._tree} did not start.") from None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._child.terminate()
        try:
            self._child.wait(15)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()

    @property
    def pid(self) -> int:
        """The server's process id."""
        return self._child.pid


def submitted(arena: Arena, requests: Sequence[ActRequest]) -> list[Figure]:
    """M1 by all sides in turn. Each input is handed in once, so a round is so many of them and no time."""
    writer, size = Writer(), arena.pace.submissions
    figures = [Figure("M1", "participant", server.side) for server in arena.sides]
    shares = [requests[n : n + size] for n in range(0, len(requests) - size + 1, size)]
    for turn, (side, share) in enumerate(zip((0, 1, *ORDER * arena.pace.repeats), shares, strict=False)):
        asked = [writer.request(each) for each in share]
        figures[side].add(*arena.measured(arena.sides[side], asked, seconds=PATIENCE, endless=False))
        if turn < len(figures):
            figures[side].rounds.clear()
    return figures


def measured(data: Loaded, before: Path, pace: Pace) -> list[Figure]:
    """M1 of this checkout and of the other."""
    with (
        Generator() as generator,
        Checkout("here", ROOT, data.urls.app) as ours,
        Checkout("before", before, data.urls.app) as theirs,
    ):
        arena = Arena((ours, theirs), generator, data.postmaster, pace)
        return submitted(arena, list(operations.submissions(data.facts, folder("graphql") / "operations")))


def table(ours: dict[str, Any], theirs: dict[str, Any]) -> Table:
    """What each side took, and this one over the other."""
    shown = Table(title="M1, this checkout over the other")
    for heading in ("", "here", "before", "ratio"):
        shown.add_column(heading)
    for name in ("rate", "server_cpu_ms", "database_cpu_ms", "median_ms", "p99_ms"):
        shown.add_row(name, str(ours[name]), str(theirs[name]), f"{ours[name] / theirs[name]:.2f}x")
    both = [side["server_cpu_ms"] + side["database_cpu_ms"] for side in (ours, theirs)]
    shown.add_row("processor_ms", f"{both[0]:.3f}", f"{both[1]:.3f}", f"{both[0] / both[1]:.2f}x")
    return shown


async def run(before: Path, *, quick: bool, console: Console) -> list[Figure]:
    """Load, measure, show."""
    size, pace = (Size.quick(), Pace.quick()) if quick else (Size(), PACE)
    async with loaded(size, lambda line: console.print(line, highlight=False, style="dim")) as data:
        figures = await asyncio.to_thread(measured, data, before, pace)
    console.print(table(*(figure.told() for figure in figures)))
    return figures


def main() -> int:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.before", description=__doc__)
    parser.add_argument("--before", type=Path, required=True, help="another checkout, set up")
    parser.add_argument("--quick", action="store_true", help="a small data set and short rounds")
    arguments = parser.parse_args()
    asyncio.run(run(arguments.before.resolve(), quick=arguments.quick, console=Console()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
