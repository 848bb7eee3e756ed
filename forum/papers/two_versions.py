"""Two frozen versions of a text, asked for through the contract as far as its reader may read both, and made into
facts."""

import json

from ..errors import NotFound
from ..rendering.papers.redline import VersionFacts
from .asking import Asks
from .in_common import Json


async def versions(session: Asks, symbol: str, since: int, until: int) -> tuple[VersionFacts, VersionFacts]:
    """The earlier and the later of two versions, by their numbers. Refuses (NotFound), in the same words, a text that
    the reader may not see, a version that there is not, and one whose words are not for this reader."""
    found: dict[int, Json] = {}
    after = None
    while True:
        document = (await session.ask("RevisionCheck", symbol=symbol, after=after))["document"]
        if document is None:
            raise NotFound(what=f"document {symbol}")
        page = document["revisions"]
        found |= {row["number"]: row for row in page["nodes"] if row["number"] in (since, until) and row["snapshot"]}
        after = page["pageInfo"]["endCursor"]
        if len(found) == 2 or not page["pageInfo"]["hasNextPage"]:
            break
    if not since < until or set(found) != {since, until}:
        raise NotFound(what=f"versions {since} and {until} of {symbol}")
    earlier, later = (
        VersionFacts(row["label"], row["hash"], json.loads(row["snapshot"])) for row in (found[since], found[until])
    )
    return earlier, later
