"""The pages that are read: every link leads somewhere, nothing hidden is told, six languages, and the query behind."""

import json
import re
import shlex
import uuid
from collections.abc import AsyncIterator
from html import unescape
from typing import Any

import httpx
import pytest

from forum.actions.contribution.parts import SectionText
from forum.store.tables import schema as t
from tests.support.pages import Portal, crawled, is_page, portal

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7*7 }}"
_ENHANCED = re.compile(r'<script src="/[0-9a-f]{16}-(htmx\.min|draft)\.js" defer></script>')
READERS = (None, "rep.network", "secretariat", "focal.kenya")


@pytest.fixture
async def on(database: Any) -> AsyncIterator[Portal]:
    async with portal(database.app_url) as pages:
        yield pages


async def a_text(on: Portal) -> dict[str, uuid.UUID]:
    """A circulated text of two paragraphs, one of which carries an input that everybody may read."""
    s = on.s
    input_ = await s.input(visibility="public")
    await s.stage("focused", "drafting")
    document = await s.document("focused", "focused_input", title="A text with sources", symbol="GFMD/1/FI")
    paragraph = await s.write(document, "Desks near markets help.")
    await s.write(document, "\u0627\u0644\u0647\u062c\u0631\u0629")
    await s.do("cite_source", "penholder", document=document, paragraph=paragraph, source=f"Contribution:{input_}")
    return {"input": input_, "document": document, "paragraph": paragraph}


@pytest.mark.parametrize("reader", READERS)
async def test_every_link_leads_to_a_page(on: Portal, reader: str | None) -> None:
    made = await a_text(on)
    async with on.by(reader) as line:
        found = await crawled(line)
    assert {address: page.status_code for address, page in found.items() if page.status_code != 200} == {}
    paths = {address.partition("?")[0] for address in found}
    assert {"/", "/calls", "/forums", "/forums/gfmd", f"/calls/{on.s.call}"} <= paths
    assert any(re.fullmatch(r"/forums/gfmd/[^/]+/inputs", path) for path in paths)
    assert f"/inputs/{made['input']}" in paths
    assert (reader == "secretariat") == ("/documents/GFMD/1/FI" in paths)  # it is a draft, for its team
    for page in filter(is_page, found.values()):
        text = _ENHANCED.sub("", page.text) if "script-src" in page.headers["content-security-policy"] else page.text
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=|{{|{%", text)
        assert page.text.count("<h1>") == 1


async def test_a_text_shows_what_each_paragraph_comes_from(on: Portal) -> None:
    made = await a_text(on)
    async with on.by("secretariat") as line:
        page = await line.get("/documents/GFMD/1/FI")
        for words in ("A text with sources", "Desks near markets help.", "carries", f"/inputs/{made['input']}"):
            assert words in page.text
        down = await line.get(f"/paragraphs/{made['paragraph']}/sources")
        assert f"/inputs/{made['input']}" in down.text
        up = await line.get(f"/inputs/{made['input']}/reached")
        assert f"/documents/GFMD/1/FI#{made['paragraph']}" in up.text


async def test_what_is_hidden_and_what_is_not_there_are_one_page(on: Portal) -> None:
    closed = await on.s.input(visibility="secretariat", title="For the secretariat")
    words: Any = {
        "title": "Not yet",
        "language": "en",
        "sections": (SectionText(code="a", text="Not yet for anybody."),),
    }
    draft = (await on.s.do("save_contribution", "rep.quito", call=on.s.call, **words))["contribution"]
    await a_text(on)

    def same(page: httpx.Response) -> tuple[int, str]:
        text = page.text.replace(page.headers["x-request-id"], "")
        return page.status_code, re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", text)

    async with on.by() as nobody, on.by("focal.nepal") as other:
        for line in (nobody, other):
            nothing = same(await line.get(f"/inputs/{uuid.uuid4()}"))
            assert nothing[0] == 404
            for id_ in (closed, draft, on.s.call):
                for address in (f"/inputs/{id_}", f"/inputs/{id_}/reached"):
                    assert same(await line.get(address)) == nothing
            assert same(await line.get("/documents/GFMD/1/FI")) == same(await line.get("/documents/NO/SUCH"))
            assert same(await line.get("/forums/nowhere")) == nothing


@pytest.mark.parametrize(
    ("header", "address", "lang", "dir_"),
    [
        ("ar-EG,en;q=0.3", "/", "ar", "rtl"),
        ("de, fr;q=0.5", "/forums", "fr", "ltr"),
        ("", "/calls", "en", "ltr"),
        ("xx;q=nonsense, *", "/", "en", "ltr"),
        ("fr", "/?language=zh", "zh", "ltr"),
        ("fr", "/?language=tlh", "fr", "ltr"),
    ],
)
async def test_a_page_is_in_the_readers_language(on: Portal, header: str, address: str, lang: str, dir_: str) -> None:
    async with on.by(Accept_Language=header) as line:
        page = await line.get(address)
        assert f'<html lang="{lang}" dir="{dir_}">' in page.text
        again = await line.get("/calls")
        assert (f'<html lang="{lang}"' in again.text) == (lang != "en" or header in ("", "xx;q=nonsense, *"))
    assert "Accept-Language" in page.headers["vary"]


async def test_in_which_language_one_is_written_to_pages_are_as_well(on: Portal) -> None:
    await on.s.do("set_contact", "focal.kenya", person=on.s.people["focal.kenya"], language="es", zone="Africa/Nairobi")
    async with on.by("focal.kenya", Accept_Language="fr") as line:
        assert '<html lang="es"' in (await line.get("/")).text
        assert "Africa/Nairobi" in (await line.get(f"/calls/{on.s.call}")).text
        assert '<html lang="fr"' in (await line.get("/?language=fr")).text
        assert '<html lang="fr"' in (await line.get("/")).text


async def test_the_query_behind_a_page_answers_the_same(on: Portal) -> None:
    async with on.by() as line:
        page = await line.get(f"/calls/{on.s.call}")
        [behind] = re.findall(r'<a class="behind" href="([^"]+)"', page.text)
        shown = await line.get(unescape(behind))
        assert shown.status_code == 200
        assert "query CallAnswer(" in shown.text
        [curl] = re.findall(r"<code>(curl [^<]+)</code>", shown.text)
        words = shlex.split(unescape(curl))
        assert words[2].endswith("/graphql")
        answer = await line.post("/graphql", content=words[-1], headers={"Content-Type": "application/json"})
        title = (await on.s.rows(t.call, id=on.s.call))[0]["title"]
        assert answer.json()["data"]["node"]["title"] == title
        for odd in ("/query", "/query?operation=nothing", "/query?operation=front&variables=[1]",
                    "/query?operation=front&variables={", "/query?operation=../../etc/passwd"):  # fmt: skip
            assert (await line.get(odd)).status_code == 404
        hostile = await line.get("/query", params={"operation": "front", "variables": json.dumps({"a": HOSTILE})})
        assert "<script" not in hostile.text
        assert "<img" not in hostile.text


async def test_what_people_wrote_is_text_on_every_page(on: Portal) -> None:
    made = await a_text(on)
    s = on.s
    await s.change(t.call, s.call, title=f"C{HOSTILE}")
    await s.change(t.contribution, made["input"], title=f"I{HOSTILE}")
    await s.change(t.document, made["document"], title=f"D{HOSTILE}")
    await s.change(t.forum, s.forums["gfmd"], name=f"F{HOSTILE}")
    async with on.by("secretariat") as line:
        found = await crawled(line)
    assert sum("&lt;script&gt;alert(1)" in page.text for page in found.values()) >= 8
    for address, page in found.items():
        if address.endswith(".csv"):
            continue  # nothing in it is a tag to anybody
        assert "<script" not in page.text, address
        assert "<img" not in page.text, address
        assert "49" not in re.findall(r"alert\(2\)&gt;(.{9})", page.text), address


@pytest.mark.parametrize(
    "odd",
    [
        "/forums/%00", "/documents/%00/%ff", "/documents/", "/forums/gfmd/", "/forums/%E2%80%AE", "/inputs/1",
        "/calls/x",
        "/forums/gfmd/" + "n" * 2000, "/forums?after=nonsense", "/calls?after=%00", "/calls?state=open&state=closed",
        "/calls?after=" + "x" * 4000, "/?language=%00&language=ar",
        "/paragraphs/00000000-0000-0000-0000-000000000000",
    ],
)  # fmt: skip
async def test_an_odd_address_is_a_page_with_a_sentence(on: Portal, odd: str) -> None:
    async with on.by() as line:
        answer = await line.get(odd)
    assert answer.status_code in (200, 400, 404), answer.text
    assert "<h1>" in answer.text
    assert "Traceback" not in answer.text
