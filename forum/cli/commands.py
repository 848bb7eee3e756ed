"""What each verb of the command `forum` does: it opens what a room needs, calls it, and prints what came of it."""

import argparse
import asyncio
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from rich.console import Console
from rich.progress import Progress

from .. import app
from ..api.http.identity import issue
from ..errors import FileRefused, Misconfigured
from ..set_up import enter_bodies
from ..settings import Settings
from ..store import migrate, roles

console = Console()


async def serve(arguments: argparse.Namespace, settings: Settings) -> int:
    """HTTP until a signal ends it."""
    if not settings.secret:
        raise Misconfigured(reason="Set FORUM_SECRET, at least 32 bytes: openssl rand -hex 32 makes one.")
    async with app.running(settings) as made:
        server = Server(made, settings)
        for name in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(name, server.handle_exit, name, None)
        await server.serve()
        return 0 if server.started else 1


class Server(uvicorn.Server):
    """The HTTP server around parts that run. Signals reach it through the loop, so that what it stands on is given back
    after it has ended."""

    def __init__(self, made: app.Parts, settings: Settings) -> None:
        super().__init__(
            uvicorn.Config(
                app.site(made, settings), host=settings.host, port=settings.port, log_level=settings.log_level,
                http="httptools", lifespan="off", access_log=False, server_header=False, timeout_graceful_shutdown=10,
            )
        )  # fmt: skip

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Nothing of uvicorn's own: it would send the signal on and end the process at once."""
        yield


async def worker(arguments: argparse.Namespace, settings: Settings) -> int:
    """Jobs and the sweep, until a signal ends it."""
    from ..jobs.worker import work

    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    async with app.running(settings) as made:
        await work(made.runner, made.url, stop=stop)
    return 0


async def migrate_database(arguments: argparse.Namespace, settings: Settings) -> int:
    """All migrations, as the owner."""
    if settings.database_url and not settings.owner_url:
        raise Misconfigured(
            reason="Set FORUM_OWNER_DATABASE_URL: the owner's role makes tables, the service's role may not."
        )
    async with app.database(settings) as urls:
        await migrate.upgrade_async(urls.owner)
    console.print(f"The database stands at {migrate.head()}.")
    return 0


async def prepare(arguments: argparse.Namespace, settings: Settings) -> int:
    """Roles and database on the operator's own PostgreSQL; prints the two URLs to keep."""
    if not settings.superuser_url:
        raise Misconfigured(reason="Set FORUM_SUPERUSER_DATABASE_URL to a role that may make roles and databases.")
    urls = await roles.prepare(settings.superuser_url, "forum")
    print(f"FORUM_OWNER_DATABASE_URL={urls.owner}\nDATABASE_URL={urls.app}")
    return 0


async def token(arguments: argparse.Namespace, settings: Settings) -> int:
    """A bearer token, on standard output alone."""
    print(issue(_secret(settings), arguments.subject, now=time.time(), lifetime=arguments.hours * 3600))
    return 0


def _secret(settings: Settings) -> str:
    if not settings.secret:
        raise Misconfigured(reason="Set FORUM_SECRET to the secret the server runs with.")
    return settings.secret


async def import_file(arguments: argparse.Namespace, settings: Settings) -> int:
    """Bodies go in at the machine; practices and meetings over the contract, as the token's person."""
    content = await asyncio.to_thread(Path(arguments.file).read_bytes)
    if arguments.what == "bodies":
        async with app.running(settings) as made:
            console.print(f"{await enter_bodies(made, content)} rows entered; what stood already was left as it is.")
        return 0
    from ..client import importing

    if not arguments.edition or "/" not in arguments.edition:
        raise FileRefused(reason='Say for which edition, as forum/name: --edition "gfmd/GFMD 2020".')
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task(f"Importing {arguments.file}")
        report = await importing.run(
            arguments, content, settings.token, lambda done, of: bar.update(task, completed=done, total=of)
        )
    for line in report:
        console.print(line, highlight=False, markup=False, soft_wrap=True)
    return 0


async def render(arguments: argparse.Namespace, settings: Settings) -> int:
    """A paper of a document, drawn from what the token's person may see of it."""
    from ..client.papers import papers

    out = Path(arguments.out or f"{arguments.symbol.replace('/', '_')}.pdf")
    asked = {"responses": arguments.responses, "record": arguments.record}
    bytes_ = await papers.paper(arguments.url, arguments.token or settings.token, arguments.symbol, **asked)
    await asyncio.to_thread(_write, out, bytes_)
    console.print(f"{out}: {len(bytes_):,} bytes.")
    return 0


def _write(out: Path, content: bytes) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(content)


async def demo(arguments: argparse.Namespace, settings: Settings) -> int:
    """The whole story, against a server and a worker of its own."""
    from . import demonstration

    return await demonstration.run(settings, Path(arguments.out), serve=not arguments.no_serve)
