"""Versions of a process: what must hold before one is published, and before an edition moves to one.

Used by the chair's acts and by the operator's command alike, so that neither can publish what the other could not.
"""

import asyncio
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from ...domain.gates import GATES
from ...errors import (
    ProcessFinding,
    ProcessNameTaken,
    ProcessUnsound,
    PromiseWidened,
    StageInUse,
    StageUse,
    VersionTaken,
)
from ...files import shipped
from ...rendering.papers.words import LANGUAGES
from ...store import processes, versions
from ...store.processes import Processes, PublishedVersion
from ...store.steps import Store
from ...store.versions import RunningTrack
from ...workflow.act_names import ACTS
from ...workflow.check import moves as check_moves
from ...workflow.check import promises as check_promises
from ...workflow.check.check import check
from ...workflow.definition_parts import Moves
from ...workflow.finding import Finding
from ...workflow.load import digest
from ...workflow.moves import Place, lost, moves_from
from ...workflow.process import Process


def as_refused(findings: Iterable[Finding]) -> tuple[ProcessFinding, ...]:
    """Findings as a refusal carries them: the same fields as the command's JSON."""
    return tuple(ProcessFinding(**asdict(finding)) for finding in findings)


def unsound(findings: Sequence[Finding], label: str) -> ProcessUnsound:
    """The refusal of a version with all its findings."""
    return ProcessUnsound(count=len(findings), first=findings[0].spoken(label), findings=as_refused(findings))


async def publish(
    store: Store, known: Processes, process: Process, forum: UUID | None, now: datetime
) -> tuple[UUID, bool]:
    """Publish a definition, for a forum's chair or (None) for the operator; its id, and whether it is new.

    The same text twice is the same definition. Refuses what is not sound (ProcessUnsound, with every finding), a name
    that is another's, a version that another text of the name has, and what leaves a running edition nowhere to go
    (StageInUse).
    """
    hash_ = digest(process.text)
    if (there := await store.ask(processes.of_hash(hash_))) is not None:
        return there, False
    await refuse_unsound(store, known, process)
    await store.write(processes.one_at_a_time())
    if (there := await store.ask(processes.of_hash(hash_))) is not None:
        return there, False
    before = await store.ask(processes.of_name(process.name))
    await _refuse_name(store, process, forum, before)
    if any(published.version == process.version for published in before):
        raise VersionTaken(process=process.name, version=process.version).at_path("text")
    await _refuse_stranded(store, known, process, forum)
    return await store.write(processes.keep(process, hash_, forum, now)), True


async def refuse_unsound(store: Store, known: Processes, process: Process) -> None:
    """Refuses (ProcessUnsound) a definition with findings.

    Receivers are the processes known here: published or shipped; those that are published are asked whether they take
    in what is sent to them.
    """
    published = await store.ask(processes.names())
    receivers = {path.stem for path in shipped().glob("*.toml")} | published | {process.name}
    named = {to.partition("/")[0] for sent in process.transmissions for to in sent.to} & published - {process.name}
    there = {name: (await store.ask(processes.newest(known, name)))[1] for name in sorted(named)}
    # The largest definition takes a second or two: others are answered meanwhile.
    findings = await asyncio.to_thread(
        check, process, frozenset(ACTS), frozenset(GATES), receivers, processes=there, languages=LANGUAGES
    )
    if findings:
        raise unsound(findings, f"{process.name} {process.version}").at_path("text")


def refuse_widened(old: Process, new: Process, moves: Moves, path: str, tracks: Collection[str] | None = None) -> None:
    """Refuses (PromiseWidened) a version under which more people would read what was promised to few. `path`: the
    field that named it; `tracks`: those of the old version that are run; None: all."""
    found = [one for one in check_promises.findings(old, new, moves) if _runs(one, tracks)]
    if found:
        label = f"{new.name} {new.version}"
        refused = PromiseWidened(
            process=new.name, version=new.version, count=len(found), first=found[0].spoken(label),
            findings=as_refused(found),
        )  # fmt: skip
        raise refused.at_path(path)


def _runs(finding: Finding, tracks: Collection[str] | None) -> bool:
    return tracks is None or finding.track is None or finding.track in tracks


async def _refuse_name(store: Store, process: Process, forum: UUID | None, before: Sequence[PublishedVersion]) -> None:
    """A name is an address: editions are opened and texts are sent by it. A chair takes a name that nobody has, or goes
    on with one that this forum published or runs; the names of the shipped definitions are the operator's until then.
    """
    if forum is None:
        return
    if before:
        published = any(version.forum_id == forum for version in before)
        own = published or await store.ask(processes.has_run(forum, process.name))
    else:
        own = not (shipped() / f"{process.name}.toml").exists()
    if not own:
        raise ProcessNameTaken(process=process.name).at_path("text")


async def _refuse_stranded(store: Store, known: Processes, process: Process, forum: UUID | None) -> None:
    """Refuses a version that editions running an earlier one could not move to without losing something."""
    by_version: dict[UUID, list[RunningTrack]] = {}
    for track in await store.ask(versions.standing(process.name, forum)):
        by_version.setdefault(track.process_id, []).append(track)
    findings: dict[Finding, None] = {}
    for id_, tracks in by_version.items():
        old = await store.ask(processes.definition(known, id_))
        moves = moves_from(process, old.version)
        await refuse_lost(store, process, moves, tracks)
        editions = {track.edition_id for track in tracks}
        findings |= dict.fromkeys(await in_the_way(store, old, process, moves, editions))
    if findings:
        raise unsound(list(findings), f"{process.name} {process.version}").at_path("text")


async def refuse_lost(store: Store, process: Process, moves: Moves, tracks: Iterable[RunningTrack]) -> None:
    """Refuses (StageInUse) a version that lacks a stage at which a track stands, with all that is under way there."""
    stranded = [track for track in tracks if lost(process, moves, [Place(track.definition, track.stage)])]
    if not stranded:
        return
    uses = tuple([await _use(store, track) for track in stranded])
    first = f"{uses[0].edition}, {uses[0].track} at {uses[0].stage}"
    raise StageInUse(process=process.name, version=process.version, first=first, uses=uses).at_path("text")


async def _use(store: Store, track: RunningTrack) -> StageUse:
    under_way = await store.ask(versions.under_way(track.track_id))
    return StageUse(
        edition=track.edition, edition_id=f"Edition:{track.edition_id}",
        track=track.track, track_id=f"Track:{track.track_id}", stage=track.stage,
        open_calls=tuple(f"Call:{id_}" for id_ in under_way.open_calls),
        documents=under_way.documents, inputs=under_way.inputs, silences=under_way.silences,
    )  # fmt: skip


async def in_the_way(store: Store, old: Process, new: Process, moves: Moves, editions: Iterable[UUID]) -> list[Finding]:
    """What stands in the way of moving these editions from one version to the other."""
    held = await store.ask(versions.held(editions))
    return list(check_moves.findings(old, new, moves, held))
