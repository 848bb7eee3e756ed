"""Where people are reached: what is an address, and when a digest is due."""

import datetime as dt
import uuid

import pytest

from forum.domain.contact import Contact, Pace, address_of, due, muted_of, need_zone
from forum.domain.letter import again_after, given_up, message_id
from forum.errors import InvalidValue, UnknownCode

NOW = dt.datetime(2027, 3, 1, 11, tzinfo=dt.UTC)


def test_an_empty_one_takes_the_address_away():
    assert address_of("  ") is None
    assert address_of(" a@Example.ORG") == "a@example.org"
    with pytest.raises(InvalidValue):
        address_of("a@b", "address")


def test_an_unknown_zone_is_refused():
    with pytest.raises(UnknownCode):
        need_zone("Mars/Olympus")


def test_too_many_muted_forums_are_refused():
    assert muted_of([uuid.UUID(int=1)] * 5) == (uuid.UUID(int=1),)
    with pytest.raises(InvalidValue):
        muted_of(map(uuid.UUID, [f"{n:032x}" for n in range(101)]))


def test_a_digest_is_due_at_the_next_seven_oclock_of_the_reader():
    daily = Contact(id=uuid.uuid4(), person_id=uuid.uuid4(), pace=Pace.DAILY, zone="Asia/Kathmandu")
    assert due(daily, NOW, at_once=False) == dt.datetime(2027, 3, 2, 1, 15, tzinfo=dt.UTC)
    assert due(daily, NOW.replace(hour=1, minute=14), at_once=False) == NOW.replace(hour=1, minute=15)
    assert due(daily, NOW.replace(hour=1, minute=15), at_once=False).day == 2
    assert due(daily, NOW, at_once=True) == NOW


def test_a_letter_is_tried_ever_more_rarely_and_for_five_days():
    waits = [again_after(n).total_seconds() for n in range(1, 12)]
    assert waits[:3] == [30, 60, 120]
    assert max(waits) == 3600
    assert not given_up(NOW, NOW + dt.timedelta(days=4))
    assert given_up(NOW, NOW + dt.timedelta(days=5))


def test_its_name_is_always_the_same():
    assert message_id(uuid.UUID(int=5), "a.org") == "<00000000-0000-0000-0000-000000000005@a.org>"
