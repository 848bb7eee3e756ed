"""Who answered a call, by mechanism: the numbers of a table, and a bar for each row above it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from .page_words import Words
from .picture import Canvas, framed

ANSWERS = ("SENT", "NO_INPUT_THIS_TIME", "NONE_YET")
_KINDS = {"SENT": "sent", "NO_INPUT_THIS_TIME": "declined", "NONE_YET": "silent"}
_ROW = 44


@dataclass(frozen=True)
class Answered:
    """How many of a mechanism gave which answer. `mechanism`: its code, empty for those in none."""

    mechanism: str
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def by_mechanism(lines: Sequence[Mapping[str, Any]], forum: str) -> list[Answered]:
    """The addressees counted by the mechanisms they belong to in this forum, the largest first. Who belongs to
    several counts in each."""
    found: dict[str, Counter[str]] = {}
    for line in lines:
        for code in _mechanisms(line["organisation"], forum) or ("",):
            found.setdefault(code, Counter())[line["answer"]] += 1
    rows = [Answered(code, {answer: counts[answer] for answer in ANSWERS}) for code, counts in found.items()]
    return sorted(rows, key=lambda row: (-row.total, row.mechanism))


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


def _mechanisms(organisation: Mapping[str, Any] | None, forum: str) -> list[str]:
    seats = organisation["participations"]["nodes"] if organisation else ()
    here = [code for seat in seats if seat["forum"] and seat["forum"]["id"] == forum for code in seat["mechanisms"]]
    return sorted(set(here))
