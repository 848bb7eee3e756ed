"""Frozen content and its hashes, to be checked by anybody with nothing but SHA-256.

Exactly this is hashed. *Canonical bytes*: the content's JSON by RFC 8785 (JCS), every text and every key in NFC.
*Seal*: `sha256(salt || canonical bytes)`, the salt 32 random bytes kept beside the content, so that a guess at a short
text cannot be confirmed from its hash. *Leaf*: `sha256(0x00 || canonical bytes)`, RFC 9162 section 2.1.1.
Callers choose what goes in; who wrote a thing never does.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from collections.abc import Mapping
from typing import Any

import rfc8785

from ..errors import InvalidValue

SALT_BYTES = 32
_DEEPEST = 64


def canonical(content: Mapping[str, Any]) -> bytes:
    """The canonical bytes of plain JSON data: text, numbers (whole ones below 2^53), booleans, None, lists, maps.

    Refuses (InvalidValue) all else: times and ids are turned to text by the caller, whose spelling is then part of it.
    """
    try:
        return rfc8785.dumps(_nfc(content, 0))
    except (rfc8785.CanonicalizationError, TypeError, ValueError) as error:
        raise InvalidValue(reason=f"This cannot be frozen: {error}.") from None


def seal(content: Mapping[str, Any], salt: bytes) -> str:
    """The snapshot's hash, 64 hexadecimal digits."""
    if len(salt) != SALT_BYTES:
        raise InvalidValue(reason=f"A snapshot's salt has {SALT_BYTES} bytes, not {len(salt)}.")
    return hashlib.sha256(salt + canonical(content)).hexdigest()


def fits(content: Mapping[str, Any], salt: bytes, sealed: str) -> bool:
    """Whether the content is still the one that was sealed."""
    return hmac.compare_digest(seal(content, salt).encode(), sealed.encode("utf-8", "replace"))


def leaf(content: Mapping[str, Any]) -> bytes:
    """The content's leaf in the history's Merkle tree, 32 bytes."""
    return hashlib.sha256(b"\x00" + canonical(content)).digest()


def _nfc(value: Any, depth: int) -> Any:
    if depth > _DEEPEST:
        raise InvalidValue(reason=f"This cannot be frozen: it is nested deeper than {_DEEPEST} levels.")
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        out = {_key(key): _nfc(below, depth + 1) for key, below in value.items()}
        if len(out) != len(value):
            raise InvalidValue(reason="This cannot be frozen: two names in it are the same text once in NFC.")
        return out
    if isinstance(value, (list, tuple)):
        return [_nfc(below, depth + 1) for below in value]
    if isinstance(value, float) and value.is_integer() and abs(value) >= 2**53:
        # RFC 8785 would write it with digits that readers of JSON take for a whole number they cannot hold.
        raise InvalidValue(reason=f"This cannot be frozen: {value!r} is beyond 2^53. Write it as text.")
    return value


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise InvalidValue(reason=f"This cannot be frozen: the name {key!r} is not text.")
    return unicodedata.normalize("NFC", key)
