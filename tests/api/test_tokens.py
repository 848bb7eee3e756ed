"""Tokens of the service: on a list, seen by their own person, ended at once and in every server process."""

import time
import uuid
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from forum import administration, app
from forum.api.http.identity import issue, verify
from forum.client.session import document
from forum.domain.token import Token
from forum.errors import NotFound
from forum.settings import Settings
from forum.store.tables import schema as t
from tests.support.scene import Scene, scene
from tests.support.tokens import issued

SECRET = "for-tests-only-" + "s" * 32
ME = "{ viewer { person { name } } }"


@dataclass
class Doors:
    """Two servers on one database."""

    s: Scene
    parts: tuple[app.Parts, ...]
    sites: tuple[httpx.ASGITransport, ...]

    async def post(self, token: str, query: str, door: int = 0, /, **variables: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token}"}
        async with httpx.AsyncClient(transport=self.sites[door], base_url="http://service", headers=headers) as line:
            return await line.post("/graphql", json={"query": query, "variables": variables})

    async def code(self, token: str, query: str, door: int = 0, /, **variables: Any) -> str | None:
        """The code with which the whole request was refused."""
        answer = await self.post(token, query, door, **variables)
        if answer.status_code == 200:
            return None
        assert answer.status_code == 401, answer.text
        assert "invalid_token" in answer.headers["www-authenticate"]
        return str(answer.json()["errors"][0]["extensions"]["code"])

    async def revoke(self, token: str, which: str) -> Any:
        answer = await self.post(token, document("RevokeToken"), input={"token": which})
        return answer.json()["data"]["revokeToken"]

    async def mine(self, token: str) -> list[dict[str, Any]]:
        answer = await self.post(token, document("MyTokens"))
        found: list[dict[str, Any]] = answer.json()["data"]["viewer"]["tokens"]["nodes"]
        return found


@pytest.fixture
async def doors(database: Any) -> AsyncIterator[Doors]:
    settings = Settings(mode="test", database_url=database.app_url, secret=SECRET, pool=4)
    async with scene(database.app_url) as s, AsyncExitStack() as stack:
        parts = []
        for _ in range(2):
            parts.append(await app.parts(settings, database.app_url))
            stack.push_async_callback(parts[-1].close)
        yield Doors(s, tuple(parts), tuple(httpx.ASGITransport(app.site(one, settings)) for one in parts))


async def test_one_ends_a_token_of_ones_own_and_goes_on_with_another(doors: Doors) -> None:
    lost, kept = [(await issued(doors.s.engine, SECRET, "rep.network"))["rep.network"] for _ in range(2)]
    [first, second] = await doors.mine(kept)
    assert {first["issuedBy"], first["revokedAt"]} == {"OPERATOR", None}
    assert await doors.code(lost, ME, 1) is None
    ended = next(one["id"] for one in (first, second) if one["id"].removeprefix("Token:") in _id(lost))
    assert (await doors.revoke(kept, ended))["errors"] == []
    assert (await doors.revoke(kept, ended))["errors"][0]["code"] == "WRONG_STATE"
    assert [await doors.code(token, ME, 1) for token in (lost, kept)] == ["TOKEN_ENDED", None]
    assert {one["id"] for one in await doors.mine(kept) if one["revokedAt"]} == {ended}


def _id(token: str) -> str:
    return verify(SECRET, token, now=time.time()).token_id


def _renewed(token: Token) -> Token:
    return replace(token, id=uuid.uuid4(), revoked_at=None)


async def test_only_ones_own_tokens_are_seen_and_ended(doors: Doors) -> None:
    tokens = await issued(doors.s.engine, SECRET, "rep.network", "secretariat", "focal.kenya")
    [theirs] = await doors.mine(tokens["rep.network"])
    for who in ("secretariat", "focal.kenya"):
        assert theirs["id"] not in {one["id"] for one in await doors.mine(tokens[who])}
        hidden = await doors.revoke(tokens[who], theirs["id"])
        nothing = await doors.revoke(tokens[who], f"Token:{uuid.uuid4()}")
        assert hidden == nothing  # to the letter: nobody learns that there is one
        assert hidden["errors"][0]["code"] == "NOT_FOUND"
        acts = await doors.post(
            tokens[who], "query($on: ID!) { acts(on: $on) { act } node(id: $on) { id } }", on=theirs["id"]
        )
        assert acts.json()["data"] == {"acts": [], "node": None}
    assert await doors.code(tokens["rep.network"], ME) is None
    done = await doors.revoke(tokens["rep.network"], theirs["id"])
    assert done["errors"] == []
    for door in (0, 1):
        assert await doors.code(tokens["rep.network"], ME, door) == "TOKEN_ENDED"


async def test_an_ended_token_does_nothing(doors: Doors) -> None:
    tokens = await issued(doors.s.engine, SECRET, "rep.network")
    await administration.revoke_tokens(doors.parts[1], token=None, subject="rep.network")
    decline = "mutation($call: ID!) { declineCall(input: {call: $call}) { errors { code } } }"
    # The first time the database says so, then the process knows it; the other server asks for itself.
    for door in (0, 0, 1):
        assert await doors.code(tokens["rep.network"], decline, door, call=f"Call:{doors.s.call}") == "TOKEN_ENDED"
    asked = await doors.s.rows(t.addressee, call_id=doors.s.call, organisation_id=doors.s.organisations["network"])
    assert [one["answer"] for one in asked] == ["none_yet"]
    with pytest.raises(NotFound):
        await administration.revoke_tokens(doors.parts[0], token=None, subject="rep.network")


async def test_what_is_on_no_list_is_not_taken(doors: Doors) -> None:
    unlisted = issue(SECRET, "rep.network", now=time.time(), lifetime=60)
    assert await doors.code(unlisted, ME) == "TOKEN_ENDED"
    [other] = (await issued(doors.s.engine, SECRET, "focal.kenya")).values()
    listed = uuid.UUID((await doors.mine(other))[0]["id"].removeprefix("Token:"))
    another = issue(SECRET, "secretariat", now=time.time(), lifetime=60, token=listed)
    assert await doors.code(another, ME) == "TOKEN_ENDED"  # the id is another person's
    now = int(time.time())
    claims = {"iss": "review-forum", "aud": "review-forum", "sub": "rep.network", "client_id": "review-forum",
              "iat": now, "exp": now + 60, "jti": "as-they-were-before"}  # fmt: skip
    before = jwt.encode({"alg": "HS256", "typ": "at+jwt"}, claims, OctKey.import_key(SECRET))
    assert await doors.code(before, ME) == "TOKEN_ENDED"


async def test_an_ended_token_spends_nothing_of_its_persons_points(doors: Doors) -> None:
    rates = doors.parts[0].service.rates
    rates.rate = 100
    tokens = await issued(doors.s.engine, SECRET, "rep.network", "focal.kenya")
    await administration.revoke_tokens(doors.parts[0], token=None, subject="rep.network")
    assert await doors.code(tokens["rep.network"], ME) == "TOKEN_ENDED"  # now it is known here
    before = rates._bucket("person", rates._hidden("rep.network")).left
    for _ in range(100):
        assert await doors.code(tokens["rep.network"], ME) == "TOKEN_ENDED"
    assert rates._bucket("person", rates._hidden("rep.network")).left >= before


async def test_the_operator_issues_lists_and_revokes(doors: Doors) -> None:
    parts = doors.parts[0]
    [token] = (await issued(doors.s.engine, SECRET, "secretariat")).values()
    assert [one.subject for one in await administration.list_tokens(parts, None, ended=False)] == ["secretariat"]
    [id_] = [one.id for one in await administration.list_tokens(parts, "secretariat", ended=False)]
    assert await administration.revoke_tokens(parts, token=id_, subject=None) == (id_,)
    assert await administration.list_tokens(parts, None, ended=False) == ()
    [ended] = await administration.list_tokens(parts, None, ended=True)
    assert ended.revoked_at is not None
    assert await doors.code(token, ME) == "TOKEN_ENDED"
    assert [line["act"] for line in await doors.s.rows(t.history, subject_id=id_)] == ["revoke_token"]
    signed = await administration.issue_token(parts, SECRET, _renewed(ended))
    assert await doors.code(signed, ME) is None
    assert not any(signed in str(row) for row in await doors.s.rows(t.token))
