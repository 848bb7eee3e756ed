"""The state space against a walker that goes through it one state at a time."""

from pathlib import Path

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from forum.domain.gates import GATES
from forum.files import shipped
from forum.workflow.act_names import ACTS, IN_PROCESSES
from forum.workflow.check.check import check
from forum.workflow.check.endings import explored
from forum.workflow.check.space import Bits, explore
from forum.workflow.effects import ASKS, ASKS_OF_ONE, DONE, THINGS
from forum.workflow.load import parse, read_file
from forum.workflow.process import Process, Track
from forum.workflow.track_steps import Step
from tests.support.workflow import walker
from tests.support.workflow.definitions import HEAD, definitions

SHIPPED = sorted(shipped().glob("*.toml")) + sorted((Path(__file__).parent / "chairs").glob("*.toml"))
A_PLAIN_WALK = 3_000  # states that are walked one by one in a second or two
OF_THE_SPACE = (
    "unreachable_stage",
    "locked_for_ever",
    "end_leaves_input",
    "end_leaves_silence",
    "end_leaves_objection",
)


def compared(process: Process, track: Track, *, lean: bool = True) -> None:
    """The checker's states are the walker's, and so are those that can end. `lean`: the walker looks only at what the
    checker keeps track of; else at everything, and nothing else may come of it."""
    space = explored(process, track)
    names = set(space.bits.names)
    known = space.steps if lean else walker.all_steps(process, track)
    states = walker.reached(known, track)
    ending = walker.that_end(known, track, states)
    seen = {(stage, things & names) for stage, things in states}
    told = {(stage, one) for stage, found in space.reached.items() for one in space.bits.named(found)}
    assert told == seen
    for stage, things in states:
        assert space.can_end(stage, things) == ((stage, things) in ending), (stage, sorted(things))


@given(definitions())
@settings(max_examples=12, deadline=None)
def test_what_is_left_out_changes_nothing(process: Process) -> None:
    compared(process, process.tracks["main"], lean=False)


@given(definitions())
@settings(max_examples=50, deadline=None)
def test_the_states_are_those_a_plain_walk_finds(process: Process) -> None:
    compared(process, process.tracks["main"])


def test_a_rule_that_nobody_can_use_does_not_hide_the_one_under_which_a_silence_began() -> None:
    """The service takes any of the two: at s1 the members may still object, although s1 names somebody else."""
    process = parse(
        HEAD
        + """
[bodies.steering_group]
title = "Steering group"
kind = "steering_group"
[documents.paper]
title = "Paper"
closing = "silence"
[tracks.main]
title = "Main"
initial = "s0"
documents = ["paper"]
[tracks.main.always]
advance_stage = { by = ["chair"] }
[tracks.main.stages.s0]
title = "Silence"
to = ["s1"]
[tracks.main.stages.s0.acts]
draft_document = { by = ["chair"] }
write_paragraph = { by = ["chair"] }
start_silence = { by = ["chair"] }
break_silence = { by = ["member"], window = "silence" }
[tracks.main.stages.s1]
title = "Waiting"
to = ["s2"]
needs = ["no_paragraph_contested"]
acts = { break_silence = { by = ["task_force"], window = "silence" } }
[tracks.main.stages.s2]
title = "End"
final = true
needs = ["no_paragraph_contested"]
"""
    )
    space = explored(process, process.tracks["main"])
    assert any("contested" in things for things in space.bits.named(space.reached["s1"]))


def test_a_move_let_go_late_leaves_open_what_was_opened_meanwhile() -> None:
    """A consultation closes and a gate holds its move; another is opened; the gate opens: the second goes on."""
    process = parse(
        HEAD
        + """
[tracks.main]
title = "Main"
initial = "s0"

[tracks.main.always]
advance_stage = { by = ["chair"] }
draft_document = { by = ["chair"] }
receive_contribution = { by = ["chair"] }

[tracks.main.stages.s0]
title = "Drafting"
to = ["s1", "s2"]

[tracks.main.stages.s1]
title = "Consultation"
clock = [
  { at = "consultation_closes", to = "s0" },
  { at = "consultation_closes", to = "s0", gates = ["every_input_answered"] },
]
acts = { circulate_document = { by = ["chair"] } }

[tracks.main.stages.s2]
title = "End"
final = true
"""
    )
    compared(process, process.tracks["main"])
    assert explored(process, process.tracks["main"]).possible("s0", {"text", "input", "consultation"})


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_states_of_real_definitions_are_those_a_plain_walk_finds(path: Path) -> None:
    process = read_file(path)
    for track in process.tracks.values():
        if sum(states.bit_count() for states in explored(process, track).reached.values()) < A_PLAIN_WALK:
            compared(process, track)


def faults(process: Process) -> set[tuple[str, str]]:
    """What the walker would say, in the checker's codes, of each stage it is true of."""
    track = process.tracks["main"]
    known = explored(process, track).steps
    states = walker.reached(known, track)
    ending = walker.that_end(known, track, states)
    way = {stage for stage in track.stages if any(track.stages[to].final for to in _ahead(track, stage))}
    found = {("locked_for_ever", stage) for stage, _ in states - ending if stage in way}
    found |= {("unreachable_stage", stage) for stage in track.stages if stage not in {name for name, _ in states}}
    for stage, things in states:
        if track.stages[stage].final:
            found |= {("end_leaves_silence", stage)} if "silence" in things else set()
            found |= {("end_leaves_objection", stage)} if "contested" in things else set()
            if (
                "input" in things
                and "every_input_answered" in process.gates()
                and not _answerable(known, (stage, things))
            ):
                found.add(("end_leaves_input", stage))
    return found


def _ahead(track: Track, stage: str) -> set[str]:
    seen, ahead = {stage}, [stage]
    while ahead:
        for to in track.stages[ahead.pop()].leads_to():
            if to not in seen:
                seen.add(to)
                ahead.append(to)
    return seen


def _answerable(known: walker.Steps, state: walker.State) -> bool:
    """Whether the acts of an end, done there, can still answer every input."""
    here = {state[0]: [step for step in known[state[0]] if step.act and step.way_out and step.to is None]}
    return any("input" not in things for _, things in walker.walk({state}, lambda s: walker.following(here, s)))


@given(definitions())
@settings(max_examples=50, deadline=None)
def test_the_verdict_is_that_of_a_plain_walk(process: Process) -> None:
    findings = check(process, ACTS, GATES)
    told = {(f.code, str(f.stage)) for f in findings if f.code in OF_THE_SPACE}
    true = faults(process)
    event("sound" if not told else "unsound")
    assert told <= true
    # Of an end every fault is told; of stages that hang together the one at the root.
    assert {one for one in true if one[0].startswith("end_")} <= told
    for code in ("locked_for_ever", "unreachable_stage"):
        root = any(f.code in (code, "nobody_advances") for f in findings)
        assert root or not any(one[0] == code for one in true)


@given(definitions())
@settings(max_examples=60, deadline=None)
def test_every_definition_that_passes_can_complete(process: Process) -> None:
    track = process.tracks["main"]
    if [
        f
        for f in check(process, ACTS, GATES)
        if f.code in (*OF_THE_SPACE, "no_end", "dead_end", "no_way_to_end", "nobody_advances")
    ]:
        return
    known = explored(process, track).steps
    states = walker.reached(known, track)
    assert walker.that_end(known, track, states) == states
    event("passes")


# ---- the arithmetic
things = st.frozensets(st.sampled_from("abcd"), max_size=3)


@given(things, things, things, things, st.integers(0, 2**16 - 1))
def test_a_step_for_all_states_at_once_is_the_step_for_each(needs, bars, opens, closes, states) -> None:
    bits, step = Bits("abcd"), Step("x", None, needs, bars, opens, closes - opens)
    one_by_one = {(one | opens) - step.closes for one in bits.named(states) if needs <= one and not bars & one}
    assert set(bits.named(bits.after(step, states))) == one_by_one
    every = list(bits.named(bits.all))
    assert len(every) == 16
    leading = {
        one
        for one in every
        if needs <= one and not bars & one and ((one | opens) - step.closes) in set(bits.named(states))
    }
    assert set(bits.named(bits.before(step, states))) == leading


def test_what_nothing_hangs_on_is_not_remembered() -> None:
    track = parse((Path(__file__).parent / "sound.toml").read_text("utf-8")).tracks["main"]
    free = {stage: [Step("draft_document", opens=frozenset({"text"}))] for stage in track.stages}
    assert explore(track, free).bits.names == ()
    asked = {**free, "call": [*free["call"], Step("issue_document", "closed", needs=frozenset({"text"}))]}
    assert explore(track, asked).bits.names == ("text",)


def test_every_gate_asks_for_something_that_acts_close() -> None:
    """A new gate that the state space does not know would look open for ever."""
    assert ASKS.keys() == ASKS_OF_ONE.keys() == GATES.keys()
    assert {thing for asked in (ASKS, ASKS_OF_ONE) for things in asked.values() for thing in things} <= THINGS.keys()
    assert {act for act in IN_PROCESSES if act not in SAYS_NOTHING} == {line.act for line in DONE} | {"advance_stage"}


# Acts that open and close nothing a gate or a window asks about. A new act stands here, or in `effects.py`.
SAYS_NOTHING = {
    "open_edition", "record_edition", "clone_edition", "adopt_process", "publish_process", "migrate_edition",
    "undo_migration", "move_anchor", "withdraw_edition",
    "establish_body", "extend_body", "rename_forum", "grant_mandate", "end_mandate", "record_meeting", "revise_meeting",
    "rename_document",
    "extend_window", "correct_document",
    "switch_reminders",
    "save_contribution", "release_contribution", "decline_call", "admit_contribution",
    "withdraw_return",
    "add_recommendation", "place_reservation", "transmit_document", "deliver_document",
}  # fmt: skip
