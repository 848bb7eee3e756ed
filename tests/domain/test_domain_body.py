"""Terms of reference: they last some time, and the newest are never written before earlier ones. No database."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.domain.body import Power, TermsOfReference, need_duration, need_newer
from forum.errors import InvalidValue
from tests.support.nouns import NOON, some_id

DAY = timedelta(days=1)


def terms(day: int) -> TermsOfReference:
    return TermsOfReference(id=some_id(1), forum_id=some_id(2), text="", power=Power.NONE, starts_at=NOON + day * DAY)


@given(st.sets(st.integers(-9, 9)), st.integers(-9, 9))
def test_new_terms_begin_after_all_earlier_ones(earlier: set[int], day: int) -> None:
    on_record = [terms(n) for n in sorted(earlier)]
    if all(n < day for n in earlier):
        need_newer(NOON + day * DAY, on_record)
    else:
        with pytest.raises(InvalidValue):
            need_newer(NOON + day * DAY, on_record)


def test_terms_last_some_time_or_are_open() -> None:
    need_duration(NOON, None)
    need_duration(NOON, NOON + DAY)
    with pytest.raises(InvalidValue) as refused:
        need_duration(NOON, NOON)
    assert refused.value.path == ("endsAt",)
