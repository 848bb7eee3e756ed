"""Somebody clears a comment of their own organisation before it is made, in its very words."""

from dataclasses import asdict, dataclass

from ...domain.clearance import Clearance
from ...store import clearances
from ...store.records import add
from ...store.steps import Store
from ...store.unit import random_id
from ..core.act import ActContext, Outcome
from ..document.commenting import CommentFields, comment_of
from .clearing import own_entry, words_of


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
    mandate = context.doer.mandate
    assert context.actor is not None
    assert mandate.speaks_for is not None  # the judge asked
    _, comment = await comment_of(do, context, store)
    words = words_of(comment)
    for there in await store.ask(clearances.of_words(mandate.speaks_for, words)):
        if (there.person_id, there.role) == (context.actor, mandate.role):
            return Outcome({"clearance": there.id})
    clearance = Clearance(
        id=random_id(), organisation_id=mandate.speaks_for, person_id=context.actor, role=mandate.role,
        cleared_at=context.now, **asdict(words),
    )  # fmt: skip
    await store.write(add(clearance))
    return Outcome({"clearance": clearance.id}, (await own_entry(store, mandate.speaks_for, clearance.id),))
