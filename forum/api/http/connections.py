"""What one connection may ask of the server before a request is a request: how long, how many, how slowly.

uvicorn with httptools reads headers without end: a megabyte of them, ten thousand, or one that never ends. This is its
protocol with limits, and nothing else changed. What is refused here gets the JSON that every refused request gets, and
the connection is closed.
"""

import asyncio
from collections import Counter
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import uuid4

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from ...settings import Networks, within
from ..problem import Problem


@dataclass(frozen=True)
class ConnectionLimits:
    """The figures, for each connection and each address. `proxies` speak for many: theirs are not counted."""

    address_bytes: int = 200 * 1024  # of a GET, whose document stands in its address
    head_bytes: int = 32 * 1024  # all headers
    headers: int = 100
    head_seconds: float = 10.0  # from the first byte of a request, or the connection itself, to the end of its headers
    request_seconds: float = 30.0  # and to the end of its body
    reading_seconds: float = 30.0  # for a client to take what was answered
    connections: int = 200  # of one address at once
    proxies: Networks = ()


class GuardedProtocol(HttpToolsProtocol):
    """uvicorn's protocol, within limits. Made by `protocol`, which gives each server its own counts."""

    limits: ClassVar[ConnectionLimits]
    open: ClassVar[Counter[str]]

    url: bytes = b""
    headers: list[tuple[bytes, bytes]] = []  # until the first request begins
    _timer: asyncio.TimerHandle | None = None
    _still: float | None = None  # seconds to wait for the rest, unless it has come with what is being read
    _unread: asyncio.TimerHandle | None = None
    _in_head = True
    _raw = 0  # bytes since the request began, up to the last that came
    _new = 0  # bytes that came last
    _problem: Problem | None = None

    # ---- connections
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        address = self._address()
        self.open[address] += 1
        if self.client and self.open[address] > self.limits.connections and not within(address, self.limits.proxies):
            self._refuse(_too_many(self.limits.connections))
        else:
            self._wait(self.limits.head_seconds)

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        self.resume_writing()
        address = self._address()
        self.open[address] -= 1
        if self.open[address] <= 0:
            del self.open[address]
        super().connection_lost(exc)

    def _address(self) -> str:
        return self.client[0] if self.client else "?"

    # ---- a request comes in
    def data_received(self, data: bytes) -> None:
        if self._problem is not None or self.transport.is_closing():
            return
        self._new = len(data)
        super().data_received(data)
        if self._in_head:  # the parser tells of whole headers only: what is not whole yet is counted here
            self._measure()
            self._raw += self._new
        if self._still is not None and self._problem is None:
            self._wait(self._still)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._in_head, self._raw = True, 0
        self._still = self.limits.head_seconds

    def on_headers_complete(self) -> None:
        self._measure()
        if self._problem is None:
            self._in_head = False
            self._still = self.limits.request_seconds
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        if self._problem is None:
            super().on_body(body)

    def on_message_complete(self) -> None:
        if self._problem is None:
            self._stop_waiting()
            super().on_message_complete()

    def _measure(self) -> None:
        """Refuse what is too long so far. Headers are added up only where all that came is more than they may be."""
        most, came = self.limits, self._raw + self._new
        long = len(self.url) > most.address_bytes or len(self.headers) > most.headers
        if not long and came > most.head_bytes:
            read = sum(len(name) + len(value) + 4 for name, value in self.headers)
            long = read > most.head_bytes or (self._in_head and came > most.address_bytes + most.head_bytes)
        if long and self._problem is None:
            self._refuse(_too_large(most))

    # ---- and takes too long
    def _wait(self, seconds: float) -> None:
        self._stop_waiting()
        self._timer = self.loop.call_later(seconds, self._too_slow)

    def _stop_waiting(self) -> None:
        self._still = None
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _too_slow(self) -> None:
        if self._in_head and (self.cycle is None or self.cycle.response_complete):
            self._refuse(_late())
        else:  # something is being answered on this connection: another answer cannot stand in between
            self.transport.abort()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._unread = self.loop.call_later(self.limits.reading_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None

    # ---- and is refused
    def send_400_response(self, msg: str) -> None:
        if self._problem is None:
            self._refuse(Problem("BAD_REQUEST", "This is no HTTP request."))

    def _refuse(self, problem: Problem) -> None:
        self._problem = problem
        self._stop_waiting()
        id_ = uuid4().hex
        body = problem.body(id_)
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Content-Length": str(len(body)),
            "Connection": "close",
            "X-Request-Id": id_,
            **problem.headers,
        }
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self.transport.write(STATUS_LINE[problem.status] + lines.encode() + b"\r\n" + body)
        self.transport.close()


def protocol(limits: ConnectionLimits | None = None) -> type[GuardedProtocol]:
    """The protocol of one server: `uvicorn.Config(http=protocol())`."""
    own: dict[str, Any] = {"limits": limits or ConnectionLimits(), "open": Counter()}
    return type("GuardedProtocol", (GuardedProtocol,), own)


def _too_large(limits: ConnectionLimits) -> Problem:
    return Problem(
        "HEADERS_TOO_LARGE",
        f"A request has at most {limits.headers} headers of {limits.head_bytes // 1024} KiB together, and its address "
        f"at most {limits.address_bytes // 1024} KiB. Send a long document by POST.",
        status=431,
        facts={"limit": limits.head_bytes, "headers": limits.headers},
    )


def _late() -> Problem:
    return Problem("REQUEST_TIMEOUT", "The request took too long to arrive. Send it again.", status=408)


def _too_many(limit: int) -> Problem:
    return Problem(
        "TOO_MANY_CONNECTIONS",
        f"Your address holds {limit} connections already. Use those, or close some, and try again.",
        status=429,
        facts={"limit": limit, "retryAfter": 1},
        headers={"Retry-After": "1"},
    )
