"""Load as it comes: requests arrive when they arrive, whether the ones before were answered or not.

An answer's time counts from the instant of the arrival, so what waits because the server is behind is not left out.
"""

import asyncio
import itertools
import math
import time
from collections.abc import Sequence
from random import Random

from tests.bench.generator import LINES, PATIENCE, Line, Tally


class _Free(Line):
    """A connection that waits among the free ones, and is sent what arrives."""

    def __init__(self, free: asyncio.Queue["_Free"], tally: Tally, done: asyncio.Future[None]) -> None:
        super().__init__(iter(()), math.inf, tally, done)
        self.free = free

    def send(self, request: bytes, arrived: float) -> None:
        self.sent = arrived
        self.transport.write(request)

    def _next(self) -> None:
        self.free.put_nowait(self)


async def arriving(port: int, requests: Sequence[bytes], seconds: float, rate: float, seed: int) -> Tally:
    """Send these requests to 127.0.0.1, in turn and again from the first, `rate` of them a second at random instants
    (Poisson) for so long, and wait for the last answer. Raises TimeoutError where an answer does not come."""
    tally, loop, rng = Tally(), asyncio.get_running_loop(), Random(seed)
    free: asyncio.Queue[_Free] = asyncio.Queue()
    async with asyncio.timeout(seconds + PATIENCE):
        for _ in range(LINES):
            await loop.create_connection(lambda: _Free(free, tally, loop.create_future()), "127.0.0.1", port)
        start = at = time.perf_counter()
        for request in itertools.cycle(requests):
            at += rng.expovariate(rate)
            if at > start + seconds:
                break
            await asyncio.sleep(max(0.0, at - time.perf_counter()))
            (await free.get()).send(request, at)
        lines = [await free.get() for _ in range(LINES)]
    tally.elapsed = time.perf_counter() - start
    for line in lines:
        line.done.set_result(None)  # that it is closed now is no fault
        line.transport.close()
    return tally
