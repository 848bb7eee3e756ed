"""A world of authority, and what a mandate makes of somebody in it: where it counts, and as what one acts there.

Part of the model of authority (`__init__.py`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from .table import CHAIRS, HEADS, OFFICES, SPEAKING


@dataclass(frozen=True)
class Mandate:
    """A person's role, or an organisation's office (`person` None). `by`: the forum or organisation whose word it is;
    None: the operator's. `state`: proposed, in force, later (its term has not begun), or over."""

    id: str
    role: str
    person: str | None = None
    organisation: str | None = None
    forum: str | None = None
    mechanism: str | None = None
    by: str | None = None
    state: str = "in force"

    @property
    def says(self) -> tuple[str | None, ...]:
        """What it says, whoever gave it: the same is not given twice."""
        return self.role, self.person, self.organisation, self.forum, self.mechanism


@dataclass(frozen=True)
class Forum:
    """A body: who set it up, who convenes it, its own process, and whether it is entrusted with admitting
    organisations."""

    parent: str | None = None
    convenors: frozenset[str] = frozenset()
    process: str | None = None
    registrar: bool = False


@dataclass(frozen=True)
class World:
    """All that authority hangs on."""

    forums: dict[str, Forum]
    mandates: frozenset[Mandate]
    seats: dict[tuple[str, str], str] = field(default_factory=dict)  # (forum, organisation): its status there

    @cached_property
    def held(self) -> dict[str | None, list[Mandate]]:
        """What each person holds now, in the order of ids; under None the offices of organisations."""
        found: dict[str | None, list[Mandate]] = {}
        for m in sorted(self.mandates, key=lambda m: m.id):
            if m.state == "in force":
                found.setdefault(m.person, []).append(m)
        return found

    @cached_property
    def said(self) -> frozenset[tuple[str | None, ...]]:
        """What mandates say that are in force, to come or proposed."""
        return frozenset(m.says for m in self.mandates if m.state != "over")


@dataclass(frozen=True)
class Place:
    """Where something is done: a body; the forum of whose edition it is part; whom the call there is addressed to."""

    forum: str
    home: str | None = None
    process: str | None = None
    stage: str = ""
    call_over: bool = False
    asked: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Author:
    """Who wrote: an organisation, a mechanism in the forum its coordinator was named for, or a forum's own team."""

    kind: str  # state, organisation, mechanism, forum
    organisation: str | None = None
    mechanism: str | None = None
    forum: str | None = None


# ---- what a mandate makes of somebody
def held(w: World, person: str | None) -> list[Mandate]:
    """What this person holds now."""
    return w.held.get(person, []) if person else []


def holds(w: World, organisation: str | None, forums: Iterable[str | None], offices: frozenset[str]) -> bool:
    """Whether the organisation holds one of these offices in one of these bodies."""
    here = tuple(forums)
    return any(m.organisation == organisation and m.forum in here and m.role in offices for m in w.held.get(None, []))


def bodies(w: World, place: Place) -> frozenset[str]:
    """The body, those that convene it, and as long as it has no process of its own those whose process it follows."""
    found, up = {place.forum} | w.forums[place.forum].convenors, place.forum
    while not place.process and not w.forums[up].process and (parent := w.forums[up].parent):
        found, up = found | {parent}, parent
    return frozenset(found)


def takes_part(w: World, organisation: str | None, place: Place) -> bool:
    """By a seat, by an office, or because the call is addressed to it."""
    here = bodies(w, place) | {place.home or place.forum}
    seated = any((forum, organisation) in w.seats for forum in here)
    return seated or holds(w, organisation, here, OFFICES) or organisation in place.asked


def counts(w: World, m: Mandate, place: Place) -> bool:
    """Whether a mandate counts at a place."""
    if m.role in OFFICES or m.role == "administrator":
        return False
    if m.role not in SPEAKING:
        return m.forum in bodies(w, place)
    if m.forum and m.forum not in bodies(w, place):
        return False
    return takes_part(w, m.organisation, place) or bool(m.forum and m.by != m.organisation)


def roles(w: World, m: Mandate, place: Place) -> frozenset[str]:
    """As what one acts there: in the role, and in the secretariat of the organisation that chairs as the chair."""
    if not counts(w, m, place):
        return frozenset()
    chairs = m.role == "secretariat" and holds(w, m.organisation, bodies(w, place), CHAIRS)
    return frozenset((m.role, "chair") if chairs else (m.role,))


def of_the_house(w: World, m: Mandate, place: Place) -> bool:
    """To whom the body gave a role, and who speaks for the organisation that chairs it."""
    if m.role == "administrator":
        return False
    here = bodies(w, place)
    return holds(w, m.organisation, here, CHAIRS) if m.role in SPEAKING else m.forum in here


# ---- offices
def heads(w: World, m: Mandate, forum: str | None) -> bool:
    """Whether a mandate is of the forum's office: its secretariat, or who heads the organisation that chairs it."""
    if m.role == "secretariat":
        return m.forum == forum
    return m.role in HEADS and holds(w, m.organisation, (forum,), CHAIRS)


def above(w: World, forum: str | None) -> frozenset[str]:
    """The bodies that set a forum up or convene it."""
    if forum is None:
        return frozenset()
    parent = w.forums[forum].parent
    return w.forums[forum].convenors | ({parent} if parent else frozenset())


def administers(m: Mandate, organisation: str | None) -> bool:
    """Whether it is the mandate of an administrator of the organisation."""
    return m.role == "administrator" and organisation is not None and m.organisation == organisation


def asks_in(w: World, person: str | None, by: str | None, organisation: str) -> bool:
    """Whether somebody is of the side that made an invitation: the office of the forum, or the administrators."""
    return any(heads(w, m, by) if by else administers(m, organisation) for m in held(w, person))


def registers(w: World, person: str | None, forum: str) -> bool:
    """Whether somebody is of the office of a forum that admits organisations."""
    return w.forums[forum].registrar and any(heads(w, m, forum) for m in held(w, person))
