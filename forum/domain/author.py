"""Whose input or comment it is, and what of that is named: the one who wrote, and what everybody reads of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from ..errors import WordNotAllowed
from .contribution import AttributionKind, AuthorKind, Authorship

NOBODY = "A participant"  # what stands for an author who is not named


@dataclass(frozen=True)
class Author:
    """Who writes: a state or another organisation, a mechanism together (by its code; `coordination` adds the forum for
    which its coordinator was named), or a forum's own team."""

    kind: AuthorKind
    organisation: UUID | None = None
    mechanism: str | None = None
    forum: UUID | None = None
    coordination: str | None = None


@dataclass(frozen=True)
class Naming:
    """What a text shows of its author: the organisation, the mechanism, and the exact words a reader sees."""

    organisation: UUID | None
    mechanism: str | None
    label: str


def mechanism_for(author: Author, wanted: str | None, theirs: Collection[str]) -> str | None:
    """The mechanism through which somebody writes: the one named, else the first of theirs; None where they have none.

    Refuses (WordNotAllowed) one that is not theirs.
    """
    own = sorted(theirs)
    chosen = author.mechanism or wanted or (own[0] if own else None)
    if chosen is not None and chosen not in own:
        raise WordNotAllowed(word=chosen, words=tuple(own)).at_path("mechanism")
    return chosen


def naming(author: Author, attribution: str, mechanism: str | None, names: Mapping[str, str]) -> Naming:
    """What is named, as was asked for. Not attributed: nothing at all, so there is nothing to leak.

    `names`: how the author's organisation, mechanism and forum are called. Refuses (WordNotAllowed) attribution to a
    mechanism by somebody who has none.
    """
    if attribution == AttributionKind.NONE:
        return Naming(None, None, NOBODY)
    if author.kind == AuthorKind.MECHANISM:
        return Naming(None, mechanism, names["mechanism"])
    if attribution == AttributionKind.MECHANISM:
        if mechanism is None:
            words = (AttributionKind.ORGANISATION, AttributionKind.NONE)
            raise WordNotAllowed(word=AttributionKind.MECHANISM, words=words).at_path("attribution")
        return Naming(None, mechanism, names["mechanism"])
    return Naming(author.organisation, mechanism, names["organisation"] or names["forum"])


def attributed(author: Author, attribution: str) -> AttributionKind:
    """What a text says of its attribution: a forum's and a mechanism's own are theirs whatever else was asked for."""
    if attribution != AttributionKind.NONE and author.kind in (AuthorKind.FORUM, AuthorKind.MECHANISM):
        return AttributionKind(author.kind.value)
    return AttributionKind(attribution)


def wrote_by(authorship: Authorship) -> Author | None:
    """The author that stands in an authorship; None where the sender is not recorded."""
    if authorship.author_kind is None:
        return None
    ends = (authorship.organisation_id, authorship.mechanism_code, authorship.forum_id, authorship.coordination)
    return Author(authorship.author_kind, *ends)


def author_columns(author: Author | None) -> dict[str, UUID | str | None]:
    """An author as the columns of `authorship` hold it; all empty where the sender is not recorded."""
    return {
        "author_kind": author.kind if author else None,
        "organisation_id": author.organisation if author else None,
        "mechanism_code": author.mechanism if author else None,
        "forum_id": author.forum if author else None,
        "coordination": author.coordination if author else None,
    }
