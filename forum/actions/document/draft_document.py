"""A document is begun on a track, of a kind that the process makes there."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.correction import Correction
from ...domain.document import MOST_MARK, MOST_NAME, Audience, Document, Part
from ...domain.meeting import Meeting
from ...domain.names import spelled, symbol, titled, twice
from ...domain.text import language_tag, line, maybe_line
from ...domain.track import Track
from ...errors import InvalidValue, NotFound, WordNotAllowed
from ...refusal import phrased
from ...store import texts
from ...store.records import add, first
from ...store.steps import Store
from ...store.unit import fresh
from ..core.act import ActContext, Command, Entry, Outcome, arg
from .promise import promised

MOST_PARTS = 200


@dataclass(frozen=True)
class PartText:
    """A part of a document: its number as printed and its heading."""

    number: str = arg('As printed: "I", "A", or empty for a heading without a number.')
    heading: str = arg("Its heading.")


@dataclass(frozen=True)
class DraftDocument(Command):
    """Begin a document of a kind that the process makes on this track. Until it is circulated only its team reads
    it."""

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


async def draft_document(do: DraftDocument, context: ActContext, store: Store) -> Outcome:
    """Refuses a kind or language the process does not make here, a symbol in use, a meeting of another edition."""
    track = context.target(Track)
    language = _need_made_here(do, context)
    if len(do.parts) > MOST_PARTS:
        raise InvalidValue(
            reason=phrased(
                "A document may have {most_parts} parts; this has {count}.", most_parts=MOST_PARTS, count=len(do.parts)
            )
        ).at_path("parts")
    again = twice(part.number or f"part {n} without" for n, part in enumerate(do.parts))
    if again is not None:
        reason = phrased("Two parts have the number {number}.", number=do.parts[again].number)
        raise InvalidValue(reason=reason).at_path("parts", str(again), "number")
    if do.meeting is not None:
        meeting = await store.ask(first(Meeting, id=do.meeting, edition_id=track.edition_id))
        if meeting is None:
            raise NotFound(what="meeting of this edition").at_path("meeting")
    document = Document(
        id=fresh(),
        track_id=track.id,
        edition_id=track.edition_id,
        forum_id=context.place.forum_id,
        meeting_id=do.meeting,
        kind=do.kind,
        symbol=symbol(do.symbol, "symbol"),
        title=titled(do.title, "title"),
        language=language,
        comment_audience=_comments(do, context),
        version_label=line(do.version_label, MOST_NAME, "versionLabel"),
    )
    corrects = await store.ask(first(Correction, symbol=document.symbol)) is not None
    if corrects or not await store.write(texts.begin(document)):
        raise InvalidValue(
            reason=phrased("The symbol {symbol} stands on another document.", symbol=document.symbol)
        ).at_path("symbol")
    await store.write(add(*[_part(document, n, part) for n, part in enumerate(do.parts, 1)]))
    detail = {"kind": do.kind, "symbol": document.symbol}
    return Outcome({"document": document.id}, (Entry("document", document.id, detail),))


def _need_made_here(do: DraftDocument, context: ActContext) -> str:
    """The language tag. Refuses (WordNotAllowed) a kind the track does not make, a language the kind does not come
    in."""
    kinds = context.track.documents if context.track else ()
    if do.kind not in kinds:
        raise WordNotAllowed(word=do.kind, words=kinds).at_path("kind")
    language, languages = language_tag(do.language), context.definition().documents[do.kind].languages
    if language not in languages:
        raise WordNotAllowed(word=language, words=languages).at_path("language")
    return language


def _comments(do: DraftDocument, context: ActContext) -> Audience:
    return promised(context.definition(), context.track, do.kind)


def _part(document: Document, n: int, part: PartText) -> Part:
    path = ("parts", str(n - 1))
    number = spelled(maybe_line(part.number, MOST_MARK, *path, "number") or "")
    return Part(
        id=fresh(), document_id=document.id, ordinal=n, number=number, heading=titled(part.heading, *path, "heading")
    )
