"""`forum workflow compare`, `export`, `import` and `key`: versions side by side, and definitions that travel signed."""

import argparse
import asyncio
import json
import os
from collections.abc import Callable, Coroutine
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console

from .. import app, signing
from ..errors import FileRefused
from ..set_up import publish, published
from ..settings import Settings
from ..workflow import load as workflows
from ..workflow.compare.compare import changes
from ..workflow.load import digest

console = Console()
Run = Callable[[argparse.Namespace, Settings], Coroutine[Any, Any, int]]
Deed = Callable[[str, Run, str], argparse.ArgumentParser]


def verbs(deed: Deed) -> None:
    """The four verbs with their options."""
    made = deed("compare", compare_files, "say in words what changed between two definitions")
    made.add_argument("old", help="the earlier TOML file")
    made.add_argument("new", help="the later TOML file")
    made.add_argument("--json", action="store_true", help="the changes as JSON")
    made = deed("key", make_key, "make a key to sign definitions with; prints the public half, to hand out")
    made.add_argument("--out", required=True, help="the file for the private key; it must not be there yet")
    made = deed("export", export_process, "write a published definition as a signed file")
    made.add_argument("process", help="its name (the newest version) or its hash")
    made.add_argument("--key", required=True, help="the file with your private key")
    made.add_argument("--out", required=True, help="the file to write")
    made = deed("import", import_process, "publish a definition from a signed file")
    made.add_argument("file", help="the signed file")
    made.add_argument(
        "--trust", action="append", required=True, help="a file with the sender's public key; may be repeated"
    )


async def compare_files(arguments: argparse.Namespace, settings: Settings) -> int:
    """What changed, by group. The status is 0 whether or not something did."""
    old, new = (workflows.read_file(Path(name)) for name in (arguments.old, arguments.new))
    found = changes(old, new)
    if arguments.json:
        print(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2))
        return 0
    group = ""
    for one in found:
        if one.group != group:
            group = one.group
            _say(group.title())
        _say(f"  {one.sentence}")
    if not found:
        _say("Nothing changed.")
    return 0


async def make_key(arguments: argparse.Namespace, settings: Settings) -> int:
    """The private key into a file that only its owner reads; the public one on standard output alone."""
    private, public = signing.new_key()
    await asyncio.to_thread(_write_secret, Path(arguments.out), private)
    print(public)
    return 0


async def export_process(arguments: argparse.Namespace, settings: Settings) -> int:
    """The definition word for word, with its hash, signed."""
    key = await asyncio.to_thread(_read, Path(arguments.key), signing.LARGEST_KEY)
    async with app.running(settings) as made:
        process = await published(made, arguments.process)
    content = signing.sign(process.name, process.version, process.text, key)
    await asyncio.to_thread(Path(arguments.out).write_bytes, content)
    _say(f"{arguments.out}: {process.name} {process.version}, {digest(process.text)}.")
    return 0


async def import_process(arguments: argparse.Namespace, settings: Settings) -> int:
    """Published only when the signature is good and the definition is sound, as any other that is published."""
    trusted = [await asyncio.to_thread(_read, Path(one), signing.LARGEST_KEY) for one in arguments.trust]
    content = await asyncio.to_thread(_read, Path(arguments.file), signing.LARGEST)
    signed = signing.verified(content, trusted)
    process = workflows.parse(signed.text, arguments.file)
    if (process.name, process.version) != (signed.name, signed.version):
        raise FileRefused(
            reason=f"The file says {signed.name} {signed.version}, its text {process.name} {process.version}."
        )
    async with app.running(settings) as made:
        await publish(made, process)
    _say(f"Published {process.name} {process.version}, signed by {signed.key}.")
    return 0


def _read(path: Path, most: int) -> bytes:
    """The file, and one byte more than it may have: what is larger is never read whole."""
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


def _say(line: str) -> None:
    console.print(line, highlight=False, markup=False, soft_wrap=True)
