"""The link in a letter by which its reader gets no more mail of a forum: sealed, so that it works without a sign-in and
for nothing else (RFC 8058). It does not end: a letter is read years later too."""

from collections.abc import Iterable
from uuid import UUID

from ...domain.sealed import seal, unseal

PATH = "/unsubscribe"
_PURPOSE = "unsubscribe"
_UUID = 16  # bytes
_MOST = 50  # forums in one link


def link(url: str, secret: str, person: UUID, forums: Iterable[UUID]) -> str:
    """The address that ends the mail of these forums to this person."""
    octets = person.bytes + b"".join(forum.bytes for forum in sorted(forums)[:_MOST])
    return f"{url.rstrip('/')}{PATH}?of={seal(secret, _PURPOSE, octets)}"


def read(secret: str, of: str) -> tuple[UUID, tuple[UUID, ...]] | None:
    """The person and the forums of a link's `of`; None where it was not made here."""
    octets = unseal(secret, _PURPOSE, of)
    if octets is None or len(octets) % _UUID or len(octets) < 2 * _UUID:
        return None
    person, *forums = (UUID(bytes=octets[n : n + _UUID]) for n in range(0, len(octets), _UUID))
    return person, tuple(forums)
