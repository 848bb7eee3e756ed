"""Whether somebody sees a thing at all: to one who does not, it answers as a thing that does not exist.

The write side judges by roles; it would tell an outsider that a draft is there by refusing to let them touch it. So a
refusal, and every answer of `acts`, is first held against the compiled read of the thing itself.
"""

from typing import Any

import orjson

from graphql import OperationDefinitionNode, parse

from ...actions.core.act import Command
from ...domain.viewer import Viewer
from ...errors import NotFound
from ...reading.run import Prepared, Reader
from ...refusal import Refusal

# What is not public record. Forums, editions, tracks, calls and meetings are.
_GUARDED = frozenset(("contribution", "document", "paragraph", "recommendation", "comment", "silence", "transmission"))
_LOOK = parse("query Look($id: ID!) { node(id: $id) { id } }")


class Sight:
    """Looks at one thing as one viewer, by the same compiled read that everybody's reads are."""

    def __init__(self, reader: Reader) -> None:
        operation = next(d for d in _LOOK.definitions if isinstance(d, OperationDefinitionNode))
        self.reader = reader
        self.look: Prepared = reader.prepare(_LOOK, operation, trusted=True)

    async def sees(self, connection: Any, viewer: Viewer, kind: str, id_: object) -> bool:
        """Whether the viewer sees the thing of this kind (`store/places.py`) and id."""
        if kind not in _GUARDED:
            return True
        variables = {"id": f"{kind.capitalize()}:{id_}"}
        return orjson.loads(await self.reader.read(connection, self.look, variables, viewer))["node"] is not None

    async def told(self, connection: Any, viewer: Viewer, refusal: Refusal, do: Command) -> Refusal:
        """The refusal as this viewer may be told it."""
        try:
            target = do.target()
        except Refusal:
            return refusal  # it names nothing, and that is what was refused
        if isinstance(refusal, NotFound) or await self.sees(connection, viewer, do.on_kind(), target):
            return refusal
        return NotFound(what=do.on_kind()).at_path(do.on_field())
