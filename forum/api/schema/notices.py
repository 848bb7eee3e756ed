"""Notices: what a person should know, told to that person alone."""

from datetime import datetime

import strawberry

from ...reading.declare import col, lives, to_one
from ...reading.visibility import sees_notice
from ...store.tables import names as t
from .common import Node
from .links import CallLink, DocumentLink, EditionLink
from .vocabularies import NoticeKind


@strawberry.type(
    description="Something you should know. Notices are read by the person they are for, and by nobody else."
)
@lives(t.notice, ("-sent_at", "-id"), visible=sees_notice)
class Notice(Node):
    kind: NoticeKind = col(description="What it tells of.")
    words: str = col(description="What it says, in plain text; deadlines in their own zone and in UTC.")
    edition: EditionLink | None = to_one("edition_id", description="The edition it is about.")
    call: CallLink | None = to_one("call_id", description="The call, where it is about one.")
    document: DocumentLink | None = to_one(
        "document_id", description="The text, where it is about one that you may see."
    )
    sent_at: datetime = col(description="When you were told.")
