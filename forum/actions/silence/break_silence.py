"""A member of the body that is asked objects before the silence ends, with a reason."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.silence import Objection, Silence, need_running
from ...domain.text import filled, maybe_composed
from ...store import silences
from ...store.records import add
from ...store.steps import Store
from ...store.unit import random_id
from ..core.act import ActContext, Command, Entry, Outcome, arg
from ..document.scope import need_paragraph
from .members import need_member


@dataclass(frozen=True)
class BreakSilence(Command):
    """Object to a text that lies before your body, or to one of its paragraphs; to several, one by one. The clock runs
    on, so that others may object as well; at its end the text goes back to its drafters. Who objected, and why, is read
    by the body that is asked and by the text's drafters, by nobody else."""

    on = ("silence", "silence")
    creates = True
    gives = {"silence": "Silence", "objection": "Objection"}

    silence: UUID = arg("The silence to break.", of="Silence")
    reason: str = arg("Why, for the drafters and the members of the body.")
    paragraph: UUID | None = arg(
        "The paragraph that is contested; left out: the whole text.", of="Paragraph", default=None
    )
    proposed_text: str | None = arg("The words you could agree to.", default=None)


async def break_silence(do: BreakSilence, context: ActContext, store: Store) -> Outcome:
    """Refuses a silence that has ended, whoever acts for no member of the body, and an empty reason. A reservation of
    the same member on the same passage gives way: one cannot let pass what one objects to."""
    silence = context.target(Silence)
    need_running("break_silence", silence)
    organisation = need_member("break_silence", context, silence.body_id)
    if do.paragraph is not None:
        await need_paragraph(store, silence.document_id, do.paragraph, "paragraph")
    objection = Objection(
        id=random_id(),
        silence_id=silence.id,
        paragraph_id=do.paragraph,
        organisation_id=organisation,
        reason=filled(do.reason, "reason"),
        proposed_text=maybe_composed(do.proposed_text),
        broken_at=context.now,
    )
    await store.write(add(objection))
    gone = await store.write(silences.reservations_give_way(silence.id, organisation, do.paragraph, context.now))
    detail = {} if do.paragraph is None else {"paragraph": str(do.paragraph)}
    lines = tuple(Entry("reservation", reservation, {"withdrawn": True}) for reservation in gone)
    ids = {"silence": silence.id, "objection": objection.id}
    return Outcome(ids, (Entry("objection", objection.id, detail), *lines))
