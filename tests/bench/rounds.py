"""Rounds of load: both sides in turn, A B B A, after a warm-up; what came of them, by operation, caller and side."""

import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from forum.errors import Misconfigured
from tests.bench import processes
from tests.bench.generator import Generator, Tally
from tests.bench.operations import ActRequest, Operation, Writer, asked
from tests.bench.processes import Spent
from tests.bench.servers import Server

ORDER = (0, 1, 1, 0)
MOST_WRONG = 3  # wrong answers to quote


@dataclass(frozen=True)
class Pace:
    """How long: seconds of warm-up and of a round, how often A B B A, how many inputs are submitted in a round."""

    warm: float = 3.0
    round: float = 3.0
    repeats: int = 3
    submissions: int = 600
    inputs: int = 1_000
    price: float = 0.2  # seconds of each document of a price, and how often
    price_rounds: int = 10
    page_warm: float = 2.0  # seconds in which a page is warmed up, and again in which as many as possible are answered
    page_round: float = 2.0
    page_rounds: int = 10

    @classmethod
    def quick(cls) -> "Pace":
        """Only to see that it runs."""
        return cls(warm=0.15, round=0.25, repeats=1, submissions=20, inputs=20, price=0.02, price_rounds=1,
                   page_warm=0.1, page_round=0.3, page_rounds=2)  # fmt: skip


@dataclass
class Figure:
    """One operation by one caller on one side. Rates in answers a second, times in milliseconds."""

    operation: str
    caller: str
    side: str
    rounds: list[tuple[Tally, Spent]] = field(default_factory=list)

    def add(self, tally: Tally, spent: Spent) -> None:
        """Take a round in. Refuses (Misconfigured) answers that were no success: they would only seem fast."""
        if tally.wrong or not tally.times:
            said = b"\n".join(tally.wrong[:MOST_WRONG]).decode(errors="replace")
            place = f"{self.operation} ({self.caller}, {self.side})"
            raise Misconfigured(reason=f"{place}: {len(tally.wrong)} of {len(tally.times)} answers failed.\n{said}")
        self.rounds.append((tally, spent))

    @property
    def rate(self) -> float:
        """Answers a second: the median of the rounds."""
        return statistics.median(tally.rate for tally, _ in self.rounds)

    def told(self) -> dict[str, Any]:
        """The figure as plain data."""
        times = sorted(t for tally, _ in self.rounds for t in tally.times)
        return {
            "operation": self.operation,
            "caller": self.caller,
            "side": self.side,
            "rate": round(self.rate, 1),
            "rates": [round(tally.rate, 1) for tally, _ in self.rounds],
            "median_ms": round(1000 * statistics.median(times), 3),
            "p99_ms": round(1000 * times[min(len(times) - 1, int(len(times) * 0.99))], 3),
            "server_cpu_ms": self._per_answer("server"),
            "database_cpu_ms": self._per_answer("database"),
            "generator_cpu_ms": self._per_answer("generator"),
            "answers": len(times),
            "bytes": round(sum(tally.received for tally, _ in self.rounds) / len(times)),
        }

    def _per_answer(self, who: str) -> float:
        """Milliseconds of processor time an answer: the median of the rounds."""
        return round(statistics.median(1000 * getattr(s, who) / len(t.times) for t, s in self.rounds), 3)


@dataclass(frozen=True)
class Arena:
    """What stands while rounds are run: the servers, the generator, the database's first process, the pace."""

    sides: Sequence[Server]
    generator: Generator
    postmaster: int
    pace: Pace

    def measured(
        self, server: Server, requests: Sequence[bytes], seconds: float, endless: bool = True
    ) -> tuple[Tally, Spent]:
        """One round, and what it cost."""
        before = processes.spent(server.pid, self.postmaster, self.generator.pid)
        tally = self.generator.round(server.port, requests, seconds, endless=endless)
        return tally, processes.spent(server.pid, self.postmaster, self.generator.pid).since(before)


def compared(arena: Arena, operation: Operation, callers: Mapping[str, list[str] | None]) -> Iterator[Figure]:
    """One read, by each caller, on both sides in turn."""
    writer = Writer()
    for caller, speakers in callers.items():
        requests = [writer.request(one) for one in asked(operation, speakers)]
        figures = [Figure(operation.name, caller, server.side) for server in arena.sides]
        for server, figure in zip(arena.sides, figures, strict=True):
            figure.add(*arena.measured(server, requests, arena.pace.warm))
            figure.rounds.clear()
        for n in ORDER * arena.pace.repeats:
            figures[n].add(*arena.measured(arena.sides[n], requests, arena.pace.round))
        yield from figures


def submitted(arena: Arena, requests: Sequence[ActRequest]) -> Figure:
    """M1 on the service: rounds of so many inputs each; the first one is the warm-up. Each input is handed in once."""
    writer, size, server = Writer(), arena.pace.submissions, arena.sides[0]
    figure = Figure("M1", "participant", server.side)
    batches = [requests[n : n + size] for n in range(0, len(requests) - size + 1, size)]
    for n, batch in enumerate(batches):
        tally, spent = arena.measured(server, [writer.request(one) for one in batch], seconds=60, endless=False)
        figure.add(tally, spent)
        if n == 0:
            figure.rounds.clear()
    return figure
