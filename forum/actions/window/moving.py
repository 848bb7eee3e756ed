"""What the acts that move dates share: an instant that may be taken."""

from datetime import datetime

from ...domain.edition import Edition
from ...errors import InvalidValue
from ...refusal import phrased
from ...times import aware, in_years, spoken


def ahead(when: datetime) -> datetime:
    """The instant. Refuses (NaiveTime) one without a zone, and (InvalidValue) one of a year that is not kept here."""
    in_years(aware(when))
    return when


def within(when: datetime, edition: Edition | None, *path: str) -> None:
    """Refuses (InvalidValue) an instant after the edition has ended: nothing is done in it then."""
    if edition is not None and edition.ends_at is not None and when > edition.ends_at:
        reason = phrased(
            "The edition ends at {ends}, and nothing is done in it afterwards. Name an earlier instant, or move the "
            "anchor on which its end hangs.",
            ends=spoken(edition.ends_at, edition.zone),
        )
        raise InvalidValue(reason=reason).at_path(*path)
