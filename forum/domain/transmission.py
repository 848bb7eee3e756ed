"""A text that was sent on: to a track on this service, or to a body outside it."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from ..errors import InvalidValue, WrongState
from ..refusal import phrased
from .contribution import Contribution, ContributionState, Receipt
from .document import Revision
from .enumeration import Words
from .noun import Noun


class TransmissionKind(Words):
    """How a text was sent."""

    CONTRIBUTION = "contribution", "To a track on this service, where it is a contribution now."
    OUTSIDE = "outside", "To a body that is not on this service."


@dataclass(frozen=True, kw_only=True, slots=True)
class Transmission(Noun):
    """A frozen revision that was sent to a track here, or delivered outside."""

    id: UUID
    document_id: UUID
    revision_id: UUID
    kind: TransmissionKind
    to_track_id: UUID | None = None
    contribution_id: UUID | None = None
    outside_name: str | None = None
    outside_symbol: str | None = None
    outside_person: str | None = None
    delivered_on: date | None = None
    outcome: str | None = None
    hash: str
    sent_at: datetime


FIRST_TO_BEGIN = timedelta(hours=14)  # the zone where a day begins first is UTC+14 (Line Islands)


@dataclass(frozen=True)
class Delivery:
    """What is reported of a delivery to a body outside; None: nothing is reported of it."""

    symbol: str | None = None
    person: str | None = None
    day: date | None = None
    outcome: str | None = None

    def reported(self) -> dict[str, str | date]:
        """What is reported, by the field that keeps it."""
        fields = {
            "outside_symbol": self.symbol,
            "outside_person": self.person,
            "delivered_on": self.day,
            "outcome": self.outcome,
        }
        return {name: value for name, value in fields.items() if value is not None}


# ---- rules
def need_begun(day: date | None, now: datetime) -> None:
    """Refuses (InvalidValue) a day of delivery that lies ahead: one that has begun nowhere on earth."""
    if day is not None and day > (now + FIRST_TO_BEGIN).date():
        ahead = InvalidValue(reason=phrased("{day} lies ahead: record a delivery when it was made.", day=day))
        raise ahead.at_path("deliveredOn")


def need_frozen(act: str, revision: Revision | None) -> Revision:
    """The revision that is sent. Refuses (WrongState) a text of which none was frozen."""
    if revision is None:
        raise WrongState(act=act, state="without a frozen revision", needs=("a revision",))
    return revision


# ---- transitions
def complete(transmission: Transmission, name: str | None, delivery: Delivery) -> Transmission:
    """A delivery of which more is known now; what is not told stays as it was."""
    return replace(
        transmission,
        outside_name=transmission.outside_name if name is None else name,
        outside_symbol=transmission.outside_symbol if delivery.symbol is None else delivery.symbol,
        outside_person=transmission.outside_person if delivery.person is None else delivery.person,
        delivered_on=transmission.delivered_on if delivery.day is None else delivery.day,
        outcome=transmission.outcome if delivery.outcome is None else delivery.outcome,
    )


def arrive(contribution: Contribution, receipt: Receipt, now: datetime) -> Contribution:
    """The contribution as which a text arrives: handed in, with its receipt, and waiting to be received."""
    return replace(
        contribution,
        state=ContributionState.SUBMITTED,
        submitted_at=now,
        receipt_number=receipt.number,
        receipt_hash=receipt.hash,
    )
