"""A process as a picture: a column for each track, its stages from top to bottom, arrows for the ways on and back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from . import svg
from .calendar_scale import COLOURS, INK, SOFT
from .process_parts import Box, Chart, Paper, Path

GROUNDS = {"call": "#eef5fb", "consultation": "#eef8f2", "silence": "#fdf7ea", "end": "#f2f4f6", "": "#f4f3fa"}
HAND, CLOCK = "#34475a", "#b7791f"
COLUMN, MARGIN, GAP, PAD = 430.0, 20.0, 34.0, 14.0
BROADEST = 700.0  # a broader column is no easier to read
GUTTER = 16.0  # the room of a way that goes round at the side; of many, less each
SIDE_MOST = 96.0
BOLD = 0.92  # bold letters are broader than the estimate


@dataclass(frozen=True)
class _Line:
    """A line of words in a box, with its place in it and the sign before it."""

    words: str
    size: float
    indent: float = 0
    fill: str = INK
    weight: str = ""
    italic: bool = False
    sign: str = ""


def draw(chart: Chart, wide: float = 1400) -> bytes:
    """The picture, at most `wide` units wide; tracks stand side by side as far as there is room. The same chart gives
    the same bytes."""
    columns = max(1, min(len(chart.paths), int((wide - MARGIN) // COLUMN)))
    room = min(BROADEST, (wide - MARGIN * (columns + 1)) / columns)
    wide = columns * (room + MARGIN) + MARGIN
    parts = [svg.text(MARGIN, 38, svg.fitted(chart.title, 22, wide - 2 * MARGIN), 22, weight="bold")]
    parts.append(svg.text(MARGIN, 58, svg.fitted(chart.version, 12, wide - 2 * MARGIN), 12, fill=SOFT))
    legend, y = _legend(wide, 82)
    parts += legend
    for first in range(0, len(chart.paths), columns):
        bottom = y
        for number, path in enumerate(chart.paths[first : first + columns]):
            drawn, end = _path(path, MARGIN + number * (room + MARGIN), y, room)
            parts += drawn
            bottom = max(bottom, end)
        y = bottom + MARGIN
    about = " ".join(_summary(path) for path in chart.paths)
    return svg.frame(parts, wide, y, f"{chart.title} ({chart.version})", about, _heads()).encode()


def _summary(path: Path) -> str:
    stages = "; ".join(
        f"{box.title} ({', '.join(way.words for way in box.ways)})" if box.ways else box.title for box in path.boxes
    )
    return f"{path.title}: {stages}."


def _heads() -> str:
    return "".join(
        f'<marker id="{name}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        f'<path d="M0 0.5l7.5 3.5l-7.5 3.5z" fill="{colour}"/></marker>'
        for name, colour in (("hand", HAND), ("clock", CLOCK))
    )


# ---- a track
def _path(path: Path, x: float, y: float, room: float) -> tuple[list[str], float]:
    parts: list[str] = []
    title = svg.lines(path.title, 15, room - 2 * PAD, 2)
    for number, line in enumerate(title):
        parts.append(svg.text(x + PAD, y + 26 + 19 * number, line, 15, weight="bold"))
    at = y + 26 + 19 * len(title)
    for note in path.notes:
        for line in svg.lines(note, 11, room - 2 * PAD):
            parts.append(svg.text(x + PAD, at, line, 11, fill=SOFT))
            at += 15
    sides = _sides(path.boxes)
    left, right = (
        _gutter(max((slot for _, _, side, slot, _ in sides if side == which), default=-1) + 1) for which in (0, 1)
    )
    inner = (x + PAD + left, room - 2 * PAD - left - right)
    tops: list[tuple[float, float]] = []
    at += 8
    for number, box in enumerate(path.boxes):
        drawn, high = _box(box, number, inner[0], at, inner[1])
        parts += drawn
        tops.append((at, high))
        at += high + GAP
    parts += _down(path.boxes, tops, inner)
    parts += (_round(arrow, tops, inner, left, right, sides) for arrow in sides)
    at = at - GAP + 18
    if path.papers:
        parts.append(svg.text(x + PAD, at + 8, "What comes out", 12, weight="bold"))
        at += 18
    for paper in path.papers:
        drawn, high = _paper(paper, x + PAD, at, room - 2 * PAD)
        parts += drawn
        at += high + 8
    frame = svg.shape(
        "rect", x=x, y=y, width=room, height=at + 6 - y, rx=6, fill="none", stroke="#d5dce3", stroke_width=1.2
    )
    return [frame, *parts], at + 6


def _box(box: Box, number: int, x: float, y: float, room: float) -> tuple[list[str], float]:
    lines = list(_lines(box, number, room - 2 * PAD))
    high = 14 + sum(line.size + 5 for line in lines)
    strong = COLOURS[box.runs][0]
    radius = min(16, high / 2) if box.runs == "end" else 5
    parts = [
        svg.shape(
            "rect",
            x=x,
            y=y,
            width=room,
            height=high,
            rx=radius,
            fill=GROUNDS[box.runs],
            stroke=strong,
            stroke_width=1.4,
        ),
    ]
    if box.runs != "end":
        parts.append(svg.shape("rect", x=x, y=y + 4, width=5, height=high - 8, fill=strong))
    at = y + 7
    for line in lines:
        at += line.size + 5
        if line.sign:
            parts.append(_sign(line.sign, x + PAD, at - 4))
        if line.words:
            left = x + PAD + line.indent
            parts.append(
                svg.text(left, at - 2, line.words, line.size, fill=line.fill, weight=line.weight, italic=line.italic)
            )
    return parts, high


def _lines(box: Box, number: int, room: float) -> Iterator[_Line]:
    for line in svg.lines(f"{number + 1}. {box.title}", 14, room * BOLD, 3):
        yield _Line(line, 14, weight="bold", fill=COLOURS[box.runs][0] if box.runs != "end" else INK)
    if box.begins:
        yield _Line("The track begins here.", 11, fill=SOFT, italic=True)
    if box.runs == "end":
        yield _Line("The track ends here.", 11, fill=SOFT, italic=True)
    for words in (box.dates, *box.notes):
        for line in svg.lines(words, 11, room) if words else ():
            yield _Line(line, 11, fill=SOFT)
    for who, acts in box.people:
        for line in svg.lines(who, 11.5, room * BOLD):
            yield _Line(line, 11.5, weight="bold")
        for line in svg.lines(acts, 11.5, room - 10):
            yield _Line(line, 11.5, indent=10)
    if box.ways:
        yield _Line("", 1)
    for way in box.ways:
        sign = "clock" if way.clock else "hand" if way.to > number else "back"
        for n, line in enumerate(svg.lines(way.words, 11, room - 22)):
            yield _Line(line, 11, indent=22, fill=CLOCK if way.clock else HAND, sign="" if n else sign)


def _sign(name: str, x: float, y: float) -> str:
    if name == "clock":
        face = svg.shape("circle", cx=x + 7, cy=y - 1, r=6, fill="#ffffff", stroke=CLOCK, stroke_width=1.4)
        return face + svg.shape("path", d=f"M{x + 7:.1f} {y - 5:.1f}v4h3", fill="none", stroke=CLOCK, stroke_width=1.4)
    way = f"M{x:.1f} {y - 1:.1f}h13" if name == "hand" else f"M{x + 14:.1f} {y - 1:.1f}h-13"
    return svg.shape("path", d=way, stroke=HAND, stroke_width=1.6, fill="none", marker_end="url(#hand)")


def _paper(paper: Paper, x: float, y: float, room: float) -> tuple[list[str], float]:
    title = svg.lines(paper.title, 12, room - 44)
    notes = [line for note in paper.notes for line in svg.lines(note, 11, room - 44)]
    high = 12 + 16 * len(title) + 14 * len(notes)
    parts = [
        svg.shape("rect", x=x, y=y, width=room, height=high, rx=3, fill="#fbfaf6", stroke="#d9cfb4"),
        svg.shape("path", d=f"M{x + 10:.1f} {y + 9:.1f}h9l4 4v12h-13z", fill="#ffffff", stroke="#7a4a12"),
    ]
    at = y + 4
    for line in title:
        at += 16
        parts.append(svg.text(x + 34, at, line, 12, weight="bold"))
    for line in notes:
        at += 14
        parts.append(svg.text(x + 34, at, line, 11, fill=SOFT))
    return parts, high


# ---- arrows
Side = tuple[int, int, int, int, bool]  # from, to, 0 left (back) or 1 right (on), its slot, by the clock


def _down(boxes: Sequence[Box], tops: list[tuple[float, float]], inner: tuple[float, float]) -> Iterator[str]:
    """The short arrows to the next stage."""
    for number, box in enumerate(boxes):
        kinds = sorted({way.clock for way in box.ways if way.to == number + 1})
        for place, clock in enumerate(kinds):
            x = inner[0] + inner[1] / 2 + (place * 36 - 18 if len(kinds) > 1 else 0)
            begin, end = sum(tops[number]), tops[number + 1][0] - 1
            yield _arrow(f"M{x:.1f} {begin:.1f}V{end:.1f}", clock)


def _sides(boxes: Sequence[Box]) -> list[Side]:
    """The other arrows, each with a slot at the side in which nothing crosses it; short ones lie inside."""
    asked = {
        (number, way.to, way.clock)
        for number, box in enumerate(boxes)
        for way in box.ways
        if way.to not in (number, number + 1)
    }
    taken: list[list[list[tuple[int, int]]]] = [[], []]
    arrows = []
    for begin, end, clock in sorted(asked, key=lambda way: (abs(way[1] - way[0]), way)):
        side = 1 if end > begin else 0
        low, high = min(begin, end), max(begin, end)
        slots = taken[side]
        slot = next((n for n, held in enumerate(slots) if all(high < a or low > b for a, b in held)), len(slots))
        if slot == len(slots):
            slots.append([])
        slots[slot].append((low, high))
        arrows.append((begin, end, side, slot, clock))
    return arrows


def _gutter(slots: int) -> float:
    return min(SIDE_MOST, 6 + GUTTER * slots) if slots else 0


def _round(
    arrow: Side,
    tops: list[tuple[float, float]],
    inner: tuple[float, float],
    left: float,
    right: float,
    sides: list[Side],
) -> str:
    begin, end, side, slot, clock = arrow
    slots = max(other[3] for other in sides if other[2] == side) + 1
    step = (slot + 1) * (right if side else left) / (slots + 0.4)
    edge = inner[0] + inner[1] if side else inner[0]
    out = edge + step if side else edge - step
    # Where several leave or come in at one box, each has its own height.
    leaves = sorted(other for other in sides if other[0] == begin and other[2] == side)
    comes = sorted(other for other in sides if other[1] == end and other[2] == side)
    y1 = tops[begin][0] + tops[begin][1] * (leaves.index(arrow) + 1) / (len(leaves) + 1) * 0.5 + tops[begin][1] * 0.5
    y2 = tops[end][0] + tops[end][1] * (comes.index(arrow) + 1) / (len(comes) + 1) * 0.5
    r = min(6.0, step / 2) * (1 if side else -1)
    down = 6.0 if y2 > y1 else -6.0
    outward = f"M{edge:.1f} {y1:.1f}H{out - r:.1f}Q{out:.1f} {y1:.1f} {out:.1f} {y1 + down:.1f}"
    back = f"V{y2 - down:.1f}Q{out:.1f} {y2:.1f} {out - r:.1f} {y2:.1f}H{edge + (1 if side else -1):.1f}"
    path = outward + back
    return _arrow(path, clock)


def _arrow(path: str, clock: bool) -> str:
    dashes = {"stroke_dasharray": "5 4"} if clock else {}
    colour, head = (CLOCK, "url(#clock)") if clock else (HAND, "url(#hand)")
    return svg.shape("path", d=path, fill="none", stroke=colour, stroke_width=1.6, marker_end=head, **dashes)


def _legend(wide: float, y: float) -> tuple[list[str], float]:
    keys = [("somebody moves it on, by hand", "hand"), ("it moves by itself, by the clock", "clock")]
    keys += [
        ("call for inputs", "call"),
        ("consultation", "consultation"),
        ("silence", "silence"),
        ("other work", ""),
        ("the end", "end"),
    ]
    parts: list[str] = []
    x = MARGIN
    for words, kind in keys:
        step = 24 + svg.width(words, 11) + 14
        if x + step > wide:
            x, y = MARGIN, y + 19
        if kind in ("hand", "clock"):
            parts.append(_sign(kind, x, y - 3))
        else:
            parts.append(
                svg.shape("rect", x=x, y=y - 10, width=15, height=12, rx=2, fill=GROUNDS[kind], stroke=COLOURS[kind][0])
            )
        parts.append(svg.text(x + 22, y, words, 11, fill=SOFT))
        x += step
    return parts, y + 18
