"""What has a date in a forum, as one viewer reads it: by the operation documents of `graphql/operations`, so that the
rules of who sees what hold here as everywhere."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]
Ask = Callable[..., Awaitable[Row]]  # an operation's name and its variables -> its data
_ROWS = 50  # of each list, a page
_MOST_PAGES = 40
_LISTS = ("calls", "documents", "meetings", "extensions")


@dataclass(frozen=True)
class EditionDates:
    """An edition with what has a date in it. `head`: itself, its anchors, what it plans."""

    head: Row
    calls: tuple[Row, ...]
    documents: tuple[Row, ...]
    meetings: tuple[Row, ...]
    extensions: tuple[Row, ...]


@dataclass(frozen=True)
class ForumDates:
    """A forum with its two newest editions, the newest first; what was taken back is left out."""

    forum: Row
    editions: tuple[EditionDates, ...]


async def forum_dates(ask: Ask, slug: str) -> ForumDates | None:
    """The dates of a forum by its short name; None where there is none. Raises Problem."""
    forum = (await ask("forum_calendar", slug=slug))["forum"]
    if forum is None:
        return None
    standing = [edition for edition in forum["editions"]["nodes"] if edition["state"] != "WITHDRAWN"]
    return ForumDates(forum, tuple([await _edition(ask, edition) for edition in standing]))


async def _edition(ask: Ask, head: Row) -> EditionDates:
    """All pages of an edition's lists. A list that has come to its end is asked on from there, and gives no more."""
    found: dict[str, list[Row]] = {name: [] for name in _LISTS}
    after: dict[str, str | None] = dict.fromkeys(_LISTS)
    for _ in range(_MOST_PAGES):
        page = (await ask("edition_dates", id=head["id"], first=_ROWS, **after))["node"]
        if page is None:
            break
        for name in _LISTS:
            found[name] += page[name]["nodes"]
            after[name] = page[name]["pageInfo"]["endCursor"] or after[name]
        if not any(page[name]["pageInfo"]["hasNextPage"] for name in _LISTS):
            break
    return EditionDates(head, *(tuple(found[name]) for name in _LISTS))
