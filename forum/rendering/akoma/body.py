"""An outline becomes the body of an Akoma Ntoso document: sections that hold paragraphs, and what is none in containers
with a name of our own."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from .. import outline as o
from ..markup import element
from ..papers.words import word
from .words import Words

# By level of a heading: the element, and what its place is called (Akoma Ntoso Naming Convention 1.0, section 5.3).
_LEVELS = {1: ("section", "sec"), 2: ("subsection", "subsec"), 3: ("level", "lvl")}


class Body:
    """The body of one paper, in reading order."""

    def __init__(self, outline: o.Outline, words: Words) -> None:
        self.outline, self.words = outline, words
        self._open: list[tuple[int, str, list[str]]] = []  # sections that are not closed yet: level, eId, what is in it
        self._top: list[str] = []
        self._counts: Counter[str] = Counter()
        self._colophon: list[str] = []
        self._targets = tuple(self._places())

    def whole(self) -> list[str]:
        """All that stands in `mainBody`."""
        for part in self.outline.parts:
            _MAKERS[type(part)](self, part)
        self._close(0)
        return self._top or [self._contained("empty", "")]

    def conclusions(self) -> str:
        """What stands behind the body: which print this is."""
        return element("conclusions", {"xml:lang": self.outline.language}, *self._colophon) if self._colophon else ""

    # ---- places
    def _add(self, written: str) -> None:
        (self._open[-1][2] if self._open else self._top).append(written)

    def _id(self, kind: str) -> str:
        """The next place of this kind within what is open now."""
        before = f"{self._open[-1][1]}__" if self._open else ""
        self._counts[before + kind] += 1
        return f"{before}{kind}_{self._counts[before + kind]}"

    def _close(self, level: int) -> None:
        """Close the sections of this level and below."""
        while self._open and self._open[-1][0] >= level:
            closed, id_, inside = self._open.pop()
            self._add(element(_LEVELS[closed][0], {"eId": id_}, *inside))

    def _places(self) -> Iterator[str]:
        """The place of each heading, known before it is reached: the contents lead there."""
        counts: Counter[str] = Counter()
        above: list[tuple[int, str]] = []
        for part in self.outline.parts:
            if isinstance(part, o.Heading):
                level = min(part.level, 3)
                while above and above[-1][0] >= level:
                    above.pop()
                kind = f"{above[-1][1]}__{_LEVELS[level][1]}" if above else _LEVELS[level][1]
                counts[kind] += 1
                above.append((level, f"{kind}_{counts[kind]}"))
                yield above[-1][1]

    def _contained(self, name: str, inside: str, *before: str) -> str:
        content = element("content", {}, inside)
        return element("hcontainer", {"name": name, "eId": self._id("hcontainer")}, *before, content)

    # ---- parts
    def heading(self, part: o.Heading) -> None:
        level = min(part.level, 3)
        self._close(level)
        self._open.append((level, self._id(_LEVELS[level][1]), []))
        if part.number:
            self._add(element("num", {}, self.words.text(o.text(part.number))))
        self._add(element("heading", {}, self.words.text(part.text)))

    def paragraph(self, part: o.Paragraph) -> None:
        self._paragraph(part.number, part.anchor, self.words.paragraphs(part.text, part.notes))

    def _paragraph(self, number: str, anchor: str, content: str, heading: str = "") -> None:
        known = {"eId": self._id("para"), "wId": anchor or None}
        before = element("num", {}, self.words.text(o.text(number))) if number else ""
        inside = element("content", {}, content) if content else ""
        self._add(element("paragraph", known, before, heading, inside))

    def conclusion(self, part: o.Conclusion) -> None:
        """A paragraph whose heading is the sentence."""
        heading = element("heading", {}, "<eol/>".join(self.words.lines(part.sentence, part.notes)))
        points = self._points(part.bullets, (), part.anchors) if part.bullets else ""
        self._paragraph(part.number, part.anchor, points, heading)

    def bullets(self, part: o.Bullets) -> None:
        if part.items:
            self._add(self._contained("bullets", self._points(part.items, part.notes, part.anchors)))

    def _points(self, items: Sequence[o.Text], notes: Sequence[Sequence[o.Text]], anchors: Sequence[str]) -> str:
        id_, feet, known = self._id("ul"), notes or [()] * len(items), anchors or [""] * len(items)
        points = [
            element("li", {"eId": f"{id_}__li_{n}", "wId": anchor or None}, self.words.paragraphs(words, of))
            for n, (words, of, anchor) in enumerate(zip(items, feet, known, strict=True), 1)
        ]
        return element("ul", {"eId": id_}, *points)

    def quote(self, part: o.Quote) -> None:
        lines = [element("p", {}, element("embeddedText", {}, x)) for x in self.words.lines(part.text, part.notes)]
        credit = element("p", {"class": "credit"}, self.words.text(part.credit)) if part.credit else ""
        known = {"name": "quotation", "eId": self._id("hcontainer"), "wId": part.anchor or None}
        self._add(element("hcontainer", known, element("content", {}, *lines, credit)))

    def box(self, part: o.Box) -> None:
        label = word("box", self.outline.language, number=part.number) if part.number else ""
        before = [element("num", {}, self.words.text(o.text(label)))] if label else []
        before += [element("heading", {}, self.words.text(part.title))] if part.title else []
        inside = [self._boxed(piece) for piece in part.body]
        self._add(self._contained("box", "".join(inside), *before))

    def _boxed(self, part: o.Paragraph | o.Bullets) -> str:
        if isinstance(part, o.Bullets):
            return self._points(part.items, part.notes, part.anchors) if part.items else ""
        first, *further = self.words.lines(o.text(part.number, " " if part.number else "", *part.text), part.notes)
        known = {"eId": self._id("p"), "wId": part.anchor or None}
        return element("p", known, first) + "".join(element("p", {}, line) for line in further)

    def table(self, part: o.Table) -> None:
        caption = element("caption", {}, self.words.text(o.text(part.caption))) if part.caption else ""
        head = element("tr", {}, *(self._cell("th", o.text(column.title)) for column in part.columns))
        rows = [self._row(row, len(part.columns)) for row in part.rows]
        self._add(self._contained("table", element("table", {"eId": self._id("table")}, caption, head, *rows)))

    def _row(self, row: o.Row | o.SectionRow, columns: int) -> str:
        if isinstance(row, o.SectionRow):
            return element("tr", {}, element("th", {"colspan": str(columns)}, self.words.paragraphs(row.title)))
        return element("tr", {}, *(self._cell("td", words) for words in row.cells))

    def _cell(self, name: str, words: o.Text) -> str:
        return element(name, {}, self.words.paragraphs(words)) if words else element(name)

    def _pairs(self, items: Sequence[tuple[str, o.Text]]) -> str:
        rows = [element("tr", {}, self._cell("th", o.text(label)), self._cell("td", words)) for label, words in items]
        return element("table", {"eId": self._id("table")}, *rows)

    def facts(self, part: o.KeyFacts) -> None:
        if part.items:
            self._add(self._contained("facts", self._pairs(part.items)))

    def note(self, part: o.Note) -> None:
        self._add(self._contained("remark", self.words.paragraphs(part.text)))

    def contents(self, part: o.Contents) -> None:
        items = []
        for target, heading in zip(self._targets, self._headings(), strict=True):
            if heading.listed and heading.level <= part.depth:
                words = o.text(heading.number, " " if heading.number else "", *heading.text)
                items.append(
                    element("tocItem", {"level": str(heading.level), "href": f"#{target}"}, self._plain(words))
                )
        if items:
            title = element("heading", {}, self.words.text(o.text(part.title)))
            self._add(self._contained("contents", element("toc", {"eId": self._id("toc")}, *items), title))

    def _plain(self, words: o.Text) -> str:
        return self.words.text(o.text(o.plain(words)))

    def _headings(self) -> Iterator[o.Heading]:
        return (part for part in self.outline.parts if isinstance(part, o.Heading))

    def disclaimer(self, part: o.Disclaimer) -> None:
        self._close(0)
        self._add(self._contained("disclaimer", "".join(self.words.paragraphs(words) for words in part.paragraphs)))

    def colophon(self, part: o.Colophon) -> None:
        self._close(0)
        lines = [self._pairs(part.items)] if part.items else []
        lines += [self.words.paragraphs((o.Run(part.address, link=part.address),))] if part.address else []
        if lines:
            self._colophon.append(element("container", {"name": "colophon", "eId": "colophon"}, *lines))


def _nothing(body: Body, part: o.Part) -> None:
    """How a paper is laid on pages is nothing of the document."""


_MAKERS: dict[type, Callable[[Body, Any], None]] = {
    o.Heading: Body.heading,
    o.Paragraph: Body.paragraph,
    o.Conclusion: Body.conclusion,
    o.Bullets: Body.bullets,
    o.Quote: Body.quote,
    o.Box: Body.box,
    o.Table: Body.table,
    o.Note: Body.note,
    o.Contents: Body.contents,
    o.KeyFacts: Body.facts,
    o.Disclaimer: Body.disclaimer,
    o.Colophon: Body.colophon,
    o.Rule: _nothing,
    o.NewPage: _nothing,
}
