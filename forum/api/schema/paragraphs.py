"""Numbered paragraphs of a text, and who stands behind them."""

import strawberry

from ...reading import derived
from ...reading.declare import Connection, col, listed, lives, many, sql, to_one
from ...reading.declare import part as embedded
from ...reading.visibility import sees_part_of_document
from ...store.tables import names as t
from .common import Node, Text
from .lineage import lineage
from .links import (
    CommentLink,
    DispositionLink,
    DocumentLink,
    ParagraphLink,
    PartLink,
    RecommendationLink,
    SourceLink,
    StepLink,
)
from .vocabularies import ParagraphKind


@strawberry.type(description="Who stands behind a paragraph, in figures that tell of nobody.")
class CarriedBy:
    sources: int | None = sql(
        derived.carrying_sources,
        description="How many distinct sources it has; null while those you may not see are too few to be counted.",
    )
    mechanisms: int = sql(
        derived.carrying_mechanisms,
        description="How many mechanisms the named sources that you may see belong to; the others are not counted.",
    )


@strawberry.type(description="A numbered paragraph of a text.")
@lives(t.paragraph, ("ordinal", "id"), visible=sees_part_of_document)
class Paragraph(Node):
    document: DocumentLink | None = to_one("document_id", description="The text.")
    part: PartLink | None = to_one("part_id", description="The part it stands in.")
    parent: ParagraphLink | None = to_one("parent_id", description="The paragraph it hangs under.")
    recommendation: RecommendationLink | None = to_one(
        "recommendation_id", description="The recommendation it belongs to."
    )
    kind: ParagraphKind = col(description="What sort it is.")
    ordinal: int = col(description="Its place in the text, from 1.")
    w_id: str = col(description="Its identity: never changes and is never used again (Akoma Ntoso).")
    e_id: str = col(description="Its place, as in `sec_2__para_14`: changes when paragraphs move (Akoma Ntoso).")
    number: str | None = col(description="Its number as it is printed.")
    text: Text = embedded(description="What it says.")
    weight: str | None = col(description="The words that say how many stand behind it, as in `several speakers`.")
    carried_by: CarriedBy = embedded(description="What those words can be held against.")
    revision: int = col(description="Counts its versions; give it as `expectedRevision`.")
    withdrawn: bool = col(description="Whether it was taken out; its identity stays.")
    children: list[ParagraphLink] = listed("parent_id", description="The paragraphs that hang under it.")
    sources: Connection[SourceLink] = many("paragraph_id", description="What it carries.")
    comments: Connection[CommentLink] = many("paragraph_id", description="Comments on it.")
    dispositions: Connection[DispositionLink] = many("paragraph_id", description="The inputs and comments it reflects.")
    lineage: list[StepLink] = lineage("paragraph")
