"""Words become lines: directions, cuts, shaping and line ends, in logical order; each line is then put in visual order.

Every word of every paper goes this way, so Arabic, Chinese and Latin may stand in one sentence. Widths are points.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple
from unicodedata import bidirectional

from ..outline import Text
from .bidi import base_level, levels, visual_order
from .breaks import break_points, characters
from .fonts import Cut, Fonts, Glyph
from .style import ACCENT, GREY, Colour, Style


@dataclass(frozen=True, slots=True)
class Span:
    """Words in one style, ready for setting. `rise` lifts them above the line; `calls` marks the call of a footnote."""

    words: str
    size: float
    colour: Colour
    bold: bool = False
    italic: bool = False
    rise: float = 0.0
    link: str | None = None
    language: str | None = None
    calls: bool = False
    struck: bool = False

    def with_words(self, words: str) -> "Span":
        """Other words in the same style."""
        return self if words == self.words else replace(self, words=words)


class Piece(NamedTuple):
    """A stretch of one line in one cut and direction: glyphs in visual order, the words they stand for, its place."""

    span: Span
    cut: Cut
    glyphs: list[Glyph]
    words: str
    start: int
    end: int
    x: float
    width: float
    rtl: bool


class Line(NamedTuple):
    """A line: its pieces from left to right, its width, and how far in from the side where lines begin it stands."""

    pieces: list[Piece]
    width: float
    lead: float = 0.0


class _Item(NamedTuple):
    start: int
    end: int
    level: int
    span: Span
    cut: Cut
    glyphs: list[Glyph]


def spans_of(text: Text, style: Style) -> list[Span]:
    """The runs of an outline in a style."""
    return [
        Span(
            words=run.text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").replace("\x85", "\n"),
            size=style.size * 0.87 if run.small else style.size,
            colour=ACCENT if run.link else GREY if run.small else style.colour,
            bold=style.bold or run.bold,
            italic=style.italic != run.italic,
            link=run.link,
            language=run.language,
            struck=run.struck,
        )
        for run in text
    ]


class Typesetter:
    """Sets words in one document: its fonts, its language and its direction."""

    def __init__(self, fonts: Fonts, language: str, rtl: bool):
        self.fonts, self.language, self.rtl = fonts, language, rtl

    def lines(self, spans: list[Span], width: float, own_side: bool = False) -> list[Line]:
        """Set spans to a width; a newline ends a line. Empty words give no line. No word is ever lost or overhangs.

        `own_side`: words that all run the other way than the document's stand at the side where they begin.
        """
        out: list[Line] = []
        for part in _split(spans):
            out += _Paragraph(self, part).lines(max(width, 1.0)) if part else [Line([], 0.0)]
        while out and not out[-1].pieces:
            out.pop()
        if own_side and self._runs_against("".join(span.words for span in spans)):
            out = [line._replace(lead=max(0.0, width - line.width)) for line in out]
        return out

    def _runs_against(self, words: str) -> bool:
        """Whether no letter of these words runs as the document does, and some run the other way."""
        own, opposite = (("R", "AL"), ("L",)) if self.rtl else (("L",), ("R", "AL"))
        kinds = {bidirectional(c) for c in words}
        return not kinds & set(own) and bool(kinds & set(opposite))

    def line(self, spans: list[Span]) -> Line:
        """All words on one line, however long."""
        lines = self.lines(spans, 1e6)
        return lines[0] if lines else Line([], 0.0)

    def label(self, spans: list[Span]) -> Line:
        """A number or bullet: it runs as the document does, so that the full stop of "IV." stands on the far side."""
        whole = [span.with_words(" ".join(span.words.split())) for span in spans]
        return _Paragraph(self, whole, int(self.rtl)).lines(1e6)[0] if any(s.words for s in whole) else Line([], 0.0)

    def balanced(self, spans: list[Span], width: float) -> float:
        """The least width that takes no more lines than `width` does: a title without a lonely last word."""
        count, low, high = len(self.lines(spans, width)), width * 0.4, width
        for _ in range(7 if count > 1 else 0):
            middle = (low + high) / 2
            low, high = (low, middle) if len(self.lines(spans, middle)) <= count else (middle, high)
        return high


def _split(spans: list[Span]) -> list[list[Span]]:
    """Parts between newlines."""
    parts: list[list[Span]] = [[]]
    for span in spans:
        for n, words in enumerate(span.words.split("\n")):
            if n:
                parts.append([])
            if words:
                parts[-1].append(span.with_words(words))
    return parts


class _Paragraph:
    """One bidirectional paragraph: shaped once, cut into lines."""

    def __init__(self, setter: Typesetter, spans: list[Span], base: int | None = None):
        self.setter = setter
        self.words = "".join(span.words for span in spans)
        self.levels = levels(self.words, base_level(self.words, setter.rtl) if base is None else base)
        self.items = [self._shaped(*stretch) for stretch in self._itemise(spans)]
        self.edges = self._edges()

    def _itemise(self, spans: list[Span]) -> Iterator[tuple[int, int, int, Span, Cut]]:
        """Stretches of one level, span and cut."""
        fonts, at, family = self.setter.fonts, 0, None
        start, current = 0, None
        for span in spans:
            language = span.language or self.setter.language
            for c in span.words:
                family, cut = fonts.choose(c, family, language, span.bold, span.italic, not self.levels[at] & 1)
                key = (self.levels[at], span, cut)
                if key != current:
                    if current:
                        yield start, at, *current
                    start, current = at, key
                at += 1
        if current:
            yield start, at, *current

    def _shaped(self, start: int, end: int, level: int, span: Span, cut: Cut) -> _Item:
        language = span.language or self.setter.language
        glyphs = self.setter.fonts.shape(self.words, start, end, cut, bool(level & 1), language)
        return _Item(start, end, level, span, cut, glyphs)

    def _edges(self) -> list[float]:
        """edges[i]: the width of the first i characters, a cluster's whole width standing at its first."""
        advances = [0.0] * (len(self.words) + 1)
        for item in self.items:
            k = item.span.size * item.cut.scale / 1000
            for glyph in item.glyphs:
                advances[glyph.cluster + 1] += glyph.advance * k
        for i in range(1, len(advances)):
            advances[i] += advances[i - 1]
        return advances

    def lines(self, width: float) -> list[Line]:
        points, start, out = break_points(self.words), 0, []
        while start < len(self.words):
            end = self._line_end(points, start, width)
            out.append(self._line(start, end))
            start = end
        return out

    def _line_end(self, points: list[int], start: int, width: float) -> int:
        """The furthest break that fits; a word wider than the line is cut between characters."""
        best = 0
        for n in range(bisect_right(points, start), len(points)):
            if self._width(start, points[n]) > width + 0.01:
                break
            best = points[n]
        if best > start:
            return best
        stop = points[bisect_right(points, start)]
        whole = {glyph.cluster for item in self.items for glyph in item.glyphs} | {stop}
        for cut in characters(self.words, start, stop):
            if cut not in whole:
                continue
            if best > start and self._width(start, cut) > width + 0.01:
                break
            best = cut
        return best

    def _width(self, start: int, end: int) -> float:
        return self.edges[self._trimmed(start, end)] - self.edges[start]

    def _trimmed(self, start: int, end: int) -> int:
        while end > start and self.words[end - 1] in " \u200b":
            end -= 1
        return end

    def _line(self, start: int, end: int) -> Line:
        shown = self._trimmed(start, end)
        parts = [item for item in self.items if item.start < shown and item.end > start]
        pieces, x = [], 0.0
        for n in visual_order([item.level for item in parts]):
            item = parts[n]
            first, last = max(item.start, start), min(item.end, shown)
            glyphs = item.glyphs
            if (first, last) != (item.start, item.end):
                glyphs = [glyph for glyph in glyphs if first <= glyph.cluster < last]
            wide = sum(glyph.advance for glyph in glyphs) * item.span.size * item.cut.scale / 1000
            pieces.append(Piece(item.span, item.cut, glyphs, self.words, first, last, x, wide, bool(item.level & 1)))
            x += wide
        return Line(pieces, x)
