"""People of the demonstration's story sign in at a real provider, in a real browser, and read in their mail box what
they were told: from the invitation of somebody new until she leaves."""

import asyncio
import re
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.async_api import Browser, Route, expect

from forum import app
from forum.cli import account_links
from forum.client.session import document
from forum.jobs.mail.carrier import carry
from forum.jobs.mail.compose import House
from forum.jobs.mail.office import Office
from forum.settings import Settings
from forum.store import clock
from forum.store.unit import begin
from tests.support.browsers import Reader, needs_browser, reading
from tests.support.mail_box import Box, box, read
from tests.support.ministry import CLIENT, SECRET, free_port, ministry
from tests.support.npm import needs_npm
from tests.support.told import Told, tell

pytestmark = [
    needs_browser("whether people sign in at a provider with a browser"),
    needs_npm("whether people sign in at a provider with a browser"),
]
OURS = "for-tests-only-" + "s" * 32
SECRETARIAT, NEWCOMER = "gfmd-secretariat", "hana.h@example.org"
_LINK = re.compile(r"https?://\S+/(invitation\?link=\S+)")


@dataclass
class Forum:
    """The service on the story's database, with a provider and a relay of its own."""

    url: str
    parts: app.Parts
    post: Office
    mails: Box

    async def mailed(self, address: str) -> list[EmailMessage]:
        """What a mail box holds once all letters that wait have been carried."""
        await carry(self.post)
        return [mail for to, mail in self.mails.taken if to == address]


@asynccontextmanager
async def _listening(site: Any, port: int) -> AsyncIterator[None]:
    server = uvicorn.Server(uvicorn.Config(site, host="127.0.0.1", port=port, lifespan="off", log_level="error"))
    serving = asyncio.create_task(server.serve())
    try:
        yield
    finally:
        server.should_exit = True
        await serving


@pytest.fixture(scope="module")
async def told(short_folder: Path) -> AsyncIterator[Told]:
    """A story of its own: who comes and leaves here is in no other."""
    folder = short_folder / "signing-in"
    folder.mkdir()
    async with tell(folder) as made:
        yield made


@pytest.fixture
async def forum(told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Forum]:
    port, provider, file = free_port(), free_port(), tmp_path / "providers.toml"
    issuer, url = f"http://127.0.0.1:{provider}", f"http://127.0.0.1:{port}"
    file.write_text(
        f'[ministry]\ntitle = "The Ministry"\nissuer = "{issuer}"\nclient_id = "{CLIENT}"\nclient_secret = "{SECRET}"\n'
    )
    async with box() as mails, ministry(provider, home=url):
        settings = Settings(
            mode="demo", host="127.0.0.1", port=port, database_url=told.urls.app, secret=OURS, pool=4, providers=file,
            public_url=url, relay=mails.relay, mail_from="forum@forum.example.org",
        )  # fmt: skip
        parts = await app.parts(settings, told.urls.app)
        await account_links.link(parts, SECRETARIAT, issuer, SECRETARIAT)
        post = Office(parts.runner, parts.reader, parts.pool, House(settings.mail_from, url, OURS), mails.relay)
        async with _listening(app.site(parts, settings), port):
            yield Forum(url, parts, post, mails)
        await parts.close()


@asynccontextmanager
async def _window(browser: Browser, forum: Forum) -> AsyncIterator[Reader]:
    """A window of somebody who is not signed in, that reaches this machine alone."""
    async with reading(browser, forum.url) as reader:

        async def only_here(route: Route) -> None:
            here = route.request.url.startswith("http://127.0.0.1:")
            await (route.continue_() if here else route.abort())

        await reader.page.context.route("**/*", only_here)
        yield reader


async def _at_the_ministry(reader: Reader, login: str) -> None:
    """Sign in on the provider's own pages, and agree to go on to the service."""
    await reader.page.locator('input[name="login"]').fill(login)
    await reader.page.locator('input[name="password"]').fill("any")
    await reader.page.locator("button[type=submit]").click()
    await reader.page.locator("button[type=submit]").click()
    await reader.page.wait_for_url(f"{reader.url}/**")


async def _does(reader: Reader, operation: str, **input_: Any) -> Any:
    """An act, sent with the cookie of this window as a page of ours would send it."""
    answer = await reader.page.request.post(
        f"{reader.url}/graphql", headers={"Origin": reader.url, "Sec-Fetch-Site": "same-origin"},
        data={"query": document(operation), "variables": {"input": input_}},
    )  # fmt: skip
    assert answer.ok, await answer.text()
    [payload] = (await answer.json())["data"].values()
    assert payload["errors"] == []
    return payload


async def test_somebody_new_comes_in_with_her_account_is_told_by_mail_and_leaves(
    browser: Browser, forum: Forum, told: Told
) -> None:
    gfmd = await told.ask(None, "ForumPage", slug="gfmd")
    home = (await told.ask(SECRETARIAT, "WhoAmI"))["viewer"]["mandates"][0]["organisation"]["id"]
    async with _window(browser, forum) as office, _window(browser, forum) as hana:
        # The secretariat signs in at the provider, with the account that the operator linked.
        await office.open("/sign-in")
        await office.follow("The Ministry")
        await _at_the_ministry(office, SECRETARIAT)
        await expect(office.page.locator("body")).to_contain_text("Mariam Al Suwaidi")
        await _does(
            office, "InvitePerson", forum=gfmd["forum"]["id"], organisation=home, role="NOTE_TAKER", address=NEWCOMER,
            name="Hana H.", startsAt="2020-02-01T09:00:00+01:00", idempotencyKey=str(uuid.uuid4()),
        )  # fmt: skip
        # Who is invited reads it in her mail box, and comes in with an account that nobody linked.
        [invitation] = await forum.mailed(NEWCOMER)
        link = _LINK.search(read(invitation))
        assert link, read(invitation)
        assert "Mariam Al Suwaidi invites you" in read(invitation)
        await hana.open(f"/{link[1]}")
        await hana.follow("Sign in and accept")
        await hana.press("The Ministry")
        await _at_the_ministry(hana, "hana-7")
        await expect(hana.page.locator("h1")).to_contain_text("Hana H.")
        [mandate] = await _mandates(hana)
        assert mandate["role"] == "NOTE_TAKER"
        # She does something that is hers to do: where and how she is written to is there, from her letter.
        await hana.open("/settings")
        await expect(hana.page.get_by_label("Mail address")).to_have_value(NEWCOMER)
        await hana.page.locator('input[name="zone"], select[name="zone"]').first.fill("Africa/Nairobi")
        await hana.page.locator('form:has(input[name="act"][value="contact"]) button').first.click()
        await expect(hana.page.locator("p.done")).to_be_visible()
        # Her mandate ends: she is told by mail why, nobody else reads that, and she is signed out everywhere.
        ends_at = datetime.fromisoformat((await _me(hana))["serverTime"]) + timedelta(hours=1)
        await _does(
            office, "EndMandate", mandate=mandate["id"], endsAt=ends_at.isoformat(), reason="The meeting is over.",
            leaveAlone=True,
        )  # fmt: skip
        assert "The meeting is over." in read((await forum.mailed(NEWCOMER))[-1])
        assert {to for to, mail in forum.mails.taken if "The meeting is over." in read(mail)} == {NEWCOMER}
        assert await hana.open("/sessions") == 200
        async with begin(forum.parts.engine) as unit:
            await clock.shift_by(unit, timedelta(hours=1), allowed=True)
            await unit.connection.commit()
        assert await hana.open("/sessions") == 401
        # The secretariat signs out here and at the provider.
        await office.open("/sessions")
        await office.press("Sign out here and at")
        await office.page.locator('button[value="yes"], button[name="logout"]').first.click()
        await office.page.wait_for_url(f"{forum.url}/sign-out**")
        await expect(office.page.locator("body")).to_contain_text("You are not signed in.")
        assert await office.open("/sessions") == 401


async def _me(reader: Reader) -> dict[str, Any]:
    answer = await reader.page.request.get(f"{reader.url}/graphql", params={"query": document("WhoAmI")})
    found: dict[str, Any] = (await answer.json())["data"]
    return found


async def _mandates(reader: Reader) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await _me(reader))["viewer"]["mandates"]
    return found
