"""All that can happen at a stage of a track: what its rules make of the table of effects, and what time brings.

Where the table says that something may be so, both are steps here: the walk through the states (`check/space.py`) takes
every one of them, and a way to an end relies only on those that are certain.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from .act_names import WHILE_SILENT
from .effects import ASKED_OF_ALL, ASKS, ASKS_OF_ONE, DONE, ENDED_BY, HELD, NONE, ON_TRACKS, WINDOWS, Effect
from .process import Clock, Process, Rule, Stage, Track
from .text_sorts import Sorts, sorts


@dataclass(frozen=True)
class Step:
    """One thing that can happen, while all `needs` are open and none of the `bars`. The clock's act is "".

    `way_out` is False for what no process may rely on: what only the author of an input can do, an objection, and what
    an act can do in some of the cases that look alike here.
    """

    act: str
    to: str | None = None
    needs: frozenset[str] = NONE
    bars: frozenset[str] = NONE
    opens: frozenset[str] = NONE
    closes: frozenset[str] = NONE
    way_out: bool = True


_HANDED_IN = "submit_contribution"
_ANSWERING = ("record_disposition", "record_joint_disposition")


def steps(process: Process, track: Track, may: Callable[[Rule], bool]) -> dict[str, list[Step]]:
    """All that can happen at each stage of a track. `may`: whether anybody can exist who may use a rule."""
    stages = track.stages_with(_HANDED_IN)
    first = track.rule(stages[0], _HANDED_IN) if stages else None
    known = sorts(process, track)
    by_rule: dict[tuple[object, ...], tuple[Step, ...]] = {}

    def done(rule: Rule, line: int) -> tuple[Step, ...]:
        """The steps of a line of the table under a rule: the same at every stage."""
        key = line, rule.roles, rule.mechanisms, rule.convenors, rule.gates, rule.window
        if key not in by_rule:
            one_by_one = (_under(rule, effect, asked) for effect, asked in _on_texts(DONE[line], known))
            by_rule[key] = tuple(step for some in one_by_one for step in some) if may(rule) else ()
        return by_rule[key]

    return {
        stage.id: _relied_on(stage, _at(process, track, stage, may, done, known, first))
        for stage in track.stages.values()
    }


def gates(names: tuple[str, ...]) -> frozenset[str]:
    """What must be closed on a track for these gates to be open. An unknown gate asks nothing: it is a finding of its
    own."""
    return frozenset(thing for name in names for thing in ASKS.get(name, ()))


def _at(
    process: Process, track: Track, stage: Stage, may: Callable[[Rule], bool],
    done: Callable[[Rule, int], tuple[Step, ...]], known: Sorts, first: Rule | None,
) -> Iterator[Step]:  # fmt: skip
    rules = track.rules(stage.id)
    for line, effect in enumerate(DONE):
        answers = effect.act in _ANSWERING
        if answers and not process.dispositions:
            continue
        for rule in _rules(track, stage, effect.act):
            # After the planned end a rule within it allows nothing more.
            lasts = rule.window != "stage" or stage.closes is None
            found = done(rule, line) if lasts else [replace(step, way_out=False) for step in done(rule, line)]
            yield from _reflected(found, known) if answers and _in_paragraphs(process) else found
    handing_in = rules.get(_HANDED_IN, first)
    if handing_in is not None and not stage.final and may(handing_in):
        yield from _by_permit(handing_in)
    moving = rules.get("advance_stage")
    if moving is not None and may(moving):
        lasts = moving.window != "stage" or stage.closes is None
        for name in stage.to:
            step = _within(moving, Step("advance_stage", name, way_out=lasts))
            yield _into(track, replace(step, bars=gates(moving.gates)))
    for window in WINDOWS:
        yield from _time(track, stage, window, known)
    yield Step("", needs=frozenset({"permit"}), closes=frozenset({"permit"}))
    yield from _other_clocks(track, stage)


def _rules(track: Track, stage: Stage, act: str) -> tuple[Rule, ...]:
    """The rules by which the service allows an act at a stage; at an end, a silence is a finding itself."""
    if act in WHILE_SILENT and not stage.final:
        return track.rules_while_silent(stage.id, act)
    own = track.rule(stage.id, act)
    return track.rules_while_open(stage.id, act) or (() if own is None else (own,))


def _in_paragraphs(process: Process) -> bool:
    """Whether every answer that the process knows names a paragraph."""
    return all("{paragraph}" in sentence for sentence in process.dispositions.values())


def _reflected(some: Sequence[Step], known: Sorts) -> Iterator[Step]:
    """Answers that name a paragraph: they are certain to be possible only where a text is open that has one."""
    for step in some:
        yield replace(step, way_out=False)
        for sort in known.values() if step.way_out else ():
            yield replace(step, needs=step.needs | {sort.thing}, bars=step.bars | {"blank"})


def _relied_on(stage: Stage, some: Iterator[Step]) -> list[Step]:
    """The steps of a stage. Where it is left as planned, a track that comes late goes through it in no time, unless a
    gate holds it there: no way to an end relies on anything else."""
    if not stage.left_as_planned:
        return list(some)
    steps = list(some)
    onward = [step for step in steps if step.to is not None and not step.act]
    held_by = onward[0].bars if len(onward) == 1 else NONE
    rest = [step for step in steps if step not in onward]
    held = [replace(step, needs=step.needs | {thing}) for step in rest if step.way_out for thing in sorted(held_by)]
    return [*onward, *held, *(replace(step, way_out=False) for step in rest)]


def _on_texts(effect: Effect, known: Sorts) -> Iterator[tuple[Effect, frozenset[str]]]:
    """The effect on each sort of text, with the gates of that sort where the act ends it."""
    if "between" in effect.needs:
        yield from _on_ended(effect, known)
        return
    if not {"text"} & (effect.needs | effect.opens):
        yield effect, NONE
        return
    for sort in known.values():
        needs, opens, closes = (_named(things, sort.thing) for things in (effect.needs, effect.opens, effect.closes))
        if effect.act not in ENDED_BY:
            yield replace(effect, needs=needs, opens=opens, closes=closes), NONE
        elif effect.act == sort.way.act:
            brings = NONE if effect.act == "start_silence" else sort.out
            yield replace(effect, needs=needs | sort.needs, opens=opens | brings, closes=closes), sort.way.gates


def _on_ended(effect: Effect, known: Sorts) -> Iterator[tuple[Effect, frozenset[str]]]:
    """The effect on each sort of text that ends by this act for the second time."""
    for sort in known.values():
        if sort.way.then == effect.act:
            thing = frozenset((sort.between,))
            yield replace(effect, needs=thing, closes=thing), sort.way.gates


def _named(things: frozenset[str], text: str) -> frozenset[str]:
    return frozenset(text if thing == "text" else thing for thing in things)


def _under(rule: Rule, effect: Effect, asked: frozenset[str]) -> Iterator[Step]:
    """The steps of an effect as its rule allows it: within the window, past the gates."""
    names = (*rule.gates, *sorted(asked))
    if effect.act in ON_TRACKS:
        always, unless = gates(names), effect.unless
    else:
        of_one = frozenset(thing for name in names for thing in ASKS_OF_ONE.get(name, ()))
        always, unless = of_one & ASKED_OF_ALL, effect.unless | of_one
    step = _within(rule, Step(effect.act, None, effect.needs, always, effect.opens, effect.closes, way_out=False))
    if effect.relied_on:
        yield replace(step, bars=always | unless, way_out=True)
    if unless - always or not effect.relied_on:
        yield step
    bare = replace(step, opens=NONE, closes=NONE)
    yield from (replace(bare, opens=frozenset({thing})) for thing in sorted(effect.may_open))
    yield from (replace(bare, closes=frozenset({thing})) for thing in sorted(effect.may_close))
    if effect.act in ENDED_BY and effect.act != "start_silence":
        yield from _sealed(step) if effect.may_close else ()  # not of one that was sealed when it ended first
        yield replace(step, closes=NONE)  # another text of its sort is still open


def _sealed(step: Step) -> Iterator[Step]:
    """What a text lacks when it is closed it lacks for ever; another may lack a source as well, and stay open."""
    lacking = replace(step, needs=step.needs | {"source"}, opens=step.opens | {"unsourced"}, way_out=False)
    yield replace(lacking, closes=frozenset({"source"}))
    yield replace(lacking, closes=NONE)


def _within(rule: Rule, step: Step) -> Step:
    window = frozenset({rule.window} & set(WINDOWS)) if rule.window else NONE
    return replace(step, needs=step.needs | window)


def _by_permit(rule: Rule) -> Iterator[Step]:
    """Under a late permit an input may come at any stage; after the end of a track it is an exception of the
    chair's."""
    if rule.window == "call":
        bars, late = gates(rule.gates), frozenset({"permit"})
        yield Step(_HANDED_IN, None, late, bars, frozenset({"input", "citable"}))
        yield Step(_HANDED_IN, None, late, bars, frozenset({"unanswered"}), way_out=False)


def _into(track: Track, step: Step) -> Step:
    """A move into a stage: past the gates that the stage needs. What was held back at the stage before is dropped."""
    asks = gates(track.asks_before(step.to or ""))
    if step.to is not None and step.to in track.stages and track.stages[step.to].final:
        asks |= {kind.thing for kind in track.twice}
    return replace(step, bars=step.bars | asks, closes=step.closes | HELD)


def _time(track: Track, stage: Stage, window: str, known: Sorts) -> Iterator[Step]:
    """A window closes: the track moves on where the stage has a clock for it, at once or when the gates open."""
    clocks = [clock for clock in stage.clocks if clock.at == f"{window}_closes"]
    over = Step("", needs=frozenset({window}), closes=frozenset({window}))
    if window != "silence":
        yield from _closing(track, over, clocks, window)
        return
    # Contested, a text goes back to its drafters and no clock moves; else the text is closed by the silence itself.
    yield replace(over, needs=over.needs | {"contested"})
    for sort in (sort for sort in known.values() if sort.way.act == "start_silence"):
        thing = sort.thing
        passed = replace(over, needs=over.needs | {thing}, opens=sort.out, way_out=False)
        # Another text still lies before its body, and the last one moves the track.
        yield replace(passed, closes=frozenset({thing}))
        yield from _sealed(passed)
        yield from (replace(passed, closes=frozenset({thing})) for thing in ("consultation", "blank", "unanswered"))
        if clocks:
            yield replace(passed, opens=sort.out | {"held_silence"}, closes=NONE)
        yield from _closing(track, passed, clocks, window)
        last = replace(passed, bars=frozenset({"contested"}), closes=over.closes | {thing}, way_out=True)
        yield from _closing(track, last, clocks, window)


def _closing(track: Track, over: Step, clocks: list[Clock], window: str) -> Iterator[Step]:
    if not clocks:
        yield over
    for clock in clocks:
        held = f"held_{window}"
        move = _into(track, replace(over, to=clock.to, bars=over.bars | gates(clock.gates)))
        if move.bars & over.opens:  # what this brings about holds the move back
            yield replace(over, opens=over.opens | {held})
        else:
            yield move
        if window == "call":  # another was issued since
            yield replace(move, closes=move.closes - {window}, way_out=False)
        for thing in sorted(move.bars - over.bars):
            yield replace(over, needs=over.needs | {thing}, opens=over.opens | {held})
        # When the move is made later, whatever is open by then stays open; no move is made past a running silence.
        running = frozenset({"silence"} if window == "silence" else ())
        yield _into(track, Step("", clock.to, frozenset({held}), gates(clock.gates) | running))


def _other_clocks(track: Track, stage: Stage) -> Iterator[Step]:
    for clock in stage.clocks:
        step = _into(track, Step("", clock.to, bars=gates(clock.gates)))
        if clock.at == "call_opens":
            yield replace(step, needs=frozenset({"call"}))
        if clock.at == "stage_closes" and stage.closes is not None:
            # A track may come here after the planned end: where there is another way on, it waits for that then.
            yield replace(step, way_out=stage.left_as_planned)
