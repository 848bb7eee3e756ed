"""What all formats have in common: every word, the same bytes, words that try to be marks, and refusals by name."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest

from forum.errors import InvalidValue, NotPrintable
from forum.rendering import outline as o
from forum.rendering.formats import FORMATS, drawn, has
from forum.rendering.pdf.unprintable import all_words
from tests.support.rendering.everything import LANGUAGES, everything
from tests.support.rendering.files_back import words
from tests.support.rendering.reading_back import bare
from tests.support.rendering.sample_papers import OUTLINES, paper
from tests.support.sources import ROOT

TEXTS = ("docx", "html", "md", "xml")
LISTS = ("xlsx", "csv")


def of(outline: o.Outline, ending: str) -> Iterator[str]:
    """The words that a format prints: all but page lines where there are no pages, and numbers that Word counts."""
    if ending != "docx":
        yield from (bare(text) for text, _ in all_words(replace(outline, running="", language=""), "en", links=False))
        return
    for text, _ in all_words(outline, "en", links=False):
        if not text[:2].strip("(").rstrip(".").isalnum() or len(text) > 5:
            yield bare(text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("ending", TEXTS)
def test_every_word_stands_in_every_format(ending: str, language: str) -> None:
    outline = everything(language)
    read = bare(words(drawn(outline, ending), ending))
    lost = [text for text in of(outline, ending) if text not in read]
    assert not lost
    assert read.index(bare("Part one")) < read.rindex(bare("Part four")) < read.rindex(bare("It binds nobody."))


@pytest.mark.parametrize("name", sorted(OUTLINES))
@pytest.mark.parametrize("ending", TEXTS)
def test_the_papers_that_there_are_come_whole(ending: str, name: str) -> None:
    outline = OUTLINES[name]()
    read = bare(words(drawn(outline, ending), ending))
    assert not [text for text in of(outline, ending) if text not in read]


def test_the_same_paper_gives_the_same_bytes_in_another_process_at_another_time() -> None:
    program = (
        "import hashlib, sys; from forum.rendering.formats import FORMATS, drawn\n"
        "from tests.support.rendering.everything import everything\n"
        "for l in ('ar', 'zh'):\n"
        "    for e in FORMATS: print(l, e, hashlib.sha256(drawn(everything(l), e)).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "4242", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment, cwd=ROOT
    )
    here = [
        f"{language} {ending} {hashlib.sha256(drawn(everything(language), ending)).hexdigest()}"
        for language in ("ar", "zh")
        for ending in FORMATS
    ]
    assert run.stdout.splitlines() == here  # starting a process takes longer than the two seconds of a ZIP's clock


def test_no_format_knows_a_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """A ZIP's time has two seconds, a workbook's one: the same bytes at once prove nothing."""
    import time

    before = {ending: drawn(everything("en"), ending) for ending in FORMATS}
    later = time.localtime(4_000_000_000)
    monkeypatch.setattr(time, "localtime", lambda *_: later)
    monkeypatch.setattr(time, "time", lambda: 4_000_000_000.0)
    assert {ending: drawn(everything("en"), ending) for ending in FORMATS} == before


@pytest.mark.parametrize("ending", [*TEXTS, *LISTS])
def test_one_word_more_gives_other_bytes(ending: str) -> None:
    one, other = (paper(o.Paragraph(o.text(words)), title="T") for words in ("a", "b"))
    assert drawn(one, ending) != drawn(other, ending)


@pytest.mark.parametrize("ending", sorted(FORMATS))
def test_what_no_file_can_hold_is_refused_by_name(ending: str) -> None:
    for bad, codepoint in (("a\x00b", "U+0000"), ("a\ud800b", "U+D800"), ("\uffff", "U+FFFF")):
        with pytest.raises(NotPrintable) as refused:
            drawn(paper(o.Paragraph(o.text(bad))), ending)
        assert refused.value.codepoint == codepoint


HOSTILE = [
    "<b>bold</b> & <script>alert(1)</script> &amp; ]]> <!-- -->",
    "**not bold** _nor_ `code` [link](javascript:alert(1)) ![p](x) # no heading",
    "- no point\n1. no number\n> no quotation\n    no code\n***\n| a | b |\n|---|---|",
    '=HYPERLINK("http://evil.example";"x")',
    "+1+1 @SUM(A1) -2",
    "\"quoted\" 'too' \\ back\\*slash ~~not struck~~ https://example.org/a_b_c",
    "中文*不是*“强调”**不**",
]


@pytest.mark.parametrize("typed", HOSTILE)
@pytest.mark.parametrize("ending", [*TEXTS, *LISTS])
def test_words_that_would_be_marks_stand_as_typed(ending: str, typed: str) -> None:
    heading = typed.replace("\n", " ")
    outline = paper(
        o.Heading(1, o.text(heading)), o.Paragraph(o.text(typed), "1."), o.Bullets((o.text(typed),)),
        o.Paragraph((o.Run("word", bold=True), o.Run(typed, bold=True, italic=True), o.Run("word"))),
        o.Quote(o.text(typed)), o.Table((o.Column(heading),), (o.Row((o.text(typed),)),)),
        o.KeyFacts(((heading, o.text(typed)),)), title=heading,
    )  # fmt: skip
    read = bare(words(drawn(outline, ending), ending))
    times = {"csv": 4, "xlsx": 6, "docx": 7}.get(ending, 7)
    assert read.count(bare(typed)) >= times, read
    assert "<script" not in drawn(outline, ending).decode("latin-1") or ending in (*LISTS, "md")


@pytest.mark.parametrize("ending", LISTS)
def test_a_paper_without_a_row_is_no_list(ending: str) -> None:
    empty = paper(o.Note(o.text("nothing to count")))
    assert not has(empty, ending)
    with pytest.raises(InvalidValue):
        drawn(empty, ending)
    assert all(has(empty, each) for each in FORMATS if each not in LISTS)


@pytest.mark.parametrize("ending", sorted(FORMATS))
def test_a_paper_of_nothing_but_its_title_is_a_file(ending: str) -> None:
    if ending not in LISTS:
        assert drawn(paper(title="T"), ending)
