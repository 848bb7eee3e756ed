"""Words that try to break a paper are printed as typed, cut, or refused by name."""

import io
from dataclasses import replace

import pikepdf
import pytest

from forum.errors import NotPrintable
from forum.rendering import outline as o
from forum.rendering.papers.words import word
from forum.rendering.pdf.draw import draw
from forum.rendering.pdf.fonts import Fonts
from forum.rendering.pdf.unprintable import by_code_point, not_printed
from tests.support.rendering.reading_back import bare, glyph_boxes, pages
from tests.support.rendering.sample_papers import OUTLINES, paper


@pytest.fixture(scope="module")
def drawn() -> dict[str, bytes]:
    return {name: draw(make()) for name, make in OUTLINES.items()}


# ---- hostile words
@pytest.mark.parametrize(
    "typed", ["<b>bold</b> & <para> &amp;", "%PDF-1.7 endstream endobj", "(unbalanced \\( ) EMC ET Q", "<</A 1>> BDC"]
)
def test_marks_of_other_languages_are_printed_as_typed(typed: str) -> None:
    assert bare(typed) in bare(pages(draw(paper(o.Paragraph(o.text(typed)), title=typed)))[0])


@pytest.mark.parametrize(
    ("typed", "codepoint"),
    [("a\x00b", "U+0000"), ("a\ud800b", "U+D800"), ("\udfff", "U+DFFF"), ("\x1b[31m", "U+001B"), ("\uffff", "U+FFFF")],
)
def test_what_cannot_be_printed_is_refused_by_name(typed: str, codepoint: str) -> None:
    for one in (paper(o.Paragraph(o.text(typed))), paper(title=typed), paper(o.KeyFacts(((typed, ()),)))):
        with pytest.raises(NotPrintable) as refused:
            draw(one)
        assert refused.value.codepoint == codepoint
        refused.value.message.encode("utf-8")


@pytest.mark.parametrize("language", ["en", "ar", "zh", "ru"])
def test_a_character_without_a_font_is_written_by_its_code_point_and_named_at_the_end(language: str) -> None:
    """One name in another script stopped a whole paper."""
    noted = o.Paragraph(o.text("so far so good "), "1.", (o.text("in a note: ༄ here"),))
    linked = o.Paragraph(o.text("by ", o.Run("አማርኛ", link="https://example.org/ኛ")))
    made = paper(noted, linked, o.Colophon((("Symbol", o.text("S/1")),)), title="ከተማ")
    printed = bare(" ".join(pages(draw(replace(made, language=language)))))
    assert bare(word("not_printed", language)[:4]) in printed
    # What reads a page back does not know where a line that runs both ways was isolated: there, counted alone.
    points = ("U+0F04", "U+12A0…U+129B", "U+12A8", "U+1270", "U+121B")
    assert printed.count("U") >= len(points) if language == "ar" else all(bare(point) in printed for point in points)
    assert not set("༄አማርኛከተ") & set(printed)


def test_what_every_font_together_has_is_left_alone() -> None:
    made = paper(o.Paragraph(o.text("Straße, العربية, 中文, Ελλάδα, Україна")), o.Colophon(()))
    assert by_code_point(made, Fonts()) is made
    assert not_printed("Straße, العربية, 中文, a​b\n", "en") == ()
    assert not_printed("a ༄ b ༄", "en") == ("༄",)


@pytest.mark.parametrize(
    "word", ["x" * 5000, "ـ" * 3000, "e\u0301" * 2000, "字" * 4000, "https://example.org/" + "a/" * 900]
)
def test_a_word_longer_than_a_line_is_cut_and_stays_on_thepaper(word: str) -> None:
    data = draw(
        paper(o.Paragraph(o.text(word)), o.Table((o.Column("A"), o.Column("B", 9)), (o.Row((o.text(word[:400]), ())),)))
    )
    for width, boxes in glyph_boxes(data):
        assert all(left > 40 and right < width - 40 for left, right in boxes)
    letter = {"ـ": "ـ", "e\u0301" * 2000: "e"}.get(word, word[0])
    assert sum(page.count(letter) for page in pages(data)) >= word.count(letter)


def test_links_lead_only_where_a_reader_may_be_sent() -> None:
    linked = paper(
        o.Paragraph(
            o.text(
                o.Run("good", link="https://example.org/ä b"),
                " ",
                o.Run("bad", link="javascript:alert(1)"),
                " ",
                o.Run("file", link="file:///etc/passwd"),
            )
        )
    )
    with pikepdf.open(io.BytesIO(draw(linked))) as pdf:
        links = [str(link.A.URI) for link in pdf.pages[0].Annots]
    assert links == ["https://example.org/%C3%A4%20b"]


def test_only_the_facts_can_say_adopted(drawn: dict[str, bytes]) -> None:
    assert not any("adopt" in page.casefold() for data in drawn.values() for page in pages(data))
    found = pages(draw(paper(o.Colophon((("How", o.text("Adopted by the Forum")),)))))
    assert any("Adopted by the Forum" in page for page in found)
