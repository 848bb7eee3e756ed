"""The command line: every command has its code, and parsing loads none of it."""

import argparse
import inspect
import subprocess
import sys
from collections.abc import Iterator

import pytest

from forum.cli.parser import code, parser

HEAVY = ("asyncpg", "graphql", "httpx", "pikepdf", "rich", "sqlalchemy", "starlette", "strawberry", "uvicorn", "uvloop")


def commands(parent: argparse.ArgumentParser, path: str = "forum") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command that can be run, with its path: `forum workflow check`."""
    below = [a for a in parent._actions if isinstance(a, argparse._SubParsersAction)]
    for action in below:
        for name, command in action.choices.items():
            yield from commands(command, f"{path} {name}")
    if not below:
        yield path, parent


COMMANDS = dict(commands(parser()))


def test_the_commands_are_these() -> None:
    assert len(COMMANDS) == 34
    assert {"forum serve", "forum workflow check", "forum workflow import", "forum import"} <= COMMANDS.keys()


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_has_its_code(path: str) -> None:
    run = code(COMMANDS[path].get_default("run"))
    assert inspect.iscoroutinefunction(run)
    assert list(inspect.signature(run).parameters) == ["arguments", "settings"]


def test_a_command_is_called_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    for line in (["--help"], ["workflow", "--help"]):
        with pytest.raises(SystemExit):
            parser().parse_args(line)
        assert "COMMAND" in capsys.readouterr().out


@pytest.mark.parametrize("line", [["--help"], ["workflow", "--help"], ["token", "--help"]])
def test_help_loads_nothing_heavy(line: list[str]) -> None:
    script = (
        "import sys; from forum.__main__ import main\n"
        f"try: main({line!r})\n"
        f"except SystemExit: print('loaded:', sorted(set({HEAVY!r}) & set(sys.modules)))"
    )
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert out.splitlines()[-1] == "loaded: []"
