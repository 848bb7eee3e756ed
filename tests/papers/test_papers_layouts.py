"""A kind of document that no line of Python knows: its paper is what its process file says, in both its languages."""

import io

import pdfplumber
import pytest

from forum.actions.document.draft_document import PartText
from forum.papers import drawn
from forum.rendering import outline as o
from forum.rendering.pdf.draw import draw
from forum.store.tables import schema as t
from tests.support.scene import scene
from tests.support.silence_scene import Line, reading, repinned

KINDS = 'documents = ["consolidated_report", "summary_of_conclusions", "response_document"]'
COMMUNIQUE = """
[documents.communique]
title = "Communiqué"
closing = "issued_by_chair"
languages = ["en", "fr"]
layout = [
  "head",
  { block = "recommendations", heading = { en = "What we ask", fr = "Ce que nous demandons" }, sources = "none" },
  { block = "conclusions", heading = { en = "What we learnt", fr = "Ce que nous avons appris" }, sources = "line" },
  { block = "practices", heading = { en = "What works", fr = "Ce qui marche" } },
  { block = "contributors", heading = { en = "Who spoke", fr = "Qui a parlé" } },
  "paragraphs",
  "disclaimer",
]

"""


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        await repinned(
            made,
            (KINDS, KINDS.replace("]", ', "communique"]')),
            ("\n[documents.consolidated_report]\n", f"{COMMUNIQUE}[documents.consolidated_report]\n"),
            (
                "[disclaimers.focused_input]",
                '[disclaimers]\ncommunique = "It binds nobody."\n\n[disclaimers.focused_input]',
            ),
        )
        yield made


@pytest.fixture
async def line(database):
    async with reading(database.app_url) as ask:
        yield lambda subject: Line(ask, subject)


async def written(s, language):
    """A communiqué with one of everything; its symbol."""
    source = await s.input(title="A desk")
    await s.input(title="A claim", attribution="none")
    await s.stage("main", "drafting")
    d = await s.document("main", "communique", title="Desks", language=language, parts=(PartText("", "Cities"),))
    ids = await s.do("add_recommendation", "penholder", document=d, heading="Open a desk", addressee="Cities")
    asked = await s.write(d, "One in each city.", recommendation=ids["recommendation"])
    learnt = await s.write(d, "Desks help.", kind="conclusion", part=1)
    await s.write(d, "They are near.", kind="bullet", parent=learnt)
    await s.write(d, "We thank the host.")
    for paragraph in (asked, learnt):
        await s.do("cite_source", "penholder", document=d, paragraph=paragraph, source=f"Contribution:{source}")
    return (await s.row(t.document, id=d))["symbol"]


def told(outline):
    """What stands on the paper, piece by piece."""
    found = []
    for piece in outline.parts:
        match piece:
            case o.Heading():
                found.append(f"{piece.level} {piece.number} {o.plain(piece.text)}")
            case o.Conclusion():
                found.append(f"{piece.number} {o.plain(piece.sentence)} {[o.plain(b) for b in piece.bullets]}")
            case o.Paragraph():
                found.append(f"{piece.number} {o.plain(piece.text)}")
            case o.Note():
                found.append(o.plain(piece.text))
            case o.Bullets():
                found.append(str([o.plain(one) for one in piece.items]))
            case o.Disclaimer():
                found += [o.plain(one) for one in piece.paragraphs]
        assert not getattr(piece, "notes", ()), "sources were asked for in a line, or nowhere"
    return found


WORDS = {
    "en": ("What we ask", "What we learnt", "Who spoke", "To: Cities", "Sources: "),
    "fr": ("Ce que nous demandons", "Ce que nous avons appris", "Qui a parlé", "À : Cities", "Sources : "),
}


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_a_kind_from_a_file_comes_out_as_the_file_says(s, line, language):
    symbol = await written(s, language)
    ask, learn, who, to, sources = WORDS[language]
    outline = await drawn.outline(line("penholder"), symbol)
    assert not outline.head.cover
    assert outline.head.kind == "Communiqué"
    assert told(outline) == [
        f"1 I. {ask}",
        "2  Open a desk",
        "1. One in each city.",
        to,
        f"1  {learn}",
        "2  Cities",
        "2. Desks help. ['They are near.']",
        f"{sources}Network of Diaspora Groups, “A desk”",
        f"1  {who}",
        "['Network of Diaspora Groups']",
        "3. We thank the host.",
        "It binds nobody.",
    ]
    with pdfplumber.open(io.BytesIO(draw(outline))) as pdf:
        text = " ".join((page.extract_text() or "") for page in pdf.pages)
    places = [text.index(words) for words in (ask, "Open a desk", learn, "Desks help.", who, "We thank the host.")]
    assert places == sorted(places)


async def test_what_is_not_attributed_stands_among_no_contributors(s, line):
    symbol = await written(s, "en")
    assert b"%PDF" in await drawn.of(line("penholder"), symbol)
    assert "A claim" not in str(await drawn.outline(line("penholder"), symbol))
