"""A provider's public keys (RFC 7517) by name, for tokens that it signed: asked for seldom, kept while it is away."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

from ..problem import Problem
from .signed import LONGEST

if TYPE_CHECKING:
    from .provider import Provider  # authlib and httpx, at the first sign-in at a provider

FRESH_SECONDS = 300.0  # a key that its provider withdrew counts for so long here, while the provider answers
AGAIN_SECONDS = 15.0  # unknown names have the provider asked so seldom, whoever sends them
DOWN_SECONDS = 60.0  # and a provider that gave no answer, so seldom
KEPT_SECONDS = 86_400.0  # known keys count for so long while the provider gives no answer
WAITED_SECONDS = 5.0
MOST_KEYS = 50
SHORTEST_RSA = 2048  # bits: RFC 7518, section 3.3

Key = RSAKey | ECKey


class KeysNotHad(Exception):
    """The provider gives no answer, so nobody can say whether it has a key of this name."""


@dataclass(eq=False)
class ProviderKeys:
    """The keys of one provider. `clock`: counts seconds."""

    provider: "Provider"
    clock: Callable[[], float]
    _keys: Mapping[str, Key] = field(default_factory=dict)
    _had_at: float = float("-inf")
    _not_before: float = float("-inf")  # the provider is not asked earlier
    _down: bool = False
    _line: asyncio.Lock = field(default_factory=asyncio.Lock)

    def knows(self, name: str) -> bool:
        """Whether a token that names this key is checked without asking the provider."""
        return name in self._keys and self.clock() - self._had_at <= FRESH_SECONDS

    async def named(self, name: str) -> Key | None:
        """The key of this name (`kid`); None where the provider has none. Raises KeysNotHad while it gives no answer,
        and the name is of none that is known."""
        if not self.knows(name):
            async with self._line:  # whoever waits here finds what the first was answered
                if not self.knows(name) and self.clock() >= self._not_before:
                    await self._ask()
        if self.clock() - self._had_at > KEPT_SECONDS:
            self._keys = {}
        if self._down and name not in self._keys:
            raise KeysNotHad(self.provider.known.name)
        return self._keys.get(name)

    async def _ask(self) -> None:
        self._not_before, self._down = self.clock() + DOWN_SECONDS, True
        try:
            async with asyncio.timeout(WAITED_SECONDS):
                keys = _usable(await self.provider.keys(anew=True))
        except (Problem, TimeoutError, ValueError):
            return
        self._keys, self._down, self._had_at = keys, False, self.clock()
        self._not_before = self._had_at + AGAIN_SECONDS


def _usable(answered: object) -> dict[str, Key]:
    """The public keys that may sign tokens; others of the set are for something else. Refuses (ValueError) what is no
    set of keys."""
    if not isinstance(answered, dict) or not isinstance(answered.get("keys"), list):
        raise ValueError("no set of keys")
    found = (_key(entry) for entry in answered["keys"][:MOST_KEYS])
    return dict(filter(None, found))


def _key(entry: object) -> tuple[str, Key] | None:
    if not isinstance(entry, dict) or entry.get("use", "sig") != "sig" or "d" in entry:
        return None
    name = entry.get("kid")
    if not isinstance(name, str) or not 0 < len(name) <= LONGEST:
        return None
    try:
        if entry.get("kty") == "EC":
            return name, ECKey.import_key(entry)
        if len(entry["n"]) * 6 < SHORTEST_RSA:  # base64: joserfc would only warn of it
            return None
        key = RSAKey.import_key(entry)
        return (name, key) if key.raw_value.key_size >= SHORTEST_RSA else None
    except (JoseError, ValueError, TypeError, KeyError):
        return None
