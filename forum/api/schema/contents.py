"""What is inside a contribution: sections, practices, and the codes they are tagged with."""

import enum

import strawberry

from ...domain.targets import IRI
from ...reading import derived
from ...reading.declare import col, listed, lives, one, part, sql
from ...reading.visibility import sees_part_of_contribution
from ...store.tables import schema as t
from .common import Node, Text, value
from .links import ContributionLink, ParagraphLink, TargetLink
from .scalars import URL


@strawberry.enum(description="Whether a practice goes on.")
class PracticeStatus(enum.Enum):
    CURRENT = value("current", "It goes on.")
    ENDED = value("ended", "It has ended.")
    PLANNED = value("planned", "It is to begin.")


@strawberry.type(description="A goal or target of the SDGs that something is tagged with.")
@lives(t.tag, ("code", "id"), visible=sees_part_of_contribution, tag="Target")
class Target:
    code: str = col(description="Its code: 10, 10.7, 10.c.")
    iri: str = sql(lambda row: derived.joined(IRI, row.c.code), description="Its IRI, with http, as it was minted.")


@strawberry.type(description="An objective or guiding principle of the Global Compact that something is tagged with.")
@lives(t.tag, ("code", "id"), visible=sees_part_of_contribution, tag="Objective")
class Objective:
    code: str = col(description="Its code: gcm-7, gcm-child-sensitive. There are no official ones.")


@strawberry.type(description="A section of a contribution.")
@lives(t.contribution_section, ("ordinal", "id"), visible=sees_part_of_contribution)
class ContributionSection(Node):
    contribution: ContributionLink | None = one("contribution_id", description="The contribution.")
    ordinal: int = col(description="Its place, from 1.")
    code: str = col(description="The call's section that it answers.")
    heading: str = col(description="Its heading.")
    text: Text = part(description="What it says.")
    origin: ParagraphLink | None = one(
        "origin_paragraph_id", description="In a received text: the paragraph it was where it was written."
    )


@strawberry.type(description="Something that is done somewhere, as it was written in a table of practices.")
@lives(t.practice, ("ordinal", "id"), visible=sees_part_of_contribution)
class Practice(Node):
    contribution: ContributionLink | None = one("contribution_id", description="The contribution that lists it.")
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
