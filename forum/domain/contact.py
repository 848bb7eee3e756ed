"""Where and how a person is reached by mail: personal data, theirs alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from ..errors import InvalidValue
from ..refusal import phrased
from ..times import zone_named
from .enumeration import Words
from .mail_address import mail_address
from .noun import Noun

MOST_MUTED = 100
DIGEST_AT = time(7)  # of the day, in the reader's zone


class Language(Words):
    """A language in which people are written to: the six of the United Nations."""

    EN = "en", "English."
    FR = "fr", "French."
    ES = "es", "Spanish."
    AR = "ar", "Arabic."
    ZH = "zh", "Chinese."
    RU = "ru", "Russian."


def first_of_six(tags: Iterable[str]) -> Language | None:
    """The first of these language tags (BCP 47), the most wanted first, whose language is one of the six; None where
    none is."""
    words = Language.words()
    primary = (tag.partition("-")[0].lower() for tag in tags)
    return next((Language(tag) for tag in primary if tag in words), None)


class Pace(Words):
    """How often a person is written to."""

    AT_ONCE = "at_once", "A letter for each thing, as it happens."
    DAILY = "daily", "One letter a day, at seven in the morning there, when there is something. Receipts come at once."


@dataclass(frozen=True, kw_only=True, slots=True)
class Contact(Noun):
    """A person's address, language, zone and pace; `muted`: the forums whose news do not come by mail. Receipts always
    do. `refused_at`: since when the mail server refuses the address."""

    id: UUID
    person_id: UUID
    address: str | None = None
    language: Language = Language.EN
    zone: str = "UTC"
    pace: Pace = Pace.AT_ONCE
    muted: tuple[UUID, ...] = ()
    refused_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Owner(Noun):
    """A person, as the one whose contact it is."""

    id: UUID
    subject: str
    name: str


def address_of(written: str, *path: str) -> str | None:
    """A mail address as it is kept; None for an empty one, which takes it away. Refuses (InvalidValue, at `path`) what
    is no address."""
    return mail_address(written, *path) if written.strip(" ") else None


def need_zone(zone: str) -> str:
    """The zone of a reader. Refuses (UnknownCode, at `zone`) one that is not known."""
    zone_named(zone)
    return zone


def muted_of(forums: Iterable[UUID], *path: str) -> tuple[UUID, ...]:
    """The forums that are muted, each once, in one order. Refuses (InvalidValue, at `path`) too many."""
    each = tuple(sorted(set(forums)))
    if len(each) > MOST_MUTED:
        raise InvalidValue(reason=phrased("At most {most_muted} forums are muted.", most_muted=MOST_MUTED)).at_path(
            *path
        )
    return each


def due(contact: Contact, now: datetime, *, at_once: bool) -> datetime:
    """When a person is written to of what happens now: now, or at seven in the morning that is next there."""
    if at_once or contact.pace == Pace.AT_ONCE:
        return now
    zone = zone_named(contact.zone)
    today = now.astimezone(zone).date()
    morning = datetime.combine(today, DIGEST_AT, zone).astimezone(UTC)
    return morning if morning > now else datetime.combine(today + timedelta(days=1), DIGEST_AT, zone).astimezone(UTC)
