"""The parts of a paper that hold running words, as HTML: paragraphs, lists, quotations, boxes, tables, footnotes."""

from collections.abc import Sequence
from itertools import chain

from .. import outline as o
from ..markup import element, escaped, passages
from ..papers.words import is_rtl, word


class Blocks:
    """Makes them one after the other: footnotes are numbered as they are called, and stand together at the end."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._notes: list[str] = []

    # ---- words
    def words(self, words: o.Text, *, links: bool = True) -> str:
        """A text on one line or several."""
        return "".join(self._run(run, links) for run in words)

    def _run(self, run: o.Run, links: bool) -> str:
        inside = escaped(run.text).replace("\n", "<br>")
        for name, wanted in _manners(run):
            inside = element(name, {}, inside) if wanted else inside
        if run.language and run.language != self.language:
            turned = "rtl" if is_rtl(run.language) else "ltr"
            inside = element("span", {"lang": run.language, "dir": turned}, inside)
        return element("a", {"href": run.link}, inside) if run.link and links else inside

    def _noted(self, words: o.Text, notes: Sequence[o.Text]) -> list[str]:
        """The passages of a text, with the marks of its footnotes at the end of the last."""
        whole = [self.words(passage) for passage in passages(words)]
        whole[-1] += "".join(self._mark(note) for note in notes)
        return whole

    def _mark(self, note: o.Text) -> str:
        self._notes.append(self.words(note))
        n = len(self._notes)
        link = element("a", {"id": f"call{n}", "href": f"#note{n}", "role": "doc-noteref"}, str(n))
        return element("sup", {}, link)

    def endnotes(self) -> str:
        """All footnotes called so far; nothing where there is none."""
        if not self._notes:
            return ""
        back = [
            element("a", {"href": f"#call{n}", "role": "doc-backlink", "aria-label": str(n)}, "↩")
            for n in range(1, len(self._notes) + 1)
        ]
        notes = zip(self._notes, back, strict=True)
        items = [element("li", {"id": f"note{n}"}, f"{words} {link}") for n, (words, link) in enumerate(notes, 1)]
        title = element("h2", {"id": "notes"}, escaped(word("notes", self.language)))
        listed = element("ol", {}, *items)
        return element("section", {"role": "doc-endnotes", "aria-labelledby": "notes"}, title, listed)

    # ---- blocks
    def paragraph(self, part: o.Paragraph) -> str:
        """A paragraph; one with a number as two columns."""
        lines, known = self._noted(part.text, part.notes), part.anchor or None
        if not part.number:
            first, *further = lines
            rest = [element("p", {}, line) for line in further]
            return "".join([element("p", {"id": known}, first), *rest])
        inside = element("div", {"class": "words"}, *(element("p", {}, line) for line in lines))
        number = element("span", {"class": "number"}, escaped(part.number))
        return element("div", {"class": "numbered", "id": known}, number, inside)

    def conclusion(self, part: o.Conclusion, heading: str) -> str:
        """A sentence as a heading with its number, then bullets."""
        number = f"{escaped(part.number)} " if part.number else ""
        sentence = number + "<br>".join(self._noted(part.sentence, part.notes))
        known = {"class": "sentence", "id": part.anchor or None}
        listed = self._list(part.bullets, (), part.anchors) if part.bullets else ""
        return element(heading, known, sentence) + listed

    def bullets(self, part: o.Bullets) -> str:
        return self._list(part.items, part.notes, part.anchors)

    def _list(self, items: Sequence[o.Text], notes: Sequence[Sequence[o.Text]], anchors: Sequence[str]) -> str:
        feet, known = notes or [()] * len(items), anchors or [""] * len(items)
        rows = zip(items, feet, known, strict=True)
        points = [element("li", {"id": k or None}, "<br><br>".join(self._noted(item, of))) for item, of, k in rows]
        return element("ul", {}, *points) if points else ""

    def quote(self, part: o.Quote) -> str:
        """Exact words, with their credit line beneath."""
        lines = [element("p", {}, line) for line in self._noted(part.text, part.notes)]
        credit = element("figcaption", {}, self.words(part.credit)) if part.credit else ""
        return element("figure", {"id": part.anchor or None}, element("blockquote", {}, *lines), credit)

    def box(self, part: o.Box, heading: str) -> str:
        """A box under its label and title."""
        label = [word("box", self.language, number=part.number)] if part.number else []
        title = ": ".join(filter(None, (*map(escaped, label), self.words(part.title))))
        inside = [self.paragraph(p) if isinstance(p, o.Paragraph) else self.bullets(p) for p in part.body]
        return element("aside", {}, element(heading, {}, title) if title else "", *inside)

    def table(self, part: o.Table) -> str:
        """A table; each cell finds its own direction."""
        titles = [element("th", {"scope": "col"}, escaped(column.title)) for column in part.columns]
        caption = element("caption", {}, escaped(part.caption)) if part.caption else ""
        head = element("thead", {}, element("tr", {}, *titles))
        body = element("tbody", {}, *(self._row(row, len(part.columns)) for row in part.rows))
        return element("div", {"class": "across", "tabindex": "0"}, element("table", {}, caption, head, body))

    def _row(self, row: o.Row | o.SectionRow, columns: int) -> str:
        if isinstance(row, o.SectionRow):
            return element(
                "tr", {}, element("th", {"colspan": str(columns), "scope": "colgroup"}, self.words(row.title))
            )
        return element("tr", {}, *(self._cell(words) for words in row.cells))

    def _cell(self, words: o.Text) -> str:
        return element("td", {"dir": "auto"}, self.words(words)) if words else "<td></td>"

    def pairs(self, items: Sequence[tuple[str, o.Text]]) -> str:
        """Labels and their words."""
        rows = ((element("dt", {}, escaped(k)), element("dd", {}, self.words(v))) for k, v in items)
        return element("dl", {}, *chain.from_iterable(rows)) if items else ""


def _manners(run: o.Run) -> tuple[tuple[str, bool], ...]:
    return (
        ("strong", run.bold), ("em", run.italic), ("small", run.small),
        ("del", run.struck or run.change == "removed"), ("ins", run.change == "added"),
    )  # fmt: skip
