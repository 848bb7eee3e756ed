"""Links to papers: each opens one paper as its reader may read it at that moment, for an hour."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

import httpx
import pytest

from forum.api.http.identity import ANONYMOUS
from forum.api.paper_links import LIFE
from forum.rendering.formats import FORMATS
from forum.store import sign_ins
from forum.store.tables import schema as t
from tests.support.pages import Portal, portal
from tests.support.rendering.files_back import words
from tests.support.tokens import issued

NOW = 1_900_000_000  # seconds since 1970
ASKED = "{ document(symbol: %s) { renditions { format mediaType url endsAt } } }"


@pytest.fixture
async def on(database: Any) -> AsyncIterator[Portal]:
    async with portal(database.app_url) as pages:
        pages.parts.service.papers.now = lambda: NOW
        yield pages


async def a_draft(on: Portal, symbol: str = "GFMD/1/FI", text: str = "Desks near markets help.") -> UUID:
    await on.s.stage("focused", "drafting")
    document: UUID = await on.s.document("focused", "focused_input", title="Desks", symbol=symbol)
    if text:
        await on.s.write(document, text)
    return document


async def renditions(line: httpx.AsyncClient, symbol: str = "GFMD/1/FI", **headers: str) -> dict[str, dict[str, Any]]:
    query = ASKED % f'"{symbol}"'
    answer = (await line.post("/graphql", json={"query": query}, headers=headers)).json()
    found = answer["data"]["document"]
    return {one["format"].lower(): one for one in found["renditions"]} if found else {}


async def test_each_format_has_a_link_that_needs_no_sign_in(on: Portal) -> None:
    await a_draft(on)
    async with on.by("secretariat") as line, on.by() as stranger:
        found = await renditions(line)
        assert list(found) == list(FORMATS)
        for ending, one in found.items():
            assert (one["mediaType"], one["endsAt"]) == (
                FORMATS[ending].media_type, datetime.fromtimestamp(NOW + LIFE, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
            )  # fmt: skip
            paper = await stranger.get(one["url"])
            assert (paper.status_code, paper.headers["content-type"]) == (200, one["mediaType"])
            assert paper.headers["referrer-policy"] == "strict-origin"
            if ending == "pdf":
                assert paper.content.startswith(b"%PDF")
            else:
                assert "Desks near markets help." in words(paper.content, ending)
            assert (await stranger.get(urlsplit(one["url"]).path)).status_code == 404
        assert await renditions(stranger) == {}


async def test_a_text_without_a_word_has_no_lists(on: Portal) -> None:
    document = await a_draft(on, text="")
    async with on.by("secretariat") as line:
        assert list(await renditions(line)) == [ending for ending, one in FORMATS.items() if not one.lists]
        await on.s.write(document, "Desks near markets help.")
        assert list(await renditions(line)) == list(FORMATS)
        paragraph = (await on.s.rows(t.paragraph))[0]
        await on.s.change(t.paragraph, paragraph["id"], withdrawn=True)
        assert "csv" not in await renditions(line)


async def test_a_link_is_to_one_paper_for_one_hour_and_says_what_else_it_is(on: Portal) -> None:
    await a_draft(on)
    await a_draft(on, symbol="GFMD/2/FI")
    async with on.by("secretariat") as line, on.by("penholder") as other:
        url = (await renditions(line))["md"]["url"]
        first, last = url[: url.index("=") + 1], url[-1]
        changed = (
            url.replace("/1/", "/2/"), url.replace(".md?", ".docx?"), f"{url}&of=responses", f"{url}&since=1&until=2",
            url[:-1] + ("A" if last != "A" else "B"), url[:-4], first, f"{first}{'A' * 5000}", f"{first}%00%FF",
        )  # fmt: skip
        for at in changed:
            answer = await other.get(at)
            assert (answer.status_code, "PAPER_LINK_NOT_GOOD" in answer.text) == (403, True), at
        assert (await other.get(f"{url}&language=fr")).status_code == 200
        on.parts.service.papers.now = lambda: NOW + LIFE - 1
        assert (await other.get(url)).status_code == 200
        on.parts.service.papers.now = lambda: NOW + LIFE
        ended = await other.get(url)
        assert (ended.status_code, "PAPER_LINK_ENDED" in ended.text) == (410, True)
        assert "set-cookie" not in ended.headers


async def test_what_the_reader_may_no_longer_see_is_not_there(on: Portal) -> None:
    document = await a_draft(on)
    await on.s.change(t.document, document, audience="public")
    async with on.by("rep.network") as line, on.by() as nobody, on.by("secretariat") as team:
        links = [(await renditions(who))["md"]["url"] for who in (line, nobody)]
        assert [(await team.get(url)).status_code for url in links] == [200, 200]
        await on.s.change(t.document, document, audience="team")
        gone = [await team.get(url) for url in links]
        assert [(one.status_code, "NO_SUCH_PAGE" in one.text) for one in gone] == [(404, True)] * 2


async def test_the_end_of_the_sign_in_or_the_token_is_the_end_of_the_link(on: Portal) -> None:
    await a_draft(on)
    token = (await issued(on.s.engine, "s" * 32, "secretariat"))["secretariat"]
    async with on.by("secretariat") as line, on.by() as program, on.by("penholder") as other:
        by_cookie = (await renditions(line))["md"]["url"]
        by_token = (await renditions(program, Authorization=f"Bearer {token}"))["md"]["url"]
        assert [(await other.get(url)).status_code for url in (by_cookie, by_token)] == [200, 200]
        async with on.parts.pool.acquire() as connection:
            assert await sign_ins.end(connection, "secretariat", None)
        await on.s.change(t.token, (await on.s.rows(t.token))[0]["id"], revoked_at=on.s.now)
        ended = [await other.get(url) for url in (by_cookie, by_token)]
        assert [one.status_code for one in ended] == [401, 401]
        assert ["SIGN_IN_ENDED" in ended[0].text, "TOKEN_ENDED" in ended[1].text] == [True, True]
        assert [one.headers.get("set-cookie") for one in ended] == [None, None]
        assert (await other.get("/papers/GFMD/1/FI.md")).status_code == 200  # they are signed in as before


async def test_a_link_takes_points_of_its_own(on: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    await a_draft(on)
    spent: list[Any] = []
    async with on.by("secretariat") as line, on.by() as other:
        url = (await renditions(line))["md"]["url"]
        spend = on.parts.service.rates.spend

        def noted(who: Any, points: int) -> Any:
            spent.append(who)
            return spend(who, points)

        monkeypatch.setattr(on.parts.service.rates, "spend", noted)
        assert (await other.get(url)).status_code == 200
    assert set(spent) == {(("person", "papers:secretariat"),)}


def test_a_link_has_the_public_address_and_the_symbol_as_addresses_are_written(on: Portal) -> None:
    papers = on.parts.service.papers
    papers.home = "https://forum.example.org"
    link = papers.link(ANONYMOUS, "/papers/A/RES 1é.pdf")
    assert link.url.startswith("https://forum.example.org/papers/A/RES%201%C3%A9.pdf?link=")
    asked = parse_qsl(urlsplit(link.url).query)
    assert papers.reader("/papers/A/RES 1é.pdf", asked, asked[0][1]) == ANONYMOUS
