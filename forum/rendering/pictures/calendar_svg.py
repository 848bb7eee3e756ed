"""A calendar as a picture: tracks as lanes, stages as bars; deadlines, meetings, due texts, days off, a legend."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import chain

from . import svg
from .calendar_parts import Happening, Sheet, local, long_day, month, short_day
from .calendar_rows import diamond, drawn
from .calendar_scale import COLOURS, DUE, INK, MEETING, NAMES, OFF, ON, ROW, RULE, SOFT, STRIPE, Row, Scale


def draw(sheet: Sheet, wide: float = 1200) -> bytes:
    """The picture, so many units wide; the same calendar gives the same bytes."""
    scale = Scale(sheet, wide)
    head = list(_head(sheet, scale))
    top = 62.0 + 16 * len(head) + 40
    rows = list(_rows(sheet))
    step = ROW + (16 if scale.narrow else 0)
    bottom = top + sum(_high(row, step) for row in rows) + 6
    parts = [
        svg.text(24, 38, svg.fitted(sheet.title, 22, wide - 48), 22, weight="bold"),
        *(svg.text(24, 60 + 16 * number, line, 12, fill=SOFT) for number, line in enumerate(head)),
        *_ground(sheet, scale, top, bottom),
        *(_today(sheet.on, scale, top, bottom) if sheet.on else ()),
    ]
    y = top
    for row in rows:
        parts += drawn(row, scale, y, step)
        y += _high(row, step)
    legend, high = _legend(scale, bottom + 26, with_on=bool(sheet.on))
    about = f"A timeline of {len(sheet.lanes)} tracks from {long_day(scale.first)} to {long_day(scale.last)}. "
    about += " ".join(
        f"{entry.label}: {entry.title}, {long_day(local(entry.at, entry.zone).date())}."
        for entry in sheet.happenings
        if entry.kind != "reminder"
    )
    return svg.frame(
        [*parts, *legend], wide, high, f"{sheet.title} ({sheet.version}): rehearsal", about, _HATCH
    ).encode()


_HATCH = (
    '<pattern id="late" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="6" height="6" fill="#ffffff"/><rect width="2.5" height="6" fill="#1f6fb2"/></pattern>'
)


def _head(sheet: Sheet, scale: Scale) -> Iterator[str]:
    lines = [
        f"{sheet.version}. Rehearsal from {long_day(sheet.starts)}, read as {sheet.who.title}. Days in {sheet.zone}."
    ]
    if not any(bar.begins for lane in sheet.lanes for bar in lane.bars):
        lines.append("No stage of this definition has a date yet.")
    for anchor in sheet.anchors:
        why = "; placed here, no date was given" if anchor.placed else ""
        lines.append(f"{anchor.title}: {long_day(local(anchor.at, anchor.zone).date())}{why}.")
    for words in lines:
        yield from svg.lines(words, 12, scale.wide - 48)


def _rows(sheet: Sheet) -> Iterator[Row]:
    for lane in sheet.lanes:
        yield Row(lane.title, head=True)
        yield from (Row(bar.title, bar=bar, zone=lane.zone) for bar in lane.bars)
        yield from (
            _marked(entry)
            for entry in sheet.happenings
            if entry.track == lane.title and entry.kind in ("meeting", "due")
        )
    loose = [entry for entry in sheet.happenings if not entry.track]
    if loose:
        yield Row("Dates", head=True)
        yield from map(_marked, loose)


def _marked(entry: Happening) -> Row:
    return Row(entry.title, mark=entry, zone=entry.zone)


def _high(row: Row, step: float) -> float:
    return ROW + 6 if row.head else step


# ---- behind the rows
def _ground(sheet: Sheet, scale: Scale, top: float, bottom: float) -> Iterator[str]:
    day = scale.first
    weekends = []
    while day < scale.last:
        if day.weekday() == 5 and scale.day >= 1.4:
            weekends.append(
                svg.shape("rect", x=scale.on(day), y=top, width=2 * scale.day, height=bottom - top, fill=STRIPE)
            )
        day += timedelta(days=1)
    yield svg.group(weekends)
    yield from _months(scale, top, bottom)
    for off, name in sheet.days_off:
        title = f"{name}, {long_day(off)}"
        yield svg.shape("rect", title, x=scale.on(off), y=top, width=max(scale.day, 1.5), height=bottom - top, fill=OFF)
    yield svg.shape("line", x1=scale.left, y1=top, x2=scale.right, y2=top, stroke=INK, stroke_width=1)


def _months(scale: Scale, top: float, bottom: float) -> Iterator[str]:
    day = scale.first.replace(day=1)
    edges = []
    while day <= scale.last:
        edges.append(day)
        day = (day + timedelta(days=32)).replace(day=1)
    written = ""
    for begin, end in zip(edges, [*edges[1:], day], strict=True):
        x = max(scale.on(max(begin, scale.first)), scale.left)
        room = min(scale.on(min(end, scale.last)), scale.right) - x
        yield svg.shape("line", x1=x, y1=top - 18, x2=x, y2=bottom, stroke=RULE, stroke_width=1)
        name = next((n for n in (month(begin), month(begin)[:3], month(begin)[:1]) if svg.width(n, 11) + 4 < room), "")
        yield svg.text(x + 3, top - 6, name, 11, fill=SOFT)
        if str(begin.year) != written and x + 34 < scale.right:
            written = str(begin.year)
            yield svg.text(x + 3, top - 22, written, 12, weight="bold")


def _today(on: date, scale: Scale, top: float, bottom: float) -> Iterator[str]:
    x = scale.on(on) + scale.day / 2
    yield svg.shape("line", x1=x, y1=top - 18, x2=x, y2=bottom, stroke=ON, stroke_width=1.5, stroke_dasharray="4 3")
    half = svg.width(short_day(on), 11) / 2 + 6
    x = min(max(x, scale.left + half), scale.right - half)
    yield svg.shape("rect", x=x - half, y=bottom - 1, width=2 * half, height=18, rx=4, fill=ON)
    yield svg.text(x, bottom + 12, short_day(on), 11, fill="#ffffff", anchor="middle", weight="bold")


# ---- what the signs mean
def _legend(scale: Scale, y: float, with_on: bool) -> tuple[list[str], float]:
    keys: list[tuple[str, Callable[[float, float], str]]] = [
        (NAMES[runs], _swatch(COLOURS[runs][0])) for runs in ("call", "consultation", "silence", "")
    ]  # fmt: skip
    keys += [
        ("pale: asks nothing of you", _swatch(COLOURS[""][1])),
        (
            "late inputs",
            lambda x, at: svg.shape("rect", x=x, y=at - 10, width=18, height=12, fill="url(#late)", stroke="#1f6fb2"),
        ),
        ("deadline", lambda x, at: diamond(x + 9, at - 4, INK)),
        ("meeting", _swatch(MEETING)),
        (
            "text due",
            lambda x, at: svg.shape("path", d=f"M{x + 4:.1f} {at + 3:.1f}v-16l11 5l-11 5", fill=DUE, stroke=INK),
        ),
        ("UN holiday", _swatch(OFF)),
        ("weekend", _swatch("#e3e7eb")),
        ("a date in red: no working day", _swatch(ON)),
    ]
    if with_on:
        keys.append(("the day asked about", _dashes))
    placed: list[tuple[float, float]] = []
    x, row = 24.0, 0
    for words, _ in keys:
        step = 26 + svg.width(words, 11) + 16
        if x + step > scale.right + 20:
            x, row = 24.0, row + 1
        placed.append((x, y + 14 + 20 * row))
        x += step
    signs = (
        (sign(x, at), svg.text(x + 24, at, words, 11, fill=SOFT))
        for (words, sign), (x, at) in zip(keys, placed, strict=True)
    )
    return list(chain.from_iterable(signs)), y + 34 + 20 * row


def _swatch(fill: str) -> Callable[[float, float], str]:
    return lambda x, at: svg.shape("rect", x=x, y=at - 10, width=18, height=12, rx=2, fill=fill)


def _dashes(x: float, y: float) -> str:
    return svg.shape("line", x1=x + 9, y1=y - 12, x2=x + 9, y2=y + 4, stroke=ON, stroke_width=2, stroke_dasharray="4 3")
