"""Word files: what is Word's own in them is so, in both directions, and LibreOffice reads what was written."""

import io
import re

import docx
import pytest

from forum.rendering import outline as o
from forum.rendering.docx.draw import draw
from forum.rendering.docx.numbers import Numbers
from tests.support.office import as_text, needs_office
from tests.support.rendering.everything import HASH, LANGUAGES, SENTENCES, everything, numbers
from tests.support.rendering.files_back import W, counted, parts, tree
from tests.support.rendering.reading_back import bare
from tests.support.rendering.sample_papers import OUTLINES, paper


@pytest.fixture(scope="module")
def drawn() -> dict[str, bytes]:
    return {language: draw(everything(language)) for language in LANGUAGES}


# ---- numbers
@pytest.mark.parametrize("language", LANGUAGES)
def test_printed_numbers_are_words_own_and_are_those_of_the_record(drawn: dict[str, bytes], language: str) -> None:
    assert counted(drawn[language]) == numbers(everything(language))
    typed = [p for p in tree(drawn[language]).iter(f"{W}t") if p.text == "21bis."]
    assert len(typed) == 1


@pytest.mark.parametrize("name", sorted(OUTLINES))
def test_the_numbers_of_all_papers_are_those_that_were_counted(name: str) -> None:
    outline = OUTLINES[name]()
    assert counted(draw(outline)) == numbers(outline)


@pytest.mark.parametrize(
    "printed",
    [
        ["1.", "2.", "3."],
        ["I.", "II.", "III.", "IV.", "V.", "IX.", "X."],
        ["(a)", "(b)", "(c)", "(d)"],
        ["a)", "h)", "i)", "j)"],
        ["(i)", "(ii)", "(iii)", "(iv)"],
        ["A.", "B.", "C.", "D."],
        ["C.", "D.", "L.", "M."],
        ["1", "2", "4", "3", "3"],
        ["0", "10", "007", "99999"],
        ["1.1.", "14bis.", "١.", "一、", "(1", "IIII.", "IC.", "ABC"],
    ],
)
def test_a_number_is_printed_as_it_is_whatever_it_is(printed: list[str]) -> None:
    made = paper(*(o.Paragraph(o.text("x"), number) for number in printed))
    assert counted(draw(made)) == printed


def test_numbers_that_go_on_are_one_list() -> None:
    lists = Numbers()
    assert len({lists.of("NumberedParagraph", f"{n}.") for n in range(1, 300)}) == 1
    assert lists.of("NumberedParagraph", "301.") != lists.of("NumberedParagraph", "299.")
    assert lists.of("NumberedParagraph", "2.1.") is None


# ---- structure
def test_headings_notes_tables_and_links_are_words_own(drawn: dict[str, bytes]) -> None:
    document = docx.Document(io.BytesIO(drawn["en"]))
    styles = {p.style.name: p.text for p in document.paragraphs if p.style}
    for name in ("Title", "Heading 1", "Heading 2", "List Bullet", "Quote", "toc 1"):
        assert name in styles, sorted(styles)
    rows = [row for row in tree(drawn["en"]).iter(f"{W}tr") if row.find(f"{W}trPr/{W}tblHeader") is not None]
    assert len(rows) == 1
    body = tree(drawn["en"])
    called = [n.get(f"{W}id") for n in body.iter(f"{W}footnoteReference")]
    notes = [n.get(f"{W}id") for n in tree(drawn["en"], "word/footnotes.xml").iter(f"{W}footnote")]
    assert called == [str(n) for n in range(1, len(called) + 1)]
    assert notes == ["-1", "0", *called]
    links = {rel.target_ref for rel in document.part.rels.values() if rel.is_external}
    text = "https://forum.example/documents/GFMD/2020/FI"
    assert links == {"https://example.org/a?b=1&c=2", "https://example.org/", text}


def test_each_paragraph_of_the_record_stands_under_a_bookmark_of_its_identity(drawn: dict[str, bytes]) -> None:
    body = tree(drawn["en"])
    found = {b.get(f"{W}name"): b.getparent() for b in body.iter(f"{W}bookmarkStart")}
    identities = {"sec_1__para_1", "sec_1__para_2", "sec_1__p_1", "b1", "b2", "q1", "x1", "c1", "c2", "c3"}
    assert identities <= set(found)
    assert all(element.tag == f"{W}p" for element in found.values())
    assert "".join(found["sec_1__para_1"].itertext()).startswith("The text recalls A/RES/73/195")
    targets = {link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink") if link.get(f"{W}anchor")}
    assert targets
    assert targets <= set(found)


def test_a_wide_annex_lies_on_turned_paper_and_the_cover_has_no_page_number(drawn: dict[str, bytes]) -> None:
    sections = list(tree(drawn["en"]).iter(f"{W}sectPr"))
    turned = [section.find(f"{W}pgSz").get(f"{W}orient") for section in sections]
    assert turned[-1] == "landscape"
    assert not any(turned[:-1])
    feet = [[f.get(f"{W}type") for f in section.iter(f"{W}footerReference")] for section in sections]
    assert feet == [["default"]] * len(sections)
    plain = tree(draw(paper(o.Note(o.text("x")))))
    assert [f.get(f"{W}type") for f in plain.iter(f"{W}footerReference")] == ["default", "first"]


def test_the_file_says_which_text_it_is_and_when_it_was_closed_and_nothing_of_now(drawn: dict[str, bytes]) -> None:
    core = docx.Document(io.BytesIO(drawn["fr"])).core_properties
    assert (core.identifier, core.version, core.language, core.keywords) == ("GFMD/2020/FI", "Rev.1", "fr", HASH)
    assert core.created.date().isoformat() == core.modified.date().isoformat() == "2020-06-12"
    assert b"created" not in parts(draw(paper(title="T")))["docProps/core.xml"]
    assert "docProps/thumbnail.jpeg" not in parts(drawn["fr"])


# ---- directions and languages
def test_an_arabic_paper_runs_from_right_to_left_and_its_symbols_do_not(drawn: dict[str, bytes]) -> None:
    body = tree(drawn["ar"])
    assert all(section.find(f"{W}bidi") is not None for section in body.iter(f"{W}sectPr"))
    assert all(table.find(f"{W}tblPr/{W}bidiVisual") is not None for table in body.iter(f"{W}tbl"))
    turned: set[str] = set()
    straight: set[str] = set()
    for run in body.iter(f"{W}r"):
        letters = "".join(t.text or "" for t in run.iter(f"{W}t"))
        (turned if run.find(f"{W}rPr/{W}rtl") is not None else straight).add(letters)
    assert not [words for words in turned if re.search("[A-Za-z]", words)]
    assert not [words for words in straight if re.search("[\u0600-\u06ff]", words)]
    assert "A/RES/73/195" in straight
    normal = next(s for s in tree(drawn["ar"], "word/styles.xml") if s.get(f"{W}styleId") == "Normal")
    assert normal.find(f"{W}pPr/{W}bidi") is not None


def test_an_arabic_name_in_an_english_sentence_is_turned_and_nothing_else_is() -> None:
    made = draw(paper(o.Paragraph(o.text("Held by وزارة الخارجية in Rabat."))))
    runs = {
        "".join(t.text or "" for t in run.iter(f"{W}t")): run.find(f"{W}rPr/{W}rtl") is not None
        for run in tree(made).iter(f"{W}r")
    }
    assert runs["وزارة الخارجية"]
    assert not runs["Held by "]
    assert not runs[" in Rabat."]


@pytest.mark.parametrize(
    ("language", "attribute", "tag"),
    [("ar", "bidi", "ar-SA"), ("en", "val", "en-GB"), ("es", "val", "es-ES"), ("fr", "val", "fr-FR"),
     ("ru", "val", "ru-RU"), ("zh", "eastAsia", "zh-CN"), ("fa", "bidi", "fa"), ("sw", "val", "sw")],
)  # fmt: skip
def test_the_language_is_stated_for_its_script(language: str, attribute: str, tag: str) -> None:
    made = draw(paper(o.Paragraph(o.text("x")), language=language))
    stated = next(tree(made, "word/styles.xml").iter(f"{W}lang"))
    assert stated.get(f"{W}{attribute}") == tag
    foreign = [run.find(f"{W}rPr/{W}lang") for run in tree(draw(everything("en"))).iter(f"{W}r")]
    assert [lang.get(f"{W}val") for lang in foreign if lang is not None] == ["fr-FR"]


# ---- LibreOffice
@needs_office("what LibreOffice reads of our Word files")
def test_libreoffice_reads_every_word_and_number_in_six_languages(drawn: dict[str, bytes]) -> None:
    texts = as_text({f"{language}.docx": data for language, data in drawn.items()})
    for language in LANGUAGES:
        read = texts[f"{language}.docx"]
        assert bare(read).count(bare(SENTENCES[language])) >= 8, language
        for number in numbers(everything(language)):
            assert re.search(rf"^\s*{re.escape(number)}[\s\u200e\u200f]", read, re.M), (language, number)
        for symbol in ("A/RES/73/195", "GFMD/2020/HLPF/1 para 10", "It binds nobody.", HASH):
            assert symbol in read, (language, symbol)
