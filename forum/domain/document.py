"""A text that a track makes: its state, its parts, its frozen revisions."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from .enumeration import Words
from .noun import Noun, need_state


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
    comment_audience: Audience = Audience.TEAM  # who reads a comment written now; told before, kept with each comment
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
    number: int | None = None  # of an input: the how many-eth time it was handed in
    first_number: int | None = None  # the version since which it was mended only, and never taken back


@dataclass(frozen=True)
class Ending:
    """How a text ended: `closing` is the process's word for it, `words` what stands on paper, `audience` who reads
    it, `label` what its version is called from then on."""

    state: DocumentState
    closing: str
    words: str
    audience: Audience
    label: str


# Characters on one line.
MOST_TITLE = 500  # of a title or a heading
MOST_NAME = 100  # of a symbol, a label, an addressee's name
MOST_MARK = 20  # of a part's number, or initials
# What the version of a closed text is called where nobody says otherwise: no draft any more.
_FINAL = {
    "ar": "النص النهائي",
    "en": "Final",
    "es": "Versión definitiva",
    "fr": "Version finale",
    "ru": "Окончательный текст",
    "zh": "定稿",
}
EDITABLE = (DocumentState.DRAFT, DocumentState.CIRCULATED)
CLOSED = (DocumentState.ISSUED, DocumentState.ENDORSED, DocumentState.ADOPTED)


# ---- rules
def need_editable(act: str, document: Document) -> None:
    """Refuses (WrongState) a text that lies before a body or is closed: it is frozen."""
    need_state(act, document.state, *EDITABLE)


def need_begun(act: str, document: Document) -> None:
    """Refuses (WrongState) a text that its readers know by its title and symbol: it was circulated, put to a body or
    closed."""
    need_state(act, document.state, DocumentState.DRAFT)


def need_closed(act: str, document: Document) -> None:
    """Refuses (WrongState) a text that is not closed yet."""
    need_state(act, document.state, *CLOSED)


def final_label(document: Document) -> str:
    """What the version of this text is called once it is closed, in its language; in English where that has no word."""
    return _FINAL.get(document.language.split("-")[0], _FINAL["en"])


# ---- transitions: the document as it is afterwards, or a refusal
def with_revision(document: Document, revision: Revision) -> Document:
    """The document whose newest frozen revision is this one; its version is called by the label and whose hand it
    is."""
    label = f"{revision.label} {revision.initials}" if revision.initials else revision.label
    return replace(document, revision=revision.number, version_label=label)


def circulate(document: Document, opens_at: datetime, closes_at: datetime) -> Document:
    """Before its readers, who may comment until `closes_at`. Refuses (WrongState) one that is not editable."""
    need_editable("circulate_document", document)
    return replace(
        document,
        state=DocumentState.CIRCULATED,
        audience=Audience.PARTICIPANTS,
        comments_open_at=opens_at,
        comments_close_at=closes_at,
    )


def tell_commenters(document: Document, audience: Audience) -> Document:
    """The document as it tells from now on who reads a comment on it; those that were written keep their readers."""
    return replace(document, comment_audience=audience)


def put_to_body(document: Document) -> Document:
    """Before a body that may object. Refuses (WrongState) one that is not editable."""
    need_editable("start_silence", document)
    return replace(document, state=DocumentState.SILENCE, audience=Audience.PARTICIPANTS)


def return_to_drafters(document: Document) -> Document:
    """Circulated again, since a member of the body objected. Refuses (WrongState) one that lies before no body."""
    need_state("close_silence", document.state, DocumentState.SILENCE)
    return replace(document, state=DocumentState.CIRCULATED)


def need_closable(act: str, document: Document) -> None:
    """Refuses (WrongState) a text that lies before a body. Whether one that has ended ends once more, its process
    says."""
    need_state(act, document.state, *EDITABLE, *CLOSED)


def close_again(act: str, document: Document, ending: Ending, now: datetime) -> Document:
    """Closed for the second time: in the way it ends last, with the words of both. Refuses (WrongState) one that was
    not closed."""
    need_closed(act, document)
    words = f"{document.closing_words}. {ending.words}"
    return replace(
        document,
        state=ending.state,
        closing=ending.closing,
        closing_words=words,
        version_label=ending.label,
        closed_at=now,
    )


def close(act: str, document: Document, ending: Ending, now: datetime) -> Document:
    """Closed as of `now`, and from then on read by its audience. Refuses (WrongState) one that is closed."""
    need_state(act, document.state, *EDITABLE, DocumentState.SILENCE)
    return replace(
        document,
        state=ending.state,
        audience=ending.audience,
        closing=ending.closing,
        closing_words=ending.words,
        version_label=ending.label,
        closed_at=now,
    )
