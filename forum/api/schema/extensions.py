"""Extensions: more time for a window, on the record."""

from datetime import datetime

import strawberry

from ...reading import derived
from ...reading.declare import col, lives, sql, to_one
from ...reading.visibility import sees_extension
from ...store.tables import names as t
from .common import Node
from .links import CallLink, DocumentLink, EditionLink, SilenceLink, TrackLink
from .vocabularies import ExtendedWindow


@strawberry.type(description="More time was given to a window: what its end was, what it is, and why. On the record.")
@lives(t.extension, ("made_at", "id"), visible=sees_extension)
class Extension(Node):
    of: ExtendedWindow = col(description="Which kind of window.")
    edition: EditionLink | None = to_one("edition_id", description="The edition.")
    call: CallLink | None = to_one("call_id", description="The call, where it is one.")
    document: DocumentLink | None = to_one("document_id", description="The text, where it is the consultation on one.")
    silence: SilenceLink | None = to_one("silence_id", description="The silence, where it is one.")
    track: TrackLink | None = to_one(
        on=lambda row, other: derived.exists_in(t.stage_window, id=row.c.stage_window_id, track_id=other.c.id),
        description="The track of the stage, where it is one.",
    )
    stage: str | None = sql(
        derived.stage_of_window, description="The stage by its name in the process, where it is one."
    )
    was: datetime = col(description="The end before.")
    closes_at: datetime = col(description="The end since then; it may have been extended again.")
    reason: str = col(description="Why.")
    made_at: datetime = col(description="When it was decided.")
