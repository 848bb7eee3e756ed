"""Words that try to break a paper are printed as typed, cut, or refused by name."""

import io
import re

import pikepdf
import pytest

from forum.errors import GlyphMissing, NotPrintable
from forum.rendering import outline as o
from forum.rendering.pdf.draw import draw
from tests.support.rendering.reading_back import bare, pages
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


def test_a_character_without_a_glyph_is_refused_by_name() -> None:
    with pytest.raises(GlyphMissing) as refused:
        draw(paper(o.Paragraph(o.text("so far so good "), "1.", (o.text("in a note: ༄ here"),))))
    assert (refused.value.character, refused.value.codepoint) == ("༄", "U+0F04")
    assert "in a note: ༄ here" in refused.value.message


@pytest.mark.parametrize(
    "word", ["x" * 5000, "ـ" * 3000, "e\u0301" * 2000, "字" * 4000, "https://example.org/" + "a/" * 900]
)
def test_a_word_longer_than_a_line_is_cut_and_stays_on_thepaper(word: str) -> None:
    data = draw(
        paper(o.Paragraph(o.text(word)), o.Table((o.Column("A"), o.Column("B", 9)), (o.Row((o.text(word[:400]), ())),)))
    )
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            lefts = [float(at) for at in re.findall(rb"1 0 0 1 (-?[\d.]+) [-\d.]+ Tm", page.Contents.read_bytes())]
            assert all(40 < left < float(page.MediaBox[2]) - 40 for left in lefts)
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
