"""A calendar as plain text, eighty columns wide: for a terminal, an e-mail, a telephone."""

import unicodedata
from collections.abc import Iterator
from itertools import groupby

from .calendar_parts import Happening, Sheet, local, long_day, month, offset, short_day

WIDTH = 80
_EDGE = 17  # where the words of a line begin, after the day and the time
# Whose hour matters to people elsewhere: told in the zone and in UTC.
_TOLD_TWICE = frozenset({"deadline", "grace", "consultation", "silence", "meeting"})


def text(sheet: Sheet) -> str:
    """The whole calendar. What asks something of the reader has a star."""
    return "\n".join(line.rstrip() for line in _lines(sheet)) + "\n"


def _lines(sheet: Sheet) -> Iterator[str]:
    yield from wrapped(f"{sheet.title} ({sheet.version})")
    yield from wrapped(f"Rehearsal from {long_day(sheet.starts)}, read as {sheet.who.title}.")
    yield ""
    yield from _anchors(sheet)
    if sheet.on:
        yield f"ON {long_day(sheet.on).upper()}"
        for place in sheet.stands:
            yield from wrapped(f"{place.track}: {place.stage}" if place.stage else place.track, 4, "  ")
            for line in place.says or ("nothing to do for you",):
                yield from wrapped(line, 6, "    - ")
        yield ""
    for (year, name), group in groupby(sheet.happenings, key=_month):
        yield f"{name.upper()} {year}"
        for entry in group:
            yield from _happening(entry, sheet.zone)
        yield ""
    yield from _rest(sheet)


def _anchors(sheet: Sheet) -> Iterator[str]:
    for anchor in sheet.anchors:
        local_time = local(anchor.at, anchor.zone)
        zone = f"{anchor.zone}, {offset(anchor.at, anchor.zone)}"
        yield from wrapped(f"{anchor.title}: {long_day(local_time.date())}, {local_time:%H:%M} ({zone})", 4, "  ")
        if anchor.placed:
            why = "No date was given. It was placed so that the first thing that hangs on it falls on"
            yield from wrapped(f"{why} {long_day(sheet.starts)}.", 6)
    if sheet.anchors:
        yield ""


def _month(entry: Happening) -> tuple[int, str]:
    local_time = local(entry.at, entry.zone)
    return local_time.year, month(local_time)


def _happening(entry: Happening, zone: str) -> Iterator[str]:
    local_time = local(entry.at, entry.zone)
    head = f"{'*' if entry.yours else ' '} {short_day(local_time)[:3]} {local_time.day:>2}  {local_time:%H:%M}  "
    yield from wrapped(f"{entry.label}: {entry.title}", _EDGE, head)
    rest = [entry.track] if entry.track else []
    if entry.kind in _TOLD_TWICE or entry.zone != zone:
        utc = local(entry.at, "UTC")
        day = "" if utc.date() == local_time.date() else f" on {short_day(utc)}"
        rest.append(f"{local_time:%H:%M} in {entry.zone} ({offset(entry.at, entry.zone)}), {utc:%H:%M} UTC{day}")
    if entry.until and entry.kind == "meeting":
        ends = local(entry.until, entry.zone)
        rest.append(f"until {short_day(ends)}, {ends:%H:%M}")
    if entry.off and entry.working:
        rest.append(f"! {entry.off}: no working day. The next one is {long_day(entry.working)}.")
    rest += list(entry.notes)
    for line in rest:
        yield from wrapped(line, _EDGE)
    for line in entry.says:
        yield from wrapped(line, _EDGE + 2, " " * _EDGE + "- ")


def _rest(sheet: Sheet) -> Iterator[str]:
    if not sheet.happenings:
        yield from wrapped("Nothing in this definition has a date, so there is nothing to show day by day.")
        yield ""
    if sheet.undated:
        yield "WITHOUT A DATE (in the order of the stages)"
        for track, stages in sheet.undated:
            yield from wrapped(f"{track}: {', '.join(stages)}", 4, "  ")
        yield ""
    if sheet.findings:
        yield "WHAT DOES NOT FIT ON THESE DATES"
        for finding in sheet.findings:
            yield from wrapped(f"{finding.message} {finding.remedy}", 4, "  - ")
        yield ""
    if sheet.earlier:
        yield from wrapped(f"{sheet.earlier} earlier than {long_day(sheet.starts)} and not shown.")
    stars = any(entry.yours for entry in sheet.happenings)
    yield from wrapped(("* asks something of you. " if stars else "") + f"Working days: those of the {sheet.seat}.")


def wrapped(words: str, indent: int = 0, first: str = "") -> list[str]:
    """The words in lines that fit, those after the first indented. `first` stands before the first line."""
    lines: list[str] = []
    line, empty = first or " " * indent, True
    for word in _pieces(words):
        room = WIDTH - columns(line)
        if not empty and columns(word.rstrip()) > room:
            lines.append(line)
            line, empty, word = " " * indent, True, word.lstrip()
        line, empty = line + word, False
    return [*lines, line]


def columns(words: str) -> int:
    """How many columns of a terminal the words take: letters of the Far East take two, marks on letters none."""
    return sum(
        0
        if unicodedata.combining(c) or unicodedata.category(c) == "Cf"
        else 2
        if unicodedata.east_asian_width(c) in "WF"
        else 1
        for c in words
    )


def _pieces(words: str) -> Iterator[str]:
    """The pieces between which a line may be broken: words, letters of East Asia, parts of a word that is too long."""
    piece = ""
    # A title may hold what a terminal would take for a command.
    shown = "".join(c for c in words if c.isspace() or unicodedata.category(c) not in ("Cc", "Cs"))
    for c in " ".join(shown.split()):
        wide = unicodedata.east_asian_width(c) in "WF"
        if piece and (c == " " or wide or columns(piece) >= WIDTH - 30):
            yield piece
            piece = ""
        piece += c
    yield piece
