"""A track moves on at an instant, by the clock and once: its stage, a call, a consultation or a silence has ended."""

from dataclasses import dataclass
from uuid import UUID

from ...store.unit import UnitOfWork
from ..core.act import ActContext, Command, Outcome, arg
from . import by_clock as _clock


@dataclass(frozen=True)
class TurnStage(Command):
    """The clock moves a track past every instant that has come, as the process says; what a gate held back is tried
    again."""

    on = ("track", "track")
    gives = {"track": "Track"}

    track: UUID = arg("The track whose instant has come.", of="Track")


async def turn_stage(do: TurnStage, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Nothing comes of it (no entries) where no instant has come, where it was passed already, or while a gate holds the
    move back. The track is held by this deed alone, so of several movers one wins."""
    moved = await _clock.move(context, unit, do.track)
    return Outcome({"track": do.track} if moved else {}, moved)
