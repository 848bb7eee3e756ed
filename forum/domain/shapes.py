"""A JSON file (RFC 8259) -> plain data of an expected shape. Every refusal names the place in the file and the
remedy."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NoReturn

from ..errors import FileRefused, InvalidValue
from .text import clean

DEEPEST = 40
MOST_BYTES = 1_000_000
MOST_LEFT = 50  # places that `left` names
# Brackets outside strings. The possessive repeats keep one bad quote from being scanned over and over.
_MARKS = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[\]{}]', re.S)
_NOTHING: tuple[Any, ...] = (None, "", [], {})
_KINDS = {
    dict: "an object",
    list: "a list",
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
}


@dataclass(frozen=True)
class Shape:
    """A value of the file and its place in it, as in `workshop.programme[1].title`. It remembers what was asked for,
    so that `left` can tell what nobody read."""

    value: Any
    place: str = ""
    asked: set[str] = field(default_factory=set, compare=False, repr=False)

    def refuse(self, wanted: str) -> NoReturn:
        actual = "nothing" if self.value is None else _KINDS.get(type(self.value), "something else")
        raise FileRefused(reason=f"{self.place or 'The file'}: {wanted} is needed, {actual} is there.")

    def get(self, name: str) -> Shape:
        """The value under a name; of value None when it is not there."""
        if not isinstance(self.value, dict):
            self.refuse("an object")
        return self._at(self.value.get(name), f"{self.place}.{name}".lstrip("."))

    def first(self, *names: str) -> Shape:
        """The value under the first of these names that holds something; other names for one thing."""
        found = [self.get(name) for name in names if self.get(name).value not in _NOTHING]
        for other in found[1:]:
            self.asked.discard(other.place)  # it says more than was taken: `left` tells
        return found[0] if found else self.get(names[0])

    def left(self) -> tuple[str, ...]:
        """The places that hold something and that nobody asked for, those of one kind together: `items[].note (3
        times)`."""
        places: dict[str, int] = {}
        for place in self._unread():
            alike = "".join(sign if sign.isprintable() else "?" for sign in re.sub(r"\[\d+\]", "[]", place))[:120]
            places[alike] = places.get(alike, 0) + 1
        named = [place if n == 1 else f"{place} ({n} times)" for place, n in places.items()]
        more = (f"and {len(named) - MOST_LEFT:,} other places",) if len(named) > MOST_LEFT else ()
        return (*named[:MOST_LEFT], *more)

    def _unread(self) -> Iterator[str]:
        if isinstance(self.value, dict):
            inside = [self._inside(value, f"{self.place}.{name}".lstrip(".")) for name, value in self.value.items()]
        else:
            members = self.value if isinstance(self.value, list) else []
            inside = [self._inside(member, f"{self.place}[{i}]") for i, member in enumerate(members)]
        for shape in inside:
            if shape.place in self.asked:
                yield from shape._unread()
            elif shape.value not in _NOTHING:
                yield shape.place

    def _at(self, value: Any, place: str) -> Shape:
        self.asked.add(place)
        return self._inside(value, place)

    def _inside(self, value: Any, place: str) -> Shape:
        return Shape(value, place, self.asked)

    def each(self, most: int = 500) -> Iterator[Shape]:
        """The members of a list, which may be missing (none). Refuses more than `most`."""
        members = [] if self.value is None else self.value
        if not isinstance(members, list):
            self.refuse("a list")
        if len(members) > most:
            raise FileRefused(reason=f"{self.place}: {len(members):,} entries; at most {most} are read.")
        return (self._at(member, f"{self.place}[{i}]") for i, member in enumerate(members))

    def text(self, *, most: int = 5_000) -> str:
        """Clean text, stripped."""
        text = self.maybe_text(most=most)
        return text or self.refuse("text")

    def maybe_text(self, *, most: int = 5_000) -> str:
        """Clean text, or "" when there is none."""
        if self.value is None:
            return ""
        if not isinstance(self.value, str):
            self.refuse("text")
        if len(self.value) > most:
            raise FileRefused(reason=f"{self.place}: {len(self.value):,} characters; at most {most:,} are read.")
        try:
            return clean(self.value).strip()
        except InvalidValue as refused:
            raise FileRefused(reason=f"{self.place}: {refused.reason}") from None

    def maybe_whole(self) -> int | None:
        """A whole number from 0 to a million, or None."""
        if self.value is None:
            return None
        if type(self.value) is not int or not 0 <= self.value <= 1_000_000:
            self.refuse("a whole number from 0 to 1,000,000")
        return int(self.value)

    def day(self) -> date:
        """A date written 2016-02-29 (ISO 8601)."""
        written = self.text()
        try:
            return (
                date.fromisoformat(written) if re.fullmatch(r"\d{4}-\d\d-\d\d", written, re.ASCII) else self._no_day()
            )
        except ValueError:
            return self._no_day()

    def _no_day(self) -> NoReturn:
        raise FileRefused(reason=f"{self.place}: {str(self.value)[:40]!r} is not a date. Write it as 2016-02-29.")


def load(file: str | bytes) -> Shape:
    """The file's data. Refuses what is not JSON (with the line), names that stand twice, NaN, nesting beyond 40 levels,
    and files over 1 MB."""
    if len(file) > MOST_BYTES:
        raise FileRefused(reason=f"The file has {len(file):,} bytes; at most {MOST_BYTES:,} are read.")
    text = _decoded(file)
    _refuse_depth(text)
    try:
        return Shape(json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant))
    except json.JSONDecodeError as error:
        reason = f"Line {error.lineno}: this is not JSON ({error.msg}). Export the file again or mend the line."
        raise FileRefused(reason=reason, line=error.lineno) from None
    except ValueError as error:  # a number of thousands of digits
        raise FileRefused(reason=f"This is not JSON that can be read: {error}.") from None


def _decoded(file: str | bytes) -> str:
    if isinstance(file, str):
        return file.removeprefix("\ufeff")
    try:
        return file.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = file.count(b"\n", 0, error.start) + 1
        reason = f"Line {line}: byte 0x{file[error.start]:02X} is not UTF-8. Save the file again as UTF-8."
        raise FileRefused(reason=reason, line=line) from None


def _refuse_depth(text: str) -> None:
    # Before parsing: the parser recurses, and so would everything after it.
    depth = 0
    for mark in _MARKS.finditer(text):
        sign = mark[0][0]
        depth += 1 if sign in "[{" else -1 if sign in "]}" else 0
        if depth > DEEPEST:
            line = text.count("\n", 0, mark.start()) + 1
            raise FileRefused(
                reason=f"Line {line}: nested deeper than {DEEPEST} levels. This is no such file.", line=line
            )


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for name, value in pairs:
        if name in members:
            raise FileRefused(reason=f"The name {name[:60]!r} stands twice in one object. Keep one of the two.")
        members[name] = value
    return members


def _no_constant(name: str) -> NoReturn:
    raise FileRefused(reason=f"{name} is not a JSON number. Write null where a figure is not known.")
