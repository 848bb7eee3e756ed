"""One connection: headers that are long, many or never end, bodies that drip, too many connections of one address. Each
is refused with its code, the connection is closed, and the server goes on. No test waits: each reads what comes."""

import asyncio
import json
import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from ipaddress import ip_network
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from uvicorn.config import Config
from uvicorn.server import ServerState

from forum.api.http.connections import ConnectionLimits, protocol
from tests.support.api.http_sample import post, service, serving

LIMITS = ConnectionLimits(head_bytes=2_000, address_bytes=4_000, headers=20, connections=8)
HASTY = replace(LIMITS, head_seconds=0.05, request_seconds=0.05)
START = b"POST /graphql HTTP/1.1\r\nHost: x\r\n"
BODY = b'{"query": "{ hello }"}'
GOOD = START + b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (len(BODY), BODY)


@contextmanager
def served(limits: ConnectionLimits) -> Iterator[httpx.Client]:
    """A server within these limits, which answers to the end - then with time enough, as this machine may be busy."""
    guarded = protocol(limits)
    with serving(service(), http=guarded) as client:
        yield client
        guarded.limits = LIMITS
        assert post(client, "{ hello }").status_code == 200


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with served(LIMITS) as client:
        yield client


@contextmanager
def line(client: httpx.Client) -> Iterator[socket.socket]:
    with socket.create_connection((client.base_url.host, client.base_url.port or 0), timeout=20) as one:
        yield one


def told(one: socket.socket) -> tuple[int, str]:
    """The status and code of the answer; everything until the server closes."""
    got = b""
    with suppress(ConnectionResetError):
        while piece := one.recv(65_536):
            got += piece
    if not got:
        return 0, ""
    head, _, body = got.partition(b"\r\n\r\n")
    found = json.loads(body)
    return int(head.split()[1]), found["errors"][0]["extensions"]["code"] if "errors" in found else ""


def asked(client: httpx.Client, *pieces: bytes) -> tuple[int, str]:
    with line(client) as one:
        for piece in pieces:
            with suppress(BrokenPipeError, ConnectionResetError):
                one.sendall(piece)
        return told(one)


TOO_LARGE = (431, "HEADERS_TOO_LARGE")


@pytest.mark.parametrize(
    ("pieces", "answer"),
    [
        ([START + b"X: " + b"x" * 3_000 + b"\r\n\r\n"], TOO_LARGE),
        ([START + b"".join(b"X%d: y\r\n" % n for n in range(30)) + b"\r\n"], TOO_LARGE),
        ([START + b"X: ", *[b"x" * 1_000] * 400], TOO_LARGE),  # a value that never ends
        ([b"GET /" + b"x" * 4_500 + b" HTTP/1.1\r\n"], TOO_LARGE),
        ([b"GET /", *[b"x" * 1_000] * 7], TOO_LARGE),
        ([b"nonsense\r\n\r\n"], (400, "BAD_REQUEST")),
        ([START + b"X: " + b"x" * 3_000, *[b"x" * 65_536] * 32], TOO_LARGE),  # whose client goes on sending
        ([START + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"], (400, "BAD_REQUEST")),  # no length of a piece
    ],
)
def test_what_is_too_long_is_refused(client: httpx.Client, pieces: list[bytes], answer: tuple[int, str]) -> None:
    assert asked(client, *pieces) == answer


def test_up_to_the_limits_all_is_taken(client: httpx.Client) -> None:
    headers = {f"X{n}": "y" for n in range(10)} | {"X": "x" * 1_500}
    assert client.get("/healthz", headers=headers).status_code == 200
    assert client.get("/healthz", params={"x": "y" * 3_500}).status_code == 200
    for _ in range(3):  # counted for each request of a connection, not for all
        assert client.get("/healthz", headers=headers).status_code == 200


def test_what_follows_on_one_connection_is_answered(client: httpx.Client) -> None:
    with line(client) as one:
        one.sendall(GOOD * 3)
        got = b""
        while got.count(b"HTTP/1.1 200") < 3:
            piece = one.recv(65_536)
            assert piece
            got += piece


class Wire(asyncio.Transport):
    """What a connection writes to, without a network: `sent` is what the client would read."""

    def __init__(self) -> None:
        super().__init__({"peername": ("127.0.0.1", 5)})
        self.sent = b""
        self.packets = 0
        self.closed = False

    def write(self, data: Any) -> None:
        self.sent += data
        self.packets += 1

    def can_write_eof(self) -> bool:
        return False

    def is_closing(self) -> bool:
        return self.closed

    def close(self) -> None:
        self.closed = True

    abort = close

    def pause_reading(self) -> None:
        pass

    resume_reading = pause_reading


async def length(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers with the length of what it was sent."""
    body = await Request(scope, receive).body()
    await Response(str(len(body)), media_type="text/plain")(scope, receive, send)


def connected(application: Any, wire: Wire) -> Any:
    connection = protocol(replace(LIMITS, head_bytes=500))(Config(application, access_log=False), ServerState(), {})
    connection.connection_made(wire)
    return connection


async def turns(count: int = 20) -> None:
    """Turns of the loop, not time."""
    for _ in range(count):
        await asyncio.sleep(0)


async def test_an_answer_is_one_packet() -> None:
    wire = Wire()
    connection = connected(length, wire)
    for answers in (1, 2):
        connection.data_received(GOOD)
        await turns()
        assert (wire.packets, wire.sent.count(b"\r\n\r\n22")) == (answers, answers)
    connection.data_received(GOOD.replace(b"POST", b"HEAD"))  # an answer without a body
    await turns()
    assert wire.packets == 3
    assert wire.sent.endswith(b"\r\n\r\n")
    connection.data_received(b"nonsense\r\n\r\n")
    assert re.findall(rb"HTTP/1.1 (\d+)", wire.sent) == [b"200", b"200", b"200", b"400"]
    connection.connection_lost(None)


async def test_nothing_is_written_to_one_who_has_gone() -> None:
    """A head without a body waits for the next turn of the loop; by then the connection may be closed."""
    wire = Wire()
    connection = connected(length, wire)
    connection.data_received(GOOD.replace(b"POST", b"HEAD"))
    while not connection.cycle.response_complete:
        await turns(1)
    wire.close()
    await turns()
    assert wire.sent == b""
    connection.connection_lost(None)


async def test_an_answer_in_pieces_goes_out_piece_by_piece() -> None:
    wire, goes_on = Wire(), asyncio.Event()

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"4")]})
        await goes_on.wait()
        await send({"type": "http.response.body", "body": b"ab", "more_body": True})
        await send({"type": "http.response.body", "body": b"cd"})

    connection = connected(slow, wire)
    connection.data_received(GOOD)
    await turns()
    assert wire.sent.endswith(b"\r\n\r\n")  # nobody waits for a head because its body takes long
    goes_on.set()
    await turns()
    assert wire.sent.endswith(b"abcd")
    connection.connection_lost(None)


@given(st.lists(st.integers(0, 900_000), min_size=1, max_size=4), st.integers(1_000, 300_000))
def test_a_request_is_the_same_in_pieces_of_any_size(bodies: list[int], size: int) -> None:
    """A busy server finds a head, a large body and the next head in one piece: none of it counts as headers."""

    async def answers() -> bytes:
        wire = Wire()
        connection = connected(length, wire)
        sent = b"".join(START + b"Content-Length: %d\r\n\r\n" % body + b"x" * body for body in bodies)
        for start in range(0, len(sent), size):
            connection.data_received(sent[start : start + size])
        await turns(20 * len(bodies))
        connection.connection_lost(None)
        return wire.sent

    answered = asyncio.run(answers())
    assert re.findall(rb"\r\n\r\n(\d+)", answered) == [b"%d" % body for body in bodies]


@pytest.mark.parametrize("kept", [b"keep-alive", b"close"])
@pytest.mark.parametrize("kind", [b"application/json", b"text/plain"])
def test_a_refusal_arrives_although_the_client_goes_on_sending(client: httpx.Client, kept: bytes, kind: bytes) -> None:
    """Of a body of three megabytes none is read before the answer: closed at once, the connection would be reset."""
    head = START + b"Connection: %b\r\nContent-Type: %b\r\nContent-Length: %d\r\n\r\n" % (kept, kind, 48 * 65_536)
    with line(client) as one:
        for piece in (head, *[b"x" * 65_536] * 48):
            one.sendall(piece)
        assert one.recv(12) in (b"HTTP/1.1 413", b"HTTP/1.1 415")


def test_a_bad_request_is_never_answered_in_the_place_of_an_earlier_one(client: httpx.Client) -> None:
    with line(client) as one:
        one.sendall(GOOD + b"nonsense\r\n\r\n")
        assert told(one)[0] in (0, 200)


@pytest.mark.parametrize("sent", [b"", b"POST", START, START + b"X: y", b"\r\n\r\n"])
def test_headers_that_never_end(sent: bytes) -> None:
    with served(HASTY) as client:
        assert asked(client, sent) == (408, "REQUEST_TIMEOUT")


def test_a_body_that_never_ends() -> None:
    with served(HASTY) as client:
        begun = START + b"Content-Type: application/json\r\nContent-Length: 90\r\n\r\n{"
        assert asked(client, begun) == (408, "REQUEST_TIMEOUT")
        refused = START + b"Content-Type: text/plain\r\nContent-Length: 90\r\n\r\n{"  # answered before it is read
        with line(client) as one:
            one.sendall(refused)
            assert told(one) == (415, "UNSUPPORTED_MEDIA_TYPE")


def test_a_connection_without_a_next_request() -> None:
    """Empty lines between two requests are allowed (RFC 9112, 2.2); they hold no connection open."""
    with served(HASTY) as client, line(client) as one:
        one.sendall(GOOD)
        assert one.recv(12) == b"HTTP/1.1 200"
        one.sendall(b"\r\n" * 3)
        with suppress(ConnectionResetError):
            while one.recv(65_536):
                pass


def test_connections_of_one_address_are_bounded() -> None:
    with served(LIMITS) as client, ExitStack() as opened:
        lines = [opened.enter_context(line(client)) for _ in range(8)]
        for one in lines:
            one.sendall(GOOD)
            assert one.recv(15) == b"HTTP/1.1 200 OK"
        assert asked(client, b"") == (429, "TOO_MANY_CONNECTIONS")
        for one in lines:  # what is closed counts no more
            one.shutdown(socket.SHUT_WR)
            while one.recv(65_536):
                pass


def test_a_trusted_proxy_speaks_for_many() -> None:
    with served(replace(LIMITS, connections=0, proxies=(ip_network("127.0.0.0/8"),))) as client:
        assert client.get("/healthz").status_code == 200
