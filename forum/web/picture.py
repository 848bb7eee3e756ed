"""Pieces of the pictures in pages: SVG inside HTML, its colours from the stylesheet, its direction from the language.

A picture says nothing that does not stand beside it in words: whoever listens hears its name and goes on to those. It
has no size of its own: it is as broad as its column, so places across are per cent, and words keep their size.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from ..languages.say import RIGHT_TO_LEFT
from ..rendering.pictures.svg import fitted, plain
from .page_words import Words

WORDS = 14.0  # the size of letters, in pixels
ROOM = 300.0  # the narrowest column: a phone's


def element(shape: str, *values: object) -> Markup:
    """An element of a picture with its values, words among them escaped. `Markup.format` does the same in five times
    as long, and a page has hundreds."""
    return Markup(shape.format(*(value if isinstance(value, int | float) else escape(value) for value in values)))


@dataclass(frozen=True)
class Canvas:
    """Where things are put: `x` counts per cent from where the reader's lines begin."""

    words: Words

    @property
    def rtl(self) -> bool:
        return self.words.language in RIGHT_TO_LEFT

    def across(self, x: float, wide: float = 0) -> str:
        """The left edge of what begins at `x` and is so wide."""
        return f"{(100 - x - wide if self.rtl else x):.2f}%"

    def bar(self, kind: str, x: float, y: float, wide: float, high: float, name: str = "") -> Markup:
        """A bar; `name` is shown where a pointer rests."""
        return element(
            '<rect class="{}" x="{}" y="{}" width="{:.2f}%" height="{}" rx="3">{}</rect>',
            kind,
            self.across(x, wide),
            y,
            wide,
            high,
            _name(name),
        )

    def dot(self, kind: str, x: float, y: float, radius: float, name: str = "") -> Markup:
        """A dot."""
        return element(
            '<circle class="{}" cx="{}" cy="{}" r="{:.1f}">{}</circle>', kind, self.across(x), y, radius, _name(name)
        )

    def upright(self, kind: str, x: float, top: float, bottom: float) -> Markup:
        """A line from top to bottom."""
        at = self.across(x)
        return element('<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"/>', kind, at, at, top, bottom)

    def way(self, kind: str, begin: tuple[float, float], end: tuple[float, float]) -> Markup:
        """A straight line from one place to another, each as `x` and `y`."""
        return element(
            '<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>',
            kind,
            self.across(begin[0]),
            begin[1],
            self.across(end[0]),
            end[1],
        )

    def text(self, x: float, y: float, words: str, anchor: str = "start", kind: str = "") -> Markup:
        """A line of words; `anchor`: start, middle or end, in the direction of the page. What has no room is cut."""
        shown = fitted(plain(words), WORDS, ROOM)
        return element(
            '<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>', kind, self.across(x), y, anchor, shown
        )


def framed(parts: Iterable[Markup], high: float, name: str, kind: str = "") -> Markup:
    """The whole picture: `name` says what it shows and where the same stands in words."""
    return element(
        '<svg class="picture {}" xmlns="http://www.w3.org/2000/svg" width="100%" height="{}" role="img" '
        'aria-label="{}">{}</svg>',
        kind,
        high,
        name,
        Markup("").join(parts),
    )


def _name(name: str) -> Markup:
    return element("<title>{}</title>", escape(plain(name))) if name else Markup("")
