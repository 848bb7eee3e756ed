"""`forum workflow publish`, `adopt`, `export`, `import` and `key`: definitions go into a service and become a forum's
own, or travel between services signed."""

import argparse
import asyncio
import os
from dataclasses import asdict
from pathlib import Path

from .. import app, signing
from ..administration import adopt, publish, published
from ..errors import FileRefused, ProcessUnsound, StageInUse
from ..settings import Settings
from ..workflow import load as workflows
from ..workflow.finding import Finding
from ..workflow.load import digest
from .definitions import read_and_check, say_agreements
from .terminal import console, say


async def publish_files(arguments: argparse.Namespace, settings: Settings) -> int:
    """Publish the files when all of them are sound, else none; everything in running editions that stands in the way is
    listed. The status is 0 when all were published, else 1."""
    processes, findings = read_and_check(arguments.files, as_json=arguments.json)
    if findings:
        return 1
    async with app.running(settings) as parts:
        for process in processes:
            try:
                await publish(parts, process, arguments.forum)
            except (ProcessUnsound, StageInUse) as refused:
                for line in _reasons(f"{process.name} {process.version}", refused):
                    say(line)
                return 1
            console.print(f"Published {process.name} {process.version}.", highlight=False, markup=False)
            if arguments.forum is not None and not arguments.json:
                say_agreements(process)
    return 0


async def adopt_process(arguments: argparse.Namespace, settings: Settings) -> int:
    """Let a forum work by a template, or by any text that was published here, from now on."""
    async with app.running(settings) as parts:
        try:
            await adopt(parts, arguments.process, arguments.forum)
        except (ProcessUnsound, StageInUse) as refused:
            for line in _reasons(arguments.process, refused):
                say(line)
            return 1
        process = await published(parts, arguments.process)
    console.print(f"{arguments.forum} works by {arguments.process} now.", highlight=False, markup=False)
    say_agreements(process)
    return 0


def _reasons(label: str, refused: ProcessUnsound | StageInUse) -> list[str]:
    if isinstance(refused, ProcessUnsound):
        return [Finding(**asdict(finding)).spoken(label) for finding in refused.findings]
    uses = [
        f"{use.edition}, {use.track} stands at {use.stage}: {len(use.open_calls)} open calls, "
        f"{use.documents} documents, {use.inputs} inputs, {use.silences} silences."
        for use in refused.uses
    ]
    return [*uses, refused.message]


async def make_key(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write the private key into a file that only its owner can read; print the public one alone."""
    private, public = signing.new_key()
    await asyncio.to_thread(_write_secret, Path(arguments.out), private)
    print(public)
    return 0


async def export_process(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write the definition as it was published, with its hash, signed."""
    key = await asyncio.to_thread(_read, Path(arguments.key), signing.LARGEST_KEY)
    async with app.running(settings) as parts:
        process = await published(parts, arguments.process)
    content = signing.sign(process.name, process.version, process.text, key)
    await asyncio.to_thread(Path(arguments.out).write_bytes, content)
    say(f"{arguments.out}: {process.name} {process.version}, {digest(process.text)}.")
    return 0


async def import_process(arguments: argparse.Namespace, settings: Settings) -> int:
    """Publish what a signed file holds. Refuses a bad signature, and all that publishing refuses."""
    trusted = [await asyncio.to_thread(_read, Path(file), signing.LARGEST_KEY) for file in arguments.trust]
    content = await asyncio.to_thread(_read, Path(arguments.file), signing.LARGEST)
    signed = signing.verified(content, trusted)
    process = workflows.parse(signed.text, arguments.file)
    if (process.name, process.version) != (signed.name, signed.version):
        raise FileRefused(
            reason=f"The file says {signed.name} {signed.version}, its text {process.name} {process.version}."
        )
    async with app.running(settings) as parts:
        await publish(parts, process)
    say(f"Published {process.name} {process.version}, signed by {signed.key}.")
    return 0


def _read(path: Path, most: int) -> bytes:
    """The file, up to one byte more than it may have (`most`): what is larger is never read whole."""
    with path.open("rb") as opened:
        return opened.read(most + 1)


def _write_secret(path: Path, text: str) -> None:
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(text + "\n")
    except FileExistsError:
        raise FileRefused(
            reason=f"{path} is there already, and a key is never written over. Choose another name."
        ) from None
