"""What becomes of an edition, and of its planned dates, with no database."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from forum.domain.edition import Edition, EditionState, close, has_ended, migrate, pinned_to
from forum.domain.planned import Change, Dates, change_of
from forum.domain.track import StageWindow, Track
from forum.errors import InvalidValue, WrongState
from tests.support.nouns import NOON, some_id

MICRO, DAY = timedelta(microseconds=1), timedelta(days=1)
TRACK = Track(
    id=some_id(2), edition_id=some_id(3), name="main", title="Main", definition="main", stage="call", stage_since=NOON
)


def an_edition(**changed: Any) -> Edition:
    """A running edition that ends at noon."""
    edition = Edition(
        id=some_id(3), forum_id=some_id(4), name="GFMD", zone="UTC", process_id=some_id(7), opened_at=NOON - DAY,
        ends_at=NOON,
    )  # fmt: skip
    return replace(edition, **changed)


def a_window(**changed: Any) -> StageWindow:
    window = StageWindow(id=some_id(8), track_id=TRACK.id, stage="call", zone="UTC", closes_at=NOON + DAY)
    return replace(window, **changed)


@pytest.mark.parametrize(("now", "over"), [(NOON - MICRO, False), (NOON, True), (NOON + MICRO, True)])
def test_an_edition_is_closed_from_the_very_instant_of_its_end_on(now, over) -> None:
    assert has_ended(an_edition(), now) is over
    if over:
        assert close(an_edition(), now).state == EditionState.CLOSED
        return
    with pytest.raises(WrongState):
        close(an_edition(), now)


@pytest.mark.parametrize("state", [EditionState.CLOSED, EditionState.RECORDED])
def test_what_does_not_run_is_neither_closed_nor_migrated(state) -> None:
    assert not has_ended(an_edition(state=state), NOON)
    with pytest.raises(WrongState):
        close(an_edition(state=state), NOON)
    with pytest.raises(WrongState):
        migrate(an_edition(state=state), some_id(9))


def test_an_edition_moves_to_another_version_only() -> None:
    assert migrate(an_edition(), some_id(9)).process_id == some_id(9)
    with pytest.raises(InvalidValue, match="already"):
        migrate(an_edition(), some_id(7))


def test_what_was_only_recorded_is_no_model() -> None:
    assert pinned_to(an_edition()) == some_id(7)
    with pytest.raises(WrongState, match="ran under a process"):
        pinned_to(an_edition(process_id=None))


def test_a_window_stays_that_was_extended_or_has_closed() -> None:
    wanted = Dates(None, NOON + 2 * DAY)
    assert change_of(TRACK, "call", a_window(extended=True), wanted, NOON) is None
    assert change_of(TRACK, "call", a_window(closes_at=NOON), wanted, NOON) is None
    moves = Change(TRACK.id, "call", Dates(None, NOON + DAY), wanted)
    assert change_of(TRACK, "call", a_window(), wanted, NOON) == moves


def test_the_opening_of_what_has_opened_stays() -> None:
    change = change_of(TRACK, "call", a_window(opens_at=NOON - DAY), Dates(NOON + DAY, NOON + 2 * DAY), NOON)
    assert change is not None
    assert change.new == Dates(NOON - DAY, NOON + 2 * DAY)


def test_the_present_stage_is_not_closed_behind_us() -> None:
    with pytest.raises(InvalidValue, match="would have closed"):
        change_of(TRACK, "call", a_window(), Dates(None, NOON), NOON)
    assert change_of(replace(TRACK, stage="drafting"), "call", a_window(), Dates(None, NOON), NOON) is not None
