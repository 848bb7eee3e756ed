"""A closed text is corrected by a corrigendum, or added to by an addendum: beside the text, which stays as it was."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from ...domain.correction import Change, Correction, CorrectionKind, next_number, read, symbol_of
from ...domain.document import Audience, Document, need_closed
from ...domain.names import titled
from ...domain.paragraph import MOST_CHARACTERS, Paragraph
from ...domain.saying import saying
from ...domain.silence import Silence
from ...domain.text import composed, filled, need_characters, sentence
from ...domain.transmission import Transmission
from ...errors import InvalidValue, NotFound
from ...refusal import phrased
from ...store import notices, texts
from ...store.records import first, matching
from ...store.steps import Store
from ..core import correcting
from ..core.act import ActContext, Command, Outcome, arg
from ..silence.members import members_of
from .closing import readers

TITLE = "title"
_WORDS = '{symbol} was issued: the text "{title}" was {how}. The reason given: {reason}'
_HOW = {CorrectionKind.CORRIGENDUM: saying("corrected"), CorrectionKind.ADDENDUM: saying("added to")}


@dataclass(frozen=True)
class CorrectedParagraph:
    """A paragraph of a closed text that reads otherwise."""

    paragraph: UUID = arg("The paragraph.", of="Paragraph")
    reads: str = arg("The whole paragraph as it reads from now on, CommonMark.")


@dataclass(frozen=True)
class CorrectDocument(Command):
    """Correct a closed text by a corrigendum (`Corr.1`), or add to it by an addendum (`Add.1`). The text, its hash and
    the papers that were handed out stay as they were; its readers, and the bodies here that it was put or sent to, are
    told. Whoever got it outside this service is named in the answer of `transmissions`: send them the correction."""

    on = ("document", "document")
    creates = True
    gives = {"document": "Document", "correction": "Correction"}

    document: UUID = arg("The closed text.", of="Document")
    reason: str = arg("Why, on the record.")
    title: str | None = arg("Of a corrigendum: the title as it reads from now on.", default=None)
    paragraphs: tuple[CorrectedParagraph, ...] = arg("Of a corrigendum: what reads otherwise.", default=())
    addition: str | None = arg("Of an addendum: what is added, CommonMark.", default=None)


async def correct_document(do: CorrectDocument, context: ActContext, store: Store) -> Outcome:
    """Refuses (WrongState) a text that is not closed; (InvalidValue) a corrigendum and an addendum in one, neither, a
    correction that changes nothing, and an empty reason; (NotFound) a paragraph that is not this text's."""
    document, reason = context.target(Document), filled(do.reason, "reason").strip()
    need_closed("correct_document", document)
    corrects = do.title is not None or bool(do.paragraphs)
    if corrects == (do.addition is not None):
        raise InvalidValue(reason="Give what reads otherwise, or else an addition: each is issued by itself.").at_path(
            "paragraphs" if do.addition is None else "addition"
        )
    kind = CorrectionKind.CORRIGENDUM if corrects else CorrectionKind.ADDENDUM
    earlier = await correcting.standing(store, document_id=document.id)
    changes = await _corrected(do, document, earlier, store) if corrects else (_added(do, earlier),)
    number, symbol = await _next(document, next_number(earlier, kind), kind, store)
    correction = await correcting.record(context, store, kind, changes, reason, symbol, number, document_id=document.id)
    count = await _tell(context, store, document, correction)
    ids = {"document": document.id, "correction": correction.id}
    return Outcome(ids, (correcting.entry("document", document.id, correction, count),))


async def _next(document: Document, number: int, kind: CorrectionKind, store: Store) -> tuple[int, str]:
    """The number and symbol of the next correction, from `number` on: those that a document has, entered from another
    time, are passed over."""
    while await store.ask(first(Document, symbol=symbol_of(document.symbol, kind, number))) is not None:
        number += 1
    return number, symbol_of(document.symbol, kind, number)


async def _corrected(
    do: CorrectDocument, document: Document, earlier: Sequence[Correction], store: Store
) -> tuple[Change, ...]:
    """What reads otherwise, against what it reads now: as it was closed, or as an earlier corrigendum has it."""
    corrected = [change for each in earlier if _corrects(each) for change in read(each.changes)]
    now = {change.id or change.what: change.reads for change in corrected}
    standing = {
        placed.paragraph.id: placed.paragraph
        for placed in await store.ask(texts.paragraphs(document.id))
        if not placed.paragraph.withdrawn
    }
    changes: list[Change] = []
    if do.title is not None:
        was, reads = now.get(TITLE, document.title), titled(do.title, "title")
        if was == reads:
            raise InvalidValue(reason="The title reads so already.").at_path("title")
        changes.append(Change(TITLE, was, reads))
    for n, wanted in enumerate(do.paragraphs):
        path = ("paragraphs", str(n))
        paragraph = standing.get(wanted.paragraph)
        if paragraph is None:
            raise NotFound(what="paragraph of this document").at_path(*path, "paragraph")
        if any(change.id == str(paragraph.id) for change in changes):
            raise InvalidValue(reason="This paragraph is named twice.").at_path(*path, "paragraph")
        was, reads = now.get(str(paragraph.id), paragraph.markdown), composed(wanted.reads, *path, "reads")
        need_characters(reads, MOST_CHARACTERS, *path, "reads")
        what = _named(paragraph, standing.values())
        if was == reads:
            raise InvalidValue(
                reason=phrased("Paragraph {name} reads so already.", name=what.removeprefix("paragraph "))
            ).at_path(*path, "reads")
        changes.append(Change(what, was, reads, str(paragraph.id)))
    return tuple(changes)


def _named(paragraph: Paragraph, standing: Iterable[Paragraph]) -> str:
    """How a correction names a paragraph: by its number, else by its place; where another has the same, by both."""
    name = paragraph.called
    alone = sum(other.called == name for other in standing) == 1
    return f"paragraph {name}" if alone else f"paragraph {name} ({paragraph.e_id})"


def _corrects(correction: Correction) -> bool:
    return correction.kind == CorrectionKind.CORRIGENDUM


def _added(do: CorrectDocument, earlier: Sequence[Correction]) -> Change:
    """What is added. Refuses (InvalidValue) words that an earlier addendum has."""
    added = Change("addition", None, composed(do.addition or "", "addition"))
    for each in earlier:
        if added in read(each.changes):
            raise InvalidValue(reason=phrased("{symbol} says this already.", symbol=each.symbol)).at_path("addition")
    return added


async def _tell(context: ActContext, store: Store, document: Document, correction: Correction) -> int:
    """Tell whoever reads the text, also as somebody of a body that it was put to, and the teams of the bodies here that
    it was sent to."""
    people = await readers(context, store, document)
    if document.audience != Audience.TEAM:
        for silence in await store.ask(matching(Silence, "starts_at", document_id=document.id)):
            people |= await members_of(context, store, silence.body_id)
    for sent in await store.ask(matching(Transmission, "sent_at", document_id=document.id)):
        if sent.to_track_id is not None:
            people |= await store.ask(notices.team_of_track(sent.to_track_id, context.now))
    title, how = " ".join(document.title.split()), _HOW[correction.kind]
    words = saying(_WORDS, symbol=correction.symbol or "", title=title, how=how, reason=sentence(correction.reason))
    return await correcting.tell(
        context, store, people, words, correction, document=document.id, edition=document.edition_id
    )
