"""Names are kept in one spelling, and what looks the same is the same name. No database."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.domain.names import LONGEST_TITLE, coded, key, spelled, titled, twice
from forum.domain.text import language_tag
from forum.errors import InvalidValue, TextTooLong, UnknownCode

WORDS = st.text(st.characters(exclude_categories=["C", "Z", "M"]), min_size=1)


@given(st.lists(WORDS, min_size=1, max_size=4), st.lists(st.sampled_from([" ", "  ", "\u00a0", "\u200e \u200f", "\t"])))
def test_blanks_and_invisible_signs_make_no_other_name(words: list[str], gaps: list[str]) -> None:
    written = "".join(word + (gaps[n] if n < len(gaps) else " ") for n, word in enumerate(words))
    assert spelled(f"\u2068{written}\u2069 ") == spelled(" ".join(words))
    assert spelled(spelled(written)) == spelled(written)
    assert spelled(unicodedata.normalize("NFD", written)) == spelled(written)


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("GFMD 2020", "gfmd\u00a0 2020", True),
        ("E\u0301t\u00e9", "\u00e9te\u0301", True),
        ("HLPF 2.0", "HLPF 20", False),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0645\u06cc\u062e\u0648\u0627\u0647\u0645", False),
        ("Caf\u00e9", "Cafe", False),
    ],
)
def test_two_names_are_one_where_their_keys_are(left: str, right: str, same: bool) -> None:
    assert (key(left) == key(right)) is same


def test_the_second_of_a_name_is_found() -> None:
    assert twice(["a", "b", " A"]) == 2
    assert twice(["a", "b"]) is None
    assert twice([]) is None


@pytest.mark.parametrize("nothing", ["", " ", "\u00a0\u200f", "\n"])
def test_a_title_and_a_code_are_something(nothing: str) -> None:
    for read in (titled, coded):
        with pytest.raises(InvalidValue) as refused:
            read(nothing, "title")
        assert refused.value.path == ("title",)


def test_a_title_keeps_its_direction_marks_and_has_an_end() -> None:
    assert titled(" Call\n for  inputs\u200f ", "title") == "Call for inputs\u200f"
    with pytest.raises(TextTooLong):
        titled("x" * (LONGEST_TITLE + 1), "title")


@pytest.mark.parametrize(
    ("word", "tag"), [("english", "en"), ("Arabic", "ar"), ("eng", "en"), ("chinese", "zh"), ("rus", "ru")]
)
def test_a_word_for_a_language_is_told_its_code(word: str, tag: str) -> None:
    with pytest.raises(UnknownCode) as refused:
        language_tag(word)
    assert refused.value.hint == f"Write {tag}."


def test_no_language_has_a_code_of_four_letters_or_more() -> None:
    for word in ("klingon", "germ", "english-GB"):
        with pytest.raises(UnknownCode):
            language_tag(word)
    assert language_tag("pt-br") == "pt-BR"
