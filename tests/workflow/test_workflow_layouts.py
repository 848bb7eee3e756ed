"""Layouts of kinds of documents: what a file says, and what is drawn of a kind from before there were layouts."""

from pathlib import Path

import pytest

from forum.files import shipped
from forum.rendering.papers.layout import BLOCKS as DRAWN
from forum.workflow import layouts
from forum.workflow.definition_parts import Document, PaperPart
from forum.workflow.load import parse, read_file
from forum.workflow.vocabulary import BLOCKS

BEFORE = Path(__file__).parents[1] / "corpus" / "processes"  # published before there were layouts
_AT = layouts.REPORT.index("reservations")
WITH_PRACTICES = (*layouts.REPORT[:_AT], "practices", *layouts.REPORT[_AT:])
# What papers print of each kind. An input to any of the GFMD's reports may be answered "included in the annex of
# practices": for a time only the focused input had one.
CHOSEN = {"summary_of_conclusions": layouts.SUMMARY, "focused_input": WITH_PRACTICES}
ANNEXED = {"gfmd": ("consolidated_report", "regional_report")}


def blocks(document: Document) -> tuple[str, ...]:
    return tuple(part.block for part in layouts.layout(document))


@pytest.mark.parametrize("path", sorted(BEFORE.glob("*.toml")), ids=lambda path: path.stem)
def test_a_definition_from_before_comes_out_as_it_did(path: Path) -> None:
    for kind, document in read_file(path).documents.items():
        assert document.layout == ()
        annexed = WITH_PRACTICES if "annex_of_practices" in document.outline else layouts.REPORT
        assert blocks(document) == CHOSEN.get(kind, annexed), kind


@pytest.mark.parametrize("path", sorted(shipped().glob("*.toml")), ids=lambda path: path.stem)
def test_the_shipped_kinds_say_what_was_drawn_of_them(path: Path) -> None:
    for kind, document in read_file(path).documents.items():
        assert document.layout, kind
        assert document.outline == ()
        said = tuple(block for block in blocks(document) if block != "responses")  # nothing where there is no answer
        annexed = WITH_PRACTICES if kind in ANNEXED.get(path.stem, ()) else layouts.REPORT
        assert said == CHOSEN.get(kind, annexed), kind


def test_every_block_of_the_vocabulary_has_its_rules_and_is_drawn() -> None:
    assert set(BLOCKS) == set(layouts.RULES) == set(DRAWN)


def test_a_kind_that_says_nothing_is_a_report() -> None:
    assert blocks(Document("k", "K", "c")) == layouts.REPORT
    assert tuple(part.block for part in layouts.layout(None)) == layouts.REPORT


def test_the_words_of_an_outline_that_promise_an_annex_have_it_whatever_else_stands_there() -> None:
    summary = Document("k", "K", "c", outline=("conclusions", "annex_of_practices"))
    assert set(blocks(summary)) == {*layouts.SUMMARY, "practices"}
    assert blocks(Document("k", "K", "c", outline=("themes", "annex_of_practices"))) == WITH_PRACTICES


def test_a_heading_is_found_by_the_tag_or_its_language() -> None:
    part = PaperPart("conclusions", {"zh": "结论", "pt-BR": "Conclusões"})
    assert layouts.heading(part, "zh-Hans") == "结论"
    assert layouts.heading(part, "pt-BR") == "Conclusões"
    assert layouts.heading(part, "en") is None


def test_a_block_alone_and_a_table_of_it_are_the_same() -> None:
    text = (Path(__file__).parent / "sound.toml").read_text("utf-8")
    one = text.replace('title = "Report"', 'title = "Report"\nlayout = ["head", { block = "reservations" }]')
    two = text + '\n[[documents.report.layout]]\nblock = "head"\n[[documents.report.layout]]\nblock = "reservations"\n'
    assert parse(one).documents == parse(two).documents
    assert layouts.sources(PaperPart("conclusions")) == "footnotes"
    assert layouts.sources(PaperPart("opening")) == layouts.sources(PaperPart("graph")) == "none"
