"""Where lines end, and what a line end may not part."""

import io
import itertools
from dataclasses import replace

import pikepdf
import pytest

from forum.rendering import outline as o
from forum.rendering.pdf.bidi import Breaks, levels
from forum.rendering.pdf.draw import draw
from tests.support.rendering.reading_back import bare, in_order, pages
from tests.support.rendering.sample_papers import paper


def _cut(words: str, hyphens: bool = True) -> list[str]:
    points = [0, *Breaks().points(words, hyphens)]
    return [words[a:b] for a, b in itertools.pairwise(points)]


@pytest.mark.parametrize("symbol", ["A/RES/73/195", "GFMD/2020/HLPF/1", "10.7-a", "-5", "(SDG", "10.c", "24/7"])
def test_a_symbol_stays_on_one_line(symbol: str) -> None:
    assert f"{symbol} " in _cut(f"see {symbol} there")


def test_a_hyphen_or_slash_between_words_ends_a_line_but_in_a_title() -> None:
    assert _cut("High-level and/or none") == ["High-", "level ", "and/", "or ", "none"]
    assert _cut("High-level", hyphens=False) == ["High-level"]


def test_an_address_ends_a_line_after_its_slashes_only() -> None:
    assert _cut("https://example.org/a-b/c-5?d=1") == ["https://", "example.org/", "a-b/", "c-5?", "d=1"]


def test_chinese_ends_a_line_anywhere_but_before_its_stops() -> None:
    assert _cut("联合国（IOM）大会。") == ["联", "合", "国", "（IOM）", "大", "会。"]


def test_characters_of_two_units_count_as_one() -> None:
    """ICU counts UTF-16 units."""
    assert _cut("\U00020000\U00020001 b") == ["\U00020000", "\U00020001 ", "b"]
    assert Breaks().characters("e\u0301\U00020000x") == [2, 3, 4]
    assert levels("\U00020000 א", 1) == [2, 1, 1]


def test_a_title_is_not_parted_at_a_hyphen() -> None:
    (found,) = pages(draw(paper(title="Input to the High-level Political Forum " * 4)))
    assert "High-\r\n" not in found
    assert found.count("High-level") == 4


def test_a_table_of_many_pages_loses_no_row_and_repeats_its_head() -> None:
    """The library is handed a page of rows at a time."""
    rows = tuple(o.Row((o.text(f"row{n}."), o.text("words " * (n % 23)))) for n in range(400))
    found = pages(draw(paper(o.Table((o.Column("Onehead"), o.Column("B", 3)), rows), o.Paragraph(o.text("after.")))))
    assert in_order([f"row{n}." for n in range(400)] + ["after."], "".join(bare(page) for page in found)) is None
    assert all(page.count("Onehead") == 1 for page in found if "row" in page)


def test_a_head_of_a_section_never_stands_last_on_a_page() -> None:
    rows: list[o.Row | o.SectionRow] = []
    for n in range(150):
        rows += [o.SectionRow(o.text(f"section{n}.")), o.Row((o.text(f"row{n}."),))]
    found = pages(draw(paper(o.Table((o.Column("A"),), tuple(rows)))))
    assert all((f"section{n}." in page) == (f"row{n}." in page) for page in found for n in range(150))


def test_the_file_names_whose_paper_it_is() -> None:
    data = draw(paper(series="Global Forum on Migration and Development"))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.docinfo["/Author"] == "Global Forum on Migration and Development"
        assert b"Global Forum" in pdf.Root.Metadata.read_bytes()
        assert "ReportLab" not in str(pdf.docinfo["/Producer"])


def test_a_running_head_that_is_too_long_says_that_it_goes_on() -> None:
    running = "GFMD/2020/FI/1 · " + "Migration in the decade of action " * 12 + "2020"
    made = paper(o.Paragraph(o.text("words " * 3000)), language="en")
    found = pages(draw(replace(made, running=running)))
    assert len(found) > 2
    for page in found[1:]:
        below, head = page.splitlines()[-3:-1]  # painted after the words, the second line first
        assert head.startswith("GFMD/2020/FI/1 · Migration")
        assert below.endswith(" …")


def test_a_word_that_no_line_holds_is_cut_into_parts_of_one_length() -> None:
    """A hash had its last letter on a line of its own."""
    found = pages(draw(paper(o.Paragraph(o.text("9f2b" * 26)))))[0]
    lines = [line for line in found.splitlines() if "9f2b" in line]
    assert len(lines) == 2
    assert "".join(lines) == "9f2b" * 26
    assert abs(len(lines[0]) - len(lines[1])) <= 4


def test_no_word_of_a_long_title_is_lonely() -> None:
    """The cover of a real paper had "2020" alone on its fifth line."""
    title = "Focused input of the Global Forum on Migration and Development to the High-level Political Forum 2020"
    made = paper()
    found = pages(draw(replace(made, head=replace(made.head, title=title, cover=True))))[0]
    lines = found.splitlines()
    assert " ".join(lines[:4]) == title
    assert min(map(len, lines[:4])) > 15
