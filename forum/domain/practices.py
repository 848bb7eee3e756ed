"""The annex of practices as a CSV file: read whole, every cell kept as written, every doubtful cell named.

Columns: Section, SDG, Name and Link, Project Date, Country/Region/City, Aim, Key Partners. The country column is where
a practice takes place, never who sent it. Empty cells stay empty; what is not certain is a doubt and nothing is
guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..errors import FileRefused
from . import tables
from .targets import Normalised, normalise

COLUMNS = ("Section", "SDG", "Name and Link", "Project Date", "Country/Region/City", "Aim", "Key Partners")

_URL = re.compile(r"https?://[^\s<>\"']+", re.I)
_BARE = re.compile(r"(?<![\w/@.])www\.\w[^\s<>\"']*", re.I)
# A bracket inside an address is part of it where it is closed there: .../Migration_(human).
_MARKDOWN = re.compile(r"\[([^\[\]\n]{1,500})\]\((https?://(?:[^\s()]|\([^\s()]*\)){1,2000})\)", re.I)
_YEARS = re.compile(r"((?:19|20)\d\d)\s*(?:-|\u2013|\u2014|to|until)\s*((?:19|20)\d\d)", re.I | re.ASCII)
_RUNNING = re.compile(
    r"(?:since|from)\s+((?:19|20)\d\d)|((?:19|20)\d\d)\s*(?:-|\u2013|\u2014|to)\s*(?:present|now|ongoing|current|today)",
    re.I | re.ASCII,
)
_STATES = {
    "current": "current", "ongoing": "current", "on-going": "current", "in progress": "current",
    "ended": "ended", "completed": "ended", "concluded": "ended", "closed": "ended",
    "planned": "planned", "upcoming": "planned", "forthcoming": "planned",
}  # fmt: skip


@dataclass(frozen=True)
class Doubt:
    """A cell that was not read with certainty. `line` is where its row begins in the file, from 1; `read_as` None where
    nothing was taken from the part `as_written`."""

    line: int
    column: str
    as_written: str
    read_as: str | None
    why: str


@dataclass(frozen=True)
class Dates:
    """A date cell as written, the years read from it and the state it names (current, ended, planned), else None.

    Whether 2018-2021 is over depends on the day one asks: that is not read into it.
    """

    as_written: str = ""
    start_year: int | None = None
    end_year: int | None = None
    state: str | None = None


@dataclass(frozen=True)
class Practice:
    """One row. `place` is the country column; `link` the address found in the name cell, `name` what remains of it."""

    line: int
    section: str
    targets: Normalised
    name: str
    link: str | None
    dates: Dates
    place: str
    aim: str
    partners: str


@dataclass(frozen=True)
class Practices:
    """A file of practices: its rows in order, and the cells that were not read with certainty."""

    rows: tuple[Practice, ...]
    doubts: tuple[Doubt, ...]


def read(file: str | bytes) -> Practices:
    """The practices of a CSV file (UTF-8, with or without a byte order mark; commas, semicolons or tabs).

    Refuses (FileRefused, with the line and what to do) other encodings, other columns, rows with too few or too many
    cells, an unclosed quote, NUL and other controls, cells over 20,000 characters, files over 5 MB or 5,000 rows.
    """
    rows: list[Practice] = []
    doubts: list[Doubt] = []
    for line, cells in tables.read(file, COLUMNS):
        practice, doubtful = _row(line, cells)
        rows.append(practice)
        doubts += doubtful
    return Practices(tuple(rows), tuple(doubts + _doubled(rows)))


def read_dates(cell: str) -> tuple[Dates, str | None]:
    """A date cell, and why it is doubtful (None when it is not): "2017 \u2013 2020", "Current", "since 2018",
    "2019"."""
    written = cell.strip()
    folded = re.sub(r"\s+", " ", written.casefold()).strip(" .")
    if not folded:
        return Dates(written), None
    if folded in _STATES:
        return Dates(written, state=_STATES[folded]), None
    if span := _YEARS.fullmatch(folded):
        start, end = int(span[1]), int(span[2])
        if end < start:
            return Dates(written), "ends before it starts: not read"
        return Dates(written, start, end), None
    if span := _RUNNING.fullmatch(folded):
        return Dates(written, int(span[1] or span[2]), None, "current"), None
    if re.fullmatch(r"(?:19|20)\d\d", folded, re.ASCII):
        return Dates(written, int(folded)), "a single year: read as the start, the end is not given"
    return Dates(written), "not a span of years nor a state: kept as written"


def split_link(cell: str) -> tuple[str, str | None, str | None]:
    """A name cell -> name, link, and why it is doubtful (None when it is not)."""
    shown = _MARKDOWN.sub(r"\1 \2", cell)
    links = [_address(found) for found in _URL.findall(shown)]
    if not links:
        why = "an address without https://: kept in the name" if _BARE.search(shown) else None
        return cell.strip(), None, why
    name = shown
    for link in links[:1]:
        name = name.replace(link, " ", 1)
    name = re.sub(r"\(\s*\)|\[\s*\]|<\s*>", " ", name)
    name = re.sub(r"[ \t]*\n\s*|[ \t]{2,}", " ", name)
    name = re.sub(r" [.,;:]+$", "", name).strip(" \t\n,;:-\u2013|")
    if not name:
        return cell.strip(), links[0], "the cell has an address and no name"
    return name, links[0], "several addresses: the first is taken as the link" if len(links) > 1 else None


def _address(found: str) -> str:
    """An address without what stands after it in the sentence; a bracket that opens in it closes in it."""
    while found and found[-1] in ".,;:)]}":
        opening = {")": "(", "]": "[", "}": "{"}.get(found[-1])
        if opening and found.count(opening) >= found.count(found[-1]):
            break
        found = found[:-1]
    return found


def _row(line: int, cells: dict[str, str]) -> tuple[Practice, list[Doubt]]:
    if len(cells["SDG"]) > 2_000:
        raise FileRefused(reason=f"Line {line}: the SDG cell has over 2,000 characters. Shorten it.", line=line)
    targets = normalise(cells["SDG"])
    name, link, name_why = split_link(cells["Name and Link"])
    dates, dates_why = read_dates(cells["Project Date"])
    doubts = [Doubt(line, "SDG", d.as_written, d.read_as, d.why) for d in targets.doubts]
    if not cells["SDG"]:
        doubts.append(Doubt(line, "SDG", "", None, "empty: the practice will be found under no target"))
    if not name:
        doubts.append(Doubt(line, "Name and Link", "", None, "empty: the practice has no name"))
    if name_why:
        doubts.append(Doubt(line, "Name and Link", cells["Name and Link"], link, name_why))
    if dates_why:
        years = str(dates.start_year) if dates.start_year else None
        doubts.append(Doubt(line, "Project Date", cells["Project Date"], years, dates_why))
    practice = Practice(
        line=line,
        section=cells["Section"],
        targets=targets,
        name=name,
        link=link,
        dates=dates,
        place=cells["Country/Region/City"],
        aim=cells["Aim"],
        partners=cells["Key Partners"],
    )
    return practice, doubts


def _doubled(rows: list[Practice]) -> list[Doubt]:
    first: dict[tuple[str, str], int] = {}
    doubts = []
    for row in rows:
        key = (row.name.casefold(), row.place.casefold())
        if row.name and key in first:
            why = f"the same name and place stand on line {first[key]}: both are kept"
            doubts.append(Doubt(row.line, "Name and Link", row.name, row.name, why))
        first.setdefault(key, row.line)
    return doubts
