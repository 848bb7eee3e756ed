"""A letter: what becomes of it on its way to the relay, and when it is tried again."""

from datetime import datetime, timedelta
from uuid import UUID

from .enumeration import Words

GIVE_UP = timedelta(days=5)  # RFC 5321, 4.5.4.1: at least four to five days
_FIRST, _CEILING = timedelta(seconds=30), timedelta(hours=1)


class LetterState(Words):
    """Where a letter is."""

    WAITING = "waiting", "It waits for the relay."
    SENT = "sent", "The relay took it."
    FAILED = "failed", "It was refused for good, or nobody took it for five days."
    DROPPED = "dropped", "There was nothing left to tell, or nobody to tell it to."


def again_after(tries: int) -> timedelta:
    """How long a letter waits that was put off so many times: doubles from half a minute up to an hour."""
    return min(_FIRST * (1 << min(max(tries - 1, 0), 10)), _CEILING)


def given_up(due_at: datetime, now: datetime) -> bool:
    """Whether a letter has been tried for long enough."""
    return now - due_at >= GIVE_UP


def message_id(letter: UUID, domain: str) -> str:
    """The Message-ID (RFC 5322, 3.6.4): the same each time, so that a mailbox folds what was sent again."""
    return f"<{letter}@{domain}>"


def letter_of(message_id: str, domain: str) -> UUID | None:
    """The letter of a Message-ID; None of one that this service did not write."""
    name, _, at = message_id.strip().removeprefix("<").removesuffix(">").partition("@")
    try:
        letter = UUID(name)
    except ValueError:
        return None
    return letter if at.lower() == domain.lower() and name == str(letter) else None
