"""A frozen revision is put to a body: unless somebody objects before the instant, it passes by itself."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from ...domain.agreement import AgreementPurpose
from ...domain.body import Forum
from ...domain.document import MOST_NAME, Revision, put_to_body
from ...domain.silence import Silence, need_hours, reminds_at
from ...domain.text import maybe_line
from ...errors import NotFound, ObjectionsOpen
from ...store import silences
from ...store.records import add, by_id, change
from ...store.steps import Store
from ...store.unit import fresh
from ...workflow.definition_parts import Closing
from ..agreement.agreeing import need_agreed, use_here
from ..core.act import ActContext, Command, Entry, Job, Outcome, arg
from ..document.closing import closing_of, need_kind
from ..document.freezing import frozen
from ..document.scope import editable, need_any_paragraph
from .members import reminder, tell_started


@dataclass(frozen=True)
class StartSilence(Command):
    """Put a document to a body by no objection. The text is frozen, the clock runs for the hours the process names, and
    the body's members may object to a paragraph until the instant it ends. After a round that was broken, the same
    begins the next round, once every objection has its answer."""

    on = ("document", "document")
    creates = True
    gives = {"document": "Document", "silence": "Silence"}

    document: UUID = arg("The document.", of="Document")
    body: UUID = arg("The body that is asked.", of="Forum")
    hours: int | None = arg("How long the silence lasts; left out: as the process says.", default=None)
    label: str | None = arg('What the revision is called, where one is frozen: "Rev.2".', default=None)


async def start_silence(do: StartSilence, context: ActContext, store: Store) -> Outcome:
    """Refuses a closed or frozen document, an empty one, one of a kind that ends otherwise, a body the process does not
    ask or that has not agreed (AgreementMissing), hours outside 1 to 2,000 or below the forum's minimum, and
    (ObjectionsOpen) objections without an answer."""
    before = editable("start_silence", context)
    closing = closing_of("start_silence", context, before)
    await _need_body(do.body, closing, context, store)
    least = context.definition().least("silence", context.track)
    hours = need_hours(closing.hours if do.hours is None else do.hours, least)
    round_ = await _next_round(store, before.id)
    await need_any_paragraph(store, before.id)
    document, revision = await frozen(context, store, before, maybe_line(do.label, MOST_NAME, "label"))
    ends_at = context.now + timedelta(hours=hours)
    silence = Silence(
        id=fresh(),
        document_id=document.id,
        revision_id=revision.id,
        body_id=do.body,
        round=round_,
        hours=hours,
        starts_at=context.now,
        ends_at=ends_at,
        remind_at=reminds_at(ends_at, closing.reminder_hours, context.now),
    )
    await store.write(add(silence))
    await store.write(change(document, put_to_body(document)))
    await tell_started(context, store, silence, document)
    return _outcome(silence, revision)


def _outcome(silence: Silence, revision: Revision) -> Outcome:
    detail = {"hash": revision.hash, "hours": silence.hours, "revision": revision.number, "round": silence.round}
    entries = (Entry("silence", silence.id, detail), Entry("document", silence.document_id, detail))
    ids = {"document": silence.document_id, "silence": silence.id}
    return Outcome(ids, entries, (Job("close_silence", silence.id, silence.ends_at), *reminder(silence)))


async def _next_round(store: Store, document: UUID) -> int:
    """1 at first; after a broken round the next, once its objections are answered."""
    last = await store.ask(silences.newest(document))
    if last is None:
        return 1
    count, ids = await store.ask(silences.objections_open(last.id))
    if count:
        raise ObjectionsOpen(round=last.round, open_count=count, open_ids=ids).at_path("document")
    return last.round + 1


async def _need_body(id_: UUID, closing: Closing, context: ActContext, store: Store) -> None:
    """The body is this forum's, or the forum itself, of the kind that the process asks, and has agreed where it is that
    of a convenor."""
    body = await store.ask(by_id(Forum, id_))
    forums = (context.place.forum_id, *context.place.convened_by)
    if body is None or (body.id not in forums and body.parent_id not in forums):
        raise NotFound(what="body of this forum").at_path("body")
    need_kind(closing, body)
    await need_agreed(context, store, use_here(context, AgreementPurpose.ENDORSE), (body,), "body")
