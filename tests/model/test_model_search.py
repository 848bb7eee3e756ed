"""By no sequence of acts does a coalition that holds no office of F and no seat of O gain an act on F or a sight of
O's."""

from dataclasses import replace

import pytest

from tests.model import giving, world
from tests.model.search import gained, reached, start
from tests.model.table import ABOVE, HOLDER, OFFICE, TABLE
from tests.model.world import Mandate, World

# What the coalition begins with, and the process of F.
STARTS = {
    "secretariat and administrator": start(
        "national", Mandate("1", "secretariat", "amina", "P", "G"), Mandate("2", "administrator", "bo", "P")
    ),
    "chair and focal point": start(
        "open", Mandate("1", "chair", None, "P", "G"), Mandate("2", "national_focal_point", "amina", "P", by="P"),
        Mandate("3", "administrator", "bo", "P", by="P"), Mandate("4", "secretariat", "bo", "P", "both", by="G"),
    ),
    "who was lent to F's own body": start(
        "gfmd", Mandate("1", "coordinator", "amina", None, "both", "mayors", by="G"),
        Mandate("2", "secretariat", "bo", "O", "G"), Mandate("3", "delegate", "amina", "P", "F", by="P"),
    ),
}  # fmt: skip
# In two steps from the three; the search of a day: tests/soak/test_soak_model.py.
STEPS, LEAST = 2, 2_000


def test_no_sequence_of_acts_gains_what_is_anothers() -> None:
    visited = 0
    for first in STARTS.values():
        assert list(gained(first)) == []
        for after in reached(first, STEPS):
            visited += 1
            assert list(gained(after)) == [], sorted(after.mandates - first.mandates, key=lambda m: m.id)
    assert visited >= LEAST


# ---- the search finds what it looks for
LOOSENED = (
    ("representative", "given", OFFICE),
    ("representative", "accepted", OFFICE),
    ("representative", "accepted", HOLDER),
    ("secretariat", "given", HOLDER),
    ("administrator", "given", HOLDER),
    ("administrator", "given", OFFICE),
    ("administrator", "given", ABOVE),
    ("penholder", "given", HOLDER),
    ("coordinator", "given", HOLDER),
)


def _reaches_what_is_anothers() -> bool:
    return any(_found(after) for first in STARTS.values() for after in reached(first, 2))


def _found(w: World) -> bool:
    return next(iter(gained(w)), None) is not None


@pytest.mark.parametrize(("role", "column", "word"), LOOSENED)
def test_a_line_loosened_is_found(role: str, column: str, word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TABLE, role, replace(TABLE[role], **{column: getattr(TABLE[role], column) | {word}}))
    assert _reaches_what_is_anothers()


def test_an_office_that_is_every_forums_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """As it was tried: a secretariat counts wherever it says it does."""
    monkeypatch.setattr(giving, "heads", lambda w, m, forum: m.role == "secretariat")
    assert _reaches_what_is_anothers()


def test_a_role_that_counts_everywhere_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """As it was tried: a mandate without scope reaches every forum."""
    monkeypatch.setattr(world, "bodies", lambda w, place: frozenset(w.forums))
    assert _reaches_what_is_anothers()
