"""The rules of a call by themselves: when the clock opens and closes it, and what moves with its deadline."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.domain import call as rules
from forum.domain.call import CallState, Reminder, ReminderState
from forum.errors import WrongState
from tests.support.nouns import NOON, a_call, some_id

HOUR, INSTANT = timedelta(hours=1), timedelta(microseconds=1)


def test_a_call_opens_at_its_very_instant_and_once() -> None:
    call = a_call(opens_at=NOON - HOUR)
    assert not rules.may_open(call, NOON - HOUR - INSTANT)
    assert rules.may_open(call, NOON - HOUR)
    assert not rules.may_open(replace(call, opened_at=NOON - HOUR), NOON)
    assert not rules.may_open(replace(call, state=CallState.CLOSED), NOON)


def test_a_call_closes_at_its_very_deadline_with_its_grace_and_once() -> None:
    call = a_call()
    assert not rules.may_close(call, NOON - INSTANT)
    assert rules.may_close(call, NOON)
    graceful = replace(call, late_until=NOON + HOUR)
    assert not rules.may_close(graceful, NOON + HOUR - INSTANT)
    assert rules.may_close(graceful, NOON + HOUR)
    assert not rules.may_close(replace(call, state=CallState.CLOSED), NOON)


@given(st.timedeltas(HOUR, 100 * HOUR), st.none() | st.timedeltas(HOUR, 100 * HOUR))
def test_the_grace_stays_as_long_as_it_was(length: timedelta, grace: timedelta | None) -> None:
    call = a_call(late_until=grace and NOON + grace)
    later = rules.move_deadline(call, NOON + length)
    assert later.closes_at == NOON + length
    assert rules.taken_until(later) - later.closes_at == (grace or timedelta(0))


def test_reminders_stop_at_the_deadline_and_are_not_switched_on_a_closed_call() -> None:
    call = a_call()
    assert rules.may_remind(call, NOON - INSTANT)
    assert not rules.may_remind(call, NOON)
    assert not rules.may_remind(rules.switch_reminders(call, False), NOON - HOUR)
    with pytest.raises(WrongState):
        rules.switch_reminders(replace(call, state=CallState.CLOSED), True)


def test_a_round_is_due_once() -> None:
    reminder = Reminder(id=some_id(7), call_id=some_id(5), due_at=NOON)
    assert not rules.is_due(reminder, NOON - INSTANT)
    assert rules.is_due(reminder, NOON)
    assert (rules.send(reminder, 3).state, rules.send(reminder, 3).sent_to) == (ReminderState.SENT, 3)
    assert not rules.is_due(rules.send(reminder, 3), NOON)
    assert not rules.is_due(rules.drop(reminder), NOON)
