"""The delivery of a text to a body that is not on this service is recorded, and later what became of it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from ...errors import InvalidValue, NotFound, TransmissionNotAllowed, WrongState
from ...store import texts as stored
from ...store.tables import schema as t
from ...store.unit import UnitOfWork, fresh
from ..core.act import ActContext, Command, Entry, Outcome, arg, need_state
from . import texts

OUTSIDE = "a body that is not on this service"


@dataclass(frozen=True)
class DeliverDocument(Command):
    """Record that a closed document was delivered to a body that is not on this service - and, later, naming the
    delivery, what became of it there."""

    on = ("document", "document")
    creates = True
    gives = {"transmission": "Transmission"}

    document: UUID = arg("The document that was delivered.", of="Document")
    name: str | None = arg("The body it was delivered to; asked for on a new delivery.", default=None)
    symbol: str | None = arg("The symbol it has there.", default=None)
    person: str | None = arg("To whom, or by whom, as the record is to say it.", default=None)
    delivered_on: date | None = arg("The day of the delivery.", default=None)
    outcome: str | None = arg("What became of it there.", default=None)
    transmission: UUID | None = arg("A delivery recorded before, to complete.", of="Transmission", default=None)


async def deliver_document(do: DeliverDocument, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Refuses a text that is not closed, a kind that the process delivers to nobody outside, a day ahead, and a delivery
    that is not this document's."""
    need_state("deliver_document", context.row, *texts.CLOSED)
    _need_allowed(context)
    # A day is only ahead when it has begun nowhere on earth.
    if do.delivered_on is not None and do.delivered_on > (context.now + timedelta(hours=14)).date():
        raise InvalidValue(reason=f"{do.delivered_on} lies ahead: record a delivery when it was made.").at_path(
            "deliveredOn"
        )
    given: dict[str, Any] = {
        "outside_symbol": texts.maybe(do.symbol),
        "outside_person": texts.maybe(do.person),
        "delivered_on": do.delivered_on,
        "outcome": texts.maybe(do.outcome),
    }
    given = {name: value for name, value in given.items() if value is not None}
    id_ = await (_record if do.transmission is None else _complete)(do, context, unit, given)
    entry = Entry(
        "transmission", id_, {"completed": sorted(given)} if do.transmission else {"document": str(context.place.id)}
    )
    return Outcome({"transmission": id_}, (entry,))


def _need_allowed(context: ActContext) -> None:
    kind, rules = context.row["kind"], context.definition().transmissions
    if not any(rule.outside for rule in rules if rule.document == kind):
        allowed = tuple(to for rule in rules if rule.document == kind for to in rule.to)
        raise TransmissionNotAllowed(
            process=context.definition().name, document=kind, receiver=OUTSIDE, allowed=allowed
        )


async def _record(do: DeliverDocument, context: ActContext, unit: UnitOfWork, given: dict[str, Any]) -> UUID:
    revision = await stored.newest_revision(unit, context.place.id)
    if revision is None:
        raise WrongState(act="deliver_document", state="without a frozen revision", needs=("a revision",))
    id_ = fresh()
    frozen = {"revision_id": revision["id"], "hash": revision["hash"], "sent_at": context.now}
    row = {
        "id": id_,
        "document_id": context.place.id,
        "kind": "outside",
        "outside_name": texts.filled(do.name or "", "name"),
    }
    await unit.add(t.transmission, {**row, **frozen, **given})
    return id_


async def _complete(do: DeliverDocument, context: ActContext, unit: UnitOfWork, given: dict[str, Any]) -> UUID:
    id_ = do.transmission
    if id_ is None or await unit.row(t.transmission, id=id_, document_id=context.place.id, kind="outside") is None:
        raise NotFound(what="delivery of this document").at_path("transmission")
    name = {} if do.name is None else {"outside_name": texts.filled(do.name, "name")}
    if given or name:
        await unit.change(t.transmission, id_, **given, **name)
    return id_
