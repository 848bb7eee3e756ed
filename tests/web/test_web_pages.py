"""The pages, in the demonstration and as they are served to people: what they show, take and refuse, and how."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from forum import app
from forum.settings import Settings
from forum.store.tables import schema as t
from forum.web.templating import STYLE, STYLE_ADDRESS
from tests.support.scene import Scene, scene
from tests.support.sign_ins import COOKIE, browser, served, signed_in

MACHINE = "http://127.0.0.1:8000"
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7*7 }}"


@dataclass
class Pages:
    """The service twice on one database: `demonstration` on this machine, and `site` as people reach it."""

    s: Scene
    parts: app.Parts
    demonstration: Starlette
    site: Starlette

    def here(self, **headers: str) -> httpx.AsyncClient:
        return browser(self.demonstration, home=MACHINE, **headers)

    async def in_demonstration(self, line: httpx.AsyncClient, subject: str) -> httpx.Response:
        return await line.post("/sign-in", data={"person": subject})


@pytest.fixture
async def pages(database: Any) -> AsyncIterator[Pages]:
    settings = Settings(mode="test", database_url=database.app_url, secret="s" * 32, pool=4)
    async with scene(database.app_url) as s:
        parts = await app.parts(settings, database.app_url)
        yield Pages(s, parts, served(parts, mode="demo"), served(parts))
        await parts.close()


# ---- signing in, and what one is shown
async def test_one_signs_in_from_the_list_and_reads_what_is_addressed_to_one(pages: Pages) -> None:
    async with pages.here() as line:
        welcome = await line.get("/")
        assert 'href="/sign-in"' in welcome.text
        people = await line.get("/sign-in")
        assert re.findall(r'value="(focal\.kenya)"', people.text) == ["focal.kenya"]
        answer = await pages.in_demonstration(line, "focal.kenya")
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        home = await line.get("/")
        [call] = await pages.s.rows(t.call, id=pages.s.call)
        for words in ("national focal point", "Kenya", call["title"], "closes", "has not answered yet"):
            assert words in home.text
        assert "Nepal" not in home.text


async def test_the_cookie_is_new_each_time_and_the_former_one_ends(pages: Pages) -> None:
    async with pages.here() as line:
        line.cookies.set("forum", "chosen-by-an-attacker", domain="127.0.0.1")
        await pages.in_demonstration(line, "focal.kenya")
        first = line.cookies["forum"]
        assert len(first) == 43
        await pages.in_demonstration(line, "focal.nepal")
        second = line.cookies["forum"]
        assert second not in (first, "chosen-by-an-attacker")
    rows = {row["issuer"] for row in await pages.s.rows(t.sign_in)}
    assert rows == {"demonstration"}
    assert len([row for row in await pages.s.rows(t.sign_in) if row["ended_at"] is None]) == 1


async def test_a_cookie_is_kept_from_scripts_and_from_other_sites(pages: Pages) -> None:
    async with pages.here() as line:
        [set_] = (await pages.in_demonstration(line, "focal.kenya")).headers.get_list("set-cookie")
        assert set_.startswith("forum=")
        assert {part.strip().lower() for part in set_.split(";")[1:]} == {"httponly", "path=/", "samesite=lax"}
    secret, _ = await signed_in(pages.parts, "focal.kenya")
    async with browser(pages.site, secret) as line:
        [gone] = (await line.post("/sign-out", data={"from": "here"})).headers.get_list("set-cookie")
        assert gone.startswith(f"{COOKIE}=")
        assert {"secure", "httponly", "path=/", "samesite=lax"} <= {part.strip().lower() for part in gone.split(";")}
        assert "domain" not in gone.lower()


async def test_outside_the_demonstration_nobody_is_chosen_from_a_list(pages: Pages) -> None:
    async with browser(pages.site) as line:
        shown = await line.get("/sign-in")
        assert shown.status_code == 200
        assert "focal.kenya" not in shown.text
        answer = await pages.in_demonstration(line, "focal.kenya")
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers
    assert await pages.s.rows(t.sign_in) == []
    # Nor where the demonstration is asked by another name than this machine's, or listens to others.
    async with browser(pages.demonstration, home="http://rebound.example") as line:
        assert (await pages.in_demonstration(line, "focal.kenya")).status_code == 403
    open_to_all = served(pages.parts, mode="demo", host="0.0.0.0")
    async with browser(open_to_all, home=MACHINE) as line:
        assert (await pages.in_demonstration(line, "focal.kenya")).status_code == 403


# ---- and signing out
async def test_one_sees_ones_own_sign_ins_and_ends_one(pages: Pages) -> None:
    here, _ = await signed_in(pages.parts, "focal.kenya")
    lost, lost_id = await signed_in(pages.parts, "focal.kenya")
    others, others_id = await signed_in(pages.parts, "focal.nepal")
    async with browser(pages.site, here) as line:
        listed = await line.get("/sessions")
        assert str(lost_id) in listed.text
        assert str(others_id) not in listed.text
        assert "this browser" in listed.text
        for id_, status in ((lost_id, 303), (others_id, 400), (lost_id, 400)):
            ended = await line.post("/sessions", data={"sign_in": f"SignIn:{id_}"})
            assert ended.status_code == status
        assert "a sign-in that has ended" in ended.text
    async with browser(pages.site, lost) as line:
        page = await line.get("/")
        assert "Your sign-in has ended" in page.text
        assert f'{COOKIE}=""' in page.headers["set-cookie"]
        assert (await line.get("/")).text.count("has ended") == 0  # said once: the browser forgot the cookie
    async with browser(pages.site, others) as line:
        assert "Nepal" in (await line.get("/")).text


async def test_all_the_other_sign_ins_end_at_one_button(pages: Pages) -> None:
    secrets = [(await signed_in(pages.parts, "focal.kenya"))[0] for _ in range(3)]
    async with browser(pages.site, secrets[1]) as line:
        fields = re.search(
            r'value="(SignIn:[^"]+)"><input type="hidden" name="others"', (await line.get("/sessions")).text
        )
        assert fields
        ended = await line.post("/sessions", data={"sign_in": fields[1], "others": "yes"})
        page = await line.get(ended.headers["location"])
        assert "Done: " in page.text
        assert page.text.count("End it") == 1
        assert "End all the others" not in page.text
    for secret, status in zip(secrets, (401, 200, 401), strict=True):
        async with browser(pages.site, secret) as line:
            assert (await line.get("/sessions")).status_code == status


async def test_signing_out_everywhere_ends_all_and_a_lost_cookie_ends_nothing_more(pages: Pages) -> None:
    secrets = [(await signed_in(pages.parts, "focal.kenya"))[0] for _ in range(3)]
    async with browser(pages.site, secrets[0]) as line:
        await line.post("/sign-out", data={"everywhere": "yes"})
    for secret in secrets:
        async with browser(pages.site, secret) as line:
            assert (await line.get("/sessions")).status_code == 401
    new, _ = await signed_in(pages.parts, "focal.kenya")
    async with browser(pages.site, secrets[0]) as line:
        await line.post("/sign-out", data={"everywhere": "yes"})
    async with browser(pages.site, new) as line:
        assert (await line.get("/sessions")).status_code == 200


async def test_a_form_of_another_site_does_nothing(pages: Pages) -> None:
    async with pages.here() as line:
        await pages.in_demonstration(line, "focal.kenya")
        [row] = await pages.s.rows(t.sign_in)
        odds = (
            {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
            {"Sec-Fetch-Site": "", "Origin": "null"},
            {"Sec-Fetch-Site": "", "Origin": "http://127.0.0.1:8001"},
        )
        for address, odd in product(("/sign-in", "/sign-out", "/sessions"), odds):
            form = {"person": "focal.nepal", "everywhere": "yes", "sign_in": str(row["id"])}
            answer = await line.post(address, data=form, headers=odd)
            assert answer.status_code == 403
            assert "<h1>" in answer.text
        assert await pages.s.rows(t.sign_in) == [row]


# ---- how pages are sent
async def test_every_page_has_its_headers_and_only_links_to_what_is_there(pages: Pages) -> None:
    secret, _ = await signed_in(pages.parts, "focal.kenya")
    async with browser(pages.site, secret) as line:
        for address in ("/", "/sign-in", "/sign-out", "/sessions", "/nothing", "/a/b/c"):
            page = await line.get(address)
            policy = page.headers["content-security-policy"]
            assert "default-src 'none'" in policy
            assert "frame-ancestors 'none'" in policy
            assert "unsafe" not in policy
            assert page.headers["x-content-type-options"] == "nosniff"
            assert page.headers["referrer-policy"] == "same-origin"
            assert page.headers["cache-control"] == "no-store"
            assert page.headers["x-request-id"]
            assert page.headers["content-type"] == "text/html; charset=utf-8"
            assert not re.search(r"<script|<style|\sstyle=|\son\w+=", page.text)
            for link in re.findall(r'(?:href|action)="([^"#][^"]*)"', page.text):
                assert (await line.get(link)).status_code == 200, link
        style = await line.get(STYLE_ADDRESS)
        assert style.headers["content-type"].startswith("text/css")
        assert "immutable" in style.headers["cache-control"]


async def test_what_people_wrote_is_text(pages: Pages) -> None:
    await pages.s.change(t.person, pages.s.people["focal.kenya"], name=HOSTILE)
    await pages.s.change(t.organisation, pages.s.organisations["kenya"], name=f"O{HOSTILE}")
    await pages.s.change(t.call, pages.s.call, title=f"C{HOSTILE}")
    secret, _ = await signed_in(pages.parts, "focal.kenya")
    async with browser(pages.site, secret, User_Agent=HOSTILE) as line, pages.here() as here:
        for page in (await line.get("/"), await line.get("/sessions"), await here.get("/sign-in")):
            assert page.status_code == 200
            assert "<script" not in page.text
            assert "<img" not in page.text
        assert (await line.get("/")).text.count("&lt;script&gt;alert(1)") >= 3
        assert "{{ 7*7 }}" in (await line.get("/")).text  # what a person wrote is no template either


BAD: dict[str, tuple[dict[str, Any], int]] = {
    "json": ({"content": b"{}", "headers": {"Content-Type": "application/json"}}, 400),
    "nothing": ({"content": b""}, 400),
    "bytes": ({"content": b"person=\xff\xfe"}, 400),
    "half a letter": ({"content": b"person=%ff"}, 400),
    "half a pair": ({"content": b"person=%ed%a0%80"}, 400),
    "a NUL": ({"content": b"person=%00"}, 400),
    "nobody": ({"content": b"person=nobody"}, 400),
    "statement": ({"content": b"person=%27%3BDROP+TABLE+person"}, 400),
    "many fields": ({"content": b"a=1&" * 40}, 400),
    "long": ({"content": b"person=" + b"x" * 20_000}, 413),
    "five megabytes": ({"content": b"person=" + b"x" * 5_000_000}, 413),
}


@pytest.mark.parametrize("address", ["/sign-in", "/sessions"])
async def test_bad_input_is_a_page_with_a_sentence(pages: Pages, address: str) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    async with pages.here() as line:
        if address == "/sessions":
            await pages.in_demonstration(line, "focal.kenya")
        for name, (sent, status) in BAD.items():
            answer = await line.post(address, **{"headers": form, **sent})
            assert answer.status_code == status, name
            assert re.search(r"<p>(?:<bdi>)?[A-Z][^<]+\.(?:</bdi>)?</p>", answer.text), name
            assert "Traceback" not in answer.text


async def test_methods_and_addresses_that_are_none(pages: Pages) -> None:
    async with pages.here() as line:
        assert (await line.request("DELETE", "/")).status_code == 405
        answer = await line.post("/")
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
        assert (await line.get("/sessions")).status_code == 401
        assert (await line.head("/")).status_code == 200
        for odd in ("/%00", "/..%2f..%2fetc", "/" + "x" * 3000, "/%ff"):
            assert (await line.get(odd)).status_code == 404
        assert (await line.post("/nowhere")).status_code == 404
        odd_host = await line.get("/sign-in", headers={"Host": "[bad"})
        assert odd_host.status_code == 403


class _Gone:
    """The connections of a database that does not answer."""

    def acquire(self, timeout: float | None = None) -> Any:
        raise ConnectionRefusedError("no server at 10.0.0.7")


async def test_a_lost_database_is_a_page_too(pages: Pages) -> None:
    async with browser(served(replace(pages.parts, pool=_Gone())), "A" * 43) as line:
        answer = await line.get("/")
    assert answer.status_code == 503
    assert "10.0.0.7" not in answer.text
    assert answer.headers["retry-after"]


def test_the_style_knows_no_left_and_right() -> None:
    assert not re.search(rb"(margin|padding|border)-(left|right)|\b(left|right|float):", STYLE)


async def test_an_address_that_asks_for_far_too_much_is_a_page_all_the_same(pages: Pages) -> None:
    async with pages.here() as line:
        page = await line.get("/calls?" + "&".join(f"x{i}=1" for i in range(500)))
    assert page.status_code == 200
    assert 'href="?language=ar"' in page.text
