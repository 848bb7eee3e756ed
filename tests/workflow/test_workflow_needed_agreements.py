"""Which agreements a text will need is told beforehand: each kind of forum is named once for each purpose."""

from pathlib import Path

import pytest

from forum.workflow.load import parse, read_file
from forum.workflow.needed_agreements import needed

WORKFLOWS = Path(__file__).parents[2] / "workflows"
GFMD = WORKFLOWS / "gfmd.toml"


def said(process):
    return {(one.purpose, one.of): one.sentence for one in needed(process)}


def test_who_convenes_and_who_receives_is_named_once_with_what_it_is_for():
    found = said(read_file(GFMD))
    assert list(found) == [
        ("convene", "regional"),
        *[("receive", of) for of in ("regional", "hlpf", "imrf", "national")],
    ]
    assert found["convene", "regional"] == "A forum (regional) must have agreed to convene: Regional consultation."
    assert found["receive", "national"] == (
        "A forum (national) must have agreed to take in: Report of the Chair, Summary of conclusions."
    )


def test_what_stays_in_the_forum_needs_none():
    text = GFMD.read_text("utf-8").replace('convened_by = ["gfmd", "regional"]', 'convened_by = ["gfmd"]')
    begin, _, _ = text.partition("[[transmissions]]")
    own = '[[transmissions]]\ndocument = "regional_report"\nto = ["gfmd/main"]\noutside = true\n'
    assert needed(parse(begin + own)) == ()


@pytest.mark.parametrize("path", sorted(WORKFLOWS.glob("*.toml")), ids=lambda path: path.stem)
def test_no_shipped_text_asks_its_own_forum(path):
    process = read_file(path)
    assert process.name not in {one.of for one in needed(process)}
    assert {one.purpose for one in needed(process)} <= {"convene", "receive"}
