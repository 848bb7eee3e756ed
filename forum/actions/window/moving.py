"""What the deeds that move dates share: an instant that may be taken, a reason as a sentence."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ...errors import InvalidValue
from ...times import aware, spoken

LAST_YEAR = 2200  # as everywhere where dates are read: beyond it a zone's rules are guesses


def ahead(when: datetime) -> datetime:
    """The instant. Refuses (NaiveTime) one without a zone, and (InvalidValue) one beyond the calendar of this service."""
    if aware(when).year > LAST_YEAR:
        raise InvalidValue(reason=f"This instant lies after the year {LAST_YEAR}.")
    return when


def within(when: datetime, edition: Mapping[str, Any] | None, *path: str) -> None:
    """Refuses (InvalidValue) an instant after the edition has ended: nothing is done in it then."""
    ends_at = None if edition is None else edition["ends_at"]
    if ends_at is not None and when > ends_at:
        reason = f"The edition ends at {spoken(ends_at, edition['zone'] if edition else 'UTC')}, and nothing is done in it afterwards."
        raise InvalidValue(
            reason=f"{reason} Name an earlier instant, or move the anchor on which its end hangs."
        ).at_path(*path)


def sentence(words: str) -> str:
    """Words that somebody gave as a reason, with a full stop."""
    said = " ".join(words.split())
    return said if said.endswith((".", "!", "?", "。")) else f"{said}."
