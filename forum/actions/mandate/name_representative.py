"""An organisation names who speaks for it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ...domain.body import Forum
from ...domain.enumeration import word_of
from ...domain.mandate import GivenBy, Mandate, Role
from ...errors import NotFound
from ...store.records import by_id
from ...store.steps import Store
from ...store.unit import fresh
from ..core.act import ActContext, Command, Entry, Outcome, arg
from .giving import Who, enter, need_own_to_give


@dataclass(frozen=True)
class NameRepresentative(Command):
    """Name, as the administrator of an organisation, a person who speaks for it: a representative, a delegate, a
    national focal point, or another administrator. It is in force at once; in a forum it counts where the organisation
    takes part."""

    on = ("organisation", "organisation")
    creates = True
    gives = {"mandate": "Mandate"}

    organisation: UUID = arg("The organisation.", of="Organisation")
    role: str = arg("The role: one that speaks for an organisation.", scalar="Role")
    subject: str = arg("The person's subject, as tokens of this service name it.")
    starts_at: datetime = arg("From this instant on.")
    zone: str = arg("The zone the term is spoken in.", default="Europe/Zurich")
    ends_at: datetime | None = arg("The first instant after the term; open when left out.", default=None)
    name: str | None = arg("The person's name, where the service does not know the subject yet.", default=None)
    forum: UUID | None = arg("Only in this forum; everywhere it takes part when left out.", of="Forum", default=None)


async def name_representative(do: NameRepresentative, context: ActContext, store: Store) -> Outcome:
    """Refuses (InvalidValue) a role that speaks for no organisation or a subject of blanks, (NotFound) an unknown
    forum, (MandateStands) what stands already."""
    role = word_of(Role, do.role, "role")
    need_own_to_give(role)
    if do.forum is not None and await store.ask(by_id(Forum, do.forum)) is None:
        raise NotFound(what="forum").at_path("forum")
    mandate = Mandate(
        id=fresh(), organisation_id=context.place.id, role=role, forum_id=do.forum, starts_at=do.starts_at,
        ends_at=do.ends_at, zone=do.zone, given_by=GivenBy.ORGANISATION, proposed_at=context.now,
        accepted_at=context.now,
    )  # fmt: skip
    await enter(store, mandate, Who(do.subject, do.name), context.now, context.actor)
    return Outcome({"mandate": mandate.id}, (Entry("mandate", mandate.id, {"role": do.role}),))
