"""The tables as statements that read name them: their columns' names and types, and nothing else.

SQLAlchemy copies every column of a declared table for each alias, with its constraints and events: that was two fifths
of the time that a new document took to compile. A column that is but a name and a type is copied in a tenth of it.
"""

from typing import Any

import sqlalchemy as sa

from . import schema


def _named(column: sa.Column[Any]) -> sa.ColumnClause[Any]:
    """The column as a name with a type; beside it what the check of the contract (`reading/verify.py`) asks."""
    name = sa.column(column.name, column.type)
    vars(name).update(nullable=column.nullable, primary_key=column.primary_key, unique=column.unique)
    return name


_TABLES = {
    name: sa.table(table.name, *map(_named, table.columns))
    for name, table in vars(schema).items()
    if isinstance(table, sa.Table)
}


def __getattr__(name: str) -> sa.TableClause:
    """The table that `schema` declares under this name. Refuses (AttributeError) a name that it does not have."""
    if name not in _TABLES:
        raise AttributeError(f"no table is declared as {name}")
    return _TABLES[name]
