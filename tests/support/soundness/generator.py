"""Random process definitions by number: the same number gives the same definition.

Each begins as a definition that is meant to be sound (`skeletons.py`) and is changed in none to four places
(`mutations.py`). Together they hold every act, gate, closing, window and move of the clock of the language, groups,
graces, late permits, minimums, ends, several kinds of text, tracks that repeat and that wait for one another;
`covered` counts what some of them hold, and a test asks that nothing of the language is missing. Left out: convenors,
bodies set up for a track, meetings, transmissions between forums and maps of migration, which have tests of their own.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from copy import deepcopy
from random import Random

from forum.workflow.definition_parts import Minimums
from forum.workflow.process import Process

from .mutations import mutated
from .skeletons import Table, skeleton
from .words import widened


def definition(number: int) -> Table:
    """The definition of this number, as tables."""
    chance = Random(number)
    made = deepcopy(skeleton(chance))
    widened(Random(f"words of {number}"), made)
    for _ in range(chance.choice((0, 1, 1, 2, 2, 3, 4))):
        mutated(chance, made)
    return made


def covered(processes: Iterable[Process]) -> Counter[str]:
    """How many of the definitions hold each thing of the language."""
    return Counter(thing for process in processes for thing in set(_held(process)))


def _held(process: Process) -> Iterator[str]:
    for _, _, rule in process.rules():
        yield f"act {rule.act}"
        yield from (f"gate {gate} of an act" for gate in rule.gates)
        yield from (f"role {role}" for role in rule.roles)
        if rule.window:
            yield f"window {rule.window}"
        yield from ("an act of the subject",) if rule.subject else ()
        if rule.statuses or rule.mechanisms:
            yield "an act for some organisations"
    for kind in process.documents.values():
        yield f"closing {process.closings[kind.closing].name}"
        yield from ("a text that ends twice",) if kind.then else ()
        yield from (f"gate {gate} of a text" for gate in kind.gates)
    for track in process.tracks.values():
        for stage in track.stages.values():
            yield from (f"clock {clock.at}" for clock in stage.clocks)
            yield from (f"gate {gate} of a clock" for clock in stage.clocks for gate in clock.gates)
            yield from (f"gate {gate} of a stage" for gate in stage.needs)
            yield from ("a grace",) if stage.grace else ()
            yield from ("a day of the year",) if any(at and at.day for at in (stage.opens, stage.closes)) else ()
            yield from (
                ("a way back",) if set(stage.to) & set(list(track.stages)[: list(track.stages).index(stage.id)]) else ()
            )
        yield from ("several kinds of text on a track",) if len(track.documents) > 1 else ()
        yield from ("a track that reviews somebody",) if track.reviews else ()
        yield from ("shortest times of a track",) if track.minimums != Minimums() else ()
        yield from ("a track that repeats",) if track.repeat else ()
        yield from ("a track that waits for another",) if track.after else ()
    yield from ("several tracks",) if len(process.tracks) > 1 else ()
    yield from ("an end",) if process.ends else ()
    yield from ("minimums",) if process.minimums.silence else ()
