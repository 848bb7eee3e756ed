"""How far an input travelled, or from how far a text comes: step by step, which came of which, and through which layers
of the review."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from .page_words import Words
from .picture import Canvas, element, framed

_LAYERS = ("GLOBAL", "GFMD", "REGIONAL", "NATIONAL", "LOCAL")  # from top to bottom
_ROW = 62  # pixels: the name of a layer, and the dots under it
Step = Mapping[str, Any]
Cell = tuple[str, int]  # a layer and a step; the thing itself stands at step 0


@dataclass
class Branch:
    """A step with those that go on from it, as a nested list says it."""

    step: Step
    onward: list["Branch"] = field(default_factory=list)


def layer_of(end: Mapping[str, Any] | None) -> str:
    """The layer at which a thing of the lineage stands; empty where it says none."""
    if not end:
        return ""
    if layer := end.get("layer"):
        return str(layer)
    forum = (end.get("edition") or end.get("document") or {}).get("forum")
    return str(forum["layer"]) if forum else ""


def counted(steps: Sequence[Step]) -> Mapping[Cell, int]:
    """How many things there are at each layer and step."""
    return Counter((layer_of(step["end"]), step["depth"]) for step in steps)


def layers_of(thing: Mapping[str, Any]) -> list[str]:
    """The layers that occur, that of the thing itself included: the global one first; last, as an empty word, what says
    none."""
    there = {layer_of(thing), *(layer for layer, _ in counted(thing["lineage"]))}
    return [layer for layer in (*_LAYERS, "") if layer in there]


def lineage_tree(thing: Mapping[str, Any]) -> list[Branch]:
    """The steps, each under the one before it; what does not say where it comes from stands last, by itself."""
    branches = {step["end"]["id"]: Branch(step) for step in thing["lineage"] if step["previous"]}
    first: list[Branch] = []
    alone = [Branch(step) for step in thing["lineage"] if not step["previous"]]
    for branch in branches.values():
        previous = branch.step["previous"]["id"]
        before = branches.get(previous) if previous != thing["id"] else None
        (before.onward if before else first).append(branch)
    return [*first, *alone]


def edges(thing: Mapping[str, Any]) -> Mapping[tuple[Cell, Cell], int]:
    """How many ways lead from one layer and step to the next."""
    known = [step for step in thing["lineage"] if step["previous"]]
    cells: dict[str, Cell] = {step["end"]["id"]: (layer_of(step["end"]), step["depth"]) for step in known}
    begins = {**cells, thing["id"]: (layer_of(thing), 0)}
    return Counter((begins[step["previous"]["id"]], cells[step["end"]["id"]]) for step in known)


def lineage_picture(thing: Mapping[str, Any], titles: Sequence[str], words: Words, name: str) -> Markup:
    """A row for each layer, a column for each step, where they meet a dot with how many there are, and a line from dot
    to dot where one came of the other. The thing itself stands before the first step."""
    layers, counts = layers_of(thing), {**counted(thing["lineage"]), (layer_of(thing), 0): 1}
    if not thing["lineage"]:
        return Markup("")
    far = max(depth for _, depth in counts)
    plan = _Plan(Canvas(words), {layer: row for row, layer in enumerate(layers)}, far + 1)
    parts = [*plan.rows(titles), *map(plan.way, edges(thing)), *plan.dots(counts), *plan.feet(range(1, far + 1))]
    return framed(parts, len(layers) * _ROW + 26, name, "lineage")


@dataclass(frozen=True)
class _Plan:
    """Where layers and steps stand."""

    canvas: Canvas
    rows_of: Mapping[str, int]
    columns: int

    def place(self, cell: Cell) -> tuple[float, float]:
        layer, depth = cell
        return 100 * (depth + 0.5) / self.columns, self.rows_of[layer] * _ROW + 38

    def rows(self, titles: Sequence[str]) -> Iterator[Markup]:
        for number, title in enumerate(titles):
            foot = number * _ROW + _ROW - 4
            yield element('<line class="month" x1="0%" x2="100%" y1="{0}" y2="{0}"/>', foot)
            yield self.canvas.text(0, number * _ROW + 15, title)

    def way(self, ends: tuple[Cell, Cell]) -> Markup:
        return self.canvas.way("way", self.place(ends[0]), self.place(ends[1]))

    def dots(self, counts: Mapping[Cell, int]) -> Iterator[Markup]:
        for cell, count in counts.items():
            x, y = self.place(cell)
            yield self.canvas.dot("reached" if cell[1] else "start", x, y, 15 if cell[1] else 8)
            if cell[1]:
                yield self.canvas.text(x, y + 5, str(count), "middle", "count")

    def feet(self, depths: range) -> Iterator[Markup]:
        for depth in depths:
            x = 100 * (depth + 0.5) / self.columns
            yield self.canvas.text(x, len(self.rows_of) * _ROW + 18, str(depth), "middle", "small")
