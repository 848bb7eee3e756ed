"""The history: a line for each act, written in the act's own transaction. Of a non-attributed thing, who and when stand
in `authorship` only, under an id that tells nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from ..domain.snapshot import canonical, leaf
from .tables import schema as t
from .unit import UnitOfWork, fresh, random_id


@dataclass(frozen=True)
class Entry:
    """A line of the history. `author` set: a non-attributed thing, so actor, mandate and time go to `authorship`.

    `act` and `at`: the process's word for what the clock did, and the instant as of which it did it; else the act's
    own.
    """

    kind: str
    id: UUID
    detail: Mapping[str, Any] = field(default_factory=dict)
    author: Mapping[str, Any] | None = None
    act: str | None = None
    at: datetime | None = None


async def write(
    unit: UnitOfWork,
    act: str,
    entry: Entry,
    *,
    edition: UUID | None,
    actor: UUID | None,
    mandate: UUID | None,
    at: datetime,
) -> None:
    """Append one line. The leaf covers what happened to what, never who did it."""
    hidden = entry.author is not None
    act, at = entry.act or act, entry.at or at
    id_ = random_id() if hidden else fresh()
    content = {"act": act, "detail": dict(entry.detail), "id": str(id_), "subject": f"{entry.kind}:{entry.id}"}
    row = {
        "id": id_,
        "subject_kind": entry.kind,
        "subject_id": entry.id,
        "edition_id": edition,
        "act": act,
        "actor_id": None if hidden else actor,
        "mandate_id": None if hidden else mandate,
        "at": None if hidden else at,
        "detail": canonical(dict(entry.detail)).decode(),
        "leaf": leaf(content),
    }
    await unit.add(t.history, row)
    if entry.author is not None:
        who = {"person_id": actor, "mandate_id": mandate, "written_at": at}
        await unit.add(t.authorship, {"subject_id": id_, "subject_kind": "history", **entry.author, **who})
