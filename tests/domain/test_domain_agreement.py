"""Agreements between bodies: whose word one is, what it covers, and how it goes from proposed to ended."""

from dataclasses import replace
from itertools import product

import pytest

from forum.domain.agreement import (
    ACTS_OF_AGREEMENT,
    MATTER,
    Agreement,
    AgreementPurpose,
    AgreementState,
    Use,
    accept,
    covers,
    decline,
    end,
    need_askable,
    needs_none,
    not_agreed,
    secretariat_of,
    speakers,
)
from forum.domain.body import Forum, ForumKind, Layer
from forum.domain.mandate import Role
from forum.domain.mandates import MandateInForce
from forum.errors import InvalidValue, WrongState
from forum.workflow import act_names
from tests.support.nouns import NOON, some_id

A, B, C, P = some_id(1), some_id(2), some_id(3), some_id(4)
ME = some_id(9)


def forum(id_, parent=None):
    return Forum(
        id=id_, slug=f"f-{id_.int}", name=f"Forum {id_.int}", layer=Layer.GFMD, kind=ForumKind.FORUM, parent_id=parent
    )


ASKED = Agreement(id=some_id(8), asking_id=A, named_id=B, purpose=AgreementPurpose.RECEIVE, proposed_at=NOON)
AGREED = accept(ASKED, ME, NOON)
USE = Use(A, AgreementPurpose.RECEIVE, "2020", "main")


def test_no_body_needs_to_agree_for_itself_for_what_it_set_up_or_where_its_own_secretariat_acts() -> None:
    assert needs_none(USE, forum(A), None)
    assert needs_none(USE, forum(B, parent=A), None)
    assert needs_none(USE, forum(B), B)
    assert needs_none(replace(USE, own=frozenset((B,))), forum(B), None)
    assert needs_none(replace(USE, own=frozenset((B,))), forum(C, parent=B), None)
    # That a body set the asking forum up is not its word; nor is another body's secretariat.
    assert not needs_none(USE, forum(B), None)
    assert not needs_none(USE, forum(B), A)
    assert not needs_none(USE, forum(B, parent=C), C)


@pytest.mark.parametrize("role", list(Role))
def test_only_the_secretariat_gives_a_bodys_word(role: Role) -> None:
    mandate = MandateInForce(id=some_id(7), role=role, forum=B)
    assert secretariat_of(mandate) == (B if role == Role.SECRETARIAT else None)


@pytest.mark.parametrize("state", list(AgreementState))
def test_an_agreement_covers_only_while_it_is_agreed(state: AgreementState) -> None:
    assert covers(replace(AGREED, state=state), USE, B) is (state == AgreementState.AGREED)


@pytest.mark.parametrize(
    ("edition", "track", "use", "yes"),
    [
        (None, None, USE, True),
        ("2020", None, USE, True),
        ("2020", "main", USE, True),
        ("2021", None, USE, False),
        ("2020", "side", USE, False),
        ("2020", "main", replace(USE, track=None), False),
        ("2020", None, replace(USE, edition=None), False),
        (None, None, replace(USE, purpose=AgreementPurpose.ENDORSE), False),
        (None, None, replace(USE, asking=C), False),
    ],
)
def test_an_agreement_covers_its_own_edition_track_purpose_and_bodies(edition, track, use, yes) -> None:
    assert covers(replace(AGREED, edition_name=edition, track_name=track), use, B) is yes


def test_the_first_body_without_its_word_is_the_one_that_is_named() -> None:
    bodies = (forum(A), forum(B), forum(C))
    assert not_agreed(USE, bodies, (), None) == forum(B)
    assert not_agreed(USE, bodies, (AGREED,), None) == forum(C)
    assert not_agreed(USE, bodies[:2], (AGREED,), None) is None
    assert not_agreed(USE, bodies[:2], (ASKED,), None) == forum(B)


def test_each_side_speaks_for_itself_and_the_asking_body_never_answers() -> None:
    bodies = {A: forum(A, parent=P), B: forum(B, parent=C)}
    assert speakers("propose_agreement", bodies[A], bodies) == {A, P}
    for act in ("accept_agreement", "decline_agreement"):
        assert speakers(act, ASKED, bodies) == {B, C}
        assert speakers(act, ASKED, {**bodies, B: forum(B, parent=A)}) == {B}
    assert speakers("end_agreement", ASKED, bodies) == {A, P, B, C}


def test_who_need_not_be_asked_is_not_asked() -> None:
    for named in (forum(A), forum(B, parent=A)):
        with pytest.raises(InvalidValue, match="need not agree"):
            need_askable(forum(A), named, None, None)
    need_askable(forum(A, parent=B), forum(B), "2020", "main")
    with pytest.raises(InvalidValue, match="edition"):
        need_askable(forum(A), forum(B), None, "main")


STEPS = {
    "accept": lambda a: accept(a, ME, NOON),
    "decline": lambda a: decline(a, ME, "No.", NOON),
    "end": lambda a: end(a, ME, "Over.", NOON),
}
MAY = {("proposed", "accept"), ("proposed", "decline"), ("proposed", "end"), ("agreed", "end")}


@pytest.mark.parametrize(("state", "step"), list(product(AgreementState, STEPS)))
def test_what_was_answered_is_answered_once_and_what_is_over_stays_over(state: AgreementState, step: str) -> None:
    before = replace(ASKED, state=state)
    if (state.value, step) in MAY:
        after = STEPS[step](before)
        assert after.state == {"accept": "agreed", "decline": "declined", "end": "ended"}[step]
        assert (after.answered_by_id or after.ended_by_id) == ME
    else:
        with pytest.raises(WrongState):
            STEPS[step](before)


def test_no_process_speaks_of_these_acts_and_each_purpose_has_its_words() -> None:
    assert set(act_names.OF_BODIES) == ACTS_OF_AGREEMENT
    assert ACTS_OF_AGREEMENT.isdisjoint(act_names.IN_PROCESSES)
    assert set(MATTER) == set(AgreementPurpose)
