"""Signed links: who holds one may answer one thing, once, until an instant. The link itself is kept nowhere.

A link is the id of what it answers and its last instant, sealed (`sealed.py`) for its kind. It is made anew from the
service's secret whenever it is to be handed over, and proven by the same secret; that it counts once stands with what
it answers.
"""

import struct
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from ..errors import LinkNotGood
from .sealed import characters, held_in, seal, unseal

_HEAD = struct.Struct(">16sq")  # id, seconds since 1970
LENGTH = characters(_HEAD.size)


class LinkKind(StrEnum):
    """What a link opens. One that opens one kind of thing opens no other."""

    INVITATION = "invitation"


@dataclass(frozen=True)
class Links:
    """Makes signed links and proves them. Without a secret (a service that hands none out) it does neither."""

    secret: str = field(repr=False)

    def sign(self, kind: LinkKind, id_: UUID, ends_at: datetime) -> str:
        """The link that opens this thing until an instant, which is on a whole second."""
        return seal(self.secret, kind.value, _HEAD.pack(id_.bytes, int(ends_at.timestamp())))

    def need_good(self, kind: LinkKind, link: str) -> None:
        """Refuses (LinkNotGood) a link that this service did not make, or made for something else."""
        if len(link.strip()) != LENGTH or unseal(self.secret, kind.value, link.strip()) is None:
            raise LinkNotGood().at_path("link")


NO_LINKS = Links("")


def answered_by(link: str) -> UUID:
    """The id of what a link answers, whether or not the link is good; spaces around it are of whoever copied it.
    Refuses (LinkNotGood) what has not the form."""
    head = held_in(link.strip()) if len(link.strip()) == LENGTH else None
    if head is None:
        raise LinkNotGood().at_path("link")
    return UUID(bytes=_HEAD.unpack(head)[0])
