"""Where a table stands in a file, which column is which, and what of it a reader of its values would not notice."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from ..errors import FileRefused
from ..refusal import Phrased, phrased
from .workbook import Cell, Sheet

_HEADS = 10  # rows among which the names of the columns are looked for


@dataclass(frozen=True)
class Fault:
    """What cannot be taken: the row it stands in, and the sentence that says where, what, and what to do."""

    row: int
    sentence: str


def fault(row: int, place: Phrased, sentence: object) -> Fault:
    """What is wrong at a place of the file. `sentence`: a `Phrased`, or the refusal that says it."""
    return Fault(row, at(place, sentence))


def at(place: Phrased, sentence: object) -> Phrased:
    """A sentence with the place before it."""
    return phrased("{place}: {sentence}", place=place, sentence=sentence)


def folded(text: str) -> str:
    """A word of the file as it is compared with those that are known."""
    return " ".join(text.split()).casefold()


def where(all_: Sequence[Sheet], names: Sequence[str]) -> tuple[Sheet, int]:
    """The sheet with the people, and the row that names the columns: the one sheet that names the most needed ones."""
    named = [
        (found, sheet, head) for sheet in all_ for found, head in [_head(sheet, names)] if found >= len(names) // 2
    ]
    shown = [found for found in named if not found[1].hidden]
    if len(shown) > 1:
        titles = ", ".join(f'"{sheet.name}"' for _, sheet, _ in shown)
        many = phrased(
            "People stand on {count} sheets: {titles}. Put them on one, and send that.",
            count=len(shown),
            titles=titles,
        )
        raise FileRefused(reason=many)
    if not shown and named:
        title = named[0][1].name
        hidden = phrased('The people stand on a hidden sheet, "{title}". Show it, and look at it.', title=title)
        raise FileRefused(reason=hidden)
    if not shown:
        needed = ", ".join(f'"{c}"' for c in names)
        none = phrased("No row names the columns. The first row must name them: {columns}.", columns=needed)
        raise FileRefused(reason=none)
    return shown[0][1], shown[0][2]


def _head(sheet: Sheet, names: Sequence[str]) -> tuple[int, int]:
    """How many columns are named in the row that names the most, of the first ten; and its number."""
    known = set(map(folded, names))
    rows = [(len(known & {folded(cell.text) for cell in cells}), -n) for n, cells in sheet.rows[:_HEADS]]
    found, n = max(rows, default=(0, -1))
    return found, -n


def columns_of(sheet: Sheet, head: int, names: Sequence[str], may_lack: Collection[str]) -> dict[str, int]:
    """Where each column stands, from 1. Refuses (FileRefused) one that lacks, stands twice, or is not known: nothing
    that somebody wrote down is passed over in silence."""
    cells = next(cells for n, cells in sheet.rows if n == head)
    known, columns = {folded(name): name for name in names}, dict[str, int]()
    for n, cell in enumerate(cells, 1):
        name = known.get(folded(cell.text))
        if name in columns:
            twice = phrased('"{column}" stands twice. Take one of the two columns out.', column=name)
            raise FileRefused(reason=at(sheet.at(head, n), twice))
        if name is not None:
            columns[name] = n
        elif cell.text.strip():
            raise FileRefused(reason=at(sheet.at(head, n), _no_column(cell.text, known)))
    missing = [name for name in names if name not in columns and name not in may_lack]
    if missing:
        lacking = ", ".join(f'"{name}"' for name in missing)
        names_lack = phrased("these columns are missing: {columns}. Name them there.", columns=lacking)
        raise FileRefused(reason=at(sheet.at(head), names_lack))
    return columns


def _no_column(written: str, known: Mapping[str, str]) -> Phrased:
    near, written_short = get_close_matches(folded(written), known, 1), repr(written[:40])
    if near:
        return phrased(
            'no column is called {written}. Did you mean "{column}"?', written=written_short, column=known[near[0]]
        )
    return phrased("no column is called {written}. Take the column out, if it is not meant.", written=written_short)


def out_of_sight(sheet: Sheet, head: int, columns: Mapping[str, int], rows: Sequence[int]) -> Iterator[Fault]:
    """What is hidden or merged among the people: a reader of the values alone would take it for something else."""
    for n in rows:
        if n in sheet.hidden_rows:
            yield fault(n, sheet.at(n), phrased("the row is hidden. Show it, or take it out."))
    for name, column in columns.items():
        if any(first <= column <= last for first, last in sheet.hidden_columns):
            yield fault(head, sheet.at(head, column, name), phrased("the column is hidden. Show it."))
    for left, top, right, bottom in sheet.merged:
        meant = [(column, name) for name, column in columns.items() if left <= column <= right]
        if meant and bottom >= head and top <= max(rows):
            row = max(top, head)
            merged = phrased(
                "cells are merged down to row {bottom}. Split them, and write into each cell what is meant.",
                bottom=bottom,
            )
            yield fault(row, sheet.at(row, *meant[0]), merged)
    for n, cells in sheet.rows:
        for column, cell in enumerate(cells, 1):
            if n > head and column not in columns.values() and cell != Cell():
                odd = phrased("something stands here, and the column has no name. Take it out.")
                yield fault(n, sheet.at(n, column), odd)
