"""Definitions of processes as they were published: what is found in them, and what changed between two of them."""

import asyncio
import enum
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import strawberry

from ...domain.gates import GATES
from ...errors import ProcessFinding as Found
from ...reading import derived, derived_process
from ...reading.declare import Connection, arg, col, lives, many, python, single, to_one
from ...reading.prices import DEFINITION
from ...reading.visibility import everybody
from ...refusal import Refusal
from ...store import processes as stored
from ...store.tables import names as t
from ...workflow.act_names import ACTS
from ...workflow.check.check import check
from ...workflow.compare.compare import GROUPS, Change, changes
from ...workflow.finding import Finding
from ...workflow.load import parse
from ...workflow.needed_agreements import NeededAgreement as Needed
from ...workflow.needed_agreements import needed
from ...workflow.process import Process as Definition
from .calendar_types import DrawingAnswer, RehearsalAnswer
from .calendars import drawing_here, rehearsal_here
from .common import Node, value
from .context import POOL_SECONDS, Context
from .ids import ident
from .links import EditionLink, ForumLink, ProcessLink
from .process_stages import ProcessTrack, process_tracks
from .refusals import part
from .vocabularies import AgreementPurpose

ProcessFinding: Any = part(Found)


_OF_GROUP = {
    "people": "Who may do what, and who takes part.",
    "stages": "Tracks, stages, and what follows on what.",
    "dates": "Dates, lengths and zones.",
    "documents": "Documents and where they go.",
    "closings": "How texts end, and what inputs are told.",
    "texts": "Names and words.",
}


_Groups: Any = enum.Enum("ChangeGroup", {name.upper(): value(name, _OF_GROUP[name]) for name in GROUPS})  # type: ignore[misc]


ChangeGroup: Any = strawberry.enum(_Groups, description="What a change between two definitions is about.")


@strawberry.type(description="One difference between two definitions, in a sentence.")
class ProcessChange:
    group: ChangeGroup = strawberry.field(description="What it is about.")
    sentence: str = strawberry.field(description="What changed.")


@lru_cache(maxsize=64)
def _definition(text: str) -> Definition:
    return parse(text)


@lru_cache(maxsize=64)
def _found(text: str) -> tuple[Finding, ...]:
    """A text from before a change of the language may no longer be readable: that is a finding like the others."""
    try:
        return tuple(check(_definition(text), frozenset(ACTS), frozenset(GATES)))
    except Refusal as refusal:
        return (Finding("unreadable", refusal.message, "Publish it anew in today's language."),)


async def _findings(text: str) -> tuple[Finding, ...]:
    return await asyncio.to_thread(_found, text)


def compared(old: str, new: str) -> tuple[Change, ...] | None:
    """What differs between two texts; None where one of them is no longer readable."""
    try:
        return changes(_definition(old), _definition(new))
    except Refusal:
        return None


@strawberry.type(description="An agreement that editions under a process will need, of a forum that they then name.")
class NeededAgreement:
    purpose: AgreementPurpose = strawberry.field(description="What it is to agree to.")
    of: str = strawberry.field(description="Which forum: its layer, or the process it works by.")
    sentence: str = strawberry.field(description="What needs it, in a sentence.")


def _needed(text: str) -> tuple[Needed, ...]:
    """Of a text from before a change of the language, which may no longer be readable, none can be told."""
    try:
        return needed(_definition(text))
    except Refusal:
        return ()


async def _agreements(text: str) -> tuple[Needed, ...]:
    return await asyncio.to_thread(_needed, text)


@dataclass(frozen=True)
class Published:
    """A definition to compare: its text."""

    text: str


async def _changes(rows: list[Published], since: str, context: Context) -> list[tuple[Change, ...] | None]:
    """All at once, so that the other definition is read once."""
    try:
        other = ident(since, "Process")
    except Refusal:
        return [None for _ in rows]
    async with context.pool.acquire(timeout=POOL_SECONDS) as connection:
        old = await stored.text_of(connection, other)
    return [None if old is None else await asyncio.to_thread(compared, old, row.text) for row in rows]


@strawberry.type(
    description="A definition that was published. Its text never changes: a new one has a new hash. Editions are "
    "pinned to one."
)
@lives(t.process_definition, ("-published_at", "id"), visible=everybody)
class Process(Node):
    name: str = col(description="Its name, as in `gfmd`.")
    version: str = col(description="Its version, as its authors count.")
    hash: str = col(description="sha256 of its text, in hex.")
    published_at: datetime = col(description="When it was published here.")
    published_by: ForumLink | None = to_one(
        "forum_id",
        description="The forum whose own it is: it published the text, or adopted it; null: a template of the service.",
    )
    adopted_from: ProcessLink | None = to_one(
        "adopted_from_id", description="The text it is a copy of: a template of the service, or another forum's."
    )
    adopted_at: datetime | None = col(
        description="When its forum took it up last; null: a template, or one that waits. Of a forum's own texts the "
        "one with the latest is what it works by."
    )
    newer: ProcessLink | None = single(
        derived_process.newer_template,
        args={},
        description="The newest template of the same name, where it was published after this text became the "
        "forum's; else null. The office takes it up with adoptProcess.",
    )
    text: str = col(description="The definition itself, in TOML.")
    findings: list[ProcessFinding] = python(
        _findings,
        needs=("text",),
        cost=DEFINITION,
        description=f"What the check of this version of the service finds in it; usually nothing. Costs {DEFINITION}.",
    )
    changes: list[ProcessChange] | None = python(
        _changes,
        needs=("text",),
        args={"since": arg(strawberry.ID, "The other definition, usually the version before.")},
        cost=DEFINITION,
        description="What changed since another definition, in sentences; null where there is none of that id. "
        f"Costs {DEFINITION}.",
    )
    tracks: list[ProcessTrack] = python(
        process_tracks,
        needs=("text",),
        cost=DEFINITION,
        description="Its tracks with their stages, in order; empty where this version of the service cannot read it. "
        f"Costs {DEFINITION}.",
    )
    agreements_needed: list[NeededAgreement] = python(
        _agreements,
        needs=("text",),
        cost=DEFINITION,
        description="Which forums must have agreed before an edition under it names them, or sends them texts. Costs "
        f"{DEFINITION}.",
    )
    rehearsal: RehearsalAnswer = rehearsal_here()
    drawing: DrawingAnswer = drawing_here()
    running_editions: Connection[EditionLink] = many(
        "process_id", where_row=derived.in_state("running"), description="The editions that run under it now."
    )
