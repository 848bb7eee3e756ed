"""Two versions of a text as one: taking all changes gives the later one, refusing them the earlier, to the letter."""

from typing import Any

import pytest
from lxml import etree

from forum.rendering.formats import FORMATS, drawn, has
from forum.rendering.papers.redline import VersionFacts, redline
from tests.support.office import converted, needs_office
from tests.support.rendering.everything import LANGUAGES, SENTENCES
from tests.support.rendering.files_back import W, settled, tree, words
from tests.support.rendering.reading_back import bare


def version(label: str, language: str, *rows: dict[str, Any]) -> VersionFacts:
    plain = {"part": 1, "weight": None, "number": None}
    content = {
        "language": language, "symbol": "GFMD/2020/FI", "title": "A text", "recommendations": [],
        "parts": [{"heading": "Part one", "number": "I"}], "paragraphs": [{**plain, **row} for row in rows],
    }  # fmt: skip
    return VersionFacts(label, f"sha256:{label}", content)


def row(w_id: str, text: str, number: str | None = None, weight: str | None = None) -> dict[str, Any]:
    return {"w_id": w_id, "text": text, "number": number, "weight": weight}


def both(language: str = "en") -> tuple[VersionFacts, VersionFacts]:
    sentence = SENTENCES[language]
    before = version(
        "Rev.1", language, row("sec_1__para_1", sentence, "1"), row("sec_1__para_2", "To be taken out.", "2"),
        row("sec_1__para_3", f"Some speakers agree. {sentence}", "3", "some"), row("sec_1__para_4", "It stays.", "4"),
    )  # fmt: skip
    after = version(
        "Rev.2", language, row("sec_1__para_1", sentence, "1"), row("sec_1__para_5", "It is new.", "2"),
        row("sec_1__para_3", f"Most speakers do agree. {sentence}", "3", "most"),
        row("sec_1__para_4", "It stays.", "4"),
    )  # fmt: skip
    return before, after


@pytest.mark.parametrize("language", LANGUAGES)
def test_taking_all_changes_gives_the_later_text_and_refusing_them_the_earlier(language: str) -> None:
    file, sentence = drawn(redline(*both(language)), "docx"), SENTENCES[language]
    later = [f"1.\t{sentence}", "2.\tIt is new.", f"3.\tMost speakers do agree. {sentence} (most)", "4.\tIt stays."]
    earlier = [
        f"1.\t{sentence}", "2.\tTo be taken out.", f"3.\tSome speakers agree. {sentence} (some)", "4.\tIt stays.",
    ]  # fmt: skip
    for taken, wanted in ((True, later), (False, earlier)):
        read = settled(file, taken)
        assert [words for words in read if words[:2] in ("1.", "2.", "3.", "4.")] == wanted


def test_changes_are_by_words_and_are_words_own() -> None:
    body = tree(drawn(redline(*both()), "docx"))

    def changed(name: str) -> list[str]:
        return ["".join(e.itertext()) for e in body.iter(f"{W}{name}") if e.getparent().tag == f"{W}p"]

    assert "Some" in changed("del")
    assert "Most" in changed("ins")
    assert not any("speakers" in words for words in changed("ins"))
    tracked = [*body.iter(f"{W}ins"), *body.iter(f"{W}del")]
    assert all(e.get(f"{W}author") for e in tracked)
    ids = [e.get(f"{W}id") for e in tracked]
    assert len(ids) == len(set(ids))
    assert not list(body.iter(f"{W}del")) or not [e for d in body.iter(f"{W}del") for e in d.iter(f"{W}t")]
    names = {b.get(f"{W}name") for b in body.iter(f"{W}bookmarkStart")}
    assert {"sec_1__para_1", "sec_1__para_2", "sec_1__para_5"} <= names


@pytest.mark.parametrize("ending", ["html", "md", "xml"])
def test_every_format_has_both_versions(ending: str) -> None:
    read = bare(words(drawn(redline(*both("zh")), ending), ending))
    for each in ("To be taken out.", "It is new.", "Some", "Most", SENTENCES["zh"], "Rev.1", "sha256:Rev.2"):
        assert bare(each) in read
    if ending in ("html", "xml"):
        assert b"<ins>" in drawn(redline(*both("zh")), ending)
        assert b"<del>" in drawn(redline(*both("zh")), ending)


def test_the_same_versions_give_the_same_bytes_and_none_changed_is_none_tracked() -> None:
    before, after = both()
    assert drawn(redline(before, after), "docx") == drawn(redline(before, after), "docx")
    assert [ending for ending in FORMATS if not has(redline(before, after), ending)] == ["xlsx", "csv"]
    assert drawn(redline(before, after), "pdf").startswith(b"%PDF")
    same = tree(drawn(redline(before, before), "docx"))
    assert not [*same.iter(f"{W}ins"), *same.iter(f"{W}del")]


@needs_office("whether LibreOffice keeps our tracked changes")
def test_libreoffice_opens_a_redline_and_keeps_every_change() -> None:
    file = drawn(redline(*both("ar")), "docx")
    back = converted({"r.docx": file}, "docx")["r.docx"]
    for taken in (True, False):
        wanted = [bare(words) for words in settled(file, taken) if words[:2] in ("1.", "2.", "3.", "4.")]
        read = [bare(words) for words in settled(back, taken)]
        assert [words for words in read if words in wanted] == wanted
    assert etree.tostring(tree(back)).count(b"w:author") >= 8
