"""Ids of the contract: `Type:uuid`, opaque to clients, taken apart here only."""

from uuid import UUID

from ...errors import InvalidValue
from ...refusal import phrased


def ident(node_id: str, kind: str, *path: str) -> UUID:
    """The uuid in an id of this kind. Refuses (InvalidValue) another kind's id and what is no id."""
    name, _, rest = node_id.partition(":")
    try:
        if name == kind and len(rest) == 36:
            return UUID(rest)
    except ValueError:
        pass
    shown = node_id[:60].encode("ascii", "replace").decode()
    reason = phrased(
        "This takes the id of an {kind}, as it stands in its `id` field; {shown} is none."
        if kind[0] in "AEIO"
        else "This takes the id of a {kind}, as it stands in its `id` field; {shown} is none.",
        kind=kind,
        shown=shown,
    )
    raise InvalidValue(reason=reason).at_path(*path)


def split(node_id: str) -> tuple[str, UUID | None]:
    """The type and the uuid in an id; None where it is no id at all."""
    kind, _, rest = node_id.partition(":")
    try:
        return kind, UUID(rest) if len(rest) == 36 else None
    except ValueError:
        return kind, None
