"""The no-objection procedure: a text stands unless a member of the body asked objects before an instant."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from ..errors import InvalidValue
from ..refusal import phrased
from .enumeration import Words, word_of
from .noun import Noun, need_state
from .text import filled


class SilenceState(Words):
    """How a silence procedure stands."""

    RUNNING = "running", "The clock runs."
    PASSED = "passed", "Nobody objected before the clock ended."
    BROKEN = "broken", "Somebody objected."


class ObjectionAnswer(Words):
    """What the drafters did about an objection."""

    TAKEN_UP = "taken_up", "The text was changed as was asked."
    TAKEN_UP_IN_PART = "taken_up_in_part", "The text was changed in part."
    WITHDRAWN = "withdrawn", "Whoever objected no longer does."
    EXPLAINED = "explained", "The text stays; the answer says why."


@dataclass(frozen=True, kw_only=True, slots=True)
class Silence(Noun):
    """One round of a no-objection procedure: a frozen revision before a body, until an instant. `remind_at`: when those
    who may still object are reminded of it; None where nobody is, or they were."""

    id: UUID
    document_id: UUID
    revision_id: UUID
    body_id: UUID
    state: SilenceState = SilenceState.RUNNING
    round: int = 1
    hours: int
    starts_at: datetime
    ends_at: datetime
    closed_at: datetime | None = None
    words: str | None = None
    remind_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Objection(Noun):
    """What breaks a silence, and how it was answered."""

    id: UUID
    silence_id: UUID
    paragraph_id: UUID | None = None
    organisation_id: UUID
    reason: str
    proposed_text: str | None = None
    broken_at: datetime
    answer: str | None = None
    answer_kind: ObjectionAnswer | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Reservation(Noun):
    """A member lets the text pass and says with which paragraph it cannot go along: printed as the process says.

    Placed anew, or taken back, the earlier one stays on the record with the instant from which it no longer stands.
    """

    id: UUID
    silence_id: UUID
    paragraph_id: UUID | None = None
    organisation_id: UUID
    words: str
    placed_at: datetime
    withdrawn_at: datetime | None = None
    published: bool = False  # the text passed, and the process prints reservations: its readers read this one


MOST_HOURS = 2_000


# ---- rules
def need_hours(hours: int, least: timedelta | None) -> int:
    """How long a silence lasts. Refuses (InvalidValue) hours outside 1 to 2,000 or below the forum's minimum."""
    if not 1 <= hours <= MOST_HOURS:
        raise InvalidValue(
            reason=phrased(
                "A silence lasts from 1 to {most_hours:,} hours, not {hours}.", most_hours=MOST_HOURS, hours=hours
            )
        ).at_path("hours")
    if least is not None and timedelta(hours=hours) < least:
        too_short = phrased(
            "In this forum a silence lasts at least {least} hours, not {hours}.",
            least=_whole_hours(least),
            hours=hours,
        )
        raise InvalidValue(reason=too_short).at_path("hours")
    return hours


def need_running(act: str, silence: Silence) -> None:
    """Refuses (WrongState) a silence that has ended."""
    need_state(act, silence.state, SilenceState.RUNNING)


def need_broken(silence: Silence) -> None:
    """Refuses (WrongState) a silence that was not broken or whose clock still runs: no objection is answered yet."""
    need_state("answer_objection", silence.state, SilenceState.BROKEN)


def is_due(silence: Silence, now: datetime) -> bool:
    """Whether it is for the clock to end it: it runs, and its instant has come."""
    return silence.state == SilenceState.RUNNING and silence.ends_at <= now


def reminds_at(ends_at: datetime, hours: int, now: datetime) -> datetime | None:
    """When people are reminded that a silence ends: so many hours before. None where that instant has come (those who
    are told now that it begins, or that it has more time, need no reminder beside), and for 0 hours."""
    at = ends_at - timedelta(hours=hours)
    return at if hours and at > now else None


def is_to_remind(silence: Silence, now: datetime) -> bool:
    """Whether it is for the clock to remind: it runs, the instant for it has come, and that of its end has not."""
    runs = silence.state == SilenceState.RUNNING and now < silence.ends_at
    return runs and silence.remind_at is not None and silence.remind_at <= now


def hours_of(silence: Silence) -> int:
    """How long it lasts by now, in whole hours: an extension counts."""
    return _whole_hours(silence.ends_at - silence.starts_at)


def _whole_hours(length: timedelta) -> int:
    """A length in hours, rounded up."""
    return -(-int(length.total_seconds()) // 3600)


# ---- transitions: the noun as it is afterwards, or a refusal
def end_passed(silence: Silence, words: str) -> Silence:
    """Nobody objected: passed as of its instant, with the words that stand on paper. Refuses (WrongState) one that has
    ended."""
    need_running("close_silence", silence)
    return replace(silence, state=SilenceState.PASSED, closed_at=silence.ends_at, words=words)


def end_broken(silence: Silence) -> Silence:
    """Somebody objected: broken as of its instant. Refuses (WrongState) one that has ended."""
    need_running("close_silence", silence)
    return replace(silence, state=SilenceState.BROKEN, closed_at=silence.ends_at)


def reminded(silence: Silence) -> Silence:
    """People were reminded of its end; not again, unless it gets another."""
    return replace(silence, remind_at=None)


def answer(objection: Objection, kind: str, text: str, now: datetime) -> Objection:
    """Answered, in place of an answer it had. Refuses (WordNotAllowed) an unknown kind, (InvalidValue) an empty
    text."""
    known = word_of(ObjectionAnswer, kind, "kind")
    return replace(objection, answer=filled(text, "text"), answer_kind=known, answered_at=now)


def take_back(reservation: Reservation, now: datetime) -> Reservation:
    """It no longer stands from `now` on; it stays on the record."""
    return replace(reservation, withdrawn_at=now)
