"""Statements described with SQLAlchemy Core and carried by asyncpg: text and parameters, without SQLAlchemy's own
execution.

A statement that is made once (`once`) is compiled once, and costs nothing but its parameters from then on. One that is
made anew for each use is looked up by its shape, as SQLAlchemy itself does: that takes as long as to make it.
"""

from collections.abc import Callable, Mapping, MutableMapping
from functools import cache, update_wrapper
from typing import Any, Generic, NamedTuple, ParamSpec, cast

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.engine.interfaces import Compiled
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.util import LRUCache

P = ParamSpec("P")
Values = Mapping[str, Any]

_SHAPES = 1_000  # of statements made anew, kept compiled
_DIALECT = cast(Callable[[], PGDialect_asyncpg], PGDialect_asyncpg)()  # it declares no types for its constructor
_COMPILED: MutableMapping[Any, Compiled] = LRUCache(_SHAPES)


class Carried(NamedTuple):
    """What goes to the database: the text, its parameters in order, and whether rows may come back."""

    sql: str
    parameters: list[Any]
    gives_rows: bool


class Once:
    """A statement that is never made again. Its constants are its own; what changes are parameters by name
    (`sa.bindparam`), all of which are to be named by whoever runs it."""

    def __init__(self, statement: sa.Executable) -> None:
        self.statement = statement
        self._text: tuple[str, tuple[str, ...], Values, bool] | None = None

    def carried(self, values: Values) -> Carried:
        """With these values for its parameters. Raises KeyError where one is missing."""
        if self._text is None:
            self._text = self._compiled()
        sql, names, constants, gives_rows = self._text
        return Carried(sql, [constants[n] if n in constants else values[n] for n in names], gives_rows)

    def _compiled(self) -> tuple[str, tuple[str, ...], Values, bool]:
        compiled = _compiler(self.statement.compile(dialect=_DIALECT))  # type: ignore[attr-defined]
        fixed = {name for bound, name in compiled.bind_names.items() if not bound.required}
        sent = compiled.construct_params(_check=False)
        expanded = compiled._process_parameters_for_postcompile(sent)
        names = tuple(expanded.positiontup or ())
        constants = {n: expanded.parameters[n] for n in names if n in fixed or n not in compiled.binds}
        return expanded.statement, names, constants, _gives_rows(compiled)


Statement = sa.Executable | Once


class _Maker(Generic[P]):
    """A function whose statements are made once for each of its arguments."""

    def __init__(self, make: Callable[P, sa.Executable]) -> None:
        self._make: Callable[..., Once] = cache(lambda *arguments, **named: Once(make(*arguments, **named)))
        update_wrapper(self, make)

    def __call__(self, *arguments: P.args, **named: P.kwargs) -> Once:
        return self._make(*arguments, **named)


def once(make: Callable[P, sa.Executable]) -> _Maker[P]:
    """Decorates a function that makes a statement. Its arguments are what the statement's shape hangs on: few, and
    never what a request says."""
    return _Maker(make)


def carry(statement: Statement, values: Values | None) -> Carried:
    """The text and parameters of a statement with these values."""
    if isinstance(statement, Once):
        return statement.carried(values or {})
    found, extracted, bound, _ = statement._compile_w_cache(
        _DIALECT, compiled_cache=_COMPILED, column_keys=sorted(values or ())
    )
    compiled = _compiler(found)
    sent = compiled.construct_params(values, extracted, escape_names=False, _collected_params=bound)
    gives_rows = _gives_rows(compiled)
    if compiled.post_compile_params or compiled.literal_execute_params:
        expanded = compiled._process_parameters_for_postcompile(sent)
        return Carried(expanded.statement, list(expanded.positional_parameters), gives_rows)
    return Carried(compiled.string, [sent[name] for name in compiled.positiontup or ()], gives_rows)


def _compiler(compiled: Compiled) -> SQLCompiler:
    if not isinstance(compiled, SQLCompiler):
        raise TypeError("only what reads or changes rows is carried")
    return compiled


def _gives_rows(compiled: SQLCompiler) -> bool:
    """Whether rows may come back; of a statement written as text the database alone knows."""
    may_give = (sa.Select, sa.CompoundSelect, sa.TextClause)
    return bool(compiled.effective_returning) or isinstance(compiled.statement, may_give)
