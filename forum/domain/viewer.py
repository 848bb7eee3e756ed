"""What a person may claim when reading: the sets that predicates and row-level security compare with."""

from dataclasses import dataclass, field
from uuid import UUID

from .hands import offices_of
from .mandate import Role
from .mandates import Person, circles, coordination, teams


@dataclass(frozen=True)
class Viewer:
    """Who reads, resolved once a request; nobody at all is the anonymous public.

    `organisations`: those the person speaks for, with their word; `forums`: where these take part, or the person has a
    role; `teams`: forums whose secretariat or drafting team the person is of; `offices`: forums whose office the person
    is (`hands.offices_of`); `coordinates`: mechanisms, each in the forum for which the person was named its coordinator
    (`coordination`). `sign_in`: the sign-in of a browser with which the person asks.
    """

    person: UUID | None = None
    organisations: tuple[UUID, ...] = ()
    forums: tuple[UUID, ...] = ()
    teams: tuple[UUID, ...] = ()
    offices: tuple[UUID, ...] = ()
    coordinates: tuple[str, ...] = ()
    sign_in: UUID | None = None
    form: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        writes = self.organisations or self.coordinates or self.teams
        object.__setattr__(self, "form", frozenset(("author",)) if writes else frozenset())

    @classmethod
    def of(cls, person: Person | None, sign_in: UUID | None = None) -> "Viewer":
        """The viewer a person is, by all mandates in force."""
        if person is None:
            return cls()
        speaks = {m.speaks_for for m in person.mandates if m.speaks_for is not None}
        coordinators = [m for m in person.mandates if m.role == Role.COORDINATOR]
        coordinated = {coordination(m.mechanism, m.forum) for m in coordinators if m.mechanism and m.forum}
        return cls(
            person=person.id,
            organisations=tuple(sorted(speaks)),
            forums=tuple(sorted(circles(person))),
            teams=tuple(sorted(teams(person))),
            offices=tuple(sorted(frozenset[UUID]().union(*(offices_of(person, m) for m in person.mandates)))),
            coordinates=tuple(sorted(coordinated)),
            sign_in=sign_in,
        )

    @property
    def holds(self) -> bool:
        """Whether the person holds anything here: a role in a forum, a word for an organisation."""
        held = self.organisations or self.forums or self.teams or self.coordinates
        return self.person is not None and bool(held)

    @property
    def values(self) -> dict[str, object]:
        """The parameters of every compiled statement, by name."""
        return {
            "me_person": self.person,
            "me_holds": self.holds,
            "me_organisations": list(self.organisations),
            "me_forums": list(self.forums),
            "me_teams": list(self.teams),
            "me_offices": list(self.offices),
            "me_coordinates": list(self.coordinates),
            "me_sign_in": self.sign_in,
        }

    def session(self) -> dict[str, str]:
        """What row-level security reads (migration 0001), for a statement that touches `authorship`."""
        return {
            "forum.organisations": ",".join(map(str, self.organisations)),
            "forum.coordinates": ",".join(self.coordinates),
            "forum.teams": ",".join(map(str, self.teams)),
        }
