"""Nouns to try rules on, without a database: each with values that are plain, all of them to be changed."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from forum.domain.call import Call
from forum.domain.contribution import AttributionKind, Contribution, ContributionKind, ContributionState, Visibility
from forum.domain.document import Document, Revision
from forum.domain.paragraph import Paragraph
from forum.domain.silence import Silence

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


def some_id(number: int) -> UUID:
    """An id that is the same in every run."""
    return UUID(int=number)


def a_contribution(**changed: Any) -> Contribution:
    """A draft of an organisation, named, to a call."""
    given: dict[str, Any] = {
        "id": some_id(1), "track_id": some_id(2), "edition_id": some_id(3), "forum_id": some_id(4),
        "call_id": some_id(5),
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


def a_document(**changed: Any) -> Document:
    """A draft, read by its team."""
    given: dict[str, Any] = {
        "id": some_id(20), "track_id": some_id(2), "edition_id": some_id(3), "forum_id": some_id(4), "kind": "summary",
        "symbol": "GFMD/2027/1", "title": "Summary", "language": "en", "version_label": "Zero draft",
    }  # fmt: skip
    return Document(**{**given, **changed})


def a_paragraph(running: int = 1, /, **changed: Any) -> Paragraph:
    """The paragraph of this running number in the first part."""
    identity = f"sec_1__para_{running}"
    given: dict[str, Any] = {
        "id": some_id(100 + running), "document_id": some_id(20), "ordinal": running, "w_id": identity,
        "e_id": identity,
        "number": str(running), "markdown": f"Paragraph {running}.",
    }  # fmt: skip
    return Paragraph(**{**given, **changed})


def a_revision(**changed: Any) -> Revision:
    """The first frozen revision of a document."""
    given: dict[str, Any] = {
        "id": some_id(21), "document_id": some_id(20), "number": 1, "label": "Rev.1", "hash": "0f" * 32,
        "salt": bytes(32), "frozen_at": NOON,
    }  # fmt: skip
    return Revision(**{**given, **changed})


def a_silence(**changed: Any) -> Silence:
    """A silence of 72 hours, running from noon on."""
    given: dict[str, Any] = {
        "id": some_id(30), "document_id": some_id(20), "revision_id": some_id(21), "body_id": some_id(4), "hours": 72,
        "starts_at": NOON, "ends_at": NOON + timedelta(hours=72),
    }  # fmt: skip
    return Silence(**{**given, **changed})
