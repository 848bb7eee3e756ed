"""The people of a spreadsheet: read as they stand there, and what cannot be taken named with sheet, row and column."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.domain.mandate import Role
from forum.errors import FileRefused, UnknownCode
from forum.sheets import people_file, template
from forum.sheets.people_file import read
from tests.sheets.books import ANNA, BO, HEAD, as_excel, book, csv

ZONE = "Europe/Zurich"
NOON = dt.datetime.fromisoformat("2027-03-01T12:00")  # a program of spreadsheets knows no zones


def faults(file):
    return [fault.sentence for fault in read(file, ZONE).faults]


# ---- as it stands
@pytest.mark.parametrize(
    "file",
    [
        book(ANNA, BO), as_excel(book(ANNA, BO)), csv(ANNA, BO), csv(ANNA, BO, mark=True), csv(ANNA, BO, separator=";"),
        csv(ANNA, BO, separator="\t"), csv(ANNA, ("",) * 7, BO), book(ANNA, ("",) * 7, BO),
    ],
)  # fmt: skip
def test_a_workbook_and_a_csv_file_say_the_same(file):
    read_ = read(file, ZONE)
    assert read_.faults == ()
    anna, bo = read_.people
    assert (anna.name, anna.address, anna.role, anna.organisation) == (*ANNA[:2], Role.DELEGATE, "Kenya")
    assert (anna.first_day, anna.last_day, anna.mechanism) == (dt.date(2027, 3, 1), dt.date(2027, 12, 31), None)
    assert (bo.role, bo.last_day) == (Role.NATIONAL_FOCAL_POINT, None)


def test_a_day_is_one_of_the_zone_and_the_last_day_counts():
    anna, bo = read(csv(ANNA, BO), ZONE).people
    assert anna.wish(ZONE, "Organisation:1") == {
        "name": "Anna Auma", "address": "anna@example.org", "role": "DELEGATE", "organisation": "Organisation:1",
        "startsAt": "2027-02-28T23:00:00+00:00", "endsAt": "2027-12-31T23:00:00+00:00", "mechanism": None,
    }  # fmt: skip
    assert bo.wish("Pacific/Auckland", None)["startsAt"] == "2027-02-28T11:00:00+00:00"
    assert bo.wish(ZONE, None)["endsAt"] is None


def test_a_title_may_stand_above_and_columns_in_any_order():
    def titled(sheet):
        sheet.insert_rows(1, 2)
        sheet["A1"] = "Delegates of 2027"
        sheet.merge_cells("A1:G1")

    read_ = read(book(ANNA, change=titled), ZONE)
    assert (read_.faults, read_.people[0].row, read_.sheet) == ((), 4, "People")
    turned = [row[::-1] for row in (HEAD, ANNA, BO)]
    assert [one.name for one in read(csv(*turned[1:], head=turned[0]), ZONE).people] == [ANNA[0], BO[0]]
    short = [row[:5] for row in (HEAD, ANNA)]
    assert read(csv(short[1], head=[name.upper() for name in short[0]]), ZONE).people[0].last_day is None


def test_dates_may_be_dates_of_the_program():
    cells = (*ANNA[:4], dt.datetime.fromisoformat("2027-03-01"), dt.date(2027, 12, 31), 12.0)
    [anna] = read(book(cells), ZONE).people
    assert (anna.first_day, anna.last_day, anna.mechanism) == (dt.date(2027, 3, 1), dt.date(2027, 12, 31), "12")


def test_each_may_be_written_to_in_a_language_of_their_own():
    words = {"French": "FR", " français": "FR", "AR": "AR", "العربية": "AR", "中文": "ZH", "english": "EN", "": None}
    rows = [(ANNA[0], f"anna{n}@example.org", *ANNA[2:], word) for n, word in enumerate(words)]
    read_ = read(book(*rows, head=(*HEAD, "Language")), ZONE)
    assert read_.faults == ()
    assert [person.wish(ZONE, None).get("language") for person in read_.people] == list(words.values())
    [fault] = faults(book((*ANNA, "Deutsch"), head=(*HEAD, "Language")))
    assert "row 2, column H (Language): 'Deutsch' is none of the languages that people are written to in: Ar" in fault


def test_the_templates_are_read_back():
    for file in (template.as_csv(), template.as_workbook()):
        with pytest.raises(FileRefused, match="nobody stands below"):
            read(file, ZONE)


# ---- what cannot be taken
@pytest.mark.parametrize(
    ("column", "cell", "says"),
    [
        (0, "", "column A (Name): the cell is empty. Write who it is."),
        (0, "x" * 201, "TextTooLong"),
        (0, "A" * 30_000, "the cell has 30,000 characters; 200 are taken. Shorten it."),
        (0, "Anna\nAuma", "a line break or a tab stands in the cell. Write it on one line."),
        (0, "\u202eannA", "This has an invisible sign in it. Write it anew, without."),
        (0, dt.datetime.fromisoformat("2027-03-01"), "the program has made a date of this. Format the cell as text"),
        (0, True, "The cell holds TRUE or FALSE."),
        (1, "anna", "Write"),
        (1, "anna@example.org\nBcc: bo@example.org", "column B (E-mail address): a line break or a tab"),
        (1, "anna@example.org, bo@example.org", "column B (E-mail address)"),
        (1, 12, "column B (E-mail address)"),
        (2, "delegat", "'delegat' is no role. Did you mean \"delegate\"? Roles are: secretariat,"),
        (2, "", "'' is no role. Roles are:"),
        (4, "", "the day from which the role is held is missing. Write it as 2027-03-01."),
        (4, "01/03/2027", "'01/03/2027', which is no date that can be read one way. Write the year, the month"),
        (4, "2027-02-30", "no date that can be read one way"),
        (4, "20270301", "no date that can be read one way"),
        (4, 46447, "this is a number, not a date."),
        (4, NOON, "A time of day stands beside the date. Write the date alone."),
        (4, dt.time(12), "A time stands here."),
        (4, "0001-01-01", "the year must lie between 1900 and 2200"),
        (5, "9999-12-31", ""),
        (5, "2027-02-28", "the role ends before it begins, on 2027-03-01."),
        (3, "=A1", "A formula stands here. Copy the column and paste it as values."),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_taken_is_named(column, cell, says):
    row = [*ANNA]
    row[column] = cell
    read_ = read(book(BO, row), ZONE)
    assert [one.name for one in read_.people] == [BO[0]]
    [fault] = read_.faults
    assert (fault.row, fault.sentence[:21]) == (3, 'Sheet "People", row 3')
    assert f"column {'ABCDEFG'[column]} ({HEAD[column]})" in fault.sentence
    assert says in fault.sentence or says == "TextTooLong"


def test_each_fault_of_a_row_is_named_and_none_of_another():
    row = ("", "anna", "delegat", "Kenya", "", "soon", "")
    assert len(faults(csv(row, BO))) == 4
    assert all(sentence.startswith("Line 2, ") for sentence in faults(csv(row, BO)))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda s: s.merge_cells("D2:D3"), 'column D (Organisation): cells are merged down to row 3. Split them'),
        (lambda s: s.merge_cells("F1:G1"), "row 1, column F (Last day): cells are merged"),
        (lambda s: s.row_dimensions.__getitem__(3).__setattr__("hidden", True), "row 3: the row is hidden. Show it"),
        (lambda s: s.column_dimensions.__getitem__("D").__setattr__("hidden", True), "D (Organisation): the column"),
        (lambda s: s.__setitem__("J3", "and Carla"), "column J: something stands here, and the column has no name"),
        (lambda s: s.__setitem__("F3", "=1/0"), "row 3, column F (Last day): A formula stands here."),
    ],
)  # fmt: skip
def test_what_a_reader_of_values_would_not_notice_is_named(change, says):
    assert any(says in sentence for sentence in faults(book(ANNA, BO, change=change)))


def test_an_error_of_a_formula_that_was_pasted_is_named():
    def broken(sheet):
        sheet["D2"].value, sheet["D2"].data_type = "#N/A", "e"

    [sentence] = faults(book(ANNA, change=broken))
    assert "The cell shows an error (#N/A). Write what is meant." in sentence


def test_two_people_of_one_address_and_one_person_twice():
    other = ("Carla", "ANNA@example.org", *ANNA[2:])
    assert faults(csv(ANNA, BO, other)) == [
        "Line 4: ANNA@example.org is the address of Anna Auma in row 2, here of Carla. "
        "Write to each at an address of their own."
    ]
    assert faults(csv(ANNA, BO, ANNA)) == [
        "Line 4: Anna Auma stands in row 2 already, at the same address for the same role. Take one of the two out."
    ]
    twofold = (*ANNA[:2], "note-taker", *ANNA[3:])
    assert faults(csv(ANNA, twofold)) == []


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (b"", "No row names the columns"),
        (csv(ANNA, head=("A", "B", "C", "D", "E", "F", "G")), "The first row must name them: \"Name\""),
        (csv(ANNA[:4], head=HEAD[:4]), 'Line 1: these columns are missing: "First day". Name them there.'),
        (csv(ANNA, head=("Nane", *HEAD[1:])), "Line 1: no column is called 'Nane'. Did you mean \"Name\"?"),
        (csv((*ANNA, "x"), head=(*HEAD, "Telephone")), "no column is called 'Telephone'. Take the column out"),
        (csv((*ANNA, "x"), head=(*HEAD, "Name")), '"Name" stands twice. Take one of the two columns out.'),
        (csv(), "nobody stands below the names of the columns"),
        (csv(*[(f"P {n}", f"p{n}@example.org", *ANNA[2:]) for n in range(501)]), "501 people; at most 500 are invited"),
        (csv(*[("x",)] * 2_001), "more than 2,000 lines"),
        (csv(ANNA).decode().encode("utf-16"), "UTF-16"),
        (csv(("Ren\u00e9", *ANNA[1:])).decode().encode("latin-1"), "is not UTF-8"),
        (csv(ANNA) + b'"', "quotation mark"),
        (csv(("x" * 5_000_000, *ANNA[1:])), "at most 5,000,000 are read"),
        (csv(("x" * 4_000_000, *ANNA[1:])), "a cell has more than 20,000 characters"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(file, says):
    with pytest.raises(FileRefused) as refused:
        read(file, ZONE)
    assert says in refused.value.reason


def test_a_zone_that_is_none_is_refused():
    with pytest.raises(UnknownCode):
        read(csv(ANNA), "Geneva")


def test_people_stand_on_one_sheet_that_is_shown():
    def beside(title, state="visible"):
        def change(sheet):
            other = sheet.parent.create_sheet(title)
            other.sheet_state = state
            for row in (HEAD, BO):
                other.append(list(row))

        return change

    def lists(sheet):
        sheet.parent.create_sheet("Lists", 0).append(["Delegate", "Penholder"])

    def only_hidden(sheet):
        beside("Secret", "hidden")(sheet)
        sheet.delete_rows(1, 3)

    assert len(read(book(ANNA, change=lists), ZONE).people) == 1
    assert len(read(book(ANNA, change=beside("Old", "hidden")), ZONE).people) == 1
    with pytest.raises(FileRefused, match='on 2 sheets: "People", "More"'):
        read(book(ANNA, change=beside("More")), ZONE)
    with pytest.raises(FileRefused, match='on a hidden sheet, "Secret"'):
        read(book(ANNA, change=only_hidden), ZONE)


# ---- whatever is sent
CELLS = st.one_of(
    st.text(max_size=30), st.sampled_from([c for row in (HEAD, ANNA, BO) for c in row]), st.integers(), st.booleans(),
    st.floats(allow_nan=False), st.dates(dt.date(1900, 3, 1)), st.datetimes(NOON), st.none(),
)  # fmt: skip


def _as_excel_takes(cell):
    return "".join(c for c in cell if c >= " " or c in "\r\n\t") if isinstance(cell, str) else cell


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=8), max_size=6), st.booleans())
def test_any_table_is_people_and_faults_or_a_refusal(rows, headed):
    """Each row below the head with anything in a column of ours is a person or has a fault: none is lost."""
    rows = [[_as_excel_takes(cell) for cell in row] for row in rows]
    try:
        file = book(*rows, head=HEAD if headed else ())
    except ValueError:
        return  # nothing that a spreadsheet could hold
    try:
        read_ = read(file, ZONE)
    except FileRefused:
        return
    accounted = {one.row for one in read_.people} | {fault.row for fault in read_.faults}
    if headed:
        there = {n for n, row in enumerate(rows, 2) if any(cell not in (None, "") for cell in row[:7])}
        assert there <= accounted
    assert len({one.row for one in read_.people}) == len(read_.people)
    assert not {one.row for one in read_.people} & {fault.row for fault in read_.faults}


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_any_bytes_are_read_or_refused(content):
    for file in (content, csv(ANNA) + content, b"PK\x03\x04" + content):
        try:
            assert isinstance(read(file, ZONE), people_file.People)
        except FileRefused:
            continue
