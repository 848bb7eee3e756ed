"""A track moves on at an instant, by the clock and once: its stage, a call, a consultation or a silence has ended."""

from dataclasses import dataclass
from uuid import UUID

from ...store.steps import Store
from ..core.act import ActContext, Command, Outcome, arg
from . import by_clock


@dataclass(frozen=True)
class TurnStage(Command):
    """The clock moves a track past every instant that has come, as the process says; what a gate held back is tried
    again."""

    on = ("track", "track")
    gives = {"track": "Track"}

    track: UUID = arg("The track whose instant has come.", of="Track")


async def turn_stage(do: TurnStage, context: ActContext, store: Store) -> Outcome:
    """Nothing comes of it (no entries) where no instant has come, where it was passed already, or while a gate holds
    the move back. The track is held by this act alone: where several would move it, one does."""
    moved = await by_clock.move(context, store, do.track)
    return Outcome({"track": do.track} if moved else {}, moved)
