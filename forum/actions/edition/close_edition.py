"""An edition ends at its instant, by the clock and once. What is still open stands in the history."""

from dataclasses import dataclass
from uuid import UUID

from ...store import editions, tracks
from ...store.unit import UnitOfWork
from ..core.act import ActContext, Command, Entry, Outcome, arg
from ..track import by_clock as _clock


@dataclass(frozen=True)
class CloseEdition(Command):
    """The clock closes an edition whose end has come. From then on it is read and nothing is done in it; a call or a
    silence that still runs ends at its own instant."""

    on = ("edition", "edition")
    gives = {"edition": "Edition"}

    edition: UUID = arg("The edition whose end has come.", of="Edition")


async def close_edition(do: CloseEdition, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Nothing comes of it (no entries) when the edition is closed already, or its end has not come; nor while a call or a
    silence that ended before it waits for the clock: what comes first is done first."""
    ends_at = context.row["ends_at"]
    if (
        context.row["state"] != "running"
        or ends_at is None
        or ends_at > context.now
        or await editions.undecided(unit, do.edition, ends_at)
    ):
        return Outcome({})
    moved: list[Entry] = []
    for track in await editions.tracks_of(unit, do.edition):
        moved += await _clock.move(context, unit, track)
    await editions.close(unit, do.edition)
    left = await editions.left_open(unit, do.edition)
    under_way = await tracks.under_way(unit, do.edition, context.definition())
    detail = {**left, "closed": True, "tracks": [{"stage": row["stage"], "track": str(row["id"])} for row in under_way]}
    return Outcome({"edition": do.edition}, (*moved, Entry("edition", do.edition, detail, at=ends_at)))
