"""The empty form of a list of people: the names of the columns, and nothing below."""

import io

from .people_file import COLUMNS

_AS_TEXT = "@"  # a spreadsheet makes no dates and numbers of what is typed into such a column
_WIDTH = 26  # characters
_ROWS = 501  # the most that are read at once, and the names of the columns


def as_csv() -> bytes:
    """A CSV file in UTF-8 with a byte order mark, by which Excel knows it as such (RFC 4180)."""
    return ("\ufeff" + ",".join(COLUMNS) + "\r\n").encode()


def as_workbook() -> bytes:
    """An XLSX workbook with one sheet, whose cells are text."""
    from openpyxl import Workbook  # takes half a second to load: with the first form
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None  # a new workbook has one
    sheet.title = "People"
    sheet.append(COLUMNS)
    for n in range(1, len(COLUMNS) + 1):
        sheet.column_dimensions[get_column_letter(n)].width = _WIDTH
        sheet.cell(1, n).font = Font(bold=True)
        for row in range(2, _ROWS + 1):
            sheet.cell(row, n).number_format = _AS_TEXT
    sheet.freeze_panes = "A2"
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()
