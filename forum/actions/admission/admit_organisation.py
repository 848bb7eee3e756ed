"""An organisation gets its place on this service, and its first administrator."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from ...domain.admission import Application, ApplicationState, Identity, admit, identity, need_country
from ...domain.body import Forum, Organisation, OrganisationKind
from ...domain.enumeration import word_of
from ...domain.mandate import GivenBy, Mandate, Role
from ...domain.noun import need_state
from ...domain.saying import saying
from ...errors import InvalidValue, NotFound
from ...store import admissions
from ...store.records import add, change
from ...store.steps import Store
from ...store.unit import fresh
from ..core.act import ActContext, Command, Entry, Outcome, arg
from ..mandate.giving import Who, enter
from ..seat import admit_member
from . import admitting
from .admitting import Telling, known_as, tell

_ADMITTED = "{organisation} is admitted, and you are its administrator: name who speaks for it."


@dataclass(frozen=True)
class AdmitOrganisation(Command):
    """Admit an organisation to this service, as a forum's office that the operator entrusted with it: on its
    application, whose person is its first administrator; or on other word, and then the person proposed accepts
    (acceptMandate) or declines. The seat in the forum is given in the same act where `status` is."""

    on = ("forum", "forum")
    creates = True
    gives = {"organisation": "Organisation", "mandate": "Mandate"}

    forum: UUID = arg("The forum whose office admits.", of="Forum")
    application: UUID | None = arg("The application it answers.", of="Application", default=None)
    name: str | None = arg("Its full name; as in the application when left out.", default=None)
    short_name: str | None = arg("Its acronym; as in the application when left out.", default=None)
    kind: str | None = arg(
        "What sort of body it is; as in the application when left out.", default=None, scalar="OrganisationKind"
    )
    country_code: str | None = arg("Of a state, its code.", default=None, scalar="CountryCode")
    subject: str | None = arg(
        "Without an application: the subject, as tokens of this service name it, of who is to administer it.",
        default=None,
    )
    person_name: str | None = arg("That person's name, where the service does not know the subject.", default=None)
    another: bool = arg("It is another organisation than those that share its acronym.", default=False)
    status: str | None = arg(
        "As what it takes part in this forum from now on; no seat when left out.", default=None,
        scalar="ParticipationStatus",
    )  # fmt: skip
    mechanisms: tuple[str, ...] = arg("With a seat: codes of the mechanisms it belongs to here.", default=())
    ends_at: datetime | None = arg("With a seat: the first instant after it; open when left out.", default=None)


async def admit_organisation(do: AdmitOrganisation, context: ActContext, store: Store) -> Outcome:
    """Refuses (NotFound, WrongState) an application that is not this forum's or was answered, (OrganisationStands,
    PossibleTwin) what is here already or may be, (InvalidValue) neither an application nor a person."""
    application = await _application(do, context, store)
    if (application is None) == (do.subject is None):
        reason = "Name the application it answers, or else the subject of who is to administer the organisation."
        raise InvalidValue(reason=reason).at_path("application")
    organisation = await admitting.enter(store, _wanted(do, application), another=do.another)
    mandate = await _administrator(do, context, store, organisation, application)
    entries = [Entry("organisation", organisation.id, {"kind": organisation.kind.value})]
    if application is not None:
        await store.write(change(application, admit(application, organisation.id, context.now)))
        entries.append(Entry("application", application.id, {"organisation": str(organisation.id)}))
        words = saying(_ADMITTED, organisation=organisation.name)
        await tell(context, store, {application.person_id}, Telling(application.id, "answered", words))
    if do.status is not None:
        seat = admit_member.AdmitMember(
            forum=context.place.id, organisation=organisation.id, status=do.status, mechanisms=do.mechanisms,
            ends_at=do.ends_at,
        )  # fmt: skip
        entries += (await admit_member.admit_member(seat, context, store)).entries
    return Outcome({"organisation": organisation.id, "mandate": mandate.id}, tuple(entries))


async def _application(do: AdmitOrganisation, context: ActContext, store: Store) -> Application | None:
    """The application that is answered, held until that is done. Refuses (NotFound) one that another forum was sent."""
    if do.application is None:
        return None
    found = await store.ask(admissions.held(do.application))
    if found is None or found.forum_id != context.place.id:
        raise NotFound(what="application").at_path("application")
    need_state("admit_organisation", found.state, ApplicationState.WAITING)
    return found


def _wanted(do: AdmitOrganisation, application: Application | None) -> Identity:
    """What the organisation is to be known by: the application's words, where the registrar gives no others."""
    if application is not None:
        asked = known_as(application)
    elif do.name is None or do.kind is None:
        raise InvalidValue(reason="Give its name and its kind.").at_path("name" if do.name is None else "kind")
    else:
        asked = Identity(do.name, do.short_name, word_of(OrganisationKind, do.kind, "kind"), do.country_code)
    kind = asked.kind if do.kind is None else word_of(OrganisationKind, do.kind, "kind")
    short_name = asked.short_name if do.short_name is None else do.short_name
    code = asked.country_code if do.country_code is None else do.country_code
    wanted = identity(do.name or asked.name, short_name, kind, code)
    need_country(wanted)
    return wanted


async def _administrator(
    do: AdmitOrganisation, context: ActContext, store: Store, of: Organisation, application: Application | None
) -> Mandate:
    """The first administrator: who applied, at once; else a proposal to the person named."""
    forum = context.target(Forum)
    mandate = Mandate(
        id=fresh(), organisation_id=of.id, role=Role.ADMINISTRATOR, starts_at=context.now, zone=forum.zone,
        given_by=GivenBy.FORUM, given_by_forum_id=forum.id, proposed_at=context.now,
    )  # fmt: skip
    if application is None:
        return await enter(store, mandate, Who(do.subject, do.person_name), context.now, context.actor)
    mandate = replace(mandate, person_id=application.person_id, accepted_at=context.now)
    await store.write(add(mandate))
    return mandate
