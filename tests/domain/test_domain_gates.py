"""Gates: numbers in, a sentence out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.domain.gates import GATES, IDS_IN_SENTENCE, answer
from forum.errors import UnknownCode


@pytest.mark.parametrize("name", GATES)
def test_a_gate_is_open_exactly_when_nothing_is_left(name: str) -> None:
    assert answer(name, 0, ()) == (True, "")
    assert answer(name, 1, ["a"]).open is False


def test_the_sentence_says_how_many_and_which() -> None:
    assert answer("every_input_answered", 3, ["a", "b", "c"]).sentence == "3 inputs have no answer yet: a, b, c."
    assert answer("every_comment_answered", 1, ["x"]).sentence == "1 comment has no answer yet: x."
    assert answer("no_paragraph_contested", 2, ()).sentence == "2 paragraphs are still contested."


@given(name=st.sampled_from(sorted(GATES)), count=st.integers(1, 10_000), handed=st.integers(0, 50))
def test_named_and_remaining_add_up(name: str, count: int, handed: int) -> None:
    ids = [f"id{n}" for n in range(min(handed, count))]
    sentence = answer(name, count, ids).sentence
    named = min(len(ids), IDS_IN_SENTENCE)
    assert sentence.count("id") == named
    assert (f"and {count - named} more" in sentence) == (named > 0 and count > named)
    assert sentence.startswith(f"{count} ")


def test_no_two_gates_count_the_same_fact() -> None:
    assert len({gate.fact for gate in GATES.values()}) == len(GATES)
    assert all(name == gate.name for name, gate in GATES.items())


def test_an_unknown_gate_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownCode, match="every_input_answered"):
        answer("every_wish_granted", 0, ())
