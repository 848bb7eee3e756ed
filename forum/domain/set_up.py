"""The bodies of a new installation, as an operator writes them down: one TOML file, read whole before anything is done.

Organisations, forums, what these agreed to for each other, mechanisms, participations, offices and people's roles are
named by their names and slugs; times are days or local times in a named zone. What cannot be read is refused with the
table and the name it stands at.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from ..errors import FileRefused
from ..times import instant
from .text import clean

# Table -> (keys that must be there, keys that may be). Everything else in the file is a slip, and is said.
_SHAPES: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "organisations": (frozenset(("name", "kind")), frozenset(("short_name", "country_code"))),
    "forums": (
        frozenset(("slug", "name", "layer", "kind")),
        frozenset(
            (
                "acronym",
                "parent",
                "convenors",
                "periodicity",
                "power",
                "zone",
                "terms_of_reference",
                "mechanism",
                "process",
                "registrar",
            )
        ),
    ),
    "agreements": (frozenset(("asking", "named", "purpose")), frozenset(("edition",))),
    "mechanisms": (frozenset(("code", "name")), frozenset(("forum",))),
    "participations": (
        frozenset(("forum", "status", "starts", "organisations")),
        frozenset(("ends", "mechanisms")),
    ),
    "offices": (frozenset(("forum", "organisation", "office", "starts")), frozenset(("ends", "zone"))),
    "roles": (
        frozenset(("subject", "name", "role", "organisation", "starts")),
        frozenset(("forum", "mechanism", "ends", "zone")),
    ),
}


@dataclass(frozen=True)
class Bodies:
    """The file's tables; times are instants."""

    organisations: tuple[Mapping[str, Any], ...] = ()
    forums: tuple[Mapping[str, Any], ...] = ()
    agreements: tuple[Mapping[str, Any], ...] = ()
    mechanisms: tuple[Mapping[str, Any], ...] = ()
    participations: tuple[Mapping[str, Any], ...] = ()
    offices: tuple[Mapping[str, Any], ...] = ()
    roles: tuple[Mapping[str, Any], ...] = field(default=())


def read(text: str) -> Bodies:
    """The bodies of a file. Refuses (FileRefused) TOML that cannot be read, unknown tables and keys, missing keys,
    times that are none."""
    try:
        tables = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise FileRefused(reason=f"This is not TOML: {error}.") from None
    unknown = sorted(set(tables) - set(_SHAPES))
    if unknown:
        raise FileRefused(reason=f"The file has a table [[{unknown[0]}]]; it may have {', '.join(_SHAPES)}.")
    return Bodies(**{name: tuple(_rows(name, rows)) for name, rows in tables.items()})


def _rows(table: str, rows: Any) -> list[Mapping[str, Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise FileRefused(reason=f"Write each line of {table} as [[{table}]].")
    return [_row(table, n, row) for n, row in enumerate(rows, 1)]


def _row(table: str, n: int, row: Mapping[str, Any]) -> Mapping[str, Any]:
    needed, optional = _SHAPES[table]
    where = f"[[{table}]] number {n}"
    missing, unknown = sorted(needed - set(row)), sorted(set(row) - needed - optional)
    if missing or unknown:
        reason = f"{where} lacks {missing[0]}." if missing else f"{where} has an unknown key {unknown[0]}."
        raise FileRefused(reason=reason)
    zone = row.get("zone", "Europe/Zurich")
    read_ = {key: _value(key, value, zone, where) for key, value in row.items()}
    return {"zone": zone, **read_} if table in ("offices", "roles") else read_


def _value(key: str, value: Any, zone: str, where: str) -> Any:
    if key in ("starts", "ends"):
        if isinstance(value, (date, datetime)):
            value = value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
        local = value if len(str(value)) > 10 else f"{value} 00:00"
        return instant(str(local), zone)
    if key == "registrar":
        if not isinstance(value, bool):
            raise FileRefused(reason=f"{where}: registrar is true or false.")
        return value
    if isinstance(value, list):
        if not all(isinstance(v, str) for v in value):
            raise FileRefused(reason=f"{where}: {key} is a list of names.")
        return tuple(clean(v) for v in value)
    if not isinstance(value, str):
        raise FileRefused(reason=f"{where}: {key} is a text in quotes.")
    return clean(value)
