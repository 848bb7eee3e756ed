"""What becomes of a contribution, act by act, with no database."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from forum.domain import contribution as nouns
from forum.domain.contribution import AttributionKind, Contribution, ContributionKind, ContributionState, Receipt
from forum.errors import WrongState
from tests.support.nouns import NOON, a_call, a_contribution

RECEIPT = Receipt("CKPS-EK7Q-176W", "0f" * 32)
MICRO = timedelta(microseconds=1)
# Every transition, the states in which it may be done, and the state it leads to.
TRANSITIONS: dict[str, tuple[Callable[[Contribution], Contribution], str, str]] = {
    "release_contribution": (lambda c: nouns.release(c, 12), "draft returned withdrawn", "released"),
    "submit_contribution": (lambda c: nouns.submit(c, a_call(), NOON, RECEIPT), "released", "submitted"),
    "withdraw_contribution": (nouns.withdraw, "draft released submitted returned", "withdrawn"),
    "admit_contribution": (nouns.admit, "submitted", "admitted"),
    "return_contribution": (lambda c: nouns.send_back(c, "Which year?", NOON), "submitted admitted", "returned"),
    "withdraw_return": (nouns.take_back_return, "returned", "submitted"),
}


@pytest.mark.parametrize("act", TRANSITIONS)
@pytest.mark.parametrize("state", ContributionState)
def test_a_transition_is_done_in_its_states_and_refused_in_all_others(act: str, state: ContributionState) -> None:
    change, states, leads_to = TRANSITIONS[act]
    before = a_contribution(state=state)
    if state in states.split():
        assert change(before).state == leads_to
        return
    with pytest.raises(WrongState) as refused:
        change(before)
    assert (refused.value.act, refused.value.state) == (act, state)
    assert set(refused.value.needs) == set(states.split())


@pytest.mark.parametrize(("at", "late"), [(NOON - MICRO, False), (NOON, True), (NOON + MICRO, True)])
def test_from_the_very_instant_of_the_deadline_it_is_late(at, late) -> None:
    released = a_contribution(state=ContributionState.RELEASED)
    assert nouns.submit(released, a_call(), at, RECEIPT).late is late
    assert nouns.submit(released, None, at, RECEIPT).late is False


def test_what_is_not_attributed_keeps_no_instant() -> None:
    unnamed = a_contribution(
        state=ContributionState.RELEASED, attribution=AttributionKind.NONE, named_organisation_id=None
    )
    assert nouns.submit(unnamed, a_call(), NOON, RECEIPT).submitted_at is None
    named = a_contribution(state=ContributionState.RELEASED)
    assert nouns.submit(named, a_call(), NOON, RECEIPT).submitted_at == NOON


def test_only_a_text_that_was_sent_is_received() -> None:
    with pytest.raises(WrongState, match="no transmitted text"):
        nouns.receive(a_contribution(state=ContributionState.SUBMITTED))
    sent = a_contribution(state=ContributionState.SUBMITTED, kind=ContributionKind.RECEIVED)
    assert nouns.receive(sent).state == "admitted"


@pytest.mark.parametrize(
    "nobody_mends",
    [
        {"kind": ContributionKind.RECEIVED},
        {"on_behalf": True, "named_organisation_id": None},
    ],
)
def test_what_nobody_here_could_mend_is_not_returned(nobody_mends) -> None:
    with pytest.raises(WrongState, match="an input whose author can mend it"):
        nouns.send_back(a_contribution(state=ContributionState.SUBMITTED, **nobody_mends), "Which year?", NOON)


def test_what_was_returned_is_mended_until_its_instant_and_is_not_late_for_it() -> None:
    returned = nouns.send_back(a_contribution(state=ContributionState.SUBMITTED), "Which year?", NOON + MICRO)
    draft = nouns.revise(returned)
    released = nouns.release(draft, 3)
    assert [nouns.being_mended(c) for c in (returned, draft, released)] == [False, True, True]
    in_time = nouns.submit(released, a_call(), NOON, RECEIPT)
    assert (in_time.late, in_time.mend_until) == (False, None)
    assert nouns.submit(released, a_call(), NOON + MICRO, RECEIPT).late is True
    was_late = nouns.release(nouns.revise(nouns.send_back(
        a_contribution(state=ContributionState.SUBMITTED, late=True), "Which year?", NOON + MICRO)), 3)  # fmt: skip
    assert nouns.submit(was_late, a_call(), NOON, RECEIPT).late is True
    assert nouns.withdraw(returned).mend_until is None
    assert nouns.take_back_return(returned).mend_until is None
