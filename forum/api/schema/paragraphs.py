"""Paragraphs and recommendations, and the sources that say what they carry."""

import enum

import strawberry

from ...reading import derived
from ...reading.declare import Connection, col, listed, lives, many, one, sql, union_by
from ...reading.declare import part as embedded
from ...reading.lineage import end_id, end_kind
from ...reading.visibility import sees_part_of_document, sees_source
from ...store.tables import schema as t
from .common import Node, Text, value
from .lineage import ENDS, lineage
from .links import (
    CommentLink,
    DispositionLink,
    DocumentLink,
    LineageEnd,
    ParagraphLink,
    PartLink,
    PracticeLink,
    RecommendationLink,
    SectionLink,
    SourceLink,
    SpeakerLink,
    StepLink,
)


@strawberry.enum(description="What sort of paragraph it is.")
class ParagraphKind(enum.Enum):
    PARAGRAPH = value("paragraph", "An ordinary paragraph.")
    PREAMBLE = value("preamble", "Stands before the text proper.")
    CONCLUSION = value("conclusion", "A conclusion of a meeting.")
    BULLET = value("bullet", "A point of the paragraph above it.")
    CLOSING = value("closing", "Stands after the text proper.")
    BOX = value("box", "Stands apart, in a box.")
    QUOTE = value("quote", "Somebody's exact words.")


@strawberry.enum(description="How a text relates to what it carries.")
class Relation(enum.Enum):
    CARRIES = value("carries", "Takes it up as it is.")
    MERGES = value("merges", "Takes it up together with others.")
    REWORDS = value("rewords", "Takes it up in other words.")
    QUOTES = value("quotes", "Quotes it.")
    CONTRADICTS = value("contradicts", "Says otherwise.")


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
    document: DocumentLink | None = one("document_id", description="The text.")
    part: PartLink | None = one("part_id", description="The part it stands in.")
    parent: ParagraphLink | None = one("parent_id", description="The paragraph it hangs under.")
    recommendation: RecommendationLink | None = one(
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


@strawberry.type(description="What a text asks somebody to do, and what became of it.")
@lives(t.recommendation, ("ordinal", "id"), visible=sees_part_of_document)
class Recommendation(Node):
    document: DocumentLink | None = one("document_id", description="The text.")
    ordinal: int = col(description="Its place, from 1.")
    heading: str = col(description="Its heading.")
    addressee: str | None = col(description="To whom it is addressed, in words.")
    fate: str | None = col(description="What became of it, in words; null while nothing is recorded.")
    paragraphs: list[ParagraphLink] = listed("recommendation_id", description="Its paragraphs, in order.")
    sources: Connection[SourceLink] = many("recommendation_id", description="What it carries.")
    dispositions: Connection[DispositionLink] = many(
        "recommendation_id", description="What other texts say became of it."
    )


@strawberry.type(description="An edge of the record: this text carries that.")
@lives(t.source, ("id",), visible=sees_source)
class Source(Node):
    document: DocumentLink | None = one("document_id", description="The text that carries.")
    paragraph: ParagraphLink | None = one("paragraph_id", description="The paragraph that carries, or:")
    recommendation: RecommendationLink | None = one("recommendation_id", description="The recommendation that carries.")
    relation: Relation = col(description="How they relate.")
    end: LineageEnd | None = union_by(
        end_kind,
        end_id,
        kinds=ENDS,
        otherwise="Withheld",
        description="What is carried; `Withheld` where you may not see it.",
    )
    section: SectionLink | None = one(
        "section_id", description="The very section of the contribution, where one is named."
    )
    practice: PracticeLink | None = one(
        "practice_id", description="The very practice of the contribution, where one is named."
    )
    speaker: SpeakerLink | None = one("speaker_id", description="The speaker of the panel, where one is named.")
