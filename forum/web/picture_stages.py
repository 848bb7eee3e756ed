"""The map of a track: its stages from top to bottom, arrows for what may follow, at the side those that go further."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from ..languages.say import RIGHT_TO_LEFT
from ..rendering.pictures.svg import lines
from .page_words import Words
from .picture import WORDS, element

_WIDE, _BOX, _HIGH, _GAP = 280, 212, 44, 26  # pixels; beside the boxes is the gutter of the arrows that go further
_LANE = 11
_LANES = 5


@dataclass(frozen=True)
class _Arrow:
    """From one stage to another, by their places."""

    begin: int
    end: int
    clock: bool


@dataclass(frozen=True)
class _Stage:
    """What is drawn of a stage."""

    name: str
    title: str
    final: bool
    leads_to: tuple[str, ...]
    by_clock: frozenset[str]


def stage_map(stages: Sequence[Mapping[str, Any]], words: Words, name: str, here: str = "") -> Markup:
    """The map. `here`: the stage at which the track stands; `name`: what listeners hear. Nothing of no stages."""
    drawn = tuple(
        _Stage(s["name"], s["title"], s["final"], tuple(s["leadsTo"]), frozenset(s["byClock"])) for s in stages
    )
    return _drawn(drawn, words.language in RIGHT_TO_LEFT, name, here) if drawn else Markup("")


@lru_cache(maxsize=256)
def _drawn(stages: tuple[_Stage, ...], rtl: bool, name: str, here: str) -> Markup:
    """The same stages give the same map, to whoever asks: the map of a process is drawn for every edition under it."""
    places = {stage.name: number for number, stage in enumerate(stages)}
    arrows = [
        _Arrow(places[stage.name], places[to], to in stage.by_clock)
        for stage in stages for to in stage.leads_to if to in places
    ]  # fmt: skip
    parts = [
        *(_box(number, stage, rtl, here) for number, stage in enumerate(stages)),
        *(_down(arrow, rtl) for arrow in arrows if arrow.end == arrow.begin + 1),
        *_sides([arrow for arrow in arrows if arrow.end != arrow.begin + 1], rtl),
    ]
    high = len(stages) * (_HIGH + _GAP) - _GAP + 4
    return element(
        '<svg class="picture map" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" width="{}" height="{}" '
        'role="img" aria-label="{}">{}</svg>',
        _WIDE,
        high,
        _WIDE,
        high,
        name,
        Markup("").join(parts),
    )


def _top(place: int) -> float:
    return 2 + place * (_HIGH + _GAP)


def _mirrored(x: float, rtl: bool) -> float:
    return _WIDE - x if rtl else x


def _box(place: int, stage: _Stage, rtl: bool, here: str) -> Markup:
    kind = "here" if stage.name == here else "final" if stage.final else "stage"
    top, left = _top(place), _mirrored(_BOX, rtl) if rtl else 2
    shown = lines(f"{place + 1}. {stage.title}", WORDS, _BOX - 16, 2)
    first = top + _HIGH / 2 + 5 - 9 * (len(shown) - 1)
    middle = _mirrored(_BOX / 2 + 1, rtl)
    words = Markup("").join(
        element('<text x="{}" y="{:.0f}" text-anchor="middle">{}</text>', middle, first + 18 * number, line)
        for number, line in enumerate(shown)
    )
    radius = _HIGH / 2 if stage.final else 5
    box = element(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="{:.0f}"/>', kind, left, top, _BOX - 2, _HIGH, radius
    )
    return box + words


def _down(arrow: _Arrow, rtl: bool) -> Markup:
    x, y = _mirrored(_BOX / 2, rtl), _top(arrow.begin) + _HIGH
    return _path(f"M{x:.0f} {y:.0f}V{y + _GAP - 2:.0f}", arrow.clock) + _head(x, y + _GAP, 0, 1, arrow.clock)


def _sides(arrows: Sequence[_Arrow], rtl: bool) -> Iterator[Markup]:
    """Each further arrow in a lane of its own, as far as there are lanes; the shortest next to the boxes."""
    inward = 1 if rtl else -1
    for number, arrow in enumerate(sorted(arrows, key=lambda a: abs(a.end - a.begin))):
        edge, lane = _mirrored(_BOX, rtl), _mirrored(_BOX + 8 + _LANE * (number % _LANES), rtl)
        leave = _top(arrow.begin) + _HIGH * (0.7 if arrow.end > arrow.begin else 0.3)
        arrive = _top(arrow.end) + _HIGH * (0.3 if arrow.end > arrow.begin else 0.7)
        yield _path(f"M{edge:.0f} {leave:.1f}H{lane:.0f}V{arrive:.1f}H{edge - inward * 4:.0f}", arrow.clock)
        yield _head(edge, arrive, inward, 0, arrow.clock)


def _path(way: str, clock: bool) -> Markup:
    return element('<path class="way{}" d="{}"/>', " clock" if clock else "", way)


def _head(x: float, y: float, dx: int, dy: int, clock: bool) -> Markup:
    """The head of an arrow that ends at this point."""
    way = f"M{x:.1f} {y:.1f}l{-7 * dx - 4 * dy:.0f} {-7 * dy - 4 * dx:.0f}l{8 * dy:.0f} {8 * dx:.0f}z"
    return element('<path class="head{}" d="{}"/>', " clock" if clock else "", way)
