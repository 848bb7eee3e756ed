"""What the person reads through whom an addressee of a call is reminded."""

from datetime import datetime

from .saying import Instant, Saying, saying

_HEAD = 'A reminder of the call "{title}": it takes inputs until {deadline}.'
_YOURS = saying("The list of answers shows none from your organisation yet.")
_COORDINATED = saying(
    "The list of answers shows none yet from some organisations of the mechanism that you coordinate."
)
_TAIL = saying(
    'Taking part is voluntary: an input is welcome, and "no input this time" is an answer too. An input shared without '
    "attribution is not counted here: if one was sent, nothing more is needed."
)


def words(title: str, closes_at: datetime, zone: str, *, coordinates: bool = False) -> Saying:
    """The reminder: the same for everybody, it names no organisation."""
    head = saying(_HEAD, title=" ".join(title.split()), deadline=Instant(closes_at, zone))
    return saying(
        "{reminder} {answers} {tail}", reminder=head, answers=_COORDINATED if coordinates else _YOURS, tail=_TAIL
    )
