"""A paper is taken from the page of its text: as whoever asks may read it, and not without end."""

import base64
import hashlib
import io
import re
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import pdfplumber
import pytest

from forum.rendering.formats import FORMATS
from forum.store.tables import schema as t
from forum.web import paper_file
from tests.support.pages import Portal, portal
from tests.support.rendering.files_back import settled
from tests.support.rendering.files_back import words as words_of
from tests.support.tokens import issued

AT = "/papers/GFMD/1/FI.pdf"
_LISTS = ("csv?list=1", "csv?list=2", "csv?list=x", "md?list=2")


@pytest.fixture
async def on(database: Any) -> AsyncIterator[Portal]:
    async with portal(database.app_url) as pages:
        yield pages


async def a_draft(on: Portal) -> UUID:
    await on.s.stage("focused", "drafting")
    document: UUID = await on.s.document("focused", "focused_input", title="Desks", symbol="GFMD/1/FI")
    await on.s.write(document, "Desks near markets help.")
    return document


def words(content: bytes) -> str:
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return " ".join(page.extract_text() for page in pdf.pages)


async def test_a_reader_of_a_text_takes_its_paper_from_its_page(on: Portal) -> None:
    await a_draft(on)
    async with on.by("secretariat") as line:
        page = await line.get("/documents/GFMD/1/FI")
        assert f'href="{AT}"' in page.text
        paper = await line.get(AT)
    assert paper.status_code == 200
    assert paper.headers["content-type"] == "application/pdf"
    assert paper.headers["content-disposition"] == 'attachment; filename="GFMD_1_FI.pdf"'
    assert paper.headers["cache-control"] == "no-store"
    assert "Desks near markets help." in words(paper.content)


@pytest.mark.parametrize("reader", [None, "rep.network"])
@pytest.mark.parametrize("asked", ["", "?of=responses", "?of=record"])
async def test_who_may_not_see_a_text_is_not_told_that_there_is_a_paper(
    on: Portal, reader: str | None, asked: str
) -> None:
    await a_draft(on)
    async with on.by(reader) as line:
        hidden, absent = [await line.get(at + asked) for at in (AT, "/papers/GFMD/2/FI.pdf")]
    for answer in (hidden, absent):
        assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
        assert "NO_SUCH_PAGE" in answer.text
        assert "Desks" not in answer.text


async def test_what_became_of_inputs_is_a_paper_and_what_is_none_is_no_page(on: Portal) -> None:
    await a_draft(on)
    async with on.by("secretariat") as line:
        became, record, other = [await line.get(f"{AT}?of={of}") for of in ("responses", "record", "x")]
    assert became.content.startswith(b"%PDF")
    assert became.headers["content-disposition"] == 'attachment; filename="GFMD_1_FI_responses.pdf"'
    assert (record.status_code, other.status_code) == (404, 404)


@pytest.mark.parametrize("ending", sorted(FORMATS))
async def test_a_text_comes_in_every_format_under_one_address(on: Portal, ending: str) -> None:
    await a_draft(on)
    at = f"/papers/GFMD/1/FI.{ending}"
    async with on.by("secretariat") as line:
        page = await line.get("/documents/GFMD/1/FI")
        assert f'href="{at}"' in page.text
        one, again = await line.get(at), await line.get(at)
    assert one.status_code == 200, one.text
    assert one.headers["content-type"] == FORMATS[ending].media_type
    assert one.headers["content-disposition"] == f'attachment; filename="GFMD_1_FI.{ending}"'
    assert one.content == again.content
    printed = words(one.content) if ending == "pdf" else words_of(one.content, ending)
    assert "Desks near markets help." in printed
    async with on.by("rep.network") as line:
        hidden, absent = [await line.get(path) for path in (at, f"/papers/GFMD/2/FI.{ending}")]
    assert (hidden.status_code, absent.status_code) == (404, 404)
    for answer in (hidden, absent):
        assert "NO_SUCH_PAGE" in answer.text
        assert "Desks" not in answer.text


async def test_the_page_of_a_text_has_its_own_style_and_nothing_else(on: Portal) -> None:
    await a_draft(on)
    async with on.by("secretariat") as line:
        page = await line.get("/papers/GFMD/1/FI.html")
    policy = page.headers["content-security-policy"]
    style = re.search("<style>(.*?)</style>", page.text, re.S)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "<script" not in page.text


async def test_of_its_lists_csv_holds_the_one_that_is_asked_for(on: Portal) -> None:
    await a_draft(on)
    async with on.by("secretariat") as line:
        first, none, odd, other = [await line.get(f"/papers/GFMD/1/FI.{rest}") for rest in _LISTS]
    assert first.content.startswith(b"\xef\xbb\xbf")
    assert [answer.status_code for answer in (none, odd, other)] == [404, 404, 404]


@pytest.mark.parametrize("ending", ["pdf", "docx"])
async def test_a_program_asks_with_a_token_and_sees_what_its_person_does(on: Portal, ending: str) -> None:
    await a_draft(on)
    at = f"/papers/GFMD/1/FI.{ending}"
    tokens = await issued(on.parts.engine, "s" * 32, "secretariat", "rep.network")
    async with on.by(None, Authorization=f"Bearer {tokens['secretariat']}") as line:
        assert (await line.get(at)).status_code == 200
        # Pages for browsers know no token: they would answer one and the same address in two ways.
        assert (await line.get("/documents/GFMD/1/FI")).status_code == 404
    async with on.by(None, Authorization=f"Bearer {tokens['rep.network']}") as line:
        assert (await line.get(at)).status_code == 404
    async with on.by(None, Authorization="Bearer x.y.z") as line:
        bad = await line.get(at)
    assert (bad.status_code, "BAD_TOKEN" in bad.text) == (401, True)
    async with on.by("secretariat", Authorization=f"Bearer {tokens['secretariat']}") as line:
        both = await line.get(at)
    assert (both.status_code, "TWO_IDENTITIES" in both.text) == (400, True)


@pytest.mark.parametrize("ending", ["docx", "html", "pdf"])
async def test_two_versions_are_taken_as_one_by_who_may_read_both(on: Portal, ending: str) -> None:
    document = await a_draft(on)
    paragraph = (await on.s.row(t.paragraph, document_id=document))["id"]
    await on.s.circulate(document)
    await on.s.do(
        "revise_paragraph", "penholder", paragraph=paragraph, expected_revision=1, text="Desks near ports help."
    )
    await on.s.circulate(document, "Rev.2")
    at = f"/papers/GFMD/1/FI.{ending}"
    async with on.by("secretariat") as line:
        answer = await line.get(f"{at}?since=1&until=2")
        others = [
            (await line.get(f"{at}?{asked}")).status_code
            for asked in ("since=2&until=1", "since=1&until=1", "since=1&until=9", "since=1", "since=x&until=2",
                          "since=1&until=2&of=responses")
        ]  # fmt: skip
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"] == f'attachment; filename="GFMD_1_FI_1-2.{ending}"'
    assert others == [404] * len(others)
    if ending == "docx":
        assert any("Desks near ports help." in words for words in settled(answer.content, taken=True))
        assert any("Desks near markets help." in words for words in settled(answer.content, taken=False))
    async with on.by(None) as line:
        assert (await line.get(f"{at}?since=1&until=2")).status_code == 404


async def test_a_paper_that_asks_without_end_is_refused_in_the_readers_language(
    on: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    await a_draft(on)
    monkeypatch.setattr(paper_file, "MOST_ASKED", 1)
    async with on.by("secretariat") as line:
        answer = await line.get(f"{AT}?language=fr")
    assert answer.status_code == 413
    assert "PAPER_TOO_LONG" in answer.text
    assert "trop long" in answer.text


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
async def test_the_own_side_takes_its_receipt_as_a_paper_and_nobody_else_does(on: Portal, language: str) -> None:
    input_ = await on.s.input(visibility="public", title="Fair pay")
    await on.s.input("focal.kenya", visibility="public", title="Another")
    at = f"/inputs/{input_}/receipt.pdf"
    async with on.by("rep.network") as line:
        await line.get("/", params={"language": language})
        page = await line.get(f"/inputs/{input_}")
        assert f'href="{at}"' in page.text
        paper = await line.get(at)
    assert paper.headers["content-type"] == "application/pdf", paper.text
    assert re.match(r'attachment; filename="[A-Z0-9-]+\.pdf"', paper.headers["content-disposition"])
    printed = words(paper.content)
    number = paper.headers["content-disposition"].split('"')[1].removesuffix(".pdf")
    for piece in ("Fair pay", "Desks near markets help.", number):
        assert piece in printed, printed
    for other in ("focal.kenya", "secretariat", None):
        async with on.by(other) as line:
            assert (await line.get(at)).status_code == 404
            assert at not in (await line.get(f"/inputs/{input_}")).text


async def test_a_receipt_names_nobody_whom_the_input_does_not_name(on: Portal) -> None:
    input_ = await on.s.input(visibility="public", title="Fair pay", attribution="none")
    async with on.by("rep.network") as line:
        paper = await line.get(f"/inputs/{input_}/receipt.pdf")
    assert paper.status_code == 200
    assert "Network of Diaspora Groups" not in words(paper.content)


async def test_a_draft_has_no_receipt(on: Portal) -> None:
    made = await on.s.do("save_contribution", "rep.network", call=on.s.call, title="A draft", language="en")
    async with on.by("rep.network") as line:
        assert (await line.get(f"/inputs/{made['contribution']}/receipt.pdf")).status_code == 404
