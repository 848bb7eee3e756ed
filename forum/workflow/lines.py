"""Where in a TOML file something stands: the standard library's reader forgets line numbers, and people need them."""

import re

Path = tuple[str, ...]

_HEADER = re.compile(r"^\s*\[\[?\s*(.+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(
    r"""^\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*=(.*)$"""
)
_PART = re.compile(r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'""")


class LineOf(int):
    """A line of another file than the one that was asked for: of a file that it extends."""

    label: str

    @classmethod
    def file(cls, line: int, label: str) -> "LineOf":
        """This line of the file of this name; a line that names its file already keeps it."""
        if isinstance(line, cls):
            return line
        placed = cls(line)
        placed.label = label
        return placed


def place(label: str, line: int | None) -> str:
    """A file and line as messages name them; of a line of another file, that file."""
    return f"{file_of(label, line)}, line {line}" if line else label


def file_of(label: str, line: int | None) -> str:
    """The file in which a line stands: `label`, the one that was asked for, or one that it extends."""
    return line.label if isinstance(line, LineOf) else label


def locate(text: str) -> dict[Path, int]:
    """The line (from 1) of every table header and key, by its path; the n-th table of an array has "n" in its path.

    Keys inside an inline table count under the line of the table. For messages only: nothing is decided by it.
    """
    lines: dict[Path, int] = {}
    table: Path = ()
    arrays: dict[Path, int] = {}
    quote, depth = "", 0
    for number, line in enumerate(text.split("\n"), start=1):
        if not quote and depth <= 0:
            depth = 0
            if key := _KEY.match(line):
                lines.setdefault(table + _parts(key[1]), number)
            elif header := _HEADER.match(line):
                table = _parts(header[1])
                if line.lstrip().startswith("[["):
                    arrays[table] = arrays.get(table, -1) + 1
                    table = (*table, str(arrays[table]))
                lines.setdefault(table, number)
                continue
        quote, depth = _carry(line, quote, depth)
    return lines


def nearest(lines: dict[Path, int], path: Path) -> int | None:
    """The line of a path, or of the closest thing around it that has one."""
    while path:
        if path in lines:
            return lines[path]
        path = path[:-1]
    return None


def _parts(key: str) -> Path:
    return tuple(part.strip("\"'") for part in _PART.findall(key))


def _carry(line: str, quote: str, depth: int) -> tuple[str, int]:
    """What is still open at the end of a line: a text of several lines, or brackets of a list."""
    at = 0
    while at < len(line):
        if quote:
            end = line.find(quote, at)
            if end < 0:
                return (quote if len(quote) == 3 else ""), depth
            at, quote = end + len(quote), ""
            continue
        char = line[at]
        if char == "#":
            break
        if char in "\"'":
            quote = char * 3 if line.startswith(char * 3, at) else char
            at += len(quote)
            continue
        depth += (char in "[{") - (char in "]}")
        at += 1
    return (quote if len(quote) == 3 else ""), depth
