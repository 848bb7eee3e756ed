"""What a coalition can reach by any sequence of its own acts, breadth first, in the model of authority.

A world is small: a forum F with an organisation O in its chair, a forum G, a body that both convene, an organisation P
that takes part in F. The coalition has G and P in its hands, and no office of F and no seat of O. Whatever it does -
give, name, accept, decline, end, admit, take up a text that gives everything to everybody, set up a body - it must gain
no act that is F's own, and no sight of what is O's."""

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from . import acting, giving, sight
from .giving import YES
from .table import FORUM_ACTS, OF_PARTICIPANTS, OFFICES, PROCESSES, SPEAKING
from .world import Author, Forum, Mandate, Place, World, held

COALITION = ("amina", "bo")
ORGANISATIONS = ("O", "P")
# Of roles on lines of the table that are equal, one each.
ROLES = ("administrator", "representative", "coordinator", "secretariat", "penholder", "chair", "member")
HONEST = (
    Mandate("f", "secretariat", "fatou", "O", "F"),
    Mandate("o", "administrator", "omar", "O"),
    Mandate("q", "national_focal_point", "quinn", "O", by="O"),
    Mandate("c", "chair", None, "O", "F"),
)


def start(process: str, *mandates: Mandate) -> World:
    """The world in which the coalition holds these mandates and F works by this process."""
    forums = {
        "F": Forum(process=process),
        "G": Forum(process="open"),
        "both": Forum(convenors=frozenset(("F", "G"))),
        "under F": Forum(parent="F"),
    }
    return World(
        forums, frozenset((*HONEST, *mandates)), {("F", "P"): "member", ("F", "O"): "member", ("G", "P"): "member"}
    )


def reached(first: World, depth: int) -> Iterator[World]:
    """Every world that at most so many acts of the coalition lead to, each once, the nearest first."""
    known, ahead = {_key(first)}, deque([(first, 0)])
    while ahead:
        w, steps = ahead.popleft()
        yield w
        for after in following(w) if steps < depth else ():
            if _key(after) not in known:
                known.add(_key(after))
                ahead.append((after, steps + 1))


def _key(w: World) -> object:
    return w.mandates, tuple(w.forums.items()), tuple(sorted(w.seats))


def following(w: World) -> Iterator[World]:
    """The worlds that one act of one of the coalition leads to."""
    for person in COALITION:
        yield from _giving(w, person)
        yield from _answering(w, person)
        yield from _seating(w, person)
        yield from _setting_up(w, person)


def _giving(w: World, person: str) -> Iterator[World]:
    for role, organisation, forum in product(ROLES, ORGANISATIONS, w.forums):
        mechanism = "mayors" if role == "coordinator" else None
        for holder in (None,) if role in OFFICES else COALITION:
            id_ = f"{role} {holder} {organisation} {forum}"
            given = giving.grant(w, person, Mandate(id_, role, holder, organisation, forum, mechanism))
            if isinstance(given, Mandate):
                yield replace(w, mandates=w.mandates | {given})
    for role, organisation, holder in product(ROLES, ORGANISATIONS, COALITION):
        named = giving.name(w, person, Mandate(f"{role} {holder} {organisation}", role, holder, organisation))
        if isinstance(named, Mandate):
            yield replace(w, mandates=w.mandates | {named})


def _answering(w: World, person: str) -> Iterator[World]:
    for m in w.mandates:
        if giving.accept(w, person, m) == YES:
            yield _changed(w, m, "in force")
        if giving.decline(w, person, m) == YES or giving.end(w, person, m) == YES:
            yield _changed(w, m, "over")


def _changed(w: World, m: Mandate, state: str) -> World:
    return replace(w, mandates=w.mandates - {m} | {replace(m, state=state)})


def _seating(w: World, person: str) -> Iterator[World]:
    """An organisation is admitted to a forum."""
    for forum, organisation in product(w.forums, ORGANISATIONS):
        unseated = (forum, organisation) not in w.seats
        if unseated and giving.seat(w, person, "admit_member", forum, organisation) == YES:
            yield replace(w, seats={**w.seats, (forum, organisation): "member"})


def _setting_up(w: World, person: str) -> Iterator[World]:
    """A forum takes up the text that gives everything to everybody; a forum sets up a body, which it convenes."""
    for name, forum in w.forums.items():
        for m in held(w, person):
            if forum.process != "open" and acting.forum_act_under(w, m, "adopt_process", Place(name)) == YES:
                yield replace(w, forums={**w.forums, name: replace(forum, process="open")})
            if "new" not in w.forums and acting.forum_act_under(w, m, "establish_body", Place(name)) == YES:
                yield replace(w, forums={**w.forums, "new": Forum(parent=name, convenors=frozenset((name,)))})


# ---- what must not be gained
def gained(w: World) -> Iterator[str]:
    """What the coalition has of F's own and of O's, in words."""
    for person in COALITION:
        mine = held(w, person)
        for m in mine:
            yield from (f"{person} {words}" for words in _by(w, m))
        if "F" in sight.teams(w, person):
            yield f"{person} is of the team of F"
        if "O" in sight.sides(w, person) or sight.own_side(
            w, person, Author("mechanism", mechanism="mayors", forum="F")
        ):
            yield f"{person} is of an author's own side"
        if sight.reads(w, person, "F", "team") or sight.sees_receipt(w, person, "F", Author("state", "O"), named=True):
            yield f"{person} reads what is the team's of F"


def _by(w: World, m: Mandate) -> Iterator[str]:
    """What is F's own or O's under one mandate."""
    if m.role in SPEAKING | {"administrator"} and m.organisation == "O":
        yield f"speaks for O as {m.role}"
    if giving.offices(w, m, "F"):
        yield f"is the office of F as {m.role}"
    if m.person and giving.seat(w, m.person, "admit_member", "F", "P") == YES:
        yield f"admits to F as {m.role}"
    place = Place("F", "F", w.forums["F"].process)
    for act in sorted(FORUM_ACTS):
        if acting.forum_act_under(w, m, act, Place("F")) == YES:
            yield f"may {act} on F as {m.role}"
    for stage, acts in PROCESSES[place.process or ""].items():
        for act in acts.keys() - OF_PARTICIPANTS:
            if acting.under(w, m, act, replace(place, stage=stage)) == YES:
                yield f"may {act} in F as {m.role}"
