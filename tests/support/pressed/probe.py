"""A probe: one small read after the other, from another address and process, timed as somebody would feel it."""

import asyncio
import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Self

from tests.support.pressed.line import Line

QUERY = "query Probe($id: ID!) { node(id: $id) { ... on Contribution { id title state } } }"
ADDRESS, PAUSE = "127.0.0.2", 0.03  # seconds between two


@dataclass(frozen=True)
class Felt:
    """What the probe felt: milliseconds, sorted, and how often which status came."""

    times: tuple[float, ...]
    codes: dict[int, int]

    def at(self, share: float) -> float:
        return self.times[min(len(self.times) - 1, int(len(self.times) * share))]

    def __str__(self) -> str:
        at = ", ".join(f"p{100 * share:g} {self.at(share):.1f}" for share in (0.5, 0.9, 0.99))
        return f"probe: {len(self.times)} answers {self.codes}, ms: {at}, at most {self.times[-1]:.1f}"


async def _probing(port: int, inputs: Sequence[str], told: Connection) -> None:
    times, codes = list[float](), Counter[int]()
    async with Line(port, address=ADDRESS) as line:
        for _ in range(10):
            await line.ask(QUERY, {"id": f"Contribution:{inputs[0]}"})
        told.send(None)  # it is warm
        while not told.poll():
            began = time.perf_counter()
            status, _ = await line.ask(QUERY, {"id": f"Contribution:{random.choice(inputs)}"})
            times.append(1e3 * (time.perf_counter() - began))
            codes[status] += 1
            await asyncio.sleep(PAUSE)
    told.send(Felt(tuple(sorted(times)), dict(codes)))


def _run(port: int, inputs: Sequence[str], told: Connection) -> None:
    asyncio.run(_probing(port, inputs, told))


class Probe:
    """A process that probes as long as the context is open; afterwards `felt` is what it felt."""

    def __init__(self, port: int, inputs: Sequence[str]) -> None:
        spawn = multiprocessing.get_context("spawn")
        self._ours, theirs = spawn.Pipe()
        self._process = spawn.Process(target=_run, args=(port, list(inputs), theirs), daemon=True)

    def __enter__(self) -> Self:
        self._process.start()
        self._ours.recv()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._ours.send(None)
        self.felt: Felt = self._ours.recv()
        self._process.join(15)
