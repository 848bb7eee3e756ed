"""The words of the SDGs, and how targets are found by them."""

import pytest

from forum.domain.target_words import found, named, worded, words_of
from forum.domain.targets import CODES


def codes(search: str) -> list[str]:
    return [target.code for target in found(search)]


def test_every_goal_and_target_has_its_words_once() -> None:
    assert codes("") == [target.code for target in named(CODES)]
    assert len(codes("")) == 186
    assert len({words_of(code) for code in CODES}) == 186
    assert all(word == word.strip() and word for word in map(words_of, CODES))


def test_every_goal_has_a_short_title_in_each_of_the_six_languages() -> None:
    titles = {worded(goal, language).goal_title for goal in map(str, range(1, 18)) for language in SIX}
    assert len(titles) == 17 * 6
    assert worded("10.7", "fr").goal_title == "Inégalités réduites"
    assert worded("10.7", "tlh") == worded("10.7", "en")


SIX = ("en", "fr", "es", "ru", "zh", "ar")


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("migra", ["8.8", "10.7", "10.c", "17.18"]),
        ("  MIGRANT  women ", ["8.8"]),
        ("igrant", []),
        ("10.7", ["10.7"]),
        ("10.C.", ["10.c"]),
        ("SDG 10.7, target 8.8", ["8.8", "10.7"]),
        ("8.1", ["8.1"]),
        ("10 remittance", ["10.c"]),
        ("http://metadata.un.org/sdg/10.7", ["10.7"]),
        ("99.9", []),
        ("%", []),
        (" ... ", []),
        ("target", ["2.2", "17.2", "17.9"]),
        ("women’s leadership", ["5.5"]),
        ("women's leadership", ["5.5"]),
    ],
)
def test_targets_are_found_by_code_and_by_the_beginnings_of_words(search: str, expected: list[str]) -> None:
    assert codes(search) == expected


@pytest.mark.parametrize(
    "search", ["desigualdades", "DESIGUALDAD", "inégalités", "inegalites", "неравенства", "减少不平等", "أوجه عدم"]
)
def test_a_goal_is_found_by_its_title_in_any_of_the_six_languages_with_all_its_targets(search: str) -> None:
    assert codes(search) == codes("10")
    assert len(codes("10")) == 11


def test_what_is_no_code_is_left_out_and_each_stands_once() -> None:
    assert [target.code for target in named(["10.7", "x", "", "10", "10.7"])] == ["10", "10.7"]


@pytest.mark.parametrize("search", ["\u0000", "*", "(((", "\\", "%", "a " * 50_000, "\u202e10.7", "." * 9_000])
def test_odd_texts_find_something_or_nothing(search: str) -> None:
    assert set(codes(search)) <= CODES
