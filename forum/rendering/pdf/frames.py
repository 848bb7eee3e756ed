"""The pages: reportlab's document, page templates and frames, with footnotes at the foot of each frame."""

from collections.abc import Callable
from typing import Any

from reportlab.platypus.doctemplate import ActionFlowable, BaseDocTemplate, PageTemplate
from reportlab.platypus.flowables import CondPageBreak, HRFlowable, Spacer
from reportlab.platypus.frames import Frame

from .block import Block
from .canvas import Paper
from .style import GREY, UPRIGHT, WIDE, Colour, Geometry

_NOTE_GAP = 18.0  # between text and footnotes; the rule stands in it
_NOTE_SHARE = 0.5  # of a page, at most, for footnotes carried over from the page before


class Rule(HRFlowable):  # type: ignore[misc]
    """A line across the measure, or `length` of it, on the side where lines begin."""

    keep = False

    def __init__(self, thickness: float, colour: Colour, before: float = 0.0, length: float = 0.0, rtl: bool = False):
        super().__init__("100%", thickness, spaceBefore=before, spaceAfter=0)
        self.thickness, self.colour, self.length, self.rtl = thickness, colour, length, rtl

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.room = width
        return width, self.thickness

    def least(self, width: float) -> float:
        return float(self.thickness)

    def drawOn(self, canvas: Paper, x: float, y: float, _sW: float = 0) -> None:
        length = self.length or self.room
        canvas.fill(x + self.room - length if self.rtl else x, y, length, self.thickness, self.colour)


class Gap(Spacer):  # type: ignore[misc]
    """Empty space."""

    keep = False
    spaceBefore = 0.0

    def least(self, width: float) -> float:
        return float(self.height)


class Column(Frame):  # type: ignore[misc]
    """The text of a page with the footnotes that are called in it; `carried` are the lines that found no room."""

    _y1p: float  # where the room for text ends, in the library's frame

    def __init__(self, box: Geometry, carried: list[Block]):
        self.notes: list[Block] = []
        self.carried = carried
        super().__init__(box.left, box.bottom, box.measure, box.depth, 0, 0, 0, 0)

    def _reset(self) -> None:
        super()._reset()
        self._geom()
        self.notes = []
        waiting, self.carried[:] = list(self.carried), []
        self._note(waiting, self._aH * _NOTE_SHARE)

    def _note(self, notes: list[Block], room: float) -> None:
        """Stand these at the foot while there is room; carry over the rest, and all that comes after it."""
        for note in notes:
            note.wrap(self._aW, 0)
            room -= 0.0 if self.notes else _NOTE_GAP
            count = 0 if self.carried else int(max(0.0, room + 0.01) // note.style.leading)
            here, after = note.cut(min(count, len(note.lines or ())))
            if here.lines:
                self._y1p += here.height + (0.0 if self.notes else _NOTE_GAP)
                self.notes.append(here)
                room -= here.height
            if after.lines:
                self.carried.append(after)

    def add(self, flowable: Any, canvas: Paper, trySplit: int = 0) -> int:
        """A flowable with its footnotes, or not at all; at the top of a page, and where footnotes wait already, what
        has no room for them goes without."""
        notes, floor = list(getattr(flowable, "notes", ())), self._y1p
        if notes and not self.carried:
            self._y1p += sum(note.wrap(self._aW, 0)[1] for note in notes) + (0.0 if self.notes else _NOTE_GAP)
            added = self._add(flowable, canvas, 1)
            self._y1p = floor
            if not added and not self._atTop:
                return 0
            if added:
                self._note(notes, self._y - floor)
                return 1
        if not self._add(flowable, canvas, trySplit):
            return 0
        self._note(notes, self._y - floor)
        return 1

    def paint_notes(self, canvas: Paper) -> None:
        """At the end of a page."""
        top = self._y1 + sum(note.height for note in self.notes)
        if self.notes:
            rule = self._x2 - 90 if self.notes[0].setter.rtl else self._x1
            canvas.fill(rule, top + _NOTE_GAP * 0.4, 90, 0.5, GREY)
        for note in self.notes:
            top -= note.height
            note.drawOn(canvas, self._x1, top)


class _Rest(ActionFlowable):  # type: ignore[misc]
    """The footnotes that are left over when the text has ended."""

    def apply(self, document: BaseDocTemplate) -> None:
        while document.frame.carried:
            document._curPageFlowableCount = 1  # a page of notes alone is not an empty one
            document.handle_pageBreak()
            document.clean_hanging()


Furniture = Callable[[Paper, Geometry], None]


def build(out: Any, story: list[Any], furniture: Furniture, make: Callable[..., Paper], **settings: Any) -> None:
    """Paint the story onto pages; `furniture` is what stands on every page."""
    carried: list[Block] = []
    templates = []
    for box in (UPRIGHT, WIDE):
        column = Column(box, carried)

        def end(canvas: Paper, _: BaseDocTemplate, column: Column = column, box: Geometry = box) -> None:
            column.paint_notes(canvas)
            furniture(canvas, box)

        templates.append(PageTemplate(box.name, [column], pagesize=(box.width, box.height), onPageEnd=end))
    document = BaseDocTemplate(out, pageTemplates=templates, invariant=1, pageCompression=1, **settings)
    document.build([*story, _Rest()], canvasmaker=make)


def together(flowables: list[Any], box: Geometry) -> list[Any]:
    """What stands on a sheet, with a page break before what must not be parted, where too little room is left."""
    out: list[Any] = []
    need, first = 0.0, 0
    for n, flowable in enumerate(flowables):
        if flowable.keep and n < len(flowables) - 1:
            need += flowable.spaceBefore + flowable.wrap(box.measure, 0)[1]
            continue
        need += flowable.spaceBefore + flowable.least(box.measure)
        out += [CondPageBreak(min(need, box.depth)), *flowables[first : n + 1]]
        need, first = 0.0, n + 1
    return out
