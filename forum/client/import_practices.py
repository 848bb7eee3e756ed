"""Enters a whole file of practices: one input a row, on behalf of its author; no guesses, doubts are reported."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID, uuid5

from ..domain.practices import Doubt, Practice, read
from .session import Json, Session

# Any UUID of our own: keys made in it are the same for the same file, call and row, so an import can be run again.
_SPACE = UUID("6f3a1f0e-2f0b-4b6e-9d5c-0c6b7a5f1d20")


@dataclass(frozen=True)
class Imported:
    """What came of an import: the inputs' ids in the order of the rows, and the doubtful cells."""

    contributions: tuple[str, ...]
    doubts: tuple[Doubt, ...]


async def import_practices(
    session: Session,
    content: bytes,
    *,
    call: str,
    received_from: str | None = None,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Imported:
    """Enter every row of a CSV file as an input to `call`. Refuses (FileRefused) the file before anything is entered.

    `received_from`: the id of the organisation the file came from; left out, the sender stands as not recorded.
    """
    practices = read(content)
    digest = sha256(content).hexdigest()
    ids = []
    for n, row in enumerate(practices.rows):
        key = uuid5(_SPACE, f"{call} {received_from} {digest} {n}")
        payload = await session.do("RecordContribution", idempotencyKey=key, **_fields(row, call, received_from))
        ids.append(payload["contribution"]["id"])
        progress(n + 1, len(practices.rows))
    return Imported(tuple(ids), tuple(practices.doubts))


def _fields(row: Practice, call: str, received_from: str | None) -> Json:
    practice = {
        "name": row.name,
        "url": row.link,
        "sdg": row.targets.original,
        "dates": row.dates.as_written,
        "place": row.place,
        "aim": row.aim,
        "partners": row.partners,
        "section": row.section or None,
    }
    return {
        "call": call,
        "title": row.name,
        "language": "en",
        "visibility": "PUBLIC",  # an annex of practices is printed for everybody
        "receivedFrom": received_from,
        "practices": [practice],
    }
