"""Bodies and people: the words their columns take, and finding a person by the token's subject."""

from uuid import UUID

from ..domain.text import clean
from . import tables as t
from ._tables_bodies import FORUM_KINDS, LAYERS, OFFICES, POWERS, ROLES, STATUSES
from .unit import Unit, fresh

__all__ = ["FORUM_KINDS", "LAYERS", "OFFICES", "POWERS", "ROLES", "STATUSES", "person_of"]


async def person_of(unit: Unit, subject: str, name: str | None) -> UUID:
    """The person behind a subject; entered when the service meets the subject for the first time."""
    id_ = fresh()
    if await unit.add_once(t.person, {"id": id_, "subject": clean(subject), "name": clean(name or subject)}):
        return id_
    row = await unit.row(t.person, subject=clean(subject))
    if row is None:
        raise LookupError(subject)
    return row["id"]
