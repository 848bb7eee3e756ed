"""How `forum people` shows a mandate on the terminal."""

from datetime import UTC, datetime

from forum.cli.people_roles import line_of
from forum.domain.mandate import Mandate, Role
from tests.support.nouns import some_id


def test_a_term_begins_on_the_day_of_its_own_zone() -> None:
    """The first of January in Geneva is still the last of December in UTC."""
    begins = datetime(2025, 12, 31, 23, tzinfo=UTC)
    mandate = Mandate(id=some_id(1), role=Role.DELEGATE, starts_at=begins, zone="Europe/Zurich")
    names = {"subject": "amina", "person": "Amina", "organisation": "Kenya", "forum": None}
    assert line_of(mandate, names) == f"{some_id(1)}  amina (Amina)  delegate  Kenya  since 2026-01-01"
