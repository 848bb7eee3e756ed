"""The link in a letter by which its reader gets no more mail of a forum: signed, so that it works without a sign-in and
for nothing else (RFC 8058). It does not end: a letter is read years later too."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable
from uuid import UUID

PATH = "/unsubscribe"
_PURPOSE = b"unsubscribe"  # a signature of another purpose never fits
_UUID = 16  # bytes
_MOST = 50  # forums in one link


def link(url: str, secret: str, person: UUID, forums: Iterable[UUID]) -> str:
    """The address that ends the mail of these forums to this person."""
    body = person.bytes + b"".join(forum.bytes for forum in sorted(forums)[:_MOST])
    return f"{url.rstrip('/')}{PATH}?of={_written(body)}.{_written(_signature(secret, body))}"


def read(secret: str, of: str) -> tuple[UUID, tuple[UUID, ...]] | None:
    """The person and the forums of a link's `of`; None where it was not signed here."""
    first, _, second = of.partition(".")
    try:
        body, signature = _bytes(first), _bytes(second)
    except (binascii.Error, ValueError):
        return None
    if not hmac.compare_digest(_signature(secret, body), signature) or len(body) % _UUID or len(body) < 2 * _UUID:
        return None
    person, *forums = (UUID(bytes=body[n : n + _UUID]) for n in range(0, len(body), _UUID))
    return person, tuple(forums)


def _signature(secret: str, body: bytes) -> bytes:
    return hmac.digest(secret.encode(), _PURPOSE + b"\0" + body, hashlib.sha256)


def _written(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _bytes(written: str) -> bytes:
    return base64.urlsafe_b64decode(written.encode("ascii") + b"=" * (-len(written) % 4))
