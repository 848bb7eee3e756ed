"""The history: a line for each act, written in the act's own transaction. Of a non-attributed thing, who and when stand
in `authorship` only, under an id that tells nothing."""

from collections.abc import Mapping, Sequence
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
    entries: Sequence[Entry],
    *,
    edition: UUID | None,
    actor: UUID | None,
    mandate: UUID | None,
    at: datetime,
) -> None:
    """Append the lines of an act, in one statement."""
    hidden = {"actor_id": None, "mandate_id": None, "at": None}
    who = {"person_id": actor, "mandate_id": mandate}
    rows, authors = [], []
    for entry in entries:
        shown = {"actor_id": actor, "mandate_id": mandate, "at": entry.at or at}
        row = _line(entry, entry.act or act)
        rows.append({**row, "edition_id": edition, **(shown if entry.author is None else hidden)})
        if entry.author is not None:
            of = {"subject_id": row["id"], "subject_kind": "history"}
            authors.append({**of, **entry.author, **who, "written_at": entry.at or at})
    await unit.add(t.history, *rows)
    await unit.add(t.authorship, *authors)


def _line(entry: Entry, act: str) -> dict[str, Any]:
    """What happened to what, and a leaf over that: never who did it, nor when."""
    id_ = fresh() if entry.author is None else random_id()
    content = {"act": act, "detail": dict(entry.detail), "id": str(id_), "subject": f"{entry.kind}:{entry.id}"}
    return {
        "id": id_,
        "subject_kind": entry.kind,
        "subject_id": entry.id,
        "act": act,
        "detail": canonical(dict(entry.detail)).decode(),
        "leaf": leaf(content),
    }
