"""One cycle of a forum: the edition, the dates it gives, its themes, documents of past editions."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from .enumeration import Words
from .noun import Noun


class EditionState(Words):
    """How an edition stands."""

    RUNNING = "running", "It runs under a process."
    RECORDED = "recorded", "It is past; its documents are attached, it was not run here."
    CLOSED = "closed", "It ran here and is over."


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
