"""An edition moves to another version and back: what was kept is put back as it stood, with no database."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.domain.edition import migrate
from forum.domain.migration import (
    Migration,
    is_followed,
    kept,
    move,
    moved,
    put_back,
    read_windows,
    renamed,
    undo,
)
from forum.domain.track import StageWindow
from forum.errors import WrongState
from tests.domain.test_domain_edition import TRACK, a_window, an_edition
from tests.support.nouns import NOON, some_id

LATER = NOON + timedelta(days=1)
MOVE = Migration(
    id=some_id(10), edition_id=some_id(3), from_process_id=some_id(7), to_process_id=some_id(9), reason="Newer.",
    acts_before=4, from_ends_at=NOON, migrated_at=NOON,
)  # fmt: skip
instants = st.none() | st.datetimes(timezones=st.just(NOON.tzinfo))
windows = st.builds(
    StageWindow, id=st.uuids(), track_id=st.uuids(), stage=st.sampled_from(("call", "drafting")),
    zone=st.just("Europe/Zurich"), opens_at=instants, closes_at=instants, extended=st.booleans(),
)  # fmt: skip


@given(st.lists(windows))
def test_planned_dates_are_read_back_as_they_were_kept(stood) -> None:
    assert read_windows(kept(stood)) == tuple(stood)


@pytest.mark.parametrize("stage", ["call", "drafting"])
def test_a_track_that_moved_is_put_back(stage) -> None:
    after = move(TRACK, "new", stage, LATER)
    assert (after.definition, after.stage) == ("new", stage)
    assert after.stage_since == (NOON if stage == "call" else LATER)
    assert put_back(after, moved(some_id(11), MOVE.id, TRACK, after, ())) == TRACK


def test_where_two_windows_would_meet_the_one_that_has_the_name_keeps_it() -> None:
    call, drafting = a_window(), a_window(id=some_id(12), stage="drafting")
    assert list(renamed((call, drafting), {"call": "drafting"})) == []
    [(before, after)] = renamed((call, drafting), {"call": "inputs"})
    assert (before, after.stage) == (call, "inputs")


def test_a_migration_is_taken_back_once() -> None:
    ran = an_edition()
    back, undone = undo(migrate(ran, some_id(9)), MOVE, LATER)
    assert back == ran
    assert undone.undone_at == LATER
    for migration in (None, MOVE):
        with pytest.raises(WrongState, match="not migrated"):
            undo(ran, migration, LATER)


def test_only_the_migration_itself_may_stand_in_the_history_since() -> None:
    assert [is_followed(MOVE, lines) for lines in (4, 5, 6)] == [False, False, True]
