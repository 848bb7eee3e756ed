"""A comment as it is made or cleared: what is said, where, to whom and under whose name."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.author import Author, attributed
from ...domain.comment import Comment, need_open
from ...domain.contribution import AttributionKind
from ...domain.document import Audience, Document
from ...domain.promise import narrower, need_agreed
from ...domain.text import composed, maybe_composed
from ...domain.viewer import Viewer
from ...errors import NotFound, WordNotAllowed
from ...store import texts
from ...store.steps import Store
from ...store.unit import random_id
from ..contribution.authoring import author_of, named
from ..core.act import ActContext, Command, arg
from .promise import promised
from .scope import need_paragraph

ATTRIBUTIONS = (AttributionKind.ORGANISATION, AttributionKind.MECHANISM, AttributionKind.NONE)


@dataclass(frozen=True)
class CommentFields(Command):
    """What a comment says."""

    document: UUID = arg("The document.", of="Document")
    text: str = arg("What you say, CommonMark without HTML.")
    paragraph: UUID | None = arg("The paragraph it is about; left out: the whole text.", of="Paragraph", default=None)
    proposed_text: str | None = arg("The words you would put in its place.", default=None)
    audience: str | None = arg(
        "The widest circle of readers you agree to, as `commentAudience` of the document told you: a comment that more "
        "would read is refused. Left out: as the document says.",
        default=None,
        scalar="Audience",
    )
    attribution: str = arg("What of the author is named.", default="organisation", scalar="AttributionKind")
    mechanism: str | None = arg("Through which of your mechanisms, where you have several.", default=None)


async def comment_of(
    do: CommentFields, context: ActContext, store: Store, *, collective: bool = False
) -> tuple[Author, Comment]:
    """For whom the person acting comments (`collective`: a mechanism together), and the comment before it is made.

    Refuses a text that is not circulated, or (NotFound) not to be seen by whoever comments; a paragraph it has not;
    more readers than the author agreed to (AudienceWider).
    """
    document = context.target(Document)
    _need_seen(document, context.viewer)
    need_open(document)
    if do.attribution not in ATTRIBUTIONS:
        raise WordNotAllowed(word=do.attribution, words=ATTRIBUTIONS).at_path("attribution")
    audience = _audience(do, document, context)
    if do.paragraph is not None:
        await need_paragraph(store, document.id, do.paragraph, "paragraph")
    author = await author_of(context, store, collective=collective)
    revision = await store.ask(texts.newest_revision(document.id))
    text, proposed_text = composed(do.text, "text"), maybe_composed(do.proposed_text)
    naming = await named(context, store, author, do.attribution, do.mechanism)
    comment = Comment(
        id=random_id(),
        document_id=document.id,
        paragraph_id=do.paragraph,
        revision_id=None if revision is None else revision.id,
        markdown=text,
        proposed_text=proposed_text,
        audience=audience,
        attribution=attributed(author, do.attribution),
        named_organisation_id=naming.organisation,
        named_mechanism=naming.mechanism,
        label=naming.label,
    )
    return author, comment


def _audience(do: CommentFields, document: Document, context: ActContext) -> Audience:
    """Who will read it: what the document tells, or less where its process has just changed. Refuses (AudienceWider)
    more readers than were agreed to."""
    if do.audience is not None and do.audience not in tuple(Audience):
        raise WordNotAllowed(word=do.audience, words=tuple(Audience)).at_path("audience")
    audience = narrower(document.comment_audience, promised(context.definition(), context.track, document.kind))
    need_agreed(audience, do.audience)
    return audience


def _need_seen(document: Document, viewer: Viewer) -> None:
    """A role alone is not enough: a text that went to the participants does not exist for those who take no part."""
    if document.audience == Audience.PUBLIC or document.forum_id in viewer.teams:
        return
    if not (document.audience == Audience.PARTICIPANTS and document.forum_id in viewer.forums):
        raise NotFound(what="document").at_path("document")
