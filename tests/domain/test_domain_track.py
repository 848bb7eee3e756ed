"""The rules of a track by themselves: moved on by hand, by the clock, and held back."""

from datetime import timedelta

import pytest

from forum.domain import track as rules
from forum.domain.track import Track
from forum.errors import WordNotAllowed
from tests.support.nouns import NOON, some_id

HOUR = timedelta(hours=1)
TRACK = Track(
    id=some_id(2), edition_id=some_id(3), name="global", title="Global", definition="global", stage="inputs",
    stage_since=NOON - 9 * HOUR,
)  # fmt: skip


def test_by_hand_a_track_goes_where_the_process_lets_it() -> None:
    after = rules.advance(TRACK, "drafting", ("drafting", "closed"), NOON)
    assert (after.stage, after.stage_since) == ("drafting", NOON)
    with pytest.raises(WordNotAllowed):
        rules.advance(TRACK, "inputs", ("drafting", "closed"), NOON)


def test_by_the_clock_a_stage_begins_at_its_instant_and_after_a_gate_when_it_is_let_go() -> None:
    assert rules.move(TRACK, "drafting", NOON - HOUR, NOON).stage_since == NOON - HOUR
    held = rules.hold(TRACK, NOON - HOUR)
    after = rules.move(held, "drafting", NOON - HOUR, NOON)
    assert (after.stage_since, after.held_at) == (NOON, None)
    later = NOON - timedelta(minutes=30)  # an instant that came after the one at which it was held
    assert rules.move(held, "drafting", later, NOON).stage_since == later
