"""What each act can be done on, and with which words: the fields of its command, for every thing it fits just now.

What is listed first brings the track on: what is unanswered, unsourced, open. Acts that do nothing to a track's way to
its end (`decline_call`, `record_meeting` ...) are not played.
"""

import datetime as dt
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from forum.actions.call.issue_call import SectionAsked
from forum.store.unit import UnitOfWork
from forum.workflow.closings import pending
from forum.workflow.effects import ENDED_BY
from forum.workflow.process import Process, Stage, Track

from .world import World

DAY = dt.timedelta(days=1)
ASKED = (SectionAsked(code="a", prompt="What works?", required=False),)
Fields = dict[str, Any]


@dataclass
class Place:
    """Where an act is to be done: the track, and what is there."""

    unit: UnitOfWork
    world: World
    process: Process
    path: Track
    stage: Stage
    track: UUID
    now: dt.datetime
    ends_at: dt.datetime | None
    chance: Random

    async def all(self, query: str, **more: Any) -> list[Mapping[str, Any]]:
        found = await self.unit.run(sa.text(query), {"track": self.track, **more})
        return [dict(row) for row in found]

    def soon(self, *days: float) -> dt.datetime:
        """An instant ahead, within the edition."""
        wanted = self.now + self.chance.choice(days) * DAY
        if self.ends_at is not None and wanted > self.ends_at:
            wanted = self.now + (self.ends_at - self.now) * 0.5
        return wanted


async def issue_call(place: Place) -> list[Fields]:
    given = {"track": place.track, "title": "Call", "text": "Please write.", "zone": "UTC", "sections": ASKED}
    return [given, {**given, "closes_at": place.soon(8, 15, 40)}]


async def permit_late_contribution(place: Place) -> list[Fields]:
    calls = await place.all("SELECT id, coalesce(late_until, closes_at) AS over FROM call WHERE track_id = :track")
    who = place.chance.choice(list(place.world.organisations.values()))
    given = {"organisation": who, "reason": "Asked for."}
    days = place.chance.choice((1, 9)) * DAY
    return [{"call": row["id"], "until": max(place.now, row["over"]) + days, **given} for row in calls]


async def record_contribution(place: Place) -> list[Fields]:
    calls = await place.all("SELECT id FROM call WHERE track_id = :track ORDER BY id")
    return [{"call": row["id"], "title": "By post", "language": "en"} for row in calls]


def _of_inputs(*states: str) -> Callable[[Place], Awaitable[list[Fields]]]:
    async def find(place: Place) -> list[Fields]:
        query = "SELECT id FROM contribution WHERE track_id = :track AND state = ANY(:states) ORDER BY id"
        return [{"contribution": row["id"]} for row in await place.all(query, states=list(states))]

    return find


async def return_contribution(place: Place) -> list[Fields]:
    found = await _of_inputs("submitted", "admitted")(place)
    return [{**fields, "reason": "Unclear.", "mend_until": place.soon(1, 5)} for fields in found]


async def withdraw_call(place: Place) -> list[Fields]:
    calls = await place.all("SELECT id FROM call WHERE track_id = :track AND state = 'open' ORDER BY id")
    return [{"call": row["id"], "reason": "By mistake."} for row in calls]


async def withdraw_recorded_contribution(place: Place) -> list[Fields]:
    query = "SELECT id FROM contribution WHERE track_id = :track AND on_behalf ORDER BY id"
    return [{"contribution": row["id"], "reason": "By mistake."} for row in await place.all(query)]


async def draft_document(place: Place) -> list[Fields]:
    given = {"track": place.track, "title": "A text", "language": "en"}
    kinds = place.chance.sample(place.path.documents, len(place.path.documents))
    return [{**given, "kind": kind, "symbol": f"S/{uuid4().hex[:12]}"} for kind in kinds]


async def _texts(place: Place, *states: str) -> list[Mapping[str, Any]]:
    query = "SELECT id, kind, state FROM document WHERE track_id = :track AND state = ANY(:states) ORDER BY id"
    return await place.all(query, states=list(states))


async def withdraw_document(place: Place) -> list[Fields]:
    return [{"document": row["id"], "reason": "By mistake."} for row in await _texts(place, "draft")]


async def write_paragraph(place: Place) -> list[Fields]:
    found = await place.all(
        "SELECT id FROM document d WHERE track_id = :track AND state IN ('draft', 'circulated')"
        " ORDER BY EXISTS (SELECT FROM paragraph p WHERE p.document_id = d.id AND NOT p.withdrawn), id"
    )
    return [{"document": row["id"], "text": "Migrants need access to services."} for row in found]


async def add_recommendation(place: Place) -> list[Fields]:
    found = await _texts(place, "draft", "circulated")
    return [{"document": row["id"], "heading": "Do it"} for row in found]


async def cite_source(place: Place) -> list[Fields]:
    unsourced = await place.all(
        "SELECT p.id, p.document_id FROM paragraph p JOIN document d ON d.id = p.document_id WHERE d.track_id = :track"
        " AND NOT p.withdrawn AND d.state IN ('draft', 'circulated')"
        " ORDER BY EXISTS (SELECT FROM source s WHERE s.paragraph_id = p.id), p.id"
    )
    inputs = await place.all(
        "SELECT id FROM contribution WHERE track_id = :track AND state IN ('submitted', 'admitted', 'returned')"
        " ORDER BY id LIMIT 2"
    )
    ends = [f"Contribution:{row['id']}" for row in inputs]
    others = [f"Paragraph:{row['id']}" for row in unsourced]
    return [
        {"document": row["document_id"], "paragraph": row["id"], "source": end}
        for row in unsourced
        for end in (*ends, *others)
        if end != f"Paragraph:{row['id']}"
    ]


async def withdraw_paragraph(place: Place) -> list[Fields]:
    found = await place.all(
        "SELECT p.id, p.revision FROM paragraph p JOIN document d ON d.id = p.document_id WHERE d.track_id = :track"
        " AND NOT p.withdrawn AND d.state IN ('draft', 'circulated')"
        " ORDER BY EXISTS (SELECT FROM source s WHERE s.paragraph_id = p.id), p.id"
    )
    return [{"paragraph": row["id"], "expected_revision": row["revision"], "reason": "Not needed."} for row in found]


async def revise_paragraph(place: Place) -> list[Fields]:
    found = await place.all(
        "SELECT p.id, p.revision, p.withdrawn FROM paragraph p JOIN document d ON d.id = p.document_id"
        " WHERE d.track_id = :track AND d.state IN ('draft', 'circulated') ORDER BY p.withdrawn DESC, p.id"
    )
    given = {"text": "Other words."}
    return [
        {"paragraph": row["id"], "expected_revision": row["revision"], "put_back": row["withdrawn"], **given}
        for row in found
    ]


async def circulate_document(place: Place) -> list[Fields]:
    found = await _texts(place, "draft", "circulated")
    closes = place.soon(2, 10, 30), place.soon(30)
    return [{"document": row["id"], "label": "Rev.", "comments_close_at": at} for row in found for at in closes]


async def add_comment(place: Place) -> list[Fields]:
    return [{"document": row["id"], "text": "We would say it otherwise."} for row in await _texts(place, "circulated")]


async def _answers(place: Place) -> list[tuple[UUID, str, UUID | None]]:
    """Document, what is answered, a paragraph to name: first what has no answer at all, then none in this text."""
    found = await place.all(
        "SELECT d.id AS document, 'Contribution:' || c.id AS subject,"
        "  EXISTS (SELECT FROM disposition x WHERE x.contribution_id = c.id) AS answered"
        " FROM contribution c JOIN document d ON d.track_id = c.track_id WHERE c.track_id = :track"
        "  AND c.state IN ('submitted', 'admitted', 'returned')"
        "  AND NOT EXISTS (SELECT FROM disposition x WHERE x.contribution_id = c.id AND x.document_id = d.id)"
        " UNION ALL SELECT d.id, 'Comment:' || k.id, false FROM comment k JOIN document d ON d.id = k.document_id"
        " WHERE d.track_id = :track AND NOT EXISTS (SELECT FROM disposition x WHERE x.comment_id = k.id)"
        " ORDER BY answered, subject, document"
    )
    named = await place.all(
        "SELECT p.document_id, p.id FROM paragraph p JOIN document d ON d.id = p.document_id"
        " WHERE d.track_id = :track AND NOT p.withdrawn"
    )
    paragraph = {row["document_id"]: row["id"] for row in named}
    return [(row["document"], row["subject"], paragraph.get(row["document"])) for row in found]


async def record_disposition(place: Place) -> list[Fields]:
    words = list(place.process.dispositions)
    return [
        {"document": document, "subject": subject, "word": word, "paragraph": paragraph}
        for document, subject, paragraph in await _answers(place)
        for word in words
    ]


async def record_joint_disposition(place: Place) -> list[Fields]:
    words = list(place.process.dispositions)
    return [
        {"document": document, "subjects": (subject,), "word": word, "reason": "Seen together."}
        for document, subject, _ in await _answers(place)
        for word in words
    ]


def _closings(act: str) -> Callable[[Place], Awaitable[list[Fields]]]:
    async def find(place: Place) -> list[Fields]:
        kinds = place.process.documents
        found = await place.all(
            "SELECT * FROM document WHERE track_id = :track AND state <> 'silence' ORDER BY id",
        )
        mine = [
            row for row in found
            if (ends := pending(place.process, row["kind"], row["closing"])) is not None and ends.name in ENDED_BY[act]
        ]  # fmt: skip
        if act == "start_silence":
            bodies = place.world.bodies
            return [{"document": row["id"], "body": bodies[place.process.closings[kinds[row["kind"]].closing].by]}
                    for row in mine if place.process.closings[kinds[row["kind"]].closing].by in bodies]  # fmt: skip
        return [{"document": row["id"]} for row in mine]

    return find


def _of_silences(state: str, **fields: str) -> Callable[[Place], Awaitable[list[Fields]]]:
    async def find(place: Place) -> list[Fields]:
        query = (
            "SELECT s.id FROM silence s JOIN document d ON d.id = s.document_id WHERE d.track_id = :track"
            " AND s.state = :state ORDER BY s.id"
        )
        return [{"silence": row["id"], **fields} for row in await place.all(query, state=state)]

    return find


async def answer_objection(place: Place) -> list[Fields]:
    found = await place.all(
        "SELECT o.id, o.silence_id FROM objection o JOIN silence s ON s.id = o.silence_id"
        " JOIN document d ON d.id = s.document_id WHERE d.track_id = :track ORDER BY o.answered_at IS NOT NULL, o.id"
    )
    given = {"kind": "explained", "text": "As agreed."}
    return [{"silence": row["silence_id"], "objection": row["id"], **given} for row in found]


async def advance_stage(place: Place) -> list[Fields]:
    return [{"track": place.track, "to": to} for to in place.chance.sample(place.stage.to, len(place.stage.to))]


async def extend_window(place: Place) -> list[Fields]:
    given = {"closes_at": place.soon(20, 60), "reason": "Asked for."}
    calls = await place.all("SELECT id FROM call WHERE track_id = :track AND state = 'open'")
    found = [{"call": row["id"], **given} for row in calls]
    silences = await _of_silences("running")(place)
    return [*found, *({**one, **given} for one in silences), {"track": place.track, **given}]


TARGETS: Mapping[str, Callable[[Place], Awaitable[list[Fields]]]] = {
    "issue_call": issue_call,
    "withdraw_call": withdraw_call,
    "withdraw_recorded_contribution": withdraw_recorded_contribution,
    "permit_late_contribution": permit_late_contribution,
    "record_contribution": record_contribution,
    "receive_contribution": _of_inputs("submitted"),
    "admit_contribution": _of_inputs("submitted"),
    "withdraw_contribution": _of_inputs("submitted"),
    "return_contribution": return_contribution,
    "draft_document": draft_document,
    "withdraw_document": withdraw_document,
    "write_paragraph": write_paragraph,
    "add_recommendation": add_recommendation,
    "revise_paragraph": revise_paragraph,
    "cite_source": cite_source,
    "withdraw_paragraph": withdraw_paragraph,
    "circulate_document": circulate_document,
    "add_comment": add_comment,
    "record_disposition": record_disposition,
    "record_joint_disposition": record_joint_disposition,
    "issue_document": _closings("issue_document"),
    "endorse_document": _closings("endorse_document"),
    "start_silence": _closings("start_silence"),
    "break_silence": _of_silences("running", reason="We cannot agree."),
    "place_reservation": _of_silences("running", words="We go along, with a reservation."),
    "answer_objection": answer_objection,
    "advance_stage": advance_stage,
    "extend_window": extend_window,
}
