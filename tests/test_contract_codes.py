"""The tables of codes in docs/contract.md say what the code can answer, no more and no less."""

import re
from dataclasses import fields
from pathlib import Path

from forum.api.schema.refusals import refusals

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "contract.md").read_text("utf-8")
REFUSED, ENDED = "## What an act refuses", "## What ends a request"
# Limits of the reader behind those of the request: before it reads anything, a document that is over them was refused
# with QUERY_TOO_LARGE (`api/limits.py`).
BEHIND = {"ALIAS_TOO_LONG", "TOO_MANY_FIELDS", "TOO_DEEP"}
NO_CODES = {"CLOSES_FIRST", "CLOSES_LAST"}  # members of an enumeration


def rows(heading):
    """(codes, the last cell) of each row of the table under a heading."""
    text = PAGE[PAGE.index(heading) :]
    text = text[: text.find("\n## ", 1)]
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        codes = re.findall(r"`([A-Z][A-Z_]+)`", cells[0])
        if line.startswith("| `") and codes:
            yield codes, cells


def camel(name):
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)


def test_every_refusal_stands_in_the_table_with_its_facts():
    listed: dict[str, set[str]] = {}
    for codes, cells in rows(REFUSED):
        facts = re.search(r"`([^`]*)`", cells[-1])
        listed |= {code: set(facts[1].split()) if facts else set() for code in codes}
    known = {
        refusal.stable_code(): {camel(field.name) for field in fields(refusal) if field.name != "path"}  # type: ignore[arg-type]
        for refusal in refusals()
    }
    assert listed == known


def test_every_code_that_ends_a_request_stands_in_the_table():
    listed = {code for codes, _ in rows(ENDED) for code in codes}
    named = set()
    for folder in ("api", "reading"):
        for file in (ROOT / "forum" / folder).rglob("*.py"):
            named |= set(re.findall(r'"([A-Z]{2,}(?:_[A-Z]+)+|INTERNAL)"', file.read_text("utf-8")))
    known = named - BEHIND - NO_CODES
    assert listed - known == set()
    assert known - listed - {refusal.stable_code() for refusal in refusals()} == set()
