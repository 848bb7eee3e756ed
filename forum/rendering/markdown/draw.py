"""An outline as Markdown: CommonMark 0.31 with GitHub's tables and footnotes; the same outline gives the same bytes."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from .. import outline as o
from ..markup import passages
from ..papers.words import word
from .marks import inline, literal


def draw(outline: o.Outline) -> bytes:
    """The outline as a Markdown text, UTF-8. What the record says is escaped: none of its signs becomes a mark, and a
    printed number stays what it is instead of being counted anew."""
    body = _Body(outline)
    blocks = [*body.head(), *(written for part in outline.parts if (written := _MAKERS[type(part)](body, part)))]
    notes = [f"[^{n}]: {words}" for n, words in enumerate(body.notes, 1)]
    return ("\n\n".join(filter(None, [*blocks, *notes])) + "\n").encode()


class _Body:
    def __init__(self, outline: o.Outline) -> None:
        self.outline, self.language = outline, outline.language
        self.notes: list[str] = []
        self._depth = 1

    def head(self) -> Iterator[str]:
        head = self.outline.head
        yield _line(" · ".join(filter(None, (head.series, head.symbol))))
        yield f"# {_line(head.title)}"
        yield from (_line(words) for words in head.subtitles)
        yield f"**{_line(head.kind)}**" if head.kind else ""
        yield _line(" · ".join(filter(None, (head.version, head.date))))

    def words(self, text: o.Text, notes: Sequence[o.Text] = (), *, indent: str = "") -> str:
        """Passages with blank lines between them, and the marks of footnotes at the end of the last."""
        whole = [inline(passage) for passage in passages(text)]
        for note in notes:
            self.notes.append(inline(note, on_one_line=True))
            whole[-1] += f"[^{len(self.notes)}]"
        return f"\n\n{indent}".join(lines.replace("\n", f"\n{indent}") for lines in whole)

    def heading(self, part: o.Heading) -> str:
        self._depth = min(part.level + 1, self._depth + 1, 6)
        number = f"{literal(part.number)} " if part.number else ""
        return f"{'#' * self._depth} {number}{inline(part.text, on_one_line=True)}"

    def paragraph(self, part: o.Paragraph) -> str:
        number = f"{literal(part.number)} " if part.number else ""
        return number + self.words(part.text, part.notes)

    def conclusion(self, part: o.Conclusion) -> str:
        number = f"{literal(part.number)} " if part.number else ""
        sentence = " ".join(self.words(part.sentence, part.notes).split("\n"))
        points = self.points(part.bullets)
        return "\n\n".join(filter(None, (f"{'#' * min(self._depth + 1, 6)} {number}{sentence}", points)))

    def points(self, items: Sequence[o.Text], notes: Sequence[Sequence[o.Text]] = ()) -> str:
        feet = notes or [()] * len(items)
        return "\n".join(f"- {self.words(item, of, indent='  ')}" for item, of in zip(items, feet, strict=True))

    def bullets(self, part: o.Bullets) -> str:
        return self.points(part.items, part.notes)

    def quote(self, part: o.Quote) -> str:
        credit = f"\n\n— {inline(part.credit, on_one_line=True)}" if part.credit else ""
        return _quoted(self.words(part.text, part.notes) + credit)

    def box(self, part: o.Box) -> str:
        label = word("box", self.language, number=part.number) if part.number else ""
        title = ": ".join(filter(None, (literal(label), inline(part.title, on_one_line=True))))
        inside = [self.paragraph(p) if isinstance(p, o.Paragraph) else self.bullets(p) for p in part.body]
        return _quoted("\n\n".join(filter(None, (f"**{title}**" if title else "", *inside))))

    def table(self, part: o.Table) -> str:
        """A row across the whole width is one whose first cell alone is filled, in bold letters."""
        rows = [[literal(column.title) for column in part.columns], ["---"] * len(part.columns)]
        for row in part.rows:
            if isinstance(row, o.SectionRow):
                title = f"**{inline(row.title, on_one_line=True)}**"
                rows.append([title, *[""] * (len(part.columns) - 1)])
            else:
                rows.append([inline(words, on_one_line=True) for words in row.cells])
        caption = f"**{literal(part.caption)}**\n\n" if part.caption else ""
        return caption + "\n".join(f"| {' | '.join(cells)} |" for cells in rows)

    def pairs(self, items: Sequence[tuple[str, o.Text]]) -> str:
        return "\n".join(f"- **{literal(label)}**: {inline(words, on_one_line=True)}" for label, words in items)

    def colophon(self, part: o.Colophon) -> str:
        address = f"\n\n{inline((o.Run(part.address, link=part.address),))}" if part.address else ""
        return f"---\n\n{self.pairs(part.items)}{address}"

    def contents(self, part: o.Contents) -> str:
        """The listed headings as a list: Markdown has no agreed way to link to one."""
        listed = [h for h in self.outline.parts if isinstance(h, o.Heading) and h.listed and h.level <= part.depth]
        lines = [
            f"{'  ' * (h.level - 1)}- {literal(h.number)}{' ' if h.number else ''}{inline(h.text, on_one_line=True)}"
            for h in listed
        ]
        return f"**{literal(part.title)}**\n\n" + "\n".join(lines)


def _line(words: str) -> str:
    return inline(o.text(words), on_one_line=True) if words else ""


def _quoted(words: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in words.split("\n"))


_MAKERS: dict[type, Callable[[_Body, Any], str]] = {
    o.Heading: _Body.heading,
    o.Paragraph: _Body.paragraph,
    o.Conclusion: _Body.conclusion,
    o.Bullets: _Body.bullets,
    o.Quote: _Body.quote,
    o.Box: _Body.box,
    o.Table: _Body.table,
    o.Note: lambda body, part: body.words(part.text),
    o.Contents: _Body.contents,
    o.KeyFacts: lambda body, part: body.pairs(part.items),
    o.Disclaimer: lambda body, part: "\n\n".join(body.words(words) for words in part.paragraphs),
    o.Colophon: _Body.colophon,
    o.Rule: lambda body, part: "---",
    o.NewPage: lambda body, part: "",
}
