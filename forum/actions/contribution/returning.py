"""What the acts about a return share: its author's side is told, whoever that is; nobody here learns who."""

from ...domain.contribution import Contribution
from ...domain.notice import Notice, NoticeKind
from ...domain.saying import Saying
from ...store import notices
from ...store.steps import Store
from ...store.unit import random_id
from ..core.act import ActContext


async def tell_author(
    context: ActContext,
    store: Store,
    contribution: Contribution,
    words: Saying,
    kind: NoticeKind = NoticeKind.RETURNED,
) -> None:
    """Tell the side that wrote an input what became of it. It points to the call, as its author does."""
    notice = Notice(
        id=random_id(),
        contribution_id=contribution.id,
        edition_id=contribution.edition_id,
        kind=kind,
        words=str(words),
        saying=words.kept,
        call_id=contribution.call_id,
        cause_id=random_id(),  # each return is a cause of its own
        sent_at=context.now,
    )
    await store.write(notices.tell_sides((notice,)))


def zone_of(context: ActContext) -> str:
    """The zone in which the author reads instants: the call's, else the edition's."""
    if context.place.call is not None:
        return context.place.call.zone
    return "UTC" if context.place.edition is None else context.place.edition.zone
