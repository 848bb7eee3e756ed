"""The no-objection procedure by its rules alone: when it is due, how it ends, what becomes of an objection."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.domain.silence import (
    MOST_HOURS,
    Objection,
    ObjectionAnswer,
    Reservation,
    Silence,
    SilenceState,
    answer,
    end_broken,
    end_passed,
    hours_of,
    is_due,
    is_to_remind,
    need_broken,
    need_hours,
    need_running,
    reminded,
    reminds_at,
    take_back,
)
from forum.errors import InvalidValue, WordNotAllowed, WrongState
from tests.support.nouns import NOON, a_silence, some_id

MICRO = timedelta(microseconds=1)
OBJECTION = Objection(
    id=some_id(31), silence_id=some_id(30), organisation_id=some_id(6), reason="Too weak.", broken_at=NOON
)
# Every rule and transition, and the states in which it holds.
RULES: dict[str, tuple[Callable[[Silence], object], str]] = {
    "break_silence": (lambda s: need_running("break_silence", s), "running"),
    "close_silence": (end_broken, "running"),
    "answer_objection": (need_broken, "broken"),
}


@pytest.mark.parametrize("act", RULES)
@pytest.mark.parametrize("state", SilenceState)
def test_an_act_is_done_in_its_state_and_refused_in_all_others(act: str, state: SilenceState) -> None:
    rule, allowed = RULES[act]
    if state == allowed:
        rule(a_silence(state=state))
        return
    with pytest.raises(WrongState) as refused:
        rule(a_silence(state=state))
    assert (refused.value.act, refused.value.state, refused.value.needs) == (act, state, (allowed,))


@pytest.mark.parametrize(("late", "due"), [(-MICRO, False), (timedelta(), True), (MICRO, True)])
def test_it_is_due_from_the_very_instant_on(late: timedelta, due: bool) -> None:
    silence = a_silence()
    assert is_due(silence, silence.ends_at + late) is due
    assert not is_due(a_silence(state=SilenceState.PASSED), silence.ends_at + late)


def test_it_ends_as_of_its_instant_whenever_the_clock_comes_to_it() -> None:
    silence = a_silence()
    passed, broken = end_passed(silence, "Endorsed."), end_broken(silence)
    assert (passed.state, passed.closed_at, passed.words) == ("passed", silence.ends_at, "Endorsed.")
    assert (broken.state, broken.closed_at, broken.words) == ("broken", silence.ends_at, None)


@given(st.integers(1, MOST_HOURS), st.integers(0, 3599))
def test_hours_are_counted_up(hours: int, seconds: int) -> None:
    ends = NOON + timedelta(hours=hours, seconds=seconds)
    assert hours_of(a_silence(ends_at=ends)) == hours + (seconds > 0)


@given(st.integers(-10, MOST_HOURS + 10), st.none() | st.timedeltas(timedelta(), timedelta(hours=200)))
def test_hours_within_the_bounds_and_the_forums_minimum(hours: int, least: timedelta | None) -> None:
    if 1 <= hours <= MOST_HOURS and (least is None or timedelta(hours=hours) >= least):
        assert need_hours(hours, least) == hours
        return
    with pytest.raises(InvalidValue):
        need_hours(hours, least)


def test_an_objection_is_answered_by_a_known_kind_and_with_words() -> None:
    answered = answer(OBJECTION, "taken_up", "We changed it.", NOON)
    assert (answered.answer, answered.answer_kind) == ("We changed it.", ObjectionAnswer.TAKEN_UP)
    assert answered.answered_at == NOON
    with pytest.raises(WordNotAllowed) as refused:
        answer(OBJECTION, "ignored", "No.", NOON)
    assert refused.value.words == tuple(word.value for word in ObjectionAnswer)
    with pytest.raises(InvalidValue):
        answer(OBJECTION, "explained", " ", NOON)


def test_a_reservation_that_is_taken_back_stays_on_the_record() -> None:
    placed = Reservation(
        id=some_id(32), silence_id=some_id(30), organisation_id=some_id(6), words="Not all of it.", placed_at=NOON
    )
    gone = take_back(placed, NOON + MICRO)
    assert (gone.words, gone.placed_at, gone.withdrawn_at) == (placed.words, NOON, NOON + MICRO)


def test_people_are_reminded_between_the_instant_for_it_and_the_end() -> None:
    at = NOON + timedelta(hours=48)
    silence = a_silence(remind_at=at)
    instants = {at - MICRO: False, at: True, silence.ends_at - MICRO: True, silence.ends_at: False}
    assert {now: is_to_remind(silence, now) for now in instants} == instants
    for over in (reminded(silence), end_broken(silence), a_silence()):
        assert not any(is_to_remind(over, now) for now in instants)


@pytest.mark.parametrize(("hours", "left"), [(24, 25), (24, 24), (24, 1), (1, 2), (0, 72), (2_000, 72)])
def test_nobody_is_reminded_of_what_they_are_told_now(hours: int, left: int) -> None:
    at = reminds_at(NOON + timedelta(hours=left), hours, NOON)
    assert at == (NOON + timedelta(hours=left - hours) if 0 < hours < left else None)
