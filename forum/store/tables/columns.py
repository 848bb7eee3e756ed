"""The few shapes that columns come in. Rules of the tables: text + CHECK, no native enums, no triggers,
uuids from the application, `timestamptz` only."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = sa.MetaData(naming_convention=NAMING)


def ident() -> sa.Column[Any]:
    """The primary key: a uuid that the application makes."""
    return sa.Column("id", sa.Uuid, primary_key=True)


def ref(name: str, to: str, *, null: bool = False, index: bool = True) -> sa.Column[Any]:
    """A foreign key by id. Indexed unless a constraint of the table already begins with it."""
    return sa.Column(name, sa.Uuid, sa.ForeignKey(f"{to}.id"), nullable=null, index=index)


def text(name: str, *, null: bool = False, default: str | None = None) -> sa.Column[Any]:
    """A text of any length."""
    return sa.Column(name, sa.Text, nullable=null, server_default=default)


def whole(name: str, *, null: bool = False, default: int | None = None) -> sa.Column[Any]:
    """A whole number."""
    return sa.Column(name, sa.Integer, nullable=null, server_default=None if default is None else str(default))


def flag(name: str, default: bool = False) -> sa.Column[Any]:
    """True or false; never null."""
    return sa.Column(name, sa.Boolean, nullable=False, server_default=sa.true() if default else sa.false())


def instant(name: str, *, null: bool = False) -> sa.Column[Any]:
    """A point in time, with its zone."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=null)


def day(name: str, *, null: bool = False) -> sa.Column[Any]:
    """A day without a time."""
    return sa.Column(name, sa.Date, nullable=null)


def words(name: str) -> sa.Column[Any]:
    """A list of texts; empty, never null."""
    return sa.Column(name, ARRAY(sa.Text), nullable=False, server_default="{}")


def octets(name: str, *, null: bool = False) -> sa.Column[Any]:
    """Bytes."""
    return sa.Column(name, sa.LargeBinary, nullable=null)


def one_of(column: str, values: Sequence[str]) -> sa.CheckConstraint:
    """`column` holds one of `values`, said in the table so that no code path can write another."""
    listed = ", ".join(f"'{v}'" for v in values)
    return sa.CheckConstraint(f"{column} in ({listed})", name=column)


def rule(name: str, condition: str) -> sa.CheckConstraint:
    """A condition that every row of the table meets."""
    return sa.CheckConstraint(condition, name=name)


def table(name: str, *parts: sa.Column[Any] | sa.Constraint | sa.Index) -> sa.Table:
    """A table of the service."""
    return sa.Table(name, metadata, *parts)
