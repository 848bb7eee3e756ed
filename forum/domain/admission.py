"""Admission: an organisation asks for a place on this service, the registrar answers, and nobody takes another's."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from ..errors import InvalidValue, OrganisationStands, PossibleTwin, TextTooLong
from .body import Organisation, OrganisationKind
from .enumeration import Words
from .noun import Noun, need_state
from .text import filled

# Characters: the longest names of real organisations have some 150, and what one says of itself fits on a page.
LONGEST_NAME, LONGEST_SHORT_NAME, LONGEST_TEXT = 200, 40, 4_000
_ALPHABETS = ("LATIN", "CYRILLIC", "GREEK")


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


def one_line(text: str, longest: int, path: str) -> str:
    """A name, cleaned, on one line. Refuses (InvalidValue) one without letters or digits, one with invisible signs, and
    a word made of two alphabets, which looks like another word; (TextTooLong) one that is too long."""
    line = " ".join(filled(text, path).split())
    need_length(line, longest, path)
    if any(unicodedata.category(sign) == "Cf" and sign not in "\u200c\u200d" for sign in line):
        raise InvalidValue(reason="This has an invisible sign in it. Write it anew, without.").at_path(path)
    if not folded(line):
        raise InvalidValue(reason="A name needs a letter or a digit.").at_path(path)
    for word in line.split():
        names = [unicodedata.name(sign, "") for sign in word if sign.isalpha()]
        if len({a for a in _ALPHABETS for name in names if name.startswith(a)}) > 1:
            reason = f"{word} mixes letters of two alphabets that look alike. Write it in one."
            raise InvalidValue(reason=reason).at_path(path)
    return line


def need_length(text: str, longest: int, path: str) -> None:
    """Refuses (TextTooLong) a text of more characters than are taken here."""
    if len(text) > longest:
        raise TextTooLong(section=path, limit=longest, actual=len(text), unit="characters").at_path(path)


def folded(name: str) -> str:
    """A name as it is compared: without case, accents, spaces and signs. What two names share here, readers confuse."""
    apart = unicodedata.normalize("NFKD", name)
    bare = "".join(sign for sign in apart if not "\u0300" <= sign <= "\u036f")
    joined = unicodedata.normalize("NFKC", bare.casefold())
    return "".join(sign for sign in joined if unicodedata.category(sign)[0] in "LMN")


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
