"""A second telling of what can happen on a track, state by state and as plainly as it can be written: no bits, no code
of the checker. Slow on purpose; the tests hold the checker's answers against it."""

from collections.abc import Callable, Iterator

from forum.workflow.process import Process, Rule, Stage, Track

State = tuple[str, frozenset[str]]

ASKED = {
    "every_input_answered": "input",
    "every_comment_answered": "comment",
    "every_paragraph_sourced": "source",
    "no_paragraph_contested": "contested",
}
BODIES = (
    "steering_group",
    "working_group",
    "task_force",
    "roundtable",
    "regional_consultation",
    "friends",
    "support_unit",
    "advisory_group",
)
# Everybody there is, for walks with the engine; who of them can exist is asked of `somebody`.
TAKING_PART = {"national_focal_point", "delegate", "representative", "observer", "participant"}


def open_gates(names: tuple[str, ...], there: frozenset[str]) -> bool:
    return all(ASKED.get(name) not in there for name in names)


def exists(process: Process, role: str) -> bool:
    if role == "coordinator":
        return len(process.mechanisms) > 0
    if role == "member" and process.bodies:
        kinds = {body.kind for body in process.bodies.values()}
        return all(c.by in kinds for c in process.closings.values() if c.by in BODIES)
    return True


def somebody(process: Process, track: Track, rule: Rule) -> bool:
    convening = track.convened_by
    if not convening and track.repeat and track.repeat.body in process.bodies:
        convening = process.bodies[track.repeat.body].convened_by
    if rule.convenors and not [one for one in rule.convenors if one in convening]:
        return False
    for role in rule.roles:
        mechanism = not rule.mechanisms or [one for one in rule.mechanisms if one in process.mechanisms]
        if exists(process, role) and (mechanism or role not in TAKING_PART):
            return True
    return False


def what_becomes(process: Process, track: Track, act: str, there: frozenset[str]) -> list[frozenset[str]]:
    """What becomes of the open things when an act is done; empty where it cannot be done on what is there."""
    text = "text" in there
    editable = text and not ("silence" in there and len(track.documents) <= 1)
    if act == "issue_call":
        return [there | {"call", "called"}]
    if act == "permit_late_contribution":
        return [there | {"permit"}] if "called" in there else []
    if act in ("submit_contribution", "receive_contribution"):
        return [there | {"input"}]
    if act == "record_contribution":
        return [there | {"input"}] if "called" in there else []
    if act in ("withdraw_contribution", "return_contribution"):
        return [there - {"input"}]
    if act == "draft_document":
        return [there | {"text", "paper"}]
    if act == "write_paragraph":
        return [there | {"source"}] if editable else []
    if act in ("cite_source", "withdraw_paragraph"):
        return [there - {"source"}] if editable else []
    if act == "circulate_document":
        return [there | {"consultation"}] if editable else []
    if act == "add_comment":
        return [there | {"comment"}] if text else []
    if act in ("record_disposition", "record_joint_disposition"):
        return [there - {"input"}, there - {"comment"}] if "paper" in there and process.dispositions else []
    if act in ("issue_document", "endorse_document", "start_silence"):
        return list(closings(process, track, act, there, editable))
    if act == "break_silence":
        return [there | {"contested", "objection"}] if "silence" in there else []
    if act == "answer_objection":
        return [there - {"objection"}] if "objection" in there and "silence" not in there else []
    return []


def closings(
    process: Process, track: Track, act: str, there: frozenset[str], editable: bool
) -> Iterator[frozenset[str]]:
    for name in track.documents:
        document = process.documents[name]
        how = process.closings[document.closing].name
        if not open_gates(document.gates, there):
            continue
        if (act, how) in (
            ("issue_document", "issued"),
            ("endorse_document", "endorsed"),
            ("endorse_document", "adopted"),
        ) and editable:
            yield there - {"text"}
        if (act, how) == ("start_silence", "no_objection") and "text" in there and not there & {"silence", "objection"}:
            yield (there | {"silence"}) - {"contested"}


def unhold(there: frozenset[str]) -> frozenset[str]:
    return frozenset(one for one in there if not one.startswith("held_"))


def acts(process: Process, track: Track, stage: Stage, there: frozenset[str]) -> Iterator[tuple[str, State]]:
    """What people can do."""
    for act, rule in {**track.always, **stage.acts}.items():
        windowed = rule.window in ("call", "consultation", "silence")
        if (
            not somebody(process, track, rule)
            or (windowed and rule.window not in there)
            or not open_gates(rule.gates, there)
        ):
            continue
        for after in what_becomes(process, track, act, there):
            yield act, (stage.id, after)
        if act == "advance_stage":
            for to in stage.to:
                if open_gates(track.stages[to].needs, there):
                    yield act, (to, unhold(there))
    if "permit" in there and not stage.final:
        having = [s for s in track.stages if "submit_contribution" in {**track.always, **track.stages[s].acts}]
        if having:
            here = stage.id if stage.id in having else having[0]
            rule = track.stages[here].acts.get("submit_contribution") or track.always["submit_contribution"]
            if rule.window == "call" and somebody(process, track, rule) and open_gates(rule.gates, there):
                yield "submit_contribution", (stage.id, there | {"input"})


def clock(track: Track, stage: Stage, there: frozenset[str]) -> Iterator[State]:
    """What time brings."""
    if "permit" in there:
        yield stage.id, there - {"permit"}
    for window in ("call", "consultation", "silence"):
        if not [c for c in stage.clocks if c.at == f"{window}_closes"]:
            for after in over(track, window, there):
                yield stage.id, after
    if {"silence", "contested"} <= there:
        yield stage.id, there - {"silence"}
    for one in stage.clocks:
        free = open_gates(one.gates, there) and open_gates(track.stages[one.to].needs, there)
        if one.at == "stage_closes" and stage.closes and free:
            yield one.to, unhold(there)
        if one.at == "call_opens" and "call" in there and free:
            yield one.to, unhold(there)
        window, edge = one.at.split("_")
        if edge == "closes" and window != "stage":
            for after in over(track, window, there):
                yield (one.to, unhold(after)) if free else (stage.id, after | {f"held_{window}"})
            if f"held_{window}" in there and free:
                yield one.to, unhold(there)


def over(track: Track, window: str, there: frozenset[str]) -> list[frozenset[str]]:
    """A window closes: what is left. A silence that was not broken closes its text; of several texts others may
    remain."""
    if window not in there or (window == "silence" and "contested" in there):
        return []
    if window != "silence":
        return [there - {window}]
    some = [there - {"silence", "text"}]
    return [*some, there - {"silence"}] if len(track.documents) > 1 else some


def following(process: Process, track: Track, state: State, way_out: bool = False) -> set[State]:
    stage = track.stages[state[0]]
    done = set(clock(track, stage, state[1]))
    for act, after in acts(process, track, stage, state[1]):
        if not (way_out and act in ("withdraw_contribution", "return_contribution")):
            done.add(after)
    return done


def walk(process: Process, track: Track, starts: set[State], follow: Callable[[State], set[State]]) -> set[State]:
    seen, ahead = set(starts), list(starts)
    while ahead:
        for state in follow(ahead.pop()):
            if state not in seen:
                seen.add(state)
                ahead.append(state)
    return seen


def reached(process: Process, track: Track) -> set[State]:
    return walk(process, track, {(track.initial, frozenset())}, lambda s: following(process, track, s))


def that_end(process: Process, track: Track, states: set[State]) -> set[State]:
    """Those of the states from which an end can be reached: grown from the ends until nothing is added."""
    leads = {state: following(process, track, state, way_out=True) for state in states}
    good = {state for state in states if track.stages[state[0]].final}
    while True:
        more = {state for state in states if state not in good and leads[state] & good}
        if not more:
            return good
        good |= more
