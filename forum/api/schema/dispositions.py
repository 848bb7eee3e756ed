"""Dispositions: what a text says became of an input, a comment or a recommendation."""

from datetime import datetime
from uuid import UUID

import strawberry

from ...reading import derived
from ...reading.declare import col, lives, to_one, union_by
from ...reading.visibility import sees_disposition
from ...store.tables import names as t
from .common import Node
from .links import DispositionSubject, DocumentLink, ParagraphLink
from .process_words import answer_words_here


@strawberry.type(description="What became of an input, a comment or a recommendation, in the words of the process.")
@lives(t.disposition, ("id",), visible=sees_disposition)
class Disposition(Node):
    document: DocumentLink | None = to_one("document_id", description="The text that answers.")
    of: DispositionSubject | None = union_by(
        derived.subject_kind,
        derived.subject_id,
        description="What is answered.",
    )
    word: str = col(description="The word of the process, as in `taken_up`.")
    words: str = answer_words_here()
    reason: str | None = col(description="Why.")
    reflected_in: ParagraphLink | None = to_one("paragraph_id", description="The paragraph that reflects it.")
    noted_together: UUID | None = col(
        "noted_together_id", description="The same on all that were noted together with one reason; else null."
    )
    given_at: datetime = col(description="When it was given.")
