"""Revisions: frozen versions of a text, with all that anybody needs to check their hashes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson
import strawberry

from ...domain import text as words
from ...reading import derived_frozen
from ...reading.declare import col, lives, python, sql, to_one
from ...reading.prices import FROZEN
from ...reading.visibility import sees_part_of_document
from ...reading.visibility_frozen import sees_frozen
from ...store.tables import names as t
from .common import Node
from .links import DocumentLink
from .vocabularies import ParagraphKind


@strawberry.type(description="A paragraph as it was frozen.")
class FrozenParagraph:
    w_id: str = strawberry.field(description="Its identity, which no change of number touches.")
    e_id: str = strawberry.field(description="Its place in this version (Akoma Ntoso).")
    number: str | None = strawberry.field(description="Its number as printed.")
    kind: ParagraphKind = strawberry.field(description="What sort it is.")
    part: int | None = strawberry.field(description="The part it stands in, counted from 1; null outside all parts.")
    parent: str | None = strawberry.field(description="The identity of the paragraph it hangs under.")
    recommendation: int | None = strawberry.field(
        description="The recommendation whose text it is, counted from 1; null where it is none's."
    )
    weight: str | None = strawberry.field(description="The words that say how many stand behind it.")
    markdown: str = strawberry.field(description="What it says: CommonMark without HTML.")
    safe_html: str = strawberry.field(description="The same as HTML that is safe to place in any page.")


_AS_FROZEN = ("w_id", "e_id", "number", "part", "parent", "recommendation", "weight")


def _paragraphs(content: str | None) -> list[FrozenParagraph]:
    return [] if content is None else [_paragraph(row) for row in orjson.loads(content)["paragraphs"]]


def _paragraph(row: Mapping[str, Any]) -> FrozenParagraph:
    as_frozen = {name: row[name] for name in _AS_FROZEN}
    text, kind = row["text"], ParagraphKind(row["kind"])
    return FrozenParagraph(**as_frozen, kind=kind, markdown=text, safe_html=words.safe_html(text))


def _as_it_is(content: str | None) -> str | None:
    return content


@strawberry.type(
    description="A version of a text, frozen and hashed. What it says is read by whoever reads a closed text, where it "
    "is that text; the drafts before it by the forum's participants and the body before which they lay."
)
@lives(t.revision, ("number", "id"), visible=sees_part_of_document)
class Revision(Node):
    document: DocumentLink | None = to_one("document_id", description="The text.")
    number: int = col(description="Its number, from 1.")
    label: str = col(description="What people call it.")
    initials: str | None = col(description="Whose hand it shows.")
    hash: str = col(description="sha256 of its salt and its snapshot, in hex.")
    frozen_at: datetime = col(description="When it was frozen.")
    paragraphs: list[FrozenParagraph] | None = python(
        _paragraphs,
        needs={"content": derived_frozen.content},
        when=sees_frozen,
        cost=FROZEN,
        description="Its text, paragraph by paragraph in their order; null to those who may not read it. It is "
        "dear: ask for one version at a time.",
    )
    snapshot: str | None = python(
        _as_it_is,
        needs={"content": derived_frozen.content},
        when=sees_frozen,
        cost=FROZEN,
        description="The very bytes that were hashed after the salt: canonical JSON (RFC 8785) in UTF-8, with all that "
        "the text says and nothing of who wrote it. How to check the hash is told in docs/checking_a_hash.md.",
    )
    salt: str | None = sql(
        derived_frozen.salt,
        when=sees_frozen,
        description="The 32 bytes hashed before the snapshot, in hex; without them a guess at a short text could be "
        "confirmed by its hash.",
    )
