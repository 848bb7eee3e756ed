"""Mandates: when they end, and what one makes of a person at a place. No database."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.domain.mandate import Mandate, Office, Role, end, need_term
from forum.domain.mandates import MandateInForce, OfficeHeld, Person, Place, acting, choose
from forum.errors import ChooseMandate, InvalidValue, MandateNotYours, NotSignedIn
from tests.support.nouns import NOON, some_id

HOUR = timedelta(hours=1)
BODY, ELSEWHERE, ORGANISATION = some_id(1), some_id(2), some_id(3)


def in_force(role: Role, number: int = 9) -> MandateInForce:
    return MandateInForce(some_id(number), role, organisation=ORGANISATION, forum=BODY)


@given(st.integers(-48, 48), st.integers(-48, 48))
def test_a_mandate_ends_now_or_later_and_after_it_began(began: int, ends: int) -> None:
    before = Mandate(id=some_id(9), role=Role.DELEGATE, starts_at=NOON + began * HOUR)
    ends_at = NOON + ends * HOUR
    if ends >= 0 and ends > began:
        after = end(before, ends_at, "Moved on.", NOON)
        assert (after.ends_at, after.starts_at, after.role) == (ends_at, before.starts_at, Role.DELEGATE)
    else:
        with pytest.raises(InvalidValue) as refused:
            end(before, ends_at, "Moved on.", NOON)
        assert refused.value.path == ("endsAt",)


def test_a_term_lasts_some_time_or_is_open() -> None:
    need_term(NOON, None)
    need_term(NOON, NOON + HOUR)
    for ends_at in (NOON, NOON - HOUR):
        with pytest.raises(InvalidValue):
            need_term(NOON, ends_at)


def test_the_chair_is_the_secretariat_of_the_organisation_that_holds_the_office() -> None:
    offices = (OfficeHeld(BODY, ORGANISATION, Office.CO_CHAIR),)
    for role, chairs in ((Role.SECRETARIAT, True), (Role.DELEGATE, False)):
        mandate = in_force(role)
        person = Person(some_id(8), "Amina", (mandate,), offices)
        assert ("chair" in acting(person, mandate, Place(frozenset((BODY,)))).roles) is chairs
        assert acting(person, mandate, Place(frozenset((ELSEWHERE,)))).roles == frozenset()


def test_the_mandate_is_the_one_named_else_the_only_one_that_reaches() -> None:
    here = Place(frozenset((BODY,)))
    both = Person(some_id(8), "Amina", (in_force(Role.DELEGATE), in_force(Role.PENHOLDER, 10)))
    assert choose(both, some_id(10), here).role is Role.PENHOLDER
    with pytest.raises(ChooseMandate) as several:
        choose(both, None, here)
    assert several.value.options == (f"Mandate:{some_id(9)} (delegate)", f"Mandate:{some_id(10)} (penholder)")
    with pytest.raises(MandateNotYours):
        choose(both, some_id(77), here)
    with pytest.raises(NotSignedIn):
        choose(None, None, here)
