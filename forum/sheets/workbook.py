"""A workbook (XLSX) or a CSV file -> sheets of cells: each with where it stands, and whether it can be taken.

openpyxl takes half a second to load: it is loaded where the first workbook is read."""

import io
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from ..domain import tables
from ..errors import FileRefused
from ..refusal import Phrased, phrased
from .bounds import MOST_COLUMNS, MOST_ROWS, Hidden, measured

_ARCHIVE = b"PK\x03\x04"
_RETURN = re.compile("_x000D_", re.I)  # how XLSX writes a carriage return (ECMA-376, 22.4.2.4)


@dataclass(frozen=True)
class Cell:
    """One cell: its text; `day` where the program keeps a date there, `number` where a number; `why` it cannot be
    taken, in a sentence with its remedy."""

    text: str = ""
    day: date | None = None
    number: bool = False
    why: Phrased | None = None


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook, or a CSV file (`name` None): rows by their number, from 1, without those that are empty.

    `hidden`: whether the sheet is; `hidden_rows`, `hidden_columns`: which of them are. `merged`: (first column, first
    row, last column, last row) of cells that are merged.
    """

    name: str | None
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = field(default=())

    def at(self, row: int, column: int | None = None, title: str = "") -> Phrased:
        """Where something stands, as a sentence begins: `Sheet "People", row 3, column B (Role)`."""
        if self.name is None:
            line = phrased("Line {row}", row=row)
            return phrased("{place}, {column}", place=line, column=title) if title else line
        from openpyxl.utils import get_column_letter

        place = phrased('Sheet "{sheet}", row {row}', sheet=self.name, row=row)
        if column is None:
            return place
        place = phrased("{place}, column {letter}", place=place, letter=get_column_letter(column))
        return phrased("{place} ({column})", place=place, column=title) if title else place


def sheets(file: bytes, columns: Sequence[str]) -> list[Sheet]:
    """The sheets of a workbook, or the one of a CSV file in UTF-8 (`columns` tell its separator). Refuses (FileRefused)
    what is neither, and what is larger than is read."""
    if file.startswith((_ARCHIVE, b"\xd0\xcf\x11\xe0")):
        return _workbook(file)
    rows = [
        (line, tuple(map(Cell, cells))) for line, cells in tables.records(file, columns) if any(map(str.strip, cells))
    ]
    if len(rows) > MOST_ROWS:
        raise FileRefused(reason=phrased("The file has more than {most:,} lines. Send it in parts.", most=MOST_ROWS))
    return [Sheet(None, tuple(rows))]


def _workbook(file: bytes) -> list[Sheet]:
    from openpyxl import load_workbook

    hidden = measured(file)
    try:
        with warnings.catch_warnings():  # of what a workbook holds beside its cells
            warnings.simplefilter("ignore")
            workbook = load_workbook(io.BytesIO(file), read_only=True, data_only=True, keep_links=False)
            return [_sheet(sheet, hidden.get(sheet._worksheet_path, Hidden())) for sheet in workbook.worksheets]
    except Exception as error:  # the library fails in any way on a file that is not as it should be
        reason = phrased(
            "The workbook cannot be read ({error}). Save it anew from your program, or as CSV UTF-8.",
            error=type(error).__name__,
        )
        raise FileRefused(reason=reason) from None


def _sheet(sheet: Any, hidden: Hidden) -> Sheet:
    from openpyxl.utils import range_boundaries

    sheet.reset_dimensions()  # they are what the file says of itself
    rows = tuple(_rows(sheet, hidden))
    merged = tuple(range_boundaries(cells) for cells in hidden.merged)
    return Sheet(
        sheet.title, rows, sheet.sheet_state != "visible", frozenset(hidden.rows), tuple(hidden.columns), merged
    )


def _rows(sheet: Any, hidden: Hidden) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    for n, row in enumerate(sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS), 1):
        cells = tuple(_cell(cell, (n, column) in hidden.formulas) for column, cell in enumerate(row, 1))
        if any(cell != Cell() for cell in cells):
            yield n, cells


def _cell(cell: Any, formula: bool) -> Cell:
    value, kind = cell.value, getattr(cell, "data_type", "n")
    if formula:
        return Cell(why=phrased("A formula stands here. Copy the column and paste it as values."))
    if value is None:
        return Cell()
    if kind == "e":
        return Cell(why=phrased("The cell shows an error ({error}). Write what is meant.", error=str(value)[:20]))
    if isinstance(value, bool):
        return Cell(why=phrased("The cell holds TRUE or FALSE. Write what is meant as text."))
    if isinstance(value, datetime):
        if value.time() != time():
            return Cell(why=phrased("A time of day stands beside the date. Write the date alone."))
        return Cell(value.date().isoformat(), day=value.date())
    if isinstance(value, (int, float)):
        whole = int(value) if isinstance(value, float) and value.is_integer() else value
        return Cell(str(whole), number=True)
    if isinstance(value, str):
        return Cell(_RETURN.sub("\r", value))
    return Cell(why=phrased("A time stands here. Write what is meant as text."))  # a time of day, or a span of time
