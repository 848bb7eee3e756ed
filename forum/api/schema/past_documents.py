"""Documents of past editions: entered so that no chair starts from an empty folder, not made here."""

from datetime import date

import strawberry

from ...reading.declare import col, lives, to_one
from ...reading.visibility import everybody
from ...store.tables import names as t
from .common import Node
from .links import EditionLink
from .scalars import URL, LanguageTag


@strawberry.type(description="A document of a past edition, as it was published then; it was not made on this service.")
@lives(t.past_document, ("id",), visible=everybody)
class PastDocument(Node):
    edition: EditionLink | None = to_one("edition_id", description="The edition.")
    kind: str = col(description="What sort of text it is, in a word.")
    title: str = col(description="Its title.")
    symbol: str | None = col(description="Its symbol, where it has one.")
    language: LanguageTag = col(description="Its language.")
    issued_on: date | None = col(description="The day it is dated.")
    url: URL | None = col(description="Where it can be read.")
    note: str | None = col(description="What a reader should know of it.")
