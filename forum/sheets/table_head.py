"""Where a table stands in a file, which column is which, and what of it a reader of its values would not notice."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from ..errors import FileRefused
from .workbook import Cell, Sheet

_HEADS = 10  # rows among which the names of the columns are looked for


@dataclass(frozen=True)
class Fault:
    """What cannot be taken: the row it stands in, and the sentence that says where, what, and what to do."""

    row: int
    sentence: str


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
        raise FileRefused(reason=f"People stand on {len(shown)} sheets: {titles}. Put them on one, and send that.")
    if not shown and named:
        raise FileRefused(reason=f'The people stand on a hidden sheet, "{named[0][1].name}". Show it, and look at it.')
    if not shown:
        needed = ", ".join(f'"{c}"' for c in names)
        raise FileRefused(reason=f"No row names the columns. The first row must name them: {needed}.")
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
            raise FileRefused(reason=f'{sheet.at(head, n)}: "{name}" stands twice. Take one of the two columns out.')
        if name is not None:
            columns[name] = n
        elif cell.text.strip():
            near = get_close_matches(folded(cell.text), known, 1)
            meant = f' Did you mean "{known[near[0]]}"?' if near else " Take the column out, if it is not meant."
            raise FileRefused(reason=f"{sheet.at(head, n)}: no column is called {cell.text[:40]!r}.{meant}")
    missing = [name for name in names if name not in columns and name not in may_lack]
    if missing:
        lacking = ", ".join(f'"{name}"' for name in missing)
        raise FileRefused(reason=f"{sheet.at(head)}: these columns are missing: {lacking}. Name them there.")
    return columns


def out_of_sight(sheet: Sheet, head: int, columns: Mapping[str, int], rows: Sequence[int]) -> Iterator[Fault]:
    """What is hidden or merged among the people: a reader of the values alone would take it for something else."""
    for n in rows:
        if n in sheet.hidden_rows:
            yield Fault(n, f"{sheet.at(n)}: the row is hidden. Show it, or take it out.")
    for name, column in columns.items():
        if any(first <= column <= last for first, last in sheet.hidden_columns):
            yield Fault(head, f"{sheet.at(head, column, name)}: the column is hidden. Show it.")
    for left, top, right, bottom in sheet.merged:
        meant = [(column, name) for name, column in columns.items() if left <= column <= right]
        if meant and bottom >= head and top <= max(rows):
            row = max(top, head)
            remedy = "Split them, and write into each cell what is meant."
            yield Fault(row, f"{sheet.at(row, *meant[0])}: cells are merged down to row {bottom}. {remedy}")
    for n, cells in sheet.rows:
        for column, cell in enumerate(cells, 1):
            if n > head and column not in columns.values() and cell != Cell():
                yield Fault(
                    n, f"{sheet.at(n, column)}: something stands here, and the column has no name. Take it out."
                )
