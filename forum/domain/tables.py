"""A CSV file (RFC 4180) with known columns -> rows of clean cells. Every refusal names the line and the remedy."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterator, Sequence

from ..errors import FileRefused, InvalidValue
from .text import clean

MOST_BYTES = 5_000_000
MOST_ROWS = 5_000
MOST_CELL = 20_000
_HEADS = 10  # lines among which the columns' names are looked for
_AS_UTF8 = 'Save it again as "CSV UTF-8" and send that.'
_DELIMITERS = (
    ",;\t"  # a spreadsheet in a European language writes semicolons; the first line decides, nothing is guessed
)


def read(file: str | bytes, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row as the line it begins on (from 1) and its cells by column name; rows without any text are passed over.

    Columns may stand in any order, in large or small letters; each must be there once, and no other. Above the line
    that names them may stand a title, blank lines, and the `sep=;` that Excel writes; beside them, columns that have
    neither a name nor a cell.
    """
    rows = records(file, columns)
    line, head = _head(rows, columns)
    kept = [n for n, cell in enumerate(head) if cell.strip()]
    names = _names([head[n] for n in kept], columns, line)
    for count, (line, cells) in enumerate((line, cells) for line, cells in rows if any(c.strip() for c in cells)):
        if count >= MOST_ROWS:
            raise FileRefused(reason=f"The file has more than {MOST_ROWS:,} rows. Send it in parts.", line=line)
        _need_cells(cells, head, line)
        yield line, {name: _cell(cells[n], name, line) for name, n in zip(names, kept, strict=True)}


def records(file: str | bytes, columns: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Each record as the line it begins on, from 1, and its cells; the separator is the one by which most of these
    columns are named."""
    text = decode(file)
    return _records(text, _delimiter(text, columns))


def _head(rows: Iterator[tuple[int, list[str]]], columns: Sequence[str]) -> tuple[int, list[str]]:
    """The line that names the columns, of the first ten: the first that names them all, else the one that names most of
    them, for the refusal; else the first."""
    wanted = {c.casefold() for c in columns}
    best: tuple[int, list[str]] | None = None
    most = -1
    for line, cells in itertools.islice(rows, _HEADS):
        found = len(wanted & {" ".join(cell.split()).casefold() for cell in cells})
        if found > most:
            best, most = (line, cells), found
        if found == len(wanted):
            break
    return best or (1, [])


def _need_cells(cells: list[str], head: list[str], line: int) -> None:
    """Refuses (FileRefused) a row with fewer or more cells than the head, or with text where the head has no name."""
    if len(cells) != len(head):
        raise FileRefused(
            reason=f"Line {line}: {len(cells)} cells where the line with the columns' names has {len(head)}. "
            "Look for a quotation mark or a separator too many or too few.",
            line=line,
        )
    for n, (cell, name) in enumerate(zip(cells, head, strict=True), 1):
        if cell.strip() and not name.strip():
            reason = f"Line {line}: cell {n} has text ({cell.strip()[:40]!r}), and its column has no name. Name it, or "
            raise FileRefused(reason=f"{reason}take it out.", line=line)


def decode(file: str | bytes) -> str:
    """The text of a file in UTF-8, without its byte order mark. Refuses other encodings, naming the line."""
    if len(file) > MOST_BYTES:
        raise FileRefused(
            reason=f"The file has {len(file):,} bytes; at most {MOST_BYTES:,} are read. Send it in parts."
        )
    if isinstance(file, str):
        return file.removeprefix("\ufeff")
    if file[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise FileRefused(reason=f"The file is in UTF-16, not in UTF-8. {_AS_UTF8}", line=1)
    if file[:4] == b"PK\x03\x04":
        raise FileRefused(reason=f"This is a spreadsheet or an archive, not a CSV file. {_AS_UTF8}", line=1)
    try:
        return file.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = file.count(b"\n", 0, error.start) + 1
        byte = file[error.start]
        raise FileRefused(reason=f"Line {line}: byte 0x{byte:02X} is not UTF-8. {_AS_UTF8}", line=line) from None


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    nul = text.find("\0")
    if nul >= 0:
        line = text.count("\n", 0, nul) + 1
        raise FileRefused(reason=f"Line {line}: a NUL character. The file is damaged: export it again.", line=line)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise FileRefused(reason=_why(line, error), line=line) from None
        yield line, cells


def _why(line: int, error: csv.Error) -> str:
    if "unexpected end" in str(error):
        return f"Line {line}: a quotation mark is opened here and never closed. Close it, or double it inside a cell."
    if "field larger" in str(error):
        return f"Line {line}: a cell has more than {MOST_CELL:,} characters. Shorten it, or close its quotation mark."
    if "expected after" in str(error):
        return f"Line {line}: a quotation mark stands inside a cell. Put the cell in quotes and double the inner ones."
    return f"Line {line}: this is not CSV ({error}). Export the file again."


def _delimiter(text: str, columns: Sequence[str]) -> str:
    """The separator whose reading of the first lines finds most of the columns in one of them."""
    heads = text[:4_000].splitlines()[:_HEADS]
    wanted = {c.casefold() for c in columns}

    def columns_found(delimiter: str) -> int:
        cells = (line.split(delimiter) for line in heads)
        return max((len(wanted & {cell.strip(' "').casefold() for cell in line}) for line in cells), default=0)

    return max(_DELIMITERS, key=columns_found)


def _names(head: list[str], columns: Sequence[str], line: int) -> list[str]:
    known = {c.casefold(): c for c in columns}
    head_names = [" ".join(cell.split()) for cell in head]
    missing = [c for c in columns if c.casefold() not in {g.casefold() for g in head_names}]
    if missing:
        where = "The first line" if line == 1 else f"Line {line}, which comes nearest to naming the columns,"
        reason = f"{where} lacks: {', '.join(missing)}. It must name the columns: {', '.join(columns)}."
        raise FileRefused(reason=reason, line=line)
    if len(head_names) > len(columns):
        extra = [g for g in head_names if g.casefold() not in known] or ["one of them twice"]
        shown = ", ".join(f'"{e[:40]}"' for e in extra[:5])
        reason = f"The first line has {len(head_names)} columns, {len(columns)} are read. Take out: {shown}."
        raise FileRefused(reason=reason, line=line)
    return [known[g.casefold()] for g in head_names]


def _cell(cell: str, name: str, line: int) -> str:
    if len(cell) > MOST_CELL:
        reason = f"Line {line}, {name}: {len(cell):,} characters; a cell may have {MOST_CELL:,}. Shorten it."
        raise FileRefused(reason=reason, line=line)
    try:
        return clean(cell).strip()
    except InvalidValue as refused:
        raise FileRefused(reason=f"Line {line}, {name}: {refused.reason}", line=line) from None
