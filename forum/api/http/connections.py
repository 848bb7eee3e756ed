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
    request_seconds: float = 20.0  # and to the end of its body
    reading_seconds: float = 30.0  # for a client to take what was answered
    closing_seconds: float = 2.0  # that a refused connection is still read, so that its answer arrives
    closing_bytes: int = 4 * 1024 * 1024  # and as many bytes at most
    connections: int = 200  # of one address at once
    proxies: Networks = ()


class GuardedProtocol(HttpToolsProtocol):
    """uvicorn's protocol, within limits. Made by `protocol`, which gives each server its own counts."""

    limits: ClassVar[ConnectionLimits]
    open: ClassVar[Counter[str]]

    url: bytes = b""
    _timer: asyncio.TimerHandle | None = None
    _still: float | None = None  # seconds to wait for the rest, unless it has come with what is being read
    _unread: asyncio.TimerHandle | None = None
    _in_head = True
    _piece = 0  # bytes of the piece that is being read
    _head = 0  # bytes of the headers that are whole
    _unfinished = 0  # bytes that came since, beyond the piece in which the request began
    _whole = True  # the last request that began has come to its end
    _parting = False  # the last answer of this connection is given
    _dropped = 0  # bytes that came since
    _held: bytes | None = None  # the beginning of an answer, until what follows it

    # ---- connections
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.headers = []  # uvicorn has none before the first request begins, which empty lines may precede
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
        if self._parting:
            self._drop(data)
            return
        if self.transport.is_closing():
            return
        self._piece = len(data)
        super().data_received(data)
        if self._in_head and not self._parting:  # the parser tells of whole headers only: this one is not yet
            self._unfinished += self._piece
            self._measure()
        if self._parting:
            return
        if self._still is not None:
            self._wait(self._still)
        elif self._timer is None and self.timeout_keep_alive_task is None and not self._answering():
            # The rest of what was answered before it had come, or empty lines: a request should begin now.
            self._wait(self.limits.head_seconds)

    def _answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def on_message_begin(self) -> None:
        super().on_message_begin()
        # One piece may hold the end of a request, the head of the next and a large body: it is no measure of a head.
        self._in_head, self._head, self._unfinished, self._whole = True, 0, -self._piece, False
        self._still = self.limits.head_seconds

    def on_header(self, name: bytes, value: bytes) -> None:
        super().on_header(name, value)
        self._head += len(name) + len(value) + 4

    def on_headers_complete(self) -> None:
        self._measure()
        if not self._parting:
            self._in_head = False
            self._still = self.limits.request_seconds
            super().on_headers_complete()
            self.cycle.transport = _OneAnswer(self)

    def on_body(self, body: bytes) -> None:
        if not self._parting:
            super().on_body(body)

    def on_message_complete(self) -> None:
        if not self._parting:
            self._whole = True
            self._stop_waiting()
            super().on_message_complete()

    def _measure(self) -> None:
        """Refuse a head that is too long so far."""
        most = self.limits
        long = (
            len(self.url) > most.address_bytes
            or len(self.headers) > most.headers
            or self._head > most.head_bytes
            or self._unfinished > most.address_bytes + most.head_bytes
        )
        if long and not self._parting:
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
        if self._in_head or self._answering():
            self._refuse(_late())
        else:
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
        if not self._parting:
            self._refuse(Problem("BAD_REQUEST", "This is no HTTP request."))

    def _refuse(self, problem: Problem) -> None:
        self._stop_waiting()
        if self._answering():
            if self._in_head or self.pipeline or self.cycle.response_started:
                self.transport.abort()  # an earlier request is being answered: this answer would be taken for its own
                return
            self.cycle.disconnected = True  # the request itself is refused in its body: whoever reads it stops
            self.cycle.message_event.set()
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
        self._flush()
        self.transport.write(STATUS_LINE[problem.status] + lines.encode() + b"\r\n" + body)
        self._whole = False
        self.part()

    # ---- an answer goes out
    def write(self, data: bytes) -> None:
        """Send the head of an answer together with its body, if that follows at once: one packet, one system call."""
        if self._held is None:
            self._held = data
            self.loop.call_soon(self._flush)
        else:
            self._flush(data)

    def _flush(self, *more: bytes) -> None:
        held, self._held = self._held, None
        if held is not None and not self.transport.is_closing():  # whoever waited for it may have gone meanwhile
            self.transport.writelines((held, *more))

    # ---- the end
    def part(self) -> None:
        """Close once the answer is written. While a request still comes, it is read and dropped first (RFC 9112, 9.6):
        a connection closed with bytes unread is reset, and the answer is lost on its way."""
        self._flush()
        if self._whole:
            self.transport.close()
            return
        self._parting = True
        self._stop_waiting()
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self.flow.resume_reading()
        self._timer = self.loop.call_later(self.limits.closing_seconds, self.transport.close)

    def _drop(self, data: bytes) -> None:
        self._dropped += len(data)
        if self._dropped > self.limits.closing_bytes:
            self.transport.close()


class _OneAnswer(asyncio.Transport):
    """The connection as one answer sees it: uvicorn closes it after the last answer, whatever still comes."""

    def __init__(self, connection: GuardedProtocol) -> None:
        super().__init__()
        self._connection = connection

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self._connection.write(bytes(data))

    def is_closing(self) -> bool:
        return self._connection.transport.is_closing()

    def close(self) -> None:
        self._connection.part()


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
