"""No existence oracle: a thing that a person may not see is refused in the same words as one that does not exist.

The write side judges by roles, so its refusal alone would reveal that a draft exists. Before a refusal or an answer of
`acts` leaves, the thing itself is read as that person, by the same compiled read as everywhere else.
"""

from typing import Any

import orjson

from graphql import OperationDefinitionNode, parse

from ...actions.core.act import Command
from ...domain.viewer import Viewer
from ...errors import NotFound
from ...reading.run import Prepared, Reader
from ...refusal import Refusal
from .inputs import pascal

# Kinds of things that are not public; forums, editions, tracks, calls and meetings are.
_GUARDED = frozenset(
    (
        "contribution", "document", "paragraph", "recommendation", "comment", "silence", "transmission", "mandate",
        "agreement", "application", "clearance", "invitation", "token", "sign_in", "person",
    )
)  # fmt: skip
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
        variables = {"id": f"{pascal(kind)}:{id_}"}
        answer = await self.reader.fetch(connection, self.look, variables, viewer)
        return orjson.loads(answer.body)["node"] is not None

    async def for_viewer(self, connection: Any, viewer: Viewer, refusal: Refusal, do: Command) -> Refusal:
        """The refusal as this viewer may see it: NotFound where they do not see the thing the command is on. Who holds
        a good link of it is told how it stands; every other link was refused before anything was looked at."""
        if do.by_link is not None:
            return refusal
        try:
            target = do.target()
        except Refusal:
            return refusal  # it names nothing, and that is what was refused
        if isinstance(refusal, NotFound) or await self.sees(connection, viewer, do.on_kind(), target):
            return refusal
        return NotFound(what=do.on_kind()).at_path(do.on_field())
