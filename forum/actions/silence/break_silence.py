"""A member of the body that is asked objects before the silence ends, with a reason."""

from dataclasses import dataclass
from uuid import UUID

from ...store import silences
from ...store.tables import schema as t
from ...store.unit import UnitOfWork, random_id
from ..core.act import ActContext, Command, Entry, Outcome, arg, need_state
from ..document import texts
from . import members as silent


@dataclass(frozen=True)
class BreakSilence(Command):
    """Object to a text that lies before your body, or to one of its paragraphs; to several, one by one. The clock runs
    on, so that others may object as well; at its end the text goes back to its drafters. Who objected, and why, is read by
    the body that is asked and by the text's drafters, by nobody else."""

    on = ("silence", "silence")
    creates = True
    gives = {"silence": "Silence", "objection": "Objection"}

    silence: UUID = arg("The silence to break.", of="Silence")
    reason: str = arg("Why, for the drafters and the members of the body.")
    paragraph: UUID | None = arg(
        "The paragraph that is contested; left out: the whole text.", of="Paragraph", default=None
    )
    proposed_text: str | None = arg("The words you could agree to.", default=None)


async def break_silence(do: BreakSilence, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Refuses a silence that has ended, whoever acts for no member of the body, and an empty reason. A reservation of
    the same member on the same passage gives way: one cannot let pass what one objects to."""
    need_state("break_silence", context.row, "running")
    organisation = silent.need_member("break_silence", context, context.row["body_id"])
    if do.paragraph is not None:
        await texts.need_paragraph(unit, context.row["document_id"], do.paragraph, "paragraph")
    id_ = random_id()
    row = {
        "id": id_,
        "silence_id": context.place.id,
        "paragraph_id": do.paragraph,
        "organisation_id": organisation,
        "reason": texts.filled(do.reason, "reason"),
        "proposed_text": texts.maybe(do.proposed_text),
        "broken_at": context.now,
    }
    await unit.add(t.objection, row)
    gone = await silences.reservations_give_way(unit, context.place.id, organisation, do.paragraph, context.now)
    detail = {} if do.paragraph is None else {"paragraph": str(do.paragraph)}
    lines = tuple(Entry("reservation", one, {"withdrawn": True}) for one in gone)
    return Outcome({"silence": context.place.id, "objection": id_}, (Entry("objection", id_, detail), *lines))
