"""Documents: the texts a track makes, and their parts."""

from datetime import datetime

import strawberry

from ...reading.declare import Connection, col, listed, lives, many, to_one
from ...reading.visibility import sees_document, sees_part_of_document
from ...store.tables import names as t
from .acts import ActAnswer, acts_here
from .common import Node
from .links import (
    ClearanceLink,
    CommentLink,
    CorrectionLink,
    DispositionLink,
    DocumentLink,
    EditionLink,
    ExtensionLink,
    ForumLink,
    HistoryLink,
    MeetingLink,
    ParagraphLink,
    PartLink,
    RecommendationLink,
    RevisionLink,
    SilenceLink,
    SourceLink,
    TrackLink,
    TransmissionLink,
)
from .paper_parts import PaperPart, layout_here
from .process_words import AnswerWord, answers_here
from .renditions import Rendition, renditions_here
from .scalars import LanguageTag
from .vocabularies import Audience, DocumentState


@strawberry.type(description="A text that a track makes.")
@lives(t.document, ("id",), visible=sees_document)
class Document(Node):
    kind: str = col(description="Its kind in the process, as in `summary_of_conclusions`.")
    symbol: str = col(description="Its symbol: unlike any other's.")
    title: str = col(description="Its title.")
    forum: ForumLink | None = to_one("forum_id", description="The forum whose text it is.")
    edition: EditionLink | None = to_one("edition_id", description="The edition.")
    track: TrackLink | None = to_one("track_id", description="The track.")
    meeting: MeetingLink | None = to_one("meeting_id", description="The meeting it is about, where it is about one.")
    language: LanguageTag = col(description="The language of its authoritative version.")
    state: DocumentState = col(description="How far it has got.")
    audience: Audience = col(description="Who may read it.")
    comment_audience: Audience = col(
        description="Who will read a comment that is written on it now; give it to `addComment` as the `audience` you "
        "agree to. A comment keeps what it was written under, and never has more readers than its text."
    )
    version_label: str = col(description="What people call this version: zero draft, v.3 KN, final.")
    revision: int = col(description="Counts its versions; give it as `expectedRevision`.")
    comments_open_at: datetime | None = col(description="From when it takes comments.")
    comments_close_at: datetime | None = col(description="Until when it takes comments, that instant not included.")
    extensions: list[ExtensionLink] = listed(
        "document_id", description="Where its consultation was given more time, with the reasons."
    )
    closing: str | None = col(description="How it ended, by the process; null while it has not.")
    closing_words: str | None = col(description="The sentence that stands on it about its end.")
    closed_at: datetime | None = col(description="When it ended.")
    corrections: Connection[CorrectionLink] = many(
        "document_id",
        description="Corrigenda and addenda since it was closed, in the order of time. The text itself, its hash and "
        "its paper stay as they were; a paper made since lists them.",
    )
    parts: list[PartLink] = listed("document_id", description="Its parts, in order.")
    layout: list[PaperPart] = layout_here()
    answer_words: list[AnswerWord] = answers_here()
    renditions: list[Rendition] = renditions_here()
    paragraphs: Connection[ParagraphLink] = many("document_id", description="Its paragraphs, in order.")
    recommendations: list[RecommendationLink] = listed("document_id", description="Its recommendations, in order.")
    revisions: Connection[RevisionLink] = many("document_id", description="Its frozen versions, in order.")
    comments: Connection[CommentLink] = many(
        "document_id", description="Comments on it, in an order that tells nothing."
    )
    clearances: Connection[ClearanceLink] = many(
        "document_id",
        description="Comments on it that your own side cleared, in their words; empty for everybody else.",
    )
    sources: Connection[SourceLink] = many(
        "document_id", description="All that its paragraphs and recommendations carry."
    )
    dispositions: Connection[DispositionLink] = many(
        "document_id", description="What it says became of inputs and comments."
    )
    silences: Connection[SilenceLink] = many(
        "document_id", description="The times it was put to a body without a vote."
    )
    transmissions: Connection[TransmissionLink] = many("document_id", description="Where it went.")
    acts: list[ActAnswer] = acts_here("Document")
    history: Connection[HistoryLink] = many(
        "subject_id", description="What was done with it, as far as you may see it."
    )


@strawberry.type(description="A part of a text, with its heading.")
@lives(t.part, ("ordinal", "id"), visible=sees_part_of_document)
class Part(Node):
    document: DocumentLink | None = to_one("document_id", description="The text.")
    ordinal: int = col(description="Its place, from 1.")
    number: str = col(description="Its number as it is printed; may be empty.")
    heading: str = col(description="Its heading.")
    paragraphs: Connection[ParagraphLink] = many("part_id", description="Its paragraphs, in order.")
