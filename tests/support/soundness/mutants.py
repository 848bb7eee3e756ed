"""The table of effects with one word of it wrong: each such table must be found out by runs in the service.

Left out of a line is one thing that an act opens, may open, may close, needs or is barred by. The first three make the
check believe that something cannot be; the others, that something can be done.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import pytest

from forum.workflow import track_steps
from forum.workflow.check.endings import explored
from forum.workflow.effects import DONE, Effect
from forum.workflow.process import Process

Table = tuple[Effect, ...]
State = tuple[str, str, frozenset[str]]
WHAT_CAN_BE = ("opens", "may_open", "may_close")
WHAT_CAN_BE_DONE = ("needs", "unless")


def mutants(fields: Sequence[str]) -> dict[str, Table]:
    """Every table that lacks one word in one of these fields, by what it lacks."""
    found = {}
    for line, effect in enumerate(DONE):
        for name in fields:
            for thing in sorted(getattr(effect, name)):
                wrong = replace(effect, **{name: getattr(effect, name) - {thing}})
                found[f"{effect.act} {name} {thing} (line {line})"] = (*DONE[:line], wrong, *DONE[line + 1 :])
    return found


@contextmanager
def believed(table: Table) -> Iterator[None]:
    """The check believes this table meanwhile."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(track_steps, "DONE", table)
        yield


def shown(process: Process, table: Table, states: Iterable[State]) -> bool:
    """Whether one of the states that a run came to is impossible by this table."""
    by_track: dict[str, set[tuple[str, frozenset[str]]]] = {}
    for track, stage, things in states:
        by_track.setdefault(track, set()).add((stage, things))
    with believed(table):
        spaces = {name: explored(process, process.tracks[name]) for name in by_track}
    return any(not spaces[name].possible(*state) for name, some in by_track.items() for state in some)
