"""Terms and the troika, with the terms of real chairs and with generated ones."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.domain.terms import Term, in_force, troika
from forum.errors import InvalidValue, NaiveTime


def day(year: int, month: int = 1, date: int = 1) -> datetime:
    return datetime(year, month, date, tzinfo=UTC)


CHAIRS = [
    Term("Sweden", day(2013), day(2014, 7)),  # 18 months
    Term("Turkey", day(2014, 7), day(2016)),
    Term("Bangladesh", day(2016), day(2017)),
    Term("Germany", day(2017), day(2019)),  # two years, shared
    Term("Morocco", day(2017), day(2018, 12, 5)),
    Term("Ecuador", day(2019), day(2020)),
]


def holders(at: datetime) -> tuple[list[str], list[str], list[str]]:
    found = troika(reversed(CHAIRS), at)
    return tuple([t.holder for t in place] for place in (found.previous, found.current, found.next))  # type: ignore[return-value]


def test_one_chair_between_two() -> None:
    assert holders(day(2015)) == (["Sweden"], ["Turkey"], ["Bangladesh"])


def test_co_chairs_make_it_more_than_three() -> None:
    assert holders(day(2016, 6)) == (["Turkey"], ["Bangladesh"], ["Germany", "Morocco"])
    assert holders(day(2018)) == (["Bangladesh"], ["Germany", "Morocco"], ["Ecuador"])
    assert holders(day(2019, 6)) == (["Germany", "Morocco"], ["Ecuador"], [])


def test_a_co_chair_who_left_early_is_not_the_previous_chair() -> None:
    assert holders(day(2018, 12, 20)) == (["Bangladesh"], ["Germany"], ["Ecuador"])


def test_the_first_instant_belongs_to_the_new_chair() -> None:
    assert holders(day(2016)) == (["Turkey"], ["Bangladesh"], ["Germany", "Morocco"])


def test_a_gap_has_no_current_chair() -> None:
    terms = [Term("A", day(2020), day(2021)), Term("B", day(2021, 3), day(2022, 3))]
    found = troika(terms, day(2021, 2))
    assert (found.holders(), found.current) == (("A", "B"), ())


def test_a_handover_of_weeks_is_not_a_shared_term() -> None:
    terms = [Term("A", day(2019), day(2020, 2)), Term("B", day(2020), day(2021)), Term("C", day(2021), day(2022))]
    assert [t.holder for t in troika(terms, day(2020, 1, 15)).current] == ["A", "B"]
    assert [t.holder for t in troika(terms, day(2021, 6)).previous] == ["B"]


def test_terms_without_an_end_stay_in_force() -> None:
    assert in_force(day(2020), None, day(2090))
    assert not in_force(day(2020), day(2021), day(2021))


def test_empty_and_naive_terms_are_refused() -> None:
    with pytest.raises(InvalidValue, match="before it starts"):
        Term("A", day(2021), day(2021))
    with pytest.raises(NaiveTime):
        Term("A", datetime(2021, 1, 1))  # noqa: DTZ001


spans = st.tuples(st.integers(0, 200), st.sampled_from([12, 18, 24]))


@given(st.lists(spans, max_size=8), st.integers(-10, 260))
def test_the_places_of_a_troika_never_share_a_term(drawn: list[tuple[int, int]], month: int) -> None:
    def at(months: int) -> datetime:
        return day(2007) + timedelta(days=30 * months)

    terms = [Term(f"chair {n}", at(start), at(start + length)) for n, (start, length) in enumerate(drawn)]
    found = troika(terms, at(month))
    assert all(t.ends_at is not None and t.ends_at <= at(month) for t in found.previous)
    assert list(found.current) == [
        t for t in sorted(terms, key=lambda t: (t.starts_at, t.holder)) if in_force(t.starts_at, t.ends_at, at(month))
    ]
    assert all(t.starts_at > at(month) for t in found.next)
    assert bool(found.holders()) == bool(terms) or not terms
