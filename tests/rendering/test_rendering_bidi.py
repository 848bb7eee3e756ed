"""Directions: our levels against another implementation of UAX #9, and the cases that papers live on."""

from unicodedata import bidirectional

import pytest
from bidi import get_display
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.rendering.pdf.bidi import base_level, levels, levels_of_print, visual_order

# Letters of both directions, both kinds of digits, signs, brackets, a mark, and all embeddings but isolates' overflow.
_ALPHABET = "abאבتجح 12٣٤.,()[]+-%$/:!«»—\u064b\u2067\u2066\u2068\u2069\u202b\u202a\u202c\u202e"
_CONTROLS = ("BN", "RLE", "LRE", "RLO", "LRO", "PDF", "LRI", "RLI", "FSI", "PDI")
_TURNED = str.maketrans("([«", ")]»")


def _line(words: str, base: int) -> str:
    """One line in visual order, trailing blanks put back to the paragraph's level (rule L1)."""
    found, end = levels(words, base) or [0] * len(words), len(words)
    while end and (words[end - 1] == " " or bidirectional(words[end - 1]) in _CONTROLS):
        end -= 1
    found[end:] = [base] * (len(words) - end)
    return "".join(words[i] for i in visual_order(found))


def _shown(words: str) -> str:
    """What is seen, brackets of either hand alike: mirroring is the font's."""
    return "".join(c for c in words if bidirectional(c) not in _CONTROLS).translate(_TURNED).strip()


@settings(max_examples=600, deadline=None)
@given(st.text(alphabet=_ALPHABET, min_size=1, max_size=16), st.sampled_from([0, 1]))
def test_levels_agree_with_another_implementation(words: str, base: int) -> None:
    assert _shown(_line(words, base)) == _shown(get_display(words, base_dir="LR"[base]))


def test_a_bracket_around_latin_words_in_arabic_stays_a_pair() -> None:
    words = "الهدف (SDG 6) هنا"
    found = levels(words, 1) or []
    assert found[words.index("(")] == found[words.index(")")] == 1
    assert [found[i] for i in range(words.index("S"), words.index(")"))] == [2] * 5


def test_numbers_in_arabic_run_from_left_to_right() -> None:
    assert _line("عام 2030", 1) == "2030 ماع"


@pytest.mark.parametrize(
    ("words", "rtl_paper", "level"),
    [
        ("IOM تعمل", True, 1),  # an acronym at the start does not turn an Arabic sentence round
        ("IOM works", True, 0),
        ("2030", True, 1),
        ("تعمل IOM", False, 1),
        ("works تعمل", False, 0),
        ("2030", False, 0),
    ],
)
def test_the_direction_of_a_paragraph(words: str, rtl_paper: bool, level: int) -> None:
    assert base_level(words, rtl_paper) == level


@given(st.lists(st.integers(0, 5), max_size=12))
def test_visual_order_loses_nothing(run_levels: list[int]) -> None:
    assert sorted(visual_order(run_levels)) == list(range(len(run_levels)))


@pytest.mark.parametrize("symbol", ["10.c", "A/RES/73/195", "GFMD/2020/HLPF/1", "17.18-a", "10:c"])
@pytest.mark.parametrize("around", ["({})", "{}", "{}.", "\u2066{}\u2069"])
def test_a_symbol_in_arabic_words_is_one_word_that_runs_to_the_right(symbol: str, around: str) -> None:
    words = f"انظر الغاية {around.format(symbol)} من الخطة."
    found, start = levels_of_print(words, 1) or [], words.index(symbol)
    assert len(found) == len(words)
    assert len(set(found[start : start + len(symbol)])) == 1
    assert found[start] % 2 == 0
    assert found[0] == found[-2] == 1


@pytest.mark.parametrize("aside", ["(SDG 6)", "(2016)", "[10.c]", "(SDG 10.c)"])
def test_brackets_run_as_what_is_in_them_does(aside: str) -> None:
    """They look the same either way; viewers find "(SDG 6)" only where all of it is one run."""
    words = f"هذا الهدف {aside} هنا"
    start = words.index(aside)
    assert set(levels_of_print(words, 1) or ()) == {1, 2}
    assert set((levels_of_print(words, 1) or ())[start : start + len(aside)]) == {2}


@pytest.mark.parametrize(
    "words",
    [
        "(SDG في 10) هنا",
        "GFMD/2020/HLPF/1 para 10 هنا",
        "عام 2030",
        "2018-2021 عام",
        "IOM تعمل",
        "10.7 الغاية",
        "abc",
        "",
        "\u2066a.1\u2069 ا",
    ],
)
def test_what_is_no_symbol_stands_as_the_algorithm_has_it(words: str) -> None:
    assert levels_of_print(words, 1) == levels(words, 1)
    assert levels_of_print(words, 0) == levels(words, 0)
