"""Recommendations: what a text asks somebody to do."""

import strawberry

from ...reading.declare import Connection, col, listed, lives, many, to_one
from ...reading.visibility import sees_part_of_document
from ...store.tables import names as t
from .common import Node
from .links import DispositionLink, DocumentLink, ParagraphLink, SourceLink


@strawberry.type(description="What a text asks somebody to do, and what became of it.")
@lives(t.recommendation, ("ordinal", "id"), visible=sees_part_of_document)
class Recommendation(Node):
    document: DocumentLink | None = to_one("document_id", description="The text.")
    ordinal: int = col(description="Its place, from 1.")
    heading: str = col(description="Its heading.")
    addressee: str | None = col(description="To whom it is addressed, in words.")
    fate: str | None = col(description="What became of it, in words; null while nothing is recorded.")
    paragraphs: list[ParagraphLink] = listed("recommendation_id", description="Its paragraphs, in order.")
    sources: Connection[SourceLink] = many("recommendation_id", description="What it carries.")
    dispositions: Connection[DispositionLink] = many(
        "recommendation_id", description="What other texts say became of it."
    )
