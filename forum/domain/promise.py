"""What people are promised before they hand something in: who will read it.

A promise is kept with the thing it was given for, and may be narrowed afterwards, never widened: not by a later version
of a process, nor by a migration, a clone or a transmission.
"""

from ..errors import AudienceWider
from .contribution import Visibility
from .document import Audience

# From the few to the many.
_CIRCLES = (Audience.TEAM, Audience.PARTICIPANTS, Audience.PUBLIC)
_SENT_AS = {
    Audience.TEAM: Visibility.SECRETARIAT,
    Audience.PARTICIPANTS: Visibility.PARTICIPANTS,
    Audience.PUBLIC: Visibility.PUBLIC,
}


def narrower(audience: Audience, other: Audience) -> Audience:
    """The smaller of two circles of readers."""
    return min(audience, other, key=_CIRCLES.index)


def wider(audience: Audience, other: Audience) -> Audience:
    """The larger of two circles of readers."""
    return max(audience, other, key=_CIRCLES.index)


def of_comments(comments: str, once_closed: str) -> Audience:
    """Who reads a comment that is written now. `comments`: who reads comments, by the process; `once_closed`: who reads
    a text of this kind when it has ended.

    Nobody reads a comment who cannot read its text. That limit is part of what is promised: if the text's own readers
    become more one day, those of its comments do not.
    """
    readers = wider(Audience.PARTICIPANTS, Audience(once_closed))  # while it is circulated the participants read it
    return narrower(Audience(comments), readers)


def need_agreed(audience: Audience, agreed: str | None) -> None:
    """Refuses (AudienceWider) a comment that more people would read than its author agreed to. None: not said."""
    if agreed is not None and wider(audience, Audience(agreed)) != agreed:
        raise AudienceWider(audience=audience, agreed=agreed).at_path("audience")


def as_sent(audience: Audience) -> Visibility:
    """Who reads a text where it arrives: the circle of the receiving forum that answers to the one it was sent from."""
    return _SENT_AS[audience]
