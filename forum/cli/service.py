"""`forum serve`: the service over HTTP."""

import argparse
import asyncio
import gc
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from .. import app
from ..api.http.connections import ConnectionLimits, protocol
from ..errors import Misconfigured
from ..settings import Settings

_ENDING = (signal.SIGTERM, signal.SIGINT)


async def serve(arguments: argparse.Namespace, settings: Settings) -> int:
    """HTTP until a signal ends it."""
    if not settings.secret:
        raise Misconfigured(reason="Set FORUM_SECRET, at least 32 bytes: openssl rand -hex 32 makes one.")
    async with app.running(settings) as parts:
        server = Server(parts, settings)
        for number in _ENDING:
            asyncio.get_running_loop().add_signal_handler(number, server.handle_exit, number, None)
        await server.serve()
        return 0 if server.started else 1


def configured(application: ASGIApp, settings: Settings) -> uvicorn.Config:
    """How the server is run: within the limits of each connection, and believing nobody but the named proxies."""
    return uvicorn.Config(
        application,
        host=settings.host,
        port=settings.port,
        log_level=settings.log_level,
        http=protocol(ConnectionLimits(proxies=settings.proxies)),
        lifespan="off",
        access_log=False,
        server_header=False,
        # uvicorn would believe whatever speaks from this machine about where a request comes from.
        proxy_headers=bool(settings.proxies),
        forwarded_allow_ips=[str(network) for network in settings.proxies],
        timeout_graceful_shutdown=10,
    )


class Server(uvicorn.Server):
    """The HTTP server around the running parts of the service. Signals reach it through the event loop, so that
    databases and connections are given back after it has ended."""

    def __init__(self, parts: app.Parts, settings: Settings) -> None:
        super().__init__(configured(app.site(parts, settings), settings))
        self._parts = parts

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen. What the start has made stays to the end: the collector of garbage need not look at it again."""
        await super().startup(sockets)
        gc.freeze()

    async def main_loop(self) -> None:
        """Serve until a signal says otherwise; the trusted documents are compiled meanwhile."""
        async with app.warmed(self._parts):
            await super().main_loop()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Nothing of uvicorn's own: it would send the signal on and end the process at once."""
        yield
