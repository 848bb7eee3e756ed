"""`forum import people` and `forum people template`: a community is asked in from a spreadsheet, over HTTP."""

import argparse
import asyncio
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from ..client.import_people import Imported, Side, import_people
from ..client.session import Session
from ..errors import FileRefused
from ..settings import Settings
from ..sheets import template
from .terminal import say

_OWN = 0o600  # a link lets in whoever holds it


async def import_community(content: bytes, arguments: argparse.Namespace, settings: Settings) -> int:
    """Ask the people of the file in, and write their links to a file of its own; with `--plan`, say what would come of
    each. The status is 1 where anything is to be put right. Refuses (FileRefused) where nobody says for whom it is, and
    a file of links that is there already."""
    if not (arguments.forum or arguments.organisation):
        reason = "Say for whom you invite: --forum with the short name of yours, or --organisation with its name."
        raise FileRefused(reason=reason)
    links = Path(arguments.links or f"{arguments.file}.links.csv")
    if not arguments.plan:
        await asyncio.to_thread(_begin, links)
    session = Session(arguments.url, arguments.token or settings.token or None)
    side = Side(arguments.forum, arguments.organisation, arguments.zone, arguments.leave_out)
    done: Imported | None = None
    try:
        done = await import_people(session, content, side, datetime.now(UTC).date(), plan=arguments.plan)
    finally:
        await session.close()
        if not arguments.plan:
            await asyncio.to_thread(_end, links, None if done is None else done.links)
    for line in done.lines:
        say(line)
    if done.links is not None:
        say(f"Their links are in {links}, which you alone can read. Hand each to its person, and delete the file.")
    return 1 if done.refused else 0


def _begin(links: Path) -> None:
    """Make the file before anybody is asked in: where it cannot be written, nobody is. Refuses (FileRefused) to write
    over one: the links in it may be the only ones."""
    try:
        os.close(os.open(links, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWN))
    except FileExistsError:
        raise FileRefused(reason=f"{links} is there already. Put it away, or name another with --links.") from None


def _end(links: Path, content: bytes | None) -> None:
    if content is None:
        links.unlink()
    else:
        links.write_bytes(content)


async def write_template(arguments: argparse.Namespace, settings: Settings) -> int:
    """The empty form: a workbook where a file with that ending is named, else CSV."""
    if arguments.out is None:
        sys.stdout.buffer.write(template.as_csv())
        return 0
    out = Path(arguments.out)
    content = template.as_workbook() if out.suffix.lower() == ".xlsx" else template.as_csv()
    await asyncio.to_thread(out.write_bytes, content)
    return 0
