"""Something that one person should know; told once for each cause."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from .enumeration import Words
from .noun import Noun


class NoticeKind(Words):
    """What a notice tells of."""

    REMINDER = "reminder", "A call takes inputs, and the list of answers shows none yet."
    EXTENSION = "extension", "A window has more time."
    PERMIT = "permit", "Your organisation may hand in after the deadline."
    ANCHOR_MOVED = "anchor_moved", "A date of the edition moved, and others with it."
    SILENCE_STARTED = "silence_started", "A text lies before your body."
    SILENCE_ENDED = "silence_ended", "A silence ended, one way or the other."
    MIGRATED = "migrated", "The edition goes on under another version of its process."
    TEMPLATE_PUBLISHED = "template_published", "A newer version is there of the template that your forum adopted."
    MANDATE = "mandate", "A mandate was proposed, given, accepted, declined or ended."
    ADMISSION = "admission", "An organisation asks to be admitted, or was answered."
    SEAT = "seat", "Your organisation takes part in a forum, in another way than before, or no longer."
    AGREEMENT = "agreement", "An agreement between two bodies was proposed, accepted, declined or ended."


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice(Noun):
    """Something a person should know: a reminder, an extension, a date that moved. Read by that person alone."""

    id: UUID
    person_id: UUID
    edition_id: UUID | None = None
    kind: NoticeKind
    words: str
    call_id: UUID | None = None
    document_id: UUID | None = None
    cause_id: UUID  # what it tells of: the same cause is told once
    sent_at: datetime
