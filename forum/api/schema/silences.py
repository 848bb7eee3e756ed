"""Silence procedures: a text stands unless a member of the body objects; objections and reservations."""

from datetime import datetime

import strawberry

from ...reading.declare import Connection, col, lives, many, to_one
from ...reading.visibility import sees_objection, sees_reservation, sees_silence
from ...store.tables import names as t
from .acts import ActAnswer, acts_here
from .common import Node
from .links import (
    DocumentLink,
    ExtensionLink,
    ForumLink,
    ObjectionLink,
    OrganisationLink,
    ParagraphLink,
    ReservationLink,
    RevisionLink,
    SilenceLink,
)
from .redlines import PassageChange, changes_here
from .vocabularies import ObjectionAnswer, SilenceState


@strawberry.type(description="A text is put to a body: it stands unless somebody objects before the clock ends.")
@lives(t.silence, ("starts_at", "id"), visible=sees_silence)
class Silence(Node):
    document: DocumentLink | None = to_one("document_id", description="The text.")
    revision: RevisionLink | None = to_one("revision_id", description="The version that was put.")
    body: ForumLink | None = to_one("body_id", description="The body that was asked.")
    acts: list[ActAnswer] = acts_here("Silence")
    round: int = col(description="Which time the text lies before a body, counted from 1.")
    state: SilenceState = col(description="How it stands.")
    hours: int = col(description="How many hours it was begun for; `endsAt` is what counts.")
    starts_at: datetime = col(description="When it began.")
    ends_at: datetime = col(description="When it ends; who objects must do so before this instant.")
    closed_at: datetime | None = col(description="When it was closed, one way or the other.")
    words: str | None = col(description="The sentence that records how it ended.")
    objections: Connection[ObjectionLink] = many("silence_id", description="Who objected, and why.")
    reservations: Connection[ReservationLink] = many(
        "silence_id", description="Who let it pass with a reservation, as far as you may see it."
    )
    extensions: Connection[ExtensionLink] = many("silence_id", description="The times it was given more time.")
    changes: list[PassageChange] | None = changes_here()


@strawberry.type(description="A member of the body breaks the silence: seen by that body and the text's drafters.")
@lives(t.objection, ("broken_at", "id"), visible=sees_objection)
class Objection(Node):
    silence: SilenceLink | None = to_one("silence_id", description="The silence that was broken.")
    organisation: OrganisationLink | None = to_one("organisation_id", description="Who objected.")
    paragraph: ParagraphLink | None = to_one("paragraph_id", description="The paragraph, where it is about one.")
    reason: str = col(description="Why.")
    proposed_text: str | None = col(description="The words proposed instead.")
    broken_at: datetime = col(description="When.")
    answer: str | None = col(description="What the drafters answered; null while they have not.")
    answer_kind: ObjectionAnswer | None = col(description="What the drafters did about it.")
    answered_at: datetime | None = col(description="When they answered.")


@strawberry.type(
    description="A member of the body lets a text pass and says with what it cannot go along. Until the text has "
    "passed it is seen by the body that is asked and the text's drafters; then by the text's readers, where the "
    "process prints it."
)
@lives(t.reservation, ("placed_at", "id"), visible=sees_reservation)
class Reservation(Node):
    silence: SilenceLink | None = to_one("silence_id", description="The silence in which it was placed.")
    organisation: OrganisationLink | None = to_one(
        "organisation_id",
        description="Whose reservation it is. It stands under this name by the organisation's own will: to place one "
        "is to wish it printed so.",
    )
    paragraph: ParagraphLink | None = to_one("paragraph_id", description="The paragraph; null for the whole text.")
    words: str = col(description="What was reserved, as it is printed.")
    placed_at: datetime = col(description="When it was placed.")
    withdrawn_at: datetime | None = col(
        description="When it was taken back, or another took its place; null while it stands."
    )
    published: bool = col(description="Whether the text has passed and its readers see it.")
