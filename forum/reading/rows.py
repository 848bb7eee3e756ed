"""Rows as hooks and handlers see them: columns by name that bring no FROM with them.

SQLAlchemy adds to a subquery's FROM whatever its columns come from, and correlates with the nearest enclosing SELECT
only. Two levels down, a guard's `exists(...)` about the enclosing row would silently become one about *any* row. A
column that is but a qualified name cannot do that: what stands in a FROM was put there by the compiler.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from .dialect import new_dialect

_quote = new_dialect().identifier_preparer.quote


class Columns:
    """`row.c.name`, `row.c["name"]`, `"name" in row.c`."""

    def __init__(self, name: str, source: sa.FromClause) -> None:
        self._name, self._source = name, source
        self._made: dict[str, Any] = {}

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and key in self._source.c

    def __getitem__(self, key: str) -> Any:
        if key not in self._made:
            column = self._source.c[key]
            self._made[key] = sa.literal_column(f"{self._name}.{_quote(str(column.name))}", column.type)
        return self._made[key]

    def __getattr__(self, key: str) -> Any:
        if key.startswith("_") or key not in self:
            raise AttributeError(key)
        return self[key]


class Row:
    """A row source under a name of its own in the statement. `source` goes into exactly one FROM."""

    def __init__(self, name: str, source: sa.FromClause) -> None:
        self.name, self.source = name, source
        self.c = Columns(name, source)

    def __clause_element__(self) -> sa.FromClause:
        """So that a hook may say `.correlate(row)`, though it never needs to."""
        return self.source
