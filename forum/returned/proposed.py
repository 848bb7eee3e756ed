"""A draft that came back as a Word file -> for each paragraph of the record the wording that is proposed, and what was
commented there.

Paragraphs are known by the bookmarks under which our Word files put them (`rendering/docx`), never by numbers or by
likeness. What stands under none of them is listed apart.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from xml.etree import ElementTree

from .harmless import COMMENTS, DOCUMENT, opened
from .tracked import PUTS, Stretch, W, Written, written


class Apart(StrEnum):
    """What was found and belongs to no paragraph of the record, or is not read."""

    NEW = "new"  # a paragraph that was put in: behind which one is in `w_id`
    ELSEWHERE = "elsewhere"  # words were changed that are no paragraph of the record
    COMMENT = "comment"  # a comment on words that are no paragraph of the record
    MISSING = "missing"  # the paragraph is not in the file any more, and no tracked change says so
    FORM = "form"  # only how it looks was changed
    NOTE = "note"  # a footnote was changed
    OBJECT = "object"  # a picture, a formula or a drawing was put in or taken out


@dataclass(frozen=True)
class Comment:
    """A comment as it was written; `about`: the words it is on, as far as they stand in this paragraph."""

    author: str
    text: str
    about: str


@dataclass(frozen=True)
class NotRead:
    """What is left to a person. `w_id`: the paragraph it is in or behind, "" for the beginning."""

    kind: Apart
    w_id: str
    text: str = ""


@dataclass
class Proposed:
    """A paragraph of the record as it came back. `stretches`: its words as they stand in the file, each kept, put in
    or taken out; those moved here or away as well."""

    w_id: str
    stretches: list[Stretch] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)

    @property
    def before(self) -> str:
        """Its words with all changes refused: what whoever changed it had before them."""
        return "".join(s.text for s in self.stretches if s.kind != "added").strip()

    @property
    def after(self) -> str:
        """Its words with all changes taken: what is proposed. Empty where it is to go."""
        return "".join(s.text for s in self.stretches if s.kind != "removed").strip()

    @property
    def changed(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True)
class Returned:
    """What was understood, in the order of the file, and what was not."""

    paragraphs: tuple[Proposed, ...]
    apart: tuple[NotRead, ...]


def read(file: bytes, known: Collection[str]) -> Returned:
    """What a file proposes; `known`: the identities of the text's paragraphs, as bookmarks have them. Refuses
    (FileRefused) what `harmless.py` does."""
    parts = opened(file)
    body = ElementTree.fromstring(parts[DOCUMENT])
    reading = _Reading(frozenset(known), _comments(parts.get(COMMENTS, b"")))
    for line in written(body, reading.known):
        reading.take(line)
    for w_id in known:
        if w_id not in reading.found:
            reading.apart.append(NotRead(Apart.MISSING, w_id))
    for name in ("word/footnotes.xml", "word/endnotes.xml"):
        if name in parts and any(element.tag in PUTS for element in ElementTree.fromstring(parts[name]).iter()):
            reading.apart.append(NotRead(Apart.NOTE, ""))
    return Returned(tuple(reading.found.values()), tuple(reading.apart))


class _Reading:
    """Puts what is written to the paragraph of the record it belongs to."""

    def __init__(self, known: frozenset[str], comments: dict[str, tuple[str, str]]) -> None:
        self.known, self.comments = known, comments
        self.found: dict[str, Proposed] = {}
        self.apart: list[NotRead] = []
        self._last, self._goes_on = "", False

    def take(self, line: Written) -> None:
        """One paragraph of the file. One without a bookmark goes on with the one before where that one was split, or
        where our own files go on with it (its style)."""
        if line.w_id:
            self._last = line.w_id
        elif self._goes_on or line.goes_on:
            self._further(line)
            return
        elif line.stretches and all(s.kind == "added" for s in line.stretches):
            self._aside(Apart.NEW, line, line.after)
            self._goes_on = False
            return
        if line.w_id:
            self._into(self.found.setdefault(line.w_id, Proposed(line.w_id)), line)
        else:
            if any(s.kind != "same" for s in line.stretches):
                self._aside(Apart.ELSEWHERE, line, line.after)
            self._aside_comments(line)
        self._goes_on = bool(line.w_id) and line.mark == "added"

    def _further(self, line: Written) -> None:
        paragraph = self.found.get(self._last)
        if paragraph is None:
            self._aside(Apart.ELSEWHERE, line, line.after)
            return
        paragraph.stretches.append(Stretch("added" if self._goes_on else "same", "\n\n"))
        self._into(paragraph, line)
        self._goes_on = line.mark == "added"

    def _into(self, paragraph: Proposed, line: Written) -> None:
        paragraph.stretches += line.stretches
        for id_, about in line.comments:
            author, text = self.comments.get(id_, ("", ""))
            if text:
                paragraph.comments.append(Comment(author, text, about))
        self._looks(line)

    def _aside(self, kind: Apart, line: Written, text: str) -> None:
        self.apart.append(NotRead(kind, self._last, text))
        if kind is Apart.NEW:
            self._aside_comments(line)

    def _aside_comments(self, line: Written) -> None:
        texts = (self.comments.get(id_, ("", ""))[1] for id_, _ in line.comments)
        self.apart += [NotRead(Apart.COMMENT, self._last, text) for text in texts if text]
        self._looks(line)

    def _looks(self, line: Written) -> None:
        if line.form:
            self.apart.append(NotRead(Apart.FORM, self._last))
        if line.objects:
            self.apart.append(NotRead(Apart.OBJECT, self._last))


def _comments(part: bytes) -> dict[str, tuple[str, str]]:
    """Author and text of each, by its id."""
    if not part:
        return {}
    return {
        element.get(f"{W}id", ""): (element.get(f"{W}author", ""), _plain(element.iter(f"{W}p")))
        for element in ElementTree.fromstring(part).iter(f"{W}comment")
    }


def _plain(paragraphs: Iterable[ElementTree.Element]) -> str:
    return "\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in paragraphs).strip()
