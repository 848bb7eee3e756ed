"""Texts in several languages: the string they are, and what they are to each reader."""

import orjson
from hypothesis import given
from hypothesis import strategies as st

from forum.worded import in_language, languages_of, refilled, reworded, same, worded

STAGE = worded("en", {"en": "Drafting", "fr": "Rédaction", "zh-Hans": "起草"})
TAKEN_UP = worded("en", {"en": "taken up in paragraph {paragraph}", "zh": "已采纳于第{paragraph}段"})


def test_it_is_the_string_of_its_own_language():
    assert STAGE == "Drafting"
    assert hash(STAGE) == hash("Drafting")
    assert f"at {STAGE}" == "at Drafting"
    assert orjson.dumps({"title": STAGE}) == b'{"title":"Drafting"}'


def test_each_reader_gets_the_language_as_far_as_it_is_there():
    assert in_language(STAGE, "fr") == in_language(STAGE, "fr-CA") == "Rédaction"
    assert in_language(STAGE, "zh") == in_language(STAGE, "zh-Hant") == "起草"
    assert in_language(STAGE, "ru") == in_language(STAGE, "") == "Drafting"
    assert type(in_language(STAGE, "ru")) is str
    assert in_language("plain", "fr") == "plain"


def test_two_are_the_same_in_every_language_or_not_the_same():
    assert same(STAGE, worded("en", languages_of(STAGE)))
    assert not same(STAGE, "Drafting")
    assert not same(STAGE, worded("en", {**languages_of(STAGE), "fr": "Écriture"}))
    assert same("a", "a")
    assert not same("a", None)


def test_it_is_changed_in_every_language():
    loud = reworded(STAGE, lambda words, tag: f"{words.upper()} ({tag})", "en")
    assert loud == "DRAFTING (en)"
    assert in_language(loud, "fr") == "RÉDACTION (fr)"
    assert reworded("a", lambda words, tag: words + tag, "es") == "aes"


def test_a_sentence_made_of_a_template_is_made_again():
    assert in_language(refilled(TAKEN_UP, "{paragraph}", "taken up in paragraph 14"), "zh") == "已采纳于第14段"
    assert in_language(refilled(TAKEN_UP, "{paragraph}", "taken up elsewhere"), "zh") == "taken up elsewhere"
    noted = worded("en", {"en": "noted", "fr": "pris en note"})
    assert in_language(refilled(noted, "{paragraph}", "noted"), "fr") == "pris en note"
    assert in_language(refilled(noted, "{paragraph}", "noted, later"), "fr") == "noted, later"


@given(st.text(), st.text(), st.text())
def test_whatever_stood_in_the_gap_is_found_again(before, value, after):
    template = before + "{paragraph}" + after
    assert refilled(template, "{paragraph}", template.replace("{paragraph}", value)) == template.replace(
        "{paragraph}", value
    )
