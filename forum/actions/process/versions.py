"""Versions of a process: what must hold before one is published, and before an edition moves to one.

Used by the chair's acts and by the operator's command alike, so that neither can publish what the other could not.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from ...domain.gates import GATES
from ...errors import ProcessFinding, ProcessNameTaken, ProcessUnsound, StageInUse, StageUse, VersionTaken
from ...files import shipped
from ...rendering.papers.words import LANGUAGES
from ...store import processes as store
from ...store import versions
from ...store.processes import Processes
from ...store.unit import UnitOfWork
from ...workflow.act_names import ACTS
from ...workflow.check import moves as check_moves
from ...workflow.check.check import check
from ...workflow.definition_parts import Moves
from ...workflow.finding import Finding
from ...workflow.load import digest
from ...workflow.moves import Place, lost, moves_from
from ...workflow.process import Process


def told(findings: Iterable[Finding]) -> tuple[ProcessFinding, ...]:
    """Findings as a refusal carries them: the same fields as the command's JSON."""
    return tuple(ProcessFinding(**asdict(one)) for one in findings)


def unsound(findings: Sequence[Finding], label: str) -> ProcessUnsound:
    """The refusal of a version with all its findings."""
    return ProcessUnsound(count=len(findings), first=findings[0].spoken(label), findings=told(findings))


async def publish(
    unit: UnitOfWork, known: Processes, process: Process, forum: UUID | None, now: datetime
) -> tuple[UUID, bool]:
    """Publish a definition, for a forum's chair or (None) for the operator; its id, and whether it is new.

    The same text twice is the same definition. Refuses what is not sound (ProcessUnsound, with every finding), a name
    that is another's, a version that another text of the name has, and what leaves a running edition nowhere to go
    (StageInUse).
    """
    hash_ = digest(process.text)
    if (there := await store.of_hash(unit, hash_)) is not None:
        return there, False
    await refuse_unsound(unit, known, process)
    await store.one_at_a_time(unit)
    if (there := await store.of_hash(unit, hash_)) is not None:
        return there, False
    before = await store.of_name(unit, process.name)
    await _refuse_name(unit, process, forum, before)
    if any(row["version"] == process.version for row in before):
        raise VersionTaken(process=process.name, version=process.version).at_path("text")
    await _refuse_stranded(unit, known, process, forum)
    return await store.keep(unit, process, hash_, forum, now), True


async def refuse_unsound(unit: UnitOfWork, known: Processes, process: Process) -> None:
    """Refuses (ProcessUnsound) a definition with findings. Receivers are the processes known here: published or shipped;
    those that are published are asked whether they take in what is sent to them."""
    published = await store.names(unit)
    receivers = {path.stem for path in shipped().glob("*.toml")} | published | {process.name}
    named = {to.partition("/")[0] for sent in process.transmissions for to in sent.to} & published - {process.name}
    there = {name: (await known.named(unit, name))[1] for name in sorted(named)}
    # The largest definition takes a second or two: others are answered meanwhile.
    findings = await asyncio.to_thread(
        check, process, frozenset(ACTS), frozenset(GATES), receivers, processes=there, languages=LANGUAGES
    )
    if findings:
        raise unsound(findings, f"{process.name} {process.version}").at_path("text")


async def _refuse_name(
    unit: UnitOfWork, process: Process, forum: UUID | None, before: Sequence[Mapping[str, Any]]
) -> None:
    """A name is an address: editions are opened and texts are sent by it. A chair takes a name that nobody has, or goes on
    with one that this forum published or runs; the names of the shipped definitions are the operator's until then."""
    if forum is None:
        return
    if before:
        own = any(row["forum_id"] == forum for row in before) or await store.has_run(unit, forum, process.name)
    else:
        own = not (shipped() / f"{process.name}.toml").exists()
    if not own:
        raise ProcessNameTaken(process=process.name).at_path("text")


async def _refuse_stranded(unit: UnitOfWork, known: Processes, process: Process, forum: UUID | None) -> None:
    """Refuses a version that editions running an earlier one could not move to without losing something."""
    rows = await versions.standing(unit, process.name, forum)
    by_version: dict[UUID, list[Mapping[str, Any]]] = {}
    for row in rows:
        by_version.setdefault(row["process_id"], []).append(row)
    findings: dict[Finding, None] = {}
    for id_, tracks in by_version.items():
        old = await known.by_id(unit, id_)
        moves = moves_from(process, old.version)
        await refuse_lost(unit, process, moves, tracks)
        findings |= dict.fromkeys(await in_the_way(unit, old, process, moves, {row["edition_id"] for row in tracks}))
    if findings:
        raise unsound(list(findings), f"{process.name} {process.version}").at_path("text")


async def refuse_lost(unit: UnitOfWork, process: Process, moves: Moves, tracks: Iterable[Mapping[str, Any]]) -> None:
    """Refuses (StageInUse) a version that lacks a stage at which a track stands, with all that is under way there."""
    stranded = [row for row in tracks if lost(process, moves, [Place(row["definition"], row["stage"])])]
    if not stranded:
        return
    uses = tuple([StageUse(**_place(row), **await versions.under_way(unit, row["track_id"])) for row in stranded])
    first = f"{uses[0].edition}, {uses[0].track} at {uses[0].stage}"
    raise StageInUse(process=process.name, version=process.version, first=first, uses=uses).at_path("text")


def _place(row: Mapping[str, Any]) -> dict[str, Any]:
    ids = {"edition_id": f"Edition:{row['edition_id']}", "track_id": f"Track:{row['track_id']}"}
    return {"edition": row["edition"], "track": row["track"], "stage": row["stage"], **ids}


async def in_the_way(
    unit: UnitOfWork, old: Process, new: Process, moves: Moves, editions: Iterable[UUID]
) -> list[Finding]:
    """What stands in the way of moving these editions from one version to the other."""
    held = await versions.held(unit, editions)
    return list(check_moves.findings(old, new, moves, check_moves.InUse(**held)))
