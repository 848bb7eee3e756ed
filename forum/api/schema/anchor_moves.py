"""What would move if an anchor of an edition moved: a read of what `moveAnchor` would do."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import strawberry

from ...actions.edition import foreseen, outlook
from ...errors import NaiveTime, ProcessFinding
from ...reading.declare import arg, python
from ...reading.visibility import runs_edition
from ...store.unit import begin
from .context import Context
from .refusals import part
from .vocabularies import DatedKind


@strawberry.type(description="A thing with dates: as they are, and as they would be.")
class DatedThing:
    kind: DatedKind = strawberry.field(description="What it is.")
    name: str = strawberry.field(description="Its name in the process; the id of a call or text.")
    title: str = strawberry.field(description="Its title.")
    track: str | None = strawberry.field(description="The track, by its name in the edition, where it belongs to one.")
    opens_was: datetime | None = strawberry.field(description="Its beginning now.")
    closes_was: datetime | None = strawberry.field(description="Its end now.")
    opens_at: datetime | None = strawberry.field(description="Its beginning then.")
    closes_at: datetime | None = strawberry.field(description="Its end then.")
    zone: str = strawberry.field(description="The zone in which its dates are spoken.")
    because: str | None = strawberry.field(description="Why it is left alone; null where it moves.")


@strawberry.type(description="All that would come of moving an anchor. With findings, `moveAnchor` refuses.")
class AnchorMove:
    anchor: str = strawberry.field(description="The anchor.")
    was: datetime | None = strawberry.field(description="Where it stands now; null where it has no date yet.")
    at: datetime = strawberry.field(description="Where it would stand.")
    moved: list[DatedThing] = strawberry.field(description="What would move, stages first.")
    left_alone: list[DatedThing] = strawberry.field(
        description="What would stay although it counts from it, or is open, and why."
    )
    findings: list[part(ProcessFinding)] = strawberry.field(  # type: ignore[valid-type]
        description="What would then be wrong and is not wrong now."
    )


async def _moved(id: UUID, name: str, at: datetime, context: Context) -> foreseen.Foreseen | None:
    if at.utcoffset() is None:
        raise NaiveTime(given=at.isoformat())
    async with begin(context.runner.engine) as unit:
        move = await foreseen.look(unit, context.runner.processes, id, name, at)
    if move is None:
        return None
    return replace(move, moved=tuple(map(_named, move.moved)), left_alone=tuple(map(_named, move.left_alone)))


def _named(thing: outlook.DatedThing) -> outlook.DatedThing:
    """A call and a text go by their ids."""
    kind = _WITH_ID.get(thing.kind)
    return thing if kind is None else replace(thing, name=f"{kind}:{thing.id}")


_WITH_ID = {"call": "Call", "consultation": "Document"}


def anchor_moved_here() -> Any:
    """`ifAnchorMoved` as a field of an edition."""
    return python(
        _moved,
        needs=("id",),
        args={
            "name": arg(str, "The anchor, as its process calls it: summit."),
            "at": arg(datetime, "Where it would stand."),
        },
        when=runs_edition,
        description="What would come of moving an anchor, with nothing done: for the edition's team; null to others, "
        "and for an edition that does not run.",
    )
