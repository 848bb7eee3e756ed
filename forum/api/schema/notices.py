"""Notices: what a person, or the side that wrote a text, should know; told to nobody else."""

from datetime import datetime

import strawberry

from ...domain.contact import Language
from ...domain.saying import read
from ...languages.say import Reader
from ...reading.declare import col, lives, python, to_one
from ...reading.prices import OWN_WORDS
from ...reading.visibility import sees_notice
from ...store.tables import names as t
from .common import Node
from .context import Context
from .links import CallLink, CommentLink, ContributionLink, DocumentLink, EditionLink
from .vocabularies import NoticeKind


def _words(words: str, saying: str | None, context: Context) -> str:
    """English as it was written, and notices from before there were other languages; else said anew."""
    if saying is None or context.speaker.tag == Language.EN:
        return words
    return Reader(Language(context.speaker.tag), "UTC").say(read(saying))


@strawberry.type(
    description="Something you should know. Notices are read by the person they are for, and by nobody else; one about "
    "an input or a comment by the side that wrote it."
)
@lives(t.notice, ("-sent_at", "-id"), visible=sees_notice)
class Notice(Node):
    kind: NoticeKind = col(description="What it tells of.")
    words: str = python(
        _words,
        needs=("words", "saying"),
        cost=OWN_WORDS,
        description="What it says, in plain text, in your language; deadlines in their own zone and in UTC.",
    )
    edition: EditionLink | None = to_one("edition_id", description="The edition it is about.")
    call: CallLink | None = to_one("call_id", description="The call, where it is about one.")
    document: DocumentLink | None = to_one(
        "document_id", description="The text, where it is about one that you may see."
    )
    contribution: ContributionLink | None = to_one(
        "contribution_id", description="The input of your own side, where it is about one."
    )
    comment: CommentLink | None = to_one(
        "comment_id", description="The comment of your own side, where it is about one."
    )
    sent_at: datetime = col(description="When you were told.")
