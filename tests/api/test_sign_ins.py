"""Browsers: a cookie counts while its sign-in stands, on our own pages only, and never beside a token."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from starlette.applications import Starlette

from forum import app
from forum.client.session import document
from forum.settings import Settings
from forum.store import sign_ins
from forum.store.tables import schema as t
from forum.store.unit import begin, fresh
from tests.support.scene import Scene, scene
from tests.support.sign_ins import browser, hashed, served, signed_in
from tests.support.tokens import issued

SECRET = "for-tests-only-" + "s" * 32
ME = {"query": "{ viewer { person { name } } }"}


@dataclass
class Doors:
    """Two servers on one database."""

    s: Scene
    parts: tuple[app.Parts, ...]
    sites: tuple[Starlette, ...]

    async def ask(self, secret: str | None, door: int = 0, body: Any = ME, **headers: str) -> httpx.Response:
        async with browser(self.sites[door], secret, **headers) as line:
            return await line.post("/graphql", json=body)

    async def code(self, secret: str | None, door: int = 0, **headers: str) -> str | None:
        """The code with which the whole request was refused; None where it was answered, with a person."""
        answer = await self.ask(secret, door, **headers)
        if answer.status_code == 200:
            assert answer.json()["data"]["viewer"]["person"], "nobody in particular was answered"
            return None
        assert answer.status_code < 500
        return str(answer.json()["errors"][0]["extensions"]["code"])

    async def moved(self, id_: Any, **values: Any) -> None:
        await self.s.change(t.sign_in, id_, **values)


@pytest.fixture
async def doors(database: Any) -> AsyncIterator[Doors]:
    settings = Settings(mode="test", database_url=database.app_url, secret=SECRET, pool=4)
    async with scene(database.app_url) as s:
        parts = [await app.parts(settings, database.app_url) for _ in range(2)]
        yield Doors(s, tuple(parts), tuple(served(one, secret=SECRET) for one in parts))
        for one in parts:
            await one.close()


def ago(seconds: int) -> Any:
    return sa.func.clock_timestamp() - sa.func.make_interval(0, 0, 0, 0, 0, 0, seconds)


async def test_a_cookie_names_its_person_and_mandates_are_read_anew(doors: Doors) -> None:
    secret, _ = await signed_in(doors.parts[0], "focal.kenya")
    for door in (0, 1):
        answer = await doors.ask(secret, door)
        assert answer.json()["data"]["viewer"]["person"]["name"]
        assert answer.headers["cache-control"] == "no-store"
        assert "Cookie" in answer.headers["vary"]
    # An act by cookie is the person's.
    decline = {"call": f"Call:{doors.s.call}", "reason": "Not this time."}
    answer = await doors.ask(secret, 0, {"query": document("DeclineCall"), "variables": {"input": decline}})
    assert answer.json()["data"]["declineCall"]["errors"] == []


FORGED = ("", "x", "a" * 42, "a" * 43, "a" * 44, "a" * 5000, "%00" * 20, "../" * 14 + "x", "'; DROP TABLE sign_in; --")


async def test_a_forged_cookie_is_refused_with_a_sentence(doors: Doors) -> None:
    await signed_in(doors.parts[0], "focal.kenya")
    for forged in (*FORGED, "=" * 43):
        assert await doors.code(forged) == "SIGN_IN_ENDED", forged


async def test_neither_the_hash_nor_the_id_opens_anything(doors: Doors) -> None:
    secret, id_ = await signed_in(doors.parts[0], "focal.kenya")
    row = await doors.s.row(t.sign_in, id=id_)
    assert row["secret_hash"] == hashed(secret)
    assert secret.encode() not in repr(row).encode()
    for wrong in (str(id_), row["secret_hash"].hex(), secret[:-1] + ("A" if secret[-1] != "A" else "E")):
        assert await doors.code(wrong) == "SIGN_IN_ENDED"


async def test_it_ends_when_it_was_not_used_and_when_its_time_is_over(doors: Doors) -> None:
    idle, idle_id = await signed_in(doors.parts[0], "focal.kenya", idle=600)
    long, long_id = await signed_in(doors.parts[0], "focal.kenya")
    assert [await doors.code(one) for one in (idle, long)] == [None, None]
    await doors.moved(idle_id, last_used_at=ago(599))
    assert await doors.code(idle) is None  # and so it counts from now on
    row = await doors.s.row(t.sign_in, id=idle_id)
    assert (row["last_used_at"] - row["began_at"]).total_seconds() > -60
    await doors.moved(idle_id, last_used_at=ago(601))
    await doors.moved(long_id, began_at=ago(4000), ends_at=ago(1))
    for door in (0, 1):
        assert [await doors.code(one, door) for one in (idle, long)] == ["SIGN_IN_ENDED", "SIGN_IN_ENDED"]
    assert (await doors.s.row(t.sign_in, id=idle_id))["last_used_at"] < row["last_used_at"]  # asking revives nothing


async def test_that_it_is_used_is_noted_once_a_minute(doors: Doors) -> None:
    secret, id_ = await signed_in(doors.parts[0], "focal.kenya")
    await doors.moved(id_, last_used_at=ago(50))
    before = (await doors.s.row(t.sign_in, id=id_))["last_used_at"]
    await doors.code(secret)
    assert (await doors.s.row(t.sign_in, id=id_))["last_used_at"] == before
    await doors.moved(id_, last_used_at=ago(61))
    await doors.code(secret)
    assert (await doors.s.row(t.sign_in, id=id_))["last_used_at"] > before


async def test_who_has_left_is_signed_out_at_once_and_everywhere(doors: Doors) -> None:
    secret, _ = await signed_in(doors.parts[0], "focal.kenya")
    assert [await doors.code(secret, door) for door in (0, 1)] == [None, None]
    [held] = await doors.s.rows(t.mandate, person_id=doors.s.people["focal.kenya"])
    await doors.s.change(t.mandate, held["id"], ends_at=doors.s.now)
    assert [await doors.code(secret, door) for door in (0, 1)] == ["SIGN_IN_ENDED", "SIGN_IN_ENDED"]
    # Who waits for an answer to what was proposed is still here, and so is who never held anything.
    await doors.s.add(t.mandate, {**held, "id": fresh(), "accepted_at": None, "ends_at": None})
    assert await doors.code(secret) is None
    await doors.s.add(t.person, {"id": fresh(), "subject": "applicant", "name": "Applicant"})
    applicant, _ = await signed_in(doors.parts[0], "applicant")
    assert await doors.code(applicant) is None


async def test_a_token_and_a_cookie_at_once_are_refused(doors: Doors) -> None:
    secret, _ = await signed_in(doors.parts[0], "focal.kenya")
    token = (await issued(doors.s.engine, SECRET, "focal.kenya"))["focal.kenya"]
    assert await doors.code(None, Authorization=f"Bearer {token}") is None
    assert await doors.code(secret, Authorization=f"Bearer {token}") == "TWO_IDENTITIES"


CROSS = {
    "another site": {"Sec_Fetch_Site": "cross-site", "Origin": "https://evil.example"},
    "a site beside ours": {"Sec_Fetch_Site": "same-site", "Origin": "https://other.forum.example"},
    "another site, an old browser": {"Sec_Fetch_Site": "", "Origin": "https://evil.example"},
    "a sandboxed frame": {"Sec_Fetch_Site": "", "Origin": "null"},
    "a page over plain HTTP": {"Sec_Fetch_Site": "", "Origin": "http://forum.example"},
    "another port": {"Sec_Fetch_Site": "", "Origin": "https://forum.example:8443"},
    "a name that begins alike": {"Sec_Fetch_Site": "", "Origin": "https://forum.example.evil.example"},
    "the two disagree": {"Origin": "https://evil.example"},
    "neither is there": {"Sec_Fetch_Site": "", "Origin": ""},
    "an unknown word": {"Sec_Fetch_Site": "same-origin, cross-site"},
}


async def test_what_no_page_of_ours_sent_is_refused(doors: Doors) -> None:
    secret, _ = await signed_in(doors.parts[0], "focal.kenya")
    for name, headers in CROSS.items():
        assert await doors.code(secret, 0, **headers) == "CROSS_SITE", name
        answer = await doors.ask(None, 0, ME, **headers)  # without a cookie nobody is meant, and anybody may read
        assert answer.json()["data"] == {"viewer": {"person": None}}


async def test_our_own_pages_are_known_by_either_header(doors: Doors) -> None:
    secret, _ = await signed_in(doors.parts[0], "focal.kenya")
    assert await doors.code(secret, Sec_Fetch_Site="") is None
    assert await doors.code(secret, Origin="") is None
    site = served(doors.parts[0], secret=SECRET, public_url="https://outside.example/forum")
    async with browser(site, secret, Sec_Fetch_Site="", Origin="https://outside.example") as line:
        assert (await line.post("/graphql", json=ME)).status_code == 200


async def test_by_get_nothing_is_changed_and_nothing_is_kept_for_others(doors: Doors) -> None:
    secret, _ = await signed_in(doors.parts[0], "focal.kenya")
    async with browser(doors.sites[0], secret, Sec_Fetch_Site="cross-site", Origin="") as line:
        answer = await line.get("/graphql", params=ME)
        assert answer.json()["data"]["viewer"]["person"]
        assert answer.headers["cache-control"] == "no-store"
        assert "access-control-allow-credentials" not in answer.headers
        change = await line.get("/graphql", params={"query": document("DeclineCall")})
        assert change.status_code == 405


async def test_over_a_line_that_others_read_no_cookie_is_taken(doors: Doors) -> None:
    secret, _ = await signed_in(doors.parts[0], "focal.kenya")
    async with browser(doors.sites[0], secret, "http://forum.example") as line:
        answer = await line.post("/graphql", json=ME)
        assert answer.status_code == 403
        assert answer.json()["errors"][0]["extensions"]["code"] == "HTTPS_NEEDED"
        page = await line.get("/sign-in")
        assert page.status_code == 403
        assert "FORUM_TRUSTED_PROXIES" in page.text
    # The demonstration's cookie has another name, and is none elsewhere.
    async with browser(doors.sites[0]) as line:
        line.cookies.set("forum", secret)
        assert (await line.post("/graphql", json=ME)).json()["data"]["viewer"]["person"] is None


async def test_one_person_has_twenty_sign_ins_and_what_is_over_is_forgotten(doors: Doors) -> None:
    many = [await signed_in(doors.parts[0], "focal.kenya") for _ in range(22)]
    async with begin(doors.s.engine) as unit:
        standing = await unit.ask(sign_ins.standing(doors.s.people["focal.kenya"]))
    assert standing == {id_ for _, id_ in many[2:]}
    assert [await doors.code(many[n][0]) for n in (0, 1, 2)] == ["SIGN_IN_ENDED", "SIGN_IN_ENDED", None]
    await doors.moved(many[0][1], ended_at=ago(31 * 86400))
    await signed_in(doors.parts[0], "focal.kenya")
    assert await doors.s.rows(t.sign_in, id=many[0][1]) == []


async def test_forged_cookies_spend_of_their_address_and_a_known_one_of_its_person(doors: Doors) -> None:
    secret, _ = await signed_in(doors.parts[0], "focal.kenya")
    assert await doors.code(secret) is None
    doors.parts[0].service.rates.rate = 1
    assert [await doors.code("A" * 43) for _ in range(3)] == ["SIGN_IN_ENDED", "TOO_MANY_REQUESTS", "TOO_MANY_REQUESTS"]
    assert [await doors.code(secret) for _ in range(2)] == [None, "TOO_MANY_REQUESTS"]
    other, _ = await signed_in(doors.parts[1], "focal.nepal")
    assert await doors.code(other, 1) is None
