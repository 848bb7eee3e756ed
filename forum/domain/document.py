"""A text that a track makes: its state, its parts, its frozen revisions."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from .enumeration import Words
from .noun import Noun


class DocumentState(Words):
    """How far a text has got."""

    DRAFT = "draft", "Being written."
    CIRCULATED = "circulated", "Before its readers for comments."
    SILENCE = "silence", "Put to a body: it stands unless somebody objects before the clock ends."
    ISSUED = "issued", "Issued under somebody's responsibility."
    ENDORSED = "endorsed", "Endorsed by a body."
    ADOPTED = "adopted", "Adopted, by a body that adopts."


class Audience(Words):
    """Who may read a text or a comment on it."""

    TEAM = "team", "The secretariat and the penholders."
    PARTICIPANTS = "participants", "Those who take part in the forum, as well."
    PUBLIC = "public", "Everybody."


@dataclass(frozen=True, kw_only=True, slots=True)
class Document(Noun):
    """A text with its state, its audience and its present revision."""

    id: UUID
    track_id: UUID
    edition_id: UUID
    forum_id: UUID
    meeting_id: UUID | None = None
    kind: str
    symbol: str
    title: str
    language: str
    state: DocumentState = DocumentState.DRAFT
    audience: Audience = Audience.TEAM
    version_label: str
    revision: int = 1
    comments_open_at: datetime | None = None
    comments_close_at: datetime | None = None
    closing: str | None = None
    closing_words: str | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Part(Noun):
    """A headed part of a document."""

    id: UUID
    document_id: UUID
    ordinal: int
    number: str
    heading: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Recommendation(Noun):
    """What a text asks somebody to do, and its fate."""

    id: UUID
    document_id: UUID
    ordinal: int
    heading: str
    addressee: str | None = None
    fate: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Revision(Noun):
    """A frozen, hashed version of a document."""

    id: UUID
    document_id: UUID
    number: int
    label: str
    initials: str | None = None
    hash: str
    salt: bytes
    frozen_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Snapshot(Noun):
    """Frozen content with its salt and hash (RFC 8785); no authorship in it."""

    id: UUID
    subject_kind: str
    subject_id: UUID
    content: str  # RFC 8785 JSON, no authorship in it
    salt: bytes
    hash: str
