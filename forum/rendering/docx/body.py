"""An outline becomes the body of a Word file: one method a kind of part, in reading order, sheet by sheet."""

from collections.abc import Callable
from itertools import count
from typing import Any

from .. import outline as o
from ..markup import element
from ..papers.words import word
from . import tables
from .blocks import Blocks
from .numbers import CELL_BULLETS

_SHORT, _LONG, _EDGE = 595.28, 841.89, 71.0  # A4 and its margin, in points
_WIDE_EDGE = 57.0


class Body:
    """The sections of a paper: those that stand upright and those that are turned. `frame`: what each section says of
    its running head and its page numbers, of the first section of a paper or of a further one."""

    def __init__(self, outline: o.Outline, blocks: Blocks, frame: Callable[[bool], str]) -> None:
        self.outline, self.blocks, self.frame = outline, blocks, frame
        self.headings = [part for part in outline.parts if isinstance(part, o.Heading)]
        self._heading = count(1)
        self._sheets: list[tuple[bool, list[str]]] = [(False, [])]

    @property
    def measure(self) -> float:
        return _LONG - 2 * _WIDE_EDGE if self._sheets[-1][0] else _SHORT - 2 * _EDGE

    def whole(self) -> str:
        """All that stands in `w:body`."""
        self._title()
        for part in self.outline.parts:
            if isinstance(part, o.NewPage):
                self._sheets.append((part.wide, []))
            else:
                self._sheets[-1][1].append(_MAKERS[type(part)](self, part))
        sheets = [(wide, inside) for wide, inside in self._sheets if inside]
        out = []
        for n, (wide, inside) in enumerate(sheets, 1):
            last = self._section(wide, first=n == 1, cover=n == 1 and self.outline.head.cover)
            if n < len(sheets):
                last = element("w:p", {}, element("w:pPr", {}, element("w:pStyle", {"w:val": "SectionEnd"}), last))
            out += [*inside, last]
        return "".join(out)

    def _section(self, wide: bool, *, first: bool, cover: bool) -> str:
        high, across = (_SHORT, _LONG) if wide else (_LONG, _SHORT)
        size = {"w:w": f"{across * 20:.0f}", "w:h": f"{high * 20:.0f}", "w:orient": "landscape" if wide else None}
        edge = f"{(_WIDE_EDGE if wide else _EDGE) * 20:.0f}"
        edges = {f"w:{side}": edge for side in ("top", "right", "bottom", "left")}
        return element(
            "w:sectPr", {}, self.frame(first), element("w:pgSz", size),
            element("w:pgMar", {**edges, "w:header": "620", "w:footer": "620", "w:gutter": "0"}),
            '<w:vAlign w:val="center"/>' if cover else "", "<w:titlePg/>" if first else "",
            "<w:bidi/>" if self.blocks.rtl else "",
        )  # fmt: skip

    def _title(self) -> None:
        head, line, inside = self.outline.head, self.blocks.line, self._sheets[-1][1]
        lines = [
            ("PaperSeries", " · ".join(filter(None, (head.series, "" if head.cover else head.symbol)))),
            ("Title", head.title),
            *(("Subtitle", words) for words in head.subtitles),
            ("PaperKind", head.kind),
            ("PaperVersion", " · ".join(filter(None, (head.symbol if head.cover else "", head.version, head.date)))),
        ]
        inside += [line(style, o.text(words)) for style, words in lines if words]
        if head.cover:
            self._sheets.append((False, []))

    def heading(self, part: o.Heading) -> str:
        name, style = _target(next(self._heading)), f"Heading{min(part.level, 3)}"
        if part.number:
            return self.blocks.numbered(style, part.number, part.text, name=name)
        return self.blocks.line(style, part.text, name=name)

    def contents(self, part: o.Contents) -> str:
        """A field that Word fills anew with page numbers when it is asked to; until then the headings as links."""
        listed = [(n, h) for n, h in enumerate(self.headings, 1) if h.listed and h.level <= part.depth]
        begin = _field("begin") + _instruction(f'TOC \\o "1-{part.depth}" \\h \\z \\u') + _field("separate")
        out = [self.blocks.line("ContentsTitle", o.text(part.title))]
        for place, (n, heading) in enumerate(listed, 1):
            number = o.text(heading.number, "\t" if heading.number else "")
            words = tuple(o.Run(run.text, language=run.language) for run in (*number, *heading.text))
            before = (begin if place == 1 else "") + f'<w:hyperlink w:anchor="{_target(n)}">'
            behind = "</w:hyperlink>" + (_field("end") if place == len(listed) else "")
            out.append(self.blocks.line(f"TOC{heading.level}", words, before=before, behind=behind))
        return "".join(out)

    def box(self, part: o.Box) -> str:
        label = word("box", self.blocks.language, number=part.number) if part.number else ""
        apart = ": " if label and part.title else ""
        inside = [self.blocks.line("BoxTitle", o.text(label, apart, *part.title))] if label or part.title else []
        for piece in part.body:
            if isinstance(piece, o.Paragraph):
                inside.append(self.blocks.paragraph(piece, "BoxWords"))
            else:
                inside.append(self.blocks.bullets(piece, style="BoxWords", of=CELL_BULLETS))
        return tables.box(self.blocks, "".join(inside), self.measure)

    def colophon(self, part: o.Colophon) -> str:
        address = (o.Run(part.address, link=part.address),)
        last = self.blocks.line("Remark", address) if part.address else ""
        return tables.space() + tables.pairs(self.blocks, part.items, self.measure) + last

    def disclaimer(self, part: o.Disclaimer) -> str:
        return "".join(self.blocks.line("Remark", words) for words in part.paragraphs)


def _target(n: int) -> str:
    return f"_Toc{n:08}"


def _field(kind: str) -> str:
    return element("w:r", {}, element("w:fldChar", {"w:fldCharType": kind}))


def _instruction(words: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve"> {words.replace(chr(34), "&quot;")} </w:instrText></w:r>'


def field(words: str) -> str:
    """A field of Word's, such as PAGE, with a figure that stands until it is counted."""
    shown = '<w:r><w:t xml:space="preserve">1</w:t></w:r>'
    return _field("begin") + _instruction(words) + _field("separate") + shown + _field("end")


_MAKERS: dict[type, Callable[[Body, Any], str]] = {
    o.Heading: Body.heading,
    o.Paragraph: lambda body, part: body.blocks.paragraph(part),
    o.Conclusion: lambda body, part: body.blocks.conclusion(part),
    o.Bullets: lambda body, part: body.blocks.bullets(part),
    o.Quote: lambda body, part: body.blocks.quote(part),
    o.Box: Body.box,
    o.Table: lambda body, part: tables.table(body.blocks, part, body.measure),
    o.Note: lambda body, part: body.blocks.line("Remark", part.text),
    o.Contents: Body.contents,
    o.KeyFacts: lambda body, part: tables.pairs(body.blocks, part.items, body.measure),
    o.Disclaimer: Body.disclaimer,
    o.Colophon: Body.colophon,
    o.Rule: lambda body, part: tables.short_rule(),
}
