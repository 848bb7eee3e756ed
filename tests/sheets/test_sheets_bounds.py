"""A workbook that is made to hurt is refused before it is opened, in a sentence, with little work."""

import io
import random
import struct
import zipfile

import pytest

from forum.errors import FileRefused
from forum.sheets import bounds
from forum.sheets.people_file import read
from tests.sheets.books import ANNA, BO, as_excel, book, edited, packed, sheet_xml, with_rows

ZONE = "Europe/Zurich"
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
GOOD = as_excel(book(ANNA, BO))
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def refused(file):
    with pytest.raises(FileRefused) as error:
        read(file, ZONE)
    return error.value.reason


def parts_of(file):
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def row(n, *cells):
    return f'<row r="{n}">{"".join(cells)}</row>'


def cell(ref, text):
    return f'<c r="{ref}" t="inlineStr"><is><t>{text}</t></is></c>'


def test_an_archive_that_unpacks_into_too_much_is_refused():
    parts = {**parts_of(GOOD), "xl/media/x.bin": bytes(bounds.MOST_UNPACKED)}
    assert len(packed(parts)) < 100_000
    assert "unpacks into 30," in refused(packed(parts))
    assert "1001 parts" in refused(
        packed({**parts_of(GOOD), **{f"x/{n}": b"" for n in range(1_001 - len(parts_of(GOOD)))}})
    )


def test_an_archive_that_says_it_is_smaller_than_it_is_is_refused():
    """The size that stands in the archive is what is unpacked at most: what is left over does not fit its checksum."""
    sheet = sheet_xml(GOOD).replace("</sheetData>", " " * 20_000_000 + "</sheetData>").encode()
    file = packed({**parts_of(GOOD), SHEET: sheet})
    lie = file.replace(struct.pack("<L", len(sheet)), struct.pack("<L", 10_000))
    assert lie != file
    assert "no workbook, or a damaged one" in refused(lie) or "damaged" in refused(lie)


@pytest.mark.parametrize(
    "part", [SHEET, STRINGS, "xl/workbook.xml", "xl/styles.xml", "_rels/.rels", "[Content_Types].xml"]
)
def test_a_part_with_entities_is_refused(part):
    def inserted(xml):
        head, found, rest = xml.partition("?>")
        return f"{head}{found}{ENTITIES}{rest}" if found else ENTITIES + xml

    assert "a definition of a document type" in refused(edited(GOOD, part, inserted))


def test_many_elements_and_deep_ones_are_refused():
    many = "".join(row(n, *("<c/>" for _ in range(1_000))) for n in range(1, 400))
    assert "more than is read (300,000 elements)" in refused(with_rows(GOOD, many))
    deep = "<extLst>" * 100 + "</extLst>" * 100
    assert "more than is read" in refused(
        edited(GOOD, SHEET, lambda xml: xml.replace("</worksheet>", f"{deep}</worksheet>"))
    )


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (row(1, cell("A1", "x")) + row(1_048_576, cell("A1048576", "x")), "something in row 1048576, column 1"),
        (row(1, cell("XFD1", "x")), "something in row 1, column 16384"),
        (row(2, cell("A2", "x")) + row(1, cell("A1", "x")), "row 1 comes after row 2"),
        (row(1, cell("A1", "x")) + row(1, cell("B1", "x")), "row 1 comes after row 1"),
        (row("x", cell("A1", "x")), "'x' is no row or column"),
        (row(1, cell("1A", "x")), "'1A' is no cell"),
        (row(1, '<c r="A1" t="s"><v>99999</v></c>'), "The workbook cannot be read"),
        (row(1, '<c r="A1" t="b"><v>x</v></c>'), "The workbook cannot be read"),
        (row(1, '<c r="A1" s="9999999999"><v>1</v></c>'), "No row names the columns"),
        (row(1, '<c r="A1"><v>1e999</v></c>'), "No row names the columns"),
    ],
)  # fmt: skip
def test_rows_and_cells_that_no_program_writes_are_refused(rows, says):
    assert says in refused(with_rows(GOOD, rows))


def test_a_formula_that_stands_for_thousands_costs_nothing():
    """The library would work each of them out anew from the first."""
    first = '<c r="A2"><f t="shared" ref="A2:A2000" si="0">' + "+".join(["SUM(B2:Z99)"] * 3_000) + "</f><v>1</v></c>"
    more = "".join(row(n, f'<c r="A{n}"><f t="shared" si="0"/><v>1</v></c>') for n in range(3, 1_900))
    assert "No row names the columns" in refused(with_rows(GOOD, row(2, first) + more))


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(1_000), "of an old kind, or one that is locked"),
        (b"PK\x03\x04" + bytes(100), "no workbook, or a damaged one"),
        (GOOD[:-200], "no workbook, or a damaged one"),
        (packed({"word/document.xml": b"<x/>"}), "no Excel workbook"),
        (packed({"xl/workbook.xml": b"<x/>"}), "The workbook cannot be read"),
        (packed({"xl/workbook.xml": b"<x>"}), "The workbook is damaged (no element found)"),
        (packed(parts_of(GOOD), zipfile.ZIP_LZMA), ""),
        (bytes(5_000_001), "at most 5,000,000 are read"),
        (GOOD + bytes(5_000_000), "at most 5,000,000 are read"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_refused(file, says):
    if says:
        assert says in refused(file)
    else:
        assert len(read(file, ZONE).people) == 2


def test_a_part_that_stands_twice_is_refused():
    out = io.BytesIO(GOOD)
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr(SHEET, sheet_xml(book(BO)))
    assert "a part stands in it twice" in refused(out.getvalue())


def test_a_damaged_workbook_is_read_or_refused_and_nothing_else():
    chance = random.Random(11)
    parts = parts_of(GOOD)
    for n in range(300):
        broken = bytearray(GOOD)
        if n % 2:
            for _ in range(chance.randint(1, 6)):
                broken[chance.randrange(len(broken))] = chance.randrange(256)
        else:  # within the XML, where checksums do not tell
            name = chance.choice(sorted(parts))
            xml = bytearray(parts[name])
            for _ in range(chance.randint(1, 3)):
                xml[chance.randrange(len(xml))] = chance.choice(b'<>/"=&0A9 x')
            broken = bytearray(packed({**parts, name: bytes(xml)}))
        try:
            read(bytes(broken), ZONE)
        except FileRefused:
            continue
