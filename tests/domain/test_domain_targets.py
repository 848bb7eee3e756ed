"""SDG codes as the resolution has them, and cells as people write them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.domain.objectives import OBJECTIVES, PRINCIPLES, parse_objective
from forum.domain.targets import CODES, GOALS, TARGETS, in_order, iri, normalise, parse_code, within
from forum.errors import InvalidValue, UnknownCode


def test_seventeen_goals_and_169_targets() -> None:
    assert (len(GOALS), len(TARGETS), len(CODES)) == (17, 169, 186)
    assert {"1.b", "3.d", "10.c", "12.8", "15.9", "17.19"} <= CODES
    assert not {"1.c", "4.8", "6.c", "17.a", "17.20", "18", "0"} & CODES


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("10.7, 5.2, 8.7 and 16.2", ["10.7", "5.2", "8.7", "16.2"]),
        ("8.7 & 8.8", ["8.7", "8.8"]),
        ("8.7 & 8.8, 10.7", ["8.7", "8.8", "10.7"]),
        ("10.C", ["10.c"]),
        ("8 and 11", ["8", "11"]),
        ("10, 16", ["10", "16"]),
        ("http://metadata.un.org/sdg/10.7", ["10.7"]),
        ("SDG 10.7", ["10.7"]),
        ("SDGs 10.7; 17.18", ["10.7", "17.18"]),
        ("Target 8.8.", ["8.8"]),
        ("Goal 10\nGoal 16", ["10", "16"]),
        ("10.7, 10.7", ["10.7"]),
        ("", []),
    ],
)
def test_cells_read_without_doubt(cell: str, codes: list[str]) -> None:
    found = normalise(cell)
    assert (list(found.codes), found.doubts, found.original) == (codes, (), cell)


@pytest.mark.parametrize(
    ("cell", "codes", "written", "read_as"),
    [
        ("4. 8, 10, 11, 16 and 17", ["4", "8", "10", "11", "16", "17"], "4.", "4"),
        ("10.99, 8", ["8"], "10.99", None),
        ("10.7.2", ["10.7"], "10.7.2", "10.7"),
        ("8.5 - 8.8", ["8.5", "8.8"], "-", None),
        ("10,7", ["10", "7"], "10,7", "10, 7"),
        ("10.7 migration", ["10.7"], "migration", None),
        ("10.7x", [], "10.7x", None),
        ("not yet known", [], "not yet known", None),
    ],
)
def test_cells_read_with_a_doubt(cell: str, codes: list[str], written: str, read_as: str | None) -> None:
    found = normalise(cell)
    assert list(found.codes) == codes
    assert [(d.as_written, d.read_as) for d in found.doubts] == [(written, read_as)]
    assert all(d.why for d in found.doubts)


@given(
    st.lists(st.sampled_from(sorted(CODES)), unique=True), st.sampled_from([", ", "; ", " and ", " & ", "\n", " / "])
)
def test_codes_written_and_read_come_back(codes: list[str], separator: str) -> None:
    for written in (separator.join(codes), separator.join(c.upper() for c in codes), separator.join(map(iri, codes))):
        found = normalise(written)
        assert list(found.codes) == codes
        assert found.doubts == ()


@given(st.one_of(st.text(max_size=200), st.text("0123456789.,&- andCSDGt", max_size=60)))
def test_normalising_is_idempotent_and_keeps_the_original(cell: str) -> None:
    found = normalise(cell)
    assert found.original == cell
    assert set(found.codes) <= CODES
    again = normalise(", ".join(found.codes))
    assert (again.codes, again.doubts) == (found.codes, ())


def test_an_endless_cell_is_refused() -> None:
    with pytest.raises(InvalidValue, match="2000 characters"):
        normalise("8," * 5000)


@given(st.text(max_size=120))
def test_any_text_is_a_code_or_a_refusal(text: str) -> None:
    with suppress(UnknownCode):
        assert parse_code(text) in CODES


@pytest.mark.parametrize(
    ("text", "hint"),
    [("10.9", "10.1 to 10.7 and 10.a to 10.c"), ("18", "1 to 17"), ("x", "10.7 or 10.c"), ("10.7.2", "10.7 or 10.c")],
)
def test_hints_say_what_there_is(text: str, hint: str) -> None:
    with pytest.raises(UnknownCode) as refused:
        parse_code(text)
    assert hint in refused.value.hint


@given(st.sampled_from(sorted(CODES)))
def test_every_code_has_an_iri_that_reads_back(code: str) -> None:
    assert iri(code) == f"http://metadata.un.org/sdg/{code}"
    assert parse_code(iri(code)) == code


def test_a_goal_includes_its_targets_and_no_others() -> None:
    assert within("10", "10.7")
    assert within("10.7", "10.7")
    assert not within("1", "10.7")
    assert not within("10.7", "10")
    assert sum(within("10", code) for code in CODES) == 11


def test_the_order_is_the_resolutions() -> None:
    assert in_order(["10", "8.a", "8.10", "8.7", "8"]) == ["8", "8.7", "8.10", "8.a", "10"]


def test_the_compact_has_23_objectives_and_ten_principles_without_official_iri() -> None:
    assert (len(OBJECTIVES), len(PRINCIPLES)) == (23, 10)
    assert all(entry.official_iri is None for entry in OBJECTIVES + PRINCIPLES)
    assert len({entry.iri for entry in OBJECTIVES + PRINCIPLES}) == 33


@pytest.mark.parametrize(
    "text", ["7", "07", "GCM 7", "gcm-7", "Objective 7", "GCM objective 7", "urn:review-forum:gcm:7"]
)
def test_spellings_of_an_objective(text: str) -> None:
    assert parse_objective(text).code == "gcm-7"


def test_principles_go_by_name_and_the_rest_is_refused() -> None:
    assert parse_objective("Child-sensitive").code == "gcm-child-sensitive"
    assert all(parse_objective(e.iri) == e and parse_objective(e.code) == e for e in OBJECTIVES + PRINCIPLES)
    for wrong in ("24", "0", "", "gcm-", "kindness", "\ud800"):
        with pytest.raises(UnknownCode, match="1 to 23"):
            parse_objective(wrong)
