"""The paper of a document: facts and a layout -> outline. The layout says which blocks stand on it, in which order."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from ...errors import InvalidValue
from ..outline import Contents, Heading, NewPage, Outline, Part, Rule, TitleBlock
from . import annexes, prose
from .facts import PaperFacts
from .front import colophon, running_line
from .laid import Laid
from .words import word


def paper(facts: PaperFacts, layout: Sequence[Laid]) -> Outline:
    """The outline: the title, the blocks in the order of the layout, and the colophon, which no layout leaves out.

    Blocks without facts print nothing. Refuses (`InvalidValue`) a block that is not in `BLOCKS`.
    """
    language = facts.imprint.language
    parts: list[Part] = []
    wide = False
    unplaced = _unplaced(facts, layout)
    for n, laid in enumerate(layout):
        if laid.block not in BLOCKS:
            raise InvalidValue(reason=f"This version of the papers has no block {laid.block}. Use a newer one.")
        parts += unplaced.get(n, ())
        before = sum(1 for part in parts if isinstance(part, Heading) and part.number)
        printed = BLOCKS[laid.block](facts, laid, before)
        if printed and wide and laid.block not in _BELOW:
            parts.append(NewPage())
            wide = False
        parts += printed
        wide = wide or (bool(printed) and laid.block in _WIDE)
    parts += unplaced.get(len(layout), ())
    parts.append(colophon(facts.imprint))
    cover = any(laid.block == "cover" for laid in layout)
    running = (facts.imprint.symbol, facts.kind or facts.title) if cover else (facts.series, facts.kind)
    return Outline(_title(facts, cover), language, tuple(parts), running_line(*running), facts.imprint.origin)


def _unplaced(facts: PaperFacts, layout: Sequence[Laid]) -> dict[int, list[Part]]:
    """What no block of the layout prints, by the place of the block before which it stands: a paper leaves out nothing
    that its hash covers."""
    names = [laid.block for laid in layout]
    begins = next((n for n, name in enumerate(names) if name in _TEXT), None)
    ends = max((n + 1 for n, name in enumerate(names) if name in (*_BEFORE, *_TEXT)), default=None)
    if ends is None:
        ends = next((n for n, name in enumerate(names) if name not in _FRONT), len(names))
    first, rest = (
        prose.blocks(several, Laid("paragraphs"), facts.imprint.language) for several in (facts.first, facts.rest)
    )
    if rest and facts.recommendations:
        rest = [Rule(), *rest]  # it belongs to none of them
    return {begins: first, ends: rest} if begins is not None and begins != ends else {ends: [*first, *rest]}


def _title(facts: PaperFacts, cover: bool) -> TitleBlock:
    imprint = facts.imprint
    return TitleBlock(
        title=facts.title,
        series=facts.series,
        subtitles=facts.subtitles,
        kind=facts.kind,
        symbol=imprint.symbol,
        version=imprint.version,
        date=imprint.date,
        cover=cover,
    )


def _head(facts: PaperFacts, laid: Laid, before: int) -> list[Part]:
    """Nothing: the title is the outline's own, and stands first wherever the layout names it."""
    return []


def _contents(facts: PaperFacts, laid: Laid, before: int) -> list[Part]:
    return [Contents(laid.heading or word("contents", facts.imprint.language), depth=2), NewPage()]


# What a block prints: (facts, how it is laid out, numbered headings before it) -> parts; nothing where it has no facts.
BLOCKS: Mapping[str, Callable[[PaperFacts, Laid, int], list[Part]]] = MappingProxyType(
    {
        "cover": _head,
        "head": _head,
        "contents": _contents,
        "meeting": annexes.meeting,
        "opening": prose.opening,
        "paragraphs": prose.paragraphs,
        "preamble": prose.preamble,
        "sections": prose.sections,
        "conclusions": prose.conclusions,
        "recommendations": prose.recommendations,
        "closing": prose.closing,
        "practices": annexes.practices,
        "contributors": annexes.contributors,
        "responses": annexes.responses,
        "reservations": annexes.reservations,
        "disclaimer": annexes.disclaimer,
        "summary_disclaimer": annexes.summary_disclaimer,
    }
)
_FRONT = ("cover", "head", "contents", "meeting")
_BEFORE = ("opening", "paragraphs", "preamble")
_TEXT = ("sections", "conclusions", "recommendations")
_WIDE = ("practices",)  # printed on turned paper; what follows stands upright again,
_BELOW = ("disclaimer", "summary_disclaimer")  # but for the few lines that need no page of their own
