"""Targets of the SDGs are looked for in the form of an input, ticked, kept, and taken out; nothing that was typed is
lost."""

import re
from collections.abc import AsyncIterator
from html import unescape
from typing import Any

import httpx
import pytest

from tests.support.pages import Portal, hidden, portal

WORDS = "Desks near markets help people find fair work."
TYPED = {"title": "Desks", "language": "en", "visibility": "PUBLIC", "attribution": "MECHANISM", "text-a": WORDS}
BY_ITSELF = {"HX-Request": "true"}
_BOX = re.compile(r'<input type="checkbox" id="[^"]*" name="targets" value="([^"]*)"( checked)?>')


@pytest.fixture
async def on(database: Any) -> AsyncIterator[Portal]:
    async with portal(database.app_url) as pages:
        yield pages


def boxes(page: httpx.Response) -> dict[str, bool]:
    """The targets that the page shows, and whether each is ticked."""
    return {code: bool(ticked) for code, ticked in _BOX.findall(page.text)}


async def test_targets_are_found_ticked_kept_and_taken_out(on: Portal) -> None:
    address = f"/calls/{on.s.call}/input"
    async with on.by("rep.network") as line:
        form = {**hidden(await line.get(address)), **TYPED}
        found = await line.post(address, data={**form, "find": "targets", "find_targets": "migrant remit"})
        assert found.status_code == 200
        assert boxes(found) == {"10.c": False}
        assert '<span class="official" lang="en" dir="ltr">By 2030, reduce to less than 3 per cent' in found.text
        for typed in (WORDS, 'value="Desks"', 'value="PUBLIC" checked', 'value="MECHANISM" checked'):
            assert typed in found.text
        ticked = {**form, "targets": ["10.c", "8.8"]}
        more = await line.post(address, data={**ticked, "find": "targets", "find_targets": "migra"})
        assert boxes(more) == {"8.8": True, "10.7": False, "10.c": True, "17.18": False}
        other = await line.post(address, data={**ticked, "find": "targets", "find_targets": "forests"})
        assert boxes(other).items() >= {"10.c": True, "8.8": True, "15.2": False}.items()
        saved = await line.post(address, data={**ticked, "find_targets": "forests"})
        assert saved.status_code == 303
        draft = saved.headers["location"].partition("?")[0] + "/edit"
        kept = await line.get(draft)
        assert boxes(kept) == {"8.8": True, "10.c": True}
        assert "Protect labour rights" in kept.text
        again = {**hidden(kept), **TYPED, "targets": ["10.c"], "find_targets": ""}
        assert (await line.post(draft, data={**again, "find": "targets"})).status_code == 200
        assert boxes(await line.get(draft)) == {"8.8": True, "10.c": True}, "what is looked for saves nothing"
        assert (await line.post(draft, data=again)).status_code == 303
        assert boxes(await line.get(draft)) == {"10.c": True}


async def test_what_was_ticked_and_is_no_code_comes_back_and_is_said(on: Portal) -> None:
    address = f"/calls/{on.s.call}/input"
    async with on.by("rep.network") as line:
        form = {**hidden(await line.get(address)), **TYPED, "targets": ["10.7", '99.9"><script>']}
        found = await line.post(address, data={**form, "find": "targets", "find_targets": "<b>nothing</b>"})
        assert boxes(found) == {"10.7": True, "99.9&#34;&gt;&lt;script&gt;": True}
        assert "Nothing was found for <bdi>&lt;b&gt;nothing&lt;/b&gt;</bdi>." in found.text
        refused = await line.post(address, data=form)
        assert refused.status_code == 400
        assert '<a href="#targets">' in refused.text


async def test_the_page_asks_for_the_lists_alone(on: Portal) -> None:
    async with on.by("rep.network") as line:
        asked: Any = {"find_targets": "inegalites femmes", "targets": ["10.7", "8.8"]}
        nothing = await line.get("/targets/found", params=asked, headers=BY_ITSELF)
        assert boxes(nothing) == {"10.7": True, "8.8": True}
        lists = await line.get("/targets/found?find_targets=inegalites&targets=10.7&targets=8.8&language=fr")
    assert "<html" not in lists.text
    assert boxes(lists).items() >= {"10.7": True, "10.c": False, "8.8": True}.items()
    assert 'id="target-count" class="hint" role="status" hx-swap-oob="true"' in lists.text
    text = re.sub(r"<[^>]*>", "", unescape(lists.text))
    assert "Trouvées : 11." in text
    assert "Objectif 10 : Inégalités réduites" in text


async def test_many_are_found_and_the_first_are_shown(on: Portal) -> None:
    async with on.by(None) as line:
        many = await line.get("/targets/found?find_targets=countries")
        assert len(boxes(many)) == 30
        assert "These are the first <bdi>30</bdi>" in many.text
        odd = await line.get("/targets/found", params={"find_targets": "x" * 5_000, "targets": ["\u202e", "10"] * 300})
        assert odd.status_code == 200
        assert boxes(odd)["10"]


async def test_a_draft_that_saves_itself_keeps_what_is_ticked(on: Portal) -> None:
    address = f"/calls/{on.s.call}/input"
    async with on.by("rep.network") as line:
        form = {**hidden(await line.get(address)), **TYPED, "targets": ["10.7", "10.c"], "find_targets": "migra"}
        saved = await line.post(address, data=form, headers=BY_ITSELF)
        assert boxes(await line.get(saved.headers["hx-replace-url"])) == {"10.7": True, "10.c": True}
