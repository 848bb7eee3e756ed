"""A practice inside a contribution: kept as written, with what was read from it beside it."""

from dataclasses import dataclass
from uuid import UUID

from .enumeration import Words
from .noun import Noun


class PracticeStatus(Words):
    """Whether a practice goes on."""

    CURRENT = "current", "It goes on."
    ENDED = "ended", "It has ended."
    PLANNED = "planned", "It is to begin."


@dataclass(frozen=True, kw_only=True, slots=True)
class Practice(Noun):
    """Something that is done somewhere, as its sender wrote it."""

    id: UUID
    contribution_id: UUID
    ordinal: int
    section_label: str | None = None
    name: str
    url: str | None = None
    dates_as_written: str
    start_year: int | None = None
    end_year: int | None = None
    status: PracticeStatus | None = None
    place: str  # where it takes place; never read as who sent it
    aim: str
    partners: str
    sdg_as_written: str
