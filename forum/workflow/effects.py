"""What acts and the clock do to a track, as far as its way to an end depends on it: they open things, and close them.

A thing is something that is or is not the case on the track as a whole. This is the model of the service that the
check works with: it knows whether any input is without an answer, not which.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from .act_names import WHILE_SILENT
from .definition_parts import Document
from .process import Clock, Process, Rule, Stage, Track

NONE: frozenset[str] = frozenset()

# Things, in words that can follow "there is".
THINGS = {
    "input": "an input without an answer",
    "comment": "a comment without an answer",
    "source": "a paragraph without a source",
    "contested": "an objection in the newest silence",
    "objection": "an objection without an answer",
    "silence": "a text before a body, in silence",
    "text": "a text that is not closed",
    "paper": "a text, closed or not",
    "call": "an open call",
    "called": "a call, open or closed",
    "consultation": "a text open to comments",
    "permit": "a late permit",
    "held_call": "a move that a gate held back when the call closed",
    "held_consultation": "a move that a gate held back when the consultation closed",
    "held_silence": "a move that a gate held back when the silence ended",
}
HELD = frozenset(thing for thing in THINGS if thing.startswith("held_"))
# What must be closed for a gate to open.
ASKS = {
    "every_input_answered": "input",
    "every_comment_answered": "comment",
    "every_paragraph_sourced": "source",
    "no_paragraph_contested": "contested",
}
WINDOWS = ("call", "consultation", "silence")
ENDED_BY = {
    "issue_document": ("issued",),
    "endorse_document": ("endorsed", "adopted"),
    "start_silence": ("no_objection",),
}


@dataclass(frozen=True)
class Step:
    """One thing that can happen, while all `needs` are open and none of the `bars`. The clock's act is "".

    `way_out` is False for what only the author of an input can do, or a return to the author: no process may rely on
    it.
    """

    act: str
    to: str | None = None
    needs: frozenset[str] = NONE
    bars: frozenset[str] = NONE
    opens: frozenset[str] = NONE
    closes: frozenset[str] = NONE
    way_out: bool = True


def _step(act: str, needs: str = "", bars: str = "", opens: str = "", closes: str = "", way_out: bool = True) -> Step:
    needed, barred, opened, closed = (frozenset(words.split()) for words in (needs, bars, opens, closes))
    return Step(act, None, needed, barred, opened, closed, way_out)


_DONE: tuple[Step, ...] = (
    _step("issue_call", opens="call called"),
    _step("permit_late_contribution", needs="called", opens="permit"),
    _step("submit_contribution", opens="input"),
    _step("record_contribution", needs="called", opens="input"),
    _step("receive_contribution", opens="input"),
    _step("withdraw_contribution", closes="input", way_out=False),
    _step("return_contribution", closes="input", way_out=False),
    _step("draft_document", opens="text paper"),
    _step("write_paragraph", needs="text", opens="source"),
    _step("cite_source", needs="text", closes="source"),
    _step("withdraw_paragraph", needs="text", closes="source"),
    _step("circulate_document", needs="text", opens="consultation"),
    _step("add_comment", needs="text", opens="comment"),
    _step("record_disposition", needs="paper", closes="input"),
    _step("record_disposition", needs="paper", closes="comment"),
    _step("record_joint_disposition", needs="paper", closes="input"),
    _step("record_joint_disposition", needs="paper", closes="comment"),
    _step("issue_document", needs="text", closes="text"),
    _step("endorse_document", needs="text", closes="text"),
    _step("start_silence", needs="text", bars="silence objection", opens="silence", closes="contested"),
    _step("break_silence", needs="silence", opens="contested objection"),
    _step("answer_objection", needs="objection", bars="silence", closes="objection"),
)
_HANDED_IN = "submit_contribution"
# A text before a body is frozen: where a track makes one text only, these wait for the silence to end.
_EDITS = (
    "write_paragraph",
    "cite_source",
    "withdraw_paragraph",
    "circulate_document",
    "issue_document",
    "endorse_document",
)


def steps(process: Process, track: Track, may: Callable[[Rule], bool]) -> dict[str, list[Step]]:
    """All that can happen at each stage of a track. `may`: whether anybody can exist who may use a rule."""
    stages = track.stages_with(_HANDED_IN)
    first = track.rule(stages[0], _HANDED_IN) if stages else None
    done = tuple(_possible(process, track))
    return {stage.id: list(_at(track, stage, may, done, first)) for stage in track.stages.values()}


def _possible(process: Process, track: Track) -> Iterator[Step]:
    """What acts do, as far as this process has words for answers, and texts that end so."""
    for step in _DONE:
        if step.act in ("record_disposition", "record_joint_disposition") and not process.dispositions:
            continue
        if step.act in _EDITS and len(track.documents) <= 1:
            step = replace(step, bars=step.bars | {"silence"})
        if step.act in ENDED_BY:
            asked = dict.fromkeys(gates(kind.gates) for kind in _ended_by(process, track, step.act))
            yield from (replace(step, bars=step.bars | things) for things in asked)
        else:
            yield step


def _at(
    track: Track, stage: Stage, may: Callable[[Rule], bool], done: tuple[Step, ...], first: Rule | None
) -> Iterator[Step]:
    rules = track.rules(stage.id)
    for step in done:
        rule = rules.get(step.act)
        if rule is None and step.act in WHILE_SILENT and not stage.final:  # at an end, a silence is a finding itself
            rule = next(iter(track.rules_of_silences(step.act)), None)
        if rule is not None and may(rule):
            yield _under(rule, step)
    handing_in = rules.get(_HANDED_IN, first)
    if handing_in is not None and not stage.final and may(handing_in):
        yield from _by_permit(handing_in)
    moving = rules.get("advance_stage")
    if moving is not None and may(moving):
        for name in stage.to:
            yield _under(moving, _into(track, Step("advance_stage", name)))
    for window in WINDOWS:
        yield from _time(track, stage, window)
    yield Step("", needs=frozenset({"permit"}), closes=frozenset({"permit"}))
    yield from _other_clocks(track, stage)


def gates(names: tuple[str, ...]) -> frozenset[str]:
    """What must be closed for these gates to be open. An unknown gate asks nothing: it is a finding of its own."""
    return frozenset(ASKS[name] for name in names if name in ASKS)


def _under(rule: Rule, step: Step) -> Step:
    """A step as its rule allows it: within the window, past the gates."""
    window = frozenset({rule.window} & set(WINDOWS)) if rule.window else NONE
    return replace(step, needs=step.needs | window, bars=step.bars | gates(rule.gates))


def _ended_by(process: Process, track: Track, act: str) -> Iterator[Document]:
    for name in track.documents:
        kind = process.documents.get(name)
        closing = process.closings.get(kind.closing) if kind else None
        if kind and closing and closing.name in ENDED_BY[act]:
            yield kind


def _by_permit(rule: Rule) -> Iterator[Step]:
    """Under a late permit an input may come at any stage; after the end of a track it is an exception of the
    chair's."""
    if rule.window == "call":
        yield Step(_HANDED_IN, None, frozenset({"permit"}), gates(rule.gates), frozenset({"input"}))


def _into(track: Track, step: Step) -> Step:
    """A move into a stage: past the gates that the stage needs. What was held back at the stage before is dropped."""
    stage = track.stages.get(step.to or "")
    return replace(step, bars=step.bars | gates(stage.needs if stage else ()), closes=step.closes | HELD)


def _time(track: Track, stage: Stage, window: str) -> Iterator[Step]:
    """A window closes: the track moves on where the stage has a clock for it, at once or when the gates open."""
    clocks = [clock for clock in stage.clocks if clock.at == f"{window}_closes"]
    over = Step("", needs=frozenset({window}), closes=frozenset({window}))
    if window == "silence":
        # Contested, a text goes back to its drafters and no clock moves; else the text is closed by the silence itself.
        yield replace(over, needs=over.needs | {"contested"})
        over = replace(over, bars=frozenset({"contested"}))
        if len(track.documents) > 1:
            yield from _closing(track, over, clocks, window)
        over = replace(over, closes=over.closes | {"text"})
    yield from _closing(track, over, clocks, window)


def _closing(track: Track, over: Step, clocks: list[Clock], window: str) -> Iterator[Step]:
    if not clocks:
        yield over
    for clock in clocks:
        held = f"held_{window}"
        move = _into(track, replace(over, to=clock.to, bars=over.bars | gates(clock.gates)))
        yield move
        for thing in sorted(move.bars - over.bars):
            yield replace(over, needs=over.needs | {thing}, opens=frozenset({held}))
        # When the move is made later, whatever is open by then stays open.
        yield _into(track, Step("", clock.to, frozenset({held}), gates(clock.gates)))


def _other_clocks(track: Track, stage: Stage) -> Iterator[Step]:
    for clock in stage.clocks:
        step = _into(track, Step("", clock.to, bars=gates(clock.gates)))
        if clock.at == "call_opens":
            yield replace(step, needs=frozenset({"call"}))
        if clock.at == "stage_closes" and stage.closes is not None:
            yield step
