"""Slabs down pages: what stands on which page, with footnotes at the foot and table heads repeated.

A slab is a strip across the measure that is never cut: a line of text, a line of a table row, a space. Slabs joined by
`keep` stay on one page as long as a page can hold them; what is taller than a page is cut between any two slabs.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from .canvas import Canvas
from .style import UPRIGHT, WIDE, Geometry

NOTE_GAP = 18.0  # between text and footnotes; the rule stands in it
_NOTE_SHARE = 0.5  # of a page, at most, for footnotes carried over from the page before


RowPainter = Callable[[Canvas, list[tuple[int, float]]], None]


def nothing(canvas: Canvas, top: float) -> None:
    """What a slab of empty space paints."""


@dataclass(slots=True, eq=False)
class Slab:
    """What stands on a page in one piece: `paint(canvas, top)` paints it below `top`. `before` is the space above it,
    left out at the top of a page.

    `notes` are the footnotes called in it, each a list of slabs. `head` is what a page that begins with it repeats.
    `lists` is the index of the heading that stands in it. Slabs that are lines of one table row share `row`, which
    paints those that came onto one page together, so that each cell is read as a whole; `nth` is the line.
    """

    height: float
    paint: Callable[[Canvas, float], None]
    before: float = 0.0
    keep: bool = False
    notes: list[list["Slab"]] = field(default_factory=list)
    head: "list[Slab] | None" = None
    lists: int | None = None
    row: "RowPainter | None" = None
    nth: int = 0


@dataclass(slots=True)
class Sheet:
    """A stretch of the paper that lies one way and begins on a new page."""

    wide: bool
    slabs: list[Slab] = field(default_factory=list)


@dataclass(slots=True)
class Page:
    """A page with what stands on it: (slab, distance from the top of the text, repeated)."""

    box: Geometry
    body: list[tuple[Slab, float, bool]] = field(default_factory=list)
    notes: list[Slab] = field(default_factory=list)
    used: float = 0.0

    @property
    def foot(self) -> float:
        """The height the footnotes take."""
        return NOTE_GAP + sum(slab.height for slab in self.notes) if self.notes else 0.0

    def room(self) -> float:
        return self.box.depth - self.used - self.foot

    def holds(self, slabs: list[Slab]) -> bool:
        return self._need(slabs, sum(_note_height(slab) for slab in slabs)) <= self.room() + 0.01

    def holds_without_notes(self, slab: Slab) -> bool:
        return self._need([slab], 0) <= self.room() + 0.01

    def _need(self, slabs: list[Slab], noted: float) -> float:
        need = sum(slab.height + slab.before for slab in slabs)
        if not self.body:
            need += -slabs[0].before + sum(slab.height for slab in slabs[0].head or ())
        return need + noted + (NOTE_GAP if noted and not self.notes else 0)

    def put(self, slab: Slab) -> None:
        """Place a slab, after what it repeats when it begins the page. Its notes are the caller's."""
        if not self.body and slab.head:
            for repeated in slab.head:
                self.body.append((repeated, self.used, True))
                self.used += repeated.height
        elif self.body:
            self.used += slab.before
        self.body.append((slab, self.used, False))
        self.used += slab.height


def paginate(sheets: Iterable[Sheet]) -> list[Page]:
    """All pages, in order. An empty paper has one empty page."""
    flow = _Flow()
    for sheet in sheets:
        flow.turn(WIDE if sheet.wide else UPRIGHT)
        for chunk in _chunks(sheet.slabs):
            flow.add(chunk)
    flow.finish()
    return flow.pages or [Page(UPRIGHT)]


def _note_height(slab: Slab) -> float:
    return sum(line.height for note in slab.notes for line in note)


def _chunks(slabs: list[Slab]) -> Iterator[list[Slab]]:
    """Slabs that belong together."""
    chunk: list[Slab] = []
    for slab in slabs:
        chunk.append(slab)
        if not slab.keep:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


class _Flow:
    def __init__(self) -> None:
        self.pages: list[Page] = []
        self.carried: list[Slab] = []
        self.box = UPRIGHT

    def turn(self, box: Geometry) -> None:
        self.box = box
        self._new_page()

    def add(self, chunk: list[Slab]) -> None:
        if not self.pages[-1].holds(chunk) and self.pages[-1].body:
            self._new_page()
        if self.pages[-1].holds(chunk):
            for slab in chunk:
                self._place(slab)
            return
        for slab in chunk:  # taller than a page: line by line
            page = self.pages[-1]
            if not page.holds([slab]) and (page.body or not page.holds_without_notes(slab)):
                self._new_page()
            self._place(slab)

    def finish(self) -> None:
        while self.carried:
            self._new_page()

    def _place(self, slab: Slab) -> None:
        page = self.pages[-1]
        page.put(slab)
        for note in slab.notes:
            for line in note:
                gap = 0 if page.notes else NOTE_GAP
                if self.carried or page.room() < line.height + gap - 0.01:
                    self.carried.append(line)
                else:
                    page.notes.append(line)

    def _new_page(self) -> None:
        page = Page(self.box)
        waiting, self.carried = self.carried, []
        for line in waiting:
            if self.carried or page.foot + line.height > page.box.depth * _NOTE_SHARE:
                self.carried.append(line)
            else:
                page.notes.append(line)
        self.pages.append(page)
