"""The rows of a calendar's picture: a stage as a bar, a meeting or a due text as a mark, each with its dates."""

from collections.abc import Iterator

from . import svg
from .calendar_parts import Bar, Happening, local, long_day, short_day
from .calendar_scale import COLOURS, DUE, INK, MEETING, ON, ROW, SOFT, Row, Scale


def drawn(row: Row, scale: Scale, y: float, step: float) -> Iterator[str]:
    """One row of the picture: its words, and its bar or mark on the calendar. `y`: its top; `step`: its height."""
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


def _bar(bar: Bar, zone: str, scale: Scale, y: float) -> Iterator[str]:
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
        corners = ((x, y - 7), (x + 18, y - 7), (x + 26, y), (x + 18, y + 7), (x, y + 7))
        points = " ".join(f"{across:.1f},{down:.1f}" for across, down in corners)
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
        yield diamond(end, y, INK)
    timed = bar.runs in ("call", "consultation", "silence")
    fill = ON if timed and bar.closes and not scale.works(bar.closes, zone) else SOFT
    yield from _beside(_span(bar, zone), x, x + wide, scale, y, 11 if timed else 6, fill)


def _span(bar: Bar, zone: str) -> str:
    closes = bar.closes or bar.ends
    begins = f"{short_day(local(bar.begins, zone))}" if bar.begins else ""
    ends = f"{short_day(local(closes, zone))}, {local(closes, zone):%H:%M}" if closes else ""
    return f"{begins} – {ends}" if begins and ends else f"from {begins}" if begins else f"until {ends}"


def _beside(
    words: str, begin: float, end: float, scale: Scale, y: float, gap: float = 6, fill: str = SOFT
) -> Iterator[str]:
    """Words behind a mark, or before it where there is no room behind; on white, whatever lies behind them."""
    wide = svg.width(words, 10.5)
    after = end + gap + wide <= scale.right
    # On a narrow page with a long bar there may be room on neither side: then they lie on it.
    edge = begin - 6 if begin - 6 - wide >= 4 else scale.right
    x = end + gap if after else edge - wide
    yield svg.shape("rect", x=x - 2, y=y - 6, width=wide * 0.94 + 4, height=13, fill="#ffffff", opacity="0.8")
    yield svg.text(x if after else edge, y + 4, words, 10.5, fill=fill, anchor="start" if after else "end")


def diamond(x: float, y: float, fill: str) -> str:
    """The sign of a deadline."""
    return svg.shape(
        "path", d=f"M{x:.1f} {y - 8:.1f}l5.5 8l-5.5 8l-5.5-8z", fill=fill, stroke="#ffffff", stroke_width=1
    )


def _mark(entry: Happening, scale: Scale, y: float) -> Iterator[str]:
    x = scale.x(entry.at, entry.zone)
    local_time = local(entry.at, entry.zone)
    title = f"{entry.label}: {entry.title}, {long_day(local_time.date())}, {local_time:%H:%M} ({entry.zone})"
    end = x + 6
    if entry.kind == "meeting":
        end = max(scale.x(entry.until, entry.zone) if entry.until else x, x + 8)
        yield svg.shape(
            "rect",
            title,
            x=x,
            y=y - 8,
            width=end - x,
            height=16,
            rx=3,
            fill=MEETING,
            opacity="1" if entry.yours else "0.45",
        )
    else:
        yield svg.shape(
            "path",
            title,
            d=f"M{x:.1f} {y + 8:.1f}v-16l11 5l-11 5",
            fill=DUE if entry.kind == "due" else INK,
            stroke=INK,
        )
        end = x + 12
    note = f" – {entry.off}" if entry.off and local_time.weekday() < 5 else ""
    yield from _beside(
        f"{short_day(local_time)}, {local_time:%H:%M}{note}", x, end, scale, y, fill=ON if entry.off else SOFT
    )
