"""More time by itself: what is over stays over, what each kind of window keeps, and the line on the record."""

from datetime import timedelta

import pytest

from forum.domain import extension as rules
from forum.domain.extension import ExtendedWindow
from forum.domain.silence import MOST_HOURS, Silence
from forum.domain.track import StageWindow
from forum.errors import InvalidValue, WindowClosed
from tests.support.nouns import NOON, a_call, some_id

HOUR = timedelta(hours=1)
SILENCE = Silence(
    id=some_id(8), document_id=some_id(9), revision_id=some_id(10), body_id=some_id(4), hours=72,
    starts_at=NOON - 72 * HOUR, ends_at=NOON,
)  # fmt: skip
WINDOW = StageWindow(
    id=some_id(11), track_id=some_id(2), stage="inputs", opens_at=NOON - HOUR, closes_at=NOON, zone="UTC"
)


@pytest.mark.parametrize("of", list(ExtendedWindow))
def test_what_is_over_is_not_opened_again(of: ExtendedWindow) -> None:
    rules.need_open(of, NOON, True, NOON - HOUR)
    for is_open, now in ((True, NOON), (False, NOON - HOUR)):
        with pytest.raises(WindowClosed):
            rules.need_open(of, NOON, is_open, now)


def test_a_silence_lasts_so_many_hours_at_most() -> None:
    longest = SILENCE.starts_at + MOST_HOURS * HOUR
    assert rules.extend_silence(SILENCE, longest, None).ends_at == longest
    with pytest.raises(InvalidValue):
        rules.extend_silence(SILENCE, longest + timedelta(seconds=1), None)


def test_what_is_planned_after_moves_by_the_same_length() -> None:
    both = rules.move_along(WINDOW, HOUR, opens_too=True)
    assert (both.opens_at, both.closes_at, both.extended) == (NOON, NOON + HOUR, True)
    assert rules.move_along(WINDOW, HOUR, opens_too=False).opens_at == WINDOW.opens_at


def test_the_record_names_one_window() -> None:
    windows = ((a_call(), "call_id", "call"), (SILENCE, "silence_id", "silence"), (WINDOW, "stage_window_id", "stage"))
    names = ("call_id", "document_id", "silence_id", "stage_window_id")
    for window, column, of in windows:
        line = rules.extension_of(
            window, NOON, NOON + HOUR, id_=some_id(1), edition_id=some_id(3), reason="Asked for.", now=NOON
        )
        assert line.of == of
        assert [name for name in names if getattr(line, name) is not None] == [column]
