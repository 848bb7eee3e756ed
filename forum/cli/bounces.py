"""`forum mail bounces`: letters that came back are read from a mailbox, or one from standard input."""

import argparse
import asyncio
import mailbox
import sys
from collections.abc import Iterator
from pathlib import Path

from .. import app
from ..errors import Misconfigured
from ..jobs.mail.compose import House
from ..jobs.mail.office import Office
from ..jobs.mail.report import MOST_BYTES, read
from ..jobs.mail.returned import came_back
from ..settings import Settings
from .terminal import say


async def read_bounces(arguments: argparse.Namespace, settings: Settings) -> int:
    """Look at each message, and say how many letters came back; names and addresses are not printed. What is no report
    of a letter of ours is passed over. The mailbox is left as it is: read again, it changes nothing. Refuses
    (Misconfigured) a service that writes to nobody."""
    if not settings.mail_from:
        raise Misconfigured(reason="FORUM_MAIL_FROM says whose letters these are: set it as the worker has it.")
    house = House(settings.mail_from, settings.public_url, settings.secret)
    looked = back = 0
    async with app.running(settings) as parts:
        office = Office(parts.runner, parts.reader, parts.pool, house, settings.relay)
        for content in await asyncio.to_thread(lambda: list(_messages(arguments.file))):
            looked += 1
            report = read(content, house.domain)
            if report is not None and await came_back(office, report):
                back += 1
                say(f"Letter {report.letter} came back ({report.status}).")
    say(f"{looked} {'message' if looked == 1 else 'messages'} looked at; {back} of our letters came back.")
    return 0


def _messages(file: str | None) -> Iterator[bytes]:
    """The messages of a mailbox (mbox, RFC 4155) that are short enough to be a report; or the one on standard input."""
    if file is None:
        yield sys.stdin.buffer.read(MOST_BYTES + 1)
        return
    Path(file).stat()  # there is no mailbox in a file that is not there
    box = mailbox.mbox(file, create=False)
    try:
        for key in box.iterkeys():
            with box.get_file(key) as message:
                yield message.read(MOST_BYTES + 1)
    finally:
        box.close()
