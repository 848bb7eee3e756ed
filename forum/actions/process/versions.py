"""Versions of a process: what must hold before one is published, and before an edition moves to one.

Used by the chair's acts and by the operator's commands alike, so that neither can publish what the other could not.
"""

import asyncio
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from ...domain.gates import GATES
from ...domain.mandates import Place
from ...domain.notice import NoticeKind
from ...domain.saying import saying
from ...errors import (
    ProcessFinding,
    ProcessNameTaken,
    ProcessUnsound,
    PromiseWidened,
    RightNarrowed,
    StageInUse,
    StageUse,
    VersionTaken,
)
from ...files import shipped
from ...rendering.papers.words import LANGUAGES
from ...store import notices, processes, versions
from ...store.processes import Processes, PublishedVersion
from ...store.steps import Store
from ...store.versions import RunningTrack
from ...workflow import moves as _moves
from ...workflow.act_names import ACTS
from ...workflow.check import moves as check_moves
from ...workflow.check import promises as check_promises
from ...workflow.check import rights as check_rights
from ...workflow.check.check import check
from ...workflow.check.rights import RightInUse
from ...workflow.definition_parts import Moves
from ...workflow.finding import Finding
from ...workflow.load import digest
from ...workflow.moves import lost, moves_from
from ...workflow.process import Process


def as_refused(findings: Iterable[Finding]) -> tuple[ProcessFinding, ...]:
    """Findings as a refusal carries them: the same fields as the command's JSON."""
    return tuple(ProcessFinding(**asdict(finding)) for finding in findings)


def unsound(findings: Sequence[Finding], label: str) -> ProcessUnsound:
    """The refusal of a version with all its findings."""
    return ProcessUnsound(count=len(findings), first=findings[0].spoken(label), findings=as_refused(findings))


_NEWER = (
    "{process} is published, a newer version of the template your forum adopted. Your forum goes on as it is until its "
    "office adopts it."
)


async def publish(
    store: Store, known: Processes, process: Process, forum: UUID | None, now: datetime
) -> tuple[UUID, bool]:
    """Publish a definition: of a forum's own, or (None) as a template of the service; its id, and whether it is new.

    The same text twice is the same definition. The next version of what a forum works by is what it works by from now
    on; a text of another name waits until it is adopted. Refuses what is not sound (ProcessUnsound, with every
    finding), a name that is another's, a version that another text of the name has, and what leaves a running edition
    nowhere to go (StageInUse).
    """
    hash_ = digest(process.text)
    if (own := await _own_copy(store, hash_, forum)) is not None:
        return own.id, False
    await refuse_unsound(store, known, process)
    await store.write(processes.one_at_a_time())
    if (own := await _own_copy(store, hash_, forum)) is not None:
        return own.id, False
    before = await store.ask(processes.of_name(process.name))
    _refuse_name(process, forum, before)
    refuse_version_taken(process, forum, before)
    if forum is None:
        id_ = await store.write(processes.keep(process, hash_, None, now))
        await _tell_adopters(store, process, id_, now)
        return id_, True
    await refuse_stranded(store, known, process, forum)
    works_by = await store.ask(processes.current(forum))
    taken_up = works_by is not None and works_by.name == process.name
    return await store.write(processes.keep(process, hash_, forum, now, taken_up=taken_up)), True


async def _tell_adopters(store: Store, process: Process, id_: UUID, now: datetime) -> None:
    """The teams of the forums that adopted a template are told of its newer version; nothing changes for them."""
    words = saying(_NEWER, process=f"{process.name} {process.version}")
    for forum in await store.ask(processes.adopters(process.name)):
        team = await store.ask(notices.team(Place(frozenset((forum,))), now))
        await store.write(notices.tell(team, kind=NoticeKind.TEMPLATE_PUBLISHED, words=words, cause=id_, at=now))


async def _own_copy(store: Store, hash_: str, forum: UUID | None) -> PublishedVersion | None:
    """This very text, as the forum has it already (None: as the service's templates have it)."""
    copies = await store.ask(processes.of_hash(hash_))
    return next((copy for copy in copies if copy.forum_id == forum), None)


async def refuse_unsound(store: Store, known: Processes, process: Process) -> None:
    """Refuses (ProcessUnsound) a definition with findings.

    Receivers are the processes known here: published or shipped; those that are published are asked whether they take
    in what is sent to them.
    """
    published = await store.ask(processes.names())
    receivers = {path.stem for path in shipped().glob("*.toml")} | published | {process.name}
    named = {to.partition("/")[0] for sent in process.transmissions for to in sent.to} & published - {process.name}
    definitions = {name: (await store.ask(processes.newest(known, name)))[1] for name in sorted(named)}
    # The largest definition takes a second or two: others are answered meanwhile.
    findings = await asyncio.to_thread(
        check, process, frozenset(ACTS), frozenset(GATES), receivers, processes=definitions, languages=LANGUAGES
    )
    if findings:
        raise unsound(findings, f"{process.name} {process.version}").at_path("text")
    known.sound.add(digest(process.text))


def refuse_widened(old: Process, new: Process, moves: Moves, path: str, tracks: Collection[str] | None = None) -> None:
    """Refuses (PromiseWidened) a version under which more people would read what was promised to few. `path`: the
    field that named it; `tracks`: those of the old version that are run; None: all."""
    widened = [finding for finding in check_promises.findings(old, new, moves) if _runs(finding, tracks)]
    if widened:
        label = f"{new.name} {new.version}"
        refused = PromiseWidened(
            process=new.name, version=new.version, count=len(widened), first=widened[0].spoken(label),
            findings=as_refused(widened),
        )  # fmt: skip
        raise refused.at_path(path)


def refuse_narrowed(old: Process, new: Process, moves: Moves, in_use: Collection[RightInUse], path: str) -> None:
    """Refuses (RightNarrowed) a version that would take from somebody a right that is in use. `path`: the field that
    named it."""
    narrowed = list(check_rights.findings(old, new, moves, in_use))
    if narrowed:
        label = f"{new.name} {new.version}"
        refused = RightNarrowed(
            process=new.name, version=new.version, count=len(narrowed), first=narrowed[0].spoken(label),
            findings=as_refused(narrowed),
        )  # fmt: skip
        raise refused.at_path(path)


def _runs(finding: Finding, tracks: Collection[str] | None) -> bool:
    return tracks is None or finding.track is None or finding.track in tracks


def _refuse_name(process: Process, forum: UUID | None, before: Sequence[PublishedVersion]) -> None:
    """A name is an address: texts are sent by it. A forum takes a name that nobody has, or goes on with one that it
    published or adopted; the names of the shipped definitions are the service's."""
    if forum is None or any(version.forum_id == forum for version in before):
        return
    if before or (shipped() / f"{process.name}.toml").exists():
        raise ProcessNameTaken(process=process.name).at_path("text")


def refuse_version_taken(process: Process, forum: UUID | None, before: Iterable[PublishedVersion]) -> None:
    """Refuses (VersionTaken) a version that another text of this name has, among the forum's own or the templates."""
    hash_ = digest(process.text)
    mine = (version for version in before if version.forum_id == forum and version.name == process.name)
    if any(version.version == process.version and version.hash != hash_ for version in mine):
        raise VersionTaken(process=process.name, version=process.version).at_path("text")


async def refuse_stranded(store: Store, known: Processes, process: Process, forum: UUID) -> None:
    """Refuses a version that editions of the forum running an earlier one could not move to without losing
    something."""
    by_version: dict[UUID, list[RunningTrack]] = {}
    for track in await store.ask(versions.standing(process.name, forum)):
        by_version.setdefault(track.process_id, []).append(track)
    findings: dict[Finding, None] = {}
    for id_, tracks in by_version.items():
        old = await store.ask(processes.definition(known, id_))
        moves = moves_from(process, old.version)
        await refuse_lost(store, process, moves, tracks, "text")
        editions = {track.edition_id for track in tracks}
        findings |= dict.fromkeys(await in_the_way(store, old, process, moves, editions))
    if findings:
        raise unsound(list(findings), f"{process.name} {process.version}").at_path("text")


async def refuse_lost(store: Store, process: Process, moves: Moves, tracks: Iterable[RunningTrack], path: str) -> None:
    """Refuses (StageInUse) a version that lacks a stage at which a track stands, with all that is under way there.
    `path`: the field that named the version."""
    stranded = [track for track in tracks if lost(process, moves, [_moves.Place(track.definition, track.stage)])]
    if not stranded:
        return
    uses = tuple([await _use(store, track) for track in stranded])
    first = f"{uses[0].edition}, {uses[0].track} at {uses[0].stage}"
    raise StageInUse(process=process.name, version=process.version, first=first, uses=uses).at_path(path)


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
