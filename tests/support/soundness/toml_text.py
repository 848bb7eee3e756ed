"""A definition as nested tables, written out as TOML: what is changed in the tables is changed in the text."""

import json
from collections.abc import Iterator
from typing import Any

Table = dict[str, Any]


def written(definition: Table) -> str:
    """The text of a definition."""
    return "\n".join(_block(definition, ())) + "\n"


def _block(table: Table, path: tuple[str, ...]) -> Iterator[str]:
    if path:
        yield f"[{'.'.join(path)}]"
    deep = {key for key, value in table.items() if isinstance(value, dict) and _has_heading(path, key)}
    yield from (f"{key} = {_value(value)}" for key, value in table.items() if key not in deep)
    for key in table:
        if key in deep:
            yield from _block(table[key], (*path, key))


def _has_heading(path: tuple[str, ...], key: str) -> bool:
    here = (*path, key)
    if len(here) == 1:
        return True
    if here[0] == "tracks":
        return (
            len(here) in (2, 4)
            or (len(here) == 3 and key in ("always", "stages"))
            or (len(here) == 5 and here[2] == "stages")
        )
    return len(here) == 2 and here[0] in ("documents", "closings", "bodies", "meetings", "anchors", "sets")


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(_value(one) for one in value)}]"
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {_value(one)}' for key, one in value.items())} }}"
    return json.dumps(value, ensure_ascii=False)
