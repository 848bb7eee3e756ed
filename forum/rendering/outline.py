"""The outline of a paper: what it says and in which order, and nothing of how it looks.

The blocks of a layout (`papers/layout.py`), and two papers of their own (`response.py`, `silence_record.py`), turn
facts into an `Outline`; a renderer (`pdf/draw.py`) turns an outline into bytes. Everything here is frozen, so that one
outline always gives one and the same paper.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

_UNPRINTED = {"printed": False}  # of fields that say which thing of the record a part is, and stand on no page


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one manner.

    `link` is an absolute address the words lead to. `language` is a BCP 47 tag, stated only where it differs from the
    document's. `small` is set in the size and colour of a remark, `struck` with a line through it: words that were
    taken out. `change`: added or removed, of words that stand in one of two versions alone. A newline in `text` is a
    line break.
    """

    text: str
    bold: bool = False
    italic: bool = False
    small: bool = False
    link: str | None = None
    language: str | None = None
    struck: bool = False
    change: str = field(default="", metadata=_UNPRINTED)


Text = tuple[Run, ...]


def _anchor() -> Any:
    return field(default="", metadata=_UNPRINTED)


def _anchors() -> Any:
    return field(default=(), metadata=_UNPRINTED)


def text(*pieces: str | Run) -> Text:
    """A `Text` from plain strings and runs; empty strings are left out, so `text("")` is the empty text."""
    runs = (Run(piece) if isinstance(piece, str) else piece for piece in pieces)
    return tuple(run for run in runs if run.text)


def plain(words: Text) -> str:
    """The words of a text without their manner."""
    return "".join(run.text for run in words)


@dataclass(frozen=True, slots=True)
class TitleBlock:
    """The head of a paper. Empty strings are not printed. `cover` gives it a page of its own.

    `series`: "International Dialogue on Migration 2016"; `kind`: "Summary of conclusions"; `version`: "v.3 KN" or
    "Rev.1"; `date`: as it is to be printed.
    """

    title: str
    series: str = ""
    subtitles: tuple[str, ...] = ()
    kind: str = ""
    symbol: str = ""
    version: str = ""
    date: str = ""
    cover: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. `level` 1 to 3; `number` as printed ("IV."), or empty; `listed`: stands in the contents."""

    level: int
    text: Text
    number: str = ""
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `number` as printed ("14."), or empty. `notes` are footnotes called at its end, in their order.
    `anchor`: its identity in the record (`wId`), which no change of number touches; empty for words of no paragraph."""

    text: Text
    number: str = ""
    notes: tuple[Text, ...] = ()
    anchor: str = _anchor()


@dataclass(frozen=True, slots=True)
class Conclusion:
    """A conclusion with its number, which may be empty: a sentence set as a heading, then bullets. `anchor`, and
    `anchors` one for each bullet or none at all: as of `Paragraph`."""

    number: str
    sentence: Text
    bullets: tuple[Text, ...] = ()
    notes: tuple[Text, ...] = ()
    anchor: str = _anchor()
    anchors: tuple[str, ...] = _anchors()


@dataclass(frozen=True, slots=True)
class Bullets:
    """An unnumbered list. `notes`: the footnotes of each item, where there are any. `anchors`: one for each item or
    none at all, as of `Paragraph`."""

    items: tuple[Text, ...]
    notes: tuple[tuple[Text, ...], ...] = ()
    anchors: tuple[str, ...] = _anchors()


@dataclass(frozen=True, slots=True)
class Quote:
    """Exact words and their exact credit line (empty when nobody is to be named). `anchor`: as of `Paragraph`."""

    text: Text
    credit: Text = ()
    notes: tuple[Text, ...] = ()
    anchor: str = _anchor()


@dataclass(frozen=True, slots=True)
class Box:
    """A framed aside with a number ("1") and a title."""

    number: str
    title: Text
    body: tuple[Paragraph | Bullets, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """`share` is the column's part of the table's width, in any unit the columns have in common."""

    title: str
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Row:
    """One cell a column; an empty cell stays empty."""

    cells: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A row across the whole width that heads those below it."""

    title: Text


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose head is repeated on each page. Refuses (ValueError) a row with another number of cells."""

    columns: tuple[Column, ...]
    rows: tuple[Row | SectionRow, ...]
    caption: str = ""

    def __post_init__(self) -> None:
        for row in self.rows:
            if isinstance(row, Row) and len(row.cells) != len(self.columns):
                raise ValueError(f"a row of {len(row.cells)} cells in a table of {len(self.columns)} columns")


@dataclass(frozen=True, slots=True)
class Note:
    """A small remark that is no part of the argument."""

    text: Text


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents, with page numbers, of all listed headings down to `depth`."""

    title: str
    depth: int = 2


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """Facts at a glance, in their order: a label and its words."""

    items: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class Disclaimer:
    """What the paper is not; one paragraph each."""

    paragraphs: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Colophon:
    """What this print is: its language version and whether that is authoritative, how it was closed, its hash.

    Always printed last and together. Label and words, as `KeyFacts`. `address`: where the text is read, for a code that
    cameras read; empty where none is known.
    """

    items: tuple[tuple[str, Text], ...]
    address: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A short rule between what went before and the closing words."""


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a new page; `wide` turns the paper for broad tables, until the next NewPage."""

    wide: bool = False


Part = (
    Heading | Paragraph | Conclusion | Bullets | Quote | Box | Table | Note | Contents | KeyFacts | Disclaimer
    | Colophon
    | Rule | NewPage
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Origin:
    """Which text of the record a paper prints, for machines: what stands in a file's own data and on no page.

    `symbol` and `version` as in `TitleBlock`; `hash`: of its frozen text, empty while there is none; `day`: on which it
    was closed, None while it is open; `authoritative`: the tag of the language version that is.
    """

    symbol: str = ""
    version: str = ""
    hash: str = ""
    day: date | None = None
    authoritative: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole paper. `language` is a BCP 47 tag; "ar" and its like are set from right to left.

    `running` is the short line at the head of each page but the first.
    """

    head: TitleBlock
    language: str
    parts: tuple[Part, ...] = field(default=())
    running: str = ""
    origin: Origin = field(default=Origin(), metadata=_UNPRINTED)
