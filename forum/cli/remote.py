"""`forum import` and `forum render`: what goes over HTTP to a service that runs, as the person of a token.

Only bodies are entered at the machine itself: before them nobody has a mandate with whom to enter anything.
"""

import argparse
import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.progress import Progress

from ..client import import_files
from ..client.session import Session
from ..errors import FileRefused
from ..settings import Settings
from .terminal import console, say


async def import_file(arguments: argparse.Namespace, settings: Settings) -> int:
    """Enter the file and say what came of it, or with `--plan` what would. Refuses (FileRefused) practices and meetings
    without their edition, and a revision without its reason."""
    content = await asyncio.to_thread(Path(arguments.file).read_bytes)
    if arguments.what == "bodies":
        return await _import_bodies(content, arguments, settings)
    if arguments.what == "people":
        from .community import import_community  # it reads workbooks: other files do without

        return await import_community(content, arguments, settings)
    if arguments.plan:
        return _plan(arguments.what, content)
    if arguments.reason and not arguments.revises:
        raise FileRefused(reason="A reason is for a revision: say which meeting with --revises.")
    if not arguments.revises and (not arguments.edition or "/" not in arguments.edition):
        raise FileRefused(reason='Say for which edition, as forum/name: --edition "gfmd/GFMD 2020".')
    if arguments.revises and not (arguments.reason or "").strip():
        raise FileRefused(reason='Say why it is revised, for the record and for those who take part: --reason "...".')
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task(f"Importing {arguments.file}")
        report = await import_files.run(
            arguments, content, settings.token, lambda done, of: bar.update(task, completed=done, total=of)
        )
    for line in report:
        say(line)
    return 0


def _plan(what: str, content: bytes) -> int:
    for line in import_files.plan(what, content):
        say(line)
    return 0


async def _import_bodies(content: bytes, arguments: argparse.Namespace, settings: Settings) -> int:
    from .. import app  # the whole service: only this kind of file needs it
    from ..administration import enter_bodies

    async with app.running(settings) as parts:
        entered = await enter_bodies(parts, content, file=arguments.file, plan=arguments.plan)
    would = "would be " if arguments.plan else ""
    say(f"{_count(entered.rows, 'row')} {would}entered, {_count(len(entered.changed), 'value')} {would}changed.")
    for line in entered.changed:
        say(f"  {would}changed: {line}")
    for line in entered.left:
        say(f"  left as it is: {line}")
    return 0


def _count(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"


async def render(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write a paper of a document, drawn from what the token's person may see of it, in one format or in all."""
    from ..papers import drawn  # fonts and PDF: an import of a file does without
    from ..rendering import formats

    session = Session(arguments.url, arguments.token or settings.token)
    session.home = settings.public_url.rstrip("/")
    try:
        outline = await drawn.laid(session, arguments.symbol, responses=arguments.responses, record=arguments.record)
    finally:
        await session.close()
    for out, ending in _wanted(arguments, [known for known in formats.FORMATS if formats.has(outline, known)]):
        content = await asyncio.to_thread(formats.drawn, outline, ending)
        await asyncio.to_thread(_write, out, content)
        console.print(f"{out}: {len(content):,} bytes.")
    return 0


def _wanted(arguments: argparse.Namespace, there: Sequence[str]) -> Iterator[tuple[Path, str]]:
    """The files to be written, each with its ending: that of `--out`, that of `--format`, else PDF. `there`: all that
    there are of this paper, which are those of `--format all`. Refuses (FileRefused) another."""
    name, folder = arguments.symbol.replace("/", "_"), Path(arguments.out or ".")
    if arguments.format == "all":
        yield from ((folder / f"{name}.{ending}", ending) for ending in there)
        return
    ending = arguments.format or folder.suffix.removeprefix(".").lower() or "pdf"
    if ending not in there:
        raise FileRefused(reason=f"This paper does not come as .{ending}. It comes as {', '.join(there)}.")
    yield folder if arguments.out else Path(f"{name}.{ending}"), ending


def _write(out: Path, content: bytes) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(content)
