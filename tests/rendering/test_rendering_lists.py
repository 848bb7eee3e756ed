"""Lists: text and tables of a paper in rows, of which none is a formula."""

import csv
import io

import pytest
from openpyxl import load_workbook

from forum.errors import InvalidValue
from forum.rendering import outline as o
from forum.rendering.sheets import as_csv, as_workbook
from forum.rendering.sheets.lists import MOST_IN_A_CELL, lists
from tests.support.rendering.everything import everything
from tests.support.rendering.sample_papers import OUTLINES, paper


def table(*rows: o.Row | o.SectionRow) -> o.Table:
    return o.Table((o.Column("Name"), o.Column("Aim")), rows)


def row(*cells: str) -> o.Row:
    return o.Row(tuple(o.text(cell) for cell in cells))


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_tables_with_the_same_columns_are_one_list_that_says_where_each_row_stands() -> None:
    made = paper(
        o.Heading(2, o.text("Kenya")), table(row("a", "1")), o.Heading(2, o.text("Fiji")),
        o.Heading(3, o.text("x"), "", False),
        table(o.SectionRow(o.text("early")), row("b", "2")), o.Table((o.Column("Other"),), (row("c"),)),
        o.Paragraph(o.text("words"), "7.", (o.text("first"), o.text("second"))),
    )  # fmt: skip
    text, first, other = lists(made)
    assert [[o.plain(cell) for cell in cells] for cells in text.rows] == [["7.", "words", "first\nsecond"]]
    assert first.columns == ("Under", "Name", "Aim")
    assert [[o.plain(cell) for cell in cells] for cells in first.rows] == [
        ["Kenya", "a", "1"],
        ["Fiji – early", "b", "2"],
    ]
    assert (other.columns, len(other.rows)) == (("Other",), 1)


def test_csv_is_one_list_and_its_place_is_asked_for() -> None:
    made = paper(o.Paragraph(o.text("words"), "1."), table(row("a", "1")))
    assert read(as_csv.draw(made))[1] == ["1.", "words", ""]
    assert read(as_csv.draw(made, 2)) == [["Name", "Aim"], ["a", "1"]]
    for nth in (0, 3, -1):
        with pytest.raises(InvalidValue, match="2 lists"):
            as_csv.draw(made, nth)


FORMULAS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", '=HYPERLINK("http://x")', "#N/A", "TRUE", "2020-06-12", "007",
]  # fmt: skip


@pytest.mark.parametrize("typed", FORMULAS)
def test_no_cell_is_a_formula_a_number_or_a_date(typed: str) -> None:
    made = paper(table(row(typed, "x")))
    sheet = load_workbook(io.BytesIO(as_workbook.draw(made))).worksheets[0]
    assert (sheet["A2"].value, sheet["A2"].data_type) == (typed, "s")
    assert sheet["A2"].quotePrefix == typed.startswith(as_csv.BEGINS_FORMULA)
    cell = read(as_csv.draw(made))[1][0]
    assert cell.removeprefix("'") == typed
    assert not cell.lstrip().startswith(as_csv.BEGINS_FORMULA)


def test_a_workbook_has_a_sheet_for_each_list_with_heads_that_stay() -> None:
    book = load_workbook(io.BytesIO(as_workbook.draw(everything("en"))))
    assert book.sheetnames == ["Text", "Annex"]
    assert [sheet.freeze_panes for sheet in book] == ["A2", "A2"]
    assert book["Annex"]["C2"].value == "=1+1\naddress"
    assert book["Annex"]["C2"].hyperlink.target == "https://example.org/"
    assert book.properties.created.isoformat() == book.properties.modified.isoformat() == "2020-06-12T00:00:00"
    arabic = load_workbook(io.BytesIO(as_workbook.draw(OUTLINES["focused_ar"]())))
    assert all(sheet.sheet_view.rightToLeft for sheet in arabic)


def test_titles_of_sheets_are_such_as_excel_takes_and_each_once() -> None:
    heading = "A/B: [what] became of 'this' very long heading?"
    tables = [o.Table((o.Column(str(n)),), (row("x"),)) for n in range(3)]
    made = paper(*(part for one in tables for part in (o.Heading(1, o.text(heading)), one)))
    names = load_workbook(io.BytesIO(as_workbook.draw(made))).sheetnames
    assert len(set(names)) == 3
    assert all(len(name) <= 31 and not set("[]:*?/\\'") & set(name) for name in names)


def test_what_no_cell_can_hold_is_cut_and_shows_it() -> None:
    made = paper(table(row("a" * (MOST_IN_A_CELL + 5), "x")))
    cell = load_workbook(io.BytesIO(as_workbook.draw(made))).worksheets[0]["A2"].value
    assert len(cell) == MOST_IN_A_CELL
    assert cell.endswith("a…")
