"""A passage says where it comes from: an edge from a paragraph or recommendation to what it carries."""

from dataclasses import dataclass
from uuid import UUID

from ...errors import InvalidValue, NotFound, WordNotAllowed
from ...store import texts as stored
from ...store.tables import schema as t
from ...store.unit import UnitOfWork, random_id
from ..core.act import ActContext, Command, Entry, Outcome, arg
from . import texts


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


async def cite_source(do: CiteSource, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Refuses a closed or frozen document, an unknown relation, and (NotFound) a source that is neither this body's nor
    was sent here, was not handed in, or is not to be seen by whoever cites. Said twice, it is said once."""
    document = texts.need_editable("cite_source", context)
    if do.relation not in stored.RELATIONS:
        raise WordNotAllowed(word=do.relation, words=stored.RELATIONS).at_path("relation")
    if (do.paragraph is None) == (do.recommendation is None):
        raise InvalidValue(reason="Name the paragraph or the recommendation, one of the two.").at_path("paragraph")
    if do.paragraph is not None:
        await texts.need_paragraph(unit, document["id"], do.paragraph, "paragraph")
    if do.recommendation is not None:
        await texts.need_recommendation(unit, document["id"], do.recommendation, "recommendation")
    kind, source = texts.opaque(do.source, tuple(stored.ENDS), "source")
    if source == do.paragraph:
        raise InvalidValue(reason="A paragraph is not its own source.").at_path("source")
    if source not in await stored.nameable(unit, kind, [source], texts.scope(context)):
        raise NotFound(what=kind).at_path("source")
    await _need_speaker(do, kind, source, unit)
    edge = {
        "document_id": document["id"],
        "paragraph_id": do.paragraph,
        "recommendation_id": do.recommendation,
        "relation": do.relation,
        "speaker_id": do.speaker,
        stored.ENDS[kind]: source,
    }
    there = await unit.row(t.source, **edge)
    if there is not None:
        return Outcome({"document": document["id"], "source": there["id"]})
    id_ = random_id()  # a time-ordered id would say in which order inputs were read
    await unit.add(t.source, {"id": id_, **edge})
    # The line names the passage and never the source: what stands behind a text may be non-attributed.
    passage = f"Paragraph:{do.paragraph}" if do.paragraph else f"Recommendation:{do.recommendation}"
    entry = Entry("source", id_, {"passage": passage, "relation": do.relation})
    return Outcome({"document": document["id"], "source": id_}, (entry,))


async def _need_speaker(do: CiteSource, kind: str, panel: UUID, unit: UnitOfWork) -> None:
    if do.speaker is None:
        return
    if kind != "Panel" or await unit.row(t.speaker, id=do.speaker, panel_id=panel) is None:
        raise NotFound(what="speaker of this panel").at_path("speaker")
