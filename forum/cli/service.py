"""`forum serve` and `forum worker`: the service over HTTP, and what falls due."""

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
from ..jobs.mail.compose import House
from ..jobs.mail.office import Office
from ..jobs.worker import work
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

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen. What the start has made stays to the end: the collector of garbage need not look at it again."""
        await super().startup(sockets)
        gc.collect()
        gc.freeze()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Nothing of uvicorn's own: it would send the signal on and end the process at once."""
        yield


async def worker(arguments: argparse.Namespace, settings: Settings) -> int:
    """Jobs and the sweep, until a signal ends it."""
    stop = asyncio.Event()
    for number in _ENDING:
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with app.running(settings) as parts:
        house = House(settings.mail_from, settings.public_url, settings.secret)
        office = Office(parts.runner, parts.reader, parts.pool, house, settings.relay)
        await work(parts.runner, parts.url, stop=stop, office=office)
    return 0
