"""A comment on a circulated text, or on one of its paragraphs."""

from dataclasses import dataclass

from ...domain.author import author_columns
from ...domain.comment import written
from ...domain.contribution import AuthorKind
from ...store import authors, clearances
from ...store.records import add
from ...store.steps import Store
from ..clearance.clearing import cleared_for
from ..core.act import ActContext, Entry, Outcome, arg
from .commenting import CommentFields, comment_of


@dataclass(frozen=True)
class AddComment(CommentFields):
    """Comment on a circulated document or one of its paragraphs. Who reads comments is the process's choice: the
    document tells it beforehand (`commentAudience`), and the comment keeps it."""

    on = ("document", "document")
    creates = True
    gives = {"comment": "Comment"}

    collective: bool = arg("What a mechanism decided together, said by its coordinator.", default=False)


async def add_comment(do: AddComment, context: ActContext, store: Store) -> Outcome:
    """Refuses what no comment may be (`commenting.py`), and one whose author's organisation asks for clearance that is
    still missing (ClearanceMissing)."""
    author, comment = await comment_of(do, context, store, collective=do.collective)
    cleared = await cleared_for(context, store, author, comment)
    await store.write(add(written(comment, context.now)))
    person, mandate = context.actor, context.doer.mandate.id
    await store.write(authors.record("comment", comment.id, author, context.now, person=person, mandate=mandate))
    if cleared:
        await store.write(clearances.used(cleared, comment.id))
    # Who wrote it stands in the history's open part only where the organisation itself does.
    open_ = comment.named_organisation_id is not None or author.kind in (AuthorKind.FORUM, AuthorKind.MECHANISM)
    entry = Entry("comment", comment.id, author=None if open_ else author_columns(author))
    return Outcome({"comment": comment.id}, (entry,))
