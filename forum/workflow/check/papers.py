"""Layouts of papers: blocks that are there, can be filled, and leave out nothing that has to be on paper."""

from collections.abc import Iterator

from ..compare.phrases import listed
from ..definition_parts import Document, PaperPart
from ..finding import Finding
from ..layouts import EITHER, NONE, RULES
from ..process import Process, Track
from ..toml_table import hint
from ..vocabulary import BLOCKS


def findings(process: Process) -> Iterator[Finding]:
    """Every fault of a layout. A kind that gives none is drawn as it always was: there is nothing to find."""
    for document in process.documents.values():
        tracks = [track for track in process.tracks.values() if document.kind in track.documents]
        for part in document.layout:
            if part.block not in BLOCKS:
                text = f"The paper of {document.kind} has the block {part.block}, which does not exist."
                yield Finding("unknown_block", text, hint(part.block, BLOCKS), part.line)
            else:
                yield from _without_effect(document, part)
                yield from _headings(document, part)
                yield from _empty(document, part, tracks)
        if document.layout:
            yield from _twice(document)
            yield from _reservations(process, document)


def _twice(document: Document) -> Iterator[Finding]:
    earlier: dict[str, PaperPart] = {}
    for part in document.layout:
        others = {part.block, *(block for pair in EITHER if part.block in pair for block in pair)}
        for other in (block for block in earlier if block in others):
            text = f"The paper of {document.kind} prints the same twice: {other} and {part.block}."
            yield Finding("block_twice", text, "Take one of them out.", part.line)
        earlier.setdefault(part.block, part)


def _without_effect(document: Document, part: PaperPart) -> Iterator[Finding]:
    for name, present, has_place in (
        ("heading", bool(part.heading), RULES[part.block].headed),
        ("sources", bool(part.sources), bool(RULES[part.block].sources)),
    ):
        if present and not has_place:
            text = f"{part.block} on the paper of {document.kind} is given {name}, and has no place for it."
            yield Finding("key_without_effect", text, f"Take `{name}` out.", part.line)


def _headings(document: Document, part: PaperPart) -> Iterator[Finding]:
    """A heading that is missing where the text may be in that language. In the languages of the service's own words a
    paper would mix both."""
    missing = [tag for tag in document.languages if not {tag, tag.split("-")[0]} & part.heading.keys()]
    if part.heading and missing:
        text = f"{document.kind} may be in {listed(missing)}, and the heading of {part.block} is not given there."
        yield Finding("heading_missing", text, f'Add {missing[0]} = "..." to its heading.', part.line)


def _empty(document: Document, part: PaperPart, tracks: list[Track]) -> Iterator[Finding]:
    """A block that nothing on the tracks of the document can ever fill."""
    acts = RULES[part.block].acts
    if not acts or not tracks or any(track.stages_with(act) for track in tracks for act in acts):
        return
    remedy = f"Take {part.block} out, or give {listed(acts, last='or')} on a track that makes it."
    if part.block == "meeting":
        text = f"The paper of {document.kind} prints facts of a meeting, and no track that makes it records one."
        yield Finding("block_without_meeting", text, remedy, part.line)
    else:
        text = f"The paper of {document.kind} has the block {part.block}, and nothing on its tracks can fill it."
        yield Finding("block_stays_empty", text, remedy, part.line)


def _reservations(process: Process, document: Document) -> Iterator[Finding]:
    closing = process.closings.get(document.closing)
    printed = any(part.block == "reservations" for part in document.layout)
    if closing and closing.name == "no_objection" and closing.reservations != NONE and not printed:
        text = f"{document.kind} can pass with reservations, and its paper has no place for them."
        remedy = f'Add "reservations" to its layout, or write reservations = "none" under [closings.{closing.id}].'
        yield Finding("reservations_not_printed", text, remedy, document.layout[0].line)
