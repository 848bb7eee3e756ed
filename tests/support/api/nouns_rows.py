"""Rows of a small scene, by name: ids are made of names, and a name in a foreign key is its thing's id."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

Rows = list[tuple[Any, list[dict[str, Any]]]]  # tables with their rows
NOON = datetime(2020, 3, 1, 11, tzinfo=UTC)
YEAR = timedelta(days=365)
LAYERS = {"national": "national", "gfmd": "gfmd", "hlpf": "global"}
_SPACE = UUID("6f1f3a54-9f0e-4a39-8a5c-0d5f7b6a2f11")


def key(name: str) -> UUID:
    """The id of a thing of the scene."""
    return uuid5(_SPACE, name)


def row(name: str, /, **values: Any) -> dict[str, Any]:
    refs = {
        k: key(v) if k.endswith("_id") and k not in ("w_id", "e_id") and isinstance(v, str) else v
        for k, v in values.items()
    }
    return {"id": key(name), **refs}
