"""The parts of a paper that hold running words, as Word's paragraphs: with numbers, footnotes and bookmarks."""

import re
from collections.abc import Callable, Sequence

from .. import outline as o
from ..markup import element, passages
from ..papers.words import is_rtl
from .numbers import BULLETS, Numbers
from .runs import direction, runs

LONGEST_BOOKMARK = 40  # characters: Word and LibreOffice cut longer names


class Blocks:
    """Makes them one after the other: footnotes and bookmarks are counted as they are called. `link` and `note_link`:
    the relations that lead to an address, from the text and from a footnote. `author`: whose tracked changes are."""

    def __init__(
        self, language: str, link: Callable[[str], str], note_link: Callable[[str], str], author: str = ""
    ) -> None:
        self.language, self.rtl = language, is_rtl(language)
        self.link, self.note_link = link, note_link
        self.numbers = Numbers()
        self.notes: list[str] = []
        self._bookmarks, self._tracked, self._author = 0, 0, author or "review-forum"

    def line(
        self,
        style: str,
        words: o.Text,
        *,
        before: str = "",
        behind: str = "",
        name: str = "",
        number: int | None = None,
    ) -> str:
        """One paragraph. `before` and `behind`: runs around its words; `name`: its bookmark; `number`: its list."""
        turned = direction((*words, *([] if o.plain(words).strip() else [o.Run("א" if self.rtl else "a")])), self.rtl)
        own = [element("w:pStyle", {"w:val": style})]
        if number is not None:
            place = element("w:ilvl", {"w:val": "0"}), element("w:numId", {"w:val": str(number)})
            own.append(element("w:numPr", {}, *place))
        if turned != self.rtl:
            own.append("<w:bidi/>" if turned else '<w:bidi w:val="0"/>')
        if words and len(kinds := {run.change for run in words}) == 1 and (kind := kinds.pop()):
            own.append(element("w:rPr", {}, self.track(kind)))  # the paragraph itself came or went
        inside = before + runs(words, self.language, turned, self.link, self.track) + behind
        return element("w:p", {}, element("w:pPr", {}, *own), self.marked(name, inside) if name else inside)

    def track(self, kind: str, *inside: str) -> str:
        """What is inside as a tracked change: added or removed, to be taken or refused in Word."""
        self._tracked += 1
        known = {"w:id": str(1_000_000 + self._tracked), "w:author": self._author}
        return element("w:ins" if kind == "added" else "w:del", known, *inside)

    def marked(self, name: str, inside: str) -> str:
        """What is inside, under a bookmark."""
        self._bookmarks += 1
        known = {"w:id": str(self._bookmarks)}
        begin = element("w:bookmarkStart", {**known, "w:name": name})
        return f"{begin}{inside}{element('w:bookmarkEnd', known)}"

    def noted(self, notes: Sequence[o.Text]) -> str:
        """The marks of footnotes."""
        return "".join(map(self._mark, notes))

    def _mark(self, note: o.Text) -> str:
        turned = direction(note, self.rtl)
        own = element("w:pStyle", {"w:val": "FootnoteText"})
        if turned != self.rtl:
            own += "<w:bidi/>" if turned else '<w:bidi w:val="0"/>'
        words = runs((o.Run(" "), *note), self.language, turned, self.note_link)
        raised = element("w:rPr", {}, element("w:rStyle", {"w:val": "FootnoteReference"}))
        paragraph = element("w:p", {}, element("w:pPr", {}, own), element("w:r", {}, raised, "<w:footnoteRef/>"), words)
        known = {"w:id": str(len(self.notes) + 1)}
        self.notes.append(element("w:footnote", known, paragraph))
        return element("w:r", {}, raised, element("w:footnoteReference", known))

    # ---- parts
    def paragraph(self, part: o.Paragraph, plain: str = "Normal") -> str:
        """A paragraph, and the passages that it goes on with. `plain`: the style of one without a number."""
        first, *further = passages(part.text)
        marks = self.noted(part.notes)
        written = [self._first(part, first, plain, "" if further else marks)]
        style = "FurtherWords" if part.number else plain
        for n, words in enumerate(further, 1):
            written.append(self.line(style, words, behind=marks if n == len(further) else ""))
        return "".join(written)

    def _first(self, part: o.Paragraph, words: o.Text, plain: str, marks: str) -> str:
        name = bookmark(part.anchor)
        if not part.number:
            return self.line(plain, words, behind=marks, name=name)
        return self.numbered("NumberedParagraph", part.number, words, marks, name)

    def numbered(self, style: str, number: str, words: o.Text, behind: str = "", name: str = "") -> str:
        """A paragraph with its number: Word's own, or as text where Word cannot count so."""
        of = self.numbers.of(style, number)
        if of is None:
            return self.line(style, (o.Run(f"{number}\t"), *words), behind=behind, name=name)
        return self.line(style, words, behind=behind, name=name, number=of)

    def conclusion(self, part: o.Conclusion) -> str:
        """A sentence as a heading with its number, then bullets."""
        words, marks, name = part.sentence, self.noted(part.notes), bookmark(part.anchor)
        if part.number:
            head = self.numbered("Conclusion", part.number, words, marks, name)
        else:
            head = self.line("Conclusion", words, behind=marks, name=name)
        return head + self.bullets(o.Bullets(part.bullets, anchors=part.anchors))

    def bullets(self, part: o.Bullets, *, style: str = "ListBullet", of: int = BULLETS) -> str:
        """Points with their footnotes and bookmarks."""
        notes, anchors = part.notes or [()] * len(part.items), part.anchors or [""] * len(part.items)
        rows = zip(part.items, notes, anchors, strict=True)
        return "".join(
            self.line(style, words, behind=self.noted(feet), name=bookmark(anchor), number=of)
            for words, feet, anchor in rows
        )

    def quote(self, part: o.Quote) -> str:
        """Exact words, with their credit line beneath."""
        marks, (first, *further) = self.noted(part.notes), passages(part.text)
        written = [self.line("Quote", first, behind="" if further else marks, name=bookmark(part.anchor))]
        for n, words in enumerate(further, 1):
            written.append(self.line("Quote", words, behind=marks if n == len(further) else ""))
        return "".join(written) + (self.line("QuoteCredit", part.credit) if part.credit else "")


def bookmark(anchor: str) -> str:
    """The name under which a paragraph of the record is found again in a file that comes back; "" for none."""
    return re.sub(r"\W", "_", anchor, flags=re.ASCII)[:LONGEST_BOOKMARK]
