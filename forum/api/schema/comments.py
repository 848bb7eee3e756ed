"""Comments on texts."""

from datetime import datetime

import strawberry

from ...reading.declare import Connection, col, lives, many, part, sql, to_one
from ...reading.visibility import sees_comment, wrote
from ...store.tables import names as t
from .attributions import Attribution
from .common import Node, Text
from .links import AuthorshipLink, DispositionLink, DocumentLink, HistoryLink, ParagraphLink, RevisionLink
from .vocabularies import Audience


@strawberry.type(description="A comment on a text or one of its paragraphs.")
@lives(t.comment, ("id",), visible=sees_comment)
class Comment(Node):
    document: DocumentLink | None = to_one("document_id", description="The text.")
    paragraph: ParagraphLink | None = to_one("paragraph_id", description="The paragraph, where it is on one.")
    revision: RevisionLink | None = to_one("revision_id", description="The version that was commented on.")
    text: Text = part(description="What it says.")
    proposed_text: str | None = col(description="The words it proposes instead, in CommonMark.")
    audience: Audience = col(description="Who may read it, besides being able to read the text.")
    attribution: Attribution = part(description="Under whose name it stands.")
    written_at: datetime | None = col(description="When it was written; null of what is not attributed.")
    disposition: DispositionLink | None = to_one(
        on=lambda row, other: other.c.comment_id == row.c.id, description="What became of it."
    )
    mine: bool = sql(wrote, description="Whether your own side wrote it.")
    authorship: AuthorshipLink | None = to_one(
        on=lambda row, other: other.c.subject_id == row.c.id,
        description="Who really wrote it: for the author's own side.",
    )
    history: Connection[HistoryLink] = many(
        "subject_id", description="What was done with it, as far as you may see it."
    )
