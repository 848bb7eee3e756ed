"""Octets that travel in an address of ours and come back as they were: sealed with a code of authentication (HMAC of
RFC 2104 with SHA-256), written in base64url of RFC 4648 without padding.

The key is derived from the service's secret for one purpose (as NIST SP 800-108 does with HMAC): that secret signs
tokens as well, and what is sealed for one purpose is nothing for another.
"""

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode

_LABEL = b"review-forum link\0"
_CODE = hashlib.sha256().digest_size


def seal(secret: str, purpose: str, octets: bytes) -> str:
    """The octets and their code, in printable characters."""
    return urlsafe_b64encode(octets + _code(secret, purpose, octets)).rstrip(b"=").decode()


def unseal(secret: str, purpose: str, sealed: str) -> bytes | None:
    """The octets that were sealed with this secret for this purpose; None for every other text. Compared in constant
    time."""
    octets = held_in(sealed)
    if octets is None:
        return None
    good = hmac.compare_digest(_octets(sealed)[-_CODE:], _code(secret, purpose, octets))
    return octets if good else None


def held_in(sealed: str) -> bytes | None:
    """The octets in it, whether or not the code is good; None for what is not written so, each in its one spelling."""
    try:
        octets = _octets(sealed)
        good = len(octets) > _CODE and urlsafe_b64encode(octets).rstrip(b"=").decode() == sealed
    except ValueError:
        good = False
    return octets[:-_CODE] if good else None


def characters(octets: int) -> int:
    """How long so many octets are once they are sealed."""
    return ((octets + _CODE) * 4 + 2) // 3


def _octets(sealed: str) -> bytes:
    return urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))


def _code(secret: str, purpose: str, octets: bytes) -> bytes:
    if not secret:
        raise ValueError("links are sealed with the service's secret, and there is none")
    key = hmac.digest(secret.encode(), _LABEL + purpose.encode(), "sha256")
    return hmac.digest(key, octets, "sha256")
