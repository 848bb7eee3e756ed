"""The model stands apart: it knows nothing of the service, and its table is the page's."""

import ast
import re
from pathlib import Path

from tests.model.table import ADMISSION, SEATS, TABLE
from tests.support.sources import ROOT

MODEL = ("table", "world", "giving", "acting", "sight", "search")
COLUMNS = ("given", "proposed", "accepted", "ended")


def test_it_imports_nothing_of_the_service() -> None:
    for name in MODEL:
        text = (Path(__file__).parent / f"{name}.py").read_text("utf-8")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ImportFrom) and not node.level:
                assert node.module in ("collections", "collections.abc", "dataclasses", "functools", "itertools"), name
            if isinstance(node, ast.ImportFrom) and node.level:
                assert node.level == 1, name
                assert node.module is None or node.module in MODEL, name
            assert not isinstance(node, ast.Import), name


def test_its_table_is_that_of_the_page() -> None:
    page = (ROOT / "docs" / "authority.md").read_text("utf-8")
    lines = re.findall(r"^\| `(\w+)` \|(.*?)\|(.*?)\|(.*?)\|(.*?)\|", page, re.M)
    assert {role for role, *_ in lines} == TABLE.keys()
    for role, *cells in lines:
        for column, cell in zip(COLUMNS, cells, strict=True):
            said = {word.strip() for word in cell.split(",")} - {"", "operator"}
            assert getattr(TABLE[role], column) == said, (role, column)


def test_whose_word_a_seat_takes_is_that_of_the_page() -> None:
    page = (ROOT / "docs" / "authority.md").read_text("utf-8")
    lines = dict(re.findall(r"^\| `(\w+)` \|([^|]*)\|$", page, re.M))
    assert {
        act: {word.strip() for word in said.split(",")} - {"operator"} for act, said in lines.items()
    } == SEATS | ADMISSION
