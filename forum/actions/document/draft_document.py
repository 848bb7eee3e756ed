"""A document is begun on a track, of a kind that the process makes there."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.text import clean, language_tag
from ...errors import InvalidValue, NotFound, WordNotAllowed
from ...store.tables import schema as t
from ...store.unit import UnitOfWork, fresh
from ..core.act import ActContext, Command, Entry, Outcome, arg
from . import texts

MOST_PARTS = 200


@dataclass(frozen=True)
class PartText:
    """A part of a document: its number as printed and its heading."""

    number: str = arg('As printed: "I", "A", or empty for a heading without a number.')
    heading: str = arg("Its heading.")


@dataclass(frozen=True)
class DraftDocument(Command):
    """Begin a document of a kind that the process makes on this track. Until it is circulated only its team reads it."""

    on = ("track", "track")
    creates = True
    gives = {"document": "Document"}

    track: UUID = arg("The track that makes it.", of="Track")
    kind: str = arg("The kind of document, by its name in the process.")
    title: str = arg("Its title.")
    symbol: str = arg("Its symbol, which no other document has.")
    language: str = arg("The language of its authoritative text.", scalar="LanguageTag")
    version_label: str = arg('What this version is called: "Zero draft".', default="Zero draft")
    meeting: UUID | None = arg("The meeting whose outcome it records.", of="Meeting", default=None)
    parts: tuple[PartText, ...] = arg("Its parts, in order.", default=())


async def draft_document(do: DraftDocument, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Refuses a kind or language the process does not make here, a symbol in use, a meeting of another edition."""
    kinds = context.track.documents if context.track else ()
    if do.kind not in kinds:
        raise WordNotAllowed(word=do.kind, words=kinds).at_path("kind")
    language, languages = language_tag(do.language), context.definition().documents[do.kind].languages
    if language not in languages:
        raise WordNotAllowed(word=language, words=languages).at_path("language")
    if len(do.parts) > MOST_PARTS:
        raise InvalidValue(reason=f"A document may have {MOST_PARTS} parts; this has {len(do.parts)}.").at_path("parts")
    if (
        do.meeting is not None
        and await unit.row(t.meeting, id=do.meeting, edition_id=context.row["edition_id"]) is None
    ):
        raise NotFound(what="meeting of this edition").at_path("meeting")
    id_ = fresh()
    row = {
        "id": id_,
        "track_id": context.place.id,
        "edition_id": context.row["edition_id"],
        "forum_id": context.place.forum_id,
        "meeting_id": do.meeting,
        "kind": do.kind,
        "symbol": texts.filled(do.symbol, "symbol").strip(),
        "title": texts.filled(do.title, "title"),
        "language": language,
        "version_label": texts.filled(do.version_label, "versionLabel"),
    }
    # Symbols are unique in the table, so that of two who take the same one at once, one is told.
    if not await unit.add_once(t.document, row):
        raise InvalidValue(reason=f"The symbol {row['symbol']} stands on another document.").at_path("symbol")
    await unit.add(t.part, *[_part(id_, n, part) for n, part in enumerate(do.parts, 1)])
    return Outcome({"document": id_}, (Entry("document", id_, {"kind": do.kind, "symbol": row["symbol"]}),))


def _part(document: UUID, n: int, part: PartText) -> dict[str, object]:
    heading = texts.filled(part.heading, "parts", str(n - 1), "heading")
    return {
        "id": fresh(),
        "document_id": document,
        "ordinal": n,
        "number": clean(part.number).strip(),
        "heading": heading,
    }
