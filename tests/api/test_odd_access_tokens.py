"""An access token counts only as its provider's word for this service, now (RFC 9068, section 4): every other one is
refused in the same words. The provider is a stand-in in this process, which signs what it is asked to."""

import asyncio
import hmac
import time
import warnings
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
from joserfc import jwt
from joserfc.errors import SecurityWarning
from joserfc.jwk import ECKey, OKPKey, RSAKey

from forum import app
from forum.api.http.identity import issue
from forum.api.http.rates import Spenders, Spent
from forum.api.providers import keys, provider
from forum.api.providers.access_tokens import LONGEST_LIFE, sources
from forum.api.providers.known import Known, load
from forum.api.providers.provider import Provider
from forum.cli import account_links
from forum.errors import Misconfigured
from forum.settings import Settings
from tests.support.scene import scene
from tests.support.sign_ins import HOME, browser, served

ISSUER, CLIENT, SECRET, SELMA = "https://id.example", "review-forum", "a-secret-of-thirty-two-bytes-or-more", "selma-7"
AUDIENCE = f"{HOME}/graphql"
KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}, private=True)
CURVE = ECKey.generate_key("P-256", {"kid": "curve"}, private=True)
KEPT_FOR_RS256 = RSAKey.generate_key(2048, {"kid": "narrow", "alg": "RS256"}, private=True)
with warnings.catch_warnings():
    warnings.simplefilter("ignore", SecurityWarning)
    SHORT = RSAKey.generate_key(1024, {"kid": "short"}, private=True)
EDWARDS = OKPKey.generate_key("Ed25519", {"kid": "edwards"}, private=True)
FOR_SECRETS = RSAKey.generate_key(2048, {"kid": "enc", "use": "enc"}, private=True)
Claims = dict[str, Any]
Signs = Callable[[Claims], str]


def public(*listed: Any) -> list[dict[str, Any]]:
    return [key.as_dict(private=False) for key in listed]


def signed(claims: Claims, header: Mapping[str, Any] | None = None, key: Any = KEY) -> str:
    named = {"alg": "RS256", "kid": "one", "typ": "at+jwt"} | dict(header or {})
    kept = {name: value for name, value in named.items() if value is not ...}
    bare = type(key).import_key({name: value for name, value in key.as_dict(private=True).items() if name in _OF_A_KEY})
    return jwt.encode(kept, claims, bare, algorithms=[named["alg"]])


_OF_A_KEY = ("kty", "n", "e", "d", "p", "q", "dp", "dq", "qi", "crv", "x", "y", "k")


def by_hand(header: Mapping[str, Any], claims: Claims, signature: str = "c2ln") -> str:
    parts = (urlsafe_b64encode(orjson.dumps(part)).rstrip(b"=").decode() for part in (header, claims))
    return ".".join((*parts, signature))


def but(**changes: Any) -> Signs:
    """Claims with these changes; `...` takes one out."""
    return lambda claims: signed({name: value for name, value in (claims | changes).items() if value is not ...})


def headed(key: Any = KEY, **header: Any) -> Signs:
    return lambda claims: signed(claims, header, key)


def later(**seconds: int) -> Signs:
    """Times so many seconds from now."""
    return lambda claims: but(**{name: int(time.time()) + value for name, value in seconds.items()})(claims)


def with_secret(secret: bytes) -> Signs:
    """HS256 by hand: joserfc does not let a public key be a secret."""

    def signs(claims: Claims) -> str:
        text = by_hand({"alg": "HS256", "kid": "one", "typ": "at+jwt"}, claims, "")
        digest = hmac.digest(secret, text.removesuffix(".").encode(), "sha256")
        return text + urlsafe_b64encode(digest).rstrip(b"=").decode()

    return signs


HEADER = {"alg": "RS256", "kid": "one", "typ": "at+jwt"}
ODD: Mapping[str, Signs] = {
    "an ID token": headed(typ="JWT"),
    "a logout token": headed(typ="logout+jwt"),
    "of no kind": headed(typ=...),
    "of a kind that is no word": lambda claims: by_hand(HEADER | {"typ": 7}, claims),
    "for our client, as ID tokens are": but(aud=CLIENT),
    "for another service": but(aud="https://other.example/api"),
    "for nobody": but(aud=...),
    "for an address that begins as ours does": but(aud=f"{AUDIENCE}/more"),
    "another issuer, of this key": but(iss="https://other.example"),
    "an issuer with a stroke more": but(iss=f"{ISSUER}/"),
    "our own issuer, of this key": but(iss="review-forum", aud="review-forum"),
    "not signed": lambda claims: by_hand({"alg": "none", "kid": "one", "typ": "at+jwt"}, claims, ""),
    "not signed, with a signature": lambda claims: by_hand({"alg": "none", "kid": "one", "typ": "at+jwt"}, claims),
    "its signature taken away": lambda claims: signed(claims).rpartition(".")[0] + ".",
    "of another's claims": lambda claims: by_hand(HEADER, claims, signed(claims | {"sub": "x"}).rpartition(".")[2]),
    "signed with the client's secret": with_secret(SECRET.encode()),
    "signed with our secret": with_secret(b"s" * 32),
    "signed with the public key as a secret": with_secret(KEY.as_pem(private=False)),
    "another's key": headed(RSAKey.generate_key(2048, private=True)),
    "a key that it brings along": lambda claims: signed(
        claims, {"jwk": CURVE.as_dict(private=False), "alg": "ES256", "kid": "one"}, CURVE
    ),
    "an unknown key": headed(kid="two"),
    "no key": headed(kid=...),
    "a key of another kind": headed(CURVE, alg="ES256"),
    "by another algorithm than its key is for": headed(KEPT_FOR_RS256, kid="narrow", alg="PS256"),
    "by a short key": headed(SHORT, kid="short"),
    "by a key for encryption": headed(FOR_SECRETS, kid="enc"),
    "by an algorithm that is not on the list": headed(EDWARDS, kid="edwards", alg="Ed25519"),
    "by a longer hash": headed(alg="RS512"),
    "with what must be understood": lambda claims: by_hand(HEADER | {"crit": ["exp"], "exp": 1}, claims),
    "with a body that is not encoded": lambda claims: by_hand(HEADER | {"b64": False, "crit": ["b64"]}, claims),
    "over": later(exp=-60, iat=-360),
    "of tomorrow": later(iat=86_400, exp=86_700),
    "not before an hour": later(nbf=3600),
    "for a year": later(exp=LONGEST_LIFE + 60),
    "no end": but(exp=...),
    "an end that is a word": but(exp="9999999999"),
    "an end that is true": but(exp=True),
    "no beginning": but(iat=...),
    "of nobody": but(sub=...),
    "of a number": but(sub=7),
    "of nobody printable": but(sub="a\nb"),
    "of somebody long": but(sub="x" * 256),
    "no id": but(jti=...),
    "no client": but(client_id=...),
    "a client that is a list": but(client_id=["portal"]),
    "of a client that nobody listed": but(client_id="another-portal"),
    "of our own client": but(client_id=CLIENT),
    "bound to a key": but(cnf={"jkt": "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"}),
    "encrypted": lambda claims: f"{signed(claims)}.YQ.YQ",
    "padded": lambda claims: f"{signed(claims)}=",
    "long": but(more="x" * 8192),
    "deep": lambda claims: by_hand(HEADER, claims | {"more": orjson.Fragment(b"[" * 900 + b"]" * 900)}),
    "claims that are a list": lambda claims: by_hand(HEADER, [claims]),  # type: ignore[arg-type]
    "three parts of nothing": lambda _: "..",
}  # fmt: skip
GOOD: Mapping[str, Signs] = {
    "as it should be": but(),
    "its kind in full": headed(typ="application/AT+JWT"),
    "for us among others": but(aud=["https://other.example/api", AUDIENCE]),
    "by a padded signature": headed(alg="PS256"),
    "by a curve": headed(CURVE, kid="curve", alg="ES256"),
    "by a clock ahead": later(iat=20),
    "by a clock behind": later(exp=-20, iat=-320),
}


LISTED: list[Any] = [
    7, {"kty": "RSA"}, {"kty": "oct", "k": "c2VjcmV0", "kid": "one"}, {"kty": "RSA", "kid": "broken", "n": "%", "e": 1},
    *public(KEY, CURVE, KEPT_FOR_RS256, SHORT, EDWARDS, FOR_SECRETS),
]  # fmt: skip


@dataclass
class StandIn:
    """What the provider answers, and how often it was asked for its keys."""

    listed: Any = field(default_factory=lambda: {"keys": LISTED})
    asked: int = 0
    away: bool = False

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if self.away:
            self.asked += 1
            raise httpx.ConnectError("away")
        if request.url.path.endswith("openid-configuration"):
            own = {name: f"{ISSUER}/{name}" for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")}
            return httpx.Response(200, json={"issuer": ISSUER, **own})
        self.asked += 1
        return httpx.Response(200, json=self.listed)


@dataclass
class Portal:
    site: Any
    there: StandIn
    spent: list[Spenders]  # whose points
    seconds: float = 0.0

    async def post(self, token: str, address: str = "10.0.0.1") -> httpx.Response:
        async with browser(self.site, Origin="", Sec_Fetch_Site="", Authorization=f"Bearer {token}") as line:
            line._transport = httpx.ASGITransport(self.site, client=(address, 1))
            return await line.post("/graphql", json={"query": "{ viewer { person { name } } }"})

    async def refused(self, token: str) -> dict[str, Any]:
        """What a token is refused with; without the request's id."""
        answer = await self.post(token)
        assert answer.status_code == 401, answer.text
        assert answer.headers["www-authenticate"] == 'Bearer realm="review-forum", error="invalid_token"'
        [error] = answer.json()["errors"]
        del error["extensions"]["requestId"]
        return dict(error)

    async def code(self, token: str) -> str:
        return str((await self.refused(token))["extensions"]["code"])


def claims() -> Claims:
    now = int(time.time())
    return {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": SELMA,
        "client_id": "portal",
        "iat": now,
        "exp": now + 300,
        "jti": "j",
    }


@pytest.fixture
async def portal(database: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Portal]:
    there, file = StandIn(), tmp_path / "providers.toml"
    monkeypatch.setattr(provider, "BoundedLine", lambda: httpx.MockTransport(there))
    monkeypatch.setattr(app, "sources", lambda providers: sources(providers, lambda: made.seconds))
    file.write_text(
        f'[ministry]\ntitle = "The Ministry"\nissuer = "{ISSUER}"\nclient_id = "{CLIENT}"\nclient_secret = "{SECRET}"\n'
        f'audience = "{AUDIENCE}"\nportals = ["portal"]\n'
    )
    settings = Settings(mode="test", database_url=database.app_url, secret="s" * 32, pool=4)
    async with scene(database.app_url):
        parts = await app.parts(settings, database.app_url)
        await account_links.link(parts, "focal.kenya", ISSUER, SELMA)
        spent: list[Spenders] = []
        spend = parts.service.rates.spend

        def noted(who: Spenders, cost: int) -> Spent:
            spent.append(who)
            return spend(who, cost)

        monkeypatch.setattr(parts.service.rates, "spend", noted)
        made = Portal(served(parts, providers=file, public_url=HOME), there, spent)
        yield made
        await parts.close()


@pytest.mark.filterwarnings("ignore:Key size")  # of the key that signs here; the service reads its public half below
async def test_each_of_these_is_refused_in_the_same_words(portal: Portal) -> None:
    expired = issue("s" * 32, "focal.kenya", now=0, lifetime=60)  # one of our own
    refusal = await portal.refused(expired)
    assert refusal["extensions"] == {"code": "BAD_TOKEN"}
    for name, signs in GOOD.items():
        answer = await portal.post(signs(claims()))
        assert (answer.status_code, answer.json().get("errors")) == (200, None), name
        assert answer.json()["data"]["viewer"]["person"], name
    for name, signs in ODD.items():
        assert await portal.refused(signs(claims())) == refusal, name
    assert portal.there.asked == 1  # for all of them: the names of unknown keys have it asked once in a while


async def test_the_log_says_to_the_operator_what_the_sender_is_not_told(
    portal: Portal, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "forum.api")
    assert await portal.code(but(aud="https://other.example/api")(claims())) == "BAD_TOKEN"
    assert "access token of ministry refused: audience" in caplog.messages


async def test_unknown_keys_have_the_provider_asked_seldom(portal: Portal) -> None:
    for _ in range(5):
        assert await portal.code(headed(kid="two")(claims())) == "BAD_TOKEN"
    assert portal.there.asked == 1
    portal.there.listed = {"keys": public(RSAKey.import_key({**KEY.as_dict(private=True), "kid": "two"}))}
    assert await portal.code(headed(kid="two")(claims())) == "BAD_TOKEN"
    portal.seconds += keys.AGAIN_SECONDS
    assert (await portal.post(headed(kid="two")(claims()))).status_code == 200
    assert portal.there.asked == 2


async def test_a_key_that_was_withdrawn_counts_five_minutes(portal: Portal) -> None:
    assert (await portal.post(signed(claims()))).status_code == 200
    portal.there.listed = {"keys": public(CURVE)}
    portal.seconds += keys.FRESH_SECONDS
    assert (await portal.post(signed(claims()))).status_code == 200
    portal.seconds += 1
    assert await portal.code(signed(claims())) == "BAD_TOKEN"


async def test_while_a_provider_is_away_known_keys_count_for_a_day(portal: Portal) -> None:
    assert (await portal.post(signed(claims()))).status_code == 200
    portal.there.away = True
    portal.seconds += keys.FRESH_SECONDS + 1
    for _ in range(3):
        assert (await portal.post(signed(claims()))).status_code == 200
        assert await portal.code(headed(kid="two")(claims())) == "TOKEN_NOT_CHECKED"
    assert portal.there.asked == 2  # it was asked once in vain, not by each
    portal.seconds += keys.KEPT_SECONDS
    assert await portal.code(signed(claims())) == "TOKEN_NOT_CHECKED"
    portal.there.away, portal.seconds = False, portal.seconds + keys.DOWN_SECONDS
    assert (await portal.post(signed(claims()))).status_code == 200


@pytest.mark.parametrize("listed", [[], {}, {"keys": {}}, {"keys": None}, "keys", None])
async def test_an_answer_that_is_no_set_of_keys_is_none(portal: Portal, listed: Any) -> None:
    portal.there.listed = listed
    assert await portal.code(signed(claims())) == "TOKEN_NOT_CHECKED"


async def test_a_provider_that_hangs_is_waited_for_once_and_shortly(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    async def hangs(_: Provider, *, anew: bool = False) -> None:
        asked.append(anew)
        await asyncio.Event().wait()

    monkeypatch.setattr(Provider, "keys", hangs)
    monkeypatch.setattr(keys, "WAITED_SECONDS", 0.01)
    held = keys.ProviderKeys(Provider(Known("m", "M", ISSUER, CLIENT, SECRET), "/back"), lambda: 0.0)
    answers = await asyncio.gather(*(held.named("one") for _ in range(5)), return_exceptions=True)
    assert [type(answer) for answer in answers] == [keys.KeysNotHad] * 5
    assert asked == [True]


async def test_who_is_not_known_yet_spends_of_the_address_and_then_of_person_and_portal(portal: Portal) -> None:
    """Who asks the database, or has a provider asked, pays for it before anybody is known."""
    await portal.post(but(sub="a-stranger")(claims()))
    await portal.post(but(sub="a-stranger")(claims()))
    own = (("address", "10.0.0.1"),)
    assert portal.spent == [own, own, own]  # for the keys, and for each look at the accounts
    portal.spent.clear()
    await portal.post(signed(claims()))
    await portal.post(signed(claims()))
    both = (("person", "focal.kenya"), ("client", "ministry/portal"))
    assert portal.spent == [own, both, both]


# ---- the operator's file
FILE = {"title": "T", "issuer": "https://id.example", "client_id": "c", "client_secret": "s"}


@pytest.mark.parametrize(
    ("more", "names"),
    [
        ({"audience": '"https://forum.example/graphql"'}, "together"),
        ({"portals": '["p"]'}, "together"),
        ({"audience": '""', "portals": '["p"]'}, "empty"),
        ({"audience": '"a"', "portals": '"p"'}, "list"),
        ({"audience": '"a"', "portals": "[7]"}, "list"),
        ({"audience": '"a"', "portals": '[""]'}, "list"),
        ({"audience": '"c"', "portals": '["p"]'}, "ID tokens"),
    ],
)
def test_half_of_what_access_tokens_need_is_refused(tmp_path: Path, more: dict[str, str], names: str) -> None:
    file = tmp_path / "providers.toml"
    lines = [f'{key} = "{value}"' for key, value in FILE.items()] + [f"{key} = {value}" for key, value in more.items()]
    file.write_text("[one]\n" + "\n".join(lines))
    with pytest.raises(Misconfigured, match=names):
        load(file)
