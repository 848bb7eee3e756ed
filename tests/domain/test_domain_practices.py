"""Practices from CSV: what comes in is kept, what is odd is named, what is broken is refused with its line."""

import csv
import io
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.domain.practices import COLUMNS, Dates, read, read_dates, split_link
from forum.domain.tables import MOST_CELL
from forum.errors import FileRefused

ODD = (Path(__file__).parent.parent / "fixtures" / "practices_odd.csv").read_bytes()
HEAD = ",".join(COLUMNS)
ROW = "S,10.7,Name,Current,Place,Aim,Partners"


def file(*lines: str) -> str:
    return "\n".join((HEAD, *lines)) + "\n"


def written(cells: list[list[str]], delimiter: str = ",") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows([list(COLUMNS), *cells])
    return out.getvalue()


def test_odd_cells_are_kept_and_named() -> None:
    found = read(ODD)
    assert [row.line for row in found.rows] == [2, 6, 7, 9, 10, 11, 12]
    assert [row.targets.original for row in found.rows][:4] == [
        "10.7, 5.2, 8.7 and 16.2",
        "8.7 & 8.8",
        "4. 8, 10, 11, 16 and 17",
        "10.C",
    ]
    assert found.rows[0].aim == "A desk for arrivals.\nIt has two rooms:\n1. advice;\n2. rest."
    assert found.rows[2].partners == "Parents’ union\nChamber of trade"
    assert (found.rows[1].name, found.rows[1].link) == ("Fair wages line", "https://example.org/wages")
    assert (found.rows[3].dates, found.rows[3].section, found.rows[3].partners) == (Dates(), "", "")
    assert found.rows[2].place == "Évora, Portugal"
    assert [(d.line, d.column, d.as_written, d.read_as) for d in found.doubts] == [
        (7, "SDG", "4.", "4"),
        (10, "Project Date", "2019", "2019"),
        (11, "Name and Link", "(https://example.org/only)", "https://example.org/only"),
        (11, "Project Date", "spring", None),
        (12, "SDG", "10.99", None),
        (12, "Name and Link", "Harbour desk", "Harbour desk"),
    ]


def test_a_practice_has_no_sender() -> None:
    assert not {"sender", "country", "organisation", "author"} & set(vars(read(ODD).rows[0]))


def test_a_byte_order_mark_and_other_line_ends_change_nothing() -> None:
    assert read(b"\xef\xbb\xbf" + ODD) == read(ODD) == read(ODD.replace(b"\n", b"\r\n"))


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_the_first_line_decides_the_separator(delimiter: str) -> None:
    cells = ["S", "8.7, 8.8", "Name; with more", "2018 - 2021", "A, B", "Aim, long", ""]
    assert [r.aim for r in read(written([cells], delimiter)).rows] == ["Aim, long"]


def test_columns_may_stand_in_any_order_and_empty_rows_are_passed_over() -> None:
    turned = ",".join(c.upper() for c in reversed(COLUMNS)) + "\nPartners,Aim,Place,Current,Name,10.7,S\n,,,,,,\n \n\n"
    (row,) = read(turned).rows
    assert (row.name, row.targets.codes, row.place) == ("Name", ("10.7",), "Place")


@pytest.mark.parametrize(
    ("given_file", "line", "says"),
    [
        (file(ROW, 'S,10.7,"never closed,Current,Place,Aim,'), 3, "never closed"),
        (file(ROW, 'S,10.7,"quote "inside" it",Current,Place,Aim,'), 3, "double the inner ones"),
        (file("S,10.7,Name,Current,Place,Aim"), 2, "6 cells where the line with the columns' names has 7"),
        (file(ROW, ROW + ",more"), 3, "8 cells"),
        (file(ROW, "S,10.7,Na\0me,Current,Place,Aim,"), 3, "NUL"),
        (file(ROW, "S,10.7,Na\x1bme,Current,Place,Aim,"), 3, "U\\+001B"),
        (file(ROW, "S,10.7,Na\ud800me,Current,Place,Aim,"), 3, "surrogate"),
        (file("S,10.7,Name,Current,Place," + "a" * (MOST_CELL + 1) + ","), 2, "Aim: 20,001 characters"),
        (file("S,10.7,Name,Current,Place," + "a" * 200_000 + ","), 2, "more than 20,000"),
        (file("S," + "8," * 0 + '"' + "8, " * 900 + '",Name,Current,Place,Aim,'), 2, "over 2,000"),
        (HEAD.replace(",Aim", "") + "\n", 1, "lacks: Aim"),
        (HEAD + ",Sender\n", 1, '"Sender"'),
        (HEAD + ",Aim\n", 1, "8 columns"),
        ("", 1, "lacks: Section"),
        (file(*[ROW] * 5001), 5002, "5,000 rows"),
    ],
)
def test_broken_files_are_refused_with_the_line(given_file: str, line: int, says: str) -> None:
    with pytest.raises(FileRefused, match=says) as refused:
        read(given_file)
    assert refused.value.line == line


@pytest.mark.parametrize(
    ("given_file", "line", "says"),
    [
        (file(ROW, "S,10.7,Évora,Current,Place,Aim,").encode("cp1252"), 3, "0xC9 is not UTF-8.*CSV UTF-8"),
        (file(ROW).encode("utf-16"), 1, "UTF-16.*CSV UTF-8"),
        (b"PK\x03\x04rest", 1, "spreadsheet"),
        (b"\xff" * 50, 1, "not UTF-8"),
        (b"a" * 30_000_000, None, "30,000,000 bytes"),
    ],
)
def test_wrong_encodings_are_refused_with_a_remedy(given_file: bytes, line: int | None, says: str) -> None:
    with pytest.raises(FileRefused, match=says) as refused:
        read(given_file)
    assert refused.value.line == line


@pytest.mark.parametrize(
    ("cell", "dates", "doubtful"),
    [
        ("", Dates(), False),
        ("Current", Dates("Current", state="current"), False),
        ("2018 - 2021", Dates("2018 - 2021", 2018, 2021), False),
        ("2017 \u2013 2020", Dates("2017 \u2013 2020", 2017, 2020), False),
        ("2017\u20132020.", Dates("2017\u20132020.", 2017, 2020), False),
        ("since 2018", Dates("since 2018", 2018, None, "current"), False),
        ("2018 - present", Dates("2018 - present", 2018, None, "current"), False),
        ("Ended", Dates("Ended", state="ended"), False),
        ("planned", Dates("planned", state="planned"), False),
        ("2019", Dates("2019", 2019), True),
        ("2021 - 2018", Dates("2021 - 2018"), True),
        ("2018-20", Dates("2018-20"), True),
        ("spring 2020", Dates("spring 2020"), True),
    ],
)
def test_dates_are_read_without_guessing(cell: str, dates: Dates, doubtful: bool) -> None:
    found, why = read_dates(cell)
    assert (found, why is not None) == (dates, doubtful)


@pytest.mark.parametrize(
    ("cell", "name", "link", "doubtful"),
    [
        ("Plain name", "Plain name", None, False),
        ("Name (https://example.org/a).", "Name", "https://example.org/a", False),
        ("Name\nhttps://example.org", "Name", "https://example.org", False),
        ("[Name](https://example.org/x)", "Name", "https://example.org/x", False),
        ("https://example.org", "https://example.org", "https://example.org", True),
        ("Two https://a.example https://b.example", "Two https://b.example", "https://a.example", True),
        ("Name www.example.org", "Name www.example.org", None, True),
        ("Human Mobility (Migration, Relocation)", "Human Mobility (Migration, Relocation)", None, False),
    ],
)
def test_names_and_links_are_parted(cell: str, name: str, link: str | None, doubtful: bool) -> None:
    found = split_link(cell)
    assert (found[0], found[1], found[2] is not None) == (name, link, doubtful)


sound = st.text(st.characters(exclude_categories=("Cc", "Cs")) | st.just("\n"), max_size=30)


@given(st.lists(st.lists(sound, min_size=7, max_size=7), max_size=5))
def test_every_row_written_is_read_and_cells_are_kept(cells: list[list[str]]) -> None:
    found = read(written(cells))
    kept = [row for row in cells if any(cell.strip() for cell in row)]
    assert len(found.rows) == len(kept)
    for row, (_, sdg, _, _, place, _, _) in zip(found.rows, kept, strict=True):
        assert "".join(row.targets.original.split()) == "".join(
            read(written([["x", sdg, "", "", "", "", ""]])).rows[0].targets.original.split()
        )
        assert (row.place == "") == (not place.strip())


@given(
    st.one_of(
        st.binary(max_size=300), st.text(max_size=300), st.text('",\n\r;ab', max_size=80).map(lambda t: HEAD + "\n" + t)
    )
)
def test_any_file_is_read_or_refused(given_file: bytes | str) -> None:
    with suppress(FileRefused):
        assert len(read(given_file).rows) <= len(given_file)


@given(st.text("(<[ \t\n:/.whtpsorg]>)", max_size=200), st.text(max_size=80))
def test_any_cell_has_a_name_and_dates(cell: str, other: str) -> None:
    for text in (cell, other):
        assert split_link(text)[0] == "" or split_link(text)[0] == split_link(text)[0].strip()
        assert read_dates(text)[0].as_written == text.strip()


def test_hostile_brackets_end() -> None:
    assert read(file(f'S,10.7,"{"[" * 19_000}",Current,Place,Aim,')).rows[0].link is None


@pytest.mark.parametrize(
    ("cell", "name", "link"),
    [
        (
            "Wiki https://en.wikipedia.org/wiki/Migration_(human)",
            "Wiki",
            "https://en.wikipedia.org/wiki/Migration_(human)",
        ),
        ("Wiki (https://example.org/a_(b))", "Wiki", "https://example.org/a_(b)"),
        ("Wiki (https://example.org/a).", "Wiki", "https://example.org/a"),
        ("[Wiki](https://example.org/a_(b)_c)", "Wiki", "https://example.org/a_(b)_c"),
        ("Wiki https://example.org/a[1]", "Wiki", "https://example.org/a[1]"),
        ("Wiki https://example.org/a)", "Wiki )", "https://example.org/a"),
    ],
)
def test_a_bracket_that_opens_in_an_address_is_part_of_it(cell: str, name: str, link: str) -> None:
    assert split_link(cell)[:2] == (name, link)


def test_what_spreadsheets_write_around_the_rows_is_taken() -> None:
    semi, row = HEAD.replace(",", ";"), ROW.replace(",", ";")
    plain = [practice.name for practice in read(file(ROW)).rows]
    spare = f"{HEAD},,\n{ROW},,\n,,,,,,,,\n"
    titled = f"Practices of 2019,,,,,,\n,,,,,,\n{file(ROW)}"
    for text in (f"sep=;\n{semi}\n{row}\n", f"\ufeffsep=;\n{semi}\n{row}\n", spare, titled):
        assert [practice.name for practice in read(text).rows] == plain
    assert [practice.line for practice in read(titled).rows] == [4]


def test_text_without_a_column_and_columns_without_a_name_are_refused_with_what_is_missing() -> None:
    with pytest.raises(FileRefused, match="Line 2: cell 8 has text"):
        read(f"{HEAD},\n{ROW},stray\n")
    with pytest.raises(FileRefused, match="Line 2, which comes nearest to naming the columns, lacks: SDG"):
        read(f"Practices\n{HEAD.replace('SDG', 'Goals')}\n{ROW}\n")
