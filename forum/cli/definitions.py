"""`forum workflow check`, `compare` and `schema`: what can be said of definitions without a database."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from ..domain.gates import GATES
from ..errors import FileRefused
from ..files import shipped
from ..rendering.papers.words import LANGUAGES
from ..settings import Settings
from ..workflow import json_schema
from ..workflow import load as workflows
from ..workflow.act_names import ACTS
from ..workflow.check import moves as check_moves
from ..workflow.check import promises as check_promises
from ..workflow.check import rights as check_rights
from ..workflow.check.check import check
from ..workflow.compare.compare import changes
from ..workflow.finding import Finding
from ..workflow.lines import file_of
from ..workflow.needed_agreements import needed
from ..workflow.process import Process
from .terminal import say


async def check_files(arguments: argparse.Namespace, settings: Settings) -> int:
    """Say what is wrong. The status is 0 when every file is sound, 1 with findings, 2 when one cannot be read."""
    earlier = [] if arguments.against is None else [arguments.against]
    if arguments.json and (unread := _unread([*arguments.files, *earlier])):
        print(json.dumps(unread, ensure_ascii=False, indent=2))
        return 2
    against = None if arguments.against is None else workflows.read_file(Path(arguments.against))
    read, findings = read_and_check(arguments.files, as_json=arguments.json, against=against)
    if against is not None and not arguments.json:
        for process in read:
            say_agreements(process)
    return 1 if findings else 0


def say_agreements(process: Process) -> None:
    """Which forums must have agreed before editions under this process name them, or send them texts."""
    for agreement in needed(process):
        say(f"{process.name} {process.version}: {agreement.sentence}")


async def compare_files(arguments: argparse.Namespace, settings: Settings) -> int:
    """What changed, by group. The status is 0 whether or not something did."""
    old, new = (workflows.read_file(Path(name)) for name in (arguments.old, arguments.new))
    differences = changes(old, new)
    if arguments.json:
        print(json.dumps([asdict(change) for change in differences], ensure_ascii=False, indent=2))
        return 0
    group = ""
    for change in differences:
        if change.group != group:
            group = change.group
            say(group.title())
        say(f"  {change.sentence}")
    if not differences:
        say("Nothing changed.")
    return 0


async def print_schema(arguments: argparse.Namespace, settings: Settings) -> int:
    """The schema alone on standard output, so that it can be sent to a file."""
    print(json_schema.text(of_differences=arguments.of_differences), end="")
    return 0


async def print_whole(arguments: argparse.Namespace, settings: Settings) -> int:
    """The definition with all that it extends, as it would be published: alone on standard output."""
    sys.stdout.buffer.write(workflows.read_file(Path(arguments.file)).text.encode())
    sys.stdout.buffer.flush()
    return 0


def read_and_check(
    files: Sequence[str], *, as_json: bool, against: Process | None = None
) -> tuple[list[Process], list[Finding]]:
    """The processes of these files, and all that is wrong in them, which is printed too.

    A process that a file names, say to send a text there, is looked for among these files first, then the shipped ones.
    `against`: an earlier definition. What would be lost, or widened, for editions that run under it is a finding too.
    """
    read = {name: workflows.read_file(Path(name)) for name in files}
    known = {path.stem: workflows.read_file(path) for path in sorted(shipped().glob("*.toml"))}
    known |= {process.name: process for process in read.values()}
    findings_by_file = {
        name: check(process, frozenset(ACTS), frozenset(GATES), frozenset(known), processes=known, languages=LANGUAGES)
        for name, process in read.items()
    }
    if against is not None:
        findings_by_file = {
            name: [*findings, *_in_the_way(against, read[name])] for name, findings in findings_by_file.items()
        }
    if as_json:
        _print_json([(name, finding) for name, findings in findings_by_file.items() for finding in findings])
    else:
        for name, findings in findings_by_file.items():
            sound = f"{name}: {read[name].name} {read[name].version} is sound."
            for line in [finding.spoken(name) for finding in findings] or [sound]:
                say(line)
    return list(read.values()), [finding for findings in findings_by_file.values() for finding in findings]


def _in_the_way(old: Process, new: Process) -> list[Finding]:
    """What stands in the way of moving an edition from one definition to the other."""
    return [*check_moves.findings(old, new), *check_promises.findings(old, new), *check_rights.findings(old, new)]


def _unread(files: Sequence[str]) -> list[dict[str, object]]:
    """Files that cannot be read, in the form of findings: a program that asks for data gets nothing else."""
    unread = []
    for name in files:
        try:
            workflows.read_file(Path(name))
        except FileRefused as fault:
            finding = Finding("not_read", fault.reason, "Mend that place, and check again.", fault.line)
            unread.append(_as_data(name, finding))
    return unread


def _print_json(findings: Sequence[tuple[str, Finding]]) -> None:
    print(json.dumps([_as_data(name, finding) for name, finding in findings], ensure_ascii=False, indent=2))


def _as_data(file: str, finding: Finding) -> dict[str, object]:
    return {"file": file_of(file, finding.line), **asdict(finding)}
