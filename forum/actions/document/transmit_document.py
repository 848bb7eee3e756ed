"""A closed, frozen text is sent to another forum's edition, where it arrives as a contribution."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from ...domain import lengths
from ...domain.agreement import AgreementPurpose
from ...domain.author import Author
from ...domain.contribution import (
    AttributionKind,
    AuthorKind,
    Contribution,
    ContributionKind,
    ContributionSection,
    ContributionState,
)
from ...domain.document import Document, Part, need_closed
from ...domain.edition import EditionState
from ...domain.paragraph import ParagraphKind, PlacedParagraph
from ...domain.promise import as_sent
from ...domain.transmission import Transmission, TransmissionKind, arrive, need_frozen
from ...errors import NotFound, TransmissionNotAllowed, WrongState
from ...store import agreements, authors, inputs, texts
from ...store.records import add, change, first, matching
from ...store.steps import Store
from ...store.unit import fresh, random_id
from ..agreement.agreeing import need_agreed, use_here
from ..contribution.freezing import freeze
from ..core.act import ActContext, Command, Entry, Outcome, arg
from .closing import body_name


@dataclass(frozen=True)
class TransmitDocument(Command):
    """Send a closed document to a track of another edition on this service. There it is a contribution with a receipt,
    each numbered paragraph a section that knows where it came from, and waits to be received."""

    on = ("document", "document")
    creates = True
    gives = {"transmission": "Transmission", "contribution": "Contribution"}

    document: UUID = arg("The document to send.", of="Document")
    to_track: UUID = arg("The track that is to have it.", of="Track")


async def transmit_document(do: TransmitDocument, context: ActContext, store: Store) -> Outcome:
    """Refuses a text that is not closed, a receiver that the process does not send this kind to, one that is not
    running or has not agreed (AgreementMissing), and one that has this revision already."""
    document = context.target(Document)
    need_closed("transmit_document", document)
    receiver = await _receiver(do, document, context, store)
    revision = need_frozen("transmit_document", await store.ask(texts.newest_revision(document.id)))
    if await store.ask(first(Transmission, revision_id=revision.id, to_track_id=do.to_track)) is not None:
        refusal = WrongState(act="transmit_document", state="there already", needs=("a track that does not have it",))
        raise refusal.at_path("toTrack")
    contribution, received = await _arrive(document, context, store, receiver)
    transmission = Transmission(
        id=fresh(),
        document_id=document.id,
        revision_id=revision.id,
        kind=TransmissionKind.CONTRIBUTION,
        to_track_id=do.to_track,
        contribution_id=contribution,
        hash=revision.hash,
        sent_at=context.now,
    )
    await store.write(add(transmission))
    sent = Entry("document", document.id, {"hash": revision.hash, "to": f"Track:{do.to_track}"})
    came = Entry("contribution", contribution, {"from": f"Document:{document.id}", "hash": received})
    return Outcome({"transmission": transmission.id, "contribution": contribution}, (sent, came))


async def _receiver(do: TransmitDocument, document: Document, context: ActContext, store: Store) -> texts.Receiver:
    """The receiving track with its edition's forum. Refuses one the sender's process does not allow, and
    (AgreementMissing) one whose forum has not agreed to have texts from here."""
    receiver = await store.ask(texts.receiver(do.to_track))
    if receiver is None:
        raise NotFound(what="track").at_path("toTrack")
    if receiver.state != EditionState.RUNNING or receiver.process_hash is None or receiver.process_text is None:
        ended = WrongState(act="transmit_document", state=receiver.state, needs=("a running edition",))
        raise ended.at_path("toTrack")
    process = context.processes.get(receiver.process_hash, receiver.process_text)
    rules = [rule for rule in context.definition().transmissions if rule.document == document.kind]
    allowed = tuple(to for rule in rules for to in rule.to)
    track = f"{process.name}/{receiver.track.definition}"
    if not {process.name, process.layer, track} & set(allowed):
        sender = context.definition().name
        refused = TransmissionNotAllowed(process=sender, document=document.kind, receiver=track, allowed=allowed)
        raise refused.at_path("toTrack")
    bodies = await store.ask(agreements.bodies((receiver.forum_id,)))
    await need_agreed(context, store, use_here(context, AgreementPurpose.RECEIVE), bodies, "toTrack")
    return receiver


async def _arrive(document: Document, context: ActContext, store: Store, receiver: texts.Receiver) -> tuple[UUID, str]:
    """The contribution as which the text arrives, with its receipt; its id, and the hash of what was received."""
    order = await store.ask(texts.paragraphs(document.id))
    headings = await store.ask(matching(Part, "ordinal", document_id=document.id))
    arriving = Contribution(
        id=random_id(),
        track_id=receiver.track.id,
        edition_id=receiver.track.edition_id,
        forum_id=receiver.track.convened_as_id or receiver.forum_id,
        title=document.title,
        language=document.language,
        state=ContributionState.DRAFT,
        visibility=as_sent(document.audience),  # the receiver inherits the promise: never wider than it was sent
        attribution=AttributionKind.FORUM,
        label=await body_name(store, context.place.forum_id),
        kind=ContributionKind.RECEIVED,
    )
    sections = _sections(arriving, order, headings)
    length = sum(lengths.count(section.markdown, document.language) for section in sections)
    before = replace(arriving, length=length)
    await store.write(add(before))
    author, now = Author(AuthorKind.FORUM, forum=context.place.forum_id), context.now
    person, mandate = context.actor, context.doer.mandate.id
    await store.write(
        authors.record("contribution", before.id, author, now, person=person, mandate=mandate, submitted_at=now)
    )
    await store.write(add(*sections))
    receipt = await freeze(store, before, await store.ask(inputs.content(before)))
    await store.write(change(before, arrive(before, receipt, context.now)))
    return before.id, receipt.hash


def _sections(
    contribution: Contribution, order: Sequence[PlacedParagraph], headings: Sequence[Part]
) -> list[ContributionSection]:
    """The whole text, in its order: each paragraph that hangs under no other as a section, with what hangs under it (a
    conclusion's bullets) below."""
    heading = {part.ordinal: part.heading for part in headings}
    standing = {placed.paragraph.id: placed for placed in order if not placed.paragraph.withdrawn}
    texts: dict[UUID, list[str]] = {}
    for id_, placed in standing.items():
        paragraph, top = placed.paragraph, _top(id_, standing)
        mark = "- " if top != id_ and paragraph.kind == ParagraphKind.BULLET else ""
        texts.setdefault(top, []).append(mark + paragraph.markdown)
    return [
        ContributionSection(
            id=random_id(),
            contribution_id=contribution.id,
            ordinal=n,
            code=standing[id_].paragraph.w_id,
            heading=_numbered(standing[id_], _heading(heading, standing[id_].part, contribution.title)),
            markdown="\n\n".join(words),
            origin_paragraph_id=id_,
        )
        for n, (id_, words) in enumerate(texts.items(), 1)
    ]


def _top(id_: UUID, standing: Mapping[UUID, PlacedParagraph]) -> UUID:
    """The paragraph under which one hangs in the end: itself where it hangs under none that stands."""
    while (parent := standing[id_].paragraph.parent_id) is not None and parent in standing:
        id_ = parent
    return id_


def _numbered(placed: PlacedParagraph, heading: str) -> str:
    number = placed.paragraph.number
    return heading if number is None else f"{number}. {heading}"


def _heading(headings: Mapping[int, str], part: int | None, title: str) -> str:
    """The heading of the part a paragraph stands in; outside all parts the title."""
    return title if part is None else headings.get(part, title)
