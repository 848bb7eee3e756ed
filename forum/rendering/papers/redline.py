"""Two frozen versions of a text as one: facts -> outline. What was put in and what was taken out stand where they are,
as tracked changes where a format has them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...domain.marks import unmarked
from ...domain.redline import Change, changes
from ..outline import Colophon, Heading, Note, Origin, Outline, Paragraph, Part, Run, Text, TitleBlock, text
from .front import running_line
from .silence_words import phrase


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """A frozen version: what people call it ("Rev.1"), its hash, and its content as it was hashed."""

    label: str
    hash: str
    content: Mapping[str, Any]


def redline(before: VersionFacts, after: VersionFacts) -> Outline:
    """The outline: the later text in its order, with all that is in one of the two alone marked as such. Paragraphs are
    told apart by their identity, so that a new number is a change of the number."""
    content = after.content
    language, symbol = str(content["language"]), str(content["symbol"])
    kind = phrase("redline", language, before=before.label, after=after.label)
    head = TitleBlock(title=content["title"], kind=kind, symbol=symbol, version=f"{before.label} → {after.label}")
    hashes = tuple((f"{phrase('hash', language)}: {each.label}", text(each.hash)) for each in (before, after))
    legend = Note(text(phrase("redline_legend", language)))
    parts = (legend, *_text(before.content, content), Colophon(hashes))
    origin = Origin(symbol, f"{before.label} - {after.label}", after.hash)
    return Outline(head, language, parts, running_line(symbol, kind), origin)


def _text(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Part]:
    rows = {row["w_id"]: row for content in (before, after) for row in content["paragraphs"]}
    headings: Sequence[Mapping[str, Any]] = after["parts"]
    here = None
    for change in changes(before, after):
        row = rows.get(change.w_id)
        part = row["part"] if row and change.kind != "withdrawn" else here
        if row and part != here and part and part <= len(headings):
            here = part
            yield Heading(1, text(headings[part - 1]["heading"]), f"{headings[part - 1]['number']}.")
        yield Paragraph(_words(change), anchor=change.w_id)


def _words(change: Change) -> Text:
    """Number, words and weight words, each as it was and as it is."""
    number = _both(_dotted(change.was_number), _dotted(change.number))
    weight = _both(_bracketed(change.was_weight), _bracketed(change.weight))
    return (*number, *text("\t" if number else ""), *(_run(each.kind, each.text) for each in change.words), *weight)


def _run(kind: str, words: str) -> Run:
    """What stayed is set without its marks; what changed as it is typed, its marks being part of the change."""
    return Run(unmarked(words)) if kind == "same" else Run(words, change=kind)


def _both(was: str, now: str) -> Text:
    return text(was) if was == now else text(Run(was, change="removed"), Run(now, change="added"))


def _dotted(number: str | None) -> str:
    return f"{number}." if number and number[-1].isalnum() else number or ""


def _bracketed(weight: str | None) -> str:
    return f" ({weight})" if weight else ""
