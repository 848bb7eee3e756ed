"""The table of who may give what: what it says, that the page for people says the same, and its floor."""

from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.domain.authority import (
    ACTS_OF_AUTHORITY,
    ADMISSION,
    GIVING_AND_ENDING,
    OF_FORUM,
    SPEAKS_FOR,
    TABLE,
    By,
    at_once,
    may_accept,
    may_end,
    may_propose,
)
from forum.domain.body import ParticipationStatus
from forum.domain.hands import Around, offices_of, to_end, to_give
from forum.domain.mandate import GivenBy, Mandate, Office, Role, accept, decline, end
from forum.domain.mandates import (
    MandateInForce,
    OfficeHeld,
    Person,
    Place,
    Seat,
    acting,
    circles,
    of_the_house,
    reaches,
)
from forum.domain.viewer import Viewer
from forum.errors import InvalidValue, WrongState
from forum.workflow import act_names, floor
from tests.support.nouns import NOON, some_id

PAGE = Path(__file__).parents[2] / "docs" / "authority.md"
F, G, ORG, P = some_id(1), some_id(2), some_id(3), some_id(4)
OFFICE, ADMINISTRATOR = frozenset((By.OFFICE,)), frozenset((By.ADMINISTRATOR,))


def _said(who: frozenset[By]) -> str:
    return ", ".join(by.value for by in By if by in who)


def test_the_page_for_people_says_what_the_table_says() -> None:
    lines = [
        " | ".join((f"| `{what.value}`", *map(_said, (x.gives, x.proposes, x.accepts, x.ends)), f"{x.counts} |"))
        for what, x in TABLE.items()
    ]
    words = [f"| {by.value} | {by.says} |" for by in By]
    words += [f"| `{act}` | {_said(by)} |" for act, by in ADMISSION.items()]
    page = [" ".join(line.split()) for line in PAGE.read_text("utf-8").splitlines()]
    assert sorted({" ".join(one.split()) for one in lines + words} - set(page)) == []
    assert sum(line.startswith("| `") for line in page) == len(TABLE) + len(ADMISSION)
    assert len(TABLE) == len(Role) + len(Office)


@pytest.mark.parametrize("role", sorted(SPEAKS_FOR))
def test_nobody_but_the_organisation_lets_somebody_speak_for_it(role: Role) -> None:
    everybody_else = frozenset(By) - {By.ADMINISTRATOR, By.OPERATOR}
    assert not at_once(role, everybody_else, own=True)
    # The first administrator, whom a registrar proposes, is the one who accepts it themselves.
    themselves = {By.HOLDER} if role == Role.ADMINISTRATOR else frozenset[By]()
    assert not may_accept(role, (everybody_else | {By.OPERATOR}) - themselves)
    assert at_once(role, ADMINISTRATOR, own=True)
    assert may_propose(role, OFFICE) is (role != Role.ADMINISTRATOR)


@pytest.mark.parametrize("role", sorted(OF_FORUM))
def test_an_organisation_gives_no_role_of_a_forum_and_may_call_its_people_back(role: Role) -> None:
    assert not at_once(role, ADMINISTRATOR, own=True)
    assert may_end(role, ADMINISTRATOR)
    assert at_once(role, OFFICE, own=True)
    assert at_once(role, OFFICE, own=False) is (role != Role.SECRETARIAT)


def _person(role: Role, **more: Any) -> Person:
    offices, seats = more.pop("offices", ()), more.pop("seats", ())
    return Person(P, "Amina", (MandateInForce(some_id(9), role, ORG, **more),), offices, seats)


def test_whose_word_it_is() -> None:
    around = Around(F, frozenset((G,)))
    expected: dict[By, Any]
    for person, expected in (
        (_person(Role.SECRETARIAT, forum=F), {By.OFFICE: F}),
        (_person(Role.SECRETARIAT, forum=G), {By.ABOVE: G}),
        (_person(Role.PENHOLDER, forum=F), {}),
        (_person(Role.NATIONAL_FOCAL_POINT), {}),
        (_person(Role.NATIONAL_FOCAL_POINT, offices=(OfficeHeld(F, ORG, Office.CHAIR),)), {By.OFFICE: F}),
        (_person(Role.NATIONAL_FOCAL_POINT, offices=(OfficeHeld(F, P, Office.CHAIR),)), {}),
        (_person(Role.NATIONAL_FOCAL_POINT, offices=(OfficeHeld(F, ORG, Office.MEMBER),)), {}),
        (_person(Role.DELEGATE, offices=(OfficeHeld(F, ORG, Office.CHAIR),)), {}),
    ):
        assert to_give(person, person.mandates[0], around) == expected
        assert offices_of(person, person.mandates[0]) == frozenset(expected.values())


def test_an_office_ends_what_its_forum_gave() -> None:
    office = _person(Role.SECRETARIAT, forum=F)
    base: dict[str, Any] = {"id": some_id(8), "organisation_id": ORG, "person_id": some_id(7), "starts_at": NOON}
    by_forum: dict[str, Any] = {"given_by": GivenBy.FORUM, "given_by_forum_id": F}
    for mandate, ends in (
        (Mandate(**base, role=Role.PENHOLDER, forum_id=F, **by_forum), True),
        (Mandate(**base, role=Role.PENHOLDER, forum_id=F), True),  # the operator entered it
        (Mandate(**base, role=Role.DELEGATE, forum_id=F, **by_forum), True),
        (Mandate(**base, role=Role.DELEGATE, forum_id=F, given_by=GivenBy.ORGANISATION), False),
        (Mandate(**base, role=Role.DELEGATE, forum_id=F), False),
        (Mandate(**base, role=Role.PENHOLDER, forum_id=F, **{**by_forum, "given_by_forum_id": G}), False),
    ):
        assert bool(to_end(office, office.mandates[0], mandate, Around(F))) is ends, mandate


def test_one_speaks_where_the_organisation_takes_part_and_nowhere_else() -> None:
    here, seat = Place(frozenset((F,))), Seat(F, ORG, ParticipationStatus.MEMBER)
    for person, there in (
        (_person(Role.NATIONAL_FOCAL_POINT), False),
        (_person(Role.NATIONAL_FOCAL_POINT, seats=(seat,)), True),
        (_person(Role.NATIONAL_FOCAL_POINT, forum=F, given_by=GivenBy.ORGANISATION), False),
        (_person(Role.NATIONAL_FOCAL_POINT, forum=F, given_by=GivenBy.FORUM), True),
        (_person(Role.ADMINISTRATOR, seats=(seat,)), False),
        (_person(Role.PENHOLDER, forum=G, seats=(seat,)), False),
        (_person(Role.COORDINATOR, mechanism="states"), False),
    ):
        assert reaches(person, person.mandates[0], here) is there, person
        assert bool(acting(person, person.mandates[0], here).roles) is there


def test_an_administrator_does_nothing_that_is_a_bodys_own_and_takes_no_part_there() -> None:
    chair = (OfficeHeld(F, ORG, Office.CHAIR),)
    for role, of_house in ((Role.NATIONAL_FOCAL_POINT, True), (Role.DELEGATE, True), (Role.ADMINISTRATOR, False)):
        person = _person(role, offices=chair, given_by=GivenBy.ORGANISATION)
        assert of_the_house(person, person.mandates[0], frozenset((F,))) is of_house
    assert circles(_person(Role.ADMINISTRATOR, forum=F)) == frozenset()
    assert circles(_person(Role.DELEGATE, forum=F)) == {F}


def test_who_speaks_for_an_organisation_is_a_bodys_own_only_where_that_chairs_it() -> None:
    """Not because the body proposed them, nor because the operator entered them for it."""
    chair = (OfficeHeld(F, ORG, Office.CHAIR),)
    for role, by in product((Role.NATIONAL_FOCAL_POINT, Role.REPRESENTATIVE, Role.DELEGATE), GivenBy):
        given_here = _person(role, forum=F, given_by=by)
        assert not of_the_house(given_here, given_here.mandates[0], frozenset((F,)))
        chairing = _person(role, forum=F, given_by=by, offices=chair)
        assert of_the_house(chairing, chairing.mandates[0], frozenset((F,)))
        assert not of_the_house(chairing, chairing.mandates[0], frozenset((G,)))
    penholder = _person(Role.PENHOLDER, forum=F)
    assert of_the_house(penholder, penholder.mandates[0], frozenset((F,)))


def test_where_somebody_comes_from_opens_nothing() -> None:
    seats = (Seat(G, ORG, ParticipationStatus.MEMBER),)
    for role in OF_FORUM | {Role.COORDINATOR}:
        person = _person(role, forum=F, seats=seats, mechanism="states")
        assert Viewer.of(person).organisations == ()
        assert circles(person) == {F}
    assert Viewer.of(_person(Role.COORDINATOR, forum=F, mechanism="states")).coordinates == (f"states@{F}",)
    assert Viewer.of(_person(Role.COORDINATOR, mechanism="states")).coordinates == ()


def test_a_proposal_is_answered_once() -> None:
    waiting = Mandate(id=some_id(8), role=Role.DELEGATE, starts_at=NOON, proposed_at=NOON)
    accepted, declined = accept(waiting, NOON), decline(waiting, "Not ours.", NOON)
    assert (accepted.accepted_at, declined.declined_at, declined.end_reason) == (NOON, NOON, "Not ours.")
    for answered in (accepted, declined):
        with pytest.raises(WrongState):
            accept(answered, NOON)
        with pytest.raises(WrongState):
            decline(answered, None, NOON)
    with pytest.raises(WrongState):
        end(declined, NOON, "Why?", NOON)


@given(st.none() | st.integers(1, 3), st.integers(0, 4))
def test_nobody_prolongs_a_mandate_by_ending_it(ends: int | None, at: int) -> None:
    """Whoever may end it, the holder among them, brings its end forward; to put it off is to give it."""
    term = None if ends is None else NOON + timedelta(days=ends)
    held = Mandate(
        id=some_id(8), role=Role.DELEGATE, starts_at=NOON - timedelta(days=1), ends_at=term, accepted_at=NOON
    )
    if ends is not None and at > ends:
        with pytest.raises(InvalidValue) as refused:
            end(held, NOON + timedelta(days=at), "why", NOON)
        assert refused.value.path == ("endsAt",)
    else:
        assert end(held, NOON + timedelta(days=at), "why", NOON).ends_at == NOON + timedelta(days=at)


# ---- said a second time where the domain is not known: the two must say the same
def test_the_floor_of_processes_is_a_forums_own_people() -> None:
    assert {"chair", *OF_FORUM} == floor.TEAM
    assert floor.OFFICE <= floor.TEAM


def test_what_organisations_do_for_themselves_is_in_no_process() -> None:
    assert set(act_names.OF_ORGANISATIONS) == ACTS_OF_AUTHORITY - GIVING_AND_ENDING
    assert set(act_names.OF_ADMISSION) == set(ADMISSION)
    assert set(act_names.IN_PROCESSES) - set(act_names.FORUM_ACTS) >= act_names.ACTS_OF_PARTICIPANTS
