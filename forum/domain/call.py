"""A request for contributions: what is asked, of whom, until when, and what hangs on its deadline."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from .enumeration import Words
from .noun import Noun


class CallState(Words):
    """Whether a call takes contributions."""

    OPEN = "open", "It has not been closed; its window says whether it takes contributions now."
    CLOSED = "closed", "Its deadline has passed."


class LengthUnit(Words):
    """In what a length is counted."""

    WORDS = "words", "Words of the plain text."
    CHARACTERS = "characters", "Characters of the plain text; Chinese is counted so."


class Answer(Words):
    """What an addressee answered."""

    NONE_YET = "none_yet", "Has not answered yet."
    SENT = "sent", "Has sent a contribution."
    NO_INPUT_THIS_TIME = "no_input_this_time", "Sends none this time, and is reminded no more."


class ReminderState(Words):
    """How a round of reminders stands."""

    WAITING = "waiting", "It goes out when it is due."
    SENT = "sent", "It went out."
    DROPPED = (
        "dropped",
        "It did not go out: the deadline moved, the call was over, reminders were off, or a later round went.",
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Call(Noun):
    """A request for contributions with its window and its grace."""

    id: UUID
    track_id: UUID
    edition_id: UUID
    forum_id: UUID
    title: str
    text: str
    state: CallState = CallState.OPEN
    opens_at: datetime
    closes_at: datetime
    zone: str
    languages: tuple[str, ...] = ()
    late_until: datetime | None = None  # the end of the grace: until then an input is taken and marked late; null: none
    reminders: bool = True
    opened_at: datetime | None = None  # when the clock opened it; null while that is ahead
    closed_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CallSection(Noun):
    """One question of a call, with the lengths it takes."""

    id: UUID
    call_id: UUID
    ordinal: int
    code: str
    prompt: str
    min_length: int
    max_length: int
    unit: LengthUnit
    required: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Addressee(Noun):
    """An organisation that was asked, and its answer."""

    id: UUID
    call_id: UUID
    organisation_id: UUID
    answer: Answer = Answer.NONE_YET
    reason: str | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Reminder(Noun):
    """One round of reminders of a call: to those who have neither answered nor declined by then."""

    id: UUID
    call_id: UUID
    due_at: datetime
    state: ReminderState = ReminderState.WAITING
    sent_to: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class LatePermit(Noun):
    """One organisation may hand in after the deadline, until an instant."""

    id: UUID
    call_id: UUID
    organisation_id: UUID
    until: datetime
    reason: str
    given_at: datetime
