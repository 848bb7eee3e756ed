"""Access tokens that a provider issues to portals (RFC 9068), for a portal itself or for somebody who signed in there.

Whom one speaks for is in the accounts that are linked here, as of a sign-in with a browser; what they may do, in their
mandates. Which account an issuer and a subject name is remembered by each process; whether it is still linked is asked
with each request, in the statement that finds who asks (`store/people.py`).
"""

import logging
import time
from base64 import urlsafe_b64decode
from collections import OrderedDict
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson
from joserfc import jwt
from joserfc.errors import JoseError

from ...store import accounts
from ..http.identity import BadToken, Caller, check_form, checked_claims, word
from ..http.rates import Spenders
from ..problem import account_not_linked, token_not_checked
from ..schema.context import POOL_SECONDS
from .keys import KeysNotHad, ProviderKeys
from .known import Known
from .signed import ALGORITHMS

if TYPE_CHECKING:
    from .provider import Provider  # authlib and httpx, at the first sign-in at a provider

log = logging.getLogger("forum.api")

TYPES = ("at+jwt", "application/at+jwt")  # RFC 9068, section 4: no other kind of token counts, an ID token least
LONGEST_TOKEN = 8192  # characters: a provider may put much into it that nobody here reads
LONGEST_LIFE = 24 * 3600  # seconds
REMEMBERED = 10_000  # accounts that a process knows
_Named = tuple[str, str, bool]  # issuer, subject, of a client


@dataclass(eq=False)
class AccessTokens:
    """The providers whose access tokens are taken, by issuer. `spend` takes points of the sender's for what is asked
    before anybody is known; `ended`: ids of accounts that were linked once. `now`: real time, in seconds since 1970."""

    sources: Mapping[str, ProviderKeys]
    pool: Any
    spend: Callable[[Spenders, int], object]
    ended: Container[UUID]
    now: Callable[[], float] = time.time
    _known: OrderedDict[_Named, tuple[UUID, str]] = field(default_factory=OrderedDict)

    async def caller(self, token: str, address: str) -> Caller | None:
        """For whom a token speaks; None where it says to be of none of these providers. `address`: who sends it.
        Raises BadToken, and refuses (ACCOUNT_NOT_LINKED, 401) one of somebody whom nobody linked, (TOKEN_NOT_CHECKED,
        401) one that cannot be checked while its provider gives no answer."""
        source = self.sources.get(_issuer(token)) if self.sources else None
        if source is None:
            return None
        known = source.provider.known
        try:
            claims = await self._signed(source, token, address)
            client, named = _whom(known, claims, self.now())
        except BadToken as bad:
            log.info("access token of %s refused: %s", known.name, bad.reason)  # its sender is not told which it was
            raise
        account, subject = await self._account(named, address)
        return Caller(subject, f"{known.name}/{client}", account=account)

    async def _signed(self, source: ProviderKeys, token: str, address: str) -> Mapping[str, object]:
        """What the token says, once its provider's signature was found good."""
        header = _header(token)
        if not source.knows(header.key):
            self.spend((("address", address),), 0)
        try:
            key = await source.named(header.key)
        except KeysNotHad:
            raise token_not_checked() from None
        if key is None:
            raise BadToken("unknown key")
        try:
            return jwt.decode(token, key, algorithms=[header.algorithm]).claims
        except (JoseError, ValueError, TypeError, KeyError, RecursionError) as error:
            raise BadToken(f"unreadable or unsigned ({type(error).__name__})") from None

    async def _account(self, named: _Named, address: str) -> tuple[UUID, str]:
        """The account that is linked, and its person's subject here."""
        found = self._known.get(named)
        if found is not None and found[0] not in self.ended:
            return found
        self.spend((("address", address),), 0)
        async with self.pool.acquire(timeout=POOL_SECONDS) as connection:
            found = await accounts.find(connection, named[0], named[1], of_client=named[2])
        if found is None:
            raise account_not_linked()
        self._known[named] = found
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return found


def sources(providers: Iterable["Provider"], clock: Callable[[], float] = time.monotonic) -> dict[str, ProviderKeys]:
    """The providers whose access tokens the operator takes, with their keys, by issuer. `clock`: counts seconds."""
    return {each.known.issuer: ProviderKeys(each, clock) for each in providers if each.known.portals}


@dataclass(frozen=True)
class _Header:
    algorithm: str
    key: str


def _header(token: str) -> _Header:
    """The algorithm and the key that a token names. Keys come from the provider alone: whatever else the header brings
    (jwk, jku, x5u) is not read, and what would have to be understood (crit) is not taken."""
    header = _part(token, 0)
    algorithm, key, kind = header.get("alg"), header.get("kid"), header.get("typ")
    if not isinstance(kind, str) or kind.lower() not in TYPES:
        raise BadToken("typ")
    if not isinstance(algorithm, str) or algorithm not in ALGORITHMS:
        raise BadToken("alg")
    if not isinstance(key, str) or "crit" in header or "b64" in header:
        raise BadToken("header")
    return _Header(algorithm, key)


def _whom(known: Known, claims: Mapping[str, object], now: float) -> tuple[str, _Named]:
    """The portal's client id, and the account that the token speaks for: the portal's own where it names nobody else
    (RFC 9068, section 2.2: its `sub` is the client's then)."""
    checked = checked_claims(claims, now, issuer=known.issuer, audience=known.audience, longest=LONGEST_LIFE)
    if checked.client not in known.portals:
        raise BadToken("client")
    if "cnf" in claims:  # RFC 9449, RFC 8705: bound to a key that a bearer need not have
        raise BadToken("bound to a key")
    if checked.subject == checked.client:
        return checked.client, (known.issuer, checked.client, True)
    return checked.client, (known.issuer, word(claims, known.person), False)


def _issuer(token: str) -> str:
    """Who says to have issued it; nobody has checked that yet."""
    try:
        issuer = _part(token, 1).get("iss")
    except BadToken:
        return ""
    return issuer if isinstance(issuer, str) else ""


def _part(token: str, place: int) -> dict[str, object]:
    check_form(token, LONGEST_TOKEN)
    part = token.split(".")[place]
    try:
        found = orjson.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except ValueError:
        raise BadToken("form") from None
    if not isinstance(found, dict):
        raise BadToken("form")
    return found
