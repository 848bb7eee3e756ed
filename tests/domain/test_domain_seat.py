"""The life of a seat: it changes and ends now or later, and nothing that was is written anew. No database."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.domain.body import Participation, ParticipationStatus
from forum.domain.seat import change_seat, end_seat, in_order, need_no_silence, need_to_come
from forum.errors import InvalidValue, UnknownCode, WrongState
from tests.support.nouns import NOON, some_id

DAY = timedelta(days=1)
DAYS = st.integers(-4, 4)


def seat(begins: int = -2, ends: int | None = None, **more: Any) -> Participation:
    return Participation(
        id=some_id(1), forum_id=some_id(2), organisation_id=some_id(3), status=ParticipationStatus.OBSERVER,
        starts_at=NOON + begins * DAY, ends_at=None if ends is None else NOON + ends * DAY, **more,
    )  # fmt: skip


@given(DAYS, st.none() | DAYS, DAYS)
def test_an_end_is_brought_forward_and_never_put_off(begins: int, ends: int | None, at: int) -> None:
    if ends is not None and ends <= begins:
        return
    held = seat(begins, ends)
    if ends is not None and ends <= 0:
        with pytest.raises(WrongState):
            end_seat(held, NOON + at * DAY, "why", NOON)
    elif at < 0 or at <= begins or (ends is not None and at > ends):
        with pytest.raises(InvalidValue) as refused:
            end_seat(held, NOON + at * DAY, "why", NOON)
        assert refused.value.path == ("endsAt",)
    else:
        assert end_seat(held, NOON + at * DAY, "why", NOON) == replace(held, ends_at=NOON + at * DAY, end_reason="why")


@given(DAYS, st.none() | DAYS, DAYS)
def test_a_change_takes_no_instant_from_the_seat_and_adds_none(begins: int, ends: int | None, at: int) -> None:
    if ends is not None and ends <= max(begins, 0):
        return
    held = seat(begins, ends)
    wanted = replace(held, id=some_id(9), status=ParticipationStatus.MEMBER, starts_at=NOON + at * DAY)
    if at < 0 or at <= begins or (ends is not None and at >= ends):
        with pytest.raises(InvalidValue) as refused:
            change_seat(held, wanted, "why", NOON)
        assert refused.value.path == ("startsAt",)
    else:
        before = change_seat(held, wanted, "why", NOON)
        assert (before.ends_at, wanted.ends_at) == (wanted.starts_at, held.ends_at)
        assert (before.status, before.end_reason) == (ParticipationStatus.OBSERVER, "why")


def test_a_change_changes_something() -> None:
    held = seat(mechanisms=("states", "mayors"))
    same = replace(held, id=some_id(9), mechanisms=("mayors", "states"), starts_at=NOON)
    with pytest.raises(InvalidValue):
        change_seat(held, same, "why", NOON)
    change_seat(held, replace(same, mechanisms=("mayors",)), "why", NOON)
    with pytest.raises(WrongState):
        change_seat(seat(ends=0), replace(same, status=ParticipationStatus.MEMBER), "why", NOON)


def test_nobody_is_seated_in_the_past() -> None:
    need_to_come(NOON, NOON)
    with pytest.raises(InvalidValue):
        need_to_come(NOON - timedelta(microseconds=1), NOON)


def test_mechanisms_stand_in_order_each_once() -> None:
    known = frozenset(("states", "mayors"))
    assert in_order(("states", "mayors", "states"), known) == ("mayors", "states")
    with pytest.raises(UnknownCode):
        in_order(("states", "trees"), known)


def test_who_was_asked_is_not_unseated_before_the_answer() -> None:
    need_no_silence(NOON, None, "endsAt")
    need_no_silence(NOON, NOON, "endsAt")
    with pytest.raises(InvalidValue):
        need_no_silence(NOON, NOON + DAY, "endsAt")
