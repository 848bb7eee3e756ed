"""Who is asking: bearer tokens that the service signs and checks itself, and how their claims become a caller. People
with a browser are found by their cookie (`sign_ins.py`).

A token is a JWT access token by RFC 9068 (`typ` at+jwt, `iss`, `aud`, `sub`, `client_id`, `exp`, `iat`, `jti`), signed
with HS256 and the service's own secret. Those that a provider signs are read in `providers/access_tokens.py`.
Times are real time in seconds since 1970, passed in by whoever calls: tokens do not follow the forum's own clock.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from uuid import UUID, uuid4

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from ...domain.account import Proven
from ...domain.contact import Language
from ...domain.invitation import new_subject
from ...errors import Misconfigured
from ...store.people import TokenEnded

ISSUER = "review-forum"
AUDIENCE = "review-forum"
TYPE = "at+jwt"
ALGORITHM = "HS256"
SKEW = 30  # seconds that two clocks may differ
LONGEST_TOKEN = 4096  # bytes
LONGEST_LIFE = 31 * 24 * 3600  # seconds; longer ones are not issued, and not taken
KEPT = 4096  # tokens whose signature is known to be good
SHORTEST_SECRET = 32  # bytes: RFC 7518, section 3.2


class BadToken(Exception):
    """A token that is not accepted. `reason` is for the log; the client is told the same sentence whatever it is."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Claims:
    """What a verified token says. Times in seconds since 1970."""

    subject: str
    issued_at: int
    expires_at: int
    token_id: str
    client: str = ""


@dataclass(frozen=True)
class Caller:
    """Who asks: a person's subject, or nobody in particular (`subject` None); the client that the token names; the id
    under which the token is on the service's list, None of one that somebody else issued; the id of the sign-in, where
    it is a browser's cookie that names the person; the account, where a provider has just answered for it; and the id
    of the account that a provider's access token speaks for. `language`: in which refusals are said to them."""

    subject: str | None
    client: str = field(default="", compare=False)
    token: UUID | None = field(default=None, compare=False)
    sign_in: UUID | None = field(default=None, compare=False)
    proven: Proven | None = field(default=None, compare=False)
    account: UUID | None = field(default=None, compare=False)
    language: Language = field(default=Language.EN, compare=False)


ANONYMOUS = Caller(None)


def newcomer(proven: Proven | None = None) -> Caller:
    """Somebody whom the service does not know, under a subject of their own: what a browser asks for that is to come in
    by an invitation. `proven`: the account with which they do."""
    return Caller(new_subject(), proven=proven)


def issue(secret: str, subject: str, *, now: float, lifetime: int, token: UUID | None = None) -> str:
    """A token for this person, good from `now` for `lifetime` seconds, and taken once it is on the list under the id
    `token`. Refuses (Misconfigured) a secret under 32 bytes."""
    if not _is_word(subject) or not 0 < lifetime <= LONGEST_LIFE:
        raise Misconfigured(
            reason=f"A token needs a subject of 1 to 255 printable characters and lives 1 to {LONGEST_LIFE} seconds."
        )
    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": subject,
        "client_id": ISSUER,
        "iat": int(now),
        "exp": int(now) + lifetime,
        "jti": str(token or uuid4()),
    }
    return jwt.encode({"alg": ALGORITHM, "typ": TYPE}, claims, _key(secret), algorithms=[ALGORITHM])


def verify(secret: str, token: str, *, now: float) -> Claims:
    """The claims of a token that we signed and that is in force. Raises BadToken for every other string."""
    return checked_claims(_signed(secret, token), now, issuer=ISSUER, audience=AUDIENCE, longest=LONGEST_LIFE)


@lru_cache(maxsize=KEPT)
def _signed(secret: str, token: str) -> Mapping[str, object]:
    """What a token of ours says, in force or not. Kept, because a portal sends one token with every request, and a
    signature stays good; what is no token of ours raises, and is not kept. Whoever could read the tokens in this memory
    could read the secret that signs them."""
    key = _key(secret)
    check_form(token)
    try:
        decoded = jwt.decode(token, key, algorithms=[ALGORITHM])
    except (JoseError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise BadToken(f"unreadable or unsigned ({type(error).__name__})") from None
    # Exactly what we write: no crit, b64, jku, jwk, x5u or kid can bring in another rule or another key.
    if decoded.header != {"alg": ALGORITHM, "typ": TYPE}:
        raise BadToken("header")
    return decoded.claims


def caller_of(claims: Claims) -> Caller:
    """Claims -> who is asking. The only place that knows both. Raises TokenEnded: one from before there was a list."""
    try:
        return Caller(claims.subject, claims.client, UUID(claims.token_id))
    except ValueError:
        raise TokenEnded() from None


def bearer(header: str) -> str:
    """The token of an `Authorization` header (RFC 6750, section 2.1). Raises BadToken for any other scheme or form."""
    scheme, _, token = header.strip(" ").partition(" ")
    if scheme.lower() != "bearer" or not token.strip(" "):
        raise BadToken("scheme")
    return token.strip(" ")


@lru_cache(maxsize=4)
def _key(secret: str) -> OctKey:
    if len(secret.encode()) < SHORTEST_SECRET:
        raise Misconfigured(reason=f"Tokens need a secret of at least {SHORTEST_SECRET} bytes (FORUM_SECRET).")
    return OctKey.import_key(secret)


def check_form(token: str, longest: int = LONGEST_TOKEN) -> None:
    """Three parts of unpadded base64url, each in its one spelling: a token has one form, or it is another token.
    Raises BadToken for others, and for one over `longest` characters."""
    if len(token) > longest:
        raise BadToken("size")
    parts = token.split(".")
    if len(parts) != 3 or not token.isascii():
        raise BadToken("form")
    for part in parts:
        try:
            spelt = urlsafe_b64encode(urlsafe_b64decode(part + "=" * (-len(part) % 4))).rstrip(b"=")
        except ValueError:
            raise BadToken("form") from None
        if not part or spelt != part.encode():
            raise BadToken("form")


def checked_claims(claims: Mapping[str, object], now: float, *, issuer: str, audience: str, longest: int) -> Claims:
    """What a token says whose signature is good (RFC 9068, sections 2.2 and 4). `longest`: seconds that one may hold.
    Raises BadToken where it is of another issuer, for another audience, not in force, or lacks something."""
    audiences = claims.get("aud")
    if claims.get("iss") != issuer:
        raise BadToken("issuer")
    if audiences != audience and not (isinstance(audiences, list) and audience in audiences):
        raise BadToken("audience")
    issued, expires = _instant(claims, "iat"), _instant(claims, "exp")
    if not issued < expires <= issued + longest:
        raise BadToken("lifetime")
    if now >= expires + SKEW:
        raise BadToken("expired")
    if issued > now + SKEW or ("nbf" in claims and _instant(claims, "nbf") > now + SKEW):
        raise BadToken("not yet")
    client = word(claims, "client_id")
    return Claims(word(claims, "sub"), issued, expires, word(claims, "jti"), client)


def _instant(claims: Mapping[str, object], name: str) -> int:
    value = claims.get(name)
    if type(value) is not int or value < 0:  # True is an int, and 1e400 is a float: neither is an instant
        raise BadToken(name)
    return value


def word(claims: Mapping[str, object], name: str) -> str:
    """A claim that is a text of 1 to 255 printable characters. Raises BadToken for any other."""
    value = claims.get(name)
    if not isinstance(value, str) or not _is_word(value):
        raise BadToken(name)
    return value


def _is_word(value: str) -> bool:
    return 0 < len(value) <= 255 and value.isprintable()
