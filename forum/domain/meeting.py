"""A meeting of an edition as it stands on the record; its agenda is read in `agenda.py`."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from .noun import Noun


@dataclass(frozen=True, kw_only=True, slots=True)
class Meeting(Noun):
    """A meeting with its dates and place."""

    id: UUID
    track_id: UUID
    edition_id: UUID
    series: str
    ordinal: int | None = None
    label: str
    title: str
    theme: str | None = None
    starts_on: date
    ends_on: date
    venue: str
    city: str
