"""A request for contributions: what is asked, of whom, until when, and what hangs on its deadline."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from .enumeration import Words
from .noun import Noun, need_state


class CallState(Words):
    """Whether a call takes contributions."""

    OPEN = "open", "It has not been closed; its window says whether it takes contributions now."
    CLOSED = "closed", "Its deadline has passed."
    WITHDRAWN = "withdrawn", "It was taken back with a reason: nothing is handed in to it."


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


# ---- rules: what the clock may do with a call, and when
def taken_until(call: Call) -> datetime:
    """The instant at which a call closes: its deadline, or the end of its grace where it has one."""
    return call.late_until or call.closes_at


def may_open(call: Call, now: datetime) -> bool:
    """Whether the clock opens it: it is neither open nor closed yet, and its instant has come."""
    return call.state == CallState.OPEN and call.opened_at is None and call.opens_at <= now


def may_close(call: Call, now: datetime) -> bool:
    """Whether the clock closes it: it is not closed yet, and its deadline, with its grace, has come."""
    return call.state == CallState.OPEN and taken_until(call) <= now


def may_remind(call: Call, now: datetime) -> bool:
    """Whether its addressees are reminded: it takes contributions that are not late, and reminders are on."""
    return call.state == CallState.OPEN and now < call.closes_at and call.reminders


def is_due(reminder: Reminder, now: datetime) -> bool:
    """Whether a round waits and its instant has come."""
    return reminder.state == ReminderState.WAITING and reminder.due_at <= now


# ---- transitions: the call or its round as it is afterwards, or a refusal
def move_deadline(call: Call, closes_at: datetime) -> Call:
    """With another deadline; its grace, where it has one, stays as long as it was."""
    grace = call.late_until and call.late_until + (closes_at - call.closes_at)
    return replace(call, closes_at=closes_at, late_until=grace)


def switch_reminders(call: Call, remind: bool) -> Call:
    """With reminders on or off. Refuses (WrongState) a closed call."""
    need_state("switch_reminders", call.state, CallState.OPEN)
    return replace(call, reminders=remind)


def withdraw(call: Call, now: datetime) -> Call:
    """Taken back: nothing is handed in to it, and nobody is reminded of it. Refuses (WrongState) one that is closed or
    was taken back before."""
    need_state("withdraw_call", call.state, CallState.OPEN)
    return replace(call, state=CallState.WITHDRAWN, closed_at=now, reminders=False)


def send(reminder: Reminder, people: int) -> Reminder:
    """A round that went out to so many people."""
    return replace(reminder, state=ReminderState.SENT, sent_to=people)


def drop(reminder: Reminder) -> Reminder:
    """A round that does not go out."""
    return replace(reminder, state=ReminderState.DROPPED)
