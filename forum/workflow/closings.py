"""How texts end: once, or twice in sequence."""

from .definition_parts import Closing
from .process import Process


def pending(process: Process, kind: str, ended: str | None) -> Closing | None:
    """The closing by which a text of a kind ends next, where it has not ended (`ended` None) or has ended in that way;
    None where it ends no more."""
    document = process.documents.get(kind)
    if document is None:
        return None
    first, second = process.closings.get(document.closing), process.closings.get(document.then)
    if ended is None:
        return first
    return second if first is not None and first.name == ended else None
