"""The servers under load: each a process of its own, with uvloop and httptools as in production, on a free port.

`compiled` is the service as it is shipped. `resolvers` is the same service - HTTP, limits, tokens, caches of documents,
viewer, connections - whose reads graphql-core executes field by field (`resolvers.py`).
"""

import multiprocessing
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Self

import uvicorn
from starlette.applications import Starlette

from forum import app
from forum.api.http import endpoint as http
from forum.errors import Misconfigured
from forum.settings import Settings
from tests.bench.operations import SECRET
from tests.bench.resolvers import Resolvers

POOL = 16
BACKLOG = 64


def _compiled(settings: Settings) -> Starlette:
    return app.web(settings)


def _resolvers(settings: Settings) -> Starlette:
    application = Starlette()

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        made = await app.parts(settings, settings.database_url)
        service = replace(made.service, reader=Resolvers(made.reader))
        application.router.routes.extend(http.routes(service, settings))
        try:
            yield
        finally:
            await made.close()

    application.router.lifespan_context = lifespan
    return application


SIDES: dict[str, Callable[[Settings], Starlette]] = {"compiled": _compiled, "resolvers": _resolvers}


def _serve(side: str, database_url: str, told: Connection) -> None:
    settings = Settings(mode="serve", database_url=database_url, secret=SECRET, pool=POOL, log_level="error")
    config = uvicorn.Config(
        SIDES[side](settings), loop="uvloop", http="httptools", access_log=False, server_header=False,
        log_level="error", timeout_graceful_shutdown=5,
    )  # fmt: skip
    # The protocol is named because Nagle's delay of 40 ms is turned off only where it is.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(BACKLOG)
        told.send(listener.getsockname()[1])
        uvicorn.Server(config).run(sockets=[listener])


class Server:
    """One side's process, as a context manager. Whoever connects at once waits until it serves."""

    def __init__(self, side: str, database_url: str) -> None:
        self.side, self._url = side, database_url

    def __enter__(self) -> Self:
        spawn = multiprocessing.get_context("spawn")
        ours, theirs = spawn.Pipe(duplex=False)
        self._process = spawn.Process(target=_serve, args=(self.side, self._url, theirs), daemon=True)
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
