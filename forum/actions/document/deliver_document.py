"""The delivery of a text to a body that is not on this service is recorded, and later what became of it."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from ...domain.agreement import AgreementPurpose
from ...domain.document import MOST_TITLE, Document, need_closed
from ...domain.names import LONGEST_NAME, one_line, spelled
from ...domain.text import line, maybe
from ...domain.transmission import Delivery, Transmission, TransmissionKind, complete, need_begun, need_frozen
from ...errors import InvalidValue, NotFound, TransmissionNotAllowed
from ...store import agreements, texts
from ...store.records import add, change, first
from ...store.steps import Store
from ...store.unit import fresh
from ..agreement.agreeing import need_agreed, use_here
from ..core.act import ActContext, Command, Entry, Outcome, arg
from .scope import need_recommendation

OUTSIDE = "a body that is not on this service"


@dataclass(frozen=True)
class RecommendationFate:
    """What became of one recommendation there."""

    recommendation: UUID = arg("The recommendation.", of="Recommendation")
    words: str = arg('What became of it, up to 500 characters on a line: "taken up in resolution 4".')


@dataclass(frozen=True)
class DeliverDocument(Command):
    """Record that a closed document was delivered to a body that is not on this service - and, later, naming the
    delivery, what became of it and of its recommendations there."""

    on = ("document", "document")
    creates = True
    gives = {"transmission": "Transmission"}

    document: UUID = arg("The document that was delivered.", of="Document")
    name: str | None = arg("The body it was delivered to; asked for on a new delivery.", default=None)
    symbol: str | None = arg("The symbol it has there.", default=None)
    person: str | None = arg("To whom, or by whom, as the record is to say it.", default=None)
    delivered_on: date | None = arg("The day of the delivery.", default=None)
    outcome: str | None = arg("What became of it there.", default=None)
    recommendations: tuple[RecommendationFate, ...] = arg(
        "What became of single recommendations; papers of the document say so beside each.", default=()
    )
    transmission: UUID | None = arg("A delivery recorded before, to complete.", of="Transmission", default=None)


async def deliver_document(do: DeliverDocument, context: ActContext, store: Store) -> Outcome:
    """Refuses a text that is not closed, a kind that the process delivers to nobody outside, a day ahead, a delivery
    that is not this document's, a recommendation that is not or is named twice, and (AgreementMissing) a body that is
    here after all and has not agreed to receive."""
    document = context.target(Document)
    need_closed("deliver_document", document)
    _need_allowed(document, context)
    need_begun(do.delivered_on, context.now)
    if do.name is not None:
        bodies = await store.ask(agreements.called(spelled(do.name)))
        await need_agreed(context, store, use_here(context, AgreementPurpose.RECEIVE), bodies, "name")
    delivery = Delivery(maybe(do.symbol), maybe(do.person), do.delivered_on, maybe(do.outcome))
    if do.transmission is None:
        id_ = await _record(do, context, store, delivery)
        entry = Entry("transmission", id_, {"document": str(document.id)})
    else:
        id_ = await _complete(do, document, store, delivery)
        entry = Entry("transmission", id_, {"completed": sorted(delivery.reported())})
    fates = await _fates(do, document, store)
    return Outcome({"transmission": id_}, (entry, *fates))


async def _fates(do: DeliverDocument, document: Document, store: Store) -> tuple[Entry, ...]:
    """What became of recommendations is written beside each; a line of the history says what it said before."""
    entries: list[Entry] = []
    for n, fate in enumerate(do.recommendations):
        path = ("recommendations", str(n))
        if any(fate.recommendation == other.recommendation for other in do.recommendations[:n]):
            raise InvalidValue(reason="This recommendation is named twice.").at_path(*path, "recommendation")
        before = await need_recommendation(store, document.id, fate.recommendation, *path, "recommendation")
        after = replace(before, fate=line(fate.words, MOST_TITLE, *path, "words"))
        await store.write(change(before, after))
        entries.append(Entry("recommendation", before.id, {"fate": after.fate, "was": before.fate}))
    return tuple(entries)


def _need_allowed(document: Document, context: ActContext) -> None:
    kind, rules = document.kind, context.definition().transmissions
    if not any(rule.outside for rule in rules if rule.document == kind):
        allowed = tuple(to for rule in rules if rule.document == kind for to in rule.to)
        process = context.definition().name
        raise TransmissionNotAllowed(process=process, document=kind, receiver=OUTSIDE, allowed=allowed)


async def _record(do: DeliverDocument, context: ActContext, store: Store, delivery: Delivery) -> UUID:
    newest = await store.ask(texts.newest_revision(context.place.id))
    revision = need_frozen("deliver_document", newest)
    transmission = Transmission(
        id=fresh(),
        document_id=context.place.id,
        revision_id=revision.id,
        kind=TransmissionKind.OUTSIDE,
        outside_name=one_line(do.name or "", LONGEST_NAME, "name"),
        hash=revision.hash,
        sent_at=context.now,
    )
    await store.write(add(complete(transmission, None, delivery)))
    return transmission.id


async def _complete(do: DeliverDocument, document: Document, store: Store, delivery: Delivery) -> UUID:
    outside = TransmissionKind.OUTSIDE
    before = await store.ask(first(Transmission, id=do.transmission, document_id=document.id, kind=outside))
    if before is None:
        raise NotFound(what="delivery of this document").at_path("transmission")
    name = None if do.name is None else one_line(do.name, LONGEST_NAME, "name")
    await store.write(change(before, complete(before, name, delivery)))
    return before.id
