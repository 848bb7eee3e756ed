"""D1: a large definition - 200 stages, 1,000 ways between them - read, checked, compared, rehearsed and drawn.

The shipped definition of the GFMD with one more track. Processor time of this process, the median of several times
each: what a chair's staff wait for, and what a server pays before it publishes.
"""

import random
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from forum.domain.gates import GATES
from forum.files import shipped
from forum.rendering.pictures import calendar_svg, process_svg
from forum.workflow.act_names import ACTS
from forum.workflow.calendar.personas import persona
from forum.workflow.calendar.rehearsal import rehearse
from forum.workflow.chart import chart
from forum.workflow.check.check import check
from forum.workflow.compare.compare import changes
from forum.workflow.load import parse
from forum.workflow.process import Process

STAGES, WAYS = 200, 5
_TRACK = """
[tracks.large]
title = "A track of many stages"
initial = "s0"
documents = ["response_document"]
[tracks.large.always]
advance_stage = { by = ["office"] }
issue_document = { by = ["office"] }
"""


@dataclass(frozen=True)
class Took:
    """What was done, and its processor time in seconds."""

    name: str
    seconds: float


def text(stages: int, ways: int) -> str:
    """The definition, the same every time. Inputs come in at every stage, and the end needs their answers."""
    dice, parts = random.Random(7), [(shipped() / "gfmd.toml").read_text("utf-8"), _TRACK]
    for number in range(stages):
        targets = {f"s{number + 1}", *(f"s{dice.randrange(stages)}" for _ in range(ways - 1))}
        listed = ", ".join(f'"{target}"' for target in sorted(targets))
        window = f'opens = "{stages - number + 1} days before summit"\n'
        parts.append(
            f'[tracks.large.stages.s{number}]\ntitle = "Stage {number}"\n{window}'
            f'sets = ["contributing", "taking_in", "writing", "answering"]\nto = [{listed}]\n'
            f'[tracks.large.stages.s{number}.acts]\nissue_call = {{ by = ["office"] }}\n'
        )
    parts.append(f'[tracks.large.stages.s{stages}]\ntitle = "End"\nfinal = true\nneeds = ["every_input_answered"]\n')
    return "\n".join(parts)


def measured(stages: int, times: int) -> list[Took]:
    """Each kind of work on the large definition."""
    return [Took(name, _median(work, times)) for name, work in _works(text(stages, WAYS)).items()]


def _works(large: str) -> Mapping[str, Callable[[], Any]]:
    process, starts = parse(large), date(2027, 1, 4)
    other = parse(large.replace("hours = 72", "hours = 96", 1))
    return {
        "read": lambda: parse(large),
        "checked": lambda: _need_sound(process),
        "compared": lambda: changes(process, other),
        "rehearsed": lambda: rehearse(process, starts, persona("ngo"), {}, None),
        "calendar drawn": lambda: calendar_svg.draw(rehearse(process, starts, persona("ngo"), {}, None), 1200),
        "process drawn": lambda: process_svg.draw(chart(process, "large")),
    }


def _need_sound(process: Process) -> None:
    found = list(check(process, frozenset(ACTS), frozenset(GATES)))
    if found:
        raise AssertionError(f"the large definition has a fault: {found[0].message}")


def _median(work: Callable[[], Any], times: int) -> float:
    return statistics.median(_seconds(work, times))


def _seconds(work: Callable[[], Any], times: int) -> Iterator[float]:
    for _ in range(times):
        start = time.process_time()
        work()
        yield time.process_time() - start
