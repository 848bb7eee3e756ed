"""What all papers have in common: the imprint that says which print this is, figures with their two origins, inline
marks."""

import re
from dataclasses import dataclass

from ..outline import Colophon, Run, Text, text
from .words import language_name, word

# A mark spans at most 2,000 characters, so that a page of asterisks costs no more than a page.
_MARKS = re.compile(
    r"\*\*(?![\s*])(.{1,2000}?)(?<![\s*])\*\*(?!\*)"
    r"|(?<!\*)\*(?![\s*])([^*]{1,2000}?)(?<!\s)\*(?!\*)"
    r"|\[([^\[\]]{1,2000})\]\((https?://[^\s()]{1,2000}(?:\([^\s()]*\)[^\s()]*)?|mailto:[^\s()]{1,300})\)",
    re.S,
)


@dataclass(frozen=True, slots=True)
class Imprint:
    """Which print of the record this is.

    `language`: BCP 47 tag of this version. `authoritative_language`: the tag of the version that is; equal to
    `language` where this one is. `snapshot_hash`: the hash of the frozen snapshot, in full. `closing_words`: how the
    text was closed, in the process's own words ("Endorsed by the Steering Group on ...", "Issued by the Chair on ..."),
    or empty for a text that is still open. These words are printed as given; no paper adds any of its own about
    closing.
    """

    language: str
    authoritative_language: str
    snapshot_hash: str
    closing_words: str = ""
    symbol: str = ""
    version: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class FigureFacts:
    """A figure of a meeting. `kind`: participants, sessions, panels, speakers, women or regions.

    `computed`: by the rule, None where none applies. `stated`: as its record has it ("some 300"), empty where it says
    none.
    """

    kind: str
    computed: int | None = None
    stated: str = ""


def figure_words(figure: FigureFacts, language: str) -> str:
    """Both figures side by side, each with where it comes from: "32 by the rule; 31 (as stated)"; "" when there is
    none."""
    figures = []
    if figure.computed is not None:
        figures.append(word("computed", language, figure=figure.computed))
    if figure.stated:
        figures.append(word("stated", language, figure=figure.stated))
    return ("；" if language.startswith("zh") else "؛ " if language.startswith("ar") else "; ").join(figures)


def colophon(imprint: Imprint) -> Colophon:
    """The last lines of every paper: language version, how the text was closed, hash of the record."""
    language = imprint.language
    name, other = language_name(language, language), language_name(imprint.authoritative_language, language)
    if language == imprint.authoritative_language:
        version = word("authoritative", language, language=name)
    else:
        version = word("not_authoritative", language, language=name, other=other)
    pairs = [
        (word("symbol", language), " · ".join(filter(None, (imprint.symbol, imprint.version)))),
        (word("language_version", language), version),
        (word("closing", language), imprint.closing_words),
        (word("snapshot", language), imprint.snapshot_hash),
    ]
    return Colophon(tuple((label, text(words)) for label, words in pairs if words))


def inline(marked: str) -> Text:
    """The marks a paragraph of the record may carry: **bold**, *italic*, [words](https://...). All else stands as
    typed."""
    runs: list[str | Run] = []
    at = 0
    for match in _MARKS.finditer(marked):
        bold, italic, words, link = match.groups()
        runs.append(marked[at : match.start()])
        runs.append(Run(words or bold or italic, bold=bool(bold), italic=bool(italic), link=link))
        at = match.end()
    return text(*runs, marked[at:])


def running_line(*words: str) -> str:
    """The short line at the head of each page."""
    return " · ".join(filter(None, words))


def roman(number: int) -> str:
    """1 -> I, 4 -> IV. Refuses (ValueError) what is not from 1 to 3999."""
    if not 0 < number < 4000:
        raise ValueError(f"{number} has no roman numeral")
    out = ""
    for value, letters in _ROMAN:
        out += letters * (number // value)
        number %= value
    return out


_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
