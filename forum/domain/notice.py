"""Something that one person, or the side that wrote a text, should know; told once for each cause."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from .enumeration import Words
from .noun import Noun


class NoticeKind(Words):
    """What a notice tells of."""

    CALL = "call", "A call asks your organisation, or one of the mechanism you coordinate."
    REMINDER = "reminder", "A call takes inputs, and the list of answers shows none yet."
    EXTENSION = "extension", "A window has more time."
    PERMIT = "permit", "Your organisation may hand in after the deadline."
    RETURNED = "returned", "Your input was returned for clarification, or that return was taken back."
    ANSWERED = "answered", "A text says what became of your input or comment."
    RECEIPT = "receipt", "Your input was handed in: its receipt."
    OUTCOME = "outcome", "A text is issued, and says what became of your input or comment."
    ANCHOR_MOVED = "anchor_moved", "A date of the edition moved, and others with it."
    WITHDRAWN = "withdrawn", "A call to which you were asked to answer was taken back."
    SILENCE_STARTED = "silence_started", "A text lies before your body."
    SILENCE_ENDS = "silence_ends", "A silence ends soon, and you may still object."
    SILENCE_ENDED = "silence_ended", "A silence ended, one way or the other."
    TEXT_CLOSED = "text_closed", "A text was issued, endorsed or adopted."
    MIGRATED = "migrated", "The edition goes on under another version of its process."
    TEMPLATE_PUBLISHED = "template_published", "A newer version is there of the template that your forum adopted."
    MANDATE = "mandate", "A mandate was proposed, given, accepted, declined or ended."
    ADMISSION = "admission", "An organisation asks to be admitted, or was answered."
    SEAT = "seat", "Your organisation takes part in a forum, in another way than before, or no longer."
    CORRECTED = "corrected", "Something that concerns you was put right on the record."
    AGREEMENT = "agreement", "An agreement between two bodies was proposed, accepted, declined or ended."
    ADDRESS_REFUSED = "address_refused", "The mail server refuses the address of somebody whom you look after."


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice(Noun):
    """Something to know: a reminder, an extension, a date that moved.

    Read by the person it is for - or, where it is about an input or a comment (`contribution_id`, `comment_id`), by the
    side that wrote it. Such a one names no person: who wrote a thing is known to nobody who writes notices, and
    row-level security finds its readers.
    """

    id: UUID
    person_id: UUID | None = None
    contribution_id: UUID | None = None
    comment_id: UUID | None = None
    edition_id: UUID | None = None
    kind: NoticeKind
    words: str
    saying: str | None = None  # the same as a saying (`saying.py`), for other languages; None of notices before mail
    call_id: UUID | None = None
    document_id: UUID | None = None
    cause_id: UUID  # what it tells of: the same cause is told once
    sent_at: datetime
