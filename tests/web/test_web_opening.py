"""An edition is opened from a page that draws its calendar first: from a definition, and like an earlier edition."""

import re
from collections.abc import AsyncIterator
from html import unescape
from typing import Any

import httpx
import pytest

from forum.store.tables import schema as t
from tests.support.pages import Portal, portal

ADDRESS = "/forums/gfmd/open"


@pytest.fixture
async def on(database: Any) -> AsyncIterator[Portal]:
    async with portal(database.app_url) as pages:
        edition = await pages.s.row(t.edition, id=pages.s.editions["gfmd"])
        own = {"forum_id": pages.s.forums["gfmd"], "adopted_at": pages.s.now}
        await pages.s.change(t.process_definition, edition["process_id"], **own)
        yield pages


def held(page: httpx.Response) -> dict[str, str]:
    """The hidden fields of the form that is sent."""
    form = re.findall(r'<form method="post" action="/forums.*?</form>', page.text, re.S)[-1]
    return {name: unescape(value) for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form)}


def bases_of(page: httpx.Response) -> list[str]:
    select = re.findall(r'<select id="basis".*?</select>', page.text, re.S)[0]
    return re.findall(r'<option value="([^"]+)"', select)


async def begun(line: httpx.AsyncClient, nth: int) -> dict[str, str]:
    """The form that begins from the nth thing to choose, filled in for an edition that begins in 2090."""
    basis = bases_of(await line.get(ADDRESS))[nth]
    page = await line.get(ADDRESS, params={"basis": basis})
    fields = held(page)
    anchors = {f"{name[:-5]}.at": "2090-06-01T09:00" for name in fields if re.fullmatch(r"anchors\.\d+\.name", name)}
    assert anchors
    return {**fields, **anchors, "name": "GFMD 2090", "zone": "Europe/Zurich"}


@pytest.mark.parametrize(("nth", "act"), [(0, "open_edition"), (-1, "clone_edition")])
async def test_an_edition_is_opened_once_its_calendar_was_drawn(on: Portal, nth: int, act: str) -> None:
    async with on.by("secretariat") as line:
        fields = await begun(line, nth)
        at_once = await line.post(ADDRESS, data={**fields, "step": "open"})
        assert "look at it as it is now" in at_once.text  # what was never drawn is drawn first
        drawn = await line.post(ADDRESS, data={**fields, "step": "look"})
        assert drawn.status_code == 200
        assert re.search(r"<svg[^>]*timeline|class=\"timeline\"", drawn.text)
        assert "June 1, 2090" in drawn.text
        assert await on.s.rows(t.edition, name="GFMD 2090") == []
        ready = {**fields, **held(drawn), "step": "open"}
        later = {**ready, "anchors.0.at": "2091-06-01T09:00"}
        changed = await line.post(ADDRESS, data=later)
        assert "look at it as it is now" in changed.text
        assert await on.s.rows(t.edition, name="GFMD 2090") == []
        done = await line.post(ADDRESS, data=ready)
        assert done.status_code == 303, unescape(done.text)
        assert f"/forums/gfmd/GFMD%202090/desk?done={act}~Edition" in done.headers["location"]
    assert len(await on.s.rows(t.edition, name="GFMD 2090")) == 1


async def test_an_edition_of_two_years_has_its_pages(on: Portal) -> None:
    async with on.by("secretariat") as line:
        fields = {**await begun(line, 0), "name": "GFMD 2089/90"}
        drawn = await line.post(ADDRESS, data={**fields, "step": "look"})
        done = await line.post(ADDRESS, data={**fields, **held(drawn), "step": "open"})
        desk = await line.get(done.headers["location"])
        assert desk.status_code == 200
        assert "Desk: <bdi>GFMD 2089/90</bdi>" in desk.text
        [page] = set(re.findall(r'href="(/forums/gfmd/GFMD[^"/]*2089[^"]*90)"', desk.text))
        for more in ("", "/dates", "/inputs", "/practices"):
            assert (await line.get(page + more)).status_code == 200, more


async def test_a_mistyped_year_is_seen_before_anything_is_done(on: Portal) -> None:
    async with on.by("secretariat") as line:
        fields = await begun(line, 0)
        past = {name: "2019-06-01T09:00" if name.endswith(".at") else value for name, value in fields.items()}
        drawn = await line.post(ADDRESS, data={**past, "step": "look"})
        assert "is over already" in drawn.text
        ready = {**past, **held(drawn), "step": "open"}
        refused = await line.post(ADDRESS, data=ready)
        assert refused.status_code == 400
        assert await on.s.rows(t.edition, name="GFMD 2090") == []
        assert "Dates that are over already are meant" in refused.text


@pytest.mark.parametrize(
    ("field", "value"),
    [("anchors.0.at", ""), ("anchors.0.at", "soon"), ("name", " "), ("zone", "Europe/Zurick"), ("anchors.0.name", "x")],
)
async def test_what_does_not_fit_comes_back_with_all_that_was_typed(on: Portal, field: str, value: str) -> None:
    async with on.by("secretariat") as line:
        fields = {**await begun(line, 0), "theme": "Futures", field: value}
        drawn = await line.post(ADDRESS, data={**fields, "step": "look"})
        last = drawn
        if drawn.status_code == 200:  # the contract alone knows
            last = await line.post(ADDRESS, data={**fields, **held(drawn), field: value, "step": "open"})
    assert last.status_code == 400, unescape(last.text)
    assert "Futures" in last.text
    assert await on.s.rows(t.edition, name="GFMD 2090") == []


async def test_nobody_else_opens_one(on: Portal) -> None:
    for person in ("rep.network", None):
        async with on.by(person) as line:
            page = await line.get(ADDRESS)
            assert page.status_code == 200
            assert '<select id="basis"' not in page.text
    async with on.by("secretariat") as line:
        assert (await line.get("/forums/nothing/open")).status_code == 404
        bad = await line.get(ADDRESS, params={"basis": "nothing"})
        assert bad.status_code == 200
        assert 'name="step"' not in bad.text
