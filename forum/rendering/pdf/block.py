"""The flowable that sets every paragraph of a paper: lines broken in logical order, each painted in visual order."""

from dataclasses import dataclass
from typing import Any, Self

from reportlab.platypus.flowables import Flowable

from .canvas import Paper
from .style import HAIR, Style
from .tags import Node
from .text import Line, Paragraph, Typesetter


@dataclass(frozen=True, slots=True)
class Label:
    """A number or bullet before the first line, `start` from the side where lines begin."""

    line: Line
    start: float
    node: Node | None


def baseline(style: Style) -> float:
    """How far below the top of a line its letters stand."""
    return style.leading / 2 + style.size * 0.36


class Block(Flowable):  # type: ignore[misc]
    """Paragraphs hanging `start` from the side where lines begin, in a tag (None: an artifact).

    `notes` are its footnotes, called in its last line. `keep`: it stays on one page with what follows. `measure`: a
    width of its own, whatever room there is. `heading` is its index among the headings. What is painted a second time,
    a table's head on each page, is an artifact.
    """

    def __init__(
        self, setter: Typesetter, paragraphs: list[Paragraph | None], style: Style, node: Node | None, **more: Any
    ):
        super().__init__()
        self.setter, self.paragraphs, self.style, self.node = setter, paragraphs, style, node
        self.start: float = more.get("start", 0.0)
        self.measure: float = more.get("measure", 0.0)
        self.own_side: bool = more.get("own_side", False)
        self.notes: list[Block] = more.get("notes", [])
        self.label: Label | None = more.get("label")
        self.heading: tuple[int, int] | None = more.get("heading")
        self.spaceBefore = style.before
        self.keep = False
        self.section = False
        self.lines: list[Line] | None = None
        self.painted = False
        self.room = 0.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        if self.lines is None:
            self.room = width
            self.lines = self.setter.lines(self.paragraphs, (self.measure or width) - self.start, self.own_side)
            self.paragraphs = []  # a block stands in one width: what its lines were made from is no more needed
        self.height = len(self.lines) * self.style.leading
        return width, self.height

    def least(self, width: float) -> float:
        """The height of what may stand alone at the foot of a page: two lines, or all of three."""
        self.wrap(width, 0)
        whole = len(self.lines or ()) < 4
        noted = sum(note.wrap(width, 0)[1] for note in self.notes) if whole else 0.0
        return self.height + noted if whole else 2 * self.style.leading

    def split(self, width: float, height: float) -> "list[Block]":
        """No single first or last line stands alone on a page; footnotes go with the last line."""
        count = len(self.lines or ())
        fits = min(int((height + 0.01) // self.style.leading), count - 2)
        return [] if fits < 2 else list(self.cut(fits))

    def cut(self, count: int) -> tuple[Self, Self]:
        """The first lines and the rest."""
        halves = []
        for lines in ((self.lines or [])[:count], (self.lines or [])[count:]):
            half = self.__class__.__new__(self.__class__)
            half.__dict__.update(self.__dict__, lines=lines, height=len(lines) * self.style.leading)
            half.__dict__.pop("_postponed", None)  # the library's note that the whole found no room yet
            halves.append(half)
        halves[0].notes, halves[1].label, halves[1].heading, halves[1].spaceBefore = [], None, None, 0.0
        return halves[0], halves[1]

    def drawOn(self, canvas: Paper, x: float, y: float, _sW: float = 0) -> None:
        """Paint at once: a paper has a hundred thousand lines, too many to save and restore a state for each."""
        down, top = baseline(self.style), y + self.height
        if self.heading is not None:
            canvas.heading(*self.heading, y=top + 4)
        node = None if self.painted else self.node
        if self.label is not None:
            self._line(canvas, x, top - down, self.label.line, self.label.start, node and self.label.node)
        for n, line in enumerate(self.lines or ()):
            self._line(canvas, x, top - n * self.style.leading - down, line, self.start, node)
        self.painted = True

    def _line(self, canvas: Paper, x: float, y: float, line: Line, start: float, node: Node | None) -> None:
        canvas.words(line, self.left(x, start + line.lead, line.width), y, node)

    def left(self, x: float, start: float, width: float) -> float:
        """The left edge of something `width` wide that stands `start` from the side where lines begin."""
        return x + (self.measure or self.room) - start - width if self.setter.rtl else x + start


class Entry(Block):
    """An entry of the contents: all of it leads to the heading, whose page stands at the far side after dots."""

    def __init__(self, *arguments: Any, target: int, number: Any, **more: Any):
        super().__init__(*arguments, **more)
        self.target, self.number = target, number

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        super().wrap(width - _NUMBER, height)
        self.room = width - _NUMBER
        return width, self.height

    def left(self, x: float, start: float, width: float) -> float:
        return super().left(x + _NUMBER, start, width) if self.setter.rtl else super().left(x, start, width)

    def split(self, width: float, height: float) -> list[Block]:
        return []

    def _line(self, canvas: Paper, x: float, y: float, line: Line, start: float, node: Node | None) -> None:
        canvas.words(line, self.left(x, start, line.width), y, node, target=self.target)

    def drawOn(self, canvas: Paper, x: float, y: float, _sW: float = 0) -> None:
        super().drawOn(canvas, x, y)
        if not self.lines:
            return
        begin = self.start + self.lines[-1].width + 6
        base = y + self.style.leading - baseline(self.style)
        width = self.room + _NUMBER - 20 - begin
        canvas.dots(self.left(x, begin, width), width, base, HAIR)
        canvas.mark(self.node)
        far = x if self.setter.rtl else x + self.room + _NUMBER

        def number() -> tuple[Line, float, float]:
            line: Line = self.number(canvas.page_of.get(self.target, 0))
            return line, far if self.setter.rtl else far - line.width, base

        canvas.late(number)


_NUMBER = 30.0  # the width kept for page numbers in the contents
