"""A recommendation is added to a document: a node of its own, whose text stands in paragraphs."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.document import MOST_TITLE, Recommendation
from ...domain.text import line, maybe_line
from ...store.records import add, matching
from ...store.steps import Store
from ...store.unit import fresh
from ..core.act import ActContext, Command, Entry, Outcome, arg
from .scope import editable


@dataclass(frozen=True)
class AddRecommendation(Command):
    """Add a recommendation to a document. Its text is written in paragraphs that name it."""

    on = ("document", "document")
    creates = True
    gives = {"document": "Document", "recommendation": "Recommendation"}

    document: UUID = arg("The document.", of="Document")
    heading: str = arg("Its imperative heading.")
    addressee: str | None = arg("Whom it addresses.", default=None)


async def add_recommendation(do: AddRecommendation, context: ActContext, store: Store) -> Outcome:
    """Refuses a closed or frozen document, and an empty heading."""
    document = editable("add_recommendation", context)
    others = await store.ask(matching(Recommendation, "ordinal", document_id=document.id))
    recommendation = Recommendation(
        id=fresh(),
        document_id=document.id,
        ordinal=1 + max((other.ordinal for other in others), default=0),
        heading=line(do.heading, MOST_TITLE, "heading"),
        addressee=maybe_line(do.addressee, MOST_TITLE, "addressee"),
    )
    await store.write(add(recommendation))
    entry = Entry("recommendation", recommendation.id, {"ordinal": recommendation.ordinal})
    return Outcome({"document": document.id, "recommendation": recommendation.id}, (entry,))
