"""The words of the SDGs' goals and targets, and how one is looked for by them.

Goals and targets in English as the General Assembly has them (resolution 70/1, paragraph 59); the short titles of the
goals in the six languages as the United Nations publishes them. Other languages of the targets are not here: what is
not official is not shown as if it were.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from .targets import CODES, IRI, in_order, within

_FOLDER = Path(__file__).parent / "words"
_LINES = (_FOLDER / "sdg_targets.en.txt").read_text("utf-8").splitlines()
_WORDS = dict(line.split(" ", 1) for line in _LINES)
_TITLES = {
    language: tuple(titles)
    for language, *titles in (line.split("\t") for line in (_FOLDER / "sdg_goals.txt").read_text("utf-8").splitlines())
}
_IN_ORDER = tuple(in_order(_WORDS))
_BETWEEN = re.compile(r"[\s,;]+")
_INSIDE = re.compile(r"[^\w']+")
_ABOUT_CODES = frozenset(("sdg", "sdgs", "goal", "goals", "target", "targets"))


@dataclass(frozen=True)
class Worded:
    """A goal or a target with its words in English, and the short title of its goal in a language."""

    code: str
    words: str
    goal: str
    goal_title: str


def words_of(code: str) -> str:
    """What a goal or target says, in English. `code`: as it is kept, 10 or 10.7."""
    return _WORDS[code]


def worded(code: str, language: str = "en") -> Worded:
    """A goal or target with its words. `language`: one of the six; any other is answered in English."""
    goal = code.partition(".")[0]
    return Worded(code, _WORDS[code], goal, _TITLES.get(language, _TITLES["en"])[int(goal) - 1])


def found(search: str, language: str = "en") -> Sequence[Worded]:
    """The goals and targets that are looked for, in the order of the resolution; all of them for an empty search.

    Codes ("10.7 8.8", "SDG 10") find themselves, a goal its targets too. Of words each must begin a word of the English
    text or of the goal's short title in any language; in scripts other than Latin it may stand anywhere, as Chinese has
    no spaces and Arabic joins its article. Case and accents do not matter. Signs alone find nothing.
    """
    terms = dict.fromkeys(term.strip(".:()") for term in _BETWEEN.split(_folded(search)))
    codes = [code for term in terms if (code := _code(term))]
    words = [word for term in terms if not _code(term) for word in _INSIDE.split(term) if word]
    if codes:
        words = [word for word in words if word not in _ABOUT_CODES]
    if search.strip() and not codes and not words:
        return []
    return [
        worded(code, language)
        for code in _IN_ORDER
        if (not codes or any(within(wanted, code) for wanted in codes))
        and all(_has(_SEARCHED[code], word) for word in words)
    ]


def named(codes: Iterable[str], language: str = "en") -> Sequence[Worded]:
    """Those of these codes, in the order of the resolution, each once; what is no code is left out."""
    return [worded(code, language) for code in in_order({_code(text) for text in codes} - {""})]


def _code(text: str) -> str:
    """The code that a word is, as it is spelled or as its IRI; "" of another word."""
    code = text.strip().lower().removeprefix(IRI)
    return code if code in CODES else ""


def _has(searched: str, word: str) -> bool:
    return f" {word}" in searched or (not word.isascii() and word in searched)


def _folded(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold().replace("\u2019", "'"))
    return "".join(mark for mark in apart if not unicodedata.combining(mark))


def _searched(code: str) -> str:
    goal = int(code.partition(".")[0])
    text = " ".join((_WORDS[code], *(titles[goal - 1] for titles in _TITLES.values())))
    return " " + " ".join(_INSIDE.split(_folded(text)))


_SEARCHED = {code: _searched(code) for code in _IN_ORDER}
