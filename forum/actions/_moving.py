"""What the deeds that move dates share: an instant that may be taken, a reason as a sentence."""

from datetime import datetime

from ..errors import InvalidValue
from ..times import aware

LAST_YEAR = 2200  # as everywhere where dates are read: beyond it a zone's rules are guesses


def ahead(when: datetime) -> datetime:
    """The instant. Refuses (NaiveTime) one without a zone, and (InvalidValue) one beyond the calendar of this service."""
    if aware(when).year > LAST_YEAR:
        raise InvalidValue(reason=f"This instant lies after the year {LAST_YEAR}.")
    return when


def sentence(words: str) -> str:
    """Words that somebody gave as a reason, with a full stop."""
    said = " ".join(words.split())
    return said if said.endswith((".", "!", "?", "。")) else f"{said}."
