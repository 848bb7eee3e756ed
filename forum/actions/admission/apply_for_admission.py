"""Somebody asks that their organisation be admitted."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.admission import LONGEST_TEXT, Application, identity, need_country, need_new, same
from ...domain.body import Forum, OrganisationKind
from ...domain.enumeration import word_of
from ...domain.names import LONGEST_NAME, need_length, one_line
from ...domain.saying import saying
from ...domain.text import filled
from ...errors import ApplicationWaits
from ...store import admissions, mandates
from ...store.records import add
from ...store.steps import Store
from ...store.unit import fresh
from ..core.act import ActContext, Command, Entry, Outcome, arg
from .admitting import Telling, tell


@dataclass(frozen=True)
class ApplyForAdmission(Command):
    """Ask, as anybody who signed in, that your organisation be admitted to this service. The forum's registrar reads
    what you say, and nobody else does; once it is admitted you are its administrator, who names the people that speak
    for it. One application of yours waits at a time."""

    on = ("forum", "forum")
    creates = True
    gives = {"application": "Application"}

    forum: UUID = arg("A forum that admits organisations (`admitsOrganisations`).", of="Forum")
    name: str = arg("The organisation's full name.")
    kind: str = arg("What sort of body it is.", scalar="OrganisationKind")
    about: str = arg("What it says of itself to the registrar: what it does, and who you are in it. 4,000 characters.")
    your_name: str = arg("Your own name, for the registrar.")
    short_name: str | None = arg("Its acronym, or a shorter name in use.", default=None)
    country_code: str | None = arg("Of a state, its code.", default=None, scalar="CountryCode")

    def newcomer(self) -> str:
        """Who applies need not be known here yet."""
        return one_line(self.your_name, LONGEST_NAME, "yourName")


async def apply_for_admission(do: ApplyForAdmission, context: ActContext, store: Store) -> Outcome:
    """Refuses (OrganisationStands) an organisation that is here already, (ApplicationWaits) a second application before
    the first is answered, and what is empty, too long or misleading. A forum that is no registrar was refused before
    (`judge_admission.py`)."""
    forum, person = context.target(Forum), context.person
    assert person is not None  # the runner lets nobody apply without a person
    wanted = identity(do.name, do.short_name, word_of(OrganisationKind, do.kind, "kind"), do.country_code)
    need_country(wanted)
    about = filled(do.about, "about").strip()
    need_length(about, LONGEST_TEXT, "about")
    there = await store.ask(admissions.alike(wanted, to_admit=False))
    if same(wanted, there) is not None:
        need_new(wanted, there, another=True)
    waiting = await store.ask(admissions.waiting(person.id, forum.id))
    if waiting is not None:
        raise ApplicationWaits(application=waiting)
    application = Application(
        id=fresh(), forum_id=forum.id, person_id=person.id, name=wanted.name, short_name=wanted.short_name,
        kind=wanted.kind, country_code=wanted.country_code, about=about, name_keys=wanted.keys, made_at=context.now,
    )  # fmt: skip
    await store.write(add(application))
    office = await store.ask(mandates.office(forum.id, context.now))
    words = saying(
        "{organisation} asks to be admitted. Its application waits for your answer.", organisation=wanted.name
    )
    await tell(context, store, office, Telling(application.id, "made", words))
    return Outcome({"application": application.id}, (Entry("application", application.id),))
