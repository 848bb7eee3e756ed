"""A definition that is not published, checked and compared through the contract; nothing of it is kept."""

from typing import Any

import pytest

from forum.api.schema.process_check import _checked, check_root
from forum.reading.prices import BY_LENGTH, DEFINITION
from forum.refusal import Refusal
from tests.support.sources import ROOT

GFMD = (ROOT / "workflows/gfmd.toml").read_text("utf-8")


def test_what_is_sound_has_no_findings_and_says_what_it_changes() -> None:
    shorter = GFMD.replace('en = "Drafting"', 'en = "Writing"', 1)
    assert shorter != GFMD
    found = _checked(shorter, GFMD)
    assert (found.name, found.findings) == ("gfmd", ())
    assert found.changes
    assert any("Writing" in change.sentence for change in found.changes)
    assert _checked(GFMD, GFMD).changes == ()
    assert _checked(GFMD, None).changes is None
    assert [track.name for track in found.tracks][:1] == ["main"]


def test_what_is_not_sound_is_said_with_its_line() -> None:
    found = _checked(GFMD.replace('to = ["drafting"', 'to = ["draughting"'), None)
    assert found.findings
    assert all(finding.message and finding.remedy for finding in found.findings)


@pytest.mark.parametrize("text", ["", "name =", "\x00", "name = 1"])
def test_what_cannot_be_read_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        _checked(text, None)
    assert refused.value.message


def test_it_says_what_it_costs() -> None:
    field: Any = check_root()
    assert BY_LENGTH["Query.checkProcess"] == ("text", 50)
    assert f"Costs {DEFINITION}, and 50 for each KiB" in field.description
