"""An outline becomes a story of flowables: one method a kind of part, in reading order, with the tags beside them."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from reportlab.platypus.doctemplate import NextPageTemplate
from reportlab.platypus.flowables import PageBreak

from .. import outline as o
from ..papers.words import is_rtl
from .block import Block, Entry
from .blocks import Blocks
from .code import SIDE, Code
from .faces import Faces
from .frames import Gap, Rule, together
from .style import ACCENT, GUTTER, HAIR, UPRIGHT, WIDE, Geometry, Style, styles_for
from .tables import Kind, Rows
from .tags import Node
from .text import Line, Span, Typesetter, spans_of

_FACT_LABEL = 118.0  # the width of the label column
_LONG = 60  # characters of a title that is set smaller, so that it takes no more than four lines


class Composer:
    """Composes one outline: `sheets` are the flowables of each stretch of the paper that lies one way."""

    def __init__(self, paper: o.Outline, faces: Faces):
        self.paper = paper
        self.rtl = is_rtl(paper.language)
        self.root = Node("Document")
        self.styles = styles_for(paper.language)
        self.setter = Typesetter(faces, paper.language, self.rtl)
        self.blocks = Blocks(self.setter, self.styles, self.root, UPRIGHT.measure)
        self.headings = [part for part in paper.parts if isinstance(part, o.Heading)]
        self.sheets: list[tuple[Geometry, list[Any]]] = [(UPRIGHT, [])]
        self._heading = 0
        self._depth = 1
        self._widths: dict[tuple[int, Style], float] = {}
        self._numbered = False  # the last paragraph had a number: what belongs to it stands in as far

    def story(self) -> list[Any]:
        """All flowables with the page breaks between them; headings get their tags one below the title's."""
        self._title()
        for part in self.paper.parts:
            if isinstance(part, o.NewPage):
                self._turn(part)
            else:
                self._add(_MAKERS[type(part)](self, part))
        out: list[Any] = []
        for box, flowables in self.sheets:
            if flowables:
                out += [NextPageTemplate(box.name), PageBreak()] if out else []
                out += together(flowables, box)
        return out or [Gap(1, 1)]

    def _add(self, flowables: Sequence[Any]) -> None:
        self.sheets[-1][1].extend(flowables)

    def _turn(self, part: o.NewPage) -> None:
        box = WIDE if part.wide else UPRIGHT
        self.sheets.append((box, []))
        self.blocks.measure = box.measure

    # ---- the head of the paper
    def _title(self) -> None:
        head = self.paper.head
        self._add(self._cover(head) if head.cover else self._head(head))
        if head.cover:
            self._turn(o.NewPage())

    def _text(self, words: str, style: str, tag: str = "P") -> list[Block]:
        if not words:
            return []
        manner, node = self.styles[style], self.root.add(tag)
        if tag != "H1":
            return self.blocks.flow(o.text(words), manner, node)
        paragraphs = self.setter.paragraphs(spans_of(o.text(words), manner), hyphens=False)
        return [_Title(self.setter, paragraphs, manner, node)] if paragraphs else []

    def _head(self, head: o.TitleBlock) -> list[Any]:
        out: list[Any] = self._text(" · ".join(filter(None, (head.series, head.symbol))), "series")
        out.append(Rule(2.0, ACCENT, before=6))
        out += self._text(head.title, "title", "H1")
        for line in head.subtitles:
            out += self._text(line, "subtitle")
        out += self._text(head.kind, "kind")
        out += self._text(" · ".join(filter(None, (head.version, head.date))), "version")
        if not self.paper.parts or not isinstance(self.paper.parts[0], o.KeyFacts):  # whose first line is such a rule
            out.append(Rule(0.5, HAIR, before=10))
        for flowable in out:
            flowable.keep = True
        return [*out, Gap(1, 6)]

    def _cover(self, head: o.TitleBlock) -> list[Any]:
        top: list[Any] = [*self._text(head.series, "series"), Rule(2.4, ACCENT, before=8)]
        middle: list[Any] = self._text(head.title, "cover title" if len(head.title) < _LONG else "long title", "H1")
        for line in head.subtitles:
            middle += self._text(line, "cover subtitle")
        middle += self._text(head.kind, "cover kind")
        foot: list[Any] = [Rule(0.5, HAIR, before=8)]
        for line in (head.symbol, head.version, head.date):
            foot += self._text(line, "cover version")
        used = sum(part.wrap(UPRIGHT.measure, 0)[1] + part.spaceBefore for part in top + middle + foot)
        room = max(40.0, UPRIGHT.depth - used - 6)
        return [*top, Gap(1, room * 0.3), *middle, Gap(1, room * 0.7), *foot]

    # ---- parts
    def _heading_part(self, part: o.Heading) -> list[Block]:
        index, self._heading = self._heading, self._heading + 1
        # One below the title's at most, and one below the last: a paper of tables begins with a heading of level 2.
        self._depth, self._numbered = min(part.level + 1, self._depth + 1, 6), False
        style, node = self.styles[f"heading {part.level}"], self.root.add(f"H{self._depth}")
        label = self.blocks.label(part.number, style.with_(bold=True), 0.0, node)
        out = self.blocks.flow(
            part.text, style, node, self._number_width(part, style), label=label, heading=(index, part.level)
        )
        for block in out:
            block.keep = True
        return out

    def _number_width(self, part: o.Heading, style: Style) -> float:
        """Room for the number: as much as the widest of its level needs, so that all headings begin at one place."""
        if not part.number:
            return 0.0
        key = (part.level, style)
        if key not in self._widths:
            numbers = sorted({other.number for other in self.headings if other.level == part.level})
            lines = [self.setter.label([Span(number, style.size, style.colour, bold=style.bold)]) for number in numbers]
            self._widths[key] = max(GUTTER, *(line.width + style.size * 0.55 for line in lines))
        return self._widths[key]

    def _paragraph(self, part: o.Paragraph) -> list[Block]:
        self._numbered = bool(part.number)
        return self.blocks.paragraph(part)

    def _inset(self) -> float:
        return GUTTER if self._numbered else 0.0

    def _bullets(self, part: o.Bullets) -> list[Block]:
        return self.blocks.bullets(part, start=self._inset())

    def _conclusion(self, part: o.Conclusion) -> list[Block]:
        return self.blocks.conclusion(part, f"H{min(self._depth + 1, 6)}")

    def _note(self, part: o.Note) -> list[Block]:
        return self.blocks.flow(part.text, self.styles["remark"], self.root.add("P"), self._inset())

    def _pause(self, part: o.Rule) -> list[Rule]:
        pause = Rule(1.2, ACCENT, before=24, length=48, rtl=self.rtl)
        pause.keep = True
        return [pause]

    def _disclaimer(self, part: o.Disclaimer) -> list[Any]:
        rule = Rule(0.5, HAIR, before=20)
        rule.keep = True
        out: list[Any] = [rule]
        for words in part.paragraphs:
            out += self.blocks.flow(words, self.styles["remark"], self.root.add("P"))
        return out

    def _facts(self, part: o.KeyFacts) -> list[Any]:
        out = self._pairs(part.items, self.styles["fact label"], self.styles["fact"], 4.5, 10.0)
        return [*out, Gap(1, 8)] if out else []

    def _colophon(self, part: o.Colophon) -> list[Any]:
        small = self.styles["note"]
        code = [Code(part.address, 26.0, self.rtl)] if part.address else []
        out = self._pairs(part.items, small.with_(bold=True), small, 3.0, 26.0, (SIDE + 14.0) * len(code))
        for table in out:
            table.whole = True
        return [*code, *out]

    def _pairs(
        self, items: Sequence[tuple[str, o.Text]], label: Style, value: Style, pad: float, before: float, far: float = 0
    ) -> list[Rows]:
        """Label and words side by side, a hair line above each pair and below the last; `far` is left free beside."""
        if not items:
            return []
        node = self.root.add("Table")
        widths = [_FACT_LABEL - 10, self.blocks.measure - _FACT_LABEL + 10 - far]
        kind = Kind(widths, (0.0, pad, 10.0 if self.rtl else 0.0, pad), self.rtl)
        rows = []
        for name, words in items:
            row = node.add("TR")
            left = self.blocks.flow(o.text(name), label, row.add("TH", scope="Row"))
            right = self.blocks.flow(words, value, row.add("TD"), 10.0)
            rows.append(kind.row([left[0] if left else None, right[0] if right else None]))
        table = kind.table(rows)
        table.spaceBefore, table.hAlign = before, "RIGHT" if self.rtl else "LEFT"
        return [table]

    def _table(self, part: o.Table) -> list[Any]:
        node, cell = self.root.add("Table"), self.styles["cell"]
        out: list[Any] = []
        if part.caption:
            out = self.blocks.flow(o.text(part.caption), self.styles["caption"], node.add("Caption"))
            for block in out:
                block.keep = True
        share = self.blocks.measure / sum(column.share for column in part.columns)
        kind = Kind([column.share * share for column in part.columns], (4.5, 4.0, 4.5, 5.0), self.rtl)
        head, titles = node.add("THead").add("TR"), [o.text(column.title) for column in part.columns]
        cells = [self._cell(words, self.styles["cell head"], head.add("TH", scope="Column")) for words in titles]
        kind.head = [kind.row(cells)]
        body, rows = node.add("TBody"), []
        for row in part.rows:
            line = body.add("TR")
            if isinstance(row, o.SectionRow):
                rows.append(kind.row([self._section(row, line, len(part.columns))]))
            else:
                rows.append(kind.row([self._cell(words, cell, line.add("TD")) for words in row.cells]))
        table = kind.table(rows)
        table.spaceBefore = 5.0 if out else 10.0
        return [*out, table, Gap(1, 8)]

    def _cell(self, words: o.Text, style: Style, node: Node) -> Block | None:
        paragraphs = self.setter.paragraphs(spans_of(words, style))
        return Block(self.setter, paragraphs, style, node, own_side=True) if paragraphs else None

    def _section(self, row: o.SectionRow, line: Node, columns: int) -> Block:
        style, node = self.styles["cell section"], line.add("TD", span=columns)
        paragraphs = self.setter.paragraphs(spans_of(row.title, style))
        block = Block(self.setter, paragraphs, style, node, own_side=True, measure=self.blocks.measure - 9.0)
        block.keep = block.section = True
        return block

    def _contents(self, part: o.Contents) -> list[Block]:
        out = self.blocks.flow(o.text(part.title), self.styles["heading 1"], self.root.add("P"))
        toc = self.root.add("TOC")
        for index, heading in enumerate(self.headings):
            if heading.listed and heading.level <= part.depth:
                out += self._entry(index, heading, toc.add("TOCI").add("Reference"))
        for block in out[:1]:
            block.keep = True
        return out

    def _entry(self, index: int, heading: o.Heading, node: Node) -> list[Block]:
        style = self.styles[f"contents {heading.level}"]
        indent = GUTTER if heading.level > 1 else 0.0
        paragraphs = self.setter.paragraphs(spans_of(heading.text, style))
        if not paragraphs:
            return []
        label = self.blocks.label(heading.number, style, indent, node)
        start, number = indent + self._number_width(heading, style), partial(self._page, style)
        number(1234567890)  # all that its line may ever need is shaped before the fonts are made
        return [Entry(self.setter, paragraphs, style, node, start=start, label=label, target=index, number=number)]

    def _page(self, style: Style, page: int) -> Line:
        return self.setter.label([Span(str(page), style.size, style.colour, style.bold)])


class _Title(Block):
    """The title, broken so that no word of it is lonely."""

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        if self.lines is None:
            self.room = width
            self.lines = self.setter.balanced(self.paragraphs, width)
        self.height = len(self.lines) * self.style.leading
        return width, self.height


_MAKERS: dict[type, Callable[[Composer, Any], Sequence[Any]]] = {
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
