"""The servers under load: each a process of its own, with uvloop and httptools as in production, on a free port.

`compiled` is the service as `forum serve` runs it: connections within their limits, what each may ask for counted and
told to the other servers. Only the rate is far above what a round of load asks for, unless another is said, and
the load may say that it came by https, as pages of who is signed in want it. `resolvers`
is the same service - HTTP, limits, tokens, caches of documents, viewer, connections - whose reads graphql-core executes
field by field (`resolvers.py`).
"""

import multiprocessing
import socket
from collections.abc import Callable
from dataclasses import replace
from ipaddress import ip_network
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Self

import uvicorn
import uvloop
from starlette.applications import Starlette

from forum import app
from forum.api.http import endpoint as http
from forum.api.http.callers import Callers
from forum.api.http.sign_ins import SignIns
from forum.api.http.warming import warm
from forum.cli import service
from forum.errors import Misconfigured
from forum.settings import Settings
from tests.bench.operations import SECRET
from tests.bench.resolvers import Resolvers

POOL = 16
BACKLOG = 64
UNREACHED = 10**9  # points a second


def _compiled(made: app.Parts, settings: Settings) -> uvicorn.Server:
    return service.Server(made, settings)


def _resolvers(made: app.Parts, settings: Settings) -> uvicorn.Server:
    by_resolvers = replace(made.service, reader=Resolvers(made.reader))
    sign_ins = SignIns(made.pool, settings, made.service.rates.spend)
    callers = Callers(by_resolvers, settings.secret, sign_ins)
    site = Starlette(routes=http.routes(by_resolvers, settings, callers))
    return uvicorn.Server(service.configured(site, settings))


SIDES: dict[str, Callable[[app.Parts, Settings], uvicorn.Server]] = {"compiled": _compiled, "resolvers": _resolvers}


async def _run(side: str, settings: Settings, listener: socket.socket) -> None:
    async with app.running(settings) as made:
        await warm(made.service)  # what is compiled beside the first answers is not measured here
        await SIDES[side](made, settings).serve(sockets=[listener])


def _serve(side: str, database_url: str, rate: int, told: Connection) -> None:
    settings = Settings(
        database_url=database_url, secret=SECRET, pool=POOL, log_level="error", rate=rate,
        proxies=(ip_network("127.0.0.1"),),
    )  # fmt: skip
    # The protocol is named because Nagle's delay of 40 ms is turned off only where it is.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(BACKLOG)
        told.send(listener.getsockname()[1])
        uvloop.run(_run(side, settings, listener))


class Server:
    """One side's process, as a context manager. Whoever connects at once waits until it serves."""

    def __init__(self, side: str, database_url: str, rate: int = UNREACHED) -> None:
        self.side, self._url, self._rate = side, database_url, rate

    def __enter__(self) -> Self:
        spawn = multiprocessing.get_context("spawn")
        ours, theirs = spawn.Pipe(duplex=False)
        self._process = spawn.Process(target=_serve, args=(self.side, self._url, self._rate, theirs), daemon=True)
        self._process.start()
        theirs.close()
        try:
            self.port: int = ours.recv()
        except EOFError:
            raise Misconfigured(reason=f"The bench's server ({self.side}) did not start.") from None
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.terminate()
        self._process.join(15)
        if self._process.is_alive():
            self._process.kill()
            self._process.join(5)

    @property
    def pid(self) -> int:
        """The server's process id."""
        return self._process.pid or 0
