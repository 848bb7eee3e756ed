"""A draft that saves itself: the same form, sent by the page, and the few lines that it is answered with."""

import re
from collections.abc import AsyncIterator
from html import unescape
from typing import Any

import pytest

from forum.web import autosave
from tests.support.npm import NODE, needs_npm
from tests.support.pages import Portal, hidden, portal

BY_ITSELF = {"HX-Request": "true"}


@pytest.fixture
async def on(database: Any) -> AsyncIterator[Portal]:
    async with portal(database.app_url) as pages:
        yield pages


@needs_npm("whether the script that drafts are saved with is htmx as its package has it")
def test_htmx_is_the_package_as_it_is() -> None:
    assert (NODE / "htmx.org/dist/htmx.min.js").read_bytes() == autosave._SCRIPTS["htmx.min.js"]
    licence = (NODE / "htmx.org/LICENSE").read_text("utf-8")
    assert (autosave._FOLDER / "htmx.LICENCE.txt").read_text("utf-8") == licence


async def test_the_page_may_run_two_scripts_of_ours_and_every_other_page_none(on: Portal) -> None:
    async with on.by("rep.network") as line:
        page = await line.get(f"/calls/{on.s.call}/input")
        assert "script-src 'self';" in page.headers["content-security-policy"]
        assert "unsafe" not in page.headers["content-security-policy"]
        scripts = re.findall(r'<script src="([^"]+)" defer></script>', page.text)
        assert len(scripts) == page.text.count("<script") == 2
        for address in scripts:
            script = await line.get(address)
            assert (script.status_code, script.headers["content-type"]) == (200, "text/javascript; charset=utf-8")
            assert "immutable" in script.headers["cache-control"]
        other = await line.get("/")
        assert "script-src" not in other.headers["content-security-policy"]


async def test_a_new_draft_is_kept_gets_its_address_and_is_saved_on(on: Portal) -> None:
    address = f"/calls/{on.s.call}/input"
    async with on.by("rep.network") as line:
        form = hidden(await line.get(address))
        typed = {**form, "title": "Half a", "language": "en", "text-a": "One two, 10.7", "text-b": ""}
        saved = await line.post(address, data=typed, headers=BY_ITSELF)
        assert saved.status_code == 200
        assert "<html" not in saved.text
        assert "Saved by itself" in saved.text
        assert re.search(r'id="count-text-a" class="fits"[^>]*><bdi>3</bdi> words? now|3</bdi> <bdi>words', saved.text)
        draft = saved.headers["hx-replace-url"]
        assert re.fullmatch(r"/inputs/[0-9a-f-]{36}/edit", draft)
        on_it = {**typed, "title": "Half a title", "revision": _revision(saved.text)}
        again = await line.post(draft, data=on_it, headers=BY_ITSELF)
        assert int(_revision(again.text)) == int(on_it["revision"]) + 1
        assert "hx-replace-url" not in again.headers
        assert "Half a title" in (await line.get(draft)).text
        stale = await line.post(draft, data={**on_it, "title": "Late"}, headers=BY_ITSELF)
        assert "Somebody else saved meanwhile" in stale.text
        assert 'id="revision"' not in stale.text
        assert "Half a title" in (await line.get(draft)).text


async def test_what_cannot_be_saved_says_why_and_nothing_is_drawn_anew(on: Portal) -> None:
    address = f"/calls/{on.s.call}/input"
    async with on.by("rep.network") as line:
        form = hidden(await line.get(address))
        typed = {**form, "title": "", "language": "en", "text-a": "<script>alert(1)</script>"}
        refused = await line.post(address, data=typed, headers=BY_ITSELF)
    assert refused.status_code == 200
    assert "Not saved yet:" in refused.text
    assert "<script" not in refused.text
    assert "hx-replace-url" not in refused.headers


async def test_a_sign_in_that_ended_is_said_and_nothing_is_saved(on: Portal) -> None:
    address = f"/calls/{on.s.call}/input"
    async with on.by("rep.network") as line:
        form = hidden(await line.get(address))
    async with on.by(None) as line:
        ended = await line.post(address, data={**form, "title": "Lost?", "language": "en"}, headers=BY_ITSELF)
    assert ended.status_code == 200
    assert "Your sign-in has ended" in unescape(ended.text)


def _revision(text: str) -> str:
    [revision] = re.findall(r'id="revision" value="([0-9]+)"', text)
    return str(revision)
