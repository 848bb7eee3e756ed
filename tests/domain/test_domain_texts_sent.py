"""Comments, sources and transmissions by their rules alone."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from forum.domain.comment import Comment, need_open, written
from forum.domain.contribution import AttributionKind, ContributionKind, Receipt
from forum.domain.document import Audience, DocumentState
from forum.domain.source import need_one_passage, need_other
from forum.domain.transmission import (
    Delivery,
    Transmission,
    TransmissionKind,
    arrive,
    complete,
    need_begun,
    need_frozen,
)
from forum.errors import InvalidValue, WrongState
from tests.support.nouns import NOON, a_contribution, a_document, a_revision, some_id

SENT = Transmission(
    id=some_id(60), document_id=some_id(20), revision_id=some_id(21), kind=TransmissionKind.OUTSIDE,
    outside_name="The Assembly", outside_symbol="A/1", hash="0f" * 32, sent_at=NOON,
)  # fmt: skip


@pytest.mark.parametrize("state", DocumentState)
def test_only_a_circulated_text_is_commented_on(state: DocumentState) -> None:
    if state == "circulated":
        need_open(a_document(state=state))
        return
    with pytest.raises(WrongState):
        need_open(a_document(state=state))


@pytest.mark.parametrize(("attribution", "at"), [(AttributionKind.ORGANISATION, NOON), (AttributionKind.NONE, None)])
def test_a_comment_that_is_not_attributed_keeps_no_instant(attribution: AttributionKind, at: datetime | None) -> None:
    comment = Comment(
        id=some_id(70), document_id=some_id(20), markdown="Why?", audience=Audience.PARTICIPANTS,
        attribution=attribution, label="A participant",
    )  # fmt: skip
    assert written(comment, NOON).written_at == at


@pytest.mark.parametrize(("paragraph", "recommendation"), [(None, None), (some_id(1), some_id(2))])
def test_a_source_stands_behind_one_passage(paragraph: UUID | None, recommendation: UUID | None) -> None:
    need_one_passage(some_id(1), None)
    need_one_passage(None, some_id(2))
    with pytest.raises(InvalidValue):
        need_one_passage(paragraph, recommendation)


def test_a_paragraph_is_not_its_own_source() -> None:
    need_other(some_id(1), some_id(2))
    need_other(None, some_id(2))
    with pytest.raises(InvalidValue):
        need_other(some_id(1), some_id(1))


def test_a_day_lies_ahead_until_it_has_begun_somewhere_on_earth() -> None:
    first_minute = datetime(2027, 3, 1, 10, tzinfo=UTC)  # midnight of 2 March in UTC+14
    need_begun(date(2027, 3, 2), first_minute)
    need_begun(None, first_minute)
    with pytest.raises(InvalidValue):
        need_begun(date(2027, 3, 2), first_minute - timedelta(microseconds=1))


def test_what_is_not_told_of_a_delivery_stays() -> None:
    after = complete(SENT, None, Delivery(outcome="Noted."))
    assert (after.outside_name, after.outside_symbol, after.outcome) == ("The Assembly", "A/1", "Noted.")
    assert complete(SENT, None, Delivery()) == SENT
    assert Delivery(day=date(2027, 3, 1), outcome="Noted.").reported() == {
        "delivered_on": date(2027, 3, 1),
        "outcome": "Noted.",
    }


def test_a_text_arrives_handed_in_and_a_text_never_frozen_does_not() -> None:
    arrived = arrive(a_contribution(kind=ContributionKind.RECEIVED), Receipt("CKPS-EK7Q-176W", "0f" * 32), NOON)
    assert (arrived.state, arrived.submitted_at, arrived.receipt_hash) == ("submitted", NOON, "0f" * 32)
    assert need_frozen("transmit_document", a_revision()).number == 1
    with pytest.raises(WrongState, match="without a frozen revision"):
        need_frozen("transmit_document", None)
