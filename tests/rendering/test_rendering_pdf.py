"""Outlines become papers: every word, every font, the same bytes, and no text that breaks them."""

import hashlib
import io
import os
import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pikepdf
import pytest
import sample_papers as papers
import uharfbuzz as hb
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer
from reading_back import bare, fonts, in_order, pages, tags

from forum.errors import GlyphMissing, NotPrintable
from forum.rendering import outline as o
from forum.rendering.focused_input import AnnexFacts, PracticeFacts, PracticeGroup, focused_input
from forum.rendering.fonts import Fonts
from forum.rendering.pdf import draw
from forum.rendering.pdf_fonts import subset
from forum.rendering.response import response
from forum.rendering.summary import summary

OUTLINES = {
    "summary_en": lambda: summary(papers.summary_en()),
    "summary_ar": lambda: summary(papers.summary_ar()),
    "summary_zh": lambda: summary(papers.summary_zh()),
    "focused_en": lambda: focused_input(papers.focused_en()),
    "response_en": lambda: response(papers.response_en()),
}


@pytest.fixture(scope="module")
def drawn() -> dict[str, bytes]:
    return {name: draw(make()) for name, make in OUTLINES.items()}


def _paper(*parts: o.Part, language: str = "en", **head: str) -> o.Outline:
    return o.Outline(o.TitleBlock(**{"title": "Title", **head}), language, parts)


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


# ---- the same bytes
def test_the_same_facts_give_the_same_bytes(drawn: dict[str, bytes]) -> None:
    for name, make in OUTLINES.items():
        assert draw(make(), fonts=Fonts()) == drawn[name], name


def test_another_process_with_another_hash_seed_gives_the_same_bytes(drawn: dict[str, bytes]) -> None:
    program = (
        "import hashlib, test_rendering_pdf as t\n"
        "for name, make in t.OUTLINES.items(): print(name, hashlib.sha256(t.draw(make())).hexdigest())"
    )
    wanted = "".join(f"{name} {hashlib.sha256(data).hexdigest()}\n" for name, data in drawn.items())
    for seed in ("1", "4242"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo", "LC_ALL": "C"}
        run = subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            check=True,
            env=environment,
            cwd=Path(__file__).parent,
        )
        assert run.stdout == wanted


def test_one_word_more_gives_other_bytes() -> None:
    assert draw(_paper(o.Note(o.text("a")))) != draw(_paper(o.Note(o.text("b"))))


def test_no_time_stands_in_the_file(drawn: dict[str, bytes]) -> None:
    for data in drawn.values():
        with pikepdf.open(io.BytesIO(data)) as pdf:
            assert not {"/CreationDate", "/ModDate"} & set(pdf.docinfo.keys())
            assert b"Date>" not in pdf.Root.Metadata.read_bytes()


# ---- fonts
def test_all_fonts_are_embedded_and_none_is_a_standard_one(drawn: dict[str, bytes]) -> None:
    for name, data in drawn.items():
        found = fonts(data)
        assert {font.kind for font in found} == {"/Type0", "/CIDFontType2"}
        for font in found:
            assert re.match(r"/[A-Z]{6}\+(NotoSans|Amiri|NotoSansSC)-", font.name), name
            assert font.readable if font.kind == "/Type0" else len(font.file) > 400


def test_two_weights_are_two_fonts_with_two_names_and_two_shapes(drawn: dict[str, bytes]) -> None:
    """Chinese regular and bold come from one variable file: neither may be its default, Thin, nor the other."""
    files = {font.name.partition("+")[2]: font.file for font in fonts(drawn["summary_zh"]) if font.file}
    assert {"NotoSansSC-Regular", "NotoSansSC-Bold"} <= set(files)
    assert len(set(files.values())) == len(files)


def test_a_pinned_weight_is_the_weight_another_implementation_gives() -> None:
    """The outlines that go into the file, against fontTools' instance of the same variable font."""
    source = files("fontpkg_noto_sans").joinpath("files/NotoSans[wdth,wght].ttf")
    whole = TTFont(str(source))
    gid = whole.getGlyphID("R")
    instance = instancer.instantiateVariableFont(whole, {"wght": 700, "wdth": 100})
    used = Fonts()
    _, cut = used.choose("R", None, "en", True, False)
    data, mapping = subset(used, cut, {gid})
    ours = hb.Font(hb.Face(data)).get_glyph_extents(mapping[gid])
    theirs = instance["glyf"]["R"]
    assert abs(ours.width - (theirs.xMax - theirs.xMin)) <= 1
    assert abs(ours.y_bearing - theirs.yMax) <= 1
    assert instance["hmtx"]["R"][0] == hb.Font(hb.Face(data)).get_glyph_h_advance(mapping[gid])


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
    """Words of letters, in logical order. Marks are left out: viewers part them from their letters in their own ways."""
    strip = re.compile("[^\u0621-\u063a\u0641-\u064a]+")
    words = [bit for part in OUTLINES["summary_ar"]().parts for word in _told(part) for bit in [strip.sub("", word)] if bit]
    assert len(words) > 60
    whole = "".join(strip.sub("", page) for page in pages(drawn["summary_ar"]))
    assert in_order(words, whole) is None


def test_brackets_and_acronyms_in_arabic_lose_nothing() -> None:
    found = pages(draw(_paper(o.Paragraph(o.text("هذا هو الهدف (SDG 6) من أهداف عام 2030.")), language="ar")))[0]
    for bit in ("الهدف", "SDG", "6", "2030", "أهداف"):
        assert bit in found
    assert found.count("(") + found.count(")") == 2


def test_three_scripts_in_one_sentence() -> None:
    found = pages(draw(_paper(o.Paragraph(o.text("The forum (المنتدى, 论坛, форум) met.")))))[0]
    for bit in ("The forum", "المنتدى", "论坛", "форум", "met."):
        assert bit in found


def test_footnotes_stand_on_the_page_of_their_call(drawn: dict[str, bytes]) -> None:
    found = pages(drawn["focused_en"])
    for call, note in (("kept or broken", "Input 4, section 1; Input 9, section 2"), ("opens the door", "Mayors have had")):
        (where,) = [n for n, page in enumerate(found) if bare(call) in bare(page)]
        assert bare(note) in bare(found[where])


def test_a_long_footnote_goes_on_over_pages_and_none_is_lost() -> None:
    note = o.text(" ".join(f"word{n}." for n in range(2500)))
    found = pages(draw(_paper(o.Paragraph(o.text("Called here."), "1.", (note,)), o.Paragraph(o.text("After.")))))
    assert len(found) > 2
    whole = "".join(bare(page) for page in found)
    assert all(f"word{n}." in whole for n in range(2500))


# ---- pages
def test_contents_give_the_right_pages() -> None:
    parts: list[o.Part] = [o.Contents("Contents", depth=2), o.NewPage()]
    for n in range(48):
        parts.append(o.Heading(1 + n % 2, o.text(f"Heading alpha{n}omega"), f"{n}."))
        parts.append(o.Paragraph(o.text("Filler words. " * (40 + 37 * (n % 7)))))
    found = pages(draw(_paper(*parts)))
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
    [("en", "Page {} of {}"), ("fr", "Page {} sur {}"), ("es", "Página {} de {}"), ("ru", "Стр. {} из {}"), ("zh", "第{}页，共{}页")],
)
def test_every_page_says_which_of_how_many_in_the_papers_language(language: str, line: str) -> None:
    found = pages(draw(_paper(*(o.Paragraph(o.text("word " * 300)) for _ in range(6)), language=language)))
    assert len(found) > 2
    for n, page in enumerate(found, 1):
        assert line.format(n, len(found)) in page


def test_a_heading_never_stands_last_on_a_page() -> None:
    for lines in range(30, 60):
        filler = o.Paragraph(o.text(*[f"line {n}\n" for n in range(lines)]))
        found = pages(draw(_paper(filler, o.Heading(1, o.text("Lonely")), o.Paragraph(o.text("company " * 40)))))
        (page,) = [page for page in found if "Lonely" in page]
        assert "company" in page


def test_a_practice_longer_than_a_page_is_printed_whole_under_its_head() -> None:
    aim = " ".join(f"aim{n}." for n in range(3000))
    annex = AnnexFacts("P", (), (PracticeGroup("Submissions", (PracticeFacts("8.8", "Name", "", "", "Niger", aim, "Partners"),)),))
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
    found = bare("".join(pages(draw(_paper(table)))))
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
    assert len(pages(draw(_paper(*empty)))) >= 1
    assert len(pages(draw(_paper(title="")))) == 1
    for part in empty:
        draw(_paper(part))


# ---- hostile words
@pytest.mark.parametrize("typed", ["<b>bold</b> & <para> &amp;", "%PDF-1.7 endstream endobj", "(unbalanced \\( ) EMC ET Q", "<</A 1>> BDC"])
def test_marks_of_other_languages_are_printed_as_typed(typed: str) -> None:
    assert bare(typed) in bare(pages(draw(_paper(o.Paragraph(o.text(typed)), title=typed)))[0])


@pytest.mark.parametrize(
    ("typed", "codepoint"), [("a\x00b", "U+0000"), ("a\ud800b", "U+D800"), ("\udfff", "U+DFFF"), ("\x1b[31m", "U+001B"), ("\uffff", "U+FFFF")]
)
def test_what_cannot_be_printed_is_refused_by_name(typed: str, codepoint: str) -> None:
    for paper in (_paper(o.Paragraph(o.text(typed))), _paper(title=typed), _paper(o.KeyFacts(((typed, ()),)))):
        with pytest.raises(NotPrintable) as refused:
            draw(paper)
        assert refused.value.codepoint == codepoint
        refused.value.message.encode("utf-8")


def test_a_character_without_a_glyph_is_refused_by_name() -> None:
    with pytest.raises(GlyphMissing) as refused:
        draw(_paper(o.Paragraph(o.text("so far so good "), "1.", (o.text("in a note: ༄ here"),))))
    assert (refused.value.character, refused.value.codepoint) == ("༄", "U+0F04")
    assert "in a note: ༄ here" in refused.value.message


@pytest.mark.parametrize("word", ["x" * 5000, "ـ" * 3000, "e\u0301" * 2000, "字" * 4000, "https://example.org/" + "a/" * 900])
def test_a_word_longer_than_a_line_is_cut_and_stays_on_the_paper(word: str) -> None:
    data = draw(_paper(o.Paragraph(o.text(word)), o.Table((o.Column("A"), o.Column("B", 9)), (o.Row((o.text(word[:400]), ())),))))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            lefts = [float(at) for at in re.findall(rb"1 0 0 1 (-?[\d.]+) [-\d.]+ Tm", page.Contents.read_bytes())]
            assert all(40 < left < float(page.MediaBox[2]) - 40 for left in lefts)
    letter = {"ـ": "ـ", "e\u0301" * 2000: "e"}.get(word, word[0])
    assert sum(page.count(letter) for page in pages(data)) >= word.count(letter)


def test_links_lead_only_where_a_reader_may_be_sent() -> None:
    paper = _paper(
        o.Paragraph(o.text(o.Run("good", link="https://example.org/ä b"), " ", o.Run("bad", link="javascript:alert(1)"), " ", o.Run("file", link="file:///etc/passwd")))
    )
    with pikepdf.open(io.BytesIO(draw(paper))) as pdf:
        links = [str(link.A.URI) for link in pdf.pages[0].Annots]
    assert links == ["https://example.org/%C3%A4%20b"]


def test_only_the_facts_can_say_adopted(drawn: dict[str, bytes]) -> None:
    assert not any("adopt" in page.casefold() for data in drawn.values() for page in pages(data))
    found = pages(draw(_paper(o.Colophon((("How", o.text("Adopted by the Forum")),)))))
    assert any("Adopted by the Forum" in page for page in found)


# ---- tags
def test_the_file_says_its_language_and_title(drawn: dict[str, bytes]) -> None:
    with pikepdf.open(io.BytesIO(drawn["summary_ar"])) as pdf:
        assert pdf.Root.Lang == "ar"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert pdf.Root.ViewerPreferences.Direction == "/R2L"
        assert pdf.Root.MarkInfo.Marked
        assert papers.summary_ar().title in str(pdf.docinfo["/Title"])
        assert papers.summary_ar().title in pdf.Root.Metadata.read_bytes().decode("utf-8")
        assert not pdf.check_pdf_syntax()


def test_headings_lists_and_tables_are_tagged(drawn: dict[str, bytes]) -> None:
    found = tags(drawn["focused_en"])
    names = [name for _, name in found]
    assert names[:1] == ["Document"]
    assert names.count("H1") == 1
    assert {"H2", "H3", "P", "L", "LI", "Lbl", "LBody", "BlockQuote", "Table", "TR", "TH", "TD", "TOC", "TOCI", "Note", "Link"} <= set(names)
    assert names.count("TD") == 21 * 6 + len(papers_colophon())
    assert names.index("TOC") < names.index("L") < names.index("Table")


def papers_colophon() -> tuple:
    return focused_input(papers.focused_en()).parts[-1].items  # type: ignore[union-attr]


def test_every_mark_on_a_page_belongs_to_one_tag(drawn: dict[str, bytes]) -> None:
    for name, data in drawn.items():
        with pikepdf.open(io.BytesIO(data)) as pdf:
            numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
            parents = {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}
            for page in pdf.pages:
                content = page.Contents.read_bytes()
                marks = [int(n) for n in re.findall(rb"/MCID (\d+)>> BDC", content)]
                assert marks == list(range(len(marks))), name
                assert len(parents[int(page.StructParents)]) == len(marks)
                assert content.count(b" BDC") + content.count(b" BMC") == len(re.findall(rb"^EMC$", content, re.M))
                for link in page.get("/Annots", []):
                    assert parents[int(link.StructParent)].S == "/Link" or parents[int(link.StructParent)].S == "/Reference"


def test_what_is_repeated_is_no_content() -> None:
    """A table's head is heard once, not on each page."""
    rows = tuple(o.Row((o.text("cell " * 30),)) for _ in range(60))
    data = draw(_paper(o.Table((o.Column("Onceheard"),), rows)))
    assert sum(page.count("Onceheard") for page in pages(data)) == len(pages(data)) > 1
    assert [name for _, name in tags(data)].count("TH") == 1


# ---- size
def test_two_hundred_pages_in_bounded_memory() -> None:
    program = (
        "import resource, test_rendering_pdf as t, reading_back\n"
        "words = 'The forum heard what cities and states had to tell one another. ' * 9\n"
        "parts = [t.o.Paragraph(t.o.text(words), f'{n}.', (t.o.text(f'Source {n}'),)) for n in range(1450)]\n"
        "data = t.draw(t._paper(*parts))\n"
        "print(len(reading_back.pypdfium2.PdfDocument(data)), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=Path(__file__).parent
    )
    count, megabytes = map(int, run.stdout.split())
    assert count >= 200
    assert megabytes < 500
