"""Tracks of an edition, and the stage of the process that each has reached."""

from datetime import datetime

import strawberry

from ...reading import derived
from ...reading.declare import Connection, col, listed, lives, many, python, to_one
from ...reading.values import instant
from ...reading.visibility import everybody
from ...store.tables import names as t
from .acts import ActAnswer, acts_here
from .common import Node
from .contribution_filter import ContributionFilter, matching
from .links import (
    CallLink,
    ContributionLink,
    DocumentLink,
    EditionLink,
    ForumLink,
    MeetingLink,
    OrganisationLink,
    StageWindowLink,
    ThemeLink,
)
from .process_stages import ProcessStage, track_stages
from .process_words import DraftableKind, kinds_here, track_title_here
from .process_words import definition as definition_in


@strawberry.type(description="The stretch of its process that a track is in.")
class Stage:
    id: str = strawberry.field(description="Its name in the process.")
    title: str = strawberry.field(description="Its title, as the process words it.")
    since: datetime = strawberry.field(description="When the track entered it.")
    opens_at: datetime | None = strawberry.field(
        description="When it was planned to open; null where that is not planned."
    )
    closes_at: datetime | None = strawberry.field(
        description="When it is planned to close; null where that is not planned."
    )
    final: bool = strawberry.field(description="Whether nothing follows.")
    leads_to: list[str] = strawberry.field(description="Names of the stages that may follow.")


def _stage(
    stage: str,
    definition: str,
    since: datetime,
    opens_at: datetime | None,
    closes_at: datetime | None,
    text: str | None,
) -> Stage:
    """A recorded edition has no process: its stage has no other title than its name."""
    tracks = definition_in(text).tracks if text else {}
    track = tracks.get(definition)
    defined = None if track is None else track.stages.get(stage)
    return Stage(
        id=stage,
        title=stage if defined is None else defined.title,
        since=since,
        opens_at=opens_at,
        closes_at=closes_at,
        final=defined is None or defined.final,
        leads_to=[] if defined is None else list(defined.leads_to()),
    )


@strawberry.type(description="A path of an edition with its own stage: its calls, meetings and texts belong to it.")
@lives(t.track, ("name", "id"), visible=everybody)
class Track(Node):
    edition: EditionLink | None = to_one("edition_id", description="The edition.")
    acts: list[ActAnswer] = acts_here("Track")
    name: str = col(description="Its name within the edition, as in `main`.")
    title: str = track_title_here()
    definition: str = col(description="The track of the process that it runs.")
    stage: Stage = python(
        _stage,
        needs={
            "stage": lambda row: row.c.stage,
            "definition": lambda row: row.c.definition,
            "since": lambda row: instant(row.c.stage_since),
            "opens_at": derived.planned("opens_at"),
            "closes_at": derived.planned("closes_at"),
            "text": derived.process("text"),
        },
        description="Where it has got to.",
    )
    stages: list[ProcessStage] = python(
        track_stages,
        needs={"definition": lambda row: row.c.definition, "text": derived.process("text")},
        description="The stages of its process, in order; empty of a recorded edition, which has none.",
    )
    document_kinds: list[DraftableKind] = kinds_here()
    windows: list[StageWindowLink] = listed(
        "track_id",
        order=("closes_at", "id"),
        description="When its stages are planned to open and to close, as far as they are.",
    )
    convened_as: ForumLink | None = to_one("convened_as_id", description="The consultation or group whose track it is.")
    subject: OrganisationLink | None = to_one(
        "subject_id", description="Whom it reviews; null where it reviews nobody."
    )
    themes: list[ThemeLink] = listed(
        on=lambda row, other: derived.exists_in(t.track_theme, track_id=row.c.id, theme_id=other.c.id),
        description="The themes it takes up.",
    )
    calls: Connection[CallLink] = many("track_id", description="Its calls.")
    documents: Connection[DocumentLink] = many("track_id", description="Its texts, as far as you may see them.")
    meetings: Connection[MeetingLink] = many("track_id", description="Its meetings.")
    contributions: Connection[ContributionLink] = many(
        "track_id",
        filter=ContributionFilter,
        narrow=matching,
        description="What was handed in on it, as far as you may see it.",
    )
