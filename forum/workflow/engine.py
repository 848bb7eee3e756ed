"""May this person do this act now, and if not, why not and when? The stage, the role, the clock and the gates answer.

Pure: the caller hands in the instant, the window's instants and the answers of the gates, and gets a verdict with the
refusal that the act itself would give. The order is fixed: act known, stage, role, window, gates.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from forum.errors import (
    DeadlinePassed,
    GateClosed,
    NaiveTime,
    NotAtThisStage,
    NotInThisProcess,
    Refusal,
    RoleNotAllowed,
    WindowNotOpen,
    WrongState,
)
from forum.workflow.acts import CLOSING_ACTS
from forum.workflow.process import Clock, Process, Rule, Track
from forum.workflow.words import PARTICIPANT_ROLES


@dataclass(frozen=True)
class Standing:
    """In what capacity somebody acts: the roles of the mandate, and the statuses and mechanisms of the organisation."""

    roles: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    mechanisms: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Window:
    """From `opens_at` on and before `closes_at`; None leaves that side open. Naive times are refused."""

    opens_at: datetime | None = None
    closes_at: datetime | None = None

    def __post_init__(self) -> None:
        for instant in (self.opens_at, self.closes_at):
            if instant is not None:
                _aware(instant)


@dataclass(frozen=True)
class GateAnswer:
    """What a gate said: open or not, in a sentence, how many things are still open, and the first of them by id."""

    name: str
    open: bool
    sentence: str = ""
    open_count: int = 0
    open_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """Yes, or the refusal the act would give. `possible_from` is an instant when only the window is still shut."""

    yes: bool
    because: Refusal | None = None
    possible_from: datetime | None = None


YES = Verdict(yes=True)
NO_GATES: Mapping[str, GateAnswer] = {}


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
) -> Verdict:
    """Judge one act at one stage of a track.

    `window` holds the instants of the window named by `window_of`, `gates` the answers to the names from `gates_of`; what
    is asked for and not handed in counts as shut. `document` is the kind of document the act closes, `author` the kind
    of author whose contribution is released. `now == closes_at` is too late.
    """
    _aware(now)
    path = process.tracks.get(track)
    if path is None or stage not in path.stages or not path.stages_with(act):
        return _no(NotInThisProcess(act=act, process=process.name))
    rule = path.rule(stage, act)
    if rule is None:
        return _no(_not_here(path, stage, act, now, window))
    return _judge(rule, standing, now, window, gates, gates_of(process, track, stage, act, document), author)


def decide_forum_act(process: Process, act: str, standing: Standing, *, now: datetime) -> Verdict:
    """Judge an act outside any edition, such as `open_edition`, by the process's [forum_acts]."""
    _aware(now)
    rule = process.forum_acts.get(act)
    if rule is None:
        return _no(NotInThisProcess(act=act, process=process.name))
    return _judge(rule, standing, now, None, NO_GATES, rule.gates, None)


def gates_of(process: Process, track: str, stage: str, act: str, document: str | None = None) -> tuple[str, ...]:
    """The gates an act must pass here; for an act that closes a document, those of that kind of document too."""
    path = process.tracks.get(track)
    rule = path.rule(stage, act) if path else None
    if rule is None:
        return ()
    kind = process.documents.get(document) if document and act in CLOSING_ACTS else None
    return tuple(dict.fromkeys((*rule.gates, *(kind.gates if kind else ()))))


def window_of(process: Process, track: str, stage: str, act: str) -> str | None:
    """The window an act hangs on, also at a stage past it: a latecomer is told of the deadline, not of a stage."""
    path = process.tracks.get(track)
    if path is None or stage not in path.stages:
        return None
    rule = path.rule(stage, act) or _first_rule(path, act)
    return rule.window if rule else None


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
    refusal = _wrong_role(rule, standing, author)
    if refusal:
        return _no(refusal)
    closed = _closed_gate(asked, gates)
    shut = _shut_window(rule, window, now)
    if shut:
        opens = shut.opens_at if isinstance(shut, WindowNotOpen) and closed is None else None
        return _no(shut, opens)
    return _no(closed) if closed else YES


def _not_here(path: Track, stage: str, act: str, now: datetime, window: Window | None) -> Refusal:
    first = _first_rule(path, act)
    if first and first.window and window and window.closes_at and now >= window.closes_at:
        return DeadlinePassed(deadline=window.closes_at, server_time=now)
    titles = tuple(path.stages[name].title for name in path.stages_with(act))
    return NotAtThisStage(act=act, stage=path.stages[stage].title, stages=titles)


def _first_rule(path: Track, act: str) -> Rule | None:
    return next((path.rule(stage, act) for stage in path.stages_with(act)), None)


def _wrong_role(rule: Rule, standing: Standing, author: str | None) -> Refusal | None:
    roles = rule.roles
    if author is not None and rule.release:
        roles = frozenset({rule.release[author]}) if author in rule.release else frozenset()
    held = roles & standing.roles
    fits = (not rule.statuses or rule.statuses & standing.statuses) and (
        not rule.mechanisms or rule.mechanisms & standing.mechanisms
    )
    if held and (fits or held - PARTICIPANT_ROLES):
        return None
    return RoleNotAllowed(act=rule.act, roles=tuple(sorted(_spoken(r, rule) for r in roles)), yours=_yours(rule, standing))


def _spoken(role: str, rule: Rule) -> str:
    if role not in PARTICIPANT_ROLES:
        return role
    marks = [" or ".join(sorted(words)) for words in (rule.statuses, rule.mechanisms) if words]
    return f"{role} ({'; '.join(marks)})" if marks else role


def _yours(rule: Rule, standing: Standing) -> tuple[str, ...]:
    marks = sorted((standing.statuses if rule.statuses else set()) | (standing.mechanisms if rule.mechanisms else set()))
    roles = sorted(standing.roles) or ["nobody yet"]
    return tuple(f"{role} ({', '.join(marks)})" if marks else role for role in roles)


def _shut_window(rule: Rule, window: Window | None, now: datetime) -> Refusal | None:
    if rule.window is None:
        return None
    if window is None:
        return WrongState(act=rule.act, state="not scheduled yet", needs=(f"the {rule.window} with its dates",))
    if window.closes_at is not None and now >= window.closes_at:
        return DeadlinePassed(deadline=window.closes_at, server_time=now)
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


def _aware(instant: datetime) -> None:
    if instant.utcoffset() is None:
        raise NaiveTime(given=instant.isoformat())
