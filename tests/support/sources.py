"""The service's own source, parsed once, for the tests that read it: `test_house.py`, `test_names.py`,
`test_requirements.py`."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "forum"


@dataclass(frozen=True)
class Module:
    """One python file of `forum`: its path from the root, the room it lies in, its lines and its tree."""

    path: str
    room: str
    text: str
    tree: ast.Module

    @property
    def lines(self) -> int:
        return len(self.text.splitlines())

    def calls(self) -> Iterator[ast.Call]:
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))

    def at(self, node: ast.AST) -> str:
        return f"{self.path}:{getattr(node, 'lineno', 1)}"


@cache
def modules() -> tuple[Module, ...]:
    """Every python file of the package; a file at its top is a room of its own (`app`, `errors`)."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        inside = path.relative_to(PACKAGE)
        text = path.read_text("utf-8")
        found.append(Module(f"forum/{inside.as_posix()}", inside.with_suffix("").parts[0], text, ast.parse(text)))
    return tuple(found)


def in_rooms(*rooms: str) -> list[Module]:
    """The modules of these rooms. Fails when there are none: a check of nothing would always pass."""
    found = [m for m in modules() if m.room in rooms]
    assert {m.room for m in found} == set(rooms)
    return found


def said(call: ast.Call) -> str:
    """What is called, as it is written: `sa.select`, `datetime.now`, `unit.connection.commit`."""
    return ast.unparse(call.func)


@cache
def tracked() -> tuple[str, ...]:
    """The files that travel: what git keeps, and what it would keep next. Empty where this is no checkout."""
    asked = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    return tuple(name for name in done.stdout.split("\0") if name and (ROOT / name).is_file())
