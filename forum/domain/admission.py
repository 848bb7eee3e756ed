"""Admission: an organisation asks for a place on this service, the registrar answers, and nobody takes another's."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from ..errors import InvalidValue, OrganisationStands, PossibleTwin
from .body import Organisation, OrganisationKind
from .enumeration import Words
from .names import LONGEST_NAME, LONGEST_SHORT_NAME, folded, one_line
from .noun import Noun, need_state

LONGEST_TEXT = 4_000  # characters: what one says of itself fits on a page


class ApplicationState(Words):
    """How far an application for admission has got."""

    WAITING = "waiting", "The registrar has not answered it yet."
    ADMITTED = "admitted", "The organisation was admitted."
    DECLINED = "declined", "The registrar declined it."
    WITHDRAWN = "withdrawn", "The person who applied took it back."


@dataclass(frozen=True, kw_only=True, slots=True)
class Application(Noun):
    """A person asks that their organisation be admitted. Read by that person and by the registrar, by nobody else."""

    id: UUID
    forum_id: UUID
    person_id: UUID
    name: str
    short_name: str | None = None
    kind: OrganisationKind
    country_code: str | None = None
    about: str
    name_keys: tuple[str, ...] = ()
    state: ApplicationState = ApplicationState.WAITING
    made_at: datetime
    answered_at: datetime | None = None
    reason: str | None = None
    organisation_id: UUID | None = None


@dataclass(frozen=True)
class Identity:
    """What an organisation is known by."""

    name: str
    short_name: str | None
    kind: OrganisationKind
    country_code: str | None

    @property
    def keys(self) -> tuple[str, ...]:
        """Its names as they are compared with those of others, that of the full name first."""
        return tuple(folded(name) for name in (self.name, self.short_name) if name is not None)


def identity(name: str, short_name: str | None, kind: OrganisationKind, country_code: str | None) -> Identity:
    """The names, cleaned. Refuses (InvalidValue, TextTooLong) one that cannot be told from others by its looks, and a
    country code that is none."""
    short = one_line(short_name, LONGEST_SHORT_NAME, "shortName") if short_name and short_name.strip() else None
    if country_code is not None and not re.fullmatch("[A-Z]{2}", country_code):
        raise InvalidValue(reason="A country code has two capital letters, as in NO.").at_path("countryCode")
    return Identity(one_line(name, LONGEST_NAME, "name"), short, kind, country_code)


def need_country(wanted: Identity) -> None:
    """Refuses (InvalidValue) to admit a state without its code, by which it is told from others, and anybody else with
    one. The operator's file may name the country of a city, too."""
    if (wanted.kind == OrganisationKind.STATE) != (wanted.country_code is not None):
        reason = "A state is named with its country code, and no other organisation has one."
        raise InvalidValue(reason=reason).at_path("countryCode")


def same(wanted: Identity, there: Iterable[Organisation]) -> Organisation | None:
    """The organisation that this one is: of the same name, or the state of the same country."""
    return next((stands for stands in there if _is(wanted, stands)), None)


def _is(wanted: Identity, stands: Organisation) -> bool:
    states = wanted.kind == stands.kind == OrganisationKind.STATE
    country = states and wanted.country_code is not None and wanted.country_code == stands.country_code
    return country or folded(stands.name) == folded(wanted.name)


def need_new(wanted: Identity, alike: Iterable[Organisation], *, another: bool) -> None:
    """Refuses (OrganisationStands) an organisation that is here already: nobody takes its place by being admitted a
    second time; and (PossibleTwin) one that shares an acronym, unless the registrar says that it is `another`."""
    twins = tuple(alike)
    stands = same(wanted, twins)
    if stands is not None:
        raise OrganisationStands(organisation=stands.id, name=stands.name).at_path("name")
    if twins and not another:
        raise PossibleTwin(twins=tuple(f"{twin.name} (Organisation:{twin.id})" for twin in twins)).at_path("shortName")


def answer(
    application: Application, act: str, state: ApplicationState, reason: str | None, now: datetime
) -> Application:
    """The application, answered once and for all. Refuses (WrongState) one that was answered."""
    need_state(act, application.state, ApplicationState.WAITING)
    return replace(application, state=state, answered_at=now, reason=reason)


def admit(application: Application, organisation: UUID, now: datetime) -> Application:
    """The application as it led to an organisation. Refuses (WrongState) one that was answered."""
    admitted = answer(application, "admit_organisation", ApplicationState.ADMITTED, None, now)
    return replace(admitted, organisation_id=organisation)
