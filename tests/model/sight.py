"""Who sees what: "Who sees what" of docs/contract.md. Part of the model of authority (`__init__.py`)."""

from .table import OFFICES, SPEAKING, TEAM
from .world import Author, Mandate, World, asks_in, heads, held, holds


def teams(w: World, person: str | None) -> frozenset[str]:
    """The forums of whose team somebody is, and bodies which these convene."""
    own = {m.forum for m in held(w, person) if m.role in TEAM and m.forum}
    return frozenset(own | {f for f, forum in w.forums.items() if forum.convenors & own})


def circles(w: World, person: str | None) -> frozenset[str]:
    """The forums in which somebody takes part: the team, whose organisation has a seat or an office, who has a role."""
    mine = held(w, person)
    given = {m.forum for m in mine if m.forum and m.role != "administrator" and m.by != (m.organisation or "")}
    places = {f for f in w.forums if any(_seated(w, m, f) for m in mine if m.role in SPEAKING | {"administrator"})}
    return teams(w, person) | given | places


def _seated(w: World, m: Mandate, forum: str) -> bool:
    return (forum, m.organisation) in w.seats or holds(w, m.organisation, (forum,), OFFICES)


def sides(w: World, person: str | None) -> frozenset[str]:
    """The organisations whose own side somebody is of: who speaks for them, and who administers them."""
    return frozenset(
        m.organisation for m in held(w, person) if m.organisation and m.role in SPEAKING | {"administrator"}
    )


def own_side(w: World, person: str | None, author: Author) -> bool:
    """The author's own side; of a mechanism its coordinators in the forum they were named for; of a forum its team."""
    if author.kind == "mechanism":
        here = [m for m in held(w, person) if m.role == "coordinator" and m.forum == author.forum]
        return any(m.mechanism == author.mechanism for m in here)
    return author.forum in teams(w, person) if author.kind == "forum" else author.organisation in sides(w, person)


def reads(w: World, person: str | None, forum: str, circle: str) -> bool:
    """Whether somebody is of a circle around a forum: its team, its participants, or the public."""
    wide = circle == "public" or (circle == "participants" and forum in circles(w, person))
    return wide or forum in teams(w, person)


def sees_input(w: World, person: str | None, forum: str, author: Author, visibility: str, *, handed_in: bool) -> bool:
    return own_side(w, person, author) or (handed_in and reads(w, person, forum, visibility))


def sees_receipt(w: World, person: str | None, forum: str, author: Author, *, named: bool) -> bool:
    """Of an input that was handed in: its own side, and the team where the author is named."""
    return own_side(w, person, author) or (named and forum in teams(w, person))


def sees_comment(w: World, person: str | None, forum: str, author: Author, document: str, audience: str) -> bool:
    both = reads(w, person, forum, document) and reads(w, person, forum, audience)
    return own_side(w, person, author) or both


def sees_addressee(w: World, person: str | None, forum: str, organisation: str) -> bool:
    return forum in teams(w, person) or organisation in sides(w, person)


def concerns(w: World, person: str | None, m: Mandate) -> bool:
    """The person, the organisation's own side, and the team of the forum that gave or proposed it."""
    theirs = m.organisation in sides(w, person) or m.by in teams(w, person)
    return person is not None and (m.person == person or theirs)


def hears_who_came(w: World, person: str | None, m: Mandate) -> bool:
    """Whether the person of a mandate ever came: the office of the forum that gave it, and the organisation's
    administrators."""
    by = m.by if m.by in w.forums else None
    return (by is not None and asks_in(w, person, by, "")) or asks_in(w, person, None, m.organisation or "")


def sees_mandate(w: World, person: str | None, m: Mandate, *, accepted: bool) -> bool:
    """Offices everybody; who acts in which role those who hold something themselves; what was never accepted those it
    concerns."""
    return concerns(w, person, m) or (accepted and (m.person is None or bool(held(w, person))))


def sees_application(w: World, person: str | None, forum: str, applicant: str) -> bool:
    """Who applied, and the office of the forum that was asked, whether or not it still admits; not its team."""
    return person == applicant or any(heads(w, m, forum) for m in held(w, person))


def sees_invitation(w: World, person: str | None, by: str | None, organisation: str) -> bool:
    """The side that asked somebody in, and nobody else: not the rest of a team, nor who speaks for the organisation."""
    return asks_in(w, person, by, organisation)


def sees_contact(person: str | None, of: str) -> bool:
    """An address is personal: its own person reads it alone."""
    return person == of


def sees_calendar_address(person: str | None, of: str) -> bool:
    """That a program reads somebody's dates is known to its own person alone."""
    return person == of


def sees_token(person: str | None, of: str) -> bool:
    """A token is known to its own person alone: no office, no administrator and no mandate shows another's."""
    return person == of


def sees_sign_in(person: str | None, of: str) -> bool:
    """Where somebody is signed in is known to them alone."""
    return person == of
