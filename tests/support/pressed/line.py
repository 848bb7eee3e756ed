"""HTTP by hand over one connection that stays: nothing between the request and the clock but the socket."""

import asyncio
import time
from collections.abc import Mapping
from typing import Any, Self

import orjson

from forum.api.http.identity import issue
from tests.bench.operations import SECRET
from tests.bench.world import token_id

HEAD = b"POST /graphql HTTP/1.1\r\nHost: pressed\r\nContent-Type: application/json\r\n"


def token(subject: str) -> bytes:
    """The header of a person of the data set."""
    signed = issue(SECRET, subject, now=time.time(), lifetime=3600, token=token_id(subject))
    return f"Authorization: Bearer {signed}\r\n".encode()


class Line:
    """A connection; `async with Line(port)`. `address`: whose it is, another one of loopback."""

    def __init__(self, port: int, *, address: str = "127.0.0.1", head: bytes = b"") -> None:
        self.port, self.address, self.head = port, address, head

    async def __aenter__(self) -> Self:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port, local_addr=(self.address, 0))
        return self

    async def __aexit__(self, *_: object) -> None:
        self.writer.close()

    async def ask(self, query: str, variables: Mapping[str, Any] | None = None) -> tuple[int, bytes]:
        """Status and body."""
        body = orjson.dumps({"query": query, "variables": dict(variables or {})})
        self.writer.write(HEAD + self.head + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        head = (await self.reader.readuntil(b"\r\n\r\n")).lower()
        [length] = [line for line in head.split(b"\r\n") if line.startswith(b"content-length:")]
        return int(head.split()[1]), await self.reader.readexactly(int(length.partition(b":")[2]))
