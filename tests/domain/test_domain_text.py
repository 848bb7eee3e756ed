"""Text in, text out: what is refused, what is shown, and how long it is."""

import re
import unicodedata
from contextlib import suppress
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from forum.domain import marks
from forum.domain.lengths import check, count
from forum.domain.marks import unmarked
from forum.domain.text import LONGEST, clean, composed, direction, language_tag, plain, safe_html
from forum.errors import InvalidValue, Refusal, SectionMissing, TextTooLong, TextTooShort, UnknownCode

anything = st.text(st.characters(codec=None, categories=None, exclude_categories=()), max_size=200)
markup = st.text("ab *_`[]()!#>-\n<&\\|:/\"'1.", max_size=120)


@pytest.mark.parametrize(
    ("bad", "says"), [("a\0", "NUL"), ("a\ud800", "surrogate"), ("a\x1b", "U\\+001B"), ("a\x92", "wrong encoding")]
)
def test_what_cannot_be_kept_is_refused_with_its_place(bad: str, says: str) -> None:
    with pytest.raises(InvalidValue, match=f"Line 2, character 2: .*{says}"):
        clean(f"x\r\n{bad}y")


def test_lines_and_composition() -> None:
    assert clean("e\u0301\r\nb\rc\td") == "é\nb\nc\td"


def test_a_text_of_a_book_is_refused() -> None:
    with pytest.raises(InvalidValue, match="100,000"):
        clean("a" * (LONGEST + 1))


@given(anything)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    try:
        once = clean(text)
    except Refusal:
        assert any(c == "\0" or unicodedata.category(c) in ("Cc", "Cs") for c in text)
        return
    assert clean(once) == once == unicodedata.normalize("NFC", once)
    assert "\r" not in once
    once.encode()


def test_plain_text_has_the_words_without_the_marks() -> None:
    given_text = "# Head\n\nSome *fine* [words](https://example.org) and `code`.\n\n- one\n- two\n\n![a map](https://example.org/x.png)"
    assert plain(given_text) == "Head\n\nSome fine words and code.\n\none\n\ntwo\n\na map"
    assert plain("a <b>tag</b> typed") == "a <b>tag</b> typed"


@pytest.mark.parametrize(
    "typed",
    [
        "1986. A year of change", "12.", "1. one\n2. two", "3) three", "-", "+ 3 degrees", "> 50 per cent", "# ",
        "[1]: https://example.org", "---", "_____", "a\n---", "[ ] to do",
    ],
)  # fmt: skip
def test_no_sign_that_means_something_is_taken_for_a_mark(typed: str) -> None:
    """Lists ate numbers, and lines of dashes, references and quotations what they were made of."""
    assert plain(typed) == typed.strip()
    assert unescape(re.sub(r"<[^>]*>", "", safe_html(typed))).split() == typed.split()


def test_the_end_of_a_line_is_one_in_every_reading() -> None:
    assert plain("one\ntwo") == "one\ntwo"
    assert safe_html("one\ntwo") == "<p>one<br>\ntwo</p>\n"
    assert plain("    set in\n\n```\nticks\n```") == "set in\n\nticks"


@given(markup)
def test_a_stretch_keeps_its_white_space(text: str) -> None:
    assert unmarked(f" {text} ")[:1] in ("", " ")
    assert unmarked("- 5 ") == "- 5 "


@given(markup)
def test_no_other_reader_finds_html_in_what_is_stored(text: str) -> None:
    if not text.strip():
        return
    stored = composed(text)
    assert composed(stored) == stored
    tokens = MarkdownIt("commonmark", {"html": True}).parse(stored)
    assert not [t for t in tokens if t.type == "html_block"]
    assert not [c for t in tokens for c in t.children or () if c.type == "html_inline"]


def test_tags_stay_words_for_whoever_reads_them() -> None:
    assert (
        composed("\na <b>tag</b>, <https://example.org>, 3 < 4\n") == "a \\<b>tag\\</b>, <https://example.org>, 3 < 4"
    )
    assert plain(composed("a <b>tag</b>")) == "a <b>tag</b>"


def test_html_is_safe_and_pictures_are_words() -> None:
    html = safe_html(
        "<script>x</script> [l](javascript:alert(1)) ![a<b](https://example.org/p.png) [ok](https://example.org)"
    )
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert "a&lt;b" in html
    assert '<a href="https://example.org" rel="noopener noreferrer nofollow">ok</a>' in html


@pytest.mark.parametrize(
    ("address", "kept"),
    [("https://a.example/b", True), ("mailto:a@b.example", True), ("ftp://a.example/b", False), ("tel:+41", False)],
)
def test_links_lead_to_pages_and_letters_only(address: str, kept: bool) -> None:
    assert (f'href="{address}"' in safe_html(f"[x]({address})")) is kept


class Elements(HTMLParser):
    """What a reader's browser would make of the HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]


@given(
    markup,
    st.sampled_from(["", "[x](javascript:a)", "<img src=x onerror=y>", "[x](data:text/html,a)", "![x](//a.b/c)"]),
)
def test_no_markup_makes_an_element_that_is_not_on_the_list(text: str, hostile: str) -> None:
    found = Elements(safe_html(text + hostile + text))
    assert not found.names & {"script", "img", "iframe", "style", "svg", "form", "input", "object"}
    assert found.attributes <= {"href", "title", "rel"}
    assert not any(link.lower().startswith(("javascript", "data", "vbscript")) for link in found.links)
    assert isinstance(plain(text), str)


@pytest.mark.parametrize(
    "text", ["[" * 20_000, ">" * 20_000, "![[" * 5_000, "*a " * 20_000, "- " * 20_000, "`" * 20_000]
)
def test_deep_markup_ends(text: str) -> None:
    assert len(plain(text)) <= len(text)


@pytest.mark.parametrize(
    ("given_tag", "tag", "way"),
    [
        ("ar", "ar", "rtl"),
        ("EN", "en", "ltr"),
        ("zh-hans-cn", "zh-Hans-CN", "ltr"),
        ("pt-br", "pt-BR", "ltr"),
        ("ku-arab", "ku-Arab", "rtl"),
        ("az-latn", "az-Latn", "ltr"),
        ("he", "he", "rtl"),
        ("es-419", "es-419", "ltr"),
        ("sl-rozaj-biske", "sl-rozaj-biske", "ltr"),
        ("de-u-co-phonebk", "de-u-co-phonebk", "ltr"),
        ("en-x-office", "en-x-office", "ltr"),
    ],
)
def test_language_tags(given_tag: str, tag: str, way: str) -> None:
    assert language_tag(given_tag) == tag
    assert language_tag(tag) == tag
    assert direction(given_tag) == way


@pytest.mark.parametrize(
    "tag",
    [
        "",
        "e",
        "english language",
        "en_US",
        "en-",
        "i-klingon",
        "sl-rozaj-rozaj",
        "en-a-bb-a-cc",
        "عربي",
        "a" * 70,
        "\ud800",
    ],
)
def test_what_is_no_language_tag_is_refused_with_examples(tag: str) -> None:
    with pytest.raises(UnknownCode, match="BCP 47"):
        language_tag(tag)


@given(anything)
def test_any_text_is_a_tag_or_a_refusal(text: str) -> None:
    with suppress(UnknownCode):
        assert language_tag(language_tag(text)) == language_tag(text)


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("", "en", 0),
        ("Safe, orderly and regular migration.", "en", 5),
        ("well-managed policies (target 10.7)", "en", 4),
        ("l\u2019accord de l'homme", "fr", 3),
        ("10,700 words - or more", "en", 4),
        ("**bold** [link](https://example.org)", "en", 2),
        ("الهجرة الآمنة والمنظمة", "ar", 3),
        ("الهِجْرَةُ الآمِنَة", "ar", 2),
        ("Безопасная миграция", "ru", 2),
        ("安全、有序和正常移民", "zh", 10),
        ("安全 移民 2030", "zh-Hans", 8),
        ("the word 移民 here", "en", 5),
        ("... -- !", "en", 0),
    ],
)
def test_the_length_of(text: str, language: str, words: int) -> None:
    assert count(text, language) == words


def test_characters_leave_white_space_out() -> None:
    assert count("a b\n\nc.", "en", "characters") == 4


def test_limits_are_inclusive_and_named() -> None:
    assert check("Aim", "one two three", "en", 3, 3) == 3
    with pytest.raises(TextTooShort, match="Aim needs at least 4 words; this has 3"):
        check("Aim", "one two three", "en", 4, 9)
    with pytest.raises(TextTooLong, match="Aim may have at most 2 words; this has 3"):
        check("Aim", "one two three", "en", None, 2)
    with pytest.raises(TextTooLong, match="at most 3 characters; this has 4"):
        check("目的", "安全移民", "zh", None, 3)
    with pytest.raises(TextTooShort, match="at least 300 characters; this has 11"):
        check("Pledge", "one two three", "en", 300, 3000, "characters")
    with pytest.raises(InvalidValue, match="words or characters"):
        check("Pledge", "one", "en", 1, 2, "pages")


def test_an_empty_section_is_missing_only_where_it_is_asked_for() -> None:
    for empty in ("", " \n", "***", "![](x)"):
        with pytest.raises(SectionMissing, match="Aim"):
            check("Aim", empty, "en", 0, 10)
        assert check("Aim", empty, "en", 5, 10, required=False) == 0


@given(st.lists(st.text("abcdefgéñж", min_size=1, max_size=9), max_size=40))
def test_words_parted_by_spaces_are_counted_one_by_one(words: list[str]) -> None:
    assert count(" ".join(words), "en") == len(words)


@given(st.text(st.sampled_from("abÄжعا中 1.,;:-+#=>)('\"|/@$^%{}\\`*_[]<&!~\n\t\u00a0\u2003\u200f"), max_size=30))
@example("Ärger 1. - a + b = c | d # e")
@example("a \u00a0")
def test_a_line_without_marks_is_read_as_by_the_reader_of_marks(text: str) -> None:
    assert plain(text) == "\n\n".join(passage.words.strip("\n") for passage in marks.passages(text))
