"""Who answered a call, by mechanism and, of states, by region: the numbers of a table, and a bar for each row
above it."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from .page_words import Words
from .picture import Canvas, framed

ANSWERS = ("SENT", "NO_INPUT_THIS_TIME", "NONE_YET")
_KINDS = {"SENT": "sent", "NO_INPUT_THIS_TIME": "declined", "NONE_YET": "silent"}
_ROW = 44
Line = Mapping[str, Any]


@dataclass(frozen=True)
class Answered:
    """How many of a group gave which answer. `group`: the code of a mechanism or of a regional group, empty for those
    in none."""

    group: str
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def by_mechanism(lines: Sequence[Line], forum: str) -> list[Answered]:
    """The addressees counted by the mechanisms they belong to in this forum, the largest first. Who belongs to
    several counts in each."""
    rows = _counted(lines, lambda line: _mechanisms(line["organisation"], forum) or ("",))
    return sorted(rows, key=lambda row: (-row.total, row.group))


def by_region(lines: Sequence[Line]) -> list[Answered]:
    """The states among the addressees, counted by their regional groups in the United Nations; in the order of their
    codes, as nobody is put before anybody by a count. Nothing where no state was asked."""
    states = [line for line in lines if line["organisation"]["kind"] == "STATE"]
    rows = _counted(states, lambda line: (line["organisation"]["regionalGroup"] or "",))
    return sorted(rows, key=lambda row: (row.group == "", row.group))


def answers_picture(rows: Sequence[Answered], titles: Sequence[str], words: Words, name: str) -> Markup:
    """A bar for each row under its title, as long as it has addressees, in three parts."""
    canvas, most, parts = Canvas(words), max((row.total for row in rows), default=0), []
    for number, (row, title) in enumerate(zip(rows, titles, strict=True)):
        y, x = number * _ROW, 0.0
        parts.append(canvas.text(0, y + 15, title))
        for answer in ANSWERS:
            wide = 100 * row.counts[answer] / most
            if wide:
                parts.append(canvas.bar(_KINDS[answer], x, y + 21, wide, 16, f"{row.counts[answer]}"))
            x += wide
    return framed(parts, len(rows) * _ROW, name, "answers") if rows else Markup("")


def _counted(lines: Sequence[Line], groups: Callable[[Line], Sequence[str]]) -> list[Answered]:
    found: dict[str, Counter[str]] = {}
    for line in lines:
        for group in groups(line):
            found.setdefault(group, Counter())[line["answer"]] += 1
    return [Answered(group, {answer: counts[answer] for answer in ANSWERS}) for group, counts in found.items()]


def _mechanisms(organisation: Mapping[str, Any] | None, forum: str) -> list[str]:
    seats = organisation["participations"]["nodes"] if organisation else ()
    here = [code for seat in seats if seat["forum"] and seat["forum"]["id"] == forum for code in seat["mechanisms"]]
    return sorted(set(here))
