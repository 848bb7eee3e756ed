"""Requests for contributions: what is asked, of whom, until when, and who has answered."""

import enum
from datetime import datetime
from typing import Any

import strawberry

from ...reading import derived
from ...reading.declare import Connection, arg, col, listed, lives, many, part, to_one
from ...reading.visibility import everybody, sees_addressee
from ...reading.visibility_corrections import of_call
from ...store.tables import names as t
from .acts import ActAnswer, acts_here
from .common import Node, Text, value
from .contribution_filter import ContributionFilter, matching
from .links import (
    AddresseeLink,
    CallLink,
    CallSectionLink,
    ContributionLink,
    CorrectionLink,
    EditionLink,
    ExtensionLink,
    ForumLink,
    LatePermitLink,
    OrganisationLink,
    ReminderLink,
    TrackLink,
)
from .scalars import LanguageTag
from .vocabularies import Answer, CallState, LengthUnit


@strawberry.enum(description="In which order calls are listed.")
class CallOrder(enum.Enum):
    CLOSES_FIRST = value("closes_first", "The next deadline first.")
    CLOSES_LAST = value("closes_last", "The latest deadline first.")


@strawberry.input(description="Which calls: fields are AND.")
class CallFilter:
    state: CallState | None = strawberry.field(default=strawberry.UNSET, description="In this state.")
    forum: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Of this forum.")
    edition: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Of this edition.")
    language: LanguageTag | None = strawberry.field(default=strawberry.UNSET, description="That take this language.")


_SAME = {"state": "state", "forum": "forum_id", "edition": "edition_id"}
ORDERS = {"CLOSES_FIRST": ("closes_at", "id"), "CLOSES_LAST": ("-closes_at", "-id")}


def narrowed(other: Any, arguments: Any) -> list[Any]:
    """The conditions of a CallFilter."""
    where = [other.c[column] == arguments[name] for name, column in _SAME.items() if name in arguments]
    return [*where, arguments["language"] == derived.any_of(other.c.languages)] if "language" in arguments else where


def _addressees(other: Any, arguments: Any) -> list[Any]:
    return [other.c.answer == arguments["answer"]] if "answer" in arguments else []


@strawberry.type(description="A request for contributions.")
@lives(t.call, ("closes_at", "id"), visible=everybody)
class Call(Node):
    title: str = col(description="Its title.")
    acts: list[ActAnswer] = acts_here("Call")
    text: Text = part(description="What is asked for.")
    forum: ForumLink | None = to_one("forum_id", description="The forum that asks.")
    edition: EditionLink | None = to_one("edition_id", description="The edition.")
    track: TrackLink | None = to_one("track_id", description="The track.")
    sections: list[CallSectionLink] = listed("call_id", description="Its sections and questions, in order.")
    opens_at: datetime = col(description="From when it takes contributions.")
    opened_at: datetime | None = col(description="When it was opened; null while that is ahead.")
    closes_at: datetime = col(description="The deadline: from this instant on it takes none.")
    late_until: datetime | None = col(
        description="The end of the grace after the deadline: until then an input is taken and marked late; null: none."
    )
    closed_at: datetime | None = col(description="When it was closed; null while it is open.")
    time_zone: str = col(
        "zone", description="The zone in which the deadline was named; show it in the reader's as well."
    )
    state: CallState = col(description="Whether it was closed.")
    languages: list[LanguageTag] = col(description="In which languages it takes contributions.")
    addressees: Connection[AddresseeLink] = many(
        "call_id",
        args={"answer": arg(Answer | None, "Only those with this answer.", strawberry.UNSET)},
        narrow=_addressees,
        description="Who was asked: the secretariat sees all, everybody else the own lines.",
    )
    extensions: list[ExtensionLink] = listed("call_id", description="Where it was given more time, with the reasons.")
    reminds: bool = col(
        "reminders", description="Whether its addressees are reminded, on the days that the process names."
    )
    reminders: list[ReminderLink] = listed("call_id", description="The rounds of reminders; for the secretariat.")
    late_permits: list[LatePermitLink] = listed(
        "call_id",
        description="Who may still hand in after the deadline: the secretariat sees all, an organisation its own.",
    )
    contributions: Connection[ContributionLink] = many(
        "call_id", filter=ContributionFilter, narrow=matching, description="What came in, as far as you may see it."
    )
    corrections: Connection[CorrectionLink] = many(
        on=of_call,
        description="Inputs that were entered on behalf of their authors and taken back, with the reasons: the team "
        "sees all, everybody else those of their own side.",
    )


@strawberry.type(description="A section or question of a call.")
@lives(t.call_section, ("ordinal", "id"), visible=everybody)
class CallSection(Node):
    ordinal: int = col(description="Its place, from 1.")
    code: str = col(description="Its short name: a contribution's section names it.")
    prompt: str = col(description="What is asked.")
    min_length: int = col(description="The least length; counted only where something is written.")
    max_length: int = col(description="The greatest length.")
    unit: LengthUnit = col(description="In what lengths are counted.")
    required: bool = col(description="Whether it must be answered.")


@strawberry.type(description="An organisation that was asked, and its answer.")
@lives(t.addressee, ("id",), visible=sees_addressee)
class Addressee(Node):
    call: CallLink | None = to_one("call_id", description="The call.")
    organisation: OrganisationLink | None = to_one("organisation_id", description="Who was asked.")
    answer: Answer = col(description="What it answered.")
    reason: str | None = col(description="Why it sends none, in its own words.")
    answered_at: datetime | None = col(description="When it answered; null while it has not.")
