"""Who may do which act of a process, at which place. Part of the model of authority (`__init__.py`)."""

from .giving import NOT_YOURS, ROLE, YES, governing
from .sight import own_side
from .table import (
    FLOOR,
    FORUM_ACTS,
    FORUM_ROLES,
    OF_PARTICIPANTS,
    OF_THE_AUTHOR,
    PROCESSES,
    RELEASES,
    SENDING,
    SPEAKING,
    STATUSES,
)  # fmt: skip
from .world import Author, Mandate, Place, World, bodies, counts, held, of_the_house, roles

CHOOSE = "CHOOSE_MANDATE"


def chosen(w: World, person: str, place: Place) -> Mandate | str:
    """The mandate somebody acts under who names none: the only one, or the only one that counts there; or why not."""
    mine = held(w, person)
    near = [m for m in mine if counts(w, m, place)]
    if len(mine) < 2:
        return mine[0] if mine else "NOTHING_IN_FORCE"
    return near[0] if len({_says(m) for m in near}) == 1 else CHOOSE


def _says(m: Mandate) -> tuple[object, ...]:
    """Two that say the same are as good as one."""
    of_the_body = m.forum if m.role not in SPEAKING or m.by != m.organisation else None
    return *m.says, of_the_body


def judge(w: World, person: str, act: str, place: Place, author: Author | None = None) -> str:
    """Whether somebody may do an act where a process is at a stage; `author`: whose the input is that it is on."""
    m = chosen(w, person, place)
    if isinstance(m, str):
        return m
    if author and act in OF_THE_AUTHOR and not own_side(w, person, author):
        return "NOT_FOUND"
    return under(w, m, act, place, author)


def clears(w: World, person: str, place: Place, author: Author | None) -> str:
    """`clearContribution` and `clearComment` (no author): whoever speaks for the organisation, or administers it, where
    the mandate counts for the body; no process and no seat is asked. An input of others is not there."""
    if author and not own_side(w, person, author):
        return "NOT_FOUND"
    here = {place.forum, place.home, None} | w.forums[place.forum].convenors
    speaking = [m for m in held(w, person) if m.role in SPEAKING | {"administrator"} and m.forum in here]
    able = [m for m in speaking if m.organisation and (not author or m.organisation == author.organisation)]
    if len({m.organisation for m in able}) > 1:
        return CHOOSE
    return YES if able else NOT_YOURS


def under(w: World, m: Mandate, act: str, place: Place, author: Author | None = None) -> str:
    """The same under one mandate."""
    stages = PROCESSES[place.process or ""]
    if not any(act in acts for acts in stages.values()):
        return "NOT_IN_THIS_PROCESS"
    found = _by_process(w, m, act, place, author)
    if found != ROLE and act not in OF_PARTICIPANTS and not of_the_house(w, m, place):
        return NOT_YOURS
    return found


def _by_process(w: World, m: Mandate, act: str, place: Place, author: Author | None) -> str:
    process, sends = place.process or "", act in SENDING | {"release_contribution"}
    allowed = PROCESSES[process][place.stage].get(act)
    if allowed is None and sends and not place.call_over:
        # An open call takes inputs wherever the track stands, from those who may hand in at some stage.
        allowed = next((acts[act] for acts in PROCESSES[process].values() if act in acts), None)
    if allowed is None:
        return "DEADLINE_PASSED" if sends and place.call_over else "NOT_AT_THIS_STAGE"
    if author and act == "release_contribution":
        allowed = frozenset((RELEASES[author.kind],))
    acting, statuses = roles(w, m, place) & allowed, STATUSES[process]
    if sends and statuses and m.role in SPEAKING:
        status = {w.seats.get((forum, m.organisation or "")) for forum in bodies(w, place)}
        acting = acting if status & statuses else frozenset()
    if not acting:
        return ROLE
    return "DEADLINE_PASSED" if sends and place.call_over else YES


def on_forum(w: World, person: str, act: str, place: Place) -> str:
    """Whether somebody may do what is done on a forum itself, by its own process or of the forum that set it up; in an
    edition by the process this is pinned to."""
    m = chosen(w, person, place)
    return m if isinstance(m, str) else forum_act_under(w, m, act, place)


def forum_act_under(w: World, m: Mandate, act: str, place: Place) -> str:
    """The same under one mandate."""
    by = place.process or governing(w, place.forum)
    if by is None and act != "adopt_process":
        return "PROCESS_MISSING"
    allowed = {"chair", "secretariat"} if act == "adopt_process" or by is None else FLOOR & FORUM_ROLES[by]
    if act not in FORUM_ACTS or not roles(w, m, place) & allowed:
        return ROLE
    return YES if of_the_house(w, m, place) else NOT_YOURS
