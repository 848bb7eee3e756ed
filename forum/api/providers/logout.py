"""A provider says that somebody has signed out there (OpenID Connect Back-Channel Logout 1.0)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from ..problem import Problem
from .signed import ALGORITHMS, LEEWAY, LONGEST

if TYPE_CHECKING:
    from .provider import Provider  # authlib and httpx, at the first sign-in at a provider

EVENT = "http://schemas.openid.net/event/backchannel-logout"
LONGEST_TOKEN = 8192
TAKEN_SECONDS = 300  # a logout token is taken for so long after it was issued, whatever it says of its end


async def checked(provider: "Provider", token: str, now: float) -> tuple[str, str | None, str | None]:
    """The `jti`, the name of the person and the session of a logout token, by section 2.6. `now`: real time, in seconds
    since 1970. Refuses (BAD_LOGOUT_TOKEN) every other string, and (PROVIDER_DOWN) while its keys cannot be had."""
    if len(token) > LONGEST_TOKEN or token.count(".") != 2:
        raise bad_logout_token("form")
    try:
        claims = await _signed(provider, token)
    except (JoseError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise bad_logout_token(type(error).__name__) from None
    audience = claims.get("aud")
    if claims.get("iss") != provider.known.issuer:
        raise bad_logout_token("issuer")
    if provider.known.client_id not in (audience if isinstance(audience, list) else [audience]):
        raise bad_logout_token("audience")
    issued, expires = claims.get("iat"), claims.get("exp", now)
    if type(issued) is not int or not isinstance(expires, int | float):
        raise bad_logout_token("times")
    if not now - TAKEN_SECONDS <= issued <= now + LEEWAY or expires < now - LEEWAY:
        raise bad_logout_token("times")
    events = claims.get("events")
    if not isinstance(events, dict) or not isinstance(events.get(EVENT), dict) or "nonce" in claims:
        raise bad_logout_token("events")
    jti, session = _word(claims, "jti"), _word(claims, "sid")
    # Where people are named by another claim than `sub`, only the session tells who it is.
    subject = _word(claims, "sub") if provider.known.person == "sub" else None
    if jti is None or (subject is None and session is None):
        raise bad_logout_token("nobody")
    return jti, subject, session


async def _signed(provider: "Provider", token: str) -> Mapping[str, Any]:
    try:
        decoded = jwt.decode(token, KeySet.import_key_set(await provider.keys()), algorithms=list(ALGORITHMS))
    except InvalidKeyIdError:
        anew = await provider.keys(anew=True)
        decoded = jwt.decode(token, KeySet.import_key_set(anew), algorithms=list(ALGORITHMS))
    if str(decoded.header.get("typ", "logout+jwt")).lower() not in ("logout+jwt", "application/logout+jwt", "jwt"):
        raise ValueError("typ")
    return decoded.claims


def bad_logout_token(why: str) -> Problem:
    """BAD_LOGOUT_TOKEN: what was sent is no logout token of this provider for this service."""
    return Problem("BAD_LOGOUT_TOKEN", f"This is no logout token that is taken here ({why}).", status=400)


def _word(claims: Mapping[str, Any], name: str) -> str | None:
    value = claims.get(name)
    return value if isinstance(value, str) and 0 < len(value) <= LONGEST else None
