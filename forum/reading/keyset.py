"""Where a page begins: rows strictly after a cursor, in the list's order, and whether any stand before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from graphql import Undefined

from .compile import Compiler
from .forms import Value
from .plan import Spot
from .rows import Row
from .values import Key, uncursor, whole


def after(c: Compiler, spot: Spot, row: Row, order: tuple[Key, ...]) -> list[Any]:
    """Rows after the cursor: by tuple where all columns run one way, written out where they do not."""
    value = spot.value("after")
    if not c.form.shape((spot.path, spot.key, "after"), value, lambda v: v is not None and v is not Undefined):
        return []
    c.checks.append(lambda v: uncursor(value.get(v), order))
    marks = [c.bind(_nth(value, order, i), k.type) for i, k in enumerate(order)]
    columns = [k.of(row) for k in order]
    if len({k.descending for k in order}) == 1:
        whole_row = len(order) > 1
        left, right = (sa.tuple_(*columns), sa.tuple_(*marks)) if whole_row else (columns[0], marks[0])
        return [beyond(left, right, order[0].descending)]
    steps = []
    for i, key in enumerate(order):
        same = [columns[j] == marks[j] for j in range(i)]
        steps.append(sa.and_(*same, beyond(columns[i], marks[i], key.descending)))
    return [sa.or_(*steps)]


def before(row: Row, where: list[Any], passed: list[Any]) -> Any:
    """Whether the viewer's list has a row that the page leaves behind it: the cursor's own, or one before that. It
    looks at no row that the page looks at, so the two together cost no more than the whole list."""
    if not passed:
        return sa.false()
    rows = sa.select(whole(1)).select_from(row.source)
    return rows.where(*where, *[sa.not_(p) for p in passed]).exists()


def beyond(left: Any, right: Any, descending: bool) -> Any:
    """Strictly after: the row of the cursor itself was on the page before."""
    return left < right if descending else left > right


def _nth(value: Value, order: tuple[Key, ...], i: int) -> Callable[[Any], Any]:
    return lambda v: uncursor(value.get(v), order)[i]
