"""A passage says where it comes from: an edge from a paragraph or recommendation to what it carries."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ...domain.document import Document
from ...domain.enumeration import word_of
from ...domain.source import ENDS, Relation, Source, need_one_passage, need_other
from ...errors import NotFound
from ...store import texts
from ...store.records import add, first
from ...store.steps import Store
from ...store.unit import random_id
from ..core.act import ActContext, Command, Entry, Outcome, arg
from .scope import editable, need_paragraph, need_recommendation, opaque, scope


@dataclass(frozen=True)
class CiteSource(Command):
    """Say from which contribution, section, practice, panel, comment or paragraph a passage comes. A passage may name
    many sources, and a source may stand behind many passages."""

    on = ("document", "document")
    creates = True
    gives = {"document": "Document", "source": "Source"}

    document: UUID = arg("The document the passage stands in.", of="Document")
    source: str = arg("The `id` of a Contribution, ContributionSection, Practice, Panel, Comment or Paragraph.")
    relation: str = arg("What the passage does with it.", default="carries", scalar="Relation")
    paragraph: UUID | None = arg("The passage: a paragraph, or else a recommendation.", of="Paragraph", default=None)
    recommendation: UUID | None = arg(
        "The passage: a recommendation, or else a paragraph.", of="Recommendation", default=None
    )
    speaker: UUID | None = arg("Who said it on the panel, where the source is one.", of="Speaker", default=None)


async def cite_source(do: CiteSource, context: ActContext, store: Store) -> Outcome:
    """Refuses a closed or frozen document, an unknown relation, and (NotFound) a source that is neither this body's nor
    was sent here, was not handed in, or is not to be seen by whoever cites. Cited twice, it is there once."""
    document = editable("cite_source", context)
    relation = word_of(Relation, do.relation, "relation")
    await _need_passage(do, document, store)
    kind, cited = opaque(do.source, tuple(ENDS), "source")
    need_other(do.paragraph, cited)
    if cited not in await store.ask(texts.nameable(kind, (cited,), scope(context))):
        raise NotFound(what=kind).at_path("source")
    await _need_speaker(do, kind, cited, store)
    edge: dict[str, Any] = {
        "document_id": document.id,
        "paragraph_id": do.paragraph,
        "recommendation_id": do.recommendation,
        "relation": relation,
        "speaker_id": do.speaker,
        ENDS[kind]: cited,
    }
    earlier = await store.ask(first(Source, **edge))
    if earlier is not None:
        return Outcome({"document": document.id, "source": earlier.id})
    source = Source(id=random_id(), **edge)  # a time-ordered id would say in which order inputs were read
    await store.write(add(source))
    # The line names the passage and never the source: what stands behind a text may be non-attributed.
    passage = f"Paragraph:{do.paragraph}" if do.paragraph else f"Recommendation:{do.recommendation}"
    entry = Entry("source", source.id, {"passage": passage, "relation": do.relation})
    return Outcome({"document": document.id, "source": source.id}, (entry,))


async def _need_passage(do: CiteSource, document: Document, store: Store) -> None:
    """Refuses neither or both of paragraph and recommendation, and one that is not of this document."""
    need_one_passage(do.paragraph, do.recommendation)
    if do.paragraph is not None:
        await need_paragraph(store, document.id, do.paragraph, "paragraph")
    if do.recommendation is not None:
        await need_recommendation(store, document.id, do.recommendation, "recommendation")


async def _need_speaker(do: CiteSource, kind: str, panel: UUID, store: Store) -> None:
    """Refuses (NotFound) a speaker who did not speak on the panel, or where the source is none."""
    if do.speaker is not None and (kind != "Panel" or not await store.ask(texts.has_speaker(panel, do.speaker))):
        raise NotFound(what="speaker of this panel").at_path("speaker")
