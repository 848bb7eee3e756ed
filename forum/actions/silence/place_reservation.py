"""A member of the body lets a text pass, and says with which paragraph of it that member cannot go along."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.silence import Reservation, Silence, need_running, take_back
from ...domain.text import filled
from ...errors import NotFound, ObjectionStands
from ...store import silences
from ...store.records import add, change, first
from ...store.steps import Store
from ...store.unit import random_id
from ..core.act import ActContext, Command, Entry, Outcome, arg
from ..document.scope import need_paragraph
from .members import need_member


@dataclass(frozen=True)
class PlaceReservation(Command):
    """Let a text that lies before your body pass, with a reservation on a paragraph of it or on the whole. It does not
    break the silence. Each member has one on each paragraph: placed again, the new one takes the place of the old;
    without words, it is taken back. Once the text has passed, it is printed under your organisation's name where the
    process prints reservations: whoever places one wishes that."""

    on = ("silence", "silence")
    creates = True
    gives = {"silence": "Silence", "reservation": "Reservation"}

    silence: UUID = arg("The silence you let pass.", of="Silence")
    words: str | None = arg(
        "Your reservation, as it is to be printed; left out: yours on it is taken back.", default=None
    )
    paragraph: UUID | None = arg("The paragraph it is about; left out: the whole text.", of="Paragraph", default=None)


async def place_reservation(do: PlaceReservation, context: ActContext, store: Store) -> Outcome:
    """Refuses a silence that has ended, whoever acts for no member of the body, (ObjectionStands) a member that
    objected to the same passage in this round, and taking back where nothing stands."""
    silence = context.target(Silence)
    need_running("place_reservation", silence)
    organisation = need_member("place_reservation", context, silence.body_id)
    if do.paragraph is not None:
        await need_paragraph(store, silence.document_id, do.paragraph, "paragraph")
    mine = {"silence_id": silence.id, "organisation_id": organisation, "paragraph_id": do.paragraph}
    standing = await store.ask(first(Reservation, **mine, withdrawn_at=None))
    if standing is not None:
        await store.write(change(standing, take_back(standing, context.now)))
    about = {} if do.paragraph is None else {"paragraph": str(do.paragraph)}
    if do.words is None:
        if standing is None:
            raise NotFound(what="reservation of yours on this")
        entry = Entry("reservation", standing.id, {**about, "withdrawn": True})
        return Outcome({"silence": silence.id, "reservation": standing.id}, (entry,))
    objected = await store.ask(silences.objections_of(silence.id, organisation, do.paragraph))
    if objected:
        raise ObjectionStands(round=silence.round, open_ids=objected).at_path("paragraph")
    reservation = Reservation(
        id=random_id(),
        silence_id=silence.id,
        paragraph_id=do.paragraph,
        organisation_id=organisation,
        words=filled(do.words, "words"),
        placed_at=context.now,
    )
    await store.write(add(reservation))
    detail = {**about, **({} if standing is None else {"instead_of": str(standing.id)})}
    ids = {"silence": silence.id, "reservation": reservation.id}
    return Outcome(ids, (Entry("reservation", reservation.id, detail),))
