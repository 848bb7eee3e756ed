"""Whoever searches an Arabic paper in Chrome's engine, or copies from it, finds what stands there."""

import pypdfium2
import pytest

from forum.rendering import outline as o
from forum.rendering.pdf.draw import draw
from forum.rendering.pdf.extraction import instead
from tests.support.rendering.sample_papers import paper

SENTENCES = (
    "يشير القرار A/RES/73/195 إلى الميثاق العالمي للهجرة.",
    "هذا هو الهدف (SDG 6) من أهداف عام 2030.",
    "الغاية 10.c من جدول الأعمال، والغاية 10.7 أيضا.",
    "انظر الوثيقة GFMD/2020/HLPF/1 para 10 وما بعدها.",
    "حلقة العمل، 29 شباط/فبراير - 1 آذار/مارس 2016 (نيويورك)",
)
SYMBOLS = ("A/RES/73/195", "(SDG 6)", "10.c", "GFMD/2020/HLPF/1 para 10")
_MARKS = str.maketrans("", "", "\u200e\u200f")  # that no search looks at


def test_symbols_are_found_in_arabic_sentences_by_chromes_engine() -> None:
    """It read "A/RES/73/195" as "/73/195RES/A", and "(SDG 6)" as "(6 SDG ("."""
    page = pypdfium2.PdfDocument(arabic())[0].get_textpage()
    for symbol in SYMBOLS:
        assert page.search(symbol).get_next() is not None, symbol
    read = page.get_text_range().translate(_MARKS).split("\r\n")
    assert tuple(read[1 : 1 + len(SENTENCES)]) == SENTENCES


def arabic() -> bytes:
    """The sentences as a paper."""
    return draw(paper(*(o.Paragraph(o.text(words)) for words in SENTENCES), language="ar", title="عنوان"))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ([("abc", 0), (" ", 0), ("1/2", 0)], []),
        ([("ابج", 1), (" ", 1), ("12", 2), (" ", 1), ("ده", 1)], []),
        ([("ابج", 1), (" ", 1), ("10.c", 2), (" ", 1), ("ده", 1)], [(2, 3, "c10.")]),
        ([("ابج", 1), (" ", 1), ("12", 2), (".", 1)], [(2, 4, "12.")]),
        ([("ابج", 1), (" ", 1), ("(", 1), ("ده", 1), (")", 1)], [(2, 3, "\u200f(\u200e"), (4, 5, "\u200f)\u200e")]),
        ([("ab", 2), (" ", 2), ("cd", 2), (" ", 1), ("ده", 1)], [(0, 3, "\u200fcd ab")]),
    ],
)
def test_only_what_would_be_read_otherwise_is_told(
    line: list[tuple[str, int]], expected: list[tuple[int, int, str]]
) -> None:
    assert instead(line) == expected


def test_pieces_of_an_arabic_line_are_painted_as_they_are_read() -> None:
    """Who goes by the order of painting, as pdf.js does, reads them so; links too are heard in this order."""
    made = paper(o.Paragraph(o.text("قبل ", o.Run("A/1", link="https://a.example"), " بعد")), language="ar")
    found = pypdfium2.PdfDocument(draw(made))[0]
    places = [thing.get_bounds()[0] for thing in found.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT])]
    assert len(places) > 4
    assert places[1] > places[2] > places[3]
