"""A member of the body lets a text pass, and says with which paragraph of it that member cannot go along."""

from dataclasses import dataclass
from uuid import UUID

from ...errors import NotFound, ObjectionStands
from ...store import silences
from ...store.tables import schema as t
from ...store.unit import UnitOfWork, random_id
from ..core.act import ActContext, Command, Entry, Outcome, arg, need_state
from ..document import texts
from . import members as silent


@dataclass(frozen=True)
class PlaceReservation(Command):
    """Let a text that lies before your body pass, with a reservation on a paragraph of it or on the whole. It does not
    break the silence. Each member has one on each paragraph: placed again, the new one takes the place of the old; without
    words, it is taken back. Once the text has passed, it is printed under your organisation's name where the process
    prints reservations: whoever places one wishes that."""

    on = ("silence", "silence")
    creates = True
    gives = {"silence": "Silence", "reservation": "Reservation"}

    silence: UUID = arg("The silence you let pass.", of="Silence")
    words: str | None = arg(
        "Your reservation, as it is to be printed; left out: yours on it is taken back.", default=None
    )
    paragraph: UUID | None = arg("The paragraph it is about; left out: the whole text.", of="Paragraph", default=None)


async def place_reservation(do: PlaceReservation, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Refuses a silence that has ended, whoever acts for no member of the body, (ObjectionStands) a member that objected
    to the same passage in this round, and taking back where nothing stands."""
    need_state("place_reservation", context.row, "running")
    organisation = silent.need_member("place_reservation", context, context.row["body_id"])
    if do.paragraph is not None:
        await texts.need_paragraph(unit, context.row["document_id"], do.paragraph, "paragraph")
    standing = await silences.reservation(unit, context.place.id, organisation, do.paragraph)
    if standing is not None:
        await unit.change(t.reservation, standing["id"], withdrawn_at=context.now)
    about = {} if do.paragraph is None else {"paragraph": str(do.paragraph)}
    if do.words is None:
        if standing is None:
            raise NotFound(what="reservation of yours on this")
        entry = Entry("reservation", standing["id"], {**about, "withdrawn": True})
        return Outcome({"silence": context.place.id, "reservation": standing["id"]}, (entry,))
    objected = await silences.objections_of(unit, context.place.id, organisation, do.paragraph)
    if objected:
        raise ObjectionStands(round=context.row["round"], open_ids=objected).at_path("paragraph")
    id_ = random_id()
    row = {
        "id": id_,
        "silence_id": context.place.id,
        "paragraph_id": do.paragraph,
        "organisation_id": organisation,
        "words": texts.filled(do.words, "words"),
        "placed_at": context.now,
    }
    await unit.add(t.reservation, row)
    detail = {**about, **({} if standing is None else {"instead_of": str(standing["id"])})}
    return Outcome({"silence": context.place.id, "reservation": id_}, (Entry("reservation", id_, detail),))
