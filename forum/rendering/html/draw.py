"""An outline as HTML: `draw(outline)` gives one file; the same outline gives the same bytes."""

from collections.abc import Callable
from typing import Any

from .. import outline as o
from ..markup import element, escaped
from ..papers.words import is_rtl, word
from .blocks import Blocks
from .style import STYLE


def draw(outline: o.Outline) -> bytes:
    """The outline as an HTML document (the WHATWG standard; roles of DPub-ARIA 1.1), UTF-8, without a script and
    without anything to be fetched. What the record says is escaped: nothing of it becomes a tag."""
    body = _Body(outline)
    inside = "\n".join([body.head(), *body.parts(), body.blocks.endnotes()])
    head = "\n".join(_head(outline))
    page = (
        f'<html lang="{escaped(outline.language)}" dir="{"rtl" if is_rtl(outline.language) else "ltr"}">\n'
        f"<head>\n{head}\n</head>\n<body>\n<main>\n<article>\n{inside}\n</article>\n</main>\n</body>\n</html>\n"
    )
    return f"<!DOCTYPE html>\n{page}".encode()


def _head(outline: o.Outline) -> list[str]:
    head, origin = outline.head, outline.origin
    named = {
        "generator": "review-forum",
        "author": head.series,
        "description": " – ".join(filter(None, (head.kind, *head.subtitles))),
        "dcterms.identifier": origin.symbol,
        "dcterms.hasVersion": origin.version,
        "dcterms.issued": origin.day.isoformat() if origin.day else "",
        "dcterms.language": outline.language,
        "forum.hash": origin.hash,
    }
    title = " – ".join(filter(None, (head.title, head.kind, head.symbol)))
    return [
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        element("title", {}, escaped(title)),
        *(f'<meta name="{name}" content="{escaped(words)}">' for name, words in named.items() if words),
        f"<style>{STYLE}</style>",
    ]


class _Body:
    def __init__(self, outline: o.Outline) -> None:
        self.outline, self.blocks = outline, Blocks(outline.language)
        self.headings = [part for part in outline.parts if isinstance(part, o.Heading)]
        self._heading, self._depth = 0, 1

    def head(self) -> str:
        head = self.outline.head
        lines = [
            self._line("series", " · ".join(filter(None, (head.series, head.symbol)))),
            element("h1", {}, self.blocks.words(o.text(head.title))),
            *(self._line("subtitle", words) for words in head.subtitles),
            self._line("kind", head.kind),
            self._line("version", " · ".join(filter(None, (head.version, head.date)))),
        ]
        return element("header", {}, *filter(None, lines))

    def _line(self, name: str, words: str) -> str:
        return element("p", {"class": name}, self.blocks.words(o.text(words))) if words else ""

    def parts(self) -> list[str]:
        return [written for part in self.outline.parts if (written := _MAKERS[type(part)](self, part))]

    def heading(self, part: o.Heading) -> str:
        self._heading += 1
        self._depth = min(part.level + 1, self._depth + 1, 6)
        number = f"{escaped(part.number)} " if part.number else ""
        return element(f"h{self._depth}", {"id": f"h{self._heading}"}, number + self.blocks.words(part.text))

    def conclusion(self, part: o.Conclusion) -> str:
        return self.blocks.conclusion(part, f"h{min(self._depth + 1, 6)}")

    def box(self, part: o.Box) -> str:
        return self.blocks.box(part, f"h{min(self._depth + 1, 6)}")

    def contents(self, part: o.Contents) -> str:
        entries: list[str] = []
        for place, heading in enumerate(self.headings, 1):
            if heading.listed and heading.level <= part.depth:
                number = f"{escaped(heading.number)} " if heading.number else ""
                inside = element("a", {"href": f"#h{place}"}, number + self.blocks.words(heading.text, links=False))
                entries.append(element("li", {"class": f"level{heading.level}"}, inside))
        title = element("h2", {"id": "contents"}, self.blocks.words(o.text(part.title)))
        listed = element("ol", {}, *entries) if entries else ""
        return element("nav", {"role": "doc-toc", "aria-labelledby": "contents"}, title, listed)


def _remark(body: _Body, part: o.Note) -> str:
    return element("p", {"class": "remark"}, element("small", {}, body.blocks.words(part.text)))


def _disclaimer(body: _Body, part: o.Disclaimer) -> str:
    lines = [element("p", {"class": "remark"}, body.blocks.words(words)) for words in part.paragraphs]
    return element("section", {"role": "note"}, *lines)


def _colophon(body: _Body, part: o.Colophon) -> str:
    known = {"role": "doc-colophon", "aria-label": word("symbol", body.outline.language)}
    address = element("p", {}, body.blocks.words((o.Run(part.address, link=part.address),))) if part.address else ""
    return element("footer", known, body.blocks.pairs(part.items), address)


_MAKERS: dict[type, Callable[[_Body, Any], str]] = {
    o.Heading: _Body.heading,
    o.Paragraph: lambda body, part: body.blocks.paragraph(part),
    o.Conclusion: _Body.conclusion,
    o.Bullets: lambda body, part: body.blocks.bullets(part),
    o.Quote: lambda body, part: body.blocks.quote(part),
    o.Box: _Body.box,
    o.Table: lambda body, part: body.blocks.table(part),
    o.Note: _remark,
    o.Contents: _Body.contents,
    o.KeyFacts: lambda body, part: body.blocks.pairs(part.items),
    o.Disclaimer: _disclaimer,
    o.Colophon: _colophon,
    o.Rule: lambda body, part: "<hr>",
    o.NewPage: lambda body, part: "",
}
