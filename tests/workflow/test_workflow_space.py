"""The state space against a walker that goes through it one state at a time, and against the engine itself."""

import datetime as dt
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
from forum.workflow.effects import _DONE, ASKS, THINGS, Step
from forum.workflow.engine import GateAnswer, Standing, Window, decide, gates_of, window_of
from forum.workflow.load import parse, read_file
from forum.workflow.process import Process, Track
from forum.workflow.vocabulary import STATUSES
from tests.support.workflow import walker
from tests.support.workflow.definitions import HEAD, ROLES, definitions

NOW = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)
SHIPPED = sorted(shipped().glob("*.toml")) + sorted((Path(__file__).parent / "chairs").glob("*.toml"))
OF_THE_SPACE = (
    "unreachable_stage",
    "locked_for_ever",
    "end_leaves_input",
    "end_leaves_silence",
    "end_leaves_objection",
)


def compared(process: Process, track: Track) -> None:
    """The checker's states are the walker's, and so are those that can end."""
    space = explored(process, track)
    names = set(space.bits.names)
    states = walker.reached(process, track)
    ending = walker.that_end(process, track, states)
    seen = {(stage, things & names) for stage, things in states}
    told = {(stage, one) for stage, found in space.reached.items() for one in space.bits.named(found)}
    assert told == seen
    for stage, things in states:
        assert space.can_end(stage, things) == ((stage, things) in ending), (stage, sorted(things))


@given(definitions())
@settings(max_examples=150, deadline=None)
def test_the_states_are_those_a_plain_walk_finds(process: Process) -> None:
    compared(process, process.tracks["main"])


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
        compared(process, track)


def faults(process: Process) -> set[tuple[str, str]]:
    """What the walker would say, in the checker's codes, of each stage it is true of."""
    track = process.tracks["main"]
    states = walker.reached(process, track)
    ending = walker.that_end(process, track, states)
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
                and not _answerable(process, track, (stage, things))
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


def _answerable(process: Process, track: Track, state: walker.State) -> bool:
    """Whether the acts of an end, done there, can still answer every input."""

    def stay(one: walker.State) -> set[walker.State]:
        done = walker.acts(process, track, track.stages[one[0]], one[1])
        return {s for act, s in done if s[0] == one[0] and act not in ("withdraw_contribution", "return_contribution")}

    return any("input" not in things for _, things in walker.walk(process, track, {state}, stay))


@given(definitions())
@settings(max_examples=150, deadline=None)
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
@settings(max_examples=200, deadline=None)
def test_every_definition_that_passes_can_complete(process: Process) -> None:
    track = process.tracks["main"]
    if [
        f
        for f in check(process, ACTS, GATES)
        if f.code in (*OF_THE_SPACE, "no_end", "dead_end", "no_way_to_end", "nobody_advances")
    ]:
        return
    states = walker.reached(process, track)
    assert walker.that_end(process, track, states) == states
    event("passes")


# ---- the engine never gets anywhere else
def answered(
    process: Process, track: Track, stage: str, act: str, there: frozenset[str], kind: str | None
) -> dict[str, GateAnswer]:
    names = gates_of(process, track.name, stage, act, kind, late=True)
    return {name: GateAnswer(name, open=walker.ASKED[name] not in there) for name in names}


def allowed(process: Process, track: Track, state: walker.State, act: str) -> bool:
    """Whether the engine lets anybody who exists do an act: each role in turn, with every status and mechanism
    there is."""
    stage, there = state
    name = window_of(process, track.name, stage, act)
    window = Window() if name in there or name == "stage" else Window(None, NOW)
    permit = NOW + dt.timedelta(days=1) if "permit" in there and not track.stages[stage].final else None
    for role in ROLES:
        if not walker.exists(process, role):
            continue
        who = Standing(
            frozenset({role}), frozenset(STATUSES), frozenset(process.mechanisms), frozenset(track.convened_by)
        )
        asked = answered(process, track, stage, act, there, None)
        if decide(process, track.name, stage, act, who, now=NOW, window=window, gates=asked, permit=permit).yes:
            return True
    return False


def options(process: Process, track: Track, state: walker.State) -> list[walker.State]:
    stage, there = state
    found = list(walker.clock(track, track.stages[stage], there))
    for act in sorted(process.acts()):
        if not allowed(process, track, state, act):
            continue
        found += [(stage, after) for after in walker.what_becomes(process, track, act, there)]
        if act == "advance_stage":
            found += [
                (to, walker.unhold(there))
                for to in track.stages[stage].to
                if walker.open_gates(track.stages[to].needs, there)
            ]
    return sorted(set(found) - {state}, key=lambda one: (one[0], sorted(one[1])))


def strolled(process: Process, track: Track, dice: list[int]) -> None:
    space = explored(process, track)
    state: walker.State = (track.initial, frozenset())
    for throw in dice:
        ways = options(process, track, state)
        if not ways:
            break
        state = ways[throw % len(ways)]
        assert space.possible(*state), (state[0], sorted(state[1]))


throws = st.lists(st.integers(0, 10_000), min_size=10, max_size=25)


@given(definitions(), throws)
@settings(max_examples=60, deadline=None)
def test_random_acts_never_lead_where_the_checker_said_nothing_leads(process: Process, dice: list[int]) -> None:
    strolled(process, process.tracks["main"], dice)


@given(st.sampled_from([(read_file(path), n) for path in SHIPPED for n in range(4)]), throws)
@settings(max_examples=30, deadline=None)
def test_random_acts_in_real_definitions_do_not_either(chosen: tuple[Process, int], dice: list[int]) -> None:
    process, number = chosen
    tracks = list(process.tracks.values())
    strolled(process, tracks[number % len(tracks)], dice)


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
    assert ASKS.keys() == GATES.keys()
    assert set(ASKS.values()) <= THINGS.keys()
    assert {act for act in IN_PROCESSES if act not in SAYS_NOTHING} == {step.act for step in _DONE} | {"advance_stage"}


# Acts that open and close nothing a gate or a window asks about. A new act stands here, or in `effects.py`.
SAYS_NOTHING = {
    "open_edition", "record_edition", "clone_edition", "adopt_process", "publish_process", "migrate_edition",
    "undo_migration", "move_anchor",
    "establish_body", "extend_body", "grant_mandate", "end_mandate", "record_meeting", "extend_window",
    "switch_reminders",
    "save_contribution", "release_contribution", "decline_call", "admit_contribution", "revise_paragraph",
    "add_recommendation", "place_reservation", "transmit_document", "deliver_document",
}  # fmt: skip
