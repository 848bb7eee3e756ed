"""A right that is in use must not be taken away by a later version of the process: it may grow, and not shrink.

Whoever may object to a text in silence, answer an open call, mend an input that was returned, or comment on a text open
to comments, may do so after a migration as before. `findings(old, new)` looks at every stage at which such a thing may
be under way; `in_use` limits it to what is under way in the edition that is to move.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ..capacity import wrong_role
from ..definition_parts import Moves
from ..finding import Finding
from ..moves import Place, moves_from, stands, target
from ..process import Process, Rule, Track
from ..verdict import Standing
from ..vocabulary import AUTHORS, PARTICIPANT_ROLES

CODE = "right_narrowed"
_ANSWERS = ("save_contribution", "release_contribution", "submit_contribution", "withdraw_contribution")
# What may be under way, and the acts that people have a right to meanwhile.
RIGHTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "silence": ("break_silence", "place_reservation"),
        "call": (*_ANSWERS, "decline_call"),
        "permit": _ANSWERS,
        "returned": ("save_contribution", "release_contribution", "submit_contribution"),
        "consultation": ("add_comment",),
    }
)
_BEGUN_BY = MappingProxyType(
    {
        "silence": "start_silence",
        "call": "issue_call",
        "permit": "permit_late_contribution",
        "returned": "return_contribution",
        "consultation": "circulate_document",
    }
)
_SPOKEN = MappingProxyType(
    {
        "silence": "a text lies before its body in silence",
        "call": "a call is open",
        "permit": "an organisation may still answer a call, by a late permit",
        "returned": "an input was returned to its author",
        "consultation": "a text is open to comments",
    }
)
_WINDOW = MappingProxyType({"silence": "silence", "call": "call", "permit": "call", "consultation": "consultation"})
_ANY = "*"


@dataclass(frozen=True)
class RightInUse:
    """A thing (one of `RIGHTS`) that is under way on a track of the definition while it stands at a stage."""

    place: Place
    thing: str


@dataclass(frozen=True)
class _Capacity:
    """One capacity in which an act may be done; `_ANY` where the rule asks for nothing. `author`: of what is released,
    by kind."""

    role: str
    status: str
    mechanism: str
    convenor: str
    author: str
    subject: bool


def findings(
    old: Process, new: Process, moves: Moves | None = None, in_use: Collection[RightInUse] | None = None
) -> Iterator[Finding]:
    """Every right in use that `new` would narrow, once for each stage and act. `moves`: where the map of the definition
    is overridden."""
    moves = moves_from(new, old.version) if moves is None else moves
    reported: set[tuple[Place, str]] = set()
    for right in everything(old) if in_use is None else in_use:
        place = right.place
        if not stands(old, place) or not stands(new, target(moves, place)):
            continue  # `moves.py` reports that
        for act, finding in _narrowed(old, new, right, moves):
            if (place, act) not in reported:
                reported.add((place, act))
                yield finding


def everything(process: Process) -> Iterator[RightInUse]:
    """All that could be under way: where no edition was looked at."""
    for track in process.tracks.values():
        for thing, acts in RIGHTS.items():
            if not track.stages_with(_BEGUN_BY[thing]):
                continue
            for stage in track.stages.values():
                own = stage.id in track.stages_with("start_silence") if thing == "silence" else not stage.final
                if own and any(_rules(track, stage.id, act, thing) for act in acts):
                    yield RightInUse(Place(track.name, stage.id), thing)


def _narrowed(old: Process, new: Process, right: RightInUse, moves: Moves) -> Iterator[tuple[str, Finding]]:
    place, thing = right.place, right.thing
    there = target(moves, place)
    was, now = old.tracks[place.track], new.tracks[there.track]
    stage = now.stages[there.stage]
    while_ = f"While {_SPOKEN[thing]} at {place.stage}"
    waits = now.after if now.after != moves.tracks.get(was.after, was.after) else ""
    for act in RIGHTS[thing]:
        before = _rules(was, place.stage, act, thing)
        after = _rules(now, there.stage, act, thing)
        taken, terms = _taken(before, after, thing)
        if not before or not (taken or terms or waits):
            continue
        if taken:
            text = f"{while_}, {act} is given to {taken}; at {there.stage} of {new.version} no longer."
            remedy = f"Give {act} to them at {there.stage} as well, or wait until it is over."
        elif terms:
            text = f"{while_}, {act} asks for less than at {there.stage} of {new.version}: there for {terms} too."
            remedy = f"Ask for no more at {there.stage}, or wait until it is over."
        else:
            text = f"{while_}, {act} can be done; on {now.name} of {new.version} nothing can before {waits} has ended."
            remedy = f"Take `after` away from {now.name}, or wait until it is over."
        line = next((rule.line for rule in after), None) or stage.line
        yield act, Finding(CODE, text, remedy, line, place.track, place.stage)


def _rules(track: Track, stage: str, act: str, thing: str) -> tuple[Rule, ...]:
    """The rules by which the engine judges the act while the thing is under way: of several, any may allow it."""
    if thing == "silence":
        return track.rules_while_silent(stage, act)
    rules = track.rules_while_open(stage, act)
    if thing == "permit":
        return tuple(rule for rule in rules if rule.window == "call")
    here = track.rule(stage, act)
    return rules or (() if here is None else (here,))


def _taken(before: Collection[Rule], after: Collection[Rule], thing: str) -> tuple[str, str]:
    """Who would lose the act, in words; and, where nobody would, what it would ask for that it does not ask now."""
    lost: dict[str, None] = {}
    more: dict[str, None] = {}
    for rule in before:
        for capacity in _capacities(rule):
            allowing = [other for other in after if _allows(other, capacity)]
            if not allowing:
                lost[_spoken(capacity)] = None
            elif asked := _asked_too(rule, allowing, thing):
                more[asked] = None
    return ", ".join(sorted(lost)), ", ".join(sorted(more))


def _asked_too(rule: Rule, allowing: Collection[Rule], thing: str) -> str:
    """The gates and the window that every one of these rules asks for and `rule` does not; "" where one asks no more.
    The window of the thing itself is open while it is under way."""
    wanting: list[tuple[str, ...]] = []
    for other in allowing:
        window = (
            () if other.window in (None, rule.window, _WINDOW.get(thing)) else (f"the window of the {other.window}",)
        )
        wanting.append((*(gate for gate in other.gates if gate not in rule.gates), *window))
    least = min(wanting, key=len)
    return ", ".join(least)


def _capacities(rule: Rule) -> Iterator[_Capacity]:
    """Each capacity in which the rule lets somebody act. Status and mechanism are asked of those who take part for an
    organisation, not of the forum's own people."""
    for convenor in rule.convenors or (_ANY,):
        for role, author in _roles(rule):
            asked = role in PARTICIPANT_ROLES
            for status in (rule.statuses if asked else ()) or (_ANY,):
                for mechanism in (rule.mechanisms if asked else ()) or (_ANY,):
                    yield _Capacity(role, status, mechanism, convenor, author, rule.subject)


def _roles(rule: Rule) -> Iterator[tuple[str, str]]:
    """The roles, each with the kind of author for which it acts, where that is asked."""
    if rule.act != "release_contribution":
        yield from ((role, "") for role in rule.roles)
    else:
        yield from ((role, author) for author in AUTHORS for role in _releasing(rule, author))


def _releasing(rule: Rule, author: str) -> frozenset[str]:
    if not rule.release:
        return rule.roles
    return frozenset({rule.release[author]}) if author in rule.release else frozenset()


def _allows(rule: Rule, capacity: _Capacity) -> bool:
    limits = (capacity.role, capacity.status, capacity.mechanism, capacity.convenor)
    standing = Standing(*(frozenset({word} - {_ANY}) for word in limits), subject=capacity.subject)
    return wrong_role(rule, standing, capacity.author or None) is None


def _spoken(capacity: _Capacity) -> str:
    reviewed = "under review" if capacity.subject else _ANY
    words = (capacity.status, capacity.mechanism, capacity.convenor, reviewed, capacity.author or _ANY)
    marks = "; ".join(word for word in words if word != _ANY)
    return f"{capacity.role} ({marks})" if marks else capacity.role
