"""Practices that a contribution lists."""

import strawberry

from ...reading import derived
from ...reading.declare import col, listed, lives, to_one
from ...reading.visibility import sees_part_of_contribution
from ...store.tables import names as t
from .common import Node
from .links import ContributionLink, TargetLink
from .scalars import URL
from .vocabularies import PracticeStatus


@strawberry.type(description="Something that is done somewhere, as it was written in a table of practices.")
@lives(t.practice, ("ordinal", "id"), visible=sees_part_of_contribution)
class Practice(Node):
    contribution: ContributionLink | None = to_one("contribution_id", description="The contribution that lists it.")
    ordinal: int = col(description="Its place in the list, from 1.")
    section_label: str | None = col(description="The heading of the table it stood under.")
    name: str = col(description="Its name.")
    url: URL | None = col(description="Where to read more.")
    dates_as_written: str = col(description="Its dates as they were written; empty where none were.")
    start_year: int | None = col(description="The year it began, where that could be read.")
    end_year: int | None = col(description="The year it ended, where that could be read.")
    status: PracticeStatus | None = col(description="Whether it goes on, where that was said.")
    place: str = col(description="Where it takes place. Never read it as who sent it.")
    aim: str = col(description="What it is for.")
    partners: str = col(description="With whom.")
    sdg_as_written: str = col(description="The cell of SDG codes as it was written.")
    targets: list[TargetLink] = listed(
        "practice_id", where_row=derived.of_scheme("sdg"), description="The codes that were read from it."
    )
