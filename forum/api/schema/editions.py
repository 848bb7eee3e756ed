"""Editions: one cycle of a forum, its anchors and its themes."""

from datetime import datetime

import strawberry

from ...reading import derived, derived_agreements, derived_dates, derived_mandates
from ...reading.declare import Connection, col, listed, lives, many, sql, to_one
from ...reading.visibility import everybody
from ...store.tables import names as t
from .acts import ActAnswer, acts_here
from .anchor_moves import AnchorMove, anchor_moved_here
from .calendar_types import RehearsalAnswer
from .calendars import calendar_here
from .common import Node
from .contribution_filter import ContributionFilter, matching
from .links import (
    AgreementLink,
    AnchorLink,
    CallLink,
    ContributionLink,
    DocumentLink,
    EditionLink,
    ExtensionLink,
    ForumLink,
    MeetingLink,
    MigrationLink,
    PastDocumentLink,
    PersonLink,
    ProcessLink,
    ThemeLink,
    TrackLink,
)
from .process_words import anchor_title_here
from .vocabularies import EditionState


@strawberry.type(description="One cycle of a forum.")
@lives(t.edition, ("-opened_at", "id"), visible=everybody)
class Edition(Node):
    forum: ForumLink | None = to_one("forum_id", description="The forum.")
    name: str = col(description="Its name within the forum, as in `2020`.")
    theme: str | None = col(description="Its overall theme.")
    acts: list[ActAnswer] = acts_here("Edition")
    state: EditionState = col(description="How it stands.")
    opened_at: datetime = col(description="When it was opened.")
    anchors: list[AnchorLink] = listed("edition_id", description="The dates from which its others are counted.")
    if_anchor_moved: AnchorMove | None = anchor_moved_here()
    calendar: RehearsalAnswer = calendar_here()
    zone: str = col(description="The time zone in which its times are named.")
    ends_at: datetime | None = col(description="When the clock closes it; null where its process names no end.")
    process: ProcessLink | None = to_one(
        "process_id", description="The definition it is pinned to; null for a recorded one."
    )
    cloned_from: EditionLink | None = to_one(
        "cloned_from_id", description="The earlier edition that it was opened like."
    )
    migrations: Connection[MigrationLink] = many(
        "edition_id", description="Where it was moved to another version of its process, the first one first."
    )
    tracks: list[TrackLink] = listed("edition_id", description="The paths it runs at once.")
    themes: list[ThemeLink] = listed("edition_id", description="Its sub-themes.")
    calls: Connection[CallLink] = many("edition_id", description="Its calls.")
    documents: Connection[DocumentLink] = many("edition_id", description="Its texts, as far as you may see them.")
    meetings: Connection[MeetingLink] = many("edition_id", description="Its meetings.")
    extensions: Connection[ExtensionLink] = many(
        "edition_id", description="Where a window was given more time, with the reasons, as far as you may see it."
    )
    agreements: Connection[AgreementLink] = many(
        on=derived_agreements.for_edition,
        description="What other bodies agreed to for it: in force now, standing or for this edition.",
    )
    past_documents: Connection[PastDocumentLink] = many(
        "edition_id", description="Of a recorded edition, the documents that came of it."
    )
    contributions: Connection[ContributionLink] = many(
        "edition_id",
        filter=ContributionFilter,
        narrow=matching,
        description="What was handed in, as far as you may see it; in an order that tells nothing.",
    )


@strawberry.type(description="A date from which others are counted, such as the summit; it can move.")
@lives(t.anchor, ("at", "id"), visible=everybody)
class Anchor(Node):
    edition: EditionLink | None = to_one("edition_id", description="The edition.")
    name: str = col(description="Its name in the process, as in `summit`.")
    title: str = anchor_title_here()
    at: datetime = col(description="The instant at which it begins.")
    moved_at: datetime | None = sql(derived_dates.anchor_moved_at, description="When it was moved last; null: never.")


@strawberry.type(description="A sub-theme of an edition.")
@lives(t.theme, ("code", "id"), visible=everybody)
class Theme(Node):
    edition: EditionLink | None = to_one("edition_id", description="The edition.")
    code: str = col(description="Its short name within the edition.")
    title: str = col(description="Its title.")
    resource_person: PersonLink | None = to_one(
        on=derived_mandates.advises_on, description="Who advises on it, while they are a resource person of the forum."
    )
    tracks: list[TrackLink] = listed(
        on=lambda row, other: derived.exists_in(t.track_theme, theme_id=row.c.id, track_id=other.c.id),
        description="The tracks that take it up.",
    )
