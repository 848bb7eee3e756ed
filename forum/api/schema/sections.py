"""Sections of contributions."""

import strawberry

from ...reading.declare import col, lives, part, to_one
from ...reading.visibility import sees_part_of_contribution
from ...store.tables import names as t
from .common import Node, Text
from .links import ContributionLink, ParagraphLink


@strawberry.type(description="A section of a contribution.")
@lives(t.contribution_section, ("ordinal", "id"), visible=sees_part_of_contribution)
class ContributionSection(Node):
    contribution: ContributionLink | None = to_one("contribution_id", description="The contribution.")
    ordinal: int = col(description="Its place, from 1.")
    code: str = col(description="The call's section that it answers.")
    heading: str = col(description="Its heading.")
    text: Text = part(description="What it says.")
    origin: ParagraphLink | None = to_one(
        "origin_paragraph_id", description="In a received text: the paragraph it was where it was written."
    )
