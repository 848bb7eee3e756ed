"""People sign in with a real provider (npm `oidc-provider` on loopback), and whatever goes wrong is a page."""

import re
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from starlette.applications import Starlette

from forum import app
from forum.api.providers.known import load
from forum.api.providers.logout import EVENT
from forum.cli import account_links
from forum.errors import InvalidValue, Misconfigured, NotFound
from forum.settings import Settings
from forum.store.tables import schema as t
from tests.support.ministry import BACK, CLIENT, SECRET, Ministry, free_port, ministry, signs_in
from tests.support.npm import needs_npm
from tests.support.scene import Scene, scene
from tests.support.sign_ins import HOME, browser, served

pytestmark = [
    pytest.mark.once,
    needs_npm("whether people can sign in at a provider"),
]
SELMA = "selma-7"


@dataclass
class Desk:
    """The service with one provider, `ministry`, of which Selma's account is linked to Kenya's focal point."""

    s: Scene
    parts: app.Parts
    site: Starlette
    port: int

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def sent(self, line: httpx.AsyncClient) -> str:
        answer = await line.get("/sign-in/ministry")
        assert answer.status_code == 303, answer.text
        return str(answer.headers["location"])

    async def back(self, line: httpx.AsyncClient, login: str = SELMA) -> str:
        return await signs_in(await self.sent(line), login)

    async def in_force(self) -> int:
        return len([row for row in await self.s.rows(t.sign_in) if row["ended_at"] is None])


@pytest.fixture
async def desk(database: Any, tmp_path: Path) -> AsyncIterator[Desk]:
    port, file = free_port(), tmp_path / "providers.toml"
    file.write_text(
        f'[ministry]\ntitle = "Ministry of <Foreign> Affairs"\nissuer = "http://127.0.0.1:{port}"\n'
        f'client_id = "{CLIENT}"\nclient_secret = "{SECRET}"\n'
    )
    settings = Settings(mode="test", database_url=database.app_url, secret="s" * 32, pool=4)
    async with scene(database.app_url) as s:
        parts = await app.parts(settings, database.app_url)
        site = served(parts, providers=file, public_url=HOME)
        made = Desk(s, parts, site, port)
        await account_links.link(parts, "focal.kenya", made.issuer, SELMA)
        yield made
        await parts.close()


def sentence(answer: httpx.Response, status: int = 400) -> str:
    """What a page says of what went wrong."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"].startswith("text/html")
    found = re.search(r"<p>(?:<bdi>)?([A-Z][^<]+\.)(?:</bdi>)?</p>", answer.text)
    assert found
    return found[1]


async def test_one_signs_in_there_and_is_signed_in_here(desk: Desk) -> None:
    name = "سلمى الحداد"
    await desk.s.change(t.person, desk.s.people["focal.kenya"], name=name)
    async with ministry(desk.port), browser(desk.site) as line:
        assert "Ministry of &lt;Foreign&gt; Affairs" in (await line.get("/sign-in")).text
        address = await desk.sent(line)
        asked = {key: value[0] for key, value in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert len(asked["state"]) == len(asked["nonce"]) == 43
        came = await line.get(await signs_in(address, SELMA))
        assert (came.status_code, came.headers["location"]) == (303, "/")
        assert f"<bdi>{name}</bdi>" in (await line.get("/")).text
        [row] = await desk.s.rows(t.sign_in)
        assert row["issuer"] == desk.issuer
        assert row["provider_session"]
        assert await desk.s.rows(t.sign_in_attempt) == []


async def test_whom_nobody_linked_is_told_whom_to_ask_and_not_let_in(desk: Desk) -> None:
    async with ministry(desk.port), browser(desk.site) as line:
        answer = await line.get(await desk.back(line, "focal.kenya"))  # a name that looks right opens nothing
        assert answer.status_code == 403
        assert "administrator of your organisation" in answer.text
        assert desk.issuer in answer.text
        assert await desk.in_force() == 0
        assert not [name for name in line.cookies if name == "__Host-forum"]


async def test_an_answer_counts_once_in_its_own_browser_and_for_ten_minutes(desk: Desk) -> None:
    async with ministry(desk.port), browser(desk.site) as line, browser(desk.site) as other:
        back = await desk.back(line)
        await other.get("/sign-in/ministry")
        assert "belongs to no sign-in" in sentence(await other.get(back))  # a link sent to somebody else
        assert (await line.get(back)).status_code == 303
        assert "used already" in sentence(await line.get(back))
        late = await desk.back(line)
        [row] = [row for row in await desk.s.rows(t.sign_in_attempt) if row["provider"] == "ministry"][-1:]
        for kept in await desk.s.rows(t.sign_in_attempt):
            await desk.s.change(t.sign_in_attempt, kept["id"], began_at=row["began_at"].replace(year=2020))
        sentence(await line.get(late))
    assert await desk.in_force() == 1


async def test_forged_answers_are_pages_with_a_sentence(desk: Desk) -> None:
    async with ministry(desk.port), browser(desk.site) as line:
        for odd in (
            "",
            "?code=x",
            "?state=x&code=x",
            "?state=%00",
            "?state=a&state=b",
            "?error=access_denied",
            "?state=%ff",
        ):
            sentence(await line.get(f"/sign-in/ministry/back{odd}"))
        back = await desk.back(line)
        assert "another provider" in sentence(
            await line.get(re.sub("iss=[^&]+", "iss=https%3A%2F%2Fevil.example", back))
        )
        back = await desk.back(line)
        assert "another provider" in sentence(await line.get(re.sub("&iss=[^&]+", "", back)))
        back = await desk.back(line)
        sentence(await line.get(re.sub("code=[^&]+", "code=forged", back)))
        state = re.search("state=[^&]+", await desk.sent(line))
        assert state
        refused = await line.get(f"/sign-in/ministry/back?{state[0]}&error=access_denied<b>")
        assert "access_denied&lt;b&gt;" in refused.text
        assert (await line.get("/sign-in/nobody")).status_code == 404
        assert (await line.get("/sign-in/nobody/back")).status_code == 404
    assert await desk.in_force() == 0


async def test_a_provider_that_is_down_says_so_and_who_is_signed_in_goes_on(desk: Desk) -> None:
    async with browser(desk.site) as line, browser(desk.site) as other:
        async with ministry(desk.port):
            await line.get(await desk.back(line))
            late = await desk.back(other)
        assert "does not answer" in sentence(await other.get(late), 503)
        assert "does not answer" in sentence(await other.get("/sign-in/ministry"), 503)
        assert "Kenya" in (await line.get("/")).text
        async with ministry(desk.port):  # and it is back, with another key
            assert (await other.get(await desk.back(other))).status_code == 303


@pytest.mark.parametrize(
    ("shift", "algorithm", "status"),
    [
        (20, "RS256", 303),
        (-20, "RS256", 303),
        (600, "RS256", 400),
        (-600, "RS256", 400),
        (0, "PS256", 303),
        (0, "HS256", 400),
    ],
)
async def test_clocks_may_differ_a_little_and_a_key_is_never_a_secret(
    desk: Desk, shift: int, algorithm: str, status: int
) -> None:
    """Ten minutes behind, its ID token has expired when it comes; ten minutes ahead, it is not issued yet."""
    async with ministry(desk.port, shift, algorithm), browser(desk.site) as line:
        assert (await line.get(await desk.back(line))).status_code == status


async def test_a_key_that_is_changed_in_between_is_asked_for(desk: Desk) -> None:
    async with browser(desk.site) as line:
        for _ in range(2):  # the second provider has a key of its own, under another name
            async with ministry(desk.port):
                assert (await line.get(await desk.back(line))).status_code == 303


async def test_an_account_ends_and_what_it_signed_in_with_it(desk: Desk) -> None:
    [account] = await desk.s.rows(t.account)
    async with ministry(desk.port), browser(desk.site) as line:
        await line.get(await desk.back(line))
        with pytest.raises(InvalidValue):
            await account_links.link(desk.parts, "focal.nepal", desk.issuer, SELMA)
        await account_links.end(desk.parts, account["id"])
        assert "has ended" in (await line.get("/")).text
        assert (await line.get(await desk.back(line))).status_code == 403
        await account_links.link(desk.parts, "focal.nepal", desk.issuer, SELMA)
        await line.get(await desk.back(line))
        assert "Nepal" in (await line.get("/")).text
    with pytest.raises(NotFound):
        await account_links.end(desk.parts, account["id"])
    with pytest.raises(NotFound):
        await account_links.link(desk.parts, "nobody", desk.issuer, "x")


# ---- signed out at the provider
def logout(op: Ministry, **changes: Any) -> dict[str, Any]:
    now = int(time.time())
    claims = {"iss": op.issuer, "aud": CLIENT, "iat": now, "exp": now + 120, "jti": f"j{time.monotonic_ns()}",
              "sub": SELMA, "events": {EVENT: {}}}  # fmt: skip
    return {name: value for name, value in (claims | changes).items() if value is not ...}


async def test_who_signs_out_there_is_signed_out_here(desk: Desk) -> None:
    async with ministry(desk.port) as op, browser(desk.site) as line, browser(desk.site) as other:
        await line.get(await desk.back(line))
        await other.get(await desk.back(other))
        session = (await desk.s.rows(t.sign_in))[0]["provider_session"]
        async with browser(desk.site, Origin="", Sec_Fetch_Site="") as provider:
            one = op.signed(logout(op, sid=session, sub=...))
            answer = await provider.post("/sign-in/ministry/ended", data={"logout_token": one})
            assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
            assert await desk.in_force() == 1
            everything = op.signed(logout(op))
            assert (
                await provider.post("/sign-in/ministry/ended", data={"logout_token": everything})
            ).status_code == 200
            assert await desk.in_force() == 0
            await line.get(await desk.back(line))
            again = await provider.post("/sign-in/ministry/ended", data={"logout_token": everything})
            assert again.status_code == 200  # it was acted on: said again, it ends nothing new
            assert await desk.in_force() == 1


async def test_no_other_logout_token_is_taken(desk: Desk) -> None:
    async with ministry(desk.port) as op, browser(desk.site, Origin="", Sec_Fetch_Site="") as line:
        await line.get(await desk.back(line))
        now = int(time.time())
        header = {"alg": "HS256", "kid": str(op.key.as_dict()["kid"])}
        other = RSAKey.generate_key(2048, {"kid": header["kid"]}, private=True)
        secret = OctKey.import_key(SECRET)
        forged = {
            "no token": "",
            "not signed": op.signed(logout(op)).rpartition(".")[0] + ".",
            "long": "a." * 9000,
            "of another key": jwt.encode({"alg": "RS256", "kid": header["kid"]}, logout(op), other),
            "with the secret": jwt.encode(header, logout(op), secret, algorithms=["HS256"]),
            "an id token": op.signed(logout(op), typ="at+jwt"),
            "another issuer": op.signed(logout(op, iss="https://evil.example")),
            "another audience": op.signed(logout(op, aud="another")),
            "no audience": op.signed(logout(op, aud=...)),
            "old": op.signed(logout(op, iat=now - 900)),
            "over": op.signed(logout(op, exp=now - 60)),
            "of tomorrow": op.signed(logout(op, iat=now + 86400)),
            "no time": op.signed(logout(op, iat=...)),
            "with a nonce": op.signed(logout(op, nonce="x")),
            "no event": op.signed(logout(op, events={})),
            "an odd event": op.signed(logout(op, events=[EVENT])),
            "no id": op.signed(logout(op, jti=...)),
            "of nobody": op.signed(logout(op, sub=...)),
            "an unknown key": op.signed(logout(op), kid="unknown"),
        }
        for name, token in forged.items():
            answer = await line.post("/sign-in/ministry/ended", data={"logout_token": token})
            assert answer.status_code == (413 if name == "long" else 400), name
            assert answer.json()["errors"][0]["message"], name
        assert (await line.get("/sign-in/ministry/ended")).status_code == 405
        assert (await line.post("/sign-in/ministry/ended", content=b"{}")).status_code == 400
        assert await desk.in_force() == 1


# ---- the operator's file
GOOD = {"title": "T", "issuer": "https://id.example", "client_id": "c", "client_secret": "s"}


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({"issuer": "http://id.example"}, "https"),
        ({"issuer": None}, "issuer"),
        ({"colour": "red"}, "colour"),
        ({"title": ""}, "empty"),
        ({"scope": "email"}, "openid"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_by_name(tmp_path: Path, changes: dict[str, Any], names: str) -> None:
    file = tmp_path / "providers.toml"
    table = {key: value for key, value in (GOOD | changes).items() if value is not None}
    file.write_text("[one]\n" + "\n".join(f'{key} = "{value}"' for key, value in table.items()))
    with pytest.raises(Misconfigured, match=names):
        load(file)
    file.write_text("[one")
    with pytest.raises(Misconfigured, match="cannot be read"):
        load(file)
    assert load(None) == {}
    assert BACK
