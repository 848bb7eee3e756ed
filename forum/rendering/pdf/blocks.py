"""Paragraphs, lists, quotes and boxes as slabs: the parts an outline is mostly made of."""

from collections.abc import Callable
from dataclasses import dataclass, field

from ..outline import Box, Bullets, Conclusion, Paragraph, Quote, Text, text
from ..papers.words import word
from .canvas import Canvas
from .flow import Slab
from .style import ACCENT, BULLET, GUTTER, TINT, Style
from .tags import Node
from .text import Line, Span, Typesetter, spans_of

_PAD = 11.0  # inside a box
_NOTE_INDENT = 16.0


def baseline(style: Style) -> float:
    """How far below the top of a line its letters stand."""
    return style.leading / 2 + style.size * 0.36


def line_painter(line: Line, start: float, style: Style, node: Node | None) -> Callable[[Canvas, float], None]:
    """Paints a line `start` from the side where lines begin."""
    down = baseline(style)
    return lambda canvas, top: canvas.line(line, start, top - down, node)


def _without_end(spans: list[Span]) -> list[Span]:
    """Words without the white space they end with."""
    *before, last = spans
    if last.words.strip():
        return [*before, last.with_words(last.words.rstrip())]
    return _without_end(before) if before else []


def keep_tidy(slabs: list[Slab]) -> list[Slab]:
    """No single first or last line of a paragraph stands alone on a page."""
    if len(slabs) > 1:
        slabs[0].keep = True
        slabs[-2].keep = True
    return slabs


@dataclass
class Blocks:
    """Makes slabs in one document. `measure` is the width at hand; the parts' tags go below `parent`."""

    setter: Typesetter
    styles: dict[str, Style]
    parent: Node
    measure: float
    language: str
    notes: int = 0
    section: Node | None = None
    _indent: float = field(default=0.0)

    def flow(
        self,
        words: Text,
        style: Style,
        node: Node,
        start: float = 0.0,
        width: float | None = None,
        notes: tuple[Text, ...] = (),
    ) -> list[Slab]:
        """Lines of text hanging `start` from the side where lines begin; footnotes are called at the end."""
        spans = spans_of(words, style)
        spans, called = self._call(spans, style, notes)
        room = (self.measure - start) if width is None else width
        lines = self.setter.lines(spans, room)
        slabs = [Slab(style.leading, line_painter(line, start, style, node)) for line in lines]
        if slabs:
            slabs[0].before = style.before
            for number, note in called:
                slabs[-1].notes.append(self._footnote(number, note, node))
        return keep_tidy(slabs)

    def _call(
        self, spans: list[Span], style: Style, notes: tuple[Text, ...]
    ) -> tuple[list[Span], list[tuple[int, Text]]]:
        called = []
        for note in notes:
            self.notes += 1
            called.append((self.notes, note))
        if called:
            # Held to the last word by spaces that do not break: a mark is never alone on a line.
            numbers = ",\u00a0".join(str(number) for number, _ in called)
            call = Span("\u00a0" + numbers, style.size * 0.66, ACCENT, rise=style.size * 0.36, calls=True)
            spans = [*_without_end(spans), call] if spans else [call]
        return spans, called

    def _footnote(self, number: int, note: Text, owner: Node) -> list[Slab]:
        style = self.styles["note"]
        node = owner.add("Note", identity=f"note-{number}")
        label = self.setter.label([Span(str(number), style.size * 0.85, ACCENT, rise=style.size * 0.2)])
        kept, self.measure = self.measure, self._page_measure()
        slabs = self.flow(note, style, node, _NOTE_INDENT)
        self.measure = kept
        self.label(slabs, label, 0.0, style, node)
        return slabs

    def _page_measure(self) -> float:
        return self.measure + self._indent

    def label(self, slabs: list[Slab], label: Line, start: float, style: Style, node: Node) -> None:
        """Stand a number or bullet before the first line."""
        if not slabs:
            return
        first, down = slabs[0].paint, baseline(style)

        def paint(canvas: Canvas, top: float) -> None:
            canvas.line(label, start, top - down, node)
            first(canvas, top)

        slabs[0].paint = paint

    def paragraph(
        self, part: Paragraph, style: str = "body", start: float = 0.0, node: Node | None = None
    ) -> list[Slab]:
        manner = self.styles[style]
        node = (node or self.parent).add("P")
        if not part.number:
            return self.flow(part.text, manner, node, start, notes=part.notes)
        slabs = self.flow(part.text, manner, node, start + GUTTER, notes=part.notes)
        number = self.setter.label([Span(part.number, manner.size, manner.colour)])
        self.label(slabs, number, start, manner, node)
        return slabs

    def bullets(self, part: Bullets, style: str = "bullet", start: float = 0.0, node: Node | None = None) -> list[Slab]:
        manner = self.styles[style]
        listing = (node or self.parent).add("L")
        slabs: list[Slab] = []
        for n, item in enumerate(part.items):
            entry = listing.add("LI")
            label, body = entry.add("Lbl"), entry.add("LBody")
            lines = self.flow(item, manner, body, start + BULLET, notes=part.notes[n] if part.notes else ())
            bullet = self.setter.line([Span("•", manner.size, ACCENT)])
            self.label(lines, bullet, start + 1.5, manner, label)
            slabs += lines
        return slabs

    def conclusion(self, part: Conclusion, tag: str) -> list[Slab]:
        """A sentence as a heading of the given tag, its number in the gutter, then its bullets."""
        manner = self.styles["conclusion"]
        node = self.parent.add(tag)
        slabs = self.flow(part.sentence, manner, node, GUTTER, notes=part.notes)
        if part.number:
            number = self.setter.label([Span(part.number, manner.size, ACCENT, bold=True)])
            self.label(slabs, number, 0.0, manner, node)
        for slab in slabs:
            slab.keep = bool(part.bullets)
        if part.bullets:
            slabs += self.bullets(Bullets(part.bullets), start=GUTTER)
        return slabs

    def quote(self, part: Quote) -> list[Slab]:
        """Set in from the side with a bar along it; the credit line follows and stays with it."""
        node = self.parent.add("BlockQuote")
        slabs = self.flow(part.text, self.styles["quote"], node.add("P"), GUTTER, notes=part.notes)
        credit = (
            self.flow(text("— ", *part.credit), self.styles["credit"], node.add("P"), GUTTER) if part.credit else []
        )
        if slabs and credit:
            slabs[-1].keep = True
        before = slabs[0].before if slabs else 0.0
        for slab in slabs + credit:
            slab.paint = _barred(slab)
        for slab in credit:
            slab.height, slab.before = slab.height + slab.before, 0.0
        if slabs:
            slabs[0].before = before
        return slabs + credit

    def box(self, part: Box) -> list[Slab]:
        """On a tint; kept on one page when it takes less than half of one."""
        node = self.parent.add("Sect")
        self.measure, self._indent = self.measure - 2 * _PAD, 2 * _PAD
        label = word("box", self.language, number=part.number)
        slabs = self.flow(text(label), self.styles["box label"], node.add("P"), _PAD, self.measure)
        if part.title:
            slabs += self.flow(part.title, self.styles["box title"], node.add("P"), _PAD, self.measure)
        heading = len(slabs)
        self.measure += _PAD
        for piece in part.body:
            slabs += (
                self.paragraph(piece, "box", _PAD, node)
                if isinstance(piece, Paragraph)
                else self.bullets(piece, "box", _PAD, node)
            )
        self.measure, self._indent = self.measure + _PAD, 0.0
        for slab in slabs[:heading]:
            slab.keep = True
        return self._tinted(slabs)

    def _tinted(self, slabs: list[Slab]) -> list[Slab]:
        width = self.measure
        for n, slab in enumerate(slabs):
            above = _PAD if n == 0 else slab.before
            below = _PAD if n == len(slabs) - 1 else 0.0
            slab.paint = _panel(slab.paint, above, slab.height + above + below, width)
            slab.height, slab.before = slab.height + above + below, 0.0
        if slabs:
            slabs[0].before = 14.0
            if sum(slab.height for slab in slabs) < 320:
                for slab in slabs[:-1]:
                    slab.keep = True
        return slabs


def _panel(
    inner: Callable[[Canvas, float], None], above: float, height: float, width: float
) -> Callable[[Canvas, float], None]:
    def paint(canvas: Canvas, top: float) -> None:
        # A hair more than its height, so that no light shows between two strips.
        canvas.fill(0, top, width, height + 0.3, TINT)
        canvas.fill(0, top, 2.4, height + 0.3, ACCENT)
        inner(canvas, top - above)

    return paint


def _barred(slab: Slab) -> Callable[[Canvas, float], None]:
    inner, above, height = slab.paint, 0.0, slab.height + slab.before
    if slab.before and slab.before < 6:  # the credit line: its space above belongs to the bar
        above = slab.before
    else:
        height = slab.height

    def paint(canvas: Canvas, top: float) -> None:
        canvas.fill(GUTTER - 12, top, 1.6, height + 0.2, ACCENT)
        inner(canvas, top - above)

    return paint
