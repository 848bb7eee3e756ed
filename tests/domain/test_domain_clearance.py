"""Who clears what goes out in an organisation's name, who is still missing, and when a clearance counts."""

import uuid
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.domain.clearance import (
    Clearance,
    ClearanceRule,
    ClearanceSubject,
    Speaker,
    clears,
    end,
    is_out,
    need_cleared,
    need_not_out,
    need_rule,
    still_missing,
    take_back,
)
from forum.domain.contribution import ContributionState
from forum.domain.mandate import Role
from forum.domain.mandates import MandateInForce, Place
from forum.errors import ClearanceMissing, InvalidValue, WrongState
from tests.support.nouns import a_contribution

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
OWN, OTHER, FORUM, ELSEWHERE = (uuid.UUID(int=n) for n in range(1, 5))
AMINA, BORIS, CHEN = (uuid.UUID(int=n) for n in range(11, 14))
NAMES = {AMINA: "Amina", BORIS: "Boris", CHEN: "Chen"}
SPEAKING = (Role.REPRESENTATIVE, Role.DELEGATE, Role.NATIONAL_FOCAL_POINT, Role.ADMINISTRATOR)


def rule(people=0, *roles):
    subjects = ClearanceSubject.words()
    asked = {"subjects": subjects, "people": people, "roles": roles}
    return ClearanceRule(id=uuid.uuid4(), organisation_id=OWN, set_at=NOW, **asked)


def cleared(person, role=Role.DELEGATE, **more):
    more = {"contribution_id": uuid.UUID(int=9), "revision": 1, **more}
    return Clearance(id=uuid.uuid4(), organisation_id=OWN, person_id=person, role=role, cleared_at=NOW, **more)


def speaker(person, role=Role.DELEGATE):
    return Speaker(person, NAMES[person], role)


THREE = [speaker(person) for person in NAMES]


def test_so_many_people_are_asked_and_those_who_could_are_named():
    assert still_missing(rule(2), [], THREE) == ("2 more people of your own side (Amina or Boris or Chen)",)
    assert still_missing(rule(2), [cleared(AMINA)], THREE) == ("1 more person of your own side (Boris or Chen)",)
    assert still_missing(rule(2), [cleared(AMINA), cleared(CHEN)], THREE) == ()


def test_a_person_counts_once_in_how_many_roles_soever_and_each_role_is_met():
    both = [speaker(AMINA), speaker(AMINA, Role.NATIONAL_FOCAL_POINT), speaker(BORIS)]
    twice = [cleared(AMINA), cleared(AMINA, Role.NATIONAL_FOCAL_POINT)]
    assert still_missing(rule(2), twice, both) == ("1 more person of your own side (Boris)",)
    assert still_missing(rule(0, "national_focal_point"), twice[:1], both) == ("the national focal point (Amina)",)
    assert still_missing(rule(1, "national_focal_point", "delegate"), twice, both) == ()


def test_who_no_longer_speaks_for_the_organisation_counts_no_more_and_is_not_waited_for():
    left = [speaker(BORIS)]
    assert still_missing(rule(2), [cleared(AMINA), cleared(BORIS)], left) == (
        "1 more person of your own side (nobody else speaks for it here now)",
    )
    role = rule(0, "national_focal_point")
    assert still_missing(role, [cleared(AMINA, Role.NATIONAL_FOCAL_POINT)], left) == (
        "the national focal point (nobody holds that role here now)",
    )
    with pytest.raises(ClearanceMissing) as refused:
        need_cleared(role, [], left, "clearContribution")
    assert "setClearanceRule" in refused.value.message
    assert "clearContribution" in refused.value.message


def test_what_was_taken_back_counts_no_more():
    back = take_back(cleared(AMINA), NOW, out=False)
    assert still_missing(rule(1), [back], THREE) != ()
    for wrong, out in ((back, False), (cleared(AMINA), True)):
        with pytest.raises(WrongState):
            take_back(wrong, NOW, out=out)


@given(
    st.integers(1, 4),
    st.lists(st.sampled_from(SPEAKING), unique=True),
    st.sets(st.tuples(st.sampled_from(list(NAMES)), st.sampled_from(SPEAKING))),
    st.sets(st.tuples(st.sampled_from(list(NAMES)), st.sampled_from(SPEAKING))),
)
def test_something_is_missing_exactly_where_the_rule_is_not_met(people, roles, holding, clearing):
    speakers = [speaker(*one) for one in sorted(holding)]
    counts = holding & clearing
    met = len({person for person, _ in counts}) >= people and set(roles) <= {role for _, role in counts}
    asked = rule(people, *roles)
    assert (still_missing(asked, [cleared(*one) for one in clearing], speakers) == ()) == met
    # One more clearance never makes more people missing.
    for one in holding:
        more = still_missing(asked, [cleared(*c) for c in clearing | {one}], speakers)
        assert len(more) <= len(still_missing(asked, [cleared(*c) for c in clearing], speakers))


def test_a_rule_asks_for_what_a_delegation_has():
    need_rule(2, (Role.NATIONAL_FOCAL_POINT,), ("input",))
    need_rule(0, (), ("input",))  # says that none is asked
    for people, roles, subjects in ((-1, (), ("input",)), (21, (), ("input",)), (2, (), ())):
        with pytest.raises(InvalidValue):
            need_rule(people, roles, subjects)
    for role in Role:
        if role not in SPEAKING:
            with pytest.raises(InvalidValue):
                need_rule(1, (role,), ("input",))


def test_who_clears_speaks_for_the_organisation_in_the_scope_of_the_mandate():
    track, edition = uuid.uuid4(), uuid.uuid4()
    place = Place(frozenset((FORUM,)), edition=edition, track=track, home=FORUM)

    def held(role=Role.DELEGATE, organisation=OWN, **scope):
        return MandateInForce(uuid.uuid4(), role, organisation, **scope)

    for role in SPEAKING:
        assert clears(held(role), OWN, place)
    for mandate in (
        held(), held(forum=FORUM), held(edition=edition), held(track=track),
    ):  # fmt: skip
        assert clears(mandate, OWN, place)
    for mandate in (
        held(organisation=OTHER), held(forum=ELSEWHERE), held(edition=uuid.uuid4()), held(track=uuid.uuid4()),
        held(Role.SECRETARIAT, forum=FORUM), held(Role.COORDINATOR, None, forum=FORUM),
    ):  # fmt: skip
        assert not clears(mandate, OWN, place)


@pytest.mark.parametrize("state", list(ContributionState))
def test_what_is_out_is_neither_cleared_nor_taken_back(state):
    contribution = a_contribution(state=state)
    assert is_out(cleared(AMINA), contribution) == (state in ("submitted", "admitted"))
    if state in ("draft", "released", "returned"):
        need_not_out(contribution)
    else:
        with pytest.raises(WrongState):
            need_not_out(contribution)
    comment = cleared(AMINA, contribution_id=None, revision=None)
    assert not is_out(comment, None)
    assert is_out(cleared(AMINA, contribution_id=None, revision=None, comment_id=uuid.uuid4()), None)


def test_a_rule_that_ended_is_kept_with_who_ended_it():
    ended = end(rule(2), AMINA, NOW)
    assert (ended.ended_at, ended.ended_by_id, ended.people) == (NOW, AMINA, 2)
