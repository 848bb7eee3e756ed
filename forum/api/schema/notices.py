"""What people are told, and what stands behind it: notices, reminders of a call, more time, permits to hand in late."""

import enum
from datetime import datetime

import strawberry

from ...reading import derived
from ...reading.declare import col, lives, one, sql
from ...reading.visibility import sees_extension, sees_late_permit, sees_notice, sees_reminder
from ...store.tables import schema as t
from .common import Node, value
from .links import CallLink, DocumentLink, EditionLink, OrganisationLink, SilenceLink, TrackLink


@strawberry.enum(description="What a notice tells of.")
class NoticeKind(enum.Enum):
    REMINDER = value("reminder", "A call takes inputs, and the list of answers shows none yet.")
    EXTENSION = value("extension", "A window has more time.")
    PERMIT = value("permit", "Your organisation may hand in after the deadline.")
    ANCHOR_MOVED = value("anchor_moved", "A date of the edition moved, and others with it.")
    SILENCE_STARTED = value("silence_started", "A text lies before your body.")
    SILENCE_ENDED = value("silence_ended", "A silence ended, one way or the other.")
    MIGRATED = value("migrated", "The edition goes on under another version of its process.")


@strawberry.enum(description="Which window was given more time.")
class ExtendedWindow(enum.Enum):
    CALL = value("call", "A call for contributions.")
    CONSULTATION = value("consultation", "The consultation on a text.")
    SILENCE = value("silence", "A silence.")
    STAGE = value("stage", "The planned window of a stage.")


@strawberry.enum(description="How a round of reminders stands.")
class ReminderState(enum.Enum):
    WAITING = value("waiting", "It goes out when it is due.")
    SENT = value("sent", "It went out.")
    DROPPED = value(
        "dropped",
        "It did not go out: the deadline moved, the call was over, reminders were off, or a later round went.",
    )


@strawberry.type(
    description="Something you should know. Notices are read by the person they are for, and by nobody else."
)
@lives(t.notice, ("-sent_at", "-id"), visible=sees_notice)
class Notice(Node):
    kind: NoticeKind = col(description="What it tells of.")
    words: str = col(description="What it says, in plain text; deadlines in their own zone and in UTC.")
    edition: EditionLink | None = one("edition_id", description="The edition it is about.")
    call: CallLink | None = one("call_id", description="The call, where it is about one.")
    document: DocumentLink | None = one("document_id", description="The text, where it is about one that you may see.")
    sent_at: datetime = col(description="When you were told.")


@strawberry.type(description="More time was given to a window: what its end was, what it is, and why. On the record.")
@lives(t.extension, ("made_at", "id"), visible=sees_extension)
class Extension(Node):
    of: ExtendedWindow = col(description="Which kind of window.")
    edition: EditionLink | None = one("edition_id", description="The edition.")
    call: CallLink | None = one("call_id", description="The call, where it is one.")
    document: DocumentLink | None = one("document_id", description="The text, where it is the consultation on one.")
    silence: SilenceLink | None = one("silence_id", description="The silence, where it is one.")
    track: TrackLink | None = one(
        on=lambda row, other: derived.exists_in(t.stage_window, id=row.c.stage_window_id, track_id=other.c.id),
        description="The track of the stage, where it is one.",
    )
    stage: str | None = sql(
        derived.stage_of_window, description="The stage by its name in the process, where it is one."
    )
    was: datetime = col(description="The end before.")
    closes_at: datetime = col(description="The end since then; it may have been extended again.")
    reason: str = col(description="Why.")
    made_at: datetime = col(description="When it was decided.")


@strawberry.type(description="One organisation may hand in after the deadline; seen by it and the secretariat.")
@lives(t.late_permit, ("given_at", "id"), visible=sees_late_permit)
class LatePermit(Node):
    call: CallLink | None = one("call_id", description="The call.")
    organisation: OrganisationLink | None = one("organisation_id", description="Who may.")
    until: datetime = col(description="The first instant that is too late also for it.")
    reason: str = col(description="Why.")
    given_at: datetime = col(description="When it was given.")


@strawberry.type(
    description="A round of reminders of a call, through the focal points and coordinators of addressees whose answer is none "
    "yet. An input shared without attribution changes no answer, so it changes nothing here either."
)
@lives(t.reminder, ("due_at", "id"), visible=sees_reminder)
class Reminder(Node):
    call: CallLink | None = one("call_id", description="The call.")
    due_at: datetime = col(description="When it goes out.")
    state: ReminderState = col(description="How it stands.")
    sent_to: int | None = col(description="How many people it went to; null while it has not gone out.")
