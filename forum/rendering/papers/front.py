"""What all papers have in common: the imprint that says which print this is, figures with their two origins, inline
marks."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from ...domain.marks import Passage, passages
from ..outline import Colophon, Origin, Run, Text, text
from .words import language_name, listing, word

_LINKS = ("http://", "https://", "mailto:")  # whatever else an address begins with leads nowhere on paper


@dataclass(frozen=True, slots=True)
class Imprint:
    """Which print of the record this is.

    `language`: BCP 47 tag of this version. `authoritative_language`: the tag of the version that is; equal to
    `language` where this one is. `snapshot_hash`: the hash of the frozen snapshot, in full. `closing_words`: how
    the text was closed, in the process's own words ("Endorsed by the Steering Group on ...", "Issued by the Chair
    on ..."), or empty for a text that is still open. `themes`: those its track takes up, each with who advises on
    it, or nobody. `read_by`: public, participants or team: as whose reader it was asked for. `corrections`: the
    symbols of its corrigenda and addenda, each with its day. `day`: on which it was closed, None while it is open.
    `address`: of the page where the text is read, empty where none is known.
    The closing words are printed as given; no paper adds any of its own about closing.
    """

    language: str
    authoritative_language: str
    snapshot_hash: str
    closing_words: str = ""
    symbol: str = ""
    version: str = ""
    date: str = ""
    themes: tuple[tuple[str, str], ...] = ()
    read_by: str = ""
    corrections: tuple[str, ...] = ()
    address: str = ""
    day: datetime.date | None = None

    @property
    def origin(self) -> Origin:
        """Which text of the record it is, for machines."""
        return Origin(self.symbol, self.version, self.snapshot_hash, self.day, self.authoritative_language)


@dataclass(frozen=True, slots=True)
class FigureFacts:
    """A figure of a meeting. `kind`: participants, sessions, panels, speakers, women or regions.

    `computed`: by the rule, None where none applies. `stated`: as its record has it ("some 300"), empty where it says
    none; `value`: the number in these words, where there is one.
    """

    kind: str
    computed: int | None = None
    stated: str = ""
    value: int | None = None

    @property
    def differ(self) -> bool:
        """Whether both are there, and are not the same."""
        return self.computed is not None and bool(self.stated) and self.computed != self._number()

    def _number(self) -> int | None:
        return int(self.stated) if self.value is None and self.stated.isdecimal() else self.value


def figure_words(figure: FigureFacts, language: str) -> str:
    """Both figures side by side, each with where it comes from: "32 by the rule; 31 (as stated)"; once where they
    are the same: "6: three sessions with two panels each"; "" when there is none."""
    figures = []
    if figure.computed is not None:
        if figure.stated and not figure.differ:
            return str(figure.computed) if figure.stated.isdecimal() else f"{figure.computed}: {figure.stated}"
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
        (word("corrections", language), listing(imprint.corrections, language)),
        (word("snapshot", language), imprint.snapshot_hash),
        (word("themes", language), listing(tuple(_theme(*theme, language) for theme in imprint.themes), language)),
        (word("read_by", language), word(f"read_by_{imprint.read_by}", language) if imprint.read_by else ""),
    ]
    lines = [(label, text(words)) for label, words in pairs if words]
    if imprint.address:
        lines.append((word("read_at", language), text(Run(imprint.address, link=imprint.address))))
    return Colophon(tuple(lines), imprint.address)


def _theme(title: str, person: str, language: str) -> str:
    return word("advised", language, theme=title, person=person) if person else title


def inline(marked: str) -> Text:
    """A text of the record in one piece, read as everywhere (`domain/marks.py`): passages are parted by a blank line,
    the points of a list stand one a line after a bullet."""
    runs: list[str | Run] = []
    before: Passage | None = None
    for passage in passages(marked):
        if before is not None:
            runs.append("\n" if before.mark == passage.mark == "point" else "\n\n")
        if passage.mark == "point":
            runs.append("\u00a0\u00a0" * (passage.depth - 1) + "• ")
        runs += _runs(passage)
        before = passage
    return text(*runs)


def pieces(marked: str) -> tuple[Text, tuple[Text, ...]]:
    """A text of the record as its words and the list they end with; all in one piece where it is made otherwise."""
    read = passages(marked)
    words = [passage for passage in read if passage.mark != "point"]
    points = read[len(words) :]
    if not words or not points or any(passage.mark != "point" or passage.depth > 1 for passage in points):
        return inline(marked), ()
    return _joined(words), tuple(text(*_runs(point)) for point in points)


def _joined(read: Sequence[Passage]) -> Text:
    runs: list[str | Run] = []
    for n, passage in enumerate(read):
        runs += [*(["\n\n"] if n else []), *_runs(passage)]
    return text(*runs)


def _runs(passage: Passage) -> list[Run]:
    """A heading stands out as bold words do, a quotation as those in italics."""
    heading, quotation = passage.mark == "heading", passage.mark == "quotation"
    return [
        Run(
            stretch.words,
            bold=stretch.bold or heading,
            italic=stretch.italic or quotation,
            link=stretch.link if stretch.link and stretch.link.startswith(_LINKS) else None,
        )
        for stretch in passage.stretches
    ]


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
