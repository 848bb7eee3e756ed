"""A frozen revision is put to a body: unless somebody objects before the instant, it passes by itself."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from ..errors import InvalidValue, NotFound
from ..store import tables as t
from ..store.bodies import FORUM_KINDS
from ..store.unit import Unit, fresh
from . import _texts as texts
from .deeds import Command, Entry, Job, Moment, Outcome, arg

MOST_HOURS = 2_000


@dataclass(frozen=True)
class StartNoObjection(Command):
    """Put a document to a body by no objection. The text is frozen, the clock runs for the hours the process names, and
    the body's members may object to a paragraph until the instant it ends."""

    on = ("document", "document")
    creates = True
    gives = {"document": "Document", "silence": "Silence"}

    document: UUID = arg("The document.", of="Document")
    body: UUID = arg("The body that is asked.", of="Forum")
    hours: int | None = arg("How long the silence lasts; left out: as the process says.", default=None)
    label: str | None = arg('What the revision is called, where one is frozen: "Rev.2".', default=None)


async def start_no_objection(do: StartNoObjection, at: Moment, unit: Unit) -> Outcome:
    """Refuses a closed or frozen document, one of a kind that ends otherwise, a body the process does not ask, and hours
    outside 1 to 2,000."""
    document = texts.need_editable("start_no_objection", at)
    closing = texts.closing_of("start_no_objection", at, document, "no_objection")
    await _need_body(do.body, closing.by, at, unit)
    hours = closing.hours if do.hours is None else do.hours
    if not 1 <= hours <= MOST_HOURS:
        raise InvalidValue(reason=f"A silence lasts from 1 to {MOST_HOURS:,} hours, not {hours}.").at("hours")
    revision = await texts.frozen(at, unit, document, texts.maybe(do.label))
    ends_at = at.now + timedelta(hours=hours)
    row = {
        "id": fresh(),
        "document_id": document["id"],
        "revision_id": revision["id"],
        "body_id": do.body,
        "hours": hours,
        "starts_at": at.now,
        "ends_at": ends_at,
    }
    await unit.add(t.silence, row)
    await unit.change(t.document, document["id"], state="silence", audience="participants")
    detail = {"hash": revision["hash"], "hours": hours, "revision": revision["number"]}
    entries = (Entry("silence", row["id"], detail), Entry("document", document["id"], detail))
    ids = {"document": document["id"], "silence": row["id"]}
    return Outcome(ids, entries, (Job("close_silence", row["id"], ends_at),))


async def _need_body(id_: UUID, by: str, at: Moment, unit: Unit) -> None:
    """The body is this forum's, or the forum itself, and of the kind that the process asks."""
    body = await unit.row(t.forum, id=id_)
    forums = (at.place.forum_id, *at.place.convened_by)
    if body is None or (body["id"] not in forums and body["parent_id"] not in forums):
        raise NotFound(what="body of this forum").at("body")
    if by in FORUM_KINDS and body["kind"] != by:
        raise InvalidValue(reason=f"The process puts this text to a {by}; {body['name']} is a {body['kind']}.").at("body")
