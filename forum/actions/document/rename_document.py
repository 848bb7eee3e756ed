"""A text that was begun gets another title or symbol, until its readers know it by them."""

from dataclasses import dataclass, replace
from uuid import UUID

from ...domain.correction import Correction
from ...domain.document import Document, need_begun
from ...domain.names import symbol, titled
from ...errors import InvalidValue
from ...refusal import phrased
from ...store import texts
from ...store.records import first
from ...store.steps import Store
from ..core.act import ActContext, Command, Entry, Outcome, arg


@dataclass(frozen=True)
class RenameDocument(Command):
    """Give a text that was begun another title or symbol: until it is circulated or put to a body, as its readers know
    it by them from then on. The former ones stay on the record."""

    on = ("document", "document")
    alone = True
    gives = {"document": "Document"}

    document: UUID = arg("The document.", of="Document")
    title: str | None = arg("Its title from now on; as it is when left out.", default=None)
    symbol: str | None = arg("Its symbol from now on; as it is when left out.", default=None)


async def rename_document(do: RenameDocument, context: ActContext, store: Store) -> Outcome:
    """Refuses a text that is not begun any more (WrongState), and (InvalidValue) what is no title or symbol, a symbol
    that stands on another, and no change at all."""
    before = context.target(Document)
    need_begun("rename_document", before)
    after = replace(
        before,
        title=before.title if do.title is None else titled(do.title, "title"),
        symbol=before.symbol if do.symbol is None else symbol(do.symbol, "symbol"),
    )
    if after == before:
        raise InvalidValue(reason="It has this title and this symbol already.").at_path("title")
    corrects = after.symbol != before.symbol and await store.ask(first(Correction, symbol=after.symbol)) is not None
    if corrects or not await store.write(texts.rename(before, after)):
        raise InvalidValue(
            reason=phrased("The symbol {symbol} stands on another document.", symbol=after.symbol)
        ).at_path("symbol")
    detail = {"was": {"title": before.title, "symbol": before.symbol}, "title": after.title, "symbol": after.symbol}
    return Outcome({"document": before.id}, (Entry("document", before.id, detail),))
