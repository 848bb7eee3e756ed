"""The bodies of a new installation, as an operator writes them down: one TOML file, read whole before anything is done.

Organisations, forums, what these agreed to for each other, mechanisms, participations, offices and people's roles are
named by their names and slugs; times are days or local times in a named zone. All that cannot be read is said at once,
each with its line, its table and its key, what may stand there, and what may have been meant.
"""

import difflib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from ..errors import FileRefused, Refusal
from ..times import instant, zone_named
from .names import key as name_key
from .set_up_keys import COUNTRIES, COUNTRY, FLAG, INSTANT, SLUG, SLUGS, TABLES, TEXTS, ZONE, Key
from .text import clean

_HEAD = re.compile(r"\s*\[\[\s*(?:\"([^\"]*)\"|([\w-]+))\s*\]\]")
_KEY = re.compile(r"\s*(?:\"([^\"]*)\"|([\w-]+))\s*=")
_SHOWN = 40  # findings of one answer; the rest is counted
# What tells two rows of a table apart: of two that share it, one is a slip.
_UNIQUE = {"organisations": "name", "forums": "slug", "mechanisms": "code"}
DEFAULT_ZONE = "Europe/Zurich"


class Row(dict[str, Any]):
    """A row of the file by its keys, and where it stands."""

    line: int | None = None
    place: str = ""


@dataclass(frozen=True)
class Bodies:
    """The file's tables; times are instants."""

    organisations: tuple[Row, ...] = ()
    forums: tuple[Row, ...] = ()
    agreements: tuple[Row, ...] = ()
    mechanisms: tuple[Row, ...] = ()
    participations: tuple[Row, ...] = ()
    offices: tuple[Row, ...] = ()
    roles: tuple[Row, ...] = field(default=())


@dataclass(frozen=True)
class Finding:
    """One thing that cannot be read: where, what is wrong, what to write."""

    line: int | None
    place: str
    text: str

    def spoken(self, file: str) -> str:
        """File, line, place and fault, in one line."""
        line = f", line {self.line}" if self.line else ""
        return f"{file}{line}, {self.place}: {self.text}"


def decoded(content: bytes, file: str = "The file") -> str:
    """The text of a file, without its byte order mark. Refuses (FileRefused) what is not UTF-8, naming the line."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        reason = f"{file}, line {line}: this is not UTF-8. Save the file as UTF-8 and try again."
        raise FileRefused(reason=reason, line=line) from None


def read(text: str, file: str = "The file") -> Bodies:
    """The bodies of a file. Refuses (FileRefused) TOML that cannot be read, and with all of them named: unknown tables,
    keys and words, missing keys, times, zones and codes that are none, and what stands twice."""
    try:
        tables = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise FileRefused(reason=f"{file} is not TOML: {error}.") from None
    reading = _Reading(_Lines(text))
    bodies = Bodies(**{name: tuple(reading.rows(name, rows)) for name, rows in tables.items() if name in TABLES})
    for name in tables:
        if name not in TABLES:
            reading.say(reading.lines.of(name, 0), f"[[{name}]]", f"there is no such table. {_meant(name, TABLES)}")
    refuse(reading.findings, file)
    return bodies


def refuse(findings: Sequence[Finding], file: str) -> None:
    """Refuses (FileRefused) a file with findings: all of them, in the order of the file."""
    if not findings:
        return
    inorder = sorted(findings, key=lambda finding: finding.line or 0)
    lines = [finding.spoken(file) for finding in inorder[:_SHOWN]]
    more = [] if len(inorder) <= _SHOWN else [f"And {len(inorder) - _SHOWN} more."]
    raise FileRefused(reason="\n".join([*lines, *more]), line=inorder[0].line)


class _Lines:
    """The line at which each row of a table begins, and each of its keys."""

    def __init__(self, text: str) -> None:
        self._rows: dict[str, list[dict[str, int]]] = {}
        row: dict[str, int] | None = None
        inside = False  # a text over several lines
        for number, line in enumerate(text.splitlines(), 1):
            if not inside and (head := _HEAD.match(line)):
                row = {"": number}
                self._rows.setdefault(head[1] or head[2], []).append(row)
            elif not inside and (key := _KEY.match(line)):
                name = key[1] or key[2]
                if row is None:  # before any table: a table that is written in another way
                    self._rows.setdefault(name, [{"": number}])
                else:
                    row.setdefault(name, number)
            inside ^= (line.count('"""') + line.count("'''")) % 2 == 1

    def of(self, table: str, n: int, key: str = "") -> int | None:
        """The line of a key, else of its row; None where the file writes its table in another way."""
        rows = self._rows.get(table, [])
        return (rows[n].get(key) or rows[n].get("")) if n < len(rows) else None


class _Reading:
    """Reads row by row and collects what cannot be read."""

    def __init__(self, lines: _Lines) -> None:
        self.lines = lines
        self.findings: list[Finding] = []

    def say(self, line: int | None, place: str, text: str) -> None:
        self.findings.append(Finding(line, place, text))

    def rows(self, table: str, rows: Any) -> Iterator[Row]:
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            self.say(self.lines.of(table, 0), table, f"write each of its rows as [[{table}]].")
            return
        before: dict[str, int] = {}
        for n, row in enumerate(rows):
            self._once(table, n, row, before)
            yield self._row(table, n, row)

    def _once(self, table: str, n: int, row: Mapping[str, Any], before: dict[str, int]) -> None:
        name = row.get(_UNIQUE.get(table, ""))
        if not isinstance(name, str):
            return
        first = before.setdefault(name_key(_safe(name)), n)
        if first != n:
            line = self.lines.of(table, first)
            where = f"line {line}" if line else f"number {first + 1}"
            unique = _UNIQUE[table]
            self.say(self.lines.of(table, n, unique), _place(table, n, unique), f"{name} stands at {where} already.")

    def _row(self, table: str, n: int, row: Mapping[str, Any]) -> Row:
        keys = TABLES[table]
        for name, key in keys.items():
            if key.needed and name not in row:
                text = f"this lacks {name}: {key.about} Write {key.takes}."
                self.say(self.lines.of(table, n), _place(table, n), text)
        zone = self._zone(row)
        read_ = Row({"zone": zone} if table in ("offices", "roles") else {})
        read_.line, read_.place = self.lines.of(table, n), _place(table, n)
        for name, value in row.items():
            line, place = self.lines.of(table, n, name), _place(table, n, name)
            if name not in keys:
                self.say(line, _place(table, n), f"has an unknown key {name}. {_meant(name, keys)}")
                continue
            try:
                read_[name] = _value(keys[name], value, zone)
            except _Wrong as wrong:
                self.say(line, place, str(wrong))
            except Refusal as refusal:
                self.say(line, place, refusal.message)
        return read_

    def _zone(self, row: Mapping[str, Any]) -> str:
        zone = row.get("zone", DEFAULT_ZONE)
        try:
            zone_named(zone if isinstance(zone, str) else "")
        except Refusal:
            return DEFAULT_ZONE  # said where the key itself is read
        return str(zone)


class _Wrong(Exception):
    """A value that its key does not take, in words."""


def _value(key: Key, value: Any, zone: str) -> Any:
    """The value as it is kept. Raises what it is not."""
    if key.kind == INSTANT:
        return _instant(value, zone)
    if key.kind == FLAG:
        if not isinstance(value, bool):
            raise _Wrong("write true or false.")
        return value
    if key.kind == TEXTS:
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise _Wrong('this is a list of names: ["Kenya", "Norway"].')
        return tuple(clean(v) for v in value)
    if not isinstance(value, str):
        raise _Wrong(f"write {key.takes}.")
    text = clean(value)
    if not text.strip() and key.needed:
        raise _Wrong(f"this is empty. Write {key.takes}.")
    if key.words and text not in key.words:
        raise _Wrong(f"{text[:60]!r} is none of its words. {_meant(text, key.words)}")
    if key.kind == ZONE:
        zone_named(text)
    if (key.kind == COUNTRY and not re.fullmatch(COUNTRIES, text)) or (key.kind == SLUG and not _slug(text)):
        raise _Wrong(f"{text[:60]!r} is none. Write {key.takes}.")
    return text


def _slug(text: str) -> bool:
    return re.fullmatch(SLUGS, text) is not None


def _instant(value: Any, zone: str) -> datetime:
    if isinstance(value, (date, datetime)):
        value = value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
    local = value if len(str(value)) > 10 else f"{value} 00:00"
    return instant(str(local), zone)


def _place(table: str, n: int, key: str = "") -> str:
    return f"[[{table}]] number {n + 1}" + (f", {key}" if key else "")


def _meant(word: str, words: Iterable[str]) -> str:
    """What may have been meant, and what there is."""
    there = list(words)
    near = difflib.get_close_matches(word.casefold().replace(" ", "_"), there, 1, 0.6)
    meant = f"Did you mean {near[0]}? " if near else ""
    return f"{meant}There are {', '.join(there)}."


def _safe(name: str) -> str:
    """A name that may not be clean yet: what is wrong with it is said where it is read."""
    try:
        return clean(name)
    except Refusal:
        return ""
