"""Tokens: what we issue is accepted while it is in force, and nothing else ever is."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from joserfc import jwe, jwt
from joserfc.jwk import OctKey, RSAKey

from forum.api.http.identity import (
    ANONYMOUS,
    KEPT,
    LONGEST_LIFE,
    SKEW,
    BadToken,
    Caller,
    _signed,
    bearer,
    caller_of,
    issue,
    verify,
)
from forum.errors import Misconfigured

SECRET = "a secret for tests of thirty-two bytes or more"
NOW = 1_800_000_000
HEADER = {"alg": "HS256", "typ": "at+jwt"}
CLAIMS = {
    "iss": "review-forum",
    "aud": "review-forum",
    "sub": "person-1",
    "client_id": "review-forum",
    "iat": NOW,
    "exp": NOW + 600,
    "jti": "token-1",
}


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def forge(header: Any = HEADER, claims: Any = CLAIMS, secret: str = SECRET, digest: Any = hashlib.sha256) -> str:
    """A token signed by hand, of whatever header and claims."""
    signed = ".".join(b64(part if isinstance(part, bytes) else json.dumps(part).encode()) for part in (header, claims))
    return f"{signed}.{b64(hmac.new(secret.encode(), signed.encode(), digest).digest())}"


def unsigned(algorithm: str) -> str:
    return b64(json.dumps({"alg": algorithm, "typ": "at+jwt"}).encode()) + f".{BODY}."


def with_claims(**changes: Any) -> str:
    return forge(claims={name: value for name, value in (CLAIMS | changes).items() if value is not ...})


GOOD = forge()
HEAD, BODY, SIGNATURE = GOOD.split(".")
RSA = RSAKey.generate_key(2048, private=True)
PEM = RSA.as_pem(private=False).decode()

FORGERIES: dict[str, Callable[[], str]] = {
    "empty": lambda: "",
    "not a token": lambda: "let me in",
    "two parts": lambda: f"{HEAD}.{BODY}",
    "four parts": lambda: f"{GOOD}.x",
    "five parts": lambda: f"{HEAD}..{BODY}.{SIGNATURE}.x",
    "no signature": lambda: f"{HEAD}.{BODY}.",
    "no header": lambda: f".{BODY}.{SIGNATURE}",
    "signature cut": lambda: GOOD[:-4],
    "signature of zeros": lambda: f"{HEAD}.{BODY}.{b64(bytes(32))}",
    "one bit of the signature": lambda: f"{HEAD}.{BODY}.{('B' if SIGNATURE[0] == 'A' else 'A') + SIGNATURE[1:]}",
    "spare bits of the last letter": lambda: GOOD[:-1] + chr(ord(GOOD[-1]) + 1),
    "padded": lambda: GOOD + "=",
    "plain base64 alphabet": lambda: (
        f"{HEAD}.{BODY}.{base64.b64encode(base64.urlsafe_b64decode(SIGNATURE + '=')).decode()}"
    ),
    "space inside": lambda: f"{HEAD}.{BODY} .{SIGNATURE}",
    "line break at the end": lambda: GOOD + "\n",
    "claims of another": lambda: f"{HEAD}.{b64(json.dumps(CLAIMS | {'sub': 'minister'}).encode())}.{SIGNATURE}",
    "another secret": lambda: forge(secret=SECRET + "x"),
    "empty secret": lambda: forge(secret=""),
    "alg none, signature left out": lambda: unsigned("none"),
    "alg none, signature kept": lambda: forge({"alg": "none", "typ": "at+jwt"}),
    "alg None": lambda: forge({"alg": "None", "typ": "at+jwt"}),
    "alg nOnE": lambda: unsigned("nOnE"),
    "alg missing": lambda: forge({"typ": "at+jwt"}),
    "alg null": lambda: forge({"alg": None, "typ": "at+jwt"}),
    "alg a list": lambda: forge({"alg": ["HS256"], "typ": "at+jwt"}),
    "alg in lower case": lambda: forge({"alg": "hs256", "typ": "at+jwt"}),
    "HS512 with our secret": lambda: forge({"alg": "HS512", "typ": "at+jwt"}, digest=hashlib.sha512),
    "RS256 of a key of their own": lambda: jwt.encode(
        {"alg": "RS256", "typ": "at+jwt"}, CLAIMS, RSA, algorithms=["RS256"]
    ),
    "HS256 with a public key as the secret": lambda: forge(secret=PEM),
    "key brought along (jwk)": lambda: forge(HEADER | {"jwk": {"kty": "oct", "k": b64(b"x" * 32)}}, secret="x" * 32),
    "address of a key (jku)": lambda: forge(HEADER | {"jku": "https://evil.example/keys"}),
    "address of a certificate (x5u)": lambda: forge(HEADER | {"x5u": "https://evil.example/cert"}),
    "kid of a file": lambda: forge(HEADER | {"kid": "../../dev/null"}),
    "kid of a statement": lambda: forge(HEADER | {"kid": "' UNION SELECT 'x"}),
    "unknown critical header": lambda: forge(HEADER | {"crit": ["exp"], "exp": 1}),
    "unencoded payload (b64)": lambda: forge(HEADER | {"b64": False, "crit": ["b64"]}),
    "zip": lambda: forge(HEADER | {"zip": "DEF"}),
    "typ of an id token": lambda: forge({"alg": "HS256", "typ": "JWT"}),
    "typ missing": lambda: forge({"alg": "HS256"}),
    "typ of a logout token": lambda: forge({"alg": "HS256", "typ": "logout+jwt"}),
    "header no object": lambda: forge([]),
    "header no JSON": lambda: forge(b"{"),
    "header nested deep": lambda: forge(b'{"alg":"HS256","typ":"at+jwt","a":' + b"[" * 1000),
    "claims no object": lambda: forge(claims=["sub"]),
    "claims no JSON": lambda: forge(claims=b"sub=minister"),
    "claims not UTF-8": lambda: forge(claims=b'{"sub":"\xff"}'),
    "claims nested deep": lambda: forge(claims=b'{"a":' * 400),
    "encrypted instead of signed": lambda: jwe.encrypt_compact(
        {"alg": "dir", "enc": "A256GCM", "typ": "at+jwt"},
        json.dumps(CLAIMS),
        OctKey.import_key(SECRET[:32]),
        algorithms=["dir", "A256GCM"],
    ),
    "another issuer": lambda: with_claims(iss="https://evil.example"),
    "no issuer": lambda: with_claims(iss=...),
    "issuers in a list": lambda: with_claims(iss=["review-forum"]),
    "another audience": lambda: with_claims(aud="another-service"),
    "audience that contains ours": lambda: with_claims(aud="review-forum-2"),
    "other audiences": lambda: with_claims(aud=["a", "b"]),
    "no audience": lambda: with_claims(aud=...),
    "audience as an object": lambda: with_claims(aud={"review-forum": 1}),
    "no subject": lambda: with_claims(sub=...),
    "empty subject": lambda: with_claims(sub=""),
    "subject null": lambda: with_claims(sub=None),
    "subject a number": lambda: with_claims(sub=1),
    "subject a list": lambda: with_claims(sub=["person-1", "minister"]),
    "subject with a NUL": lambda: with_claims(sub="person-1\x00"),
    "subject with half a pair": lambda: with_claims(sub="\ud800"),
    "subject too long": lambda: with_claims(sub="x" * 256),
    "no id": lambda: with_claims(jti=...),
    "no client": lambda: with_claims(client_id=...),
    "no expiry": lambda: with_claims(exp=...),
    "expiry null": lambda: with_claims(exp=None),
    "expiry a string": lambda: with_claims(exp=str(NOW + 600)),
    "expiry true": lambda: with_claims(exp=True),
    "expiry a fraction": lambda: with_claims(exp=NOW + 600.5),
    "expiry infinite": lambda: forge(claims=json.dumps(CLAIMS).replace(str(NOW + 600), "1e999").encode()),
    "expiry without end": lambda: with_claims(exp=10**30),
    "expiry NaN": lambda: with_claims(exp=float("nan")),
    "expired": lambda: with_claims(iat=NOW - 1_000, exp=NOW - SKEW),
    "expired before it began": lambda: with_claims(exp=NOW - 1),
    "negative time": lambda: with_claims(iat=-1),
    "no time of issue": lambda: with_claims(iat=...),
    "issued in the future": lambda: with_claims(iat=NOW + SKEW + 1),
    "not yet": lambda: with_claims(nbf=NOW + SKEW + 1),
    "not before a word": lambda: with_claims(nbf="now"),
    "good for longer than we issue": lambda: with_claims(exp=NOW + LONGEST_LIFE + 1),
    "too long": lambda: with_claims(more="x" * 4096),
    "letters of another script": lambda: GOOD.replace("e", "е"),  # a Cyrillic letter
}


@pytest.mark.parametrize("name", FORGERIES)
def test_no_forgery_is_accepted(name: str) -> None:
    token = FORGERIES[name]()
    assert token != GOOD
    with pytest.raises(BadToken):
        verify(SECRET, token, now=NOW)


def test_there_are_enough_kinds_and_the_forger_can_sign() -> None:
    assert len(FORGERIES) >= 30
    assert verify(SECRET, GOOD, now=NOW).subject == "person-1"  # so each refusal above is for what was changed
    assert verify(SECRET, with_claims(aud=["a", "review-forum"], nbf=NOW, more="x"), now=NOW).subject == "person-1"


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.sampled_from("ABCDEFGHabcdefgh01234567-_.= /+"))
def test_no_letter_of_a_token_can_be_changed(place: int, letter: str) -> None:
    assume(GOOD[place] != letter)
    with pytest.raises(BadToken):
        verify(SECRET, GOOD[:place] + letter + GOOD[place + 1 :], now=NOW)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80) | st.lists(st.binary(max_size=30).map(b64), min_size=3, max_size=3).map(".".join))
def test_whatever_comes_is_refused_as_a_bad_token(token: str) -> None:
    with pytest.raises(BadToken):
        verify(SECRET, token, now=NOW)


@settings(deadline=None)
@given(st.text(min_size=1, max_size=200).filter(str.isprintable), st.integers(1, LONGEST_LIFE))
def test_what_we_issue_is_accepted_until_it_expires(subject: str, lifetime: int) -> None:
    token = issue(SECRET, subject, now=NOW + 0.7, lifetime=lifetime)
    claims = verify(SECRET, token, now=NOW)
    assert (claims.subject, claims.issued_at, claims.expires_at) == (subject, NOW, NOW + lifetime)
    verify(SECRET, token, now=NOW + lifetime + SKEW - 0.1)
    for now in (NOW + lifetime + SKEW, NOW - SKEW - 1):
        with pytest.raises(BadToken):
            verify(SECRET, token, now=now)
    assert caller_of(claims) == Caller(subject)


def test_a_signature_is_looked_at_once_and_kept_for_its_own_secret_only() -> None:
    token = issue(SECRET, "person-1", now=NOW, lifetime=60)
    before = _signed.cache_info()
    verify(SECRET, token, now=NOW)
    verify(SECRET, token, now=NOW + 1)
    with pytest.raises(BadToken):
        verify(SECRET, token, now=NOW + 60 + SKEW)  # a good signature does not keep it in force
    after = _signed.cache_info()
    assert (after.misses - before.misses, after.hits - before.hits) == (1, 2)
    for _ in range(2):
        with pytest.raises(BadToken):
            verify("another " * 4, token, now=NOW)
    assert _signed.cache_info().currsize == after.currsize or after.currsize == KEPT  # what is refused is not kept


def test_a_token_is_an_access_token_by_rfc_9068() -> None:
    first, second = (issue(SECRET, "person-1", now=NOW, lifetime=60) for _ in range(2))
    header, claims = (json.loads(base64.urlsafe_b64decode(part + "==")) for part in first.split(".")[:2])
    assert header == {"alg": "HS256", "typ": "at+jwt"}
    assert set(claims) == {"iss", "aud", "sub", "client_id", "iat", "exp", "jti"}
    assert verify(SECRET, first, now=NOW).token_id != verify(SECRET, second, now=NOW).token_id


def test_the_header_of_rfc_6750() -> None:
    assert bearer("Bearer abc") == bearer("bearer  abc ") == "abc"
    for odd in ("", "abc", "Bearer", "Bearer ", "Basic abc", "Token abc", "Bearerabc"):
        with pytest.raises(BadToken):
            bearer(odd)


def test_what_is_refused_at_issue() -> None:
    for secret, subject, lifetime in [
        ("short", "a", 60),
        ("", "a", 60),
        (SECRET, "", 60),
        (SECRET, "a\x00", 60),
        (SECRET, "a", 0),
        (SECRET, "a", LONGEST_LIFE + 1),
    ]:
        with pytest.raises(Misconfigured):
            issue(secret, subject, now=NOW, lifetime=lifetime)
    with pytest.raises(Misconfigured):
        verify("", GOOD, now=NOW)


def test_nobody_in_particular() -> None:
    assert Caller(None) == ANONYMOUS
