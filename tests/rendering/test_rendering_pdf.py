"""Outlines become papers: every word in its place, footnotes, contents, page numbers, tables over pages."""

import re

import pytest

from forum.rendering import outline as o
from forum.rendering.papers.facts import AnnexFacts, PracticeFacts, PracticeGroup
from forum.rendering.pdf.draw import draw
from tests.support.rendering import sample_papers as papers
from tests.support.rendering.laid_out import focused_input
from tests.support.rendering.reading_back import bare, in_order, pages
from tests.support.rendering.sample_papers import OUTLINES, paper


@pytest.fixture(scope="module")
def drawn() -> dict[str, bytes]:
    return {name: draw(make()) for name, make in OUTLINES.items()}


def _told(part: object) -> list[str]:
    """The words of an outline's parts in the order of print, footnotes left out."""
    if isinstance(part, o.Run):
        return part.text.split()
    if isinstance(part, tuple):
        return [word for piece in part for word in _told(piece)]
    if isinstance(part, o.Quote):
        return _told(part.text) + _told(part.credit)
    if isinstance(part, o.Paragraph | o.Heading):
        return [part.number] * bool(part.number) + _told(part.text)
    if isinstance(part, o.Conclusion):
        return [part.number, *_told(part.sentence), *_told(part.bullets)]
    if isinstance(part, o.Table):
        return [word for row in part.rows for word in _told(row.cells if isinstance(row, o.Row) else row.title)]
    if isinstance(part, o.KeyFacts | o.Colophon):
        return [word for label, words in part.items for word in label.split() + _told(words)]
    names = {o.Bullets: "items", o.Box: "body", o.Note: "text", o.Disclaimer: "paragraphs"}
    return _told(getattr(part, names[type(part)])) if type(part) in names else []


# ---- words
@pytest.mark.parametrize("name", ["summary_en", "focused_en", "response_en"])
def test_every_word_is_in_the_paper_and_in_order(drawn: dict[str, bytes], name: str) -> None:
    words = [bare(word) for part in OUTLINES[name]().parts for word in _told(part)]
    assert len(words) > 80
    assert in_order(words, "".join(bare(page) for page in pages(drawn[name]))) is None


def test_every_chinese_character_is_in_the_paper_and_in_order(drawn: dict[str, bytes]) -> None:
    words = [c for part in OUTLINES["summary_zh"]().parts for word in _told(part) for c in word]
    assert in_order(words, "".join(bare(page) for page in pages(drawn["summary_zh"]))) is None


def test_every_arabic_word_is_in_the_paper_and_in_order(drawn: dict[str, bytes]) -> None:
    """Words of letters, in logical order. Marks are left out: viewers part them from their letters in their own
    ways."""
    strip = re.compile("[^\u0621-\u063a\u0641-\u064a]+")
    words = [
        bit for part in OUTLINES["summary_ar"]().parts for word in _told(part) for bit in [strip.sub("", word)] if bit
    ]
    assert len(words) > 60
    whole = "".join(strip.sub("", page) for page in pages(drawn["summary_ar"]))
    assert in_order(words, whole) is None


def test_brackets_and_acronyms_in_arabic_lose_nothing() -> None:
    found = pages(draw(paper(o.Paragraph(o.text("هذا هو الهدف (SDG 6) من أهداف عام 2030.")), language="ar")))[0]
    for bit in ("الهدف", "SDG", "6", "2030", "أهداف"):
        assert bit in found
    assert found.count("(") + found.count(")") == 2


def test_three_scripts_in_one_sentence() -> None:
    found = pages(draw(paper(o.Paragraph(o.text("The forum (المنتدى, 论坛, форум) met.")))))[0]
    for bit in ("The forum", "المنتدى", "论坛", "форум", "met."):
        assert bit in found


def test_footnotes_stand_on_the_page_of_their_call(drawn: dict[str, bytes]) -> None:
    found = pages(drawn["focused_en"])
    for call, note in (
        ("kept or broken", "Input 4, section 1; Input 9, section 2"),
        ("opens the door", "Mayors have had"),
    ):
        (where,) = [n for n, page in enumerate(found) if bare(call) in bare(page)]
        assert bare(note) in bare(found[where])


def test_a_long_footnote_goes_on_over_pages_and_none_is_lost() -> None:
    note = o.text(" ".join(f"word{n}." for n in range(2500)))
    found = pages(draw(paper(o.Paragraph(o.text("Called here."), "1.", (note,)), o.Paragraph(o.text("After.")))))
    assert len(found) > 2
    whole = "".join(bare(page) for page in found)
    assert all(f"word{n}." in whole for n in range(2500))


# ---- pages
def test_contents_give_the_right_pages() -> None:
    parts: list[o.Part] = [o.Contents("Contents", depth=2), o.NewPage()]
    for n in range(48):
        parts.append(o.Heading(1 + n % 2, o.text(f"Heading alpha{n}omega"), f"{n}."))
        parts.append(o.Paragraph(o.text("Filler words. " * (40 + 37 * (n % 7)))))
    found = pages(draw(paper(*parts)))
    start = next(n for n, words in enumerate(found) if "Filler" in words)
    first = "".join(found[:start])
    assert start > 1  # the contents themselves go over a page
    assert len(found) > 8
    for n in range(48):
        (page,) = [number for number, words in enumerate(found[start:], start + 1) if f"alpha{n}omega" in words]
        (listed,) = re.findall(rf"alpha{n}omega\s+(\d+)", first)
        assert int(listed) == page


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Page {} of {}"),
        ("fr", "Page {} sur {}"),
        ("es", "Página {} de {}"),
        ("ru", "Стр. {} из {}"),
        ("zh", "第{}页，共{}页"),
    ],
)
def test_every_page_says_which_of_how_many_in_the_papers_language(language: str, line: str) -> None:
    found = pages(draw(paper(*(o.Paragraph(o.text("word " * 300)) for _ in range(6)), language=language)))
    assert len(found) > 2
    for n, page in enumerate(found, 1):
        assert line.format(n, len(found)) in page


def test_a_heading_never_stands_last_on_a_page() -> None:
    for lines in range(30, 60):
        filler = o.Paragraph(o.text(*[f"line {n}\n" for n in range(lines)]))
        found = pages(draw(paper(filler, o.Heading(1, o.text("Lonely")), o.Paragraph(o.text("company " * 40)))))
        (page,) = [page for page in found if "Lonely" in page]
        assert "company" in page


def test_a_practice_longer_than_a_page_is_printed_whole_under_its_head() -> None:
    aim = " ".join(f"aim{n}." for n in range(3000))
    annex = AnnexFacts(
        "P", (), (PracticeGroup("Submissions", (PracticeFacts("8.8", "Name", "", "", "Niger", aim, "Partners"),)),)
    )
    found = pages(draw(focused_input(papers.focused_en(annex))))
    on = [page for page in found if "aim" in page and re.search(r"aim\d+\.", page)]
    assert len(on) > 3
    assert all(page.count("Key partners") == 1 for page in on)
    assert sum(page.count("Key partners") for page in found) == len(on)
    assert in_order([f"aim{n}." for n in range(3000)], "".join(bare(page) for page in found)) is None
    assert sum(page.count("Submissions") for page in found) == 1


def test_a_row_is_read_cell_by_cell() -> None:
    cells = tuple(o.text(" ".join(f"{name}{n}" for n in range(30))) for name in ("left", "mid", "right"))
    table = o.Table((o.Column("A"), o.Column("B"), o.Column("C")), (o.Row(cells),))
    found = bare("".join(pages(draw(paper(table)))))
    assert found.index("left29") < found.index("mid0") < found.index("mid29") < found.index("right0")


def test_empty_papers_and_empty_parts_are_papers_too() -> None:
    empty: tuple[o.Part, ...] = (
        o.Paragraph(()),
        o.Bullets(()),
        o.Bullets(((),)),
        o.Heading(1, ()),
        o.Quote((), ()),
        o.Quote((), o.text("nobody")),
        o.Box("1", (), ()),
        o.KeyFacts(()),
        o.Colophon(()),
        o.Disclaimer(()),
        o.Contents("", 3),
        o.Table((o.Column(""),), ()),
        o.Conclusion("1", (), ()),
        o.NewPage(),
        o.NewPage(wide=True),
        o.Paragraph((), "", (o.text("a note on nothing"),)),
    )
    assert len(pages(draw(paper(*empty)))) >= 1
    assert len(pages(draw(paper(title="")))) == 1
    for part in empty:
        draw(paper(part))
