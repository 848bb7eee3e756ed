"""A recommendation is added to a document: a node of its own, whose text stands in paragraphs."""

from dataclasses import dataclass
from uuid import UUID

from ...store import texts as stored
from ...store.tables import schema as t
from ...store.unit import UnitOfWork, fresh
from ..core.act import ActContext, Command, Entry, Outcome, arg
from . import texts


@dataclass(frozen=True)
class AddRecommendation(Command):
    """Add a recommendation to a document. Its text is written in paragraphs that name it."""

    on = ("document", "document")
    creates = True
    gives = {"document": "Document", "recommendation": "Recommendation"}

    document: UUID = arg("The document.", of="Document")
    heading: str = arg("Its imperative heading.")
    addressee: str | None = arg("Whom it addresses.", default=None)


async def add_recommendation(do: AddRecommendation, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Refuses a closed or frozen document, and an empty heading."""
    document = texts.need_editable("add_recommendation", context)
    others = await stored.recommendations(unit, document["id"])
    row = {
        "id": fresh(),
        "document_id": document["id"],
        "ordinal": 1 + max((r["ordinal"] for r in others), default=0),
        "heading": texts.filled(do.heading, "heading"),
        "addressee": texts.maybe(do.addressee),
    }
    await unit.add(t.recommendation, row)
    entry = Entry("recommendation", row["id"], {"ordinal": row["ordinal"]})
    return Outcome({"document": document["id"], "recommendation": row["id"]}, (entry,))
