"""May this person do this act now, and if not, why not and when? The stage, the role, the clock and the gates answer.

Pure: the caller passes the instant, the window's instants and the answers of the gates, and gets a verdict with the
refusal that the act itself would give. The order is fixed: act known, stage, role, window, gates.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from ..errors import (
    GateClosed,
    NotAtThisStage,
    NotInThisProcess,
    WindowNotOpen,
    WrongState,
)
from ..refusal import Refusal
from ..times import aware
from . import floor
from .act_names import CLOSING_ACTS, WHILE_SILENT
from .capacity import wrong_role
from .late import deadline_passed
from .process import Clock, Process, Rule, Track
from .verdict import GateAnswer, Standing, Verdict, Window

__all__ = [
    "GateAnswer", "Standing", "Verdict", "Window", "clock_moves", "decide", "decide_forum_act", "gates_of", "needs_of",
    "next_stages", "releaser", "window_of",
]  # fmt: skip

YES = Verdict(yes=True)
NO_GATES: Mapping[str, GateAnswer] = {}
NO_DATES: Mapping[str, datetime] = {}


def decide(
    process: Process,
    track: str,
    stage: str,
    act: str,
    standing: Standing,
    *,
    now: datetime,
    window: Window | None = None,
    gates: Mapping[str, GateAnswer] = NO_GATES,
    document: str | None = None,
    author: str | None = None,
    permit: datetime | None = None,
    mending: datetime | None = None,
    opening: Mapping[str, datetime] = NO_DATES,
) -> Verdict:
    """Judge one act at one stage of a track.

    `window` holds the instants of the window named by `window_of`, `gates` the answers to the names from `gates_of`; a
    window or gate that is needed and not passed counts as closed. `document` is the kind of document the act closes,
    `author` the kind of author whose contribution is released. `now == closes_at` is too late.

    `permit`: until then this organisation may still answer the call, at whatever stage the track stands by now.
    `mending`: until then the author may mend what was returned, at whatever stage and whatever the window.
    `opening`: when stages are planned to open; a refusal for the stage comes with the first that helps this person.
    """
    aware(now)
    path = process.tracks.get(track)
    if path is None or stage not in path.stages or not path.stages_with(act):
        return _no(NotInThisProcess(act=act, process=process.name))
    rule = _rule_here(path, stage, act, standing, window, now)
    permit = permit if _of_a_call(path, stage, act) else None
    window, rule = _granted(path, act, standing, rule, window, permit, mending, now)
    if rule is None:
        refusal = _not_here(path, stage, act, now, window)
        opens = _planned(path, stage, act, standing, author, now, window, opening)
        return _no(refusal, opens if isinstance(refusal, NotAtThisStage) else None)
    return _judge(rule, standing, now, window, gates, _gates(process, rule, document), author)


def decide_forum_act(process: Process | None, act: str, standing: Standing, *, now: datetime) -> Verdict:
    """Judge an act outside any edition, such as `open_edition`, by the process's [forum_acts] and the floor under it;
    by the floor alone where the forum has no process yet."""
    aware(now)
    rule = floor.rule_for(process, act)
    if rule is None:
        return _no(NotInThisProcess(act=act, process=process.name if process else "of this forum"))
    return _judge(rule, standing, now, None, NO_GATES, rule.gates, None)


def gates_of(
    process: Process, track: str, stage: str, act: str, document: str | None = None, *, elsewhere: bool = False
) -> tuple[str, ...]:
    """The gates that an act may have to pass here; for an act that closes a document, those of that kind too.

    `elsewhere`: where it may be done by the rule of another stage: while a call or a consultation is open, under a late
    permit, to mend what was returned. `decide` asks for those of the rule that lets this person act.
    """
    path = process.tracks.get(track)
    if path is None or stage not in path.stages:
        return ()
    own = path.rule(stage, act)
    rules: tuple[Rule, ...] = () if own is None else (own,)
    if act in WHILE_SILENT:
        rules = path.rules_while_silent(stage, act)
    elif elsewhere:
        rules = path.rules_while_open(stage, act) or rules or _rules_of(path, act)
    return tuple(dict.fromkeys(gate for rule in rules for gate in _gates(process, rule, document)))


def _gates(process: Process, rule: Rule, document: str | None) -> tuple[str, ...]:
    kind = process.documents.get(document) if document and rule.act in CLOSING_ACTS else None
    return tuple(dict.fromkeys((*rule.gates, *(kind.asks if kind else ()))))


def needs_of(process: Process, track: str, stage: str) -> tuple[str, ...]:
    """The gates a track must pass before it may come to a stage, moved by whomever or by the clock."""
    path = process.tracks.get(track)
    return path.asks_before(stage) if path else ()


def window_of(process: Process, track: str, stage: str, act: str) -> str | None:
    """The window that an act needs, also at a stage past it: a latecomer is told the deadline, not the stage.

    A window of the stage itself counts only where the act is open: the dates of another stage say nothing about it.
    """
    path = process.tracks.get(track)
    if path is None or stage not in path.stages:
        return None
    own = path.rule(stage, act)
    rule = own or next(iter((*path.rules_while_open(stage, act), *_rules_of(path, act))), None)
    return rule.window if rule and (own or rule.window != "stage") else None


def next_stages(process: Process, track: str, stage: str) -> tuple[str, ...]:
    """The stages to which somebody may advance the track by hand."""
    path = process.tracks.get(track)
    return path.stages[stage].to if path and stage in path.stages else ()


def clock_moves(process: Process, track: str, stage: str) -> tuple[Clock, ...]:
    """The moves the clock makes out of a stage."""
    path = process.tracks.get(track)
    return path.stages[stage].clocks if path and stage in path.stages else ()


def releaser(process: Process, track: str, stage: str, author: str) -> str | None:
    """The role that releases a contribution by this kind of author here; None where nobody does."""
    path = process.tracks.get(track)
    rule = path.rule(stage, "release_contribution") if path else None
    return rule.release.get(author) if rule else None


def _judge(
    rule: Rule,
    standing: Standing,
    now: datetime,
    window: Window | None,
    gates: Mapping[str, GateAnswer],
    asked: tuple[str, ...],
    author: str | None,
) -> Verdict:
    refusal = wrong_role(rule, standing, author)
    if refusal:
        return _no(refusal)
    closed = _closed_gate(asked, gates)
    shut = _shut_window(rule, window, now)
    if shut:
        opens = shut.opens_at if isinstance(shut, WindowNotOpen) and closed is None else None
        return _no(shut, opens)
    return _no(closed) if closed else YES


def _of_a_call(path: Track, stage: str, act: str) -> bool:
    return any(rule.window == "call" for rule in path.rules_while_open(stage, act))


def _with_permit(window: Window | None, permit: datetime) -> Window | None:
    """The call's window as the permit extends it. A permit never shortens a window; a call without dates stays
    without."""
    if window is None or not window.over(permit):
        return window
    return Window(window.opens_at, permit)


def _granted(
    path: Track, act: str, standing: Standing, rule: Rule | None, window: Window | None, permit: datetime | None,
    mending: datetime | None, now: datetime,
) -> tuple[Window | None, Rule | None]:  # fmt: skip
    """The window and the rule with the time that was granted to one author: to mend what was returned, to come late.

    Neither is ever shorter than the window. Past it the stage applies again, and latecomers are told the deadline that
    was their own.
    """
    elsewhere = _letting(_rules_of(path, act), standing)
    if mending is not None and now < aware(mending):
        window, rule = Window(None, mending), rule or elsewhere
    elif mending is not None:
        window = _with_permit(window, mending)
    if permit is not None:
        window = _with_permit(window, permit)
        rule = rule or (elsewhere if now < aware(permit) else None)
    return window, rule


def _not_here(path: Track, stage: str, act: str, now: datetime, window: Window | None) -> Refusal:
    first = _first_rule(path, act)
    if first and first.window not in (None, "stage") and window and window.closes_at and window.over(now):
        return deadline_passed(first, window.closes_at, now)
    titles = tuple(path.stages[name].title for name in path.stages_with(act))
    return NotAtThisStage(act=act, stage=path.stages[stage].title, stages=titles)


def _planned(
    path: Track,
    stage: str,
    act: str,
    standing: Standing,
    author: str | None,
    now: datetime,
    window: Window | None,
    opening: Mapping[str, datetime],
) -> datetime | None:
    """The first planned opening, after now, of a stage to come that gives the act to this person."""
    if not any(name in opening for name in path.stages_with(act)):
        return None
    ahead = path.stages_ahead[stage]
    first, openings = _first_rule(path, act), []
    for name in path.stages_with(act):
        rule = path.rule(name, act)
        if rule is None or name not in opening or name not in ahead or wrong_role(rule, standing, author):
            continue
        opens = aware(opening[name])
        if rule.window and first and rule.window == first.window and window and window.opens_at:
            opens = max(opens, window.opens_at)
        if opens > now:
            openings.append(opens)
    return min(openings, default=None)


def _rule_here(
    path: Track, stage: str, act: str, standing: Standing, window: Window | None, now: datetime
) -> Rule | None:
    """The rule of the stage. For an act on a silence also that of each stage at which silences begin, and within an
    open call or consultation that of each stage that gives the act within it: of several, one that lets this person
    act."""
    if act in WHILE_SILENT:
        return _letting(path.rules_while_silent(stage, act), standing)
    if window is not None and window.lasts(now):
        return _letting(path.rules_while_open(stage, act), standing) or path.rule(stage, act)
    return path.rule(stage, act)


def _letting(rules: Sequence[Rule], standing: Standing) -> Rule | None:
    """The first of these that lets this person act, else the first of all."""
    return next((rule for rule in rules if wrong_role(rule, standing, None) is None), rules[0] if rules else None)


def _rules_of(path: Track, act: str) -> tuple[Rule, ...]:
    """The rules for an act on a track, in the order of its stages."""
    return tuple(rule for stage in path.stages_with(act) if (rule := path.rule(stage, act)) is not None)


def _first_rule(path: Track, act: str) -> Rule | None:
    return next(iter(_rules_of(path, act)), None)


def _shut_window(rule: Rule, window: Window | None, now: datetime) -> Refusal | None:
    if rule.window is None:
        return None
    if window is None:
        return WrongState(act=rule.act, state="not scheduled yet", needs=(f"the {rule.window} with its dates",))
    if window.closes_at is not None and window.over(now):
        return deadline_passed(rule, window.closes_at, now)
    if window.opens_at is not None and now < window.opens_at:
        return WindowNotOpen(opens_at=window.opens_at, server_time=now)
    return None


def _closed_gate(asked: tuple[str, ...], gates: Mapping[str, GateAnswer]) -> Refusal | None:
    for name in asked:
        answer = gates.get(name)
        if answer is None:
            return GateClosed(gate=name, sentence=f"The question {name} has not been put yet.", open_count=0)
        if not answer.open:
            return GateClosed(
                gate=name, sentence=answer.sentence, open_count=answer.open_count, open_ids=answer.open_ids
            )
    return None


def _no(because: Refusal, possible_from: datetime | None = None) -> Verdict:
    return Verdict(yes=False, because=because, possible_from=possible_from)
