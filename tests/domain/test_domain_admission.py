"""Names as they are compared, so that nobody takes another's place; an application is answered once. No database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.domain.admission import (
    Application,
    ApplicationState,
    admit,
    answer,
    identity,
    need_country,
    need_new,
    same,
)
from forum.domain.body import Organisation, OrganisationKind
from forum.domain.names import folded, one_line
from forum.errors import InvalidValue, OrganisationStands, PossibleTwin, TextTooLong, WrongState
from tests.support.nouns import NOON, some_id

OTHER = OrganisationKind.CIVIL_SOCIETY


def organisation(name: str, short: str | None = None, code: str | None = None) -> Organisation:
    kind = OrganisationKind.STATE if code else OTHER
    return Organisation(id=some_id(1), name=name, short_name=short, kind=kind, country_code=code)


@given(st.text(), st.sampled_from((" ", "-", ".", "\u00a0", "\u200d")))
def test_a_name_is_the_same_whatever_its_case_and_signs(name: str, sign: str) -> None:
    assert folded(folded(name)) == folded(name)
    assert folded(sign.join(name)) == folded("".join(name)) or not name.isascii()
    assert folded(name.upper()) == folded(name.upper().lower()) or not name.isascii()


@pytest.mark.parametrize(
    ("left", "right", "equal"),
    [
        ("T\u00fcrkiye", "TURKIYE", True), ("C\u00f4te d\u2019Ivoire", "Cote d'Ivoire", True),
        ("\u043a\u0435\u043d\u0438\u044f", "\u041a\u0415\u041d\u0418\u042f", True),
        ("\u0915\u093f", "\u0915\u0940", False), ("Niger", "Nigeria", False), ("Net 1", "Net 2", False),
    ],
)  # fmt: skip
def test_what_readers_confuse_is_the_same(left: str, right: str, equal: bool) -> None:
    assert (folded(left) == folded(right)) is equal


def test_nobody_is_admitted_twice() -> None:
    there = [organisation("Kenya", code="KE"), organisation("Network of Nurses", "NON")]
    stands = (
        identity("Republic of Kenya", None, OrganisationKind.STATE, "KE"),
        identity("network of nurses", None, OTHER, None),
    )
    for wanted in stands:
        with pytest.raises(OrganisationStands):
            need_new(wanted, there, another=True)
    twin = identity("Nurses of the North", "N.O.N.", OTHER, None)
    assert same(twin, there) is None
    with pytest.raises(PossibleTwin):
        need_new(twin, there[1:], another=False)
    need_new(twin, there[1:], another=True)
    need_new(twin, (), another=False)


@pytest.mark.parametrize("name", ["", " ", "\u00a0", "---", "Ken\u200bya", "Kenya\u202e", "\u041aenya", "K\u03b5nya"])
def test_a_name_that_looks_like_another_is_not_taken(name: str) -> None:
    with pytest.raises(InvalidValue):
        one_line(name, 200, "name")


def test_a_name_is_one_line_of_some_length() -> None:
    assert one_line(" Network\n of  Nurses ", 200, "name") == "Network of Nurses"
    assert one_line("\u0414\u043e\u043c Home", 200, "name") == "\u0414\u043e\u043c Home"  # two words, two alphabets
    with pytest.raises(TextTooLong):
        one_line("x" * 201, 200, "name")


def test_states_and_no_others_have_a_country() -> None:
    for kind, code in ((OrganisationKind.STATE, None), (OTHER, "KE"), (OrganisationKind.STATE, "ke")):
        with pytest.raises(InvalidValue) as refused:
            need_country(identity("Kenya", None, kind, code))
        assert refused.value.path == ("countryCode",)


def test_an_application_is_answered_once() -> None:
    waiting = Application(
        id=some_id(1), forum_id=some_id(2), person_id=some_id(3), name="N", kind=OTHER, about="We nurse.", made_at=NOON
    )
    answers = [answer(waiting, "decline_application", state, "why", NOON) for state in tuple(ApplicationState)[2:]]
    for answered in (admit(waiting, some_id(4), NOON), *answers):
        assert answered.answered_at == NOON
        with pytest.raises(WrongState):
            admit(answered, some_id(4), NOON)
        with pytest.raises(WrongState):
            answer(answered, "decline_application", ApplicationState.DECLINED, "why", NOON)
