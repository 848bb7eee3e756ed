"""Two versions of the parts beside the tracks, in words: dates, bodies, meetings, closings, documents, texts.

A field without a sentence of its own is described by its label: every field of the model has a sentence.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from ...spoken_words import plain
from ...worded import same
from ..definition_parts import Closing, Document, Moves, PaperPart, Transmission
from ..layouts import layout, sources
from ..when import When, span
from .phrases import capital, in_words, listed, longer, titled

# What a field is called in a sentence, where its name alone would not do. "What: label is now X; it was Y."
_LABELS: Mapping[str, str] = {
    "Anchor.at": "the date from which it is counted",
    "Body.at_most": "the most there may be of it",
    "Body.convened_by": "those who convene it",
    "Body.months": "the months for which it is set up",
    "Body.power": "its power",
    "Chair.holders": "how many hold it together",
    "Chair.months": "the months of a term",
    "Closing.by": "who closes the text",
    "Closing.name": "the way in which the text ends",
    "Closing.reminder_hours": "how many hours before a silence ends people are reminded",
    "Closing.reservations": "the place where reservations are printed",
    "Closing.word_on_paper": "the sentence on screen and paper",
    "Document.closing": "the way in which it is closed",
    "Document.due": "the date by which it must be out",
    "Document.gates": "what must be answered before it can be closed",
    "Document.languages": "the languages it comes in, the authoritative one first",
    "Document.meeting": "the meeting it is for",
    "Document.layout": "what its paper consists of",
    "Document.most_words": "the most words it may have (0: no limit)",
    "Document.outline": "its outline, from before there were layouts",
    "Document.sources": "the documents that must be out before it",
    "Document.then": "the way in which it is closed once more",
    "Document.visibility": "who reads it once it is closed",
    "Meeting.at": "when it begins",
    "Meeting.format": "its format",
    "Meeting.lasts": "how long it lasts",
    "Meeting.mechanisms": "the mechanisms that may come",
    "Meeting.statuses": "those who may come, by status",
    "Minimums.call": "the shortest call for contributions",
    "Minimums.consultation": "the shortest consultation",
    "Minimums.silence": "the shortest silence",
    "Minimums.translation": "the shortest time for translation",
    "Process.comments": "who sees comments on a draft",
    "Process.ends": "when an edition ends by itself",
    "Process.language": "the language of its words",
    "Process.layer": "its review layer",
    "Process.name": "its name",
    "Process.version": "its version",
    "Process.zone": "the zone of its dates",
    "Reminders.days": "the days before a deadline on which addressees are reminded",
    "Reminders.through": "the roles through which addressees are reminded",
    "Repeat.at_most": "how many of them an edition may run",
    "Repeat.body": "the body for which each is run",
    "Repeat.themes": "how many themes each may take (0: any number)",
    "Track.after": "the track that must have ended first",
    "Track.comments": "who sees comments on its drafts",
    "Track.convened_by": "those who convene it",
    "Track.documents": "the documents it makes",
    "Track.feeds": "the meeting it must be ready for",
    "Track.initial": "the stage it begins at",
    "Track.reviews": "whether each of them reviews somebody who takes part",
    "Track.rights": "the rights of its convenors",
    "Track.voluntary": "whether it is only for those who wish",
    "Track.zone": "the zone of its dates",
}


def differing(subject: str, old: Any, new: Any, skip: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """(field, sentence) for each field of two values of one type that differs, but for those to skip."""
    cls = type(new)
    for f in fields(cls):
        before, after = getattr(old, f.name), getattr(new, f.name)
        if not f.compare or f.name in skip or same(before, after):
            continue
        label = _LABELS.get(f"{cls.__name__}.{f.name}", f"its {plain(f.name)}")
        if is_dataclass(after) and is_dataclass(before) and type(before) is type(after) and not isinstance(after, When):
            yield from differing(subject, before, after)
        elif (cls, f.name) == (Document, "layout"):
            yield f.name, _layout(subject, old, new)
        elif (cls, f.name) == (Closing, "hours"):
            yield (
                f.name,
                f"{subject}: the silence is {longer(span(f'{before} hours'), span(f'{after} hours'))}, {after} hours.",
            )
        else:
            yield f.name, f"{subject}: {label} is now {in_words(after)}; it was {in_words(before)}."


def _layout(subject: str, old: Document, new: Document) -> str:
    """The two layouts as they are drawn, so that a layout now written down and the usual one before it are the same."""
    before, after = ([_part(part) for part in layout(document)] for document in (old, new))
    if before == after:
        return f"{subject}: what its paper consists of is written down in another way; the paper is the same."
    return f"{subject}: its paper now consists of {listed(after)}; it consisted of {listed(before)}."


def _part(part: PaperPart) -> str:
    """A part of a paper in words: "conclusions (headed "Messages" in en; sources in a line)"."""
    headings = [f'"{words}" in {tag}' for tag, words in part.heading.items()]
    how = [f"headed {listed(headings)}"] if headings else []
    how += (
        [_SOURCES.get(sources(part), plain(sources(part)))] if sources(part) != sources(PaperPart(part.block)) else []
    )
    return f"{plain(part.block)} ({'; '.join(how)})" if how else plain(part.block)


_SOURCES = {"footnotes": "sources in footnotes", "line": "sources in a line below", "none": "without sources"}


def named(kind: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(field, sentence) for tables by name, such as closings: what is new, what is gone, what differs. `kind`: what one
    of them is called. The field is "" where the whole thing came or went."""
    for name in dict.fromkeys((*new, *old)):
        before, after = old.get(name), new.get(name)
        if before is None:
            yield "", f"There is a new {kind}: {titled(name, after, old, new)}."
        elif after is None:
            yield "", f"There is no {kind} {titled(name, before, old, new)} any longer."
        else:
            yield from differing(f"{capital(kind)} {titled(name, after, old, new)}", before, after)


def sentences(kind: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    """Texts by name, such as dispositions."""
    for name in dict.fromkeys((*new, *old)):
        before, after = old.get(name), new.get(name)
        if before is None:
            yield f"There is a new {kind}, {plain(name)}: {in_words(after)}."
        elif after is None:
            yield f"There is no {kind} {plain(name)} any longer; it was {in_words(before)}."
        elif not same(before, after):
            yield f"{capital(kind)} {plain(name)}: it now reads {in_words(after)}; it was {in_words(before)}."


def transmissions(old: tuple[Transmission, ...], new: tuple[Transmission, ...]) -> Iterator[str]:
    """Where documents may go; blocks of the same document count together."""
    if old == new:
        return
    some = False
    for document in dict.fromkeys(transmission.document for transmission in (*new, *old)):
        before, after = _ways(old, document), _ways(new, document)
        for change, ways in (
            ("may now go", [w for w in after if w not in before]),
            ("may no longer go", [w for w in before if w not in after]),
        ):
            if ways:
                some = True
                yield f"{capital(plain(document))} {change} to {listed(ways)}."
    if not some:
        yield "Where the documents may go is written down in another way; it is the same."


def _ways(sent: tuple[Transmission, ...], document: str) -> list[str]:
    mine = [transmission for transmission in sent if transmission.document == document]
    ways = [f"{plain(way)}" for transmission in mine for way in transmission.to]
    ways += ["bodies outside this service"] if any(transmission.outside for transmission in mine) else []
    return list(dict.fromkeys(ways))


def moves(old: tuple[Moves, ...], new: tuple[Moves, ...]) -> Iterator[str]:
    """What becomes of running editions."""
    if old == new:
        return
    before, after = {block.version: block for block in old}, {block.version: block for block in new}
    changed = [version for version in dict.fromkeys((*after, *before)) if before.get(version) != after.get(version)]
    for version in changed:
        if version not in after:
            yield f"It no longer says what becomes of editions under version {version}."
        else:
            otherwise = " otherwise" if version in before else ""
            yield f"It says{otherwise} what becomes of editions under version {version}: {_moved(after[version])}."
    if not changed:
        yield "What becomes of editions under earlier versions stands in another order."


def _moved(block: Moves) -> str:
    tracks = [f"the track {plain(old)} goes on as {plain(new)}" for old, new in block.tracks.items()]
    stages = [
        f"on {plain(t)}, {plain(old)} goes on as {plain(new)}"
        for t, named in block.stages.items()
        for old, new in named.items()
    ]
    return "; ".join([*tracks, *stages]) or "all keep their names"
