"""A person is given a role, or an organisation an office, from an instant to an instant."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ...domain.body import Organisation
from ...domain.enumeration import word_of
from ...domain.mandate import Mandate, Office, Role, need_term
from ...errors import InvalidValue, NotFound
from ...store.bodies import person_of
from ...store.records import add, by_id
from ...store.steps import Store
from ...store.unit import fresh
from ...times import zone_named
from ..core.act import ActContext, Command, Entry, Outcome, arg


@dataclass(frozen=True)
class GrantMandate(Command):
    """Give an organisation an office in a forum, or a person a role for an organisation, for a term. Terms may be of
    any length and may be shared; the troika is derived from those of chairs."""

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


async def grant_mandate(do: GrantMandate, context: ActContext, store: Store) -> Outcome:
    """Refuses an office and a role at once or neither, unknown words, a term that ends before it begins."""
    zone_named(do.zone)
    office, role = _words(do)
    need_term(do.starts_at, do.ends_at)
    if await store.ask(by_id(Organisation, do.organisation)) is None:
        raise NotFound(what="organisation").at_path("organisation")
    person = None
    if role is not None:
        if not do.subject:
            raise InvalidValue(reason="A role is a person's: give their subject.").at_path("subject")
        person = await store.write(person_of(do.subject, do.name))
    mandate = Mandate(
        id=fresh(), organisation_id=do.organisation, person_id=person, office=office, role=role,
        forum_id=context.place.id, mechanism_code=do.mechanism, starts_at=do.starts_at, ends_at=do.ends_at,
        zone=do.zone,
    )  # fmt: skip
    await store.write(add(mandate))
    return Outcome({"mandate": mandate.id}, (Entry("mandate", mandate.id, {"office": do.office, "role": do.role}),))


def _words(do: GrantMandate) -> tuple[Office | None, Role | None]:
    """The office or the role that is given. Refuses both at once, neither, and a word of no list."""
    if (do.office is None) == (do.role is None):
        raise InvalidValue(reason="A mandate is an office or a role: name one of them.").at_path("office")
    office = None if do.office is None else word_of(Office, do.office, "office")
    role = None if do.role is None else word_of(Role, do.role, "role")
    return office, role
