"""Nouns to try rules on, without a database: each with values that are plain, all of them to be changed."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from forum.domain.call import Call
from forum.domain.contribution import AttributionKind, Contribution, ContributionKind, ContributionState, Visibility

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


def some_id(number: int) -> UUID:
    """An id that is the same in every run."""
    return UUID(int=number)


def a_contribution(**changed: Any) -> Contribution:
    """A draft of an organisation, named, to a call."""
    given: dict[str, Any] = {
        "id": some_id(1), "track_id": some_id(2), "edition_id": some_id(3), "forum_id": some_id(4), "call_id": some_id(5),
        "title": "An input", "language": "en", "state": ContributionState.DRAFT, "visibility": Visibility.PARTICIPANTS,
        "attribution": AttributionKind.ORGANISATION, "named_organisation_id": some_id(6), "label": "Kenya",
        "kind": ContributionKind.INPUT,
    }  # fmt: skip
    return Contribution(**{**given, **changed})


def a_call(**changed: Any) -> Call:
    """An open call until noon."""
    given: dict[str, Any] = {
        "id": some_id(5), "track_id": some_id(2), "edition_id": some_id(3), "forum_id": some_id(4), "title": "Inputs",
        "text": "Send them.", "opens_at": NOON - timedelta(days=30), "closes_at": NOON, "zone": "Europe/Zurich",
    }  # fmt: skip
    return Call(**{**given, **changed})
