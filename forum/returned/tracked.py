"""The paragraphs of a Word file with their tracked changes: each stretch of words kept, put in or taken out.

The XML itself is read: libraries that give the text of a paragraph lose what stands inside changes and content controls
(ISO/IEC 29500-1, 17.13.5 and 17.5.2).
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHOICE, _FALLBACK = (
    f"{{http://schemas.openxmlformats.org/markup-compatibility/2006}}{name}" for name in ("Choice", "Fallback")
)
GOING_ON = "FurtherWords"  # the style of our own files for further passages of a numbered paragraph
LONGEST_NUMBER = 24  # characters of a typed number, where it was changed of both
Kind = Literal["same", "added", "removed"]
PUTS: dict[str, Kind] = {f"{W}ins": "added", f"{W}moveTo": "added", f"{W}del": "removed", f"{W}moveFrom": "removed"}
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "\N{NON-BREAKING HYPHEN}"}
_OBJECTS = frozenset(f"{W}{name}" for name in ("drawing", "pict", "object"))
_FORM = frozenset(f"{W}{name}" for name in ("rPrChange", "pPrChange"))


@dataclass(frozen=True)
class Stretch:
    """Words that are kept, put in or taken out; by whom, and whether they were moved from or to another place."""

    kind: Kind
    text: str
    author: str = ""
    moved: bool = False


@dataclass
class Written:
    """One paragraph of the file. `w_id`: the bookmark it stands under, "" for none; `mark`: whether its end was put in
    or taken out; `goes_on`: by its style it belongs to the one before; `comments`: the id of each with the words it is
    on; `form`, `objects`: whether its looks, or anything but words, were changed."""

    w_id: str = ""
    mark: Kind = "same"
    goes_on: bool = False
    stretches: list[Stretch] = field(default_factory=list)
    comments: list[tuple[str, str]] = field(default_factory=list)
    form: bool = False
    objects: bool = False

    @property
    def after(self) -> str:
        return "".join(s.text for s in self.stretches if s.kind != "removed").strip()


def written(document: Element, known: Collection[str]) -> Iterator[Written]:
    """The paragraphs of the text in their order, those in tables and content controls as well. `known`: the bookmarks
    that count; others are Word's own."""
    ranged = {element.get(f"{W}id", "") for element in document.iter(f"{W}commentRangeStart")}
    walk = _Walk(frozenset(known), frozenset(ranged))
    body = document.find(f"{W}body")
    if body is not None:
        yield from walk.blocks(body)


class _Walk:
    """Goes through a text. A bookmark may stand before the paragraph it is of; a comment may begin in one paragraph and
    end in another: it is of the first."""

    def __init__(self, known: frozenset[str], ranged: frozenset[str]) -> None:
        self.known, self._ranged = known, ranged
        self._waiting = ""
        self._open: set[str] = set()

    def blocks(self, inside: Element) -> Iterator[Written]:
        for element in inside:
            if element.tag == f"{W}p":
                yield self._paragraph(element)
            elif element.tag == f"{W}bookmarkStart":
                self._waiting = self._name(element) or self._waiting
            elif element.tag != _FALLBACK and len(element):
                yield from self.blocks(element)

    def _name(self, bookmark: Element) -> str:
        name = bookmark.get(f"{W}name", "")
        return name if name in self.known else ""

    def _paragraph(self, paragraph: Element) -> Written:
        line, self._waiting = Written(self._waiting), ""
        own = paragraph.find(f"{W}pPr")
        style = number = None
        if own is not None:
            style, number = own.find(f"{W}pStyle"), own.find(f"{W}numPr")
            line.mark = next((PUTS[element.tag] for element in own.findall(f"{W}rPr/*") if element.tag in PUTS), "same")
            line.form = any(element.tag in _FORM for element in own.iter())
        name = "" if style is None else style.get(f"{W}val", "")
        line.goes_on = name == GOING_ON
        self._open = set()
        self._runs(paragraph, line, "same", "", moved=False)
        if line.w_id and number is None:
            line.stretches = _without_number(line.stretches)
        return line

    def _runs(self, inside: Element, line: Written, kind: Kind, author: str, *, moved: bool) -> None:
        for element in inside:
            if element.tag == f"{W}r":
                self._run(element, line, kind, author, moved=moved)
            elif element.tag in PUTS:
                # What one person put in and another took out stands in neither of the two texts.
                if {kind, PUTS[element.tag]} != {"added", "removed"}:
                    by, of_move = element.get(f"{W}author", ""), "move" in element.tag
                    self._runs(element, line, PUTS[element.tag], by, moved=of_move)
            elif element.tag == f"{W}bookmarkStart":
                line.w_id = line.w_id or self._name(element)
            elif element.tag == f"{W}commentRangeStart":
                line.comments.append((element.get(f"{W}id", ""), ""))
                self._open.add(element.get(f"{W}id", ""))
            elif element.tag == f"{W}commentRangeEnd":
                self._open.discard(element.get(f"{W}id", ""))
            elif element.tag not in (f"{W}pPr", _FALLBACK):
                self._runs(element, line, kind, author, moved=moved)

    def _run(self, run: Element, line: Written, kind: Kind, author: str, *, moved: bool) -> None:
        words = ""
        for element in run:
            if element.tag in (f"{W}t", f"{W}delText"):
                words += element.text or ""
            elif element.tag in _SIGNS:
                words += _SIGNS[element.tag]
            elif element.tag == f"{W}commentReference":
                self._referred(element.get(f"{W}id", ""), line)
            line.objects = line.objects or (kind != "same" and (element.tag in _OBJECTS or element.tag == _CHOICE))
            line.form = line.form or (element.tag == f"{W}rPr" and any(change.tag in _FORM for change in element))
        if words:
            line.stretches.append(Stretch(kind, words, author, moved))
            line.comments = [(id_, about + words if id_ in self._open else about) for id_, about in line.comments]

    def _referred(self, id_: str, line: Written) -> None:
        """A comment without a range is on the place where it is referred to."""
        if id_ not in self._ranged:
            line.comments.append((id_, ""))


def _without_number(stretches: list[Stretch]) -> list[Stretch]:
    """The words behind a typed number and its tab; the number may itself have been changed."""
    length = 0
    for place, stretch in enumerate(stretches):
        number, tab, words = stretch.text.partition("\t")
        length += len(number)
        if length > LONGEST_NUMBER:
            break
        if tab:
            rest = stretches[place + 1 :]
            return [replace(stretch, text=words), *rest] if words else rest
    return stretches
