"""A past edition is entered, so that no chair starts from an empty folder. It is not run."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ...domain.edition import Anchor, Edition, EditionState, PastDocument
from ...domain.text import clean
from ...errors import InvalidValue
from ...refusal import phrased
from ...store.records import add
from ...store.steps import Store
from ...store.unit import fresh
from ...times import zone_named
from ..core.act import ActContext, Command, Entry, Outcome, arg
from .open_edition import AnchorDate
from .opening import free_name


@dataclass(frozen=True)
class DocumentEntered:
    """A document of a past edition, as it was published then."""

    kind: str = arg("What sort of text it is, in a word: report, summary_of_conclusions.")
    title: str = arg("Its title.")
    symbol: str | None = arg("Its symbol, where it has one.", default=None)
    language: str = arg("Its language.", default="en", scalar="LanguageTag")
    issued_on: date | None = arg("The day it is dated.", default=None)
    url: str | None = arg("Where it can be read.", default=None, scalar="URL")
    note: str | None = arg("What a reader should know: a translation, a summary only.", default=None)


@dataclass(frozen=True)
class RecordEdition(Command):
    """Enter a past edition of a forum: name, theme, dates, and the documents that came of it. Nothing can be done in
    it; it is there to be read."""

    on = ("forum", "forum")
    creates = True
    gives = {"edition": "Edition"}

    forum: UUID = arg("The forum that held it.", of="Forum")
    name: str = arg("Its name.")
    zone: str = arg("The zone its days began in.", default="Europe/Zurich")
    theme: str | None = arg("Its overarching theme.", default=None)
    anchors: tuple[AnchorDate, ...] = arg("Its dates: when its summit began.", default=())
    documents: tuple[DocumentEntered, ...] = arg("The documents that came of it.", default=())


async def record_edition(do: RecordEdition, context: ActContext, store: Store) -> Outcome:
    """Refuses a name already taken, an unknown zone, a document without title or kind."""
    zone_named(do.zone)
    name = await free_name(do.name, context, store)
    edition = Edition(
        id=fresh(), forum_id=context.place.id, name=name, state=EditionState.RECORDED, zone=do.zone, theme=do.theme,
        opened_at=context.now,
    )  # fmt: skip
    await store.write(add(edition))
    anchors = [Anchor(id=fresh(), edition_id=edition.id, name=anchor.name, at=anchor.at) for anchor in do.anchors]
    await store.write(add(*anchors))
    await store.write(add(*[_document(edition.id, n, entered) for n, entered in enumerate(do.documents)]))
    detail = {"recorded": True, "documents": len(do.documents)}
    return Outcome({"edition": edition.id}, (Entry("edition", edition.id, detail),))


def _document(edition_id: UUID, n: int, entered: DocumentEntered) -> PastDocument:
    """A document as it is kept. `n`: its place in the request, for the refusal (InvalidValue) of an empty word."""
    kind, title = clean(entered.kind).strip(), clean(entered.title).strip()
    for name, value in (("kind", kind), ("title", title)):
        if not value:
            raise InvalidValue(reason=phrased("A document needs a {name}.", name=name)).at_path(
                "documents", str(n), name
            )
    return PastDocument(
        id=fresh(), edition_id=edition_id, kind=kind, title=title,
        symbol=entered.symbol and clean(entered.symbol), language=entered.language, issued_on=entered.issued_on,
        url=entered.url, note=entered.note and clean(entered.note),
    )  # fmt: skip
