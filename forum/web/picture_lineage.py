"""How far an input travelled, or from how far a text comes: step by step, and through which layers of the review."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from .page_words import Words
from .picture import Canvas, framed

_LAYERS = ("GLOBAL", "GFMD", "REGIONAL", "NATIONAL", "LOCAL")  # from top to bottom
_ROW = 62  # pixels: the name of a layer, and the dots under it


def layer_of(end: Mapping[str, Any] | None) -> str:
    """The layer at which a thing of the lineage stands; empty where it says none."""
    if not end:
        return ""
    if layer := end.get("layer"):
        return str(layer)
    forum = (end.get("edition") or end.get("document") or {}).get("forum")
    return str(forum["layer"]) if forum else ""


def counted(steps: Sequence[Mapping[str, Any]]) -> Mapping[tuple[str, int], int]:
    """How many things there are at each layer and step."""
    return Counter((layer_of(step["end"]), step["depth"]) for step in steps)


def layers_of(steps: Sequence[Mapping[str, Any]]) -> list[str]:
    """The layers that occur, the global one first; last, as an empty word, what says none."""
    there = {layer for layer, _ in counted(steps)}
    return [layer for layer in (*_LAYERS, "") if layer in there]


def lineage_picture(steps: Sequence[Mapping[str, Any]], titles: Sequence[str], words: Words, name: str) -> Markup:
    """A row for each layer, a column for each step, and where they meet a dot with how many there are."""
    layers, counts, canvas = layers_of(steps), counted(steps), Canvas(words)
    if not layers:
        return Markup("")
    far = max(depth for _, depth in counts)
    parts = []
    for number, title in enumerate(titles):
        y = number * _ROW + 38
        parts.append(
            Markup('<line class="month" x1="0%" x2="100%" y1="{0}" y2="{0}"/>').format(number * _ROW + _ROW - 4)
        )
        parts.append(canvas.text(0, number * _ROW + 15, title))
        for depth in range(1, far + 1):
            if count := counts.get((layers[number], depth)):
                x = 100 * (depth - 0.5) / far
                parts.append(canvas.dot("reached", x, y, 15))
                parts.append(canvas.text(x, y + 5, str(count), "middle", "count"))
    for depth in range(1, far + 1):
        x = 100 * (depth - 0.5) / far
        parts.append(canvas.text(x, len(layers) * _ROW + 18, str(depth), "middle", "small"))
    return framed(parts, len(layers) * _ROW + 26, name, "lineage")
