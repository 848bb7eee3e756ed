"""One cycle of a forum: the edition, the dates it gives, its themes, documents of past editions."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from ..errors import InvalidValue, WrongState
from .enumeration import Words
from .noun import Noun, need_state


class EditionState(Words):
    """How an edition stands."""

    RUNNING = "running", "It runs under a process."
    RECORDED = "recorded", "It is past; its documents are attached, it was not run here."
    CLOSED = "closed", "It ran here and is over."
    WITHDRAWN = "withdrawn", "It was opened by mistake, and taken back before anything was done in it."


class DatedKind(Words):
    """What has a date."""

    ANCHOR = "anchor", "Another anchor, counted from it."
    STAGE = "stage", "The planned window of a stage."
    CALL = "call", "An open call."
    CONSULTATION = "consultation", "The open consultation on a text."
    MEETING = "meeting", "A meeting that the process plans."
    DOCUMENT = "document", "The due date of a kind of document."
    EDITION = "edition", "The end of the edition."


@dataclass(frozen=True, kw_only=True, slots=True)
class Edition(Noun):
    """One cycle of a forum, pinned to the exact text of a process while it runs."""

    id: UUID
    forum_id: UUID
    name: str
    theme: str | None = None
    state: EditionState = EditionState.RUNNING
    zone: str
    process_id: UUID | None = None
    cloned_from_id: UUID | None = None
    opened_at: datetime
    ends_at: datetime | None = None  # when the clock closes it


@dataclass(frozen=True, kw_only=True, slots=True)
class Anchor(Noun):
    """The dates an edition gives: the others are computed from them by its process."""

    id: UUID
    edition_id: UUID
    name: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Theme(Noun):
    """A sub-theme of an edition."""

    id: UUID
    edition_id: UUID
    code: str
    title: str
    resource_person_id: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TrackTheme(Noun):
    """A theme that a track treats."""

    id: UUID
    track_id: UUID
    theme_id: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class PastDocument(Noun):
    """A document of a past edition that was not made here: entered, not run."""

    id: UUID
    edition_id: UUID
    kind: str
    title: str
    symbol: str | None = None
    language: str
    issued_on: date | None = None
    url: str | None = None
    note: str | None = None


# ---- transitions: the edition as it is afterwards, or a refusal
def need_running(act: str, edition: Edition) -> None:
    """Refuses (WrongState) an edition that does not run: one that is over, or that was only recorded."""
    need_state(act, edition.state, EditionState.RUNNING)


def has_ended(edition: Edition, now: datetime) -> bool:
    """Whether an edition that runs has come to its end, at its very instant, and waits for the clock to close it."""
    return edition.state == EditionState.RUNNING and edition.ends_at is not None and edition.ends_at <= now


def close(edition: Edition, now: datetime) -> Edition:
    """Over: from now on it is read, and nothing is done in it. Refuses (WrongState) one whose end has not come."""
    need_running("close_edition", edition)
    if not has_ended(edition, now):
        raise WrongState(act="close_edition", state="running", needs=("an edition whose end has come",))
    return replace(edition, state=EditionState.CLOSED)


def withdraw(edition: Edition) -> Edition:
    """Taken back: its name is free again, and it stays on the record as what it was. Also one that the clock has closed
    meanwhile, and a past one. Refuses (WrongState) one that was taken back before."""
    need_state("withdraw_edition", edition.state, *(state for state in EditionState if state != EditionState.WITHDRAWN))
    return replace(edition, state=EditionState.WITHDRAWN)


def migrate(edition: Edition, process_id: UUID) -> Edition:
    """Pinned to another version of its process.

    Refuses (WrongState) one that does not run, and (InvalidValue) the version to which it is pinned already.
    """
    need_running("migrate_edition", edition)
    if process_id == edition.process_id:
        raise InvalidValue(reason="The edition runs under this version already.")
    return replace(edition, process_id=process_id)


def pinned_to(edition: Edition) -> UUID:
    """The definition under which the edition runs or ran, for one that is opened like it.

    Refuses (WrongState) an edition that was recorded and never run here.
    """
    if edition.process_id is None:
        needs = ("an edition that ran under a process",)
        raise WrongState(act="clone_edition", state=edition.state, needs=needs)
    return edition.process_id
