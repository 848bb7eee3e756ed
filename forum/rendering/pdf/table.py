"""Tables as slabs: rows of any height, cut between lines where they must be, the head repeated on each page."""

from collections.abc import Callable
from dataclasses import dataclass

from ..outline import Column, Row, SectionRow, Table, Text, text
from .blocks import baseline, line_painter
from .canvas import Canvas
from .flow import Slab, nothing
from .style import ACCENT, HAIR, TINT, Style
from .tags import Node
from .text import Line, Typesetter, spans_of

_PAD_X, _PAD_Y = 4.5, 4.0
_WHOLE = 16  # a row of at most so many lines is never cut


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell's lines, where it stands, and its tag."""

    lines: list[Line]
    start: float
    style: Style
    node: Node


class TableSetter:
    """Sets one table to a measure."""

    def __init__(self, setter: Typesetter, styles: dict[str, Style], measure: float):
        self.setter, self.styles, self.measure = setter, styles, measure

    def slabs(self, table: Table, parent: Node) -> list[Slab]:
        node = parent.add("Table")
        out = self._caption(table, node)
        starts = self._starts(table.columns)
        head = self._head(table, node.add("THead"), starts)
        for slab in head:
            slab.keep = True
        out += head
        body = node.add("TBody")
        for row in table.rows:
            slabs = (
                self._section(row, body, len(starts) - 1)
                if isinstance(row, SectionRow)
                else self._row(row, body, starts)
            )
            for slab in slabs:
                slab.head = head
            out += slabs
        if out:
            out[0].before = max(out[0].before, 10.0)
        return [*out, self._end()]

    def _starts(self, columns: tuple[Column, ...]) -> list[float]:
        """Where each column begins, and the end of the last."""
        whole = sum(column.share for column in columns)
        starts = [0.0]
        for column in columns:
            starts.append(starts[-1] + self.measure * column.share / whole)
        return starts

    def _caption(self, table: Table, node: Node) -> list[Slab]:
        if not table.caption:
            return []
        style = self.styles["caption"]
        owner = node.add("Caption")
        lines = self.setter.lines(spans_of(text(table.caption), style), self.measure)
        slabs = [Slab(style.leading, line_painter(line, 0.0, style, owner), keep=True) for line in lines]
        slabs[0].before = style.before
        slabs.append(Slab(5.0, nothing, keep=True))
        return slabs

    def _cell(self, words: Text, start: float, end: float, style: Style, node: Node) -> _Cell:
        return _Cell(
            self.setter.lines(spans_of(words, style), end - start - 2 * _PAD_X, own_side=True), start, style, node
        )

    def _head(self, table: Table, group: Node, starts: list[float]) -> list[Slab]:
        row, style = group.add("TR"), self.styles["cell head"]
        cells = [
            self._cell(text(column.title), starts[n], starts[n + 1], style, row.add("TH", scope="Column"))
            for n, column in enumerate(table.columns)
        ]
        return self._slices(cells, style, self._head_ground)

    def _head_ground(self, canvas: Canvas, top: float, height: float, first: bool) -> None:
        canvas.fill(0, top, self.measure, height + 0.3, TINT)
        if first:
            canvas.fill(0, top, self.measure, 1.4, ACCENT)

    def _row(self, row: Row, group: Node, starts: list[float]) -> list[Slab]:
        line, style = group.add("TR"), self.styles["cell"]
        cells = [
            self._cell(words, starts[n], starts[n + 1], style, line.add("TD")) for n, words in enumerate(row.cells)
        ]
        slabs = self._slices(cells, style, self._row_ground)
        if len(slabs) <= _WHOLE:
            for slab in slabs[:-1]:
                slab.keep = True
        else:
            for slab in (*slabs[:2], *slabs[-3:-1]):
                slab.keep = True
        return slabs

    def _row_ground(self, canvas: Canvas, top: float, height: float, first: bool) -> None:
        if first:
            canvas.fill(0, top, self.measure, 0.5, HAIR)

    def _section(self, row: SectionRow, group: Node, columns: int) -> list[Slab]:
        style = self.styles["cell section"]
        cell = group.add("TR").add("TH", scope="Row", span=columns)
        slabs = self._slices([self._cell(row.title, 0.0, self.measure, style, cell)], style, self._section_ground)
        for slab in slabs:
            slab.keep = True
        return slabs

    def _section_ground(self, canvas: Canvas, top: float, height: float, first: bool) -> None:
        canvas.fill(0, top, self.measure, height + 0.3, TINT)
        if first:
            canvas.fill(0, top, self.measure, 0.5, HAIR)

    def _slices(
        self, cells: list[_Cell], style: Style, ground: Callable[[Canvas, float, float, bool], None]
    ) -> list[Slab]:
        """One slab a line of the tallest cell: the row can be cut between any two."""
        count = max([len(cell.lines) for cell in cells] + [1])
        heights = [style.leading + _PAD_Y * (n == 0) + (_PAD_Y + 1) * (n == count - 1) for n in range(count)]

        def paint(canvas: Canvas, lines: list[tuple[int, float]]) -> None:
            for n, top in lines:
                ground(canvas, top, heights[n], n == 0)
            for cell in cells:
                for n, top in lines:
                    if n < len(cell.lines):
                        down = baseline(cell.style) + _PAD_Y * (n == 0)
                        canvas.line(cell.lines[n], cell.start + _PAD_X, top - down, cell.node)

        return [Slab(height, nothing, row=paint, nth=n) for n, height in enumerate(heights)]

    def _end(self) -> Slab:
        return Slab(8.0, lambda canvas, top: canvas.fill(0, top, self.measure, 0.5, HAIR))
