"""Definitions travel between services as signed files: a JWS in compact form (RFC 7515) with Ed25519 (RFC 9864).

What is signed is JSON: the format's name, the definition's name, version, sha256 and text. Whoever imports the file
says whose key is trusted; nothing in the file decides that. Keys are JWK (RFC 7517); the header's `kid` is the key's
thumbprint (RFC 7638).
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from joserfc import jws
from joserfc.errors import BadSignatureError, JoseError
from joserfc.jwk import OKPKey

from .errors import FileRefused

FORMAT = "review-forum/process/1"
TYPE = "review-forum-process+jws"
ALGORITHM = "Ed25519"
LARGEST = 2_500_000  # bytes of a signed file: a text of 500,000 characters, escaped and then a third longer
LARGEST_KEY = 4_096


@dataclass(frozen=True)
class Signed:
    """A definition that came with a signature that was found good; `key` is the thumbprint of the key that made it."""

    name: str
    version: str
    hash: str
    text: str
    key: str


def new_key() -> tuple[str, str]:
    """A fresh key as JSON: the private one to sign with, and the public one to hand out."""
    key = OKPKey.generate_key("Ed25519")
    return _written(key, private=True), _written(key, private=False)


def sign(name: str, version: str, text: str, private: bytes) -> bytes:
    """The signed file. Refuses (FileRefused) a key that is not a private Ed25519 key, and a text that is too large."""
    key = _key(private)
    if not key.is_private:
        raise FileRefused(reason="This is a public key. Sign with the private one, from forum workflow key.")
    content = {"format": FORMAT, "name": name, "version": version, "hash": _hash(text), "text": text}
    header = {"alg": ALGORITHM, "typ": TYPE, "kid": key.thumbprint()}
    payload = json.dumps(content, ensure_ascii=False, sort_keys=True).encode()
    signed = jws.serialize_compact(header, payload, key, algorithms=[ALGORITHM]).encode() + b"\n"
    if len(signed) > LARGEST:
        raise FileRefused(
            reason=f"The signed file would be larger than {LARGEST:,} bytes, and nobody could take it in."
        )
    return signed


def verified(content: bytes, trusted: list[bytes]) -> Signed:
    """The definition in a signed file. Refuses (FileRefused) what is too large, not signed, signed in another way, by a
    key that is not among those trusted, altered, or of another format."""
    if len(content) > LARGEST:
        raise FileRefused(reason=f"The file is larger than {LARGEST:,} bytes. No definition is.")
    value = content.strip()
    header = _header(value)
    for key in (_key(public) for public in trusted):
        if header.get("kid") == key.thumbprint():
            return _opened(value, key)
    raise FileRefused(
        reason="It is signed by a key that you did not name. "
        "Ask its sender for the public key, and give it with --trust."
    )


def _header(value: bytes) -> dict[str, Any]:
    try:
        header = jws.extract_compact(value).headers()
    except (JoseError, ValueError):
        raise FileRefused(reason="This is not a signed definition. forum workflow export makes one.") from None
    if header.get("alg") != ALGORITHM or header.get("typ") != TYPE:
        named = str(header.get("alg"))[:20]
        raise FileRefused(
            reason=f"It is signed in another way ({named}); definitions are signed with {ALGORITHM} and nothing else."
        )
    return header


def _opened(value: bytes, key: OKPKey) -> Signed:
    try:
        payload = jws.deserialize_compact(value, key, algorithms=[ALGORITHM]).payload
    except BadSignatureError:
        raise FileRefused(
            reason="The signature does not fit: the file was altered after it was signed. Ask for it again."
        ) from None
    except JoseError:
        raise FileRefused(reason="The signature cannot be checked. Ask for the file again.") from None
    try:
        content = json.loads(payload)
        signed = Signed(content["name"], content["version"], content["hash"], content["text"], key.thumbprint())
        if content["format"] != FORMAT or not all(
            isinstance(part, str) for part in (signed.name, signed.version, signed.hash, signed.text)
        ):
            raise ValueError(content["format"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise FileRefused(
            reason=f"The signature is good, and what it signs is no definition of the format {FORMAT}."
        ) from None
    if _hash(signed.text) != signed.hash:
        raise FileRefused(reason="The hash in the file is not that of its text. Ask for it again.")
    return signed


def _key(content: bytes) -> OKPKey:
    if len(content) > LARGEST_KEY:
        raise FileRefused(reason="This is no key: it is too large.")
    try:
        known = json.loads(content)
        key = OKPKey.import_key(known)
    except (JoseError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise FileRefused(reason="This is no key. forum workflow key makes one, as a JWK.") from None
    if key.as_dict(private=False).get("crv") != ALGORITHM:
        raise FileRefused(reason=f"This is a key of another kind; definitions are signed with {ALGORITHM}.")
    return key


def _written(key: OKPKey, *, private: bool) -> str:
    return json.dumps(
        {**key.as_dict(private=private), "alg": ALGORITHM, "use": "sig", "kid": key.thumbprint()}, sort_keys=True
    )


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
