"""A text that was begun by mistake is taken back, before anything was written in it. Its symbol is free again."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.document import Document, need_begun
from ...domain.text import filled
from ...errors import ActedOnSince
from ...refusal import phrased
from ...store import texts
from ...store.steps import Store
from ..core.act import ActContext, Command, Entry, Outcome, arg

_WRITTEN = "something was written in {symbol}, or answered by it"
_REMEDY = "Give it another title or symbol, and go on with it."


@dataclass(frozen=True)
class WithdrawDocument(Command):
    """Take back a text that was begun by mistake: of the wrong kind, on the wrong track, twice. Possible until
    something is written in it or answered by it. The act stays on the record with the reason; the text is gone, and its
    symbol is free again."""

    on = ("document", "document")
    alone = True
    gives = {"track": "Track"}

    document: UUID = arg("The document.", of="Document")
    reason: str = arg("Why, for the history: read by the text's own team.")


async def withdraw_document(do: WithdrawDocument, context: ActContext, store: Store) -> Outcome:
    """Refuses a text that is not begun any more (WrongState), an empty reason, and (ActedOnSince) one in which
    something was written, even if it was taken out again, or by which something was answered."""
    document, reason = context.target(Document), filled(do.reason, "reason").strip()
    need_begun("withdraw_document", document)
    if not await store.write(texts.take_back(document.id)):
        sentence = phrased(_WRITTEN, symbol=document.symbol)
        raise ActedOnSince(
            act="withdraw_document", sentence=sentence, remedy=_REMEDY, open_count=1, open_ids=()
        ).at_path("document")
    detail = {"kind": document.kind, "symbol": document.symbol, "title": document.title, "reason": reason}
    return Outcome({"track": document.track_id}, (Entry("document", document.id, detail),))
