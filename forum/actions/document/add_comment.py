"""A comment on a circulated text, or on one of its paragraphs."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ...domain.author import attributed, author_columns
from ...errors import NotFound, WordNotAllowed
from ...store import authors
from ...store import texts as stored
from ...store.tables import schema as t
from ...store.unit import UnitOfWork, random_id
from ..contribution.authoring import author_of, named
from ..core.act import ActContext, Command, Entry, Outcome, arg, need_state
from . import texts

ATTRIBUTIONS = ("organisation", "mechanism", "none")


@dataclass(frozen=True)
class AddComment(Command):
    """Comment on a circulated document or one of its paragraphs. Who reads comments is the process's choice."""

    on = ("document", "document")
    creates = True
    gives = {"comment": "Comment"}

    document: UUID = arg("The document.", of="Document")
    text: str = arg("What you say, CommonMark without HTML.")
    paragraph: UUID | None = arg("The paragraph it is about; left out: the whole text.", of="Paragraph", default=None)
    proposed_text: str | None = arg("The words you would put in its place.", default=None)
    attribution: str = arg("What of the author is named.", default="organisation", scalar="AttributionKind")
    collective: bool = arg("What a mechanism decided together, said by its coordinator.", default=False)
    mechanism: str | None = arg("Through which of your mechanisms, where you have several.", default=None)


async def add_comment(do: AddComment, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Refuses a text that is not circulated, or (NotFound) not to be seen by whoever comments; a paragraph it has not."""
    _need_seen(context)
    need_state("add_comment", context.row, "circulated")
    if do.attribution not in ATTRIBUTIONS:
        raise WordNotAllowed(word=do.attribution, words=ATTRIBUTIONS).at_path("attribution")
    if do.paragraph is not None:
        await texts.need_paragraph(unit, context.place.id, do.paragraph, "paragraph")
    author = await author_of(context, unit, collective=do.collective)
    revision = await stored.newest_revision(unit, context.place.id)
    naming = await named(context, unit, author, do.attribution, do.mechanism)
    hidden = do.attribution == "none"
    row: dict[str, Any] = {
        "id": random_id(),
        "document_id": context.place.id,
        "paragraph_id": do.paragraph,
        "revision_id": None if revision is None else revision["id"],
        "markdown": texts.filled(do.text, "text"),
        "proposed_text": texts.maybe(do.proposed_text),
        "audience": context.track.comments if context.track else "team",
        "attribution": attributed(author, do.attribution),
        "written_at": None if hidden else context.now,
        "named_organisation_id": naming.organisation,
        "named_mechanism": naming.mechanism,
        "label": naming.label,
    }
    await unit.add(t.comment, row)
    person = context.person.id if context.person else None
    mandate = context.doer.mandate.id
    await unit.write(authors.record("comment", row["id"], author, context.now, person=person, mandate=mandate))
    # Who wrote it stands in the history's open part only where the organisation itself does.
    open_ = row["named_organisation_id"] is not None or author.kind in ("forum", "mechanism")
    return Outcome(
        {"comment": row["id"]}, (Entry("comment", row["id"], author=None if open_ else author_columns(author)),)
    )


def _need_seen(context: ActContext) -> None:
    """A role alone is not enough: a text that went to the participants does not exist for those who take no part."""
    forum, seen = context.row["forum_id"], context.row["audience"]
    if not (
        seen == "public" or forum in context.viewer.teams or (seen == "participants" and forum in context.viewer.forums)
    ):
        raise NotFound(what="document").at_path("document")
