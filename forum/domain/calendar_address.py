"""The address at which calendar programs read a person's own dates. It holds a secret, of which a hash is kept."""

import hashlib
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from .noun import Noun

PATH = "/calendar/own/{secret}.ics"
OCTETS = 32  # of a secret: nobody finds one by trying
_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarAddress(Noun):
    """A person's address, found by the SHA-256 of its secret. `since`: from when this secret counts."""

    id: UUID
    person_id: UUID
    hash: bytes
    since: datetime


def path_of(secret: bytes) -> str:
    """The path of the address that holds this secret, in base64url without padding (RFC 4648)."""
    return PATH.format(secret=urlsafe_b64encode(secret).rstrip(b"=").decode())


def hash_of(secret: bytes) -> bytes:
    """What is kept of a secret. It has 256 random bits: a slow hash would protect nothing more."""
    return hashlib.sha256(secret).digest()


def secret_of(written: str) -> bytes | None:
    """The secret as an address has it; None of what is none, or another spelling of one."""
    if not _SECRET.fullmatch(written):
        return None
    secret = urlsafe_b64decode(f"{written}=")
    return secret if urlsafe_b64encode(secret).decode() == f"{written}=" else None
