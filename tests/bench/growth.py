"""`python -m tests.bench.growth`: what becomes of Q1 to Q3 when there is ten times as much: the service on the data
set, and on one with ten times the editions, inputs, texts and comments, turn about. Loading both takes minutes."""

import asyncio
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import uvloop
from rich.console import Console
from rich.table import Table

from forum.files import folder
from tests.bench import operations
from tests.bench.generator import Generator
from tests.bench.load import Loaded, loaded
from tests.bench.operations import Operation, Writer, asked
from tests.bench.rounds import ORDER, Arena, Figure, Pace
from tests.bench.servers import Server
from tests.bench.world import Size

TIMES = 10
CALLERS = ("participant", "anonymous")


def measure(data: Sequence[Loaded], pace: Pace) -> list[tuple[Figure, Figure]]:
    """Each read by each caller, on the small and on the large data."""
    found = []
    reads = [operations.reads(one.facts, folder("graphql") / "operations") for one in data]
    with (
        Generator() as generator,
        Server("compiled", data[0].urls.app) as small,
        Server("compiled", data[1].urls.app) as large,
    ):
        arenas = [
            Arena((server,), generator, one.postmaster, pace) for server, one in zip((small, large), data, strict=True)
        ]
        for operation in zip(*reads, strict=True):
            for caller in CALLERS:
                requests = [_requests(one, there.facts, caller) for one, there in zip(operation, data, strict=True)]
                found.append(_compared(arenas, requests, operation[0].name, caller))
    return found


def _requests(operation: Operation, facts: Mapping[str, Any], caller: str) -> list[bytes]:
    writer = Writer()
    return [writer.request(one) for one in asked(operation, facts["speakers"] if caller == "participant" else None)]


def _compared(
    arenas: Sequence[Arena], requests: Sequence[list[bytes]], name: str, caller: str
) -> tuple[Figure, Figure]:
    figures = (Figure(name, caller, "1x"), Figure(name, caller, f"{TIMES}x"))
    for arena, sent in zip(arenas, requests, strict=True):
        arena.measured(arena.sides[0], sent, arena.pace.warm)
    for n in ORDER * arenas[0].pace.repeats:
        figures[n].add(*arenas[n].measured(arenas[n].sides[0], requests[n], arenas[n].pace.round))
    return figures


def show(console: Console, figures: Sequence[tuple[Figure, Figure]]) -> None:
    """The table: rates, and the median of the ratios of rounds side by side with the least and the largest."""
    table = Table(
        "read",
        "caller",
        "1x, answers/s",
        f"{TIMES}x, answers/s",
        "rate",
        "least to largest",
        "processor ms 1x",
        f"{TIMES}x",
    )
    for small, large in figures:
        ratios = sorted(b.rate / a.rate for (a, _), (b, _) in zip(small.rounds, large.rounds, strict=True))
        cost = [f"{(told := f.told())['server_cpu_ms'] + told['database_cpu_ms']:.2f}" for f in (small, large)]
        table.add_row(
            small.operation, small.caller, f"{small.rate:.0f}", f"{large.rate:.0f}", f"{large.rate / small.rate:.2f}x",
            f"{ratios[0]:.2f} to {ratios[-1]:.2f}", *cost,
        )  # fmt: skip
    console.print(table)


async def run() -> int:
    """Load both, measure, print."""
    console, size = Console(width=150), Size()
    large = replace(size, editions=size.editions * TIMES, contributions=size.contributions * TIMES)
    async with loaded(size, lambda _: None) as one, loaded(large, lambda _: None) as ten:
        console.print("Both are loaded.")
        show(console, await asyncio.to_thread(measure, (one, ten), Pace(repeats=5, round=2.0)))
    return 0


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        sys.exit(runner.run(run()))
