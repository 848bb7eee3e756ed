"""Sources: the edges that say what a text carries, and how."""

import strawberry

from ...reading.declare import col, lives, to_one, union_by
from ...reading.lineage_walk import end_id, end_kind
from ...reading.visibility import sees_source
from ...store.tables import names as t
from .common import Node
from .lineage import ENDS
from .links import DocumentLink, LineageEnd, ParagraphLink, PracticeLink, RecommendationLink, SectionLink, SpeakerLink
from .vocabularies import Relation


@strawberry.type(description="An edge of the record: this text carries that.")
@lives(t.source, ("id",), visible=sees_source)
class Source(Node):
    document: DocumentLink | None = to_one("document_id", description="The text that carries.")
    paragraph: ParagraphLink | None = to_one("paragraph_id", description="The paragraph that carries, or:")
    recommendation: RecommendationLink | None = to_one(
        "recommendation_id", description="The recommendation that carries."
    )
    relation: Relation = col(description="How they relate.")
    end: LineageEnd | None = union_by(
        end_kind,
        end_id,
        kinds=ENDS,
        otherwise="Withheld",
        description="What is carried; `Withheld` where you may not see it.",
    )
    section: SectionLink | None = to_one(
        "section_id", description="The very section of the contribution, where one is named."
    )
    practice: PracticeLink | None = to_one(
        "practice_id", description="The very practice of the contribution, where one is named."
    )
    speaker: SpeakerLink | None = to_one("speaker_id", description="The speaker of the panel, where one is named.")
