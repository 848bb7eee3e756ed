"""How many rows a list has, as far as the viewer may see them: up to a number, or all.

To count is to look at each row and to ask who may see it, so what everybody asks for (`totalCount`) stops at a number;
`exactCount` goes to the end, and is paid for. Where a page of the rows is asked for beside the count, what was judged
to be counted is not judged again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from .compile import Compiler
from .rows import Row
from .values import Key, whole

BOUNDED = frozenset(("totalCount", "countIsExact"))
COUNTED = BOUNDED | {"exactCount"}


def keys_of(row: Row, order: Sequence[Key]) -> sa.Select[Any]:
    """What rows are ordered by, without the rest."""
    return sa.select(*[row.c[k.name].label(k.name) for k in order]).select_from(row.source)


@dataclass
class Counts:
    """The counts of one list. `first`: the keys of its first rows, at least one more than are counted, where a page is
    asked for beside a bounded count; `exact`: whether these are all."""

    c: Compiler
    rows: Any  # select of the whole list
    counted: Callable[..., Any] | None  # what is shown of a count
    first: Row | None = None
    _ctes: list[Any] = field(default_factory=list)
    _number: Any = None

    @classmethod
    def of(cls, c: Compiler, source: Any, counted: Callable[..., Any] | None, *, shared: bool) -> Counts:
        """The counts of a page's source. `shared`: the page is asked for beside a bounded count."""
        rows = sa.select(whole(1).label("one")).select_from(source.row.source).where(*source.where)
        counts = cls(c, rows, counted)
        if shared and source.table is not None:
            counts._judge_once(source)
        return counts

    def _judge_once(self, source: Any) -> None:
        """In the order of the list: it is found as the page is, and the count comes from a few rows more."""
        name = self.c.name()
        in_order = [k.sorted(source.row) for k in source.order]
        keyed = keys_of(source.row, source.order).where(*source.where).order_by(*in_order)
        # Referred to by its name alone: where it is defined is the business of `beside`.
        self.first = Row(name, sa.table(name, *[sa.column(k.name, k.type) for k in source.order]))
        # A number, not the size that is asked for: planned for any size, it is planned for a tenth of all rows.
        some = keyed.limit(whole(max(self._most, self.c.maximum + 1)))
        self._ctes.append(some.cte(name).prefix_with("MATERIALIZED"))

    @property
    def _most(self) -> int:
        return self.c.most_counted + 1  # one more tells whether the count is exact

    @property
    def number(self) -> Any:
        """How many of the first rows there are: worked out once, whoever asks."""
        if self._number is None:
            name = self.c.name()
            few = (
                self.first.source
                if self.first is not None
                else self.c.subquery(self.rows.limit(whole(self._most))).source
            )
            counting = sa.select(sa.func.count().label("n")).select_from(few).cte(name).prefix_with("MATERIALIZED")
            self._ctes.append(counting)
            self._number = sa.select(sa.column("n", sa.BigInteger)).select_from(sa.table(name)).scalar_subquery()
        return self._number

    @property
    def exact(self) -> Any:
        """Whether the first rows are all."""
        return self.number <= whole(self.c.most_counted)

    def shown(self, name: str) -> Any:
        """The value of one of the fields that count."""
        if name == "countIsExact":
            return self.exact
        if name == "totalCount":
            return self._told(sa.select(sa.func.least(self.number, whole(self.c.most_counted)).label("n")))
        return self._told(sa.select(sa.func.count().label("n")).select_from(self.c.subquery(self.rows).source))

    def _told(self, counting: Any) -> Any:
        """The count as the list shows it: some hide a small one."""
        if self.counted is None:
            return counting.scalar_subquery()
        row = self.c.subquery(counting)
        return sa.select(self.counted(row.c.n, self.c.me)).select_from(row.source).scalar_subquery()

    def beside(self, page: Any) -> Any:
        """The page's select with what was worked out once for several of its parts."""
        for cte in self._ctes:
            page = page.add_cte(cte, nest_here=True)
        return page
