"""Somebody clears a comment of their own organisation before it is made, in its very words."""

from dataclasses import asdict, dataclass

from ...store import clearances
from ...store.steps import Store
from ..core.act import ActContext, Outcome
from ..document.commenting import CommentFields, comment_of
from .clearing import clear, words_of


@dataclass(frozen=True)
class ClearComment(CommentFields):
    """Clear a comment of your own organisation, in the very words in which it is then made with addComment: whoever
    clears next reads them in the document's `clearances`. Only your own side learns of it."""

    on = ("document", "document")
    creates = True
    gives = {"clearance": "Clearance"}


async def clear_comment(do: ClearComment, context: ActContext, store: Store) -> Outcome:
    """Refuses what addComment would refuse: a text that is not circulated, or (NotFound) not to be seen; more readers
    than are agreed to. Cleared twice in the same role is cleared once."""
    speaks_for = context.doer.mandate.speaks_for
    assert speaks_for is not None  # the judge asked
    _, comment = await comment_of(do, context, store)
    words = words_of(comment)
    return await clear(context, store, await store.ask(clearances.of_words(speaks_for, words)), **asdict(words))
