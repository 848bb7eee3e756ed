"""How a kind of document is laid out on paper: the blocks there are, and the layout of a kind that gives none."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from .definition_parts import Document, PaperPart
from .vocabulary import BLOCKS

FOOTNOTES, LINE, NONE = "footnotes", "line", "none"


@dataclass(frozen=True)
class Block:
    """What a block prints. `headed`: it can have a heading of the file's own. `sources`: where it names the sources of
    its paragraphs unless the file says otherwise; empty where it never names any. `acts`: it stays empty unless a track
    that makes the document gives one of these acts."""

    headed: bool = True
    sources: str = ""
    acts: tuple[str, ...] = ()


_INPUTS = ("submit_contribution", "record_contribution", "receive_contribution")
_ANSWERS = ("record_disposition", "record_joint_disposition")

RULES: Mapping[str, Block] = MappingProxyType(
    {
        "cover": Block(headed=False),
        "head": Block(headed=False),
        "contents": Block(),
        "meeting": Block(acts=("record_meeting",)),
        "opening": Block(sources=NONE),
        "paragraphs": Block(sources=FOOTNOTES),
        "preamble": Block(sources=NONE),
        "sections": Block(headed=False, sources=FOOTNOTES),
        "conclusions": Block(sources=FOOTNOTES),
        "recommendations": Block(sources=FOOTNOTES),
        "closing": Block(sources=NONE),
        "practices": Block(acts=_INPUTS),
        "contributors": Block(acts=_INPUTS),
        "responses": Block(acts=_ANSWERS),
        "reservations": Block(),
        "disclaimer": Block(headed=False),
        "summary_disclaimer": Block(headed=False),
    }
)
# Of each of these a paper holds one at most: both print the same words.
EITHER = (("cover", "head"), ("opening", "paragraphs"), ("disclaimer", "summary_disclaimer"))

REPORT = ("cover", "contents", "opening", "sections", "recommendations", "reservations", "disclaimer")
SUMMARY = ("head", "meeting", "preamble", "conclusions", "closing", "reservations", "summary_disclaimer")

# Definitions from before layouts describe a kind by the words of its `outline`: what was drawn of it then is drawn
# still, and the annex that its authors were told of wherever the words promise it.
_CONCLUDES, _ANNEXED = "conclusions", "annex_of_practices"


def layout(document: Document | None) -> tuple[PaperPart, ...]:
    """The layout of a kind: its own, or else the one of its `outline`, or else `REPORT`; so also for a kind that the
    process does not have."""
    if document is not None and document.layout:
        return document.layout
    words = document.outline if document else ()
    blocks: tuple[str, ...] = SUMMARY if _CONCLUDES in words else REPORT
    if _ANNEXED in words:
        at = blocks.index("reservations")
        blocks = (*blocks[:at], "practices", *blocks[at:])
    return tuple(PaperPart(block) for block in blocks)


def heading(part: PaperPart, language: str) -> str | None:
    """The heading that the file gives a part in a language: in the very tag, else in its primary language ("zh" for
    "zh-Hans"); None where it gives none."""
    return part.heading.get(language, part.heading.get(language.split("-")[0]))


def sources(part: PaperPart) -> str:
    """Where a part names the sources of its paragraphs: one of `vocabulary.SOURCES`."""
    return part.sources or (RULES[part.block].sources if part.block in RULES else "") or NONE


def known(parts: tuple[PaperPart, ...]) -> Iterator[PaperPart]:
    """The parts that this version of the service can draw."""
    return (part for part in parts if part.block in BLOCKS)
