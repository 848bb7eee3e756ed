"""A closed, frozen text is sent to another forum's edition, where it arrives as a contribution."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ...domain import lengths
from ...domain.author import Author
from ...domain.contribution import AuthorKind, Contribution
from ...errors import NotFound, TransmissionNotAllowed, WrongState
from ...store import authors
from ...store import texts as stored
from ...store.tables import schema as t
from ...store.unit import UnitOfWork, fresh, random_id
from ..contribution.freezing import freeze
from ..core.act import ActContext, Command, Entry, Outcome, arg, need_state
from . import texts


@dataclass(frozen=True)
class TransmitDocument(Command):
    """Send a closed document to a track of another edition on this service. There it is a contribution with a receipt,
    each numbered paragraph a section that knows where it came from, and waits to be received."""

    on = ("document", "document")
    creates = True
    gives = {"transmission": "Transmission", "contribution": "Contribution"}

    document: UUID = arg("The document to send.", of="Document")
    to_track: UUID = arg("The track that is to have it.", of="Track")


async def transmit_document(do: TransmitDocument, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Refuses a text that is not closed, a receiver that the process does not send this kind to, one that is not running,
    and one that has this revision already."""
    need_state("transmit_document", context.row, *texts.CLOSED)
    receiver = await _receiver(do, context, unit)
    revision = await stored.newest_revision(unit, context.place.id)
    if revision is None:
        raise WrongState(act="transmit_document", state="without a frozen revision", needs=("a revision",))
    if await unit.row(t.transmission, revision_id=revision["id"], to_track_id=do.to_track):
        raise WrongState(
            act="transmit_document", state="there already", needs=("a track that does not have it",)
        ).at_path("toTrack")
    contribution, received = await _arrive(context, unit, receiver)
    id_ = fresh()
    row = {
        "id": id_,
        "document_id": context.place.id,
        "revision_id": revision["id"],
        "kind": "contribution",
        "to_track_id": do.to_track,
        "contribution_id": contribution,
        "hash": revision["hash"],
        "sent_at": context.now,
    }
    await unit.add(t.transmission, row)
    sent = Entry("document", context.place.id, {"hash": revision["hash"], "to": f"Track:{do.to_track}"})
    came = Entry("contribution", contribution, {"from": f"Document:{context.place.id}", "hash": received})
    return Outcome({"transmission": id_, "contribution": contribution}, (sent, came))


async def _receiver(do: TransmitDocument, context: ActContext, unit: UnitOfWork) -> Mapping[str, Any]:
    """The receiving track with its edition's forum. Refuses one the sender's process does not allow."""
    found = await stored.receiver(unit, do.to_track)
    if found is None:
        raise NotFound(what="track").at_path("toTrack")
    if found["state"] != "running" or found["hash"] is None:
        raise WrongState(act="transmit_document", state=found["state"], needs=("a running edition",)).at_path("toTrack")
    process = context.processes.get(found["hash"], found["text"])
    kind = context.row["kind"]
    allowed = tuple(to for rule in context.definition().transmissions if rule.document == kind for to in rule.to)
    track = f"{process.name}/{found['definition']}"
    if not {process.name, process.layer, track} & set(allowed):
        sender = context.definition().name
        refused = TransmissionNotAllowed(process=sender, document=kind, receiver=track, allowed=allowed)
        raise refused.at_path("toTrack")
    return found


async def _arrive(context: ActContext, unit: UnitOfWork, receiver: Mapping[str, Any]) -> tuple[UUID, str]:
    """The contribution as which the text arrives, with its receipt; its id, and the hash of what was received."""
    id_, document = random_id(), context.row
    sections = _sections(
        document["title"], await stored.paragraphs(unit, context.place.id), await stored.parts(unit, context.place.id)
    )
    row = {
        "id": id_,
        "track_id": receiver["id"],
        "edition_id": receiver["edition_id"],
        "forum_id": receiver["convened_as_id"] or receiver["forum_id"],
        "title": document["title"],
        "language": document["language"],
        "state": "draft",
        # What everybody may read at its origin, everybody may read where it arrives.
        "visibility": "public" if document["audience"] == "public" else "participants",
        "attribution": "forum",
        "label": await texts.body_name(unit, context.place.forum_id),
        "kind": "received",
        "length": sum(lengths.count(s["markdown"], document["language"]) for s in sections),
    }
    await unit.add(t.contribution, row)
    author = Author(AuthorKind.FORUM, forum=context.place.forum_id)
    person, mandate = context.person.id if context.person else None, context.doer.mandate.id
    await unit.write(
        authors.record(
            "contribution", id_, author, context.now, person=person, mandate=mandate, submitted_at=context.now
        )
    )
    await unit.add(t.contribution_section, *[{"id": random_id(), "contribution_id": id_, **s} for s in sections])
    sealed = await freeze(unit, Contribution(**row))
    receipt = {"receipt_number": sealed.number, "receipt_hash": sealed.hash, "submitted_at": context.now}
    await unit.change(t.contribution, id_, state="submitted", **receipt)
    return id_, sealed.hash


def _sections(
    title: str, rows: Sequence[Mapping[str, Any]], headings: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Each numbered paragraph as a section, with what belongs to it (a conclusion's bullets) below."""
    heading = {part["ordinal"]: part["heading"] for part in headings}
    standing = [row for row in rows if not row["withdrawn"]]
    own = {row["id"] for row in standing if row["number"] is not None}
    below: dict[UUID, list[str]] = {}
    for row in standing:
        if row["parent_id"] in own and row["id"] not in own:
            mark = "- " if row["kind"] == "bullet" else ""
            below.setdefault(row["parent_id"], []).append(mark + row["markdown"])
    numbered = [row for row in standing if row["id"] in own]
    return [
        {
            "ordinal": n,
            "code": row["w_id"],
            "heading": f"{row['number']}. {heading.get(row['section'], title)}",
            "markdown": "\n\n".join([row["markdown"], *below.get(row["id"], ())]),
            "origin_paragraph_id": row["id"],
        }
        for n, row in enumerate(numbered, 1)
    ]
