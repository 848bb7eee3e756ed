"""What the paper of a document consists of, as its process says."""

import enum
from typing import Any

import strawberry

from ...reading import derived
from ...reading.declare import python
from ...workflow import layouts
from ...workflow.vocabulary import BLOCKS
from .common import value
from .process_words import definition

_Blocks: Any = enum.Enum("PaperBlock", {name.upper(): value(name, says) for name, says in BLOCKS.items()})  # type: ignore[misc]  # its members are the vocabulary of processes
PaperBlock: Any = strawberry.enum(_Blocks, description="What a part of a paper prints; nothing where there is nothing.")


@strawberry.enum(description="Where a part of a paper names what its paragraphs were made from.")
class PaperSources(enum.Enum):
    FOOTNOTES = value("footnotes", "In footnotes.")
    LINE = value("line", "In a line below each paragraph.")
    NONE = value("none", "Nowhere.")


@strawberry.type(description="A part of the paper of a document.")
class PaperPart:
    block: PaperBlock = strawberry.field(description="What it prints.")
    heading: str | None = strawberry.field(
        description="Its heading in the language of the document, where the process gives one."
    )
    sources: PaperSources = strawberry.field(description="Where it names the sources of its paragraphs.")


def _layout(kind: str, language: str, text: str | None) -> list[PaperPart]:
    """The parts, as far as this version of the service knows their blocks. A recorded edition has no process."""
    kinds = definition(text).documents if text else {}
    return [
        PaperPart(
            block=part.block, heading=layouts.heading(part, language), sources=PaperSources(layouts.sources(part))
        )
        for part in layouts.known(layouts.layout(kinds.get(kind)))
    ]


def layout_here() -> Any:
    """The field of a document."""
    return python(
        _layout,
        needs={
            "kind": lambda row: row.c.kind,
            "language": lambda row: row.c.language,
            "text": derived.process("text"),
        },
        description="What its paper consists of, in order: as its process says, or else as is usual for its kind.",
    )
