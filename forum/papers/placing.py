"""Where each paragraph of a document stands on its paper: every one of them stands somewhere, whatever its kind.

A layout names the blocks of a paper, and a text may hold what none of them was made for: closing words of a report
that has no block for them, a box in a summary, a paragraph in no part. The hash of the text covers it, its readers find
it in the contract, so the paper prints it: in its place in the text, as near as the layout allows.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..rendering.papers.facts import (
    Block,
    BoxFacts,
    BulletFacts,
    ConclusionFacts,
    ConclusionGroup,
    ParagraphFacts,
    QuoteFacts,
    RecommendationFacts,
    SectionFacts,
    SubheadFacts,
)
from .in_common import Json, labels
from .reserved import Reserved

# Where a paragraph may stand: blocks of a layout by their names, and before and after them what none of them takes.
FIRST, REST = "first", "rest"
_OWN_BLOCK = {"PREAMBLE": "preamble", "CLOSING": "closing", "CONCLUSION": "conclusions"}


@dataclass
class Placed:
    """The paragraphs of a document on a paper with these blocks."""

    document: Json
    paragraphs: Sequence[Json]
    blocks: set[str]
    reserved: Reserved

    def __post_init__(self) -> None:
        self.by_id: Mapping[str, Json] = {p["id"]: p for p in self.paragraphs}
        self.below: dict[str, list[Json]] = {}
        for p in self.paragraphs:
            if above := self._above(p):
                self.below.setdefault(above["id"], []).append(p)
        self.tops = [p for p in self.paragraphs if self._above(p) is None]
        self.homes: dict[str, str] = {}
        begun = False
        for p in self.tops:
            home = self.homes[p["id"]] = self._home(p, begun)
            begun = begun or home in ("sections", "conclusions", "recommendations")

    # ---- what stands where
    def in_block(self, name: str, foot: bool = False) -> tuple[Block, ...]:
        """What stands in a block of the layout, in order. `foot`: reservations stand at the foot of its paragraphs."""
        tops = [p for p in self.tops if self.homes[p["id"]] == name]
        return tuple(self._blocks(tops, foot))

    def sections(self) -> tuple[SectionFacts, ...]:
        """All parts with what stands in them; a part that is empty keeps its heading, and its number."""
        return tuple(
            SectionFacts(part["heading"], tuple(self._blocks(self._within(part, "sections"), True)), part["number"])
            for part in self.document["parts"]
            if part["id"] not in self._taken()
        )

    def conclusions(self) -> tuple[ConclusionGroup, ...]:
        """What stands in the block of conclusions, by part; where parts have a block of their own, without headings."""
        tops = [p for p in self.tops if self.homes[p["id"]] == "conclusions"]
        if "sections" in self.blocks:
            return (ConclusionGroup("", tuple(self._blocks(tops, True))),) if tops else ()
        loose = [p for p in tops if not p["part"]]
        groups = [ConclusionGroup("", tuple(self._blocks(loose, True)))] if loose else []
        for part in self.document["parts"]:
            if part["id"] not in self._taken():
                within = tuple(self._blocks(self._within(part, "conclusions"), True))
                groups.append(ConclusionGroup(part["heading"], within, part["number"]))
        return tuple(groups)

    def recommendations(self) -> tuple[Block, ...]:
        """All recommendations in order, each with its text; the headings of further parts in which only they stand."""
        return tuple(self._recommendations())

    def recommendations_part(self) -> Json | None:
        """The part whose heading stands above the recommendations: the first in which nothing else stands."""
        return next((part for part in self.document["parts"] if part["id"] in self._taken()), None)

    def rest(self) -> tuple[Block, ...]:
        """What no block takes and stands after the text proper: with it the recommendations, where they have none."""
        blocks = self.in_block(REST, True)
        headed = not {"sections", "conclusions"} & self.blocks
        headings = [_headed(part) for part in self.document["parts"] if headed]
        return (*headings, *blocks, *(() if "recommendations" in self.blocks else self.recommendations()))

    # ---- how it is told
    def _above(self, p: Json) -> Json | None:
        """What it hangs under; none where that is not printed with it."""
        above = self.by_id.get(p["parent"]["id"]) if p["parent"] else None
        return above if above and _of(above) == _of(p) else None

    def _home(self, p: Json, begun: bool) -> str:
        if p["recommendation"]:
            return "recommendations"
        own = _OWN_BLOCK.get(p["kind"])
        if own in self.blocks:
            return str(own)
        if p["part"]:
            return next((name for name in ("sections", "conclusions") if name in self.blocks), REST)
        if "paragraphs" in self.blocks and p["kind"] != "CLOSING":
            return "paragraphs"
        if begun or p["kind"] == "CLOSING":
            return REST
        return "opening" if "opening" in self.blocks else FIRST

    def _within(self, part: Json, block: str) -> list[Json]:
        tops = [p for p in self.tops if p["part"] and p["part"]["id"] == part["id"]]
        return [p for p in tops if self.homes[p["id"]] == block]

    def _taken(self) -> set[str]:
        """The parts in which nothing stands but recommendations: their headings stand above these."""
        if "recommendations" not in self.blocks:
            return set()
        others = {p["part"]["id"] for p in self.tops if p["part"] and not p["recommendation"]}
        return {p["part"]["id"] for p in self.tops if p["part"] and p["recommendation"]} - others

    def _recommendations(self) -> Iterator[Block]:
        first = self.recommendations_part()
        headed = {first["id"]} if first else set()
        parts = {part["id"]: part for part in self.document["parts"] if part["id"] in self._taken()}
        for recommendation in self.document["recommendations"]:
            own = [p for p in self.tops if _of(p) == recommendation["id"]]
            here = next((p["part"]["id"] for p in own if p["part"]), None)
            if here in parts and here not in headed:
                headed.add(here)
                yield _headed(parts[here])
            yield RecommendationFacts(
                recommendation["heading"],
                tuple(self._blocks(own, True)),
                recommendation["addressee"] or "",
                recommendation["fate"] or "",
            )

    def _blocks(self, tops: Sequence[Json], foot: bool) -> Iterator[Block]:
        points: list[ParagraphFacts] = []
        for p in tops:
            if p["kind"] == "BULLET":
                points += self._points(p, foot)
                continue
            if points:
                yield BulletFacts(tuple(points))
                points = []
            yield from self._block(p, foot)
        if points:
            yield BulletFacts(tuple(points))

    def _block(self, p: Json, foot: bool) -> Iterator[Block]:
        below = self.below.get(p["id"], [])
        match p["kind"]:
            case "CONCLUSION":
                yield self._conclusion(p)
            case "BOX":
                body = [self._facts(p, foot, number=""), *self._blocks(below, foot)]
                plain = tuple(b for b in body if isinstance(b, ParagraphFacts | BulletFacts))
                yield BoxFacts(p["number"] or str(self._nth_box(p)), "", plain)
                yield from (b for b in body if not isinstance(b, ParagraphFacts | BulletFacts))
            case "QUOTE":
                yield QuoteFacts(self._facts(p, foot))
                yield from self._blocks(below, foot)
            case _:
                yield self._facts(p, foot)
                yield from self._blocks(below, foot)

    def _points(self, p: Json, foot: bool) -> Iterator[ParagraphFacts]:
        """A point, and what hangs under it as points after it."""
        for point in self._family(p):
            yield self._facts(point, foot)

    def _family(self, p: Json) -> Iterator[Json]:
        yield p
        for below in self.below.get(p["id"], ()):
            yield from self._family(below)

    def _conclusion(self, conclusion: Json) -> ConclusionFacts:
        _, *bullets = self._family(conclusion)
        sources = dict.fromkeys(
            source for p in (conclusion, *bullets) for source in labels(p, self.document["language"])
        )
        return ConclusionFacts(
            conclusion["number"] or "",
            conclusion["text"]["markdown"],
            tuple(_as_point(b) for b in bullets),
            tuple(sources),
            self.reserved.under(conclusion, *bullets),
            conclusion["weight"] or "",
            conclusion["wId"],
            tuple(b["wId"] for b in bullets),
        )

    def _facts(self, p: Json, foot: bool, number: str | None = None) -> ParagraphFacts:
        notes = self.reserved.under(p) if foot else ()
        own = p["number"] or "" if number is None else number
        return ParagraphFacts(p["text"]["markdown"], own, self._sources(p), notes, p["weight"] or "", p["wId"])

    def _sources(self, p: Json) -> tuple[str, ...]:
        return labels(p, self.document["language"])

    def _nth_box(self, p: Json) -> int:
        return 1 + [box["id"] for box in self.paragraphs if box["kind"] == "BOX"].index(p["id"])


def _of(p: Json) -> str | None:
    """The recommendation whose text it is."""
    return p["recommendation"]["id"] if p["recommendation"] else None


def _as_point(p: Json) -> str:
    """A point of a conclusion, with a number of its own and its weight words where it has them."""
    number, weight = f"{p['number']} " if p["number"] else "", f" ({p['weight']})" if p["weight"] else ""
    return f"{number}{p['text']['markdown']}{weight}"


def _headed(part: Json) -> SubheadFacts:
    return SubheadFacts(part["heading"], part["number"], level=1)
