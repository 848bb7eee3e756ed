"""Who signs out here is offered to sign out at the provider as well, in the provider's own way."""

import html
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx
import pytest

from forum import app
from forum.cli import account_links
from forum.settings import Settings
from forum.store.tables import schema as t
from tests.support.ministry import CLIENT, SECRET, free_port, ministry, signs_in
from tests.support.npm import needs_npm
from tests.support.pages import Portal
from tests.support.scene import scene
from tests.support.sign_ins import HOME, browser, served

pytestmark = [pytest.mark.once, needs_npm("whether people can sign out at a provider")]
SELMA = "selma-7"
THERE = "Sign out here and at <bdi>The Ministry</bdi>"


@pytest.fixture
async def at(database: Any, tmp_path: Path) -> AsyncIterator[tuple[Portal, int]]:
    port, file = free_port(), tmp_path / "providers.toml"
    file.write_text(
        f'[ministry]\ntitle = "The Ministry"\nissuer = "http://127.0.0.1:{port}"\n'
        f'client_id = "{CLIENT}"\nclient_secret = "{SECRET}"\n'
    )
    settings = Settings(mode="test", database_url=database.app_url, secret="s" * 32, pool=4)
    async with scene(database.app_url) as s:
        parts = await app.parts(settings, database.app_url)
        await account_links.link(parts, "focal.kenya", f"http://127.0.0.1:{port}", SELMA)
        yield Portal(s, parts, served(parts, providers=file, public_url=HOME)), port
        await parts.close()


async def signed_in(line: httpx.AsyncClient) -> None:
    begun = await line.get("/sign-in/ministry")
    assert (await line.get(await signs_in(begun.headers["location"], SELMA))).status_code == 303


async def goes(address: str) -> str:
    """Walk the provider's pages on which one signs out: where it sends the browser then."""
    async with httpx.AsyncClient(trust_env=False) as line:
        asked = await line.get(address)
        assert asked.status_code == 200, asked.text
        action = re.search(r'action="([^"]+)"', asked.text)
        xsrf = re.search(r'name="xsrf" value="([^"]+)"', asked.text)
        assert action, asked.text
        assert xsrf, asked.text
        sent = {"xsrf": xsrf[1], "logout": "yes"}
        done = await line.post(urljoin(str(asked.url), html.unescape(action[1])), data=sent)
        return str(done.headers["location"])


async def test_one_button_signs_out_here_and_leads_to_the_providers_own_page(at: tuple[Portal, int]) -> None:
    portal, port = at
    async with ministry(port), browser(portal.site) as line:
        await signed_in(line)
        for address in ("/sign-out", "/sessions"):
            assert THERE in (await line.get(address)).text
        page = await line.post("/sign-out", data={"there": "yes"})
        assert page.status_code == 200
        _, _, address = page.headers["refresh"].partition("url=")
        assert f'href="{html.escape(address)}"' in page.text
        assert urlsplit(address).netloc == f"127.0.0.1:{port}"
        asked = {name: value[0] for name, value in parse_qs(urlsplit(address).query).items()}
        assert asked == {"client_id": CLIENT, "post_logout_redirect_uri": f"{HOME}/sign-out"}
        assert [row["ended_at"] for row in await portal.s.rows(t.sign_in) if row["ended_at"] is None] == []
        back = await goes(address)
        assert back.startswith(f"{HOME}/sign-out")
        assert "You are not signed in." in (await line.get(back)).text


async def test_who_signed_out_here_alone_is_told_that_the_provider_goes_on(at: tuple[Portal, int]) -> None:
    portal, port = at
    async with browser(portal.site) as line:
        async with ministry(port):
            await signed_in(line)
            left = await line.post("/sign-out", data={"from": "here"})
            assert (left.status_code, left.headers["location"]) == (303, "/sign-out?at=ministry")
            page = await line.get(left.headers["location"])
            assert "you may still be signed in" in page.text
            assert f"http://127.0.0.1:{port}/session/end?" in page.text
            await signed_in(line)
        # It is down: one is signed out here all the same.
        left = await line.post("/sign-out", data={"there": "yes"})
        assert left.status_code in (200, 303)
        assert [row["ended_at"] for row in await portal.s.rows(t.sign_in) if row["ended_at"] is None] == []


async def test_nobody_else_is_led_to_a_provider(at: tuple[Portal, int]) -> None:
    portal, _ = at
    async with portal.by("focal.kenya") as line:  # signed in, but not with the provider
        assert THERE not in (await line.get("/sign-out")).text
        assert (await line.post("/sign-out", data={"there": "yes"})).headers["location"] == "/"
    async with portal.by() as line:
        page = await line.get("/sign-out", params={"at": "https://evil.example"})
        assert "evil" not in page.text.partition("<footer>")[0]
        down = await line.get("/sign-out", params={"at": "ministry"})  # which does not answer
        assert (down.status_code, "session/end" in down.text) == (200, False)
        assert "you may still be signed in" in down.text
