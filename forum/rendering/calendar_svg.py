"""A calendar as a picture: tracks as lanes, stages as bars, deadlines, meetings, texts that are due, days off, a legend."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain

from forum.rendering import svg
from forum.rendering.calendar_parts import Bar, Happening, Sheet, local, long_day, month, short_day

INK, SOFT, RULE, STRIPE = "#1d2b3a", "#5b6b7b", "#d5dce3", "#f2f4f6"
# Of what runs in a stage: its colour for those of whom it asks something, and a paler one for the others.
COLOURS = {
    "call": ("#1f6fb2", "#bcd6ec"), "consultation": ("#2b8a5a", "#bfe0cf"), "silence": ("#b7791f", "#f0d9ab"),
    "end": ("#5b6b7b", "#cfd6dd"), "": ("#5f5aa2", "#d3d1ea"),
}  # fmt: skip
NAMES = {
    "call": "call for inputs",
    "consultation": "consultation",
    "silence": "silence",
    "": "other stages",
    "end": "the end",
}
MEETING, DUE, ON, OFF = "#9b2c5e", "#7a4a12", "#c0272d", "#e8b4b4"
ROW, NARROW = 30.0, 800.0


@dataclass(frozen=True)
class Row:
    """One line of the picture: its words at the left, what it draws, its height."""

    title: str
    head: bool = False
    bar: Bar | None = None
    mark: Happening | None = None
    zone: str = "UTC"


class _Scale:
    """Days to places on the page."""

    def __init__(self, sheet: Sheet, wide: float) -> None:
        self.wide = wide
        self.narrow = wide < NARROW
        last = max((local(one.until or one.at, one.zone).date() for one in sheet.happenings), default=sheet.starts)
        self.first = sheet.starts - timedelta(days=3)
        self.last = max(last, sheet.on or last, sheet.starts + timedelta(days=28)) + timedelta(days=10)
        self.left = 24.0 if self.narrow else max(220.0, wide * 0.25)
        self.right = wide - 24.0
        self.off = frozenset(day for day, _ in sheet.days_off)
        self.day = (self.right - self.left) / (self.last - self.first).days

    def x(self, at: datetime, zone: str) -> float:
        there = local(at, zone)
        return self.on(there.date()) + self.day * (there.hour * 60 + there.minute) / 1440

    def works(self, at: datetime, zone: str) -> bool:
        """Whether it is a working day there."""
        there = local(at, zone).date()
        return there.weekday() < 5 and there not in self.off

    def on(self, day: date) -> float:
        return self.left + self.day * max(-1, (day - self.first).days)


def draw(sheet: Sheet, wide: float = 1200) -> bytes:
    """The picture, so many units wide; the same calendar gives the same bytes."""
    scale = _Scale(sheet, wide)
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
        parts += _row(row, scale, y, step)
        y += _high(row, step)
    legend, high = _legend(scale, bottom + 26, with_on=bool(sheet.on))
    about = f"A timeline of {len(sheet.lanes)} tracks from {long_day(scale.first)} to {long_day(scale.last)}. " + " ".join(
        f"{one.label}: {one.title}, {long_day(local(one.at, one.zone).date())}." for one in sheet.happenings if one.kind != "reminder"
    )  # fmt: skip
    return svg.frame(
        [*parts, *legend], wide, high, f"{sheet.title} ({sheet.version}): rehearsal", about, _HATCH
    ).encode()


_HATCH = (
    '<pattern id="late" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="6" height="6" fill="#ffffff"/><rect width="2.5" height="6" fill="#1f6fb2"/></pattern>'
)


def _head(sheet: Sheet, scale: _Scale) -> Iterator[str]:
    said = [
        f"{sheet.version}. Rehearsal from {long_day(sheet.starts)}, read as {sheet.who.title}. Days in {sheet.zone}."
    ]
    if not any(bar.begins for lane in sheet.lanes for bar in lane.bars):
        said.append("No stage of this definition has a date yet.")
    for one in sheet.anchors:
        why = "; placed here, no date was given" if one.placed else ""
        said.append(f"{one.title}: {long_day(local(one.at, one.zone).date())}{why}.")
    for words in said:
        yield from svg.lines(words, 12, scale.wide - 48)


def _rows(sheet: Sheet) -> Iterator[Row]:
    for lane in sheet.lanes:
        yield Row(lane.title, head=True)
        yield from (Row(bar.title, bar=bar, zone=lane.zone) for bar in lane.bars)
        yield from (
            _marked(one) for one in sheet.happenings if one.track == lane.title and one.kind in ("meeting", "due")
        )
    loose = [one for one in sheet.happenings if not one.track]
    if loose:
        yield Row("Dates", head=True)
        yield from map(_marked, loose)


def _marked(one: Happening) -> Row:
    return Row(one.title, mark=one, zone=one.zone)


def _high(row: Row, step: float) -> float:
    return ROW + 6 if row.head else step


# ---- behind the rows
def _ground(sheet: Sheet, scale: _Scale, top: float, bottom: float) -> Iterator[str]:
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


def _months(scale: _Scale, top: float, bottom: float) -> Iterator[str]:
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


def _today(on: date, scale: _Scale, top: float, bottom: float) -> Iterator[str]:
    x = scale.on(on) + scale.day / 2
    yield svg.shape("line", x1=x, y1=top - 18, x2=x, y2=bottom, stroke=ON, stroke_width=1.5, stroke_dasharray="4 3")
    half = svg.width(short_day(on), 11) / 2 + 6
    x = min(max(x, scale.left + half), scale.right - half)
    yield svg.shape("rect", x=x - half, y=bottom - 1, width=2 * half, height=18, rx=4, fill=ON)
    yield svg.text(x, bottom + 12, short_day(on), 11, fill="#ffffff", anchor="middle", weight="bold")


# ---- rows
def _row(row: Row, scale: _Scale, y: float, step: float) -> Iterator[str]:
    if row.head:
        yield svg.shape("rect", x=12, y=y + 4, width=scale.wide - 24, height=ROW - 4, fill="#e9eef3", rx=3)
        yield svg.text(24, y + 22, svg.fitted(row.title, 13, scale.wide - 60), 13, weight="bold")
        return
    room = scale.right - scale.left if scale.narrow else scale.left - 48
    if scale.narrow:
        words = [svg.fitted(row.title, 12, room)]
        yield svg.shape(
            "rect", x=22, y=y + 4, width=svg.width(words[0], 12) + 4, height=15, fill="#ffffff", opacity="0.8"
        )
        yield svg.text(24, y + 15, words[0], 12)
    else:
        words = (
            svg.lines(row.title, 12, room, 1) if svg.width(row.title, 12) <= room else svg.lines(row.title, 11, room, 2)
        )
        first = y + (20 if len(words) == 1 else 14)
        yield from (
            svg.text(34, first + 13 * number, line, 12 if len(words) == 1 else 11) for number, line in enumerate(words)
        )
    middle = y + (step - 14 if scale.narrow else step / 2 + 1)
    if row.bar:
        yield from _bar(row.bar, row.zone, scale, middle)
    elif row.mark:
        yield from _mark(row.mark, scale, middle)


def _bar(bar: Bar, zone: str, scale: _Scale, y: float) -> Iterator[str]:
    if bar.begins is None and bar.closes is None:
        yield svg.text(scale.left + 4, y + 4, "no date", 11, fill=SOFT, italic=True)
        return
    strong, pale = COLOURS[bar.runs]
    x = scale.x(bar.begins, zone) if bar.begins else scale.left
    closes = bar.closes or bar.ends
    end = scale.x(closes, zone) if closes else x + 26
    wide = max(end - x, 3)
    fill = strong if bar.says else pale
    title = f"{bar.title}: {_span(bar, zone)}. {'; '.join(bar.says)}"
    if closes:
        yield svg.shape("rect", title, x=x, y=y - 7, width=wide, height=14, rx=2, fill=fill)
    else:  # it goes on: nothing says how long
        points = f"{x:.1f},{y - 7:.1f} {x + 18:.1f},{y - 7:.1f} {x + 26:.1f},{y:.1f} {x + 18:.1f},{y + 7:.1f} {x:.1f},{y + 7:.1f}"
        yield svg.shape("polygon", title, points=points, fill=fill)
    if bar.closes and bar.ends and bar.ends > bar.closes and bar.runs == "call":
        late = max(scale.x(bar.ends, zone) - end, 3)
        yield svg.shape(
            "rect",
            "late inputs are still taken",
            x=end,
            y=y - 7,
            width=late,
            height=14,
            fill="url(#late)",
            stroke=strong,
        )
        wide += late
    if bar.closes and bar.runs in ("call", "consultation", "silence"):
        yield _diamond(end, y, INK)
    timed = bar.runs in ("call", "consultation", "silence")
    fill = ON if timed and bar.closes and not scale.works(bar.closes, zone) else SOFT
    yield from _beside(_span(bar, zone), x, x + wide, scale, y, 11 if timed else 6, fill)


def _span(bar: Bar, zone: str) -> str:
    closes = bar.closes or bar.ends
    begins = f"{short_day(local(bar.begins, zone))}" if bar.begins else ""
    ends = f"{short_day(local(closes, zone))}, {local(closes, zone):%H:%M}" if closes else ""
    return f"{begins} – {ends}" if begins and ends else f"from {begins}" if begins else f"until {ends}"


def _beside(
    words: str, begin: float, end: float, scale: _Scale, y: float, gap: float = 6, fill: str = SOFT
) -> Iterator[str]:
    """Words behind a mark, or before it where there is no room behind; on white, whatever lies behind them."""
    wide = svg.width(words, 10.5)
    after = end + gap + wide <= scale.right
    # On a narrow page with a long bar there may be room on neither side: then they lie on it.
    edge = begin - 6 if begin - 6 - wide >= 4 else scale.right
    x = end + gap if after else edge - wide
    yield svg.shape("rect", x=x - 2, y=y - 6, width=wide * 0.94 + 4, height=13, fill="#ffffff", opacity="0.8")
    yield svg.text(x if after else edge, y + 4, words, 10.5, fill=fill, anchor="start" if after else "end")


def _diamond(x: float, y: float, fill: str) -> str:
    return svg.shape(
        "path", d=f"M{x:.1f} {y - 8:.1f}l5.5 8l-5.5 8l-5.5-8z", fill=fill, stroke="#ffffff", stroke_width=1
    )


def _mark(one: Happening, scale: _Scale, y: float) -> Iterator[str]:
    x = scale.x(one.at, one.zone)
    there = local(one.at, one.zone)
    title = f"{one.label}: {one.title}, {long_day(there.date())}, {there:%H:%M} ({one.zone})"
    end = x + 6
    if one.kind == "meeting":
        end = max(scale.x(one.until, one.zone) if one.until else x, x + 8)
        yield svg.shape(
            "rect",
            title,
            x=x,
            y=y - 8,
            width=end - x,
            height=16,
            rx=3,
            fill=MEETING,
            opacity="1" if one.yours else "0.45",
        )
    else:
        yield svg.shape(
            "path", title, d=f"M{x:.1f} {y + 8:.1f}v-16l11 5l-11 5", fill=DUE if one.kind == "due" else INK, stroke=INK
        )
        end = x + 12
    note = f" – {one.off}" if one.off and there.weekday() < 5 else ""
    yield from _beside(f"{short_day(there)}, {there:%H:%M}{note}", x, end, scale, y, fill=ON if one.off else SOFT)


# ---- what the signs mean
def _legend(scale: _Scale, y: float, with_on: bool) -> tuple[list[str], float]:
    keys: list[tuple[str, Callable[[float, float], str]]] = [
        (NAMES[runs], _swatch(COLOURS[runs][0])) for runs in ("call", "consultation", "silence", "")
    ]  # fmt: skip
    keys += [
        ("pale: asks nothing of you", _swatch(COLOURS[""][1])),
        (
            "late inputs",
            lambda x, at: svg.shape("rect", x=x, y=at - 10, width=18, height=12, fill="url(#late)", stroke="#1f6fb2"),
        ),
        ("deadline", lambda x, at: _diamond(x + 9, at - 4, INK)),
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
    drawn = (
        (sign(x, at), svg.text(x + 24, at, words, 11, fill=SOFT))
        for (words, sign), (x, at) in zip(keys, placed, strict=True)
    )
    return list(chain.from_iterable(drawn)), y + 34 + 20 * row


def _swatch(fill: str) -> Callable[[float, float], str]:
    return lambda x, at: svg.shape("rect", x=x, y=at - 10, width=18, height=12, rx=2, fill=fill)


def _dashes(x: float, y: float) -> str:
    return svg.shape("line", x1=x + 9, y1=y - 12, x2=x + 9, y2=y + 4, stroke=ON, stroke_width=2, stroke_dasharray="4 3")
