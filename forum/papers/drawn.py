"""Papers: what a reader may see of a document, asked for through the contract, becomes facts and then a file.

A paper holds nothing its reader could not read: of a source that is withheld, or not attributed, it says no more than
that it is there.
Which parts it has, and in which order, is the process's to say: the contract answers with the layout of the document.
"""

from collections.abc import Sequence
from dataclasses import replace

from ..errors import NotFound
from ..rendering.formats import drawn
from ..rendering.outline import Outline
from ..rendering.papers.laid import Laid
from ..rendering.papers.layout import paper as laid_out
from ..rendering.papers.redline import redline
from ..rendering.papers.response import response
from ..rendering.papers.silence_record import silence_record
from .asking import Asks
from .document_facts import facts_of
from .in_common import Json, all_of, reservations, with_imprint
from .reserved import Reserved
from .responses import responses as what_became
from .silence_facts import record as what_happened
from .two_versions import versions


async def of(session: Asks, symbol: str, responses: bool = False, record: bool = False, ending: str = "pdf") -> bytes:
    """The paper of a document; of what became of each input to it; or the record of its no-objection procedure, in the
    format of an ending (`rendering/formats.py`). Refuses (NotFound) one the reader may not see, a record of a text that
    was never put to a body, and (InvalidValue) a list of a paper that has none."""
    return drawn(await laid(session, symbol, responses, record), ending)


async def compared(session: Asks, symbol: str, since: int, until: int) -> Outline:
    """Two frozen versions of a document in one, before it is drawn, by their numbers. Refuses (NotFound) those that the
    reader may not read."""
    return redline(*await versions(session, symbol, since, until))


async def laid(session: Asks, symbol: str, responses: bool = False, record: bool = False) -> Outline:
    """The same before it is drawn."""
    if responses:
        return response(await what_became(session, symbol))
    if record:
        return silence_record(await what_happened(session, symbol))
    return await outline(session, symbol)


async def outline(session: Asks, symbol: str) -> Outline:
    """The paper of a document before it is drawn. Refuses (NotFound) one the reader may not see."""
    document, paragraphs = await whole(session, symbol)
    layout = layout_of(document)
    blocks = {laid.block for laid in layout}
    reserved = Reserved.of(document, await reservations(session, document))
    inputs: Sequence[Json] = ()
    if blocks & {"practices", "contributors"}:
        inputs = await _inputs(session, document["track"]["id"], "contributors" in blocks)
    facts = facts_of(document, paragraphs, inputs, reserved, session.home)
    if "responses" in blocks:
        facts = replace(facts, responses=(await what_became(session, symbol)).contributors)
    return laid_out(facts, layout)


def layout_of(document: Json) -> tuple[Laid, ...]:
    """The layout of a document as the contract gives it."""
    return tuple(Laid(p["block"].lower(), p["heading"] or "", p["sources"].lower()) for p in document["layout"])


# ---- what is asked for
async def whole(session: Asks, symbol: str) -> tuple[Json, list[Json]]:
    """A document and all its paragraphs but the withdrawn ones. Refuses (NotFound) one the reader may not see."""
    paragraphs: list[Json] = []
    after = None
    while True:
        asked = await session.ask("DocumentPaper", symbol=symbol, after=after)
        document: Json | None = asked["document"]
        if document is None:
            raise NotFound(what=f"document {symbol}")
        page = document["paragraphs"]
        for p in page["nodes"]:
            if not p["withdrawn"]:
                paragraphs.append({**p, "sources": await all_of(session, "ParagraphSources", p, "sources")})
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            return await with_imprint(session, asked["viewer"], document), paragraphs


async def _inputs(session: Asks, track: str, contributors: bool) -> list[Json]:
    """The inputs to a track with their practices; whose they are only where `contributors` are to be printed."""
    inputs: list[Json] = []
    after = None
    while True:
        asked = await session.ask("AnnexPaper", id=track, after=after, contributors=contributors)
        page = asked["node"]["contributions"]
        for node in page["nodes"]:
            inputs.append({**node, "practices": await all_of(session, "InputPractices", node, "practices")})
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            return inputs
