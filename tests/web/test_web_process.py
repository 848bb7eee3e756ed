"""The page of a forum's process: read by everybody; its office writes, checks, rehearses, publishes and moves there."""

import re
from collections.abc import AsyncIterator
from html import unescape
from typing import Any

import pytest

from forum.store.tables import schema as t
from forum.web.page_terms import TERMS
from forum.web.process_page import READERS
from forum.web.process_text import found_in
from forum.workflow.calendar.personas import PERSONAS
from tests.support.pages import Portal, hidden, portal
from tests.support.sources import ROOT

GFMD = (ROOT / "workflows/gfmd.toml").read_text("utf-8")
PAGE = "/forums/gfmd/process"
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7*7 }}"


@pytest.fixture
async def on(database: Any) -> AsyncIterator[Portal]:
    async with portal(database.app_url) as pages:
        yield pages


def area(page: Any) -> str:
    """What stands in the field of the definition."""
    return unescape(re.findall(r'<textarea id="text".*?>\n(.*?)</textarea>', page.text, re.S)[0])


async def sent(line: Any, **fields: str) -> Any:
    return await line.post(PAGE, data={**hidden(await line.get(PAGE)), **fields})


def test_every_reader_of_a_rehearsal_is_offered_and_has_its_word() -> None:
    assert set(READERS) >= set(PERSONAS)
    assert set(TERMS["Persona"]) == set(READERS)


def test_a_finding_stands_beside_its_line() -> None:
    finding = {"message": "m", "remedy": "r", "line": 2, "track": "main", "stage": None}
    first, last = found_in("a\nb\nc\nd", [{**finding, "line": None}, finding])
    assert first.lines == ((1, "a"), (2, "b"), (3, "c"))
    assert (last.line, last.lines) == (None, ())
    [beyond] = found_in("a", [{**finding, "line": 9}])
    assert beyond.lines == ()


async def test_everybody_reads_how_a_forum_works(on: Portal) -> None:
    async with on.by() as nobody:
        page = await nobody.get(PAGE)
        assert page.status_code == 200
        assert 'value="publish"' not in page.text
        assert area(page) == ""
        assert (await nobody.get("/forums/nowhere/process")).status_code == 404
        for query in ("from=0", "compare=0&since=Process:0", "edition=Edition:0&to=x"):
            assert (await nobody.get(f"{PAGE}?{query}")).status_code in (400, 404)


async def test_a_text_is_checked_with_its_findings_and_comes_back(on: Portal) -> None:
    wrong = GFMD.replace('to = ["drafting"', 'to = ["draughting"')
    async with on.by("secretariat") as line:
        found = await sent(line, step="check", text=wrong)
        assert "What was found" in found.text
        assert "<mark>" in found.text
        assert area(found) == wrong
        fine = await sent(line, step="check", text=GFMD)
        assert "Nothing keeps it from being published." in fine.text
        for odd in ("", "name =", HOSTILE):
            refused = await sent(line, step="check", text=odd)
            assert refused.status_code == 400
            assert '<a href="#text">' in refused.text
            assert "<script" not in refused.text
            assert area(refused) == odd


async def test_a_definition_is_opened_from_a_file(on: Portal) -> None:
    async with on.by() as nobody:
        windows = b"\xef\xbb\xbf" + GFMD.replace("\n", "\r\n").encode()
        page = await nobody.post(PAGE, files={"file": ("gfmd.toml", windows, "application/octet-stream")})
        assert (page.status_code, area(page)) == (200, GFMD)
        assert "Nothing keeps it from being published." in page.text
        for odd in (b"", b"\xff\xfe\x00", b"  \n", b"name = \x00"):
            refused = await nobody.post(PAGE, files={"file": (HOSTILE, odd, "text/plain")})
            assert (refused.status_code, '<a href="#file">' in refused.text) == (400, True)
        assert (await nobody.post(PAGE, files={"file": ("a", b"a" * 600_000, "text/plain")})).status_code == 413


async def test_a_text_is_rehearsed_as_somebody(on: Portal) -> None:
    async with on.by() as nobody:
        asked = {"step": "rehearse", "text": GFMD, "starts": "2027-01-04"}
        page = await sent(nobody, **asked, readAs="mayor")
        assert "Rehearsed as" in page.text
        assert '<option value="mayor" selected>' in page.text
        assert page.text.count("<tr") > 5
        for wrong in ({"readAs": HOSTILE}, {"starts": ""}, {"starts": "2027-13-01"}):
            refused = await sent(nobody, **{**asked, "readAs": "mayor", **wrong})
            assert refused.status_code == 400
            assert "<script" not in refused.text


async def test_the_next_version_is_published_and_an_edition_moved(on: Portal) -> None:
    text = GFMD.replace('version = "', 'version = "9', 1)
    async with on.by("secretariat") as line:
        refused = await sent(line, step="publish", text="name =")
        assert refused.status_code == 400
        done = await sent(line, step="publish", text=text)
        assert done.status_code == 303, done.text
        page = await line.get(done.headers["location"])
        assert 'class="done"' in page.text
        assert f'href="{PAGE}"' in (await line.get("/forums/gfmd")).text
        [new] = [row for row in await on.s.rows(t.process_definition) if row["text"].strip() == text.strip()]
        begun = await line.get(f"{PAGE}?from={new['hash']}")
        assert area(begun).strip() == text.strip()
        edition = f"Edition:{on.s.editions['gfmd']}"
        form = await line.get(PAGE, params={"edition": edition, "to": f"Process:{new['id']}"})
        assert "as the new version says" in form.text
        filled = {**hidden(form), "reason": ""}
        empty = await line.post(PAGE, data=filled)
        assert (empty.status_code, '<a href="#reason">' in empty.text) == (400, True)
        moved = await line.post(PAGE, data={**filled, "reason": "The calendar changed."})
        assert moved.status_code == 303, moved.text
        assert (await on.s.row(t.edition, id=on.s.editions["gfmd"]))["process_id"] == new["id"]


async def test_who_may_not_is_refused_in_words_and_nothing_is_lost(on: Portal) -> None:
    async with on.by("rep.network") as line:
        assert 'value="publish"' not in (await line.get(PAGE)).text
        refused = await sent(line, step="publish", text=GFMD)
        assert refused.status_code == 400
        assert len(area(refused)) > 1000
        assert (await sent(line, step="burn", text=GFMD)).status_code == 400
    async with on.by() as nobody:
        kept = await sent(nobody, step="publish", text=GFMD)
        assert kept.status_code == 401
        assert "[tracks.main]" in unescape(kept.text)


async def test_a_template_is_taken_up_by_its_name(on: Portal) -> None:
    async with on.by("secretariat") as line:
        refused = await sent(line, step="adopt", process=HOSTILE)
        assert refused.status_code == 400
        assert "<script" not in refused.text
        assert '<a href="#process">' in refused.text
