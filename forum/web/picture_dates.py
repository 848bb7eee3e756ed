"""What has a date in a track or an edition, as rows: the table of a page and the timeline above it are made of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_skeleton
from markupsafe import Markup

from .page_words import Words
from .picture import Canvas, framed

_TOP, _HEAD, _ROW, _FOOT = 26, 34, 40, 24  # pixels: the months above, a track, a row, the word of today below
_MOST_MONTHS = 5
_MARGIN = 2.0  # per cent at both ends
_THIN = 0.8  # per cent: the least that is still seen of a bar


@dataclass(frozen=True)
class Row:
    """Something with dates. `kind`: stage, call, comments, silence, meeting or anchor; `days`: it has days, and no
    clock times."""

    kind: str
    title: str
    begins: datetime | None
    ends: datetime | None
    zone: str
    address: str = ""
    of: str = ""  # the track, where there are several
    days: bool = False
    extended: bool = False

    @property
    def span(self) -> tuple[datetime, datetime] | None:
        """From when to when it is; an instant, where there is only one date; None where there is none."""
        begins, ends = self.begins or self.ends, self.ends or self.begins
        return (begins, ends) if begins and ends else None


def rows_of_track(track: Mapping[str, Any], zone: str, of: str = "") -> list[Row]:
    """The stages of a track in their order, its calls and its meetings."""
    titles = {stage["name"]: stage["title"] for stage in track["stages"]}
    order = list(titles)
    windows = sorted(track["windows"], key=lambda window: (window["stage"] not in titles, _place(order, window)))
    rows = [
        Row("stage", titles.get(window["stage"], window["stage"]), _at(window["opensAt"]), _at(window["closesAt"]),
            window["timeZone"], of=of, extended=window["extended"])
        for window in windows
    ]  # fmt: skip
    calls = [_call(call, of) for call in track["calls"]["nodes"]]
    return [*rows, *calls, *(_meeting(meeting, zone, of) for meeting in track["meetings"]["nodes"])]


def rows_of_edition(edition: Mapping[str, Any], words: Words) -> list[Row]:
    """What has a date in an edition: its fixed dates, then its tracks, its other meetings, the rounds on its texts."""
    zone = edition["zone"]
    rows = [
        Row("anchor", words.term("Anchor", anchor["name"]), _at(anchor["at"]), None, zone)
        for anchor in edition["anchors"]
    ]
    for track in edition["tracks"]:
        rows += rows_of_track(track, zone, track["title"])
    own = {meeting["id"] for track in edition["tracks"] for meeting in track["meetings"]["nodes"]}
    rows += [_meeting(m, zone) for m in edition["meetings"]["nodes"] if m["id"] not in own]
    for document in edition["documents"]["nodes"]:
        rows += _rounds(document, zone)
    return rows


def timeline(rows: Sequence[Row], now: str, words: Words, name: str, today: str) -> Markup:
    """The rows along one line of time. `name`: what listeners hear; `today`: the word under the line of now. Nothing
    where nothing has a date."""
    dated = [(row, row.span) for row in rows if row.span]
    if not dated:
        return Markup("")
    moment = datetime.fromisoformat(now)
    scale = _Scale([at for _, span in dated for at in span])
    canvas, y, parts = Canvas(words), _TOP, list[Markup]()
    for of, rows_of in groupby(dated, key=lambda pair: pair[0].of):
        if of:
            y += _HEAD
            parts.append(canvas.text(_MARGIN, y - 7, of, kind="track"))
        for row, (begins, ends) in rows_of:
            parts.append(canvas.text(_MARGIN, y + 15, row.title))
            kind = f"{row.kind} {'past' if ends <= moment else 'ahead' if begins > moment else 'runs'}"
            if begins < ends:
                left = scale.x(begins)
                parts.append(canvas.bar(kind, left, y + 21, max(scale.x(ends) - left, _THIN), 12, row.title))
            else:
                parts.append(canvas.dot(kind, scale.x(begins), y + 27, 6, row.title))
            y += _ROW
    return _framed(canvas, scale, y, parts, moment, name, today)


def _framed(
    canvas: Canvas, scale: "_Scale", bottom: int, rows: list[Markup], moment: datetime, name: str, today: str
) -> Markup:
    """The rows, behind them the months, before them the line of now."""
    parts = [*_months(canvas, scale, bottom), *rows]
    if scale.first <= moment <= scale.last:
        x = scale.x(moment)
        anchor = "start" if x < 20 else "end" if x > 80 else "middle"
        parts += [canvas.upright("now", x, _TOP - 8, bottom), canvas.text(x, bottom + 17, today, anchor, "small")]
    return framed(parts, bottom + _FOOT, name, "timeline")


class _Scale:
    """Where an instant lies, in per cent."""

    def __init__(self, instants: Iterable[datetime]) -> None:
        every = sorted(instants)
        self.first, self.last = every[0], max(every[-1], every[0] + timedelta(days=1))

    def x(self, at: datetime) -> float:
        part = (at - self.first) / (self.last - self.first)
        return _MARGIN + (100 - 2 * _MARGIN) * part


def _months(canvas: Canvas, scale: _Scale, bottom: float) -> Iterator[Markup]:
    """The first of a month every so many months, as many as have room for their names."""
    firsts = list(_firsts(scale.first, scale.last))
    step = next(step for step in (1, 2, 3, 6, 12, 24, 60, 120, 600, 6000) if len(firsts) <= step * _MOST_MONTHS)
    for first in firsts[::step]:
        x = scale.x(first)
        yield canvas.upright("month", x, 4, bottom)
        if x < 82:
            label = format_skeleton("yMMM", first, locale=Locale(canvas.words.language.value))
            yield canvas.text(x + 0.7, 15, label, kind="small")


def _firsts(first: datetime, last: datetime) -> Iterator[datetime]:
    year, month = first.year, first.month
    while True:
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        at = datetime(year, month, 1, tzinfo=UTC)
        if at > last:
            return
        yield at


def _place(order: list[str], window: Mapping[str, Any]) -> int:
    return order.index(window["stage"]) if window["stage"] in order else len(order)


def _call(call: Mapping[str, Any], of: str) -> Row:
    address = f"/calls/{call['id'].partition(':')[2]}"
    return Row("call", call["title"], _at(call["opensAt"]), _at(call["closesAt"]), call["timeZone"], address, of)


def _meeting(meeting: Mapping[str, Any], zone: str, of: str = "") -> Row:
    begins, ends = (_day(meeting[name], zone) for name in ("startsOn", "endsOn"))
    address = f"/meetings/{meeting['id'].partition(':')[2]}"
    return Row("meeting", meeting["title"], begins, ends, zone, address, of, days=True)


def _rounds(document: Mapping[str, Any], zone: str) -> Iterator[Row]:
    address = f"/documents/{document['symbol']}" if document["symbol"] else ""
    if document["commentsOpenAt"] and document["commentsCloseAt"]:
        opens, closes = _at(document["commentsOpenAt"]), _at(document["commentsCloseAt"])
        yield Row("comments", document["title"], opens, closes, zone, address)
    for silence in document["silences"]["nodes"]:
        yield Row("silence", document["title"], _at(silence["startsAt"]), _at(silence["endsAt"]), zone, address)


def _at(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def _day(written: str, zone: str) -> datetime:
    return datetime.combine(date.fromisoformat(written), datetime.min.time(), ZoneInfo(zone))
