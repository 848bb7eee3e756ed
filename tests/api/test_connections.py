"""One connection: headers that are long, many or never end, bodies that drip, too many connections of one address. Each
is refused with its code, the connection is closed, and the server goes on. No test waits: each reads what comes."""

import json
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from ipaddress import ip_network

import httpx
import pytest

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
        ([START + b"X: ", *[b"x" * 1_000] * 7], TOO_LARGE),  # a value that never ends
        ([b"GET /" + b"x" * 4_500 + b" HTTP/1.1\r\n"], TOO_LARGE),
        ([b"GET /", *[b"x" * 1_000] * 7], TOO_LARGE),
        ([b"nonsense\r\n\r\n"], (400, "BAD_REQUEST")),
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


@pytest.mark.parametrize("sent", [b"", b"POST", START, START + b"X: y"])
def test_headers_that_never_end(sent: bytes) -> None:
    with served(HASTY) as client:
        assert asked(client, sent) == (408, "REQUEST_TIMEOUT")


def test_a_body_that_never_ends() -> None:
    with served(HASTY) as client:
        begun = START + b"Content-Type: application/json\r\nContent-Length: 90\r\n\r\n{"
        assert asked(client, begun)[0] in (0, 408)  # closed; said why where nothing was being answered
        refused = START + b"Content-Type: text/plain\r\nContent-Length: 90\r\n\r\n{"  # answered before it is read
        with line(client) as one:
            one.sendall(refused)
            assert told(one) == (415, "UNSUPPORTED_MEDIA_TYPE")


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
