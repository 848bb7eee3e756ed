"""Portals ask with access tokens of a real provider (npm `oidc-provider` on loopback): in their own name, and on behalf
of whoever signed in there (RFC 9068)."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from forum import app
from forum.api.providers.access_tokens import sources
from forum.cli import account_links
from forum.client.session import document
from forum.settings import Settings
from forum.store.tables import schema as t
from tests.support.ministry import (
    AUDIENCE,
    CLIENT,
    PORTAL,
    SECRET,
    access_token,
    free_port,
    ministry,
    own_access_token,
    signs_in,
)
from tests.support.npm import needs_npm
from tests.support.scene import Scene, scene
from tests.support.sign_ins import HOME, browser, served
from tests.support.tokens import issued

pytestmark = [pytest.mark.once, needs_npm("whether access tokens of a provider are taken")]
SELMA = "selma-7"
ME = "{ viewer { person { name } } }"


@dataclass
class Portal:
    """The service with one provider, whose accounts `selma-7` and the program `portal` are linked."""

    s: Scene
    parts: app.Parts
    site: Any
    port: int
    seconds: float = 0.0  # by the clock that keys grow old by

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def post(self, token: str, query: str = ME, **variables: Any) -> httpx.Response:
        async with browser(self.site, Origin="", Sec_Fetch_Site="", Authorization=f"Bearer {token}") as line:
            return await line.post("/graphql", json={"query": query, "variables": variables})

    async def name(self, token: str) -> str:
        """Who it is here that asks with this token."""
        answer = await self.post(token)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["data"]["viewer"]["person"]["name"])

    async def code(self, token: str) -> str:
        """With which code it is refused."""
        answer = await self.post(token)
        assert answer.status_code == 401, answer.text
        assert answer.headers["www-authenticate"] == 'Bearer realm="review-forum", error="invalid_token"'
        return str(answer.json()["errors"][0]["extensions"]["code"])

    def contact(self, subject: str = "focal.kenya") -> dict[str, Any]:
        return {"person": f"Person:{self.s.people[subject]}", "language": "FR"}

    async def of(self, subject: str) -> str:
        return str((await self.s.row(t.person, subject=subject))["name"])


@pytest.fixture
async def portal(database: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Portal]:
    monkeypatch.setattr(app, "sources", lambda providers: sources(providers, lambda: made.seconds))
    port, file = free_port(), tmp_path / "providers.toml"
    file.write_text(
        f'[ministry]\ntitle = "The Ministry"\nissuer = "http://127.0.0.1:{port}"\nclient_id = "{CLIENT}"\n'
        f'client_secret = "{SECRET}"\naudience = "{AUDIENCE}"\nportals = ["{PORTAL}"]\n'
    )
    settings = Settings(mode="test", database_url=database.app_url, secret="s" * 32, pool=4)
    async with scene(database.app_url) as s:
        parts = await app.parts(settings, database.app_url)
        made = Portal(s, parts, served(parts, providers=file, public_url=HOME), port)
        await account_links.link(parts, "focal.kenya", made.issuer, SELMA)
        await account_links.link(parts, "focal.nepal", made.issuer, PORTAL, of_client=True)
        yield made
        await parts.close()


async def test_a_portal_asks_for_itself_and_for_whoever_signed_in(portal: Portal) -> None:
    async with ministry(portal.port) as op:
        for_selma, own = await access_token(op, SELMA), await own_access_token(op)
        assert await portal.name(for_selma) == await portal.of("focal.kenya")
        assert await portal.name(own) == await portal.of("focal.nepal")
        ours = (await issued(portal.s.engine, "s" * 32, "rep.network"))["rep.network"]
        assert await portal.name(ours) == await portal.of("rep.network")


async def test_what_its_person_may_do_it_does_and_nothing_else(portal: Portal) -> None:
    async with ministry(portal.port) as op:
        token = await access_token(op, SELMA)
        answer = await portal.post(token, document("SetContact"), input=portal.contact())
        assert answer.json()["data"]["setContact"]["errors"] == [], answer.text
        of_another = portal.contact("rep.network")
        refused = (await portal.post(token, document("SetContact"), input=of_another)).json()["data"]["setContact"]
        assert [error["code"] for error in refused["errors"]] == ["NOT_FOUND"]


async def test_what_the_provider_says_to_others_is_not_taken(portal: Portal) -> None:
    async with ministry(portal.port) as op:
        assert await portal.code(await own_access_token(op, "another-portal")) == "BAD_TOKEN"
        assert await portal.code(await access_token(op, SELMA, "another-portal")) == "BAD_TOKEN"
        assert await portal.code(await own_access_token(op, audience="https://other.example/api")) == "BAD_TOKEN"
        assert await portal.code(await access_token(op, "a-stranger")) == "ACCOUNT_NOT_LINKED"
        own = await own_access_token(op)
        assert await portal.code(own[:-8] + own[:8]) == "BAD_TOKEN"
        by_secret = jwt.encode({"alg": "HS256", "typ": "at+jwt", "kid": "x"}, {"iss": op.issuer},
                               OctKey.import_key(SECRET), algorithms=["HS256"])  # fmt: skip
        assert await portal.code(by_secret) == "BAD_TOKEN"


async def test_a_person_and_a_program_of_one_name_are_two(portal: Portal) -> None:
    """Somebody whom the provider calls as the operator's portal is called comes in with a browser as nobody."""
    async with ministry(portal.port) as op, browser(portal.site) as line:
        begun = await line.get("/sign-in/ministry")
        assert (await line.get(await signs_in(begun.headers["location"], PORTAL))).status_code == 403
        await account_links.link(portal.parts, "rep.network", op.issuer, PORTAL)
        begun = await line.get("/sign-in/ministry")
        assert (await line.get(await signs_in(begun.headers["location"], PORTAL))).status_code == 303
        assert await portal.name(await own_access_token(op)) == await portal.of("focal.nepal")


async def test_a_link_that_ends_ends_its_tokens_at_once_and_a_new_one_counts(portal: Portal) -> None:
    async with ministry(portal.port) as op:
        token = await access_token(op, SELMA)
        assert await portal.name(token) == await portal.of("focal.kenya")
        [account] = [row for row in await portal.s.rows(t.account) if row["subject"] == SELMA]
        await account_links.end(portal.parts, account["id"])
        # Its process remembers the account, and asks in the act's own transaction whether it stands.
        refused = await portal.post(token, document("SetContact"), input=portal.contact())
        assert (refused.status_code, refused.json()["errors"][0]["extensions"]["code"]) == (401, "ACCOUNT_NOT_LINKED")
        assert [await portal.code(token) for _ in range(2)] == ["ACCOUNT_NOT_LINKED"] * 2
        await account_links.link(portal.parts, "rep.network", op.issuer, SELMA)
        assert await portal.name(token) == await portal.of("rep.network")


async def test_keys_change_and_a_provider_is_away(portal: Portal) -> None:
    async with ministry(portal.port) as op:
        before = await own_access_token(op)
        assert await portal.code(await access_token(op, "a-stranger")) == "ACCOUNT_NOT_LINKED"
        assert await portal.name(before) == await portal.of("focal.nepal")
    assert await portal.name(before) == await portal.of("focal.nepal")  # it is away, and its key is known
    async with ministry(portal.port) as op:
        rotated = await own_access_token(op)
    portal.seconds += 20
    answer = await portal.post(rotated)
    assert answer.json()["errors"][0]["extensions"]["code"] == "TOKEN_NOT_CHECKED"
    assert (answer.status_code, answer.headers["retry-after"]) == (401, "60")
    async with ministry(portal.port) as op:
        portal.seconds += 61
        assert await portal.name(await own_access_token(op)) == await portal.of("focal.nepal")
        assert await portal.code(before) == "BAD_TOKEN"  # its key is gone
