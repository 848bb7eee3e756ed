"""A frozen revision is put to a body: unless somebody objects before the instant, it passes by itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from ...errors import InvalidValue, NotFound, ObjectionsOpen
from ...store import silences
from ...store.bodies import FORUM_KINDS
from ...store.tables import schema as t
from ...store.unit import UnitOfWork, fresh
from ..core.act import ActContext, Command, Entry, Job, Outcome, arg
from ..document import texts
from . import members as silent

MOST_HOURS = 2_000


@dataclass(frozen=True)
class StartSilence(Command):
    """Put a document to a body by no objection. The text is frozen, the clock runs for the hours the process names, and
    the body's members may object to a paragraph until the instant it ends. After a round that was broken, the same begins
    the next round, once every objection has its answer."""

    on = ("document", "document")
    creates = True
    gives = {"document": "Document", "silence": "Silence"}

    document: UUID = arg("The document.", of="Document")
    body: UUID = arg("The body that is asked.", of="Forum")
    hours: int | None = arg("How long the silence lasts; left out: as the process says.", default=None)
    label: str | None = arg('What the revision is called, where one is frozen: "Rev.2".', default=None)


async def start_silence(do: StartSilence, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Refuses a closed or frozen document, an empty one, one of a kind that ends otherwise, a body the process does not
    ask, hours outside 1 to 2,000 or below the forum's minimum, and (ObjectionsOpen) objections without an answer."""
    document = texts.need_editable("start_silence", context)
    closing = texts.closing_of("start_silence", context, document, "no_objection")
    await _need_body(do.body, closing.by, context, unit)
    hours = _hours(closing.hours if do.hours is None else do.hours, context)
    round_ = await _next_round(unit, document["id"])
    if await unit.row(t.paragraph, document_id=document["id"], withdrawn=False) is None:
        raise InvalidValue(reason="There is no paragraph in it yet.").at_path("document")
    revision = await texts.frozen(context, unit, document, texts.maybe(do.label))
    row = {
        "id": fresh(),
        "document_id": document["id"],
        "revision_id": revision["id"],
        "body_id": do.body,
        "round": round_,
        "hours": hours,
        "starts_at": context.now,
        "ends_at": context.now + timedelta(hours=hours),
    }
    await unit.add(t.silence, row)
    await unit.change(t.document, document["id"], state="silence", audience="participants")
    await silent.tell_started(context, unit, row, document)
    return _outcome(row, revision)


def _outcome(row: Mapping[str, Any], revision: Mapping[str, Any]) -> Outcome:
    detail = {"hash": revision["hash"], "hours": row["hours"], "revision": revision["number"], "round": row["round"]}
    entries = (Entry("silence", row["id"], detail), Entry("document", row["document_id"], detail))
    ids = {"document": row["document_id"], "silence": row["id"]}
    return Outcome(ids, entries, (Job("close_silence", row["id"], row["ends_at"]),))


def _hours(hours: int, context: ActContext) -> int:
    least = context.definition().minimums.silence
    if not 1 <= hours <= MOST_HOURS:
        raise InvalidValue(reason=f"A silence lasts from 1 to {MOST_HOURS:,} hours, not {hours}.").at_path("hours")
    if least is not None and timedelta(hours=hours) < least:
        shortest = -(-int(least.total_seconds()) // 3600)
        raise InvalidValue(reason=f"In this forum a silence lasts at least {shortest} hours, not {hours}.").at_path(
            "hours"
        )
    return hours


async def _next_round(unit: UnitOfWork, document: UUID) -> int:
    """1 at first; after a broken round the next, once its objections are answered."""
    last = await silences.newest(unit, document)
    if last is None:
        return 1
    count, ids = await silences.objections_open(unit, last["id"])
    if count:
        raise ObjectionsOpen(round=last["round"], open_count=count, open_ids=ids).at_path("document")
    return last["round"] + 1


async def _need_body(id_: UUID, by: str, context: ActContext, unit: UnitOfWork) -> None:
    """The body is this forum's, or the forum itself, and of the kind that the process asks."""
    body = await unit.row(t.forum, id=id_)
    forums = (context.place.forum_id, *context.place.convened_by)
    if body is None or (body["id"] not in forums and body["parent_id"] not in forums):
        raise NotFound(what="body of this forum").at_path("body")
    if by in FORUM_KINDS and body["kind"] != by:
        raise InvalidValue(reason=f"The process puts this text to a {by}; {body['name']} is a {body['kind']}.").at_path(
            "body"
        )
