"""Paper, contract and hash hold the same text: whatever a text is made of is read back from its PDF, once."""

import json

import pypdfium2
import pytest

from forum.actions.contribution.parts import PracticeText
from forum.actions.document.draft_document import PartText
from forum.domain.paragraph import ParagraphKind
from forum.domain.text import plain
from forum.papers import drawn
from forum.store.tables import schema as t
from tests.support.rendering.reading_back import bare
from tests.support.scene import scene
from tests.support.silence_scene import Line, reading, repinned

PARTS = (
    PartText("I", "What was asked"), PartText("II", "Nothing yet"), PartText("III", "What was said"),
    PartText("IV", "What we ask for"), PartText("V", "What others ask for"),
)  # fmt: skip
# Layouts of papers, from the usual ones to one that has a place for nothing.
LAYOUTS = {
    "report": None,
    "summary": ["head", "preamble", "conclusions", "closing"],
    "loose": ["head", "paragraphs", "recommendations"],
    "mixed": ["head", "opening", "sections", "conclusions", "recommendations", "closing", "disclaimer"],
    "bare": ["cover", "responses", "disclaimer"],
}


@pytest.fixture
async def gfmd(database):
    async with scene(database.app_url) as made:
        yield made


@pytest.fixture(params=sorted(LAYOUTS))
async def made(request, database):
    async with scene(database.app_url) as s:
        layout = LAYOUTS[request.param]
        if layout is not None:
            text = f"layout = {json.dumps(layout)}"
            await repinned(s, ('\n[documents.consolidated_report]\n', f'\n[documents.any]\ntitle = "Any text"\n'
                f'closing = "issued_by_chair"\nlanguages = ["en"]\n{text}\n\n[documents.consolidated_report]\n'),
                ('documents = ["consolidated_report", ', 'documents = ["any", "consolidated_report", '))  # fmt: skip
        yield s, "consolidated_report" if layout is None else "any"


@pytest.fixture
async def line(database):
    async with reading(database.app_url) as ask:
        yield lambda subject: Line(ask, subject)


async def everything(s, kind):
    """A text with every kind of paragraph in a part, in none, under another and in a recommendation."""
    await s.stage("main", "drafting")
    d = await s.document("main", kind, title="All of it", parts=PARTS)
    await s.write(d, "Opening words stand here.")
    for sort in ParagraphKind:
        for part in (1, 3, None):
            top = await s.write(d, f"A {sort} of part {part or 'none'}.", kind=str(sort), part=part)
            below = await s.write(d, f"Below the {sort} of {part or 'none'}.", kind="bullet", parent=top)
            await s.write(d, f"Further below the {sort} of {part or 'none'}.", kind="bullet", parent=below)
    for n, part in enumerate((4, 4, 5), 1):
        ids = await s.do("add_recommendation", "penholder", document=d, heading=f"Do number {n}", addressee=f"Body {n}")
        advice = {"recommendation": ids["recommendation"], "part": part}
        await s.write(d, f"The text of {n}.", **advice)
        await s.write(d, f"A point of {n}.", kind="bullet", **advice)
    await s.do("add_recommendation", "penholder", document=d, heading="Do what has no text")
    await s.write(d, "5 is its own number.", number="5 bis", kind="conclusion", part=3, weight="several speakers")
    await s.write(d, "1986. A year of change\n\n- the first point\n- the second", part=3)
    return d


def frozen(snapshot):
    """All that the hash of a text covers and a reader could look for, piece by piece."""
    for row in snapshot["paragraphs"]:
        yield plain(row["text"]).replace("\n\n", "\n")
        yield row["weight"] or ""
    for row in snapshot["parts"]:
        yield row["heading"]
    for row in snapshot["recommendations"]:
        yield row["heading"]
        yield row["addressee"] or ""


def words_of(data):
    with pypdfium2.PdfDocument(data) as pdf:
        return "".join(bare(page.get_textpage().get_text_range()) for page in pdf)


async def test_whatever_the_hash_covers_is_on_the_paper_once(made, line):
    s, kind = made
    d = await everything(s, kind)
    revision = await s.circulate(d)
    symbol = (await s.row(t.document, id=d))["symbol"]
    data = await drawn.of(line("penholder"), symbol)
    snapshot = json.loads((await s.row(t.snapshot, subject_id=revision))["content"])
    assert len(snapshot["paragraphs"]) == 1 + 7 * 9 + 6 + 2
    read = words_of(data)
    missing = [piece for piece in frozen(snapshot) for bit in piece.splitlines() if bare(bit) not in read]
    assert missing == []
    twice = [row["text"] for row in snapshot["paragraphs"] if read.count(bare(plain(row["text"]).split("\n")[0])) > 1]
    assert twice == []


async def test_a_footnote_names_all_sources_and_an_annex_holds_all_practices(gfmd, line):
    """Lists come in pages: what stands past the first page of a paragraph's sources, or of an input's practices, was
    left out of the paper without a word."""
    practices = tuple(PracticeText(f"Practice no. {n}.", "10.7", "Quito", "To try.") for n in range(1, 36))
    inputs = [await gfmd.input(title=f"Input no. {n}.") for n in range(1, 13)]
    await gfmd.input(title="Practices", practices=practices)
    await gfmd.stage("main", "drafting")
    d = await gfmd.document("main", "consolidated_report", parts=PARTS[:1])
    p = await gfmd.write(d, "All of them say so.", part=1)
    for id_ in inputs:
        await gfmd.do("cite_source", "penholder", document=d, paragraph=p, source=f"Contribution:{id_}")
    read = words_of(await drawn.of(line("penholder"), (await gfmd.row(t.document, id=d))["symbol"]))
    assert [n for n in range(1, 13) if bare(f"Input no. {n}.") not in read] == []
    assert [n for n in range(1, 36) if bare(f"Practice no. {n}.") not in read] == []
