"""How papers look: sizes, colours and distances, in points (1/72 inch). One place, so that the house style is one."""

from dataclasses import dataclass, replace
from typing import NamedTuple

Colour = tuple[float, float, float]

INK: Colour = (0.11, 0.12, 0.14)
GREY: Colour = (0.37, 0.40, 0.44)
ACCENT: Colour = (0.03, 0.27, 0.47)
HAIR: Colour = (0.76, 0.79, 0.82)
TINT: Colour = (0.937, 0.953, 0.968)

GUTTER = 30.0  # the column that holds paragraph and conclusion numbers
BULLET = 13.0


@dataclass(frozen=True, slots=True)
class Style:
    """The manner of a block of text. `before` is the distance above it; it falls away at the top of a page."""

    size: float
    leading: float
    colour: Colour = INK
    bold: bool = False
    italic: bool = False
    before: float = 0.0

    def with_(self, **changes: object) -> "Style":
        return replace(self, **changes)  # type: ignore[arg-type]


BODY = Style(10, 15, before=8)
STYLES: dict[str, Style] = {
    "body": BODY,
    "bullet": BODY.with_(before=4),
    "series": Style(9.5, 13, ACCENT, bold=True),
    "symbol": Style(9, 13, GREY),
    "title": Style(21, 27, bold=True, before=16),
    "subtitle": Style(11, 16, GREY, before=4),
    "kind": Style(13, 18, ACCENT, bold=True, before=9),
    "version": Style(9, 13, GREY, before=6),
    "cover title": Style(30, 38, bold=True),
    "long title": Style(25, 33, bold=True),
    "cover subtitle": Style(13, 19, GREY, before=8),
    "cover kind": Style(17, 23, ACCENT, bold=True, before=18),
    "cover version": Style(10.5, 16, GREY, before=2),
    "heading 1": Style(15, 20, ACCENT, bold=True, before=24),
    "heading 2": Style(11.5, 16, bold=True, before=17),
    "heading 3": Style(10, 15, GREY, bold=True, before=13),
    "conclusion": Style(11, 16, bold=True, before=17),
    "quote": BODY.with_(italic=True, before=10),
    "credit": Style(9, 13, GREY, before=3),
    "box label": Style(8.5, 12, ACCENT, bold=True),
    "box title": Style(10.5, 15, bold=True, before=1),
    "box": Style(9.5, 14, before=5),
    "fact label": Style(9, 13, GREY, bold=True),
    "fact": Style(9.5, 13.5),
    "cell": Style(8, 11.2),
    "cell head": Style(8, 11.2, ACCENT, bold=True),
    "cell section": Style(8.5, 12, ACCENT, bold=True),
    "caption": Style(9, 13, bold=True, before=12),
    "note": Style(8, 11, GREY),
    "remark": Style(8.5, 12.5, GREY, before=6),
    "contents 1": Style(10, 15, bold=True, before=7),
    "contents 2": Style(10, 15, before=2),
    "contents 3": Style(9, 14, GREY, before=1),
    "running": Style(8, 11, GREY),
}


class Geometry(NamedTuple):
    """A page: its size and the rectangle the text stands in (`top` and `bottom` measured from the lower edge)."""

    name: str
    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float

    @property
    def measure(self) -> float:
        return self.right - self.left

    @property
    def depth(self) -> float:
        return self.top - self.bottom


_SHORT, _LONG = 595.28, 841.89  # A4
UPRIGHT = Geometry("upright", _SHORT, _LONG, 71, _SHORT - 71, _LONG - 82, 76)
WIDE = Geometry("wide", _LONG, _SHORT, 57, _LONG - 57, _SHORT - 72, 62)


def styles_for(language: str) -> dict[str, Style]:
    """The styles for a language: Arabic and Chinese want more air and have no use for slanted letters."""
    code = language.split("-")[0].lower()
    if code not in ("ar", "fa", "ur", "zh"):
        return STYLES
    air = 1.0 if code == "zh" else 1.12
    return {name: style.with_(leading=style.leading * air, italic=False) for name, style in STYLES.items()}
