"""Snapshots, receipts, paragraph numbers, weight words and small counts."""

import hashlib
import json
import random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from forum.domain.numbering import Paragraph, letters, mint, renumber, roman, spoken, w_id
from forum.domain.receipts import ALPHABET, RANDOM_BYTES, number, read, valid
from forum.domain.snapshot import SALT_BYTES, canonical, fits, leaf, seal
from forum.domain.thresholds import show_count, show_parts
from forum.domain.weights import WORDS, Weight, suggest
from forum.errors import InvalidValue

SALT = bytes(range(SALT_BYTES))
plain_json = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(-1e15, 1e15) | st.text(max_size=8),
    lambda below: (
        st.lists(below, max_size=3) | st.dictionaries(st.text("abcü€\U0001f600", max_size=4), below, max_size=3)
    ),
    max_leaves=8,
)
contents = st.dictionaries(st.text("xyzé中\u07ff\U00010000", max_size=5), plain_json, max_size=4)


# ---- snapshots
def test_the_canonical_bytes_are_rfc_8785() -> None:
    given_content = {"\u20ac": "Euro", "b": [1.0, 1e-7, 0.000001, None, True], "a": 'q"\n'}
    assert canonical(given_content) == '{"a":"q\\"\\n","b":[1,1e-7,0.000001,null,true],"€":"Euro"}'.encode()


def test_exactly_this_is_hashed() -> None:
    content = {"text": "e\u0301"}
    body = '{"text":"é"}'.encode()
    assert seal(content, SALT) == hashlib.sha256(SALT + body).hexdigest()
    assert leaf(content) == hashlib.sha256(b"\x00" + body).digest()


def test_the_order_of_names_and_the_form_of_letters_do_not_matter() -> None:
    assert seal({"a": 1, "b": "é"}, SALT) == seal({"b": "e\u0301", "a": 1}, SALT)


@given(contents)
def test_canonical_bytes_read_back_are_canonical(content: dict[str, object]) -> None:
    once = canonical(content)
    assert canonical(json.loads(once)) == once
    assert fits(content, SALT, seal(content, SALT))


@given(contents, contents)
def test_other_content_has_another_hash(one: dict[str, object], other: dict[str, object]) -> None:
    assume(canonical(one) != canonical(other))
    assert seal(one, SALT) != seal(other, SALT)
    assert not fits(one, SALT, seal(other, SALT))


def test_another_salt_is_another_hash_and_a_short_one_is_refused() -> None:
    assert seal({}, SALT) != seal({}, SALT[::-1])
    with pytest.raises(InvalidValue, match="32 bytes"):
        seal({}, b"salt")


@pytest.mark.parametrize(
    "bad", [float("nan"), float("inf"), 2**60, 2.0**60, b"bytes", object(), "\ud800", {1: 2}, {"é": 1, "e\u0301": 2}]
)
def test_what_json_does_not_hold_is_refused(bad: object) -> None:
    with pytest.raises(InvalidValue, match="cannot be frozen"):
        canonical({"x": bad})


def test_a_tower_of_lists_is_refused() -> None:
    tower: list[object] = []
    for _ in range(100_000):
        tower = [tower]
    with pytest.raises(InvalidValue, match="64 levels"):
        canonical({"x": tower})
    while tower:  # taken down by hand: the interpreter would do it recursively
        tower = tower.pop()  # type: ignore[assignment]


# ---- receipts
@given(st.binary(min_size=RANDOM_BYTES, max_size=RANDOM_BYTES))
def test_a_receipt_number_is_valid_however_it_is_typed(drawn: bytes) -> None:
    made = number(drawn)
    assert [len(group) for group in made.split("-")] == [4, 4, 4]
    typed = made.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert read(typed) == read(made) == made


@given(st.binary(min_size=RANDOM_BYTES, max_size=RANDOM_BYTES), st.integers(0, 11), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(drawn: bytes, at: int, other: str) -> None:
    made = number(drawn).replace("-", "")
    assume(made[at] != other)
    assert not valid(made[:at] + other + made[at + 1 :])


@given(st.binary(min_size=RANDOM_BYTES, max_size=RANDOM_BYTES), st.integers(0, 11), st.integers(0, 11))
def test_two_characters_exchanged_are_noticed(drawn: bytes, one: int, other: int) -> None:
    made = list(number(drawn).replace("-", ""))
    assume(made[one] != made[other])
    made[one], made[other] = made[other], made[one]
    assert not valid("".join(made))


def test_receipts_differ_and_do_not_sort_by_time() -> None:
    source = random.Random(2)
    made = [number(source.randbytes(RANDOM_BYTES)) for _ in range(2_000)]
    assert len(set(made)) == 2_000
    assert made != sorted(made)
    assert len({m[0] for m in made}) == 32


@pytest.mark.parametrize(
    "typed", ["", "K7QF", "UUUU-UUUU-UUUU", "K7QF-3M9T-XW2P-K7QF", "\ud800" * 12, "K7QF_3M9T_XW2P", "٠" * 12]
)
def test_what_is_no_receipt_number_is_refused(typed: str) -> None:
    assert not valid(typed)
    with pytest.raises(InvalidValue, match="K7QF-3M9T-XW2P"):
        read(typed)


def test_too_little_chance_is_refused() -> None:
    with pytest.raises(InvalidValue, match="7 random bytes"):
        number(b"123456")


# ---- numbering
def test_numbers_run_on_and_preambles_have_none() -> None:
    order = [
        Paragraph("sec_1__p_1", 1, numbered=False),
        Paragraph("sec_1__p_2", 1, numbered=False),
        Paragraph("sec_2__para_1", 2),
        Paragraph("sec_2__para_7", 2),
        Paragraph("sec_2__para_2", 3),
        Paragraph("sec_3__p_1", 3, numbered=False),
    ]
    places = renumber(order)
    assert [p.e_id for p in places] == [
        "sec_1__p_1",
        "sec_1__p_2",
        "sec_2__para_1",
        "sec_2__para_2",
        "sec_3__para_3",
        "sec_3__p_1",
    ]
    assert [p.number for p in places] == [None, None, 1, 2, 3, None]
    assert [p.w_id for p in places] == [p.w_id for p in order]


@given(st.lists(st.tuples(st.integers(1, 5), st.booleans()), max_size=40))
def test_places_are_unique_and_renumbering_what_stands_is_the_identity(drawn: list[tuple[int, bool]]) -> None:
    order = [
        Paragraph(f"old_{n}", section, numbered)
        for n, (section, numbered) in enumerate(sorted(drawn, key=lambda d: d[0]))
    ]
    places = renumber(order)
    assert len({p.e_id for p in places}) == len(order)
    again = renumber([Paragraph(p.e_id, o.section, o.numbered) for p, o in zip(places, order, strict=True)])
    assert all(p.w_id == p.e_id for p in again)


def test_a_new_paragraph_takes_a_number_none_ever_had() -> None:
    assert mint(2, []) == "sec_2__para_1"
    assert spoken("sec_1__p_4") == "4 (unnumbered) of section 1"
    assert mint(2, ["sec_1__para_9", "sec_2__para_3", "sec_2__p_40", "note"]) == "sec_2__para_10"
    assert mint(1, ["sec_1__p_2", "sec_1__para_9"], numbered=False) == "sec_1__p_3"


def test_wrong_orders_are_refused() -> None:
    with pytest.raises(InvalidValue, match="twice"):
        renumber([Paragraph("a", 1), Paragraph("a", 1)])
    with pytest.raises(InvalidValue, match="after section 2"):
        renumber([Paragraph("a", 2), Paragraph("b", 1)])
    with pytest.raises(InvalidValue, match="counted from 1"):
        w_id(0, 1)


@pytest.mark.parametrize(
    ("n", "written"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (40, "XL"), (1994, "MCMXCIV"), (3999, "MMMCMXCIX")]
)
def test_roman(n: int, written: str) -> None:
    assert roman(n) == written


def test_roman_numerals_are_all_different_and_bounded() -> None:
    assert len({roman(n) for n in range(1, 4000)}) == 3999
    for wrong in (0, -1, 4000):
        with pytest.raises(InvalidValue):
            roman(wrong)


def test_letters() -> None:
    assert [letters(n) for n in (1, 26, 27, 52, 53, 702, 703)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
    with pytest.raises(InvalidValue):
        letters(0)


# ---- weight words
def test_words_are_suggested_from_sources_and_agreement_never() -> None:
    assert [suggest(n) for n in (0, 1, 2, 4, 5, 50)] == [
        None,
        "one speaker",
        "several speakers",
        "several speakers",
        "many speakers",
        "many speakers",
    ]
    assert "participants agreed" not in {suggest(n) for n in range(200)}


def test_what_stands_beside_the_words() -> None:
    assert Weight("several speakers", 4, 1).beside() == "4 sources from 1 mechanism"
    assert Weight("several speakers", 4, 1).remark() is None
    assert "stands on 1 source:" in (Weight("many speakers", 1, 1).remark() or "")
    assert Weight("a participant from the floor", 0, 0).remark() is None


@given(st.integers(1, 100))
def test_no_remark_on_what_was_suggested(sources: int) -> None:
    words = suggest(sources)
    assert words in WORDS
    assert Weight(words, sources, 1).remark() is None


# ---- small counts
def test_small_counts_are_withheld_zero_included() -> None:
    assert [show_count(n) for n in range(5)] == [None, None, None, 3, 4]
    assert show_count(4, threshold=5) is None


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 9), max_size=6), st.integers(1, 6))
def test_the_total_never_gives_a_small_count_away(parts: dict[str, int], threshold: int) -> None:
    shown, total = show_parts(parts, threshold)
    assert all(n is None or n >= threshold for n in shown.values())
    withheld = [name for name, n in shown.items() if n is None]
    if total is not None and withheld:
        assert total - sum(n for n in shown.values() if n is not None) >= threshold
    if total is not None:
        assert total == sum(parts.values()) >= threshold
