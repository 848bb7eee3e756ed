"""Workbooks as people make them, and as people break them."""

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

from openpyxl import Workbook

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRINGS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
HEAD = ("Name", "E-mail address", "Role", "Organisation", "First day", "Last day", "Mechanism")
ANNA = ("Anna Auma", "anna@example.org", "Delegate", "Kenya", "2027-03-01", "2027-12-31", "")
BO = ("Bo Basnet", "bo@example.org", "national focal point", "Nepal", "2027-03-01", "", "")


def written(workbook: Workbook) -> bytes:
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def book(
    *rows: Sequence[Any], head: Sequence[Any] = HEAD, change: Callable[[Any], object] = lambda sheet: None
) -> bytes:
    """A workbook of one sheet, "People", with these rows below its head."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "People"
    for row in (head, *rows):
        sheet.append(list(row))
    change(sheet)
    return written(workbook)


def edited(file: bytes, part: str, edit: Callable[[str], str], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The workbook with one part's XML edited."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = edit(parts[part].decode()).encode()
    return packed(parts, compression)


def packed(parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def sheet_xml(file: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return archive.read("xl/worksheets/sheet1.xml").decode()


def as_excel(file: bytes) -> bytes:
    """The workbook with its texts in a list of their own, as Excel writes them; this library writes each in place."""
    texts: list[str] = []

    def kept(match: re.Match[str]) -> str:
        texts.append(match[2])
        return f'<c{match[1]} t="s"><v>{len(texts) - 1}</v></c>'

    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = re.sub('<c([^>]*) t="inlineStr"><is>(.*?)</is></c>', kept, parts[sheet].decode()).encode()
    strings = "".join(f"<si>{text}</si>" for text in texts)
    parts["xl/sharedStrings.xml"] = f'<?xml version="1.0"?><sst xmlns="{_MAIN}">{strings}</sst>'.encode()
    more = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_STRINGS}"/></Types>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", more.encode())
    return packed(parts)


def with_rows(file: bytes, rows: str) -> bytes:
    """The workbook with these rows, as XML, instead of its own."""
    return edited(
        file, "xl/worksheets/sheet1.xml",
        lambda xml: re.sub("<sheetData>.*</sheetData>", lambda _: f"<sheetData>{rows}</sheetData>", xml, flags=re.S),
    )  # fmt: skip


def csv(*rows: Sequence[str], head: Sequence[str] = HEAD, separator: str = ",", mark: bool = False) -> bytes:
    def line(cells: Sequence[str]) -> str:
        quoted = ['"' + c.replace('"', '""') + '"' if re.search(f'["\r\n{separator}]', c) else c for c in cells]
        return separator.join(quoted)

    text = "".join(f"{line(row)}\r\n" for row in (head, *rows))
    return (("\ufeff" if mark else "") + text).encode()
