"""Bodies and those who take part in them: forums, organisations, mechanisms, seats, terms of reference."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ..errors import InvalidValue
from ..refusal import phrased
from .enumeration import Words
from .noun import Noun


class Layer(Words):
    """At which level a forum works, from the ground up."""

    LOCAL = "local", "A city, a district or another local authority."
    NATIONAL = "national", "A country."
    REGIONAL = "regional", "A region: a consultative process, an economic community, a UN regional commission."
    GFMD = "gfmd", "The Global Forum on Migration and Development and other thematic or inter-agency bodies."
    GLOBAL = "global", "The United Nations: the HLPF every year, the IMRF every four years."


class ForumKind(Words):
    """What sort of body a forum is."""

    FORUM = "forum", "A forum with editions of its own."
    MECHANISM = "mechanism", "A mechanism's own body."
    STEERING_GROUP = "steering_group", "Steers its parent."
    WORKING_GROUP = "working_group", "Works for its parent on a subject."
    TASK_FORCE = "task_force", "Does one thing, then ends."
    ROUNDTABLE = "roundtable", "Prepares and holds a roundtable."
    REGIONAL_CONSULTATION = "regional_consultation", "Consults a region."
    FRIENDS = "friends", "Friends of the forum."
    SUPPORT_UNIT = "support_unit", "Assists the chair."
    ADVISORY_GROUP = "advisory_group", "Advises its parent."


class Power(Words):
    """What a body can do for its parent."""

    ADVISES = "advises", "It advises."
    ENDORSES = "endorses", "It endorses texts."
    ASSISTS = "assists", "It assists."
    NONE = "none", "It stands by itself."


class OrganisationKind(Words):
    """What sort of body an organisation is."""

    STATE = "state", "A state."
    LOCAL_AUTHORITY = "local_authority", "A city or another local or regional authority."
    CIVIL_SOCIETY = "civil_society", "A civil society organisation or network."
    BUSINESS = "business", "A company, an employers' federation or a chamber."
    AGENCY = "agency", "An intergovernmental organisation or agency."
    ACADEMIA = "academia", "A university or research body."
    OTHER = "other", "None of these."


class ParticipationStatus(Words):
    """As what an organisation takes part in a forum."""

    MEMBER = "member", "A member."
    OBSERVER = "observer", "An observer."
    PARTICIPANT = "participant", "A participant."


@dataclass(frozen=True, kw_only=True, slots=True)
class Forum(Noun):
    """A standing or ad hoc body, at a layer; working groups and consultations are forums with a parent."""

    id: UUID
    slug: str
    name: str
    acronym: str | None = None
    layer: Layer
    kind: ForumKind
    power: Power = Power.NONE
    parent_id: UUID | None = None
    periodicity: str | None = None
    mechanism_code: str | None = None
    terms_of_reference: str | None = None
    template: str | None = None  # the body of its parent's process that it follows
    zone: str = "Europe/Zurich"
    registrar: bool = False  # its office admits organisations: the operator entrusted it


@dataclass(frozen=True, kw_only=True, slots=True)
class Organisation(Noun):
    """A state, a city, a network, a federation, an agency."""

    id: UUID
    name: str
    short_name: str | None = None
    kind: OrganisationKind
    country_code: str | None = None  # ISO 3166-1 alpha-2, of states only
    name_keys: tuple[str, ...] = ()  # its names, folded, as those of others are compared with them (`admission.py`)


@dataclass(frozen=True, kw_only=True, slots=True)
class Mechanism(Noun):
    """States, civil society, business and mayors are built in; the list is data, youth has joined them."""

    id: UUID
    code: str
    name: str
    forum_id: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Convenor(Noun):
    """A forum that sets a body to work together with others, with equal rights."""

    id: UUID
    forum_id: UUID
    convened_by_id: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class Participation(Noun):
    """An organisation takes part in a forum, from an instant to an instant, with a status and its mechanisms."""

    id: UUID
    forum_id: UUID
    organisation_id: UUID
    status: ParticipationStatus
    mechanisms: tuple[str, ...] = ()
    starts_at: datetime
    ends_at: datetime | None = None
    end_reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TermsOfReference(Noun):
    """What a body is for and may do, from a date on. The newest in force count, earlier ones stay on the record."""

    id: UUID
    forum_id: UUID
    text: str
    power: Power
    starts_at: datetime
    ends_at: datetime | None = None
    reason: str | None = None
    decided_on: date | None = None


def need_duration(starts_at: datetime, ends_at: datetime | None) -> None:
    """Refuses (InvalidValue) terms of reference that end before they begin, or as they begin."""
    if ends_at is not None and ends_at <= starts_at:
        raise InvalidValue(reason="The terms end before they begin.").at_path("endsAt")


def need_newer(starts_at: datetime, earlier: Sequence[TermsOfReference]) -> None:
    """Refuses (InvalidValue) terms that begin before the last of the earlier ones (oldest first), or with it: what
    counted then is not written anew."""
    if earlier and starts_at <= earlier[-1].starts_at:
        newest = earlier[-1].starts_at.isoformat(timespec="seconds")
        raise InvalidValue(
            reason=phrased("Its newest terms begin at {newest}. Say a later date.", newest=newest)
        ).at_path("startsAt")
