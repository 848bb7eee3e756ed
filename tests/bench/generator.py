"""The load: a process of its own that keeps some connections busy, so that what it costs is not the server's.

HTTP/1.1 by hand on uvloop: a request is bytes made beforehand, an answer is looked at for its status, its length and
for errors in it, and nothing more, so that the generator is never what is measured.
"""

import asyncio
import itertools
import multiprocessing
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Self

import uvloop

from forum.errors import Misconfigured

LINES = 16  # connections
PATIENCE = 60.0  # seconds for answers that are not timed


@dataclass
class Tally:
    """What came of a round. Times in seconds; `wrong` holds the beginnings of answers that were no success."""

    times: list[float] = field(default_factory=list)
    elapsed: float = 0.0
    received: int = 0
    wrong: list[bytes] = field(default_factory=list)
    kept: list[bytes] | None = None  # whole answers, where they were asked for

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.times) / self.elapsed if self.elapsed else 0.0


class Line(asyncio.Protocol):
    """One connection: the next request is sent when the answer to the last one is whole."""

    def __init__(self, requests: Iterator[bytes], until: float, tally: Tally, done: asyncio.Future[None]) -> None:
        self.requests, self.until, self.tally, self.done = requests, until, tally, done
        self.parts: list[bytes] = []
        self.missing = 0
        self.sent = 0.0

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        self._next()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.tally.wrong.append(b"the connection was closed")
            self.done.set_result(None)

    def data_received(self, data: bytes) -> None:
        if not self.missing:
            data = b"".join((*self.parts, data))
            self.parts = []
            head = data.find(b"\r\n\r\n")
            if head < 0:  # the rest of the head is on its way
                self.parts.append(data)
                return
            self.missing = _length(data, head) + head + 4
        self.parts.append(data)
        self.missing -= len(data)
        if self.missing <= 0:
            self.missing = 0
            self._answered()

    def _answered(self) -> None:
        now, tally = time.perf_counter(), self.tally
        whole = self.parts[0] if len(self.parts) == 1 else b"".join(self.parts)
        self.parts = []
        tally.times.append(now - self.sent)
        tally.received += len(whole)
        if not whole.startswith(b"HTTP/1.1 200") or b'"errors":[{' in whole:
            tally.wrong.append(whole[-600:])
        if tally.kept is not None:
            tally.kept.append(whole.partition(b"\r\n\r\n")[2])
        self._next()

    def _next(self) -> None:
        self.sent = time.perf_counter()
        request = next(self.requests, None) if self.sent < self.until else None
        if request is None:
            if not self.done.done():
                self.done.set_result(None)
            self.transport.close()
            return
        self.transport.write(request)


def _length(data: bytes, head: int) -> int:
    """The length that the head of an answer announces."""
    at = data.lower().index(b"content-length:", 0, head) + 15
    return int(data[at : data.index(b"\r\n", at)])


async def drive(
    port: int, requests: Sequence[bytes], seconds: float, endless: bool, lines: int = LINES, keep: bool = False
) -> Tally:
    """Send these requests to 127.0.0.1, in turn, until the time is over; `endless`: again from the first."""
    tally, loop = Tally(kept=[] if keep else None), asyncio.get_running_loop()
    source = itertools.cycle(requests) if endless else iter(requests)
    start = time.perf_counter()
    waiting = [loop.create_future() for _ in range(lines)]
    for done in waiting:
        made = lambda done=done: Line(source, start + seconds, tally, done)  # noqa: E731 - a factory each
        await loop.create_connection(made, "127.0.0.1", port)
    await asyncio.gather(*waiting)
    tally.elapsed = time.perf_counter() - start
    return tally


def _work(orders: Connection) -> None:
    while True:
        try:
            order = orders.recv()
        except EOFError:
            return
        work, arguments = order
        orders.send(uvloop.run(work(*arguments)))


class Generator:
    """The generator's process, as a context manager. `round` blocks."""

    def __enter__(self) -> Self:
        ours, theirs = multiprocessing.get_context("spawn").Pipe()
        self._process = multiprocessing.get_context("spawn").Process(target=_work, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        self._orders = ours
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._orders.close()
        self._process.join(10)

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid or 0

    def round(
        self, port: int, requests: Sequence[bytes], seconds: float, *, endless: bool = True, lines: int = LINES
    ) -> Tally:
        """One round of load."""
        return self.work(drive, port, requests, seconds, endless, lines)

    def answers(self, port: int, requests: Sequence[bytes]) -> list[bytes]:
        """The bodies of the answers, in the order of the requests, over one connection."""
        return self.work(drive, port, requests, PATIENCE, False, 1, True).kept or []

    def work(self, load: Callable[..., Coroutine[Any, Any, Tally]], port: int, *more: Any) -> Tally:
        """Another kind of load, in the generator's process: `load(port, *more)`."""
        self._orders.send((load, (port, *more)))
        try:
            return self._orders.recv()
        except EOFError:
            raise Misconfigured(reason=f"There is no server of the bench on port {port} any more.") from None
