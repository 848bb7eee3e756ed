"""A person is given a role, or an organisation an office, from an instant to an instant."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ...errors import InvalidValue, NotFound, WordNotAllowed
from ...store.bodies import OFFICES, ROLES, person_of
from ...store.tables import schema as t
from ...store.unit import UnitOfWork, fresh
from ...times import zone_named
from ..core.act import ActContext, Command, Entry, Outcome, arg


@dataclass(frozen=True)
class GrantMandate(Command):
    """Give an organisation an office in a forum, or a person a role for an organisation, for a term. Terms may be of any
    length and may be shared; the troika is derived from those of chairs."""

    on = ("forum", "forum")
    creates = True
    gives = {"mandate": "Mandate"}

    forum: UUID = arg("The forum in which it holds.", of="Forum")
    organisation: UUID = arg("The organisation that holds the office, or for which the person acts.", of="Organisation")
    starts_at: datetime = arg("From this instant on.")
    zone: str = arg("The zone the term is spoken in.", default="Europe/Zurich")
    ends_at: datetime | None = arg("The first instant after the term; open when left out.", default=None)
    office: str | None = arg("An office, of the organisation; or else a role.", default=None, scalar="Office")
    role: str | None = arg("A role, of the person; or else an office.", default=None, scalar="Role")
    subject: str | None = arg("The person's subject at the identity provider; with a role.", default=None)
    name: str | None = arg("The person's name, where the service does not know the subject yet.", default=None)
    mechanism: str | None = arg("The mechanism a coordinator coordinates, by code.", default=None)


async def grant_mandate(do: GrantMandate, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Refuses an office and a role at once or neither, unknown words, a term that ends before it begins."""
    zone_named(do.zone)
    if (do.office is None) == (do.role is None):
        raise InvalidValue(reason="A mandate is an office or a role: name one of them.").at_path("office")
    for name, value, words in (("office", do.office, OFFICES), ("role", do.role, ROLES)):
        if value is not None and value not in words:
            raise WordNotAllowed(word=value, words=words).at_path(name)
    if do.ends_at is not None and do.ends_at <= do.starts_at:
        raise InvalidValue(reason="The term ends before it begins.").at_path("endsAt")
    if await unit.row(t.organisation, id=do.organisation) is None:
        raise NotFound(what="organisation").at_path("organisation")
    person = None
    if do.role is not None:
        if not do.subject:
            raise InvalidValue(reason="A role is a person's: give their subject.").at_path("subject")
        person = await person_of(unit, do.subject, do.name)
    id_ = fresh()
    row = {"id": id_, "organisation_id": do.organisation, "person_id": person, "office": do.office, "role": do.role}
    term = {"forum_id": context.place.id, "starts_at": do.starts_at, "ends_at": do.ends_at, "zone": do.zone}
    await unit.add(t.mandate, {**row, **term, "mechanism_code": do.mechanism})
    return Outcome({"mandate": id_}, (Entry("mandate", id_, {"office": do.office, "role": do.role}),))
