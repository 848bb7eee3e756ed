"""Platypus tables of blocks: practices, answers, facts, and the grounds of boxes and quotations."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from reportlab.lib.colors import Color
from reportlab.platypus.tables import CellStyle, Table

from .block import Block
from .style import ACCENT, HAIR, TINT, Colour

Cells = list[list[Block]]
Row = tuple[Cells, float]
Pads = tuple[float, float, float, float]  # left, top, right, bottom

_AT_HAND = 40  # more rows than a page holds: of a table of thousands, the library never has more before it
_TALL = 180.0  # a row of more than this height may be cut anywhere


class Rows(Table):  # type: ignore[misc]
    """A table of rows of known height. `rest` are the rows still to come; `keep` is as a block's."""

    keep = whole = False
    rest: list[Row] = []
    kind: "Kind"

    def __init__(self, *arguments: Any, **settings: Any):
        self._waiting: list[Any] = []
        super().__init__(*arguments, **settings)

    @property
    def notes(self) -> list[Block]:
        return [note for row in self._cellvalues for cell in row for block in cell for note in block.notes]

    def least(self, width: float) -> float:
        """The height of what must stand together at its beginning; of all of it where it is `whole`."""
        if self.whole and not self.rest:
            return float(sum(self._argH))
        end = self.repeatRows
        while end < len(self._argH) - 1 and _binds(self._cellvalues[end]):
            end += 1
        return float(sum(self._argH[:end]) + min(self._argH[end], _TALL)) if end < len(self._argH) else 0.0

    def split(self, width: float, height: float) -> "list[Rows]":
        """Between rows; within one only when it is tall. Whole is no split: it is its footnotes that found no room."""
        end = self.repeatRows
        while end < len(self._argH) and sum(self._argH[: end + 1]) <= height + 0.01:
            end += 1
        if end == len(self._argH):
            return []
        self.splitInRow = int(self._argH[end] > _TALL and not _binds(self._cellvalues[end]))
        self.splitByRow = int(not self.splitInRow)
        while not self.splitInRow and end > self.repeatRows and _binds(self._cellvalues[end - 1]):
            end -= 1
        parts: list[Rows] = super().split(width, height if self.splitInRow else sum(self._argH[:end]) + 0.01)
        if len(parts) < 2:
            return []
        below = list(zip(parts[1]._cellvalues, parts[1]._argH, strict=True))[self.repeatRows :]
        parts[0].kind = self.kind
        parts[1] = self.kind.table([*below, *self.rest])
        return parts

    def _drawBkgrnd(self) -> None:
        self.canv.mark(None)
        super()._drawBkgrnd()

    def _drawLines(self) -> None:
        self.canv.mark(None)
        super()._drawLines()

    def _drawCell(self, cell: Sequence[Block], style: CellStyle, at: Sequence[float], size: Sequence[float]) -> None:
        """Without the fonts of the library, and without laying out the cell once more. The library goes from left to
        right: a row that is read from the right is painted when all of it is there."""
        self._waiting.append((cell, style, at, size))
        if len(self._waiting) < self._ncols:
            return
        row, self._waiting = self._waiting, []
        for blocks, manner, corner, extent in reversed(row) if self.kind.rtl else row:
            top = corner[1] + extent[1] - manner.topPadding
            for block in blocks:
                top -= block.spaceBefore + block.height
                block.drawOn(self.canv, corner[0] + manner.leftPadding, top)


def _binds(row: Cells) -> bool:
    """Whether a row stays on one page with the next."""
    return any(block.keep for cell in row for block in cell)


@dataclass
class Kind:
    """How tables of one kind look: widths of columns, distances in a cell, lines, and the head they repeat."""

    widths: list[float]
    pads: Pads
    rtl: bool
    above: Colour | None = HAIR  # the line above each row
    ground: Colour | None = None
    bar: float = 0.0  # the thickness of a line along the side where lines begin
    last: float = 0.0  # space below the last row
    head: list[Row] = field(default_factory=list)

    def row(self, blocks: Sequence[Block | None]) -> Row:
        """A row of one block a column, in reading order; a block with a measure of its own goes over all columns."""
        left, top, right, bottom = self.pads
        height = 0.0
        for block, width in zip(blocks, self.widths, strict=False):
            if block is not None:
                height = max(height, block.spaceBefore + block.wrap(width - left - right, 0)[1])
        cells = [[] if block is None else [block] for block in blocks]
        cells += [[] for _ in range(len(self.widths) - len(cells))]
        return cells[::-1] if self.rtl and len(blocks) > 1 else cells, height + top + bottom

    def table(self, rows: list[Row]) -> Rows:
        """The table of these rows, of which there must be one with the head."""
        now, rest = [*self.head, *rows[:_AT_HAND]], rows[_AT_HAND:]
        widths = self.widths[::-1] if self.rtl else self.widths
        style = CellStyle("cell")
        style.leftPadding, style.topPadding, style.rightPadding, style.bottomPadding = self.pads
        style.valign = "TOP"
        heights = [height or self._height(cells) for cells, height in now]
        if not rest:
            heights[-1] += self.last
        table = Rows(
            [cells for cells, _ in now],
            colWidths=list(widths),
            rowHeights=heights,
            repeatRows=len(self.head),
            cellStyles=[[style] * len(widths)] * len(now),
            normalizedData=1,
            hAlign="LEFT",
            style=self._commands([cells for cells, _ in now], bool(rest)),
        )
        table.rest, table.kind = rest, self
        return table

    def _height(self, cells: Cells) -> float:
        """Of the rest of a row that was cut: of what is left in its tallest cell."""
        return max((sum(block.height for block in cell) for cell in cells), default=0.0) + self.pads[1] + self.pads[3]

    def _commands(self, rows: list[Cells], goes_on: bool) -> list[tuple[Any, ...]]:
        first, last = (0, 0), (-1, -1)
        out: list[tuple[Any, ...]] = []
        if self.ground:
            out.append(("BACKGROUND", first, last, Color(*self.ground)))
        if self.bar:
            out.append(("LINEAFTER" if self.rtl else "LINEBEFORE", first, last, self.bar, Color(*ACCENT)))
        if self.above:
            out.append(("LINEABOVE", (0, len(self.head)), last, 0.5, Color(*self.above)))
            if not goes_on:
                out.append(("LINEBELOW", (0, -1), last, 0.5, Color(*self.above)))
        for n, row in enumerate(rows):
            if n < len(self.head) or any(block.section for cell in row for block in cell):
                out.append(("BACKGROUND", (0, n), (-1, n), Color(*TINT)))
        if self.head:
            out.append(("LINEABOVE", first, (-1, 0), 1.4, Color(*ACCENT)))
        return out
