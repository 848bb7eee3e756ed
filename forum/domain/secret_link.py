"""Signed links: who holds one may answer one thing, once, until an instant. The link itself is kept nowhere.

A link is the id of what it answers and its last instant, with a code of authentication over both and over the kind of
link (HMAC of RFC 2104 with SHA-256, in base64url of RFC 4648 without padding). It is made anew from the service's
secret whenever it is to be handed over, and proven by the same secret; that it counts once stands with what it answers.
"""

import hashlib
import hmac
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from ..errors import LinkNotGood

_PURPOSE = b"review-forum signed link"  # the secret signs tokens as well: what it signs here is no token
_HEAD = struct.Struct(">16sq")  # id, seconds since 1970
_SIZE = _HEAD.size + hashlib.sha256().digest_size
LENGTH = (_SIZE * 4 + 2) // 3  # characters


class LinkKind(StrEnum):
    """What a link opens. One that opens one kind of thing opens no other."""

    INVITATION = "invitation"


@dataclass(frozen=True)
class Links:
    """Makes signed links and proves them. Without a secret (a worker that hands none out) it does neither."""

    secret: str = field(repr=False)

    def sign(self, kind: LinkKind, id_: UUID, ends_at: datetime) -> str:
        """The link that opens this thing until an instant, which is on a whole second."""
        head = _HEAD.pack(id_.bytes, int(ends_at.timestamp()))
        return urlsafe_b64encode(head + self._code(kind, head)).rstrip(b"=").decode()

    def need_good(self, kind: LinkKind, link: str) -> None:
        """Refuses (LinkNotGood) a link that this service did not make, or made for something else. Compared in constant
        time."""
        octets = _octets(link)
        head, code = octets[: _HEAD.size], octets[_HEAD.size :]
        if not hmac.compare_digest(code, self._code(kind, head)):
            raise LinkNotGood().at_path("link")

    def _code(self, kind: LinkKind, head: bytes) -> bytes:
        if not self.secret:
            raise ValueError("links are signed with the service's secret, and there is none")
        key = hmac.digest(self.secret.encode(), _PURPOSE, "sha256")
        return hmac.digest(key, kind.value.encode() + b"\0" + head, "sha256")


NO_LINKS = Links("")


def answered_by(link: str) -> UUID:
    """The id of what a link answers, whether or not the link is good. Refuses (LinkNotGood) what has not the form."""
    return UUID(bytes=_HEAD.unpack(_octets(link)[: _HEAD.size])[0])


def _octets(link: str) -> bytes:
    """The octets of a link, each link in its one spelling; spaces around it are of whoever copied it."""
    spelt = link.strip()
    try:
        octets = urlsafe_b64decode(spelt + "=" * (-len(spelt) % 4)) if len(spelt) == LENGTH else b""
        good = len(octets) == _SIZE and urlsafe_b64encode(octets).rstrip(b"=").decode() == spelt
    except ValueError:
        good = False
    if not good:
        raise LinkNotGood().at_path("link")
    return octets
