"""The lists of a paper as a workbook: `draw(outline)` gives an XLSX package; the same outline gives the same bytes."""

import datetime
import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.xml.functions import tostring

from ...errors import InvalidValue
from ...refusal import phrased
from ..outline import Outline, Text, plain
from ..packed import repacked
from ..papers.words import is_rtl
from .as_csv import BEGINS_FORMULA
from .lists import MOST_IN_A_CELL, List, lists

_FORBIDDEN_IN_TITLE = re.compile(r"[\[\]:*?/\\']")
_LONGEST_TITLE = 31
_AS_TEXT = "@"
_TOP = Alignment(vertical="top", wrap_text=True)
_HEAD, _HEAD_FILL = Font(bold=True, color="084577"), PatternFill("solid", fgColor="EFF3F7")
_LINK = Font(color="084577", underline="single")
_OPEN = datetime.date(1980, 1, 1)  # of a text that is not closed yet: there is no day to state
_NARROWEST, _WIDEST = 10, 60  # of a column, in characters


def draw(outline: Outline) -> bytes:
    """All lists of a paper, a sheet each (ISO/IEC 29500). Every cell is a string, whatever it begins with: none is a
    formula, a number or a date. Refuses (InvalidValue) a paper without a list."""
    found = lists(outline)
    if not found:
        raise InvalidValue(reason=phrased("This paper has no list. Take it as a text."))
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for each in found:
        _fill(workbook.create_sheet(_title(each.title, workbook.sheetnames)), each, is_rtl(outline.language))
    known, origin = workbook.properties, outline.origin
    known.title, known.creator = outline.head.title[:255], outline.head.series[:255]
    known.identifier, known.version, known.language = origin.symbol, origin.version, outline.language
    known.keywords = origin.hash
    out = BytesIO()
    workbook.save(out)
    # The library writes the time of saving whatever it was told.
    known.created = known.modified = datetime.datetime.combine(origin.day or _OPEN, datetime.time())
    return repacked(out.getvalue(), {"docProps/core.xml": tostring(known.to_tree())})


def _title(words: str, taken: Sequence[str]) -> str:
    """A sheet's title: without the signs that Excel forbids, short enough for it, and each once."""
    known = _FORBIDDEN_IN_TITLE.sub(" ", words).strip() or "1"
    short = known[:_LONGEST_TITLE].strip()
    others, n = {each.casefold() for each in taken}, 1
    while short.casefold() in others:
        n += 1
        end = f" {n}"
        short = known[: _LONGEST_TITLE - len(end)] + end
    return short


def _fill(sheet: Any, each: List, rtl: bool) -> None:
    sheet.sheet_view.rightToLeft = rtl
    sheet.freeze_panes, sheet.print_title_rows = "A2", "1:1"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    for n, words in enumerate(each.columns, 1):
        cell = _text(sheet, 1, n, words)
        cell.font, cell.fill = _HEAD, _HEAD_FILL
        widest = max((len(plain(cells[n - 1])) for cells in each.rows), default=0)
        sheet.column_dimensions[get_column_letter(n)].width = min(max(widest, len(words), _NARROWEST), _WIDEST)
    for row, cells in enumerate(each.rows, 2):
        for n, words_ in enumerate(cells, 1):
            _linked(_text(sheet, row, n, plain(words_)), words_)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(each.columns))}{len(each.rows) + 1}"


def _text(sheet: Any, row: int, column: int, words: str) -> Any:
    """A cell that is a string, and stays one when somebody edits it."""
    kept = words if len(words) <= MOST_IN_A_CELL else words[: MOST_IN_A_CELL - 1] + "…"
    cell = sheet.cell(row, column)
    cell.value = kept or None
    if kept:
        cell.data_type = "s"
        cell.quotePrefix = kept.startswith(BEGINS_FORMULA)
    cell.number_format, cell.alignment = _AS_TEXT, _TOP
    return cell


def _linked(cell: Any, words: Text) -> None:
    """The first address that its words lead to: a cell has room for one."""
    address = next((run.link for run in words if run.link), None)
    if address and len(address) <= 2_079:  # what Excel holds
        kind = cell.data_type
        cell.hyperlink = address
        cell.data_type, cell.font = kind, _LINK
