"""`forum worker`: what falls due, and mail."""

import argparse
import asyncio
import signal

from .. import app
from ..jobs.mail.compose import House
from ..jobs.mail.office import Office
from ..jobs.worker import work
from ..settings import Settings


async def worker(arguments: argparse.Namespace, settings: Settings) -> int:
    """Jobs and the sweep, until a signal ends it."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with app.running(settings) as parts:
        house = House(settings.mail_from, settings.public_url, settings.secret)
        office = Office(parts.runner, parts.reader, parts.pool, house, settings.relay)
        await work(parts.runner, parts.url, stop=stop, office=office)
    return 0
