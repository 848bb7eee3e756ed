"""What a page of a list looks like in the contract: connections as Relay knows them, with counts."""

from typing import Generic, TypeVar

import strawberry

from . import declarations

T = TypeVar("T")


@strawberry.type(description="Where a page begins and ends.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="Whether more follow after this page.")
    has_previous_page: bool = strawberry.field(description="Whether any stand before it: after a cursor, those passed.")
    start_cursor: str | None = strawberry.field(description="The cursor of its first row; null on an empty page.")
    end_cursor: str | None = strawberry.field(
        description="Give it as `after` to read on; null on an empty page. Opaque, and good for this list and "
        "order only."
    )


@strawberry.type(description="A row of a page with its cursor.")
class Edge(Generic[T]):
    cursor: str = strawberry.field(description="Give it as `after` to read on from here.")
    node: T = strawberry.field(description="The thing itself.")


@strawberry.type(description="A page of a list, by keyset: rows written meanwhile are neither skipped nor doubled.")
class Connection(Generic[T]):
    nodes: list[T] = strawberry.field(description="The things of this page, in order.")
    edges: list[Edge[T]] = strawberry.field(description="The same, each with its cursor.")
    page_info: PageInfo = strawberry.field(description="Where this page begins and ends.")
    total_count: int | None = strawberry.field(
        description="How many there are over all pages, as far as you may see, counted up to "
        f"{declarations.COUNT_MAXIMUM:,}: where there are more it is that number, and `countIsExact` is false. Counted "
        "only when asked for; null where a count would tell too much."
    )
    count_is_exact: bool = strawberry.field(
        description="Whether `totalCount` is all there are; false where there are more than it says."
    )
    exact_count: int | None = strawberry.field(
        description="How many there are, however many: over a long list much dearer than `totalCount`. Null where a "
        "count would tell too much."
    )
