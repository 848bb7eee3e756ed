"""How long a text is, and whether that fits what the call asks for.

The rule, in full. Markup is left out first (`text.plain`).
- *words*: a word is a run of letters and digits; an apostrophe, hyphen or full stop inside a run joins it, and so does
  a comma between digits: "well-managed", "l'homme", "10.7" and "10,700" are one word each, as in a word processor.
  A Han character in a text of another language counts as one word. (UAX #29 would part words at hyphens.)
- *characters*: every character but white space and invisible marks; punctuation counts.
- A Chinese text has no spaces between words: a limit in words is taken as so many characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from ..errors import InvalidValue, SectionMissing, TextTooLong, TextTooShort
from ..refusal import phrased
from .call import CallSection
from .contribution import ContributionSection
from .text import plain

UNITS = ("words", "characters")

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_WORD = re.compile(r"[^\W_]+(?:(?:['\u2019.\-\u2010\u2011\u00b7]|(?<=\d),(?=\d))[^\W_]+)*")
_IN_WORDS = (
    "Mn",
    "Mc",
    "Me",
    "Cf",
)  # Arabic vowel signs, joiners, soft hyphens: they part no word and are no character


def unit_for(language: str, unit: str) -> str:
    """The unit a text of this language is counted in: characters for Chinese, else the one asked for."""
    if unit not in UNITS:
        units = phrased("{others} or {last}", others=UNITS[:-1], last=UNITS[-1:])
        raise InvalidValue(reason=phrased("Lengths are counted in {units}, not in {unit}.", units=units, unit=unit))
    return "characters" if language.lower().split("-")[0] == "zh" else unit


def count(text: str, language: str, unit: str = "words") -> int:
    """The length of a CommonMark text by the rule above."""
    bare = "".join(c for c in unicodedata.normalize("NFC", plain(text)) if unicodedata.category(c) not in _IN_WORDS)
    if unit_for(language, unit) == "characters":
        return sum(not c.isspace() for c in bare)
    return len(_HAN.findall(bare)) + len(_WORD.findall(_HAN.sub(" ", bare)))


def check(
    title: str,
    text: str,
    language: str,
    minimum: int | None = None,
    maximum: int | None = None,
    unit: str = "words",
    *,
    required: bool = True,
) -> int:
    """The length of the section `title`, when it fits. Limits are inclusive; None means none.

    Refuses SectionMissing (required and without a word), TextTooShort, TextTooLong. An optional section may be empty
    whatever its minimum.
    """
    length = count(text, language, unit)
    if length == 0:
        if required:
            raise SectionMissing(section=title)
        return 0
    counted_in = unit_for(language, unit)
    if minimum is not None and length < minimum:
        raise TextTooShort(section=title, limit=minimum, actual=length, unit=counted_in)
    if maximum is not None and length > maximum:
        raise TextTooLong(section=title, limit=maximum, actual=length, unit=counted_in)
    return length


def check_sections(asked: Sequence[CallSection], sections: Sequence[ContributionSection], language: str) -> int:
    """Whether what was written fits what the call asks for; gives the whole length.

    Refuses SectionMissing, TextTooShort, TextTooLong, each with the path of the section.
    """
    texts = {section.code: section.markdown for section in sections}
    total = 0
    for question in asked:
        text = texts.get(question.code, "")
        if not text.strip() and question.required:
            raise SectionMissing(section=question.prompt).at_path("sections", question.code)
        limits = (question.min_length or None, question.max_length or None, question.unit)
        try:
            total += check(question.prompt, text, language, *limits, required=question.required)
        except (SectionMissing, TextTooLong, TextTooShort) as refusal:
            raise refusal.at_path("sections", question.code) from None
    return total
