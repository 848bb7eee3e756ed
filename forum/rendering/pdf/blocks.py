"""Paragraphs, lists, quotes and boxes as flowables: the parts an outline is mostly made of."""

from typing import Any

from ..outline import Box, Bullets, Conclusion, Paragraph, Quote, Text, text
from ..papers.words import word
from .block import Block, Label
from .style import ACCENT, BULLET, GUTTER, TINT, Colour, Style
from .tables import Kind, Rows
from .tags import Node
from .text import Span, Typesetter, spans_of

_PAD = 11.0  # inside a box
_NOTE_INDENT = 16.0
_WHOLE = 320.0  # a box of less height is never cut


def _without_end(spans: list[Span]) -> list[Span]:
    """Words without the white space they end with."""
    *before, last = spans
    if last.words.strip():
        return [*before, last.with_words(last.words.rstrip())]
    return _without_end(before) if before else []


class Blocks:
    """Makes flowables in one document. `measure` is the width at hand; the parts' tags go below `root`."""

    def __init__(self, setter: Typesetter, styles: dict[str, Style], root: Node, measure: float):
        self.setter, self.styles, self.root, self.measure = setter, styles, root, measure
        self.noted = 0

    def flow(self, words: Text, style: Style, node: Node, start: float = 0.0, **more: Any) -> list[Block]:
        """Text hanging `start` from the side where lines begin; none where there are no words and no notes."""
        spans, notes = spans_of(words, style), more.pop("notes", ())
        if notes:
            # Held to the last word by spaces that do not break: a mark is never alone on a line.
            numbers = ",\u00a0".join(str(self.noted + n) for n in range(1, len(notes) + 1))
            call = Span("\u00a0" + numbers, style.size * 0.66, ACCENT, rise=style.size * 0.36)
            spans = [*(_without_end(spans) if spans else []), call]
        paragraphs = self.setter.paragraphs(spans)
        if not paragraphs:
            return []
        below = [self._note(note, node) for note in notes]
        return [Block(self.setter, paragraphs, style, node, start=start, notes=below, **more)]

    def _note(self, note: Text, owner: Node) -> Block:
        style = self.styles["note"]
        self.noted += 1
        node = owner.add("Note", identity=f"note-{self.noted}")
        span = Span(str(self.noted), style.size * 0.85, ACCENT, rise=style.size * 0.2)
        label = Label(self.setter.label([span]), 0.0, node)
        return Block(
            self.setter, self.setter.paragraphs(spans_of(note, style)), style, node, start=_NOTE_INDENT, label=label
        )

    def label(self, words: str, style: Style, start: float, node: Node, colour: Colour | None = None) -> Label | None:
        """A number or bullet before the first line."""
        if not words:
            return None
        span = Span(words, style.size, colour or style.colour, bold=style.bold)
        return Label(self.setter.label([span]), start, node)

    def paragraph(
        self, part: Paragraph, style: str = "body", node: Node | None = None, start: float = 0.0
    ) -> list[Block]:
        manner, node = self.styles[style], (node or self.root).add("P")
        label = self.label(part.number, manner, start, node)
        return self.flow(part.text, manner, node, start + GUTTER * bool(label), notes=part.notes, label=label)

    def bullets(
        self, part: Bullets, style: str = "bullet", node: Node | None = None, start: float = 0.0
    ) -> list[Block]:
        manner, listing = self.styles[style], (node or self.root).add("L")
        out: list[Block] = []
        for n, item in enumerate(part.items):
            entry = listing.add("LI")
            label = self.label("•", manner, start + 1.5, entry.add("Lbl"), ACCENT)
            notes = part.notes[n] if part.notes else ()
            out += self.flow(item, manner, entry.add("LBody"), start + BULLET, notes=notes, label=label)
        return out

    def conclusion(self, part: Conclusion, tag: str) -> list[Block]:
        """A sentence as a heading of the given tag, its number in the gutter, then its bullets."""
        manner, node = self.styles["conclusion"], self.root.add(tag)
        label = self.label(part.number, manner, 0.0, node, ACCENT)
        out = self.flow(part.sentence, manner, node, GUTTER, notes=part.notes, label=label)
        for block in out:
            block.keep = bool(part.bullets)
        return [*out, *(self.bullets(Bullets(part.bullets), start=GUTTER) if part.bullets else ())]

    def quote(self, part: Quote) -> list[Rows]:
        """Set in from the side with a bar along it; the credit line follows and stays with it."""
        node = self.root.add("BlockQuote")
        out = self.flow(part.text, self.styles["quote"], node.add("P"), notes=part.notes)
        credit = self.flow(text("— ", *part.credit), self.styles["credit"], node.add("P")) if part.credit else []
        for block in out:
            block.spaceBefore, block.keep = 0.0, bool(credit)
        if not out and not credit:
            return []
        return [self._ground([*out, *credit], 12.0, GUTTER - 12, bar=1.6, before=self.styles["quote"].before)]

    def box(self, part: Box) -> list[Rows]:
        """On a tint; kept on one page when it takes less than half of one."""
        node = self.root.add("Sect")
        label = word("box", self.setter.language, number=part.number)
        out = self.flow(text(label), self.styles["box label"], node.add("P"))
        out += self.flow(part.title, self.styles["box title"], node.add("P"))
        for block in out:
            block.keep = True
        for piece in part.body:
            if isinstance(piece, Paragraph):
                out += self.paragraph(piece, "box", node)
            else:
                out += self.bullets(piece, "box", node)
        out[0].spaceBefore = _PAD
        return [self._ground(out, _PAD, 0.0, bar=2.4, ground=TINT, last=_PAD, before=14.0)]

    def _ground(self, blocks: list[Block], pads: float, start: float, *, before: float, **look: Any) -> Rows:
        """Blocks one below the other on a ground of their own."""
        near, far = pads, 0.0 if start else pads
        sides = (far, 0.0, near, 0.0) if self.setter.rtl else (near, 0.0, far, 0.0)
        kind = Kind([self.measure - start], sides, self.setter.rtl, above=None, **look)
        table = kind.table([kind.row([block]) for block in blocks])
        table.spaceBefore, table.whole = before, sum(table._argH) < _WHOLE
        table.hAlign = "LEFT" if self.setter.rtl else "RIGHT"
        return table
