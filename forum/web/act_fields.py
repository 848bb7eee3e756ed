"""A form's fields and a mutation's input: what was filled in becomes the input, and a refusal's path the field.

Names in the form are paths: `closesAt`, `sections.0.prompt` for a field of the first group, `sessions.0.panels.1.title`
for one of a group within it, `statuses.MEMBER` for a word that is ticked.
"""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from ..api.schema.act_forms import FieldKind, FormField
from .act_terms import PROBLEM

_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_ID = re.compile(rf"[A-Za-z]+:{_UUID}")
_ADDRESS = re.compile(rf"(?:https?://[^/\s]+)?/([a-z]+)/.*?({_UUID})(?:[/?].*)?$")
# The first word of an address of ours, and the type of what it shows.
_SHOWS = {
    "inputs": "Contribution", "calls": "Call", "meetings": "Meeting", "paragraphs": "Paragraph", "tracks": "Track",
    "organisations": "Organisation", "documents": "Paragraph",
}  # fmt: skip
MOST_ROWS = 60


@dataclass
class Filled:
    """What a form holds, as the input of its mutation. `problems`: fields that cannot be sent as they are, with why;
    `rows`: of each group, by its name in the form, which row of the form became which of the input; `alone`: the groups
    of which there is one only, so that the input does not count them."""

    fields: Mapping[str, str]
    zone: str
    input: dict[str, Any] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)
    rows: dict[str, list[int]] = field(default_factory=dict)
    alone: set[str] = field(default_factory=set)

    def name_of(self, path: Sequence[str]) -> str:
        """The field of the form for a path of the contract: rows that were left empty are not in the input."""
        names: list[str] = []
        for part in path:
            group = ".".join(names)
            rows = self.rows.get(group, ())
            if group in self.alone:
                names.append("0")
            known = part.isdecimal() and int(part) < len(rows)
            names.append(str(rows[int(part)]) if known else part)
        return ".".join(names)


def read(asked: Sequence[FormField], fields: Mapping[str, str], zone: str) -> Filled:
    """The input of a mutation from the fields of its form. `zone`: in which times are meant, where the form has no
    zone of its own."""
    filled = Filled(fields, fields.get("zone") or zone)
    filled.input = _values(asked, filled, "")
    return filled


def _values(asked: Sequence[FormField], filled: Filled, before: str) -> dict[str, Any]:
    values = {wanted.name: _value(wanted, filled, before + wanted.name) for wanted in asked}
    return {name: value for name, value in values.items() if value is not None}


def _value(wanted: FormField, filled: Filled, name: str) -> Any:
    if wanted.kind == FieldKind.GROUP:
        return _groups(wanted, filled, name)
    if wanted.kind == FieldKind.CHOICE and wanted.many:
        ticked = [word for word in wanted.choices if f"{name}.{word}" in filled.fields]
        return ticked or None
    if wanted.kind == FieldKind.YES_NO and isinstance(wanted.default, bool):
        return name in filled.fields
    written = filled.fields.get(name, "").strip()
    if not written:
        if wanted.required:
            filled.problems.append((name, PROBLEM["MUST"]))
        return None
    if wanted.many:
        return [_single(wanted, filled, name, line.strip()) for line in written.splitlines() if line.strip()]
    return _single(wanted, filled, name, written)


def _single(wanted: FormField, filled: Filled, name: str, written: str) -> Any:
    if wanted.kind == FieldKind.ID or "`id`" in wanted.about:
        return thing(written, wanted.of)
    if wanted.kind == FieldKind.WHOLE:
        if re.fullmatch(r"-?[0-9]{1,9}", written):
            return int(written)
        filled.problems.append((name, PROBLEM["NUMBER"]))
    elif wanted.kind == FieldKind.INSTANT:
        if at := instant(written, filled.zone):
            return at
        filled.problems.append((name, PROBLEM["YEAR" if _of_no_year(written) else "WHEN"]))
    elif wanted.kind == FieldKind.DAY:
        if _day(written):
            return written
        filled.problems.append((name, PROBLEM["DAY"]))
    elif wanted.kind == FieldKind.YES_NO:
        return written == "yes"
    else:
        return written
    return None


def _day(written: str) -> bool:
    """Whether it is a day of the calendar, as the contract reads it: year, month and day with hyphens."""
    with suppress(ValueError):
        return date.fromisoformat(written).isoformat() == written
    return False


def _groups(wanted: FormField, filled: Filled, name: str) -> list[dict[str, Any]] | dict[str, Any] | None:
    """The rows in which something was written; what is only ticked or chosen beforehand is no row. Of a group of which
    there is one only, that one."""
    used = [row for row in row_numbers(filled.fields, name) if _written_in(wanted, filled.fields, f"{name}.{row}")]
    if not wanted.many:
        filled.alone.add(name)
        return _values(wanted.fields, filled, f"{name}.0.") if used else None
    filled.rows[name] = used
    return [_values(wanted.fields, filled, f"{name}.{row}.") for row in used] or None


def _written_in(wanted: FormField, fields: Mapping[str, str], row: str) -> bool:
    """Whether something was written in this row of a group, or in a group within it."""
    return any(
        any(_written_in(inner, fields, f"{row}.{inner.name}.{n}") for n in row_numbers(fields, f"{row}.{inner.name}"))
        if inner.fields
        else fields.get(f"{row}.{inner.name}", "").strip() not in ("", inner.default)
        for inner in wanted.fields
        if _typed(inner)
    )


def _typed(wanted: FormField) -> bool:
    """Whether a field is written in, and neither ticked nor filled in beforehand."""
    beforehand = wanted.kind == FieldKind.WHOLE and wanted.default is not None
    return wanted.kind not in (FieldKind.CHOICE, FieldKind.YES_NO) and not beforehand


def row_numbers(fields: Mapping[str, str], name: str) -> list[int]:
    """The rows of a group that a form has, in order."""
    found = {re.match(rf"{re.escape(name)}\.([0-9]{{1,3}})\.", key) for key in fields}
    return sorted({int(match[1]) for match in found if match and int(match[1]) < MOST_ROWS})


def is_id(written: str) -> bool:
    """Whether this is the id of a thing, as the contract writes them."""
    return _ID.fullmatch(written) is not None


def thing(written: str, of: str = "") -> str:
    """The id of a thing from what people have of it: its id, or the address of its page here. Anything else stays as
    it was written, for the contract to refuse."""
    if _ID.fullmatch(written):
        return written
    if re.fullmatch(_UUID, written) and of:
        return f"{of}:{written}"
    if (address := _ADDRESS.fullmatch(written)) and address[1] in _SHOWS:
        return f"{_SHOWS[address[1]]}:{address[2]}"
    return written


def instant(written: str, zone: str) -> str | None:
    """An instant as the contract takes it, in UTC, from a day and a time of this zone (HTML, `datetime-local`). None
    where it is none, lies outside the years 1900 to 2200, or the clocks there skip it or show it twice."""
    if _of_no_year(written):
        return None
    try:
        local, there = datetime.fromisoformat(written), ZoneInfo(zone)
    except (ValueError, KeyError, OSError):
        return None
    if local.tzinfo is not None:
        return local.astimezone(UTC).isoformat()
    both = {local.replace(tzinfo=there, fold=fold).astimezone(UTC) for fold in (0, 1)}
    if len(both) != 1:
        return None
    [at] = both
    return at.isoformat() if at.astimezone(there).replace(tzinfo=None) == local else None


def _of_no_year(written: str) -> bool:
    """Whether it begins with a year that the contract does not take."""
    year = re.match(r"([0-9]{4,9})-", written)
    return year is not None and not 1900 <= int(year[1]) <= 2200
