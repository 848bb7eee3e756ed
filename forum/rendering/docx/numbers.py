"""Printed numbers as Word's own numbering, so that it goes on when somebody adds a paragraph.

What is printed is the record's: where the next number is not the one that Word would count, a list of its own starts
there. A number that Word has no way to count ("14bis.", "2.1.") stays text.
"""

import re
from dataclasses import dataclass, field

from ..markup import element
from .style import BULLET, GUTTER, HEADING_GUTTER, W

BULLETS, CELL_BULLETS = 1, 2  # the lists with bullets: in the text, and in a box
_FORM = re.compile(r"(\(?)(\d{1,5}|[a-z]|[ivxlc]{2,}|[A-Z]|[IVXLC]{2,})([.):]*)", re.ASCII)
_LETTERS = {"lowerLetter": "a", "upperLetter": "A"}
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class _Series:
    """Numbers that count on from each other: of one role (a style), one form ("(a)") and one way to count."""

    role: str
    counts: str
    pattern: str


@dataclass
class Numbers:
    """The numbering of one file, as far as it has been asked for."""

    _known: dict[_Series, int] = field(default_factory=dict)  # -> id of its abstract list
    _last: dict[_Series, tuple[int, int]] = field(default_factory=dict)  # -> the list it is in now, its last number
    _lists: list[tuple[int, int | None]] = field(default_factory=list)  # abstract list, first number where not 1

    def __post_init__(self) -> None:
        self._lists += [(0, None), (1, None)]

    def of(self, role: str, number: str) -> int | None:
        """The list whose next number is this one, for a paragraph of this style; None where Word cannot count so."""
        read = _FORM.fullmatch(number)
        if read is None:
            return None
        pattern = f"{read[1]}%1{read[3]}"
        for counts, value in _readings(read[2]):  # rather the one that goes on from the last
            series = _Series(role, counts, pattern)
            if series in self._last and self._last[series][1] + 1 == value:
                self._last[series] = self._last[series][0], value
                return self._last[series][0]
        readings = _readings(read[2])
        if not readings:
            return None
        counts, value = readings[0]
        series = _Series(role, counts, pattern)
        abstract = self._known.setdefault(series, len(self._known) + 2)
        self._lists.append((abstract, value))
        self._last[series] = len(self._lists), value
        return len(self._lists)

    def part(self) -> str:
        """The numbering part (`w:numbering`)."""
        abstract = [_bullets(0, GUTTER + BULLET), _bullets(1, BULLET)]
        abstract += [_abstract(id_, series) for series, id_ in self._known.items()]
        lists = []
        for id_, (of, first) in enumerate(self._lists, 1):
            inside = [element("w:abstractNumId", {"w:val": str(of)})]
            if first is not None:
                start = element("w:startOverride", {"w:val": str(first)})
                inside.append(element("w:lvlOverride", {"w:ilvl": "0"}, start))
            lists.append(element("w:num", {"w:numId": str(id_)}, *inside))
        return element("w:numbering", {"xmlns:w": W}, *abstract, *lists)


def _readings(figures: str) -> list[tuple[str, int]]:
    """The ways to read a number, the likelier first: "i" is a roman one, "c" the third letter."""
    if figures.isdigit():
        return [("decimal", int(figures))] if not figures.startswith("0") or figures == "0" else []
    lower = figures.islower()
    small = figures.lower()
    roman = [("lowerRoman" if lower else "upperRoman", value)] if (value := _of_roman(small)) else []
    letter = [("lowerLetter" if lower else "upperLetter", ord(small) - 96)] if len(small) == 1 else []
    return roman + letter if small in ("i", "v", "x") or not letter else letter + roman


def _of_roman(small: str) -> int:
    """The value of a roman numeral in small letters; 0 for what is none in its usual spelling."""
    if not set(small) <= set(_VALUES):
        return 0
    values = [_VALUES[c] for c in small]
    value = sum(-v if v < max(values[n:]) else v for n, v in enumerate(values))
    return value if _roman(value) == small else 0


def _roman(value: int) -> str:
    out = ""
    for step, letters in (
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ):
        out += letters * (value // step)
        value %= step
    return out


def _abstract(id_: int, series: _Series) -> str:
    gutter = HEADING_GUTTER if series.role.startswith("Heading") else GUTTER
    return _list(id_, series.counts, series.pattern, gutter, gutter)


def _bullets(id_: int, start: float) -> str:
    return _list(id_, "bullet", "•", start, BULLET)


def _list(id_: int, counts: str, pattern: str, start: float, hanging: float) -> str:
    place = {"w:left": f"{start * 20:.0f}", "w:hanging": f"{hanging * 20:.0f}"}
    tab = element("w:tab", {"w:val": "num", "w:pos": place["w:left"]})
    level = element(
        "w:lvl", {"w:ilvl": "0"}, element("w:start", {"w:val": "1"}), element("w:numFmt", {"w:val": counts}),
        element("w:lvlText", {"w:val": pattern}), element("w:lvlJc", {"w:val": "left"}),
        element("w:pPr", {}, element("w:tabs", {}, tab), element("w:ind", place)),
    )  # fmt: skip
    kind = element("w:multiLevelType", {"w:val": "singleLevel"})
    return element("w:abstractNum", {"w:abstractNumId": str(id_)}, kind, level)
