"""A person is given a role, or an organisation an office, from an instant to an instant."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from ...domain.authority import By
from ...domain.edition import Edition, Theme
from ...domain.enumeration import word_of
from ...domain.mandate import GivenBy, Mandate, Office, Role
from ...errors import InvalidValue, NotFound
from ...store.records import by_id, change
from ...store.steps import Store
from ...store.unit import fresh
from ..core.act import ActContext, Command, Entry, Outcome, arg
from .giving import Who, by_office, enter


@dataclass(frozen=True)
class GrantMandate(Command):
    """Give an organisation an office in a forum, or a person a role, for a term. A role that speaks for an
    organisation, and the chair or co-chair of another organisation than one's own, is a proposal: nobody acts under it
    before that organisation's administrator accepted it (acceptMandate). Terms may be of any length and may be shared;
    the troika is derived from those of chairs that were accepted."""

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
    subject: str | None = arg("The person's subject, as tokens of this service name it; with a role.", default=None)
    name: str | None = arg("The person's name, where the service does not know the subject yet.", default=None)
    mechanism: str | None = arg("The mechanism a coordinator coordinates, by code.", default=None)
    theme: UUID | None = arg(
        "The theme of an edition of this forum on which a resource person advises; who did so before no longer does.",
        of="Theme",
        default=None,
    )


async def grant_mandate(do: GrantMandate, context: ActContext, store: Store) -> Outcome:
    """Refuses an office and a role at once or neither, unknown words, a term that ends before it begins, a mandate that
    stands already, a theme for another role or of another forum; (AuthorityNotYours) what no forum may give."""
    office, role = _words(do)
    giver, hands = context.doer.mandate, context.hands
    mandate = Mandate(
        id=fresh(), organisation_id=do.organisation, office=office, role=role, forum_id=context.place.id,
        mechanism_code=do.mechanism, starts_at=do.starts_at, ends_at=do.ends_at, zone=do.zone,
        given_by=GivenBy.FORUM, given_by_forum_id=hands.get(By.OFFICE) or hands.get(By.ABOVE),
        proposed_at=context.now,
    )  # fmt: skip
    mandate = by_office(mandate, hands, own=do.organisation == giver.organisation)
    person = None if role is None else Who(do.subject, do.name)
    theme = await _theme(do, role, context, store)
    entered = await enter(store, mandate, person, context.now, context.actor)
    if theme is not None:
        await store.write(change(theme, replace(theme, resource_person_id=entered.person_id)))
    waits, advises = mandate.accepted_at is None, {"theme": theme.code} if theme else {}
    detail = {"office": do.office, "role": do.role, "waits": waits, **advises}
    return Outcome({"mandate": mandate.id}, (Entry("mandate", mandate.id, detail),))


async def _theme(do: GrantMandate, role: Role | None, context: ActContext, store: Store) -> Theme | None:
    """The theme on which the person advises. Refuses (InvalidValue) one for another role, (NotFound) one of no edition
    of this forum."""
    if do.theme is None:
        return None
    if role != Role.RESOURCE_PERSON:
        raise InvalidValue(reason="A theme is named with the role of a resource person alone.").at_path("theme")
    theme = await store.ask(by_id(Theme, do.theme))
    edition = None if theme is None else await store.ask(by_id(Edition, theme.edition_id))
    if theme is None or edition is None or edition.forum_id != context.place.id:
        raise NotFound(what="theme of this forum").at_path("theme")
    return theme


def _words(do: GrantMandate) -> tuple[Office | None, Role | None]:
    """The office or the role that is given. Refuses both at once, neither, and a word of no list."""
    if (do.office is None) == (do.role is None):
        raise InvalidValue(reason="A mandate is an office or a role: name one of them.").at_path("office")
    office = None if do.office is None else word_of(Office, do.office, "office")
    role = None if do.role is None else word_of(Role, do.role, "role")
    return office, role
