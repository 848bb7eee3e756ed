"""Comments on texts, and dispositions: what a text says became of an input, a comment or a recommendation."""

from datetime import datetime
from uuid import UUID

import strawberry

from ...reading import derived
from ...reading.declare import Connection, col, lives, many, one, part, sql, union_by
from ...reading.visibility import sees_comment, sees_disposition, wrote
from ...store.tables import schema as t
from .common import Audience, Node, Text
from .contributions import Attribution
from .links import (
    AuthorshipLink,
    DispositionLink,
    DispositionSubject,
    DocumentLink,
    HistoryLink,
    ParagraphLink,
    RevisionLink,
)


@strawberry.type(description="A comment on a text or one of its paragraphs.")
@lives(t.comment, ("id",), visible=sees_comment)
class Comment(Node):
    document: DocumentLink | None = one("document_id", description="The text.")
    paragraph: ParagraphLink | None = one("paragraph_id", description="The paragraph, where it is on one.")
    revision: RevisionLink | None = one("revision_id", description="The version that was commented on.")
    text: Text = part(description="What it says.")
    proposed_text: str | None = col(description="The words it proposes instead, in CommonMark.")
    audience: Audience = col(description="Who may read it, besides being able to read the text.")
    attribution: Attribution = part(description="Under whose name it stands.")
    written_at: datetime | None = col(description="When it was written; null of what is not attributed.")
    disposition: DispositionLink | None = one(
        on=lambda row, other: other.c.comment_id == row.c.id, description="What became of it."
    )
    mine: bool = sql(wrote, description="Whether your own side wrote it.")
    authorship: AuthorshipLink | None = one(
        on=lambda row, other: other.c.subject_id == row.c.id,
        description="Who really wrote it: for the author's own side.",
    )
    history: Connection[HistoryLink] = many(
        "subject_id", description="What was done with it, as far as you may see it."
    )


@strawberry.type(description="What became of an input, a comment or a recommendation, in the words of the process.")
@lives(t.disposition, ("id",), visible=sees_disposition)
class Disposition(Node):
    document: DocumentLink | None = one("document_id", description="The text that answers.")
    of: DispositionSubject | None = union_by(
        derived.subject_kind,
        derived.subject_id,
        description="What is answered.",
    )
    word: str = col(description="The word of the process, as in `taken_up`.")
    words: str = col(description="The sentence, as the process words it.")
    reason: str | None = col(description="Why.")
    reflected_in: ParagraphLink | None = one("paragraph_id", description="The paragraph that reflects it.")
    noted_together: UUID | None = col(
        "noted_together_id", description="The same on all that were noted together with one reason; else null."
    )
    given_at: datetime = col(description="When it was given.")
