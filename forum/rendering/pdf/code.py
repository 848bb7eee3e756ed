"""A square code that cameras read: the address where a paper's text is read."""

from typing import Any

from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.platypus.flowables import Flowable

from .canvas import Paper
from .style import INK

SIDE = 62.0


class Code(Flowable):  # type: ignore[misc]
    """An address as a code, beside what follows, on the side where lines end: it takes no height of its own.

    An artifact: whoever hears the paper hears the address, which stands in words beside it.
    """

    keep = True
    spaceBefore = 0.0

    def __init__(self, address: str, down: float, rtl: bool):
        super().__init__()
        self.down, self.rtl = down, rtl
        code = QrCodeWidget(address, barLevel="M").qr
        code.make()
        self.modules: list[list[bool]] = code.modules

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.room = width
        return width, 0.0

    def drawOn(self, canvas: Paper, x: float, y: float, _sW: float = 0) -> None:
        step, left = SIDE / len(self.modules), x if self.rtl else x + self.room - SIDE
        for n, row in enumerate(self.modules, 1):
            at = 0
            for dark, length in _runs(row):
                if dark:
                    canvas.fill(left + at * step, y - self.down - n * step, length * step, step, INK)
                at += length


def _runs(row: list[Any]) -> list[tuple[bool, int]]:
    """Modules of one colour beside each other, and how many."""
    runs: list[tuple[bool, int]] = []
    for dark in row:
        if runs and runs[-1][0] == bool(dark):
            runs[-1] = (bool(dark), runs[-1][1] + 1)
        else:
            runs.append((bool(dark), 1))
    return runs
