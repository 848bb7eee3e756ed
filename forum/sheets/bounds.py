"""Whether a file is a workbook (XLSX, ECMA-376) that is safe to be read: measured before a library opens it.

An XLSX file is an archive of XML files: a few kilobytes can unpack into gigabytes, and a few megabytes of XML into as
many objects. What the archive says of its sizes is what Python unpacks at most; the XML is walked once, and nothing of
it is kept but what hides a cell from the reader or ties it to others.
"""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from functools import reduce
from xml.parsers import expat

from ..errors import FileRefused
from ..refusal import phrased

MOST_BYTES = 5_000_000  # of the file
MOST_UNPACKED = 30_000_000  # bytes
MOST_PARTS = 1_000
MOST_ELEMENTS = 300_000  # of XML, in all parts: 500 people in ten columns are some 10,000
MOST_DEPTH = 64  # elements inside one another
MOST_ROWS, MOST_COLUMNS = 2_000, 64  # with anything in them, of one sheet
_XML = (".xml", ".rels", ".vml")
_SHEETS = "xl/worksheets/"
_CHUNK = 64 * 1024
_OLD = b"\xd0\xcf\x11\xe0"  # a file of Excel before 2007, or one that is locked by a password
_AS_XLSX = phrased('Save it as "Excel workbook (.xlsx)", without a password, or as "CSV UTF-8".')
_COPY = phrased("Copy the people alone into a new workbook and send that.")


@dataclass
class Hidden:
    """What of one sheet a reader of its values would not notice: hidden rows, hidden columns as (first, last), merged
    cells as they are named ("A2:B3"), and the cells with a formula as (row, column). Counted from 1."""

    rows: set[int] = field(default_factory=set)
    columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    formulas: set[tuple[int, int]] = field(default_factory=set)


def measured(file: bytes) -> dict[str, Hidden]:
    """What is hidden and merged, of each sheet by the name of its part. Refuses (FileRefused) what is no workbook, what
    would unpack into too much, and XML with a definition of a type in it, in which entities could multiply."""
    if len(file) > MOST_BYTES:
        raise FileRefused(
            reason=phrased(
                "The file has {count:,} bytes; at most {most:,} are read. {remedy}",
                count=len(file), most=MOST_BYTES, remedy=_COPY,
            )
        )  # fmt: skip
    if file.startswith(_OLD):
        kind = phrased("This is a workbook of an old kind, or one that is locked. {remedy}", remedy=_AS_XLSX)
        raise FileRefused(reason=kind)
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as archive:
            return _walked(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError):
        none = phrased("This is no workbook, or a damaged one. {remedy}", remedy=_AS_XLSX)
        raise FileRefused(reason=none) from None
    except expat.ExpatError as error:
        how = expat.ErrorString(error.code)
        damaged = phrased("The workbook is damaged ({how}). {remedy}", how=how, remedy=_AS_XLSX)
        raise FileRefused(reason=damaged) from None


def _walked(archive: zipfile.ZipFile) -> dict[str, Hidden]:
    parts = archive.infolist()
    names = [part.filename for part in parts]
    if "xl/workbook.xml" not in names:
        raise FileRefused(reason=phrased("This is no Excel workbook. {remedy}", remedy=_AS_XLSX))
    if len(set(names)) < len(names):
        damaged = phrased("The workbook is damaged: a part stands in it twice. {remedy}", remedy=_AS_XLSX)
        raise FileRefused(reason=damaged)
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED:
        raise FileRefused(
            reason=phrased(
                "The workbook unpacks into {count:,} bytes in {parts} parts; {most:,} in {most_parts} are read. "
                "{remedy}",
                count=unpacked, parts=len(parts), most=MOST_UNPACKED, most_parts=MOST_PARTS, remedy=_COPY,
            )
        )  # fmt: skip
    walk = _Walk()
    for part in parts:
        if part.filename.lower().endswith(_XML):
            walk.through(archive, part)
    return walk.hidden


class _Walk:
    """Goes through the parts and counts their elements together."""

    def __init__(self) -> None:
        self.elements = self.depth = self.row = self.column = 0
        self.hidden: dict[str, Hidden] = {}
        self._sheet: Hidden | None = None

    def through(self, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
        """Look at one part."""
        self.depth = self.row = 0
        self._sheet = self.hidden.setdefault(part.filename, Hidden()) if part.filename.startswith(_SHEETS) else None
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._begins
        parser.EndElementHandler = self._ends
        parser.StartDoctypeDeclHandler = _no_type
        with archive.open(part) as content:
            while chunk := content.read(_CHUNK):
                parser.Parse(chunk, False)
        parser.Parse(b"", True)

    def _begins(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        self.depth += 1
        if self.elements > MOST_ELEMENTS or self.depth > MOST_DEPTH:
            much = phrased(
                "The workbook holds more than is read ({most:,} elements). {remedy}", most=MOST_ELEMENTS, remedy=_COPY
            )
            raise FileRefused(reason=much)
        if self._sheet is not None:
            self._note(self._sheet, name.rpartition(" ")[2], attributes)

    def _ends(self, name: str) -> None:
        self.depth -= 1

    def _note(self, sheet: Hidden, name: str, attributes: dict[str, str]) -> None:
        hidden = attributes.get("hidden") in ("1", "true")
        if name == "row":
            self.row = self._next(attributes.get("r"))
            if hidden:
                sheet.rows.add(self.row)
            self.column = 0
        elif name == "c":
            self.column = self._column(attributes.get("r"))
        elif name in ("v", "is", "f") and self.column:
            if self.row > MOST_ROWS or self.column > MOST_COLUMNS:
                raise FileRefused(
                    reason=phrased(
                        "A sheet has something in row {row}, column {column}; {rows:,} rows of {columns} columns are "
                        "read. {remedy}",
                        row=self.row, column=self.column, rows=MOST_ROWS, columns=MOST_COLUMNS, remedy=_COPY,
                    )
                )  # fmt: skip
            if name == "f":
                sheet.formulas.add((self.row, self.column))
        elif name == "col" and hidden:
            sheet.columns.append((_whole(attributes.get("min")), _whole(attributes.get("max"))))
        elif name == "mergeCell":
            sheet.merged.append(attributes.get("ref", ""))

    def _next(self, written: str | None) -> int:
        """The number of a row. The library passes over rows that do not come in order: nobody would miss them."""
        row = self.row + 1 if written is None else _whole(written)
        if row <= self.row:
            raise FileRefused(
                reason=phrased(
                    "The workbook is damaged: row {row} comes after row {before}. {remedy}",
                    row=row, before=self.row, remedy=_AS_XLSX,
                )
            )  # fmt: skip
        return row

    def _column(self, written: str | None) -> int:
        """The number of the column of a cell ("AB12"), or the one after the last."""
        if written is None:
            return self.column + 1
        match = re.fullmatch(r"([A-Z]{1,3})[0-9]{1,7}", written, re.ASCII)
        if match is None:
            cell = repr(written[:20])
            damaged = phrased("The workbook is damaged: {cell} is no cell. {remedy}", cell=cell, remedy=_AS_XLSX)
            raise FileRefused(reason=damaged)
        return reduce(lambda number, letter: number * 26 + ord(letter) - 64, match[1], 0)


def _whole(written: str | None) -> int:
    if written is None or not re.fullmatch(r"[0-9]{1,7}", written, re.ASCII):
        place = repr(str(written)[:20])
        damaged = phrased(
            "The workbook is damaged: {place} is no row or column. {remedy}", place=place, remedy=_AS_XLSX
        )
        raise FileRefused(reason=damaged)
    return int(written)


def _no_type(*_: object) -> None:
    odd = phrased(
        "The workbook holds a definition of a document type, as no spreadsheet does. {remedy}", remedy=_AS_XLSX
    )
    raise FileRefused(reason=odd)
