"""Refusals about definitions of processes, and about editions that move from one to another.

`errors.py` has them too, under the same names: whoever raises or meets a refusal imports it from there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .refusal import Refusal


@dataclass(frozen=True)
class ProcessFinding:
    """One fault of a definition: where it is, what it is, and what to do about it."""

    code: str
    message: str
    remedy: str
    line: int | None = None
    track: str | None = None
    stage: str | None = None


@dataclass(frozen=True)
class StageUse:
    """A track of a running edition at a stage, and what is under way on it."""

    edition: str
    edition_id: str
    track: str
    track_id: str
    stage: str
    open_calls: tuple[str, ...]
    documents: int
    inputs: int
    silences: int


@dataclass(frozen=True)
class DateForeseen:
    """One date of an edition that is to be opened: what it is of, its instants, and whether it is over already."""

    what: str
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    over: bool = False


class ProcessUnsound(Refusal):
    says = "This definition is not sound ({count} found). The first: {first}"
    count: int
    first: str
    findings: tuple[ProcessFinding, ...]


class DatesUnsound(Refusal):
    says = "These dates do not fit the process ({count} found). The first: {first}"
    count: int
    first: str
    findings: tuple[ProcessFinding, ...]


class DatesPast(Refusal):
    says = (
        "Of this edition's dates {count} would be over when it opens. The first: {first}. Compare them all in the "
        "calendar beside this. If they are meant, send it again with confirm: true."
    )
    count: int
    first: str
    calendar: tuple[DateForeseen, ...]


class ProcessMissing(Refusal):
    says = (
        "Whether somebody may {act} is judged by the forum's own process, and this forum has none yet. Its chair's "
        "secretariat adopts one with adoptProcess, or the operator with forum workflow adopt."
    )
    act: str


class ProcessNotAdopted(Refusal):
    says = (
        "This forum has no process of its own called “{process}”. {near} Its office adopts it first with adoptProcess: "
        "a template of the service by its name, another forum's text by its hash."
    )
    process: str
    own: tuple[str, ...]
    near: str = ""


class ProcessNameTaken(Refusal):
    says = (
        "The name {process} is another forum's, or the service's own. Give this process a name of its own, "
        "or adopt the one there is with adoptProcess and go on from it."
    )
    process: str


class VersionTaken(Refusal):
    says = "{process} {version} is published already with another text. Give this text a version of its own."
    process: str
    version: str


class StageInUse(Refusal):
    says = (
        "{process} {version} has no such stage, and editions stand there: {first}. Say under [[moves]] where they go."
    )
    process: str
    version: str
    first: str
    uses: tuple[StageUse, ...]


class PromiseWidened(Refusal):
    says = (
        "{process} {version} would widen what was promised to those who wrote ({count} found). The first: {first} "
        "A promise may be narrowed, never widened. Mend the definition, or let the forum's office open a new edition "
        "under it with openEdition: there everybody is told before they write."
    )
    process: str
    version: str
    count: int
    first: str
    findings: tuple[ProcessFinding, ...]


class RightNarrowed(Refusal):
    says = (
        "{process} {version} would take away a right that is in use here ({count} found). The first: {first} "
        "Such a right may grow and not shrink. Let the office migrate once it is over, or mend the definition."
    )
    process: str
    version: str
    count: int
    first: str
    findings: tuple[ProcessFinding, ...]


class ActInTheWay(Refusal):
    says = (
        "Since the migration somebody did this in the edition: {act}. "
        "It can no longer be undone; migrate the edition again instead."
    )
    act: str
    done_at: datetime | None = None
