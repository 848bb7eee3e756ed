"""The file itself: the same bytes, its fonts, its tags, its size."""

import hashlib
import io
import os
import re
import subprocess
import sys
from collections import Counter
from importlib.resources import files
from itertools import pairwise

import pikepdf
import pytest
import uharfbuzz as hb
from fontTools import subset as subset_of
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from forum.rendering import outline as o
from forum.rendering.pdf.draw import draw
from forum.rendering.pdf.faces import subset
from forum.rendering.pdf.fonts import Fonts
from tests.support.rendering import sample_papers as papers
from tests.support.rendering.laid_out import focused_input
from tests.support.rendering.reading_back import fonts, marks_in_order, pages, tags
from tests.support.rendering.sample_papers import OUTLINES, paper
from tests.support.sources import ROOT


@pytest.fixture(scope="module")
def drawn() -> dict[str, bytes]:
    return {name: draw(make()) for name, make in OUTLINES.items()}


# ---- the same bytes
def test_the_same_facts_give_the_same_bytes(drawn: dict[str, bytes]) -> None:
    for name, make in OUTLINES.items():
        assert draw(make(), fonts=Fonts()) == drawn[name], name


def test_another_process_with_another_hash_seed_gives_the_same_bytes(drawn: dict[str, bytes]) -> None:
    program = (
        "import hashlib; from tests.rendering import test_rendering_file as t\n"
        "for name, make in t.OUTLINES.items(): print(name, hashlib.sha256(t.draw(make())).hexdigest())"
    )
    wanted = "".join(f"{name} {hashlib.sha256(data).hexdigest()}\n" for name, data in drawn.items())
    environment = {**os.environ, "PYTHONHASHSEED": "4242", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment, cwd=ROOT
    )
    assert run.stdout == wanted


def test_one_word_more_gives_other_bytes() -> None:
    assert draw(paper(o.Note(o.text("a")))) != draw(paper(o.Note(o.text("b"))))


def test_no_time_stands_in_the_file(drawn: dict[str, bytes]) -> None:
    for data in drawn.values():
        with pikepdf.open(io.BytesIO(data)) as pdf:
            assert not {"/CreationDate", "/ModDate"} & set(pdf.docinfo.keys())
            assert b"Date>" not in pdf.Root.Metadata.read_bytes()


# ---- fonts
def test_all_fonts_are_embedded_and_none_is_a_standard_one(drawn: dict[str, bytes]) -> None:
    for name, data in drawn.items():
        found = fonts(data)
        assert {font.kind for font in found} == {"/TrueType"}
        for font in found:
            assert re.match(r"/[A-Z]{6}\+(NotoSans|Amiri|NotoSansSC)-", font.name), name
            assert font.readable
            assert len(font.file) > 400


def test_a_paper_has_as_many_fonts_as_it_needs(drawn: dict[str, bytes]) -> None:
    """A part of a font has 254 glyphs; a font that leaked in, or a part too many, would show here."""
    cuts = {name: Counter(font.name.partition("+")[2] for font in fonts(data)) for name, data in drawn.items()}
    assert cuts["focused_en"] == {"NotoSans-Regular": 1, "NotoSans-Bold": 1, "NotoSans-Italic": 1}
    assert cuts["focused_ar"] == {"NotoSans-Regular": 1, "NotoSans-Bold": 1, "Amiri-Regular": 1, "Amiri-Bold": 1}
    assert set(cuts["summary_zh"]) == {"NotoSans-Regular", "NotoSans-Bold", "NotoSansSC-Regular", "NotoSansSC-Bold"}
    ideographs = {c for page in pages(drawn["summary_zh"]) for c in page if "\u4e00" <= c <= "\u9fff"}
    assert cuts["summary_zh"]["NotoSansSC-Regular"] <= len(ideographs) // 254 + 1


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
    alone = subset_of.Subsetter(
        subset_of.Options(layout_features=[], glyph_names=True)
    )  # an instance of all takes long
    alone.populate(glyphs=["R"])
    alone.subset(whole)
    instance = instancer.instantiateVariableFont(whole, {"wght": 700, "wdth": 100})
    used = Fonts()
    _, cut = used.choose("R", None, "en", True, False)
    data, mapping = subset(used, cut, {gid})
    ours = hb.Font(hb.Face(data)).get_glyph_extents(mapping[gid])
    theirs = instance["glyf"]["R"]
    assert abs(ours.width - (theirs.xMax - theirs.xMin)) <= 1
    assert abs(ours.y_bearing - theirs.yMax) <= 1
    assert instance["hmtx"]["R"][0] == hb.Font(hb.Face(data)).get_glyph_h_advance(mapping[gid])


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
    assert {
        "H2",
        "H3",
        "P",
        "L",
        "LI",
        "Lbl",
        "LBody",
        "BlockQuote",
        "Table",
        "TR",
        "TH",
        "TD",
        "TOC",
        "TOCI",
        "Note",
        "Link",
    } <= set(names)
    assert names.count("TD") == 21 * 6 + 1 + len(papers_colophon())  # the 1 heads a group
    assert names.index("TOC") < names.index("L") < names.index("Table")


def test_what_is_heard_is_painted_in_the_same_order(drawn: dict[str, bytes]) -> None:
    """Many read a page as it is painted, and know no tags: a row of an Arabic table begins on the right."""
    for name, data in drawn.items():
        for page, marks in marks_in_order(data).items():
            assert marks == sorted(marks), (name, page)


def test_no_heading_skips_a_level(drawn: dict[str, bytes]) -> None:
    """Who jumps from heading to heading by ear would look for what is between (ISO 14289-1, 7.4.2)."""
    for name, data in drawn.items():
        levels = [int(tag[1]) for _, tag in tags(data) if re.fullmatch("H[1-6]", tag)]
        assert levels[0] == 1, name
        assert all(later <= earlier + 1 for earlier, later in pairwise(levels)), name
        assert len(set(levels)) > 1, name


def test_what_stands_on_every_page_is_marked_as_such_and_the_file_says_what_it_conforms_to(
    drawn: dict[str, bytes],
) -> None:
    for name, data in drawn.items():
        with pikepdf.open(io.BytesIO(data)) as pdf:
            assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf.Root.Metadata.read_bytes()
            for page in list(pdf.pages)[1:]:
                assert page.Contents.read_bytes().count(b"/Type /Pagination") == 1, name


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
                    assert (
                        parents[int(link.StructParent)].S == "/Link"
                        or parents[int(link.StructParent)].S == "/Reference"
                    )


def test_what_is_repeated_is_no_content() -> None:
    """A table's head is heard once, not on each page."""
    rows = tuple(o.Row((o.text("cell " * 30),)) for _ in range(60))
    data = draw(paper(o.Table((o.Column("Onceheard"),), rows)))
    assert sum(page.count("Onceheard") for page in pages(data)) == len(pages(data)) > 1
    assert [name for _, name in tags(data)].count("TH") == 1


# ---- size
def test_two_hundred_pages_in_bounded_memory() -> None:
    program = (
        # VmHWM is this program's own; ru_maxrss would carry over that of the test runner it was forked from.
        "import re, pathlib; from tests.rendering import test_rendering_file as t; from tests.support.rendering "
        "import reading_back\n"
        "words = 'The forum heard what cities and states had to tell one another. ' * 9\n"
        "parts = [t.o.Paragraph(t.o.text(words), f'{n}.', (t.o.text(f'Source {n}'),)) for n in range(1450)]\n"
        "data = t.draw(t.paper(*parts))\n"
        "peak = int(re.search(r'VmHWM:\\s+(\\d+)', pathlib.Path('/proc/self/status').read_text())[1])\n"
        "print(len(reading_back.pypdfium2.PdfDocument(data)), peak // 1024)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    count, megabytes = map(int, run.stdout.split())
    assert count >= 200
    assert megabytes < 500
