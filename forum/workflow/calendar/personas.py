"""For whom a calendar is read: somebody named by a plain word such as `ngo` or `mayor`, or by a role; and what that
person may do at a stage. The engine answers, as it will when the person acts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import MappingProxyType

from ...errors import InvalidValue
from .. import engine
from ..holders import convenors
from ..process import Process, Rule
from ..toml_table import hint
from ..verdict import GateAnswer, Standing, Window
from ..vocabulary import ROLES

_OPEN = Window()
_ANY_DAY = datetime(2000, 1, 1, tzinfo=UTC)  # the window is open on every day, so it does not matter which


@dataclass(frozen=True)
class Persona:
    """A typical person: the word, a title for people, the capacity in which they act, and as what kind of author."""

    word: str
    title: str
    standing: Standing
    author: str | None = None


@dataclass(frozen=True)
class May:
    """One act that is allowed at a stage: within which window, and after which gates."""

    act: str
    window: str | None
    gates: tuple[str, ...]


def _persona(
    word: str, title: str, roles: str, status: str = "", mechanism: str = "", author: str | None = None
) -> Persona:
    held = (frozenset(words.split()) for words in (roles, status, mechanism))
    return Persona(word, title, Standing(*held), author)


# The word, its title, and what it stands for: roles, status in the forum, mechanism, kind of author.
PERSONAS: Mapping[str, Persona] = MappingProxyType(
    {
        person.word: person
        for person in (
            _persona(
                "state",
                "a Member State (its national focal point)",
                "national_focal_point",
                "member",
                "states",
                "state",
            ),
            _persona(
                "observer_state",
                "an observer State (its national focal point)",
                "national_focal_point",
                "observer",
                "states",
                "state",
            ),
            _persona("delegate", "a delegate of a Member State", "delegate", "member", "states", "state"),
            _persona(
                "ngo", "a civil-society organisation", "representative", "observer", "civil_society", "organisation"
            ),
            _persona("business", "a business", "representative", "observer", "business", "organisation"),
            _persona(
                "mayor",
                "a mayor (local and regional authorities)",
                "representative",
                "observer",
                "mayors",
                "organisation",
            ),
            _persona("youth", "a youth organisation", "representative", "observer", "youth", "organisation"),
            _persona("observer", "an observer organisation", "representative observer", "observer", "", "organisation"),
            _persona(
                "participant",
                "somebody who takes part without being a member or an observer",
                "participant",
                "participant",
            ),
            _persona("coordinator", "the coordinator of a mechanism", "coordinator", "", "", "mechanism"),
            _persona("steering_group_member", "a member of the Steering Group", "member"),
            _persona("public", "the public (nobody signed in)", ""),
        )
    }
)
# Roles of which a status is asked, and the word above whose status is the usual one.
_USUAL = {"national_focal_point": "state", "representative": "observer", "observer": "observer"}


def persona(word: str) -> Persona:
    """The person that a word means: a plain word, a role, or `role:status:mechanism`. Refuses (InvalidValue) any
    other."""
    role, *more = word.strip().lower().replace("-", "_").split(":")
    if not more and (usual := PERSONAS.get(role)):
        return usual
    if role not in ROLES or len(more) > 2:
        near = hint(role, {*PERSONAS, *ROLES})
        raise InvalidValue(
            reason=f"{word[:60]} is nobody a calendar can be read as. {near} Or write role:status:mechanism."
        )
    if not more and role in _USUAL:
        return replace(PERSONAS[_USUAL[role]], word=role)
    named = role.replace("_", " ") + (f" ({', '.join(part for part in more if part)})" if any(more) else "")
    status, mechanism = [*more, "", ""][:2]
    return _persona(word, named, role, status, mechanism, "forum" if role == "secretariat" else None)


def may(process: Process, track: str, stage: str, who: Persona) -> tuple[May, ...]:
    """What somebody may do at a stage while every window and every gate is open, in the order of the definition.
    Somebody who holds an office is taken to be of those who convene the track, and who speaks for an organisation to
    speak for the one under review."""
    path = process.tracks[track]
    standing = replace(who.standing, convenors=frozenset(convenors(process, path)), subject=True)
    return tuple(
        May(act, rule.window, engine.gates_of(process, track, stage, act))
        for act, rule in path.rules(stage).items()
        if _allowed(process, track, stage, rule, standing, who.author)
    )


def _allowed(process: Process, track: str, stage: str, rule: Rule, standing: Standing, author: str | None) -> bool:
    gates = {name: GateAnswer(name, open=True) for name in engine.gates_of(process, track, stage, rule.act)}
    releases = author if rule.act == "release_contribution" else None
    return engine.decide(
        process, track, stage, rule.act, standing, now=_ANY_DAY, window=_OPEN, gates=gates, author=releases
    ).yes
