"""A text begun under a wrong name or by mistake is mended from its own table, and by the page that began it."""

import re
from collections.abc import AsyncIterator
from html import unescape
from typing import Any

import pytest

from tests.support.pages import Portal, hidden, portal

TABLE = "/writing/GFMD/1/REP"


@pytest.fixture
async def on(database: Any) -> AsyncIterator[Portal]:
    async with portal(database.app_url) as pages:
        await pages.s.stage("main", "drafting")
        yield pages


def linked(page: str, act: str) -> str:
    """The address of the form of an act, as the page links to it."""
    [found] = re.findall(rf'href="(/do/{act}\?[^"]+)"', page)
    return unescape(found)


async def done(line: Any, form: str, **fields: str) -> Any:
    """The page after the form at this address was filled in and sent."""
    answer = await line.post(form, data={**hidden(await line.get(form)), **fields})
    assert answer.status_code == 303, unescape(answer.text)
    page = await line.get(answer.headers["location"])
    assert page.status_code == 200
    return page


async def test_a_begun_text_gets_another_name_and_is_taken_back(on: Portal) -> None:
    await on.s.document("main", "consolidated_report", symbol="GFMD/1/REP")
    async with on.by("secretariat") as line:
        form = linked((await line.get(TABLE)).text, "rename_document")
        page = await done(line, form, title="Labour pathways", symbol="GFMD/1/LAB")
        assert "Labour pathways" in page.text
        assert (await line.get(TABLE)).status_code == 404
        form = linked((await line.get("/writing/GFMD/1/LAB")).text, "withdraw_document")
        page = await done(line, form, reason="Begun twice.")
        assert "Labour pathways" not in page.text
        assert (await line.get("/writing/GFMD/1/LAB")).status_code == 404


async def test_the_page_that_began_it_leads_to_the_way_back(on: Portal) -> None:
    desk = "/forums/gfmd/gfmd%202020/desk"
    async with on.by("secretariat") as line:
        page = await line.get(desk)
        form = next(one for one in re.findall(r"<form.*?</form>", page.text, re.S) if 'value="draft_document"' in one)
        fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
        given = {"title": "A text", "symbol": "GFMD/1/REP", "kind": "consolidated_report", "language": "en"}
        answer = await line.post(desk, data={**{k: unescape(v) for k, v in fields.items()}, **given})
        assert answer.status_code == 303, unescape(answer.text)
        form = linked((await line.get(answer.headers["location"])).text, "withdraw_document")
        page = await done(line, form, reason="Begun by mistake.")
        assert "GFMD/1/REP" not in page.text


async def test_what_something_is_written_in_says_why_it_stays(on: Portal) -> None:
    document = await on.s.document("main", "consolidated_report", symbol="GFMD/1/REP")
    await on.s.write(document, "Desks help.")
    async with on.by("secretariat") as line:
        form = linked((await line.get(TABLE)).text, "withdraw_document")
        answer = await line.post(form, data={**hidden(await line.get(form)), "reason": "Begun twice."})
        assert answer.status_code == 400
        assert "something was written in" in answer.text
