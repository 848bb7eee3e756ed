"""The table of effects with one thing left out of it that an act opens or closes: runs in the service must show it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from forum.workflow import track_steps
from forum.workflow.effects import DONE, Effect
from forum.workflow.process import Process
from tests.support.workflow import walker

from .play import Change

Table = tuple[Effect, ...]
OPENING, CLOSING = ("opens", "may_open"), ("closes", "may_close")


def mutants() -> dict[str, Table]:
    """Every table by which an act never opens, or never closes, one thing that it does; by act and thing."""
    found = {}
    for act in dict.fromkeys(effect.act for effect in DONE):
        for fields in (OPENING, CLOSING):
            lines = [effect for effect in DONE if effect.act == act]
            for thing in sorted(set[str]().union(*(getattr(line, name) for line in lines for name in fields))):
                table = tuple(_without(line, thing, *fields) if line.act == act else line for line in DONE)
                found[f"{act} {fields[0]} {thing}"] = table
    return found


def _without(effect: Effect, thing: str, *fields: str) -> Effect:
    return replace(effect, **{name: getattr(effect, name) - {thing} for name in fields})


@contextmanager
def believed(table: Table) -> Iterator[None]:
    """The check believes this table meanwhile."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(track_steps, "DONE", table)
        yield


def unexplained(process: Process, changes: Iterable[Change], table: Table = DONE) -> Change | None:
    """A change that the lines of its own acts cannot have made, by this table; None where there is none."""
    by_track: dict[str, list[Change]] = {}
    for change in changes:
        by_track.setdefault(change.track, []).append(change)
    with believed(table):
        known = {name: walker.all_steps(process, process.tracks[name]) for name in by_track}
    return next(
        (change for some in by_track.values() for change in some if not _made(known[change.track], change)), None
    )


def _made(known: walker.Steps, change: Change) -> bool:
    """Whether its acts, in any order and each as often as need be, lead from the state before to the one after."""
    own = {stage: [step for step in some if step.act in change.acts] for stage, some in known.items()}
    return change.after in walker.walk({change.before}, lambda state: walker.following(own, state))
