"""A past edition is entered, so that no chair starts from an empty folder. It is not run."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ...domain.text import clean
from ...errors import InvalidValue
from ...store.tables import schema as t
from ...store.unit import UnitOfWork, fresh
from ...times import zone_named
from ..core.act import ActContext, Command, Entry, Outcome, arg
from .open_edition import AnchorDate


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
    """Enter a past edition of a forum: name, theme, dates, and the documents that came of it. Nothing can be done in it; it
    is there to be read."""

    on = ("forum", "forum")
    creates = True
    gives = {"edition": "Edition"}

    forum: UUID = arg("The forum that held it.", of="Forum")
    name: str = arg("Its name.")
    zone: str = arg("The zone its days began in.", default="Europe/Zurich")
    theme: str | None = arg("Its overarching theme.", default=None)
    anchors: tuple[AnchorDate, ...] = arg("Its dates: when its summit began.", default=())
    documents: tuple[DocumentEntered, ...] = arg("The documents that came of it.", default=())


async def record_edition(do: RecordEdition, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Refuses a name already taken, an unknown zone, a document without title or kind."""
    zone_named(do.zone)
    name = clean(do.name)
    if await unit.row(t.edition, forum_id=context.place.id, name=name):
        raise InvalidValue(reason=f"This forum has an edition named {name} already.").at_path("name")
    id_ = fresh()
    row = {
        "id": id_,
        "forum_id": context.place.id,
        "name": name,
        "state": "recorded",
        "zone": do.zone,
        "opened_at": context.now,
    }
    await unit.add(t.edition, {**row, "theme": do.theme})
    await unit.add(t.anchor, *[{"id": fresh(), "edition_id": id_, "name": a.name, "at": a.at} for a in do.anchors])
    await unit.add(t.past_document, *[_document(id_, n, one) for n, one in enumerate(do.documents)])
    return Outcome({"edition": id_}, (Entry("edition", id_, {"recorded": True, "documents": len(do.documents)}),))


def _document(edition: UUID, n: int, given: DocumentEntered) -> dict[str, Any]:
    words = {"kind": clean(given.kind).strip(), "title": clean(given.title).strip()}
    for name, value in words.items():
        if not value:
            raise InvalidValue(reason=f"A document needs a {name}.").at_path("documents", str(n), name)
    more = {"symbol": given.symbol and clean(given.symbol), "note": given.note and clean(given.note)}
    facts = {"language": given.language, "issued_on": given.issued_on, "url": given.url}
    return {"id": fresh(), "edition_id": edition, **words, **more, **facts}
