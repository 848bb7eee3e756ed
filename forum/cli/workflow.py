"""The verbs of `forum workflow`: their options, and what each does with a definition at the terminal."""

import argparse
import json
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console

from .. import app
from ..domain.gates import GATES
from ..errors import FileRefused, ProcessUnsound, StageInUse
from ..files import shipped
from ..rendering.papers.words import LANGUAGES
from ..set_up import publish
from ..settings import Settings
from ..workflow import load as workflows
from ..workflow import schema
from ..workflow.acts import ACTS
from ..workflow.check.check import check
from ..workflow.finding import Finding
from ..workflow.process import Process
from . import rehearsal as rehearsal_commands
from . import versions as version_commands

console = Console()
Deed = Callable[[argparse.Namespace, Settings], Coroutine[Any, Any, int]]


def verbs(parser: argparse.ArgumentParser) -> None:
    """Every verb with its options; which one was chosen stands in `run`, as for every command."""
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="DEED")

    def deed(name: str, run: Deed, help_: str) -> argparse.ArgumentParser:
        made = deeds.add_parser(name, help=help_, description=help_)
        made.set_defaults(run=run)
        return made

    for name, run, help_ in (
        ("check", check_files, "find what is wrong in definitions, before they are published"),
        ("publish", publish_files, "publish definitions that are sound"),
    ):
        made = deed(name, run, help_)
        made.add_argument("files", nargs="+", help="TOML files")
        made.add_argument("--json", action="store_true", help="findings as JSON")
    deed("schema", print_schema, "print the JSON Schema of definitions, for editors")
    rehearsal_commands.verbs(deed)
    version_commands.verbs(deed)


async def check_files(arguments: argparse.Namespace, settings: Settings) -> int:
    """Say what is wrong. The status is 0 when every file is sound, 1 with findings, 2 when one cannot be read."""
    if arguments.json and (unread := _unread(arguments.files)):
        print(json.dumps(unread, ensure_ascii=False, indent=2))
        return 2
    _, findings = _checked(arguments.files, arguments.json)
    return 1 if findings else 0


async def publish_files(arguments: argparse.Namespace, settings: Settings) -> int:
    """Publish the files when all of them are sound; else none. What running editions stand in the way of is told whole."""
    read, findings = _checked(arguments.files, arguments.json)
    if findings:
        return 1
    async with app.running(settings) as made:
        for process in read:
            try:
                await publish(made, process)
            except (ProcessUnsound, StageInUse) as refused:
                _say_refused(f"{process.name} {process.version}", refused)
                return 1
            console.print(f"Published {process.name} {process.version}.", highlight=False, markup=False)
    return 0


def _say_refused(label: str, refused: ProcessUnsound | StageInUse) -> None:
    lines = (
        [Finding(**asdict(one)).spoken(label) for one in refused.findings]
        if isinstance(refused, ProcessUnsound)
        else []
    )
    if isinstance(refused, StageInUse):
        lines = [
            f"{use.edition}, {use.track} stands at {use.stage}: {len(use.open_calls)} open calls, {use.documents} documents, "
            f"{use.inputs} inputs, {use.silences} silences."
            for use in refused.uses
        ] + [refused.message]
    for line in lines:
        console.print(line, highlight=False, markup=False, soft_wrap=True)


async def print_schema(arguments: argparse.Namespace, settings: Settings) -> int:
    """The schema alone, so that it can be sent to a file."""
    print(schema.text(), end="")
    return 0


def _unread(files: Sequence[str]) -> list[dict[str, Any]]:
    """Files that cannot be read, in the form of findings: a program that asks for data gets nothing else."""
    told = []
    for name in files:
        try:
            workflows.read_file(Path(name))
        except FileRefused as fault:
            one = Finding("not_read", fault.reason, "Mend that place, and check again.", fault.line)
            told.append({"file": name, **asdict(one)})
    return told


def _checked(files: Sequence[str], as_json: bool) -> tuple[list[Process], list[Finding]]:
    read = {name: workflows.read_file(Path(name)) for name in files}
    # Of two files of one name the one that was given counts: it may take the shipped one's place.
    there = {path.stem: workflows.read_file(path) for path in sorted(shipped().glob("*.toml"))}
    there |= {process.name: process for process in read.values()}
    found = {
        name: check(process, frozenset(ACTS), frozenset(GATES), frozenset(there), processes=there, languages=LANGUAGES)
        for name, process in read.items()
    }
    if as_json:
        told = [{"file": name, **asdict(one)} for name, findings in found.items() for one in findings]
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for name, findings in found.items():
            lines = [one.spoken(name) for one in findings] or [
                f"{name}: {read[name].name} {read[name].version} is sound."
            ]
            for line in lines:
                console.print(line, highlight=False, markup=False, soft_wrap=True)
    return list(read.values()), [one for findings in found.values() for one in findings]
