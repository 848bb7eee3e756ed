"""An ID token counts only as its provider's word for us, for this attempt, now (OpenID Connect Core, 3.1.3.7): every
other one is a page with a sentence. The provider is a stand-in in this process, which signs what it is asked to."""

import time
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import orjson
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from forum import app
from forum.api.providers import provider
from forum.cli import account_links
from forum.settings import Settings
from forum.store.tables import schema as t
from tests.support.scene import Scene, scene
from tests.support.sign_ins import HOME, browser, served
from tests.web.test_web_providers import sentence

ISSUER, CLIENT, SECRET, SELMA = "https://id.example", "review-forum", "a-secret-of-thirty-two-bytes-or-more", "selma-7"
KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}, private=True)
Claims = dict[str, Any]
Signs = Callable[[Claims], str]


@dataclass
class StandIn:
    """What the provider answers. `signs`: the ID token that it gives for claims as they should be."""

    signs: Signs = lambda claims: signed(claims)
    nonce: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)  # of its metadata

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("openid-configuration"):
            own = {name: f"{ISSUER}/{name}" for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")}
            return httpx.Response(200, json={"issuer": ISSUER, **own, **self.more})
        if request.url.path == "/jwks_uri":
            return httpx.Response(200, json={"keys": [KEY.as_dict(private=False)]})
        now = int(time.time())
        claims = {"iss": ISSUER, "aud": CLIENT, "sub": SELMA, "iat": now, "exp": now + 300, "nonce": self.nonce}
        token = {"access_token": "x", "token_type": "Bearer", "id_token": self.signs(claims)}
        return httpx.Response(200, json=token)


def signed(claims: Claims, header: Mapping[str, Any] | None = None, key: Any = KEY) -> str:
    named = {"alg": "RS256", "kid": "one", **(header or {})}
    return jwt.encode(named, claims, key, algorithms=[named["alg"]])


def unsigned(claims: Claims) -> str:
    """By the algorithm `none` (RFC 7518, 3.6)."""
    parts = (urlsafe_b64encode(orjson.dumps(part)).rstrip(b"=").decode() for part in ({"alg": "none"}, claims))
    return ".".join((*parts, ""))


def but(**changes: Any) -> Signs:
    """Claims with these changes; `...` takes one out."""
    return lambda claims: signed({name: value for name, value in (claims | changes).items() if value is not ...})


def with_secret(secret: str | bytes) -> Signs:
    return lambda claims: signed(claims, {"alg": "HS256"}, OctKey.import_key(secret))


def later(**seconds: int) -> Signs:
    """Times so many seconds from now."""
    return lambda claims: but(**{name: int(time.time()) + value for name, value in seconds.items()})(claims)


ODD: Mapping[str, Signs] = {
    "another issuer": but(iss="https://other.example"),
    "no issuer": but(iss=...),
    "another audience": but(aud="https://other.example"),
    "another client": but(aud="another-client"),
    "for several, given to another": but(aud=[CLIENT, "another-client"], azp="another-client"),
    "no audience": but(aud=...),
    "not signed": lambda claims: unsigned(claims),
    "its signature taken away": lambda claims: signed(claims).rpartition(".")[0] + ".",
    "signed with the client's secret": with_secret(SECRET),
    "signed with the public key as a secret": with_secret(KEY.as_pem(private=False)),
    "another's key": lambda claims: signed(claims, key=RSAKey.generate_key(2048, {"kid": "one"}, private=True)),
    "an unknown key": lambda claims: signed(claims, {"kid": "two"}),
    "over": later(exp=-60, iat=-360),
    "of tomorrow": later(iat=86400, exp=86700),
    "no end": but(exp=...),
    "another nonce": but(nonce="another"),
    "no nonce": but(nonce=...),
    "of nobody": but(sub=...),
    "of a number": but(sub=7),
    "of nobody printable": but(sub="a\nb"),
    "no token at all": lambda _: "",
    "three parts of nothing": lambda _: "..",
}  # fmt: skip


@dataclass
class Desk:
    s: Scene
    line: httpx.AsyncClient
    there: StandIn

    async def back(self) -> httpx.Response:
        """What a browser finds that comes back with a code."""
        begun = await self.line.get("/sign-in/ministry")
        asked = parse_qs(urlsplit(begun.headers["location"]).query)
        self.there.nonce = asked["nonce"][0]
        return await self.line.get("/sign-in/ministry/back", params={"state": asked["state"][0], "code": "c"})


@pytest.fixture
async def desk(database: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    there, file = StandIn(), tmp_path / "providers.toml"
    monkeypatch.setattr(provider, "BoundedLine", lambda: httpx.MockTransport(there))
    file.write_text(
        f'[ministry]\ntitle = "The Ministry"\nissuer = "{ISSUER}"\nclient_id = "{CLIENT}"\nclient_secret = "{SECRET}"\n'
    )
    settings = Settings(mode="test", database_url=database.app_url, secret="s" * 32, pool=4)
    async with scene(database.app_url) as s:
        parts = await app.parts(settings, database.app_url)
        await account_links.link(parts, "focal.kenya", ISSUER, SELMA)
        async with browser(served(parts, providers=file, public_url=HOME)) as line:
            yield Desk(s, line, there)
        await parts.close()


async def test_each_of_these_is_a_page_and_nobody_is_signed_in(desk: Desk) -> None:
    assert (await desk.back()).status_code == 303  # as it should be, one is signed in
    for name, signs in ODD.items():
        desk.there.signs = signs
        answer = await desk.back()
        assert "gave no answer that counts" in sentence(answer), name
        assert len(await desk.s.rows(t.sign_in)) == 1, name


async def test_what_a_provider_offers_does_not_make_a_weak_signature_count(desk: Desk) -> None:
    """Whatever algorithms its metadata names: only those of public keys are taken."""
    desk.there.more = {"id_token_signing_alg_values_supported": ["none", "HS256", "RS256"]}
    for name in ("not signed", "signed with the client's secret", "signed with the public key as a secret"):
        desk.there.signs = ODD[name]
        assert "gave no answer that counts" in sentence(await desk.back()), name
    assert await desk.s.rows(t.sign_in) == []


async def test_metadata_of_another_issuer_lets_nobody_in(desk: Desk) -> None:
    desk.there.more = {"issuer": "https://other.example"}
    assert "gave no answer that counts" in sentence(await desk.line.get("/sign-in/ministry"))
