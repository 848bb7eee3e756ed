"""An outline becomes sheets of slabs: one method a kind of part, in reading order, with the tags beside them."""

from collections.abc import Callable, Sequence
from typing import Any

from .. import outline as o
from ..papers.words import is_rtl
from .blocks import Blocks, baseline
from .canvas import Canvas
from .flow import Sheet, Slab, nothing
from .fonts import Fonts
from .style import ACCENT, GUTTER, HAIR, UPRIGHT, WIDE, Style, styles_for
from .table import TableSetter
from .tags import Node
from .text import Line, Span, Typesetter, spans_of

_FACT_LABEL = 118.0  # the width of the label column
_PAGE_NUMBER = 30.0  # the width kept for page numbers in the contents


class Composer:
    """Composes one outline. `headings` and `page_of` serve contents and bookmarks; pages are known after the flow."""

    def __init__(self, paper: o.Outline, fonts: Fonts):
        self.paper, self.language = paper, paper.language
        self.rtl = is_rtl(paper.language)
        self.root = Node("Document")
        self.styles = styles_for(paper.language)
        self.setter = Typesetter(fonts, paper.language, self.rtl)
        self.blocks = Blocks(self.setter, self.styles, self.root, UPRIGHT.measure, paper.language)
        self.headings = [part for part in paper.parts if isinstance(part, o.Heading)]
        self.page_of: dict[int, int] = {}
        self.sheets = [Sheet(wide=False)]
        self._heading = 0
        self._depth = 1
        self._widths: dict[tuple[int, Style], float] = {}
        self._numbered = False  # the last paragraph had a number: what belongs to it stands in as far

    def compose(self) -> list[Sheet]:
        """All sheets; headings get their tags one below the title's."""
        self._title()
        for part in self.paper.parts:
            if isinstance(part, o.NewPage):
                self._turn(part)
            else:
                self._add(_MAKERS[type(part)](self, part))
        return [sheet for sheet in self.sheets if sheet.slabs] or self.sheets[:1]

    def _add(self, slabs: list[Slab]) -> None:
        self.sheets[-1].slabs += slabs

    def _turn(self, part: o.NewPage) -> None:
        self.sheets.append(Sheet(part.wide))
        self.blocks.measure = (WIDE if part.wide else UPRIGHT).measure

    # ---- the head of the paper
    def _title(self) -> None:
        head = self.paper.head
        self._add(self._cover(head) if head.cover else self._head(head))
        if head.cover:
            self._turn(o.NewPage())

    def _text(self, words: str, style: str, tag: str = "P") -> list[Slab]:
        if not words:
            return []
        manner, width = self.styles[style], None
        if tag == "H1":
            width = self.setter.balanced(spans_of(o.text(words), manner), self.blocks.measure)
        return self.blocks.flow(o.text(words), manner, self.root.add(tag), width=width)

    def _head(self, head: o.TitleBlock) -> list[Slab]:
        slabs = self._text(" · ".join(filter(None, (head.series, head.symbol))), "series")
        slabs.append(self._rule(2.0, ACCENT, before=6))
        slabs += self._text(head.title, "title", "H1")
        for line in head.subtitles:
            slabs += self._text(line, "subtitle")
        slabs += self._text(head.kind, "kind")
        slabs += self._text(" · ".join(filter(None, (head.version, head.date))), "version")
        if not self.paper.parts or not isinstance(self.paper.parts[0], o.KeyFacts):  # whose first line is such a rule
            slabs.append(self._rule(0.5, HAIR, before=10))
        slabs.append(Slab(6, nothing))
        for slab in slabs[:-1]:
            slab.keep = True
        return slabs

    def _cover(self, head: o.TitleBlock) -> list[Slab]:
        top = [*self._text(head.series, "series"), self._rule(2.4, ACCENT, before=8)]
        middle = self._text(head.title, "cover title", "H1")
        for line in head.subtitles:
            middle += self._text(line, "cover subtitle")
        middle += self._text(head.kind, "cover kind")
        foot = [self._rule(0.5, HAIR, before=8)]
        for line in (head.symbol, head.version, head.date):
            foot += self._text(line, "cover version")
        used = sum(slab.height + slab.before for slab in top + middle + foot)
        room = max(40.0, UPRIGHT.depth - used - 6)
        return [*top, Slab(room * 0.3, nothing), *middle, Slab(room * 0.7, nothing), *foot]

    def _rule(self, thickness: float, colour: tuple[float, float, float], before: float = 0.0) -> Slab:
        width = self.blocks.measure
        return Slab(thickness, lambda canvas, top: canvas.fill(0, top, width, thickness, colour), before=before)

    # ---- parts
    def _heading_part(self, part: o.Heading) -> list[Slab]:
        index, self._heading = self._heading, self._heading + 1
        self._depth = min(part.level + 1, 6)
        style = self.styles[f"heading {part.level}"]
        node = self.root.add(f"H{self._depth}")
        start = self._number_width(part, style)
        self._numbered = False
        slabs = self.blocks.flow(part.text, style, node, start)
        if part.number:
            label = self.setter.label([Span(part.number, style.size, style.colour, bold=True)])
            self.blocks.label(slabs, label, 0.0, style, node)
        for slab in slabs:
            slab.keep = True
        if slabs:
            slabs[0].lists = index
        return slabs

    def _number_width(self, part: o.Heading, style: Style) -> float:
        """Room for the number: as much as the widest of its level needs, so that all headings begin at one place."""
        if not part.number:
            return 0.0
        key = (part.level, style)
        if key not in self._widths:
            numbers = sorted({other.number for other in self.headings if other.level == part.level})
            lines = [self.setter.line([Span(number, style.size, style.colour, bold=style.bold)]) for number in numbers]
            self._widths[key] = max(GUTTER, *(line.width + style.size * 0.55 for line in lines))
        return self._widths[key]

    def _paragraph(self, part: o.Paragraph) -> list[Slab]:
        self._numbered = bool(part.number)
        return self.blocks.paragraph(part)

    def _inset(self) -> float:
        return GUTTER if self._numbered else 0.0

    def _bullets(self, part: o.Bullets) -> list[Slab]:
        return self.blocks.bullets(part, start=self._inset())

    def _conclusion(self, part: o.Conclusion) -> list[Slab]:
        return self.blocks.conclusion(part, f"H{min(self._depth + 1, 6)}")

    def _note(self, part: o.Note) -> list[Slab]:
        return self.blocks.flow(part.text, self.styles["remark"], self.root.add("P"), self._inset())

    def _pause(self, part: o.Rule) -> list[Slab]:
        return [Slab(1.2, lambda canvas, top: canvas.fill(0, top, 48, 1.2, ACCENT), before=24, keep=True)]

    def _table(self, part: o.Table) -> list[Slab]:
        return TableSetter(self.setter, self.styles, self.blocks.measure).slabs(part, self.root)

    def _disclaimer(self, part: o.Disclaimer) -> list[Slab]:
        slabs = [self._rule(0.5, HAIR, before=20)]
        for words in part.paragraphs:
            slabs += self.blocks.flow(words, self.styles["remark"], self.root.add("P"))
        slabs[0].keep = True
        return slabs

    def _facts(self, part: o.KeyFacts) -> list[Slab]:
        slabs = self._pairs(part.items, self.styles["fact label"], self.styles["fact"], 4.5)
        if slabs:
            slabs[0].before = 10.0
            slabs.append(Slab(8, nothing))
        return slabs

    def _colophon(self, part: o.Colophon) -> list[Slab]:
        small = self.styles["note"]
        slabs = self._pairs(part.items, small.with_(bold=True), small, 3.0)
        for slab in slabs[:-1]:
            slab.keep = True
        if slabs:
            slabs[0].before = 26.0
        return slabs

    def _pairs(self, items: Sequence[tuple[str, o.Text]], label: Style, value: Style, pad: float) -> list[Slab]:
        """Label and words side by side, a hair line above each pair and below the last."""
        table, out = self.root.add("Table"), []
        for name, words in items:
            row = table.add("TR")
            head, cell = row.add("TH", scope="Row"), row.add("TD")
            left = self.setter.lines(spans_of(o.text(name), label), _FACT_LABEL - 10)
            right = self.blocks.flow(words, value, cell, _FACT_LABEL)
            rest = [Slab(value.leading, nothing) for _ in range(len(left) - len(right))]
            slabs = right + rest
            for n, slab in enumerate(slabs):
                slab.paint = _paired(
                    slab, left[n] if n < len(left) else None, label, head, n == 0, self.blocks.measure, pad
                )
                slab.height += pad * ((n == 0) + (n == len(slabs) - 1))
                slab.keep = n < len(slabs) - 1
            out += slabs
        return [*out, self._rule(0.5, HAIR)] if out else []

    def _contents(self, part: o.Contents) -> list[Slab]:
        style = self.styles["heading 1"]
        slabs = self.blocks.flow(o.text(part.title), style, self.root.add("P"))
        toc = self.root.add("TOC")
        for index, heading in enumerate(self.headings):
            if heading.listed and heading.level <= part.depth:
                slabs += self._entry(index, heading, toc.add("TOCI").add("Reference"))
        if slabs:
            slabs[0].keep = True
        return slabs

    def _entry(self, index: int, heading: o.Heading, node: Node) -> list[Slab]:
        style = self.styles[f"contents {heading.level}"]
        indent = GUTTER if heading.level > 1 else 0.0
        start = indent + self._number_width(heading, style)
        width = self.blocks.measure - start - _PAGE_NUMBER
        lines = self.setter.lines(spans_of(heading.text, style), width)
        label = self.setter.label([Span(heading.number, style.size, style.colour, style.bold)])
        down, measure = baseline(style), self.blocks.measure

        def paint(n: int, canvas: Canvas, top: float) -> None:
            if n == 0 and heading.number:
                canvas.line(label, indent, top - down, node, target=index)
            canvas.line(lines[n], start, top - down, node, target=index)
            if n == len(lines) - 1:
                page = self.setter.label([Span(str(self.page_of.get(index, 0)), style.size, style.colour, style.bold)])
                begin = start + lines[n].width + 6
                canvas.dots(begin, measure - page.width - 6 - begin, top - down, HAIR)
                canvas.line(page, measure - page.width, top - down, node, target=index)

        slabs = [Slab(style.leading, lambda canvas, top, n=n: paint(n, canvas, top)) for n in range(len(lines))]  # type: ignore[misc]
        for slab in slabs[:-1]:
            slab.keep = True
        if slabs:
            slabs[0].before = style.before
        return slabs


def _paired(
    slab: Slab, left: Line | None, label: Style, head: Node, first: bool, width: float, pad: float
) -> Callable[[Canvas, float], None]:
    inner = slab.paint

    def paint(canvas: Canvas, top: float) -> None:
        if first:
            canvas.fill(0, top, width, 0.5, HAIR)
        down = pad if first else 0.0
        if left is not None:
            canvas.line(left, 0.0, top - down - baseline(label), head)
        inner(canvas, top - down)

    return paint


_MAKERS: dict[type, Callable[[Composer, Any], list[Slab]]] = {
    o.Heading: Composer._heading_part,
    o.Paragraph: Composer._paragraph,
    o.Conclusion: Composer._conclusion,
    o.Bullets: Composer._bullets,
    o.Quote: lambda composer, part: composer.blocks.quote(part),
    o.Box: lambda composer, part: composer.blocks.box(part),
    o.Table: Composer._table,
    o.Note: Composer._note,
    o.Contents: Composer._contents,
    o.KeyFacts: Composer._facts,
    o.Disclaimer: Composer._disclaimer,
    o.Colophon: Composer._colophon,
    o.Rule: Composer._pause,
}
