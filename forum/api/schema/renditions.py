"""The formats of a document's paper, each with a link that is good for an hour."""

import enum
from datetime import datetime
from typing import Any

import strawberry

from ...reading import derived
from ...reading.declare import python
from ...rendering.formats import FORMATS
from ...store.tables import names as t
from .common import value
from .context import Context

_SAYS = {
    "pdf": "Tagged PDF, as it is printed.",
    "docx": "A Word file (ISO 29500).",
    "html": "One HTML file that fetches nothing.",
    "md": "Markdown: CommonMark with tables and footnotes.",
    "xml": "Akoma Ntoso 3.0.",
    "xlsx": "Its text and tables as a workbook.",
    "csv": "Its text, paragraph by paragraph.",
}
_Formats: Any = enum.Enum("RenditionFormat", {name.upper(): value(name, _SAYS[name]) for name in FORMATS})  # type: ignore[misc]  # its members are the list of formats
RenditionFormat: Any = strawberry.enum(_Formats, description="A format of papers, by the ending of its files.")


@strawberry.type(description="The paper of a document in one format.")
class Rendition:
    format: RenditionFormat = strawberry.field(description="The format.")
    media_type: str = strawberry.field(description="The media type, as it is sent in `Content-Type`.")
    url: str = strawberry.field(
        description="Where it is: without the service's own address where the operator has not set it. Whoever has it "
        "reads there what you may read at that moment, without a token; keep it as you keep your token. It opens no "
        "other paper."
    )
    ends_at: datetime = strawberry.field(description="When the link ends: an hour after it was asked for.")


def _renditions(symbol: str, has_text: bool, context: Context) -> list[Rendition]:
    """Without a text that stands there is nothing for the rows of a list."""
    found = []
    for ending, format_ in FORMATS.items():
        if has_text or not format_.lists:
            link = context.link(f"/papers/{symbol}.{ending}")
            found.append(Rendition(format=ending, media_type=format_.media_type, url=link.url, ends_at=link.ends_at))
    return found


def _has_text(row: Any) -> Any:
    """Whether a paragraph stands. Who sees a document sees its paragraphs."""
    return derived.exists_in(t.paragraph, document_id=row.c.id, withdrawn=False)


def renditions_here() -> Any:
    """The field of a document."""
    return python(
        _renditions,
        needs={"symbol": lambda row: row.c.symbol, "has_text": _has_text},
        description="Its paper in each format that it has, with links for you. Drawn once a link is opened.",
    )
